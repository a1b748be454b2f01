"""The pictures of a workshop: checked, and made anew at the sizes for print and screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workshop_builder.pictures import svg
from workshop_builder.pictures.pixels import raster
from workshop_builder.pictures.pixels.raster import PictureError

__all__ = [
    "PRINT_WIDTH",
    "SCREEN_WIDTH",
    "Picture",
    "PictureError",
    "is_drawing",
    "prepare_picture",
]

PRINT_WIDTH = round(174 / 25.4 * 300)
"""Pixels: 300 dots an inch over 174 mm, the greatest width of a picture on A4 and Letter."""
SCREEN_WIDTH = 1200
"""Pixels: sharp on a phone and a tablet, and small enough for an e-book to be sent by mail."""

_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/svg+xml": ".svg"}
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is safe to print and to publish."""

    name: str
    """Its path in the source folder, with forward slashes."""
    media_type: str
    """`image/jpeg`, `image/png` or `image/svg+xml`, whatever the ending of its name says."""
    width: int
    """Pixels; of an SVG, units of the drawing."""
    height: int
    """Likewise."""
    data: bytes = field(repr=False)
    """The file."""

    @property
    def suffix(self) -> str:
        """The ending for a file of this picture, such as `.jpg`."""
        return _SUFFIXES[self.media_type]


def prepare_picture(name: str, data: bytes, widths: Sequence[int]) -> tuple[Picture, ...]:
    """Return the picture in a file once for each of `widths`, its greatest width in pixels.

    A picture is never enlarged, and an SVG is the same at every width. Its kind is found by its
    content and not by its name. Raises PictureError, which does not name the file, where it cannot
    be used.
    """
    if is_drawing(data):
        clean, width, height = svg.clean(data)
        return (Picture(name, "image/svg+xml", width, height, clean),) * len(widths)
    return tuple(
        Picture(name, each.media_type, each.width, each.height, each.data)
        for each in raster.encode(data, widths)
    )


def is_drawing(data: bytes) -> bool:
    """Return whether the file is text that begins with a tag, in any encoding of Unicode."""
    start = data[:200]
    for mark in _BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")
