"""The files that a page shows, as the engine gets them: those that were read, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from workshop_builder.pdf import forms
from workshop_builder.pictures import svg_draw
from workshop_builder.source.addresses import CLOSE, path_at

BASE = "https://workshop.invalid/"
"""The base of relative addresses: a name that RFC 2606 keeps out of the net."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that a page may show."""

    data: bytes = field(repr=False)
    media_type: str
    """Such as `image/png`."""


class Fetcher(URLFetcher):
    """Serves the given files by their paths, and nothing else."""

    def __init__(self, files: Mapping[str, Resource]) -> None:
        super().__init__(allowed_protocols={"https", "data"}, fail_on_errors=True)
        self.files = files
        self.refused: list[str] = []

    def fetch(self, url: str, *_: object) -> URLFetcherResponse:
        """Return the file at `url`; raises ValueError, and notes the address, if there is none."""
        resource = self._resource_at(url)
        if resource is None:
            self.refused.append(unquote(url.removeprefix(BASE)))
            raise ValueError(f"{url} is not a file of the workshop")
        return URLFetcherResponse(url, resource.data, {"Content-Type": resource.media_type})

    def drawing_at(self, url: str) -> bytes | None:
        """Return the SVG drawing at `url`; None if there is none."""
        resource = self._resource_at(url)
        return resource.data if resource and resource.media_type == "image/svg+xml" else None

    def _resource_at(self, url: str) -> Resource | None:
        path = path_at(url.removeprefix(BASE), self.files) if url.startswith(BASE) else None
        if path is None:
            return None
        whole = self.files[path]
        close = url.endswith(CLOSE)
        return Resource(svg_draw.close_up(whole.data), whole.media_type) if close else whole


class Images(dict[str, Any]):
    """The images of a document by their addresses; a drawing is a form wherever it can be one."""

    def __init__(self, fetcher: Fetcher) -> None:
        super().__init__()
        self._fetcher = fetcher

    def __contains__(self, url: object) -> bool:
        """Return whether an image is known; the engine asks before it reads the file at `url`."""
        if super().__contains__(url):
            return True
        drawing = self._fetcher.drawing_at(str(url))
        form = forms.form(drawing) if drawing else None
        if form:
            self[str(url)] = form
        return form is not None
