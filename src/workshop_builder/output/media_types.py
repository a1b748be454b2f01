"""The media types of all files that the program makes or serves, as IANA registers them."""

from __future__ import annotations

from pathlib import PurePosixPath

_BY_ENDING = {
    ".css": "text/css",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".html": "text/html",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


def media_type(name: str) -> str:
    """Return the media type of a file by the ending of its name; that of any bytes for others."""
    return _BY_ENDING.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
