"""Pictures of a workshop: checked and made anew once, at the sizes that print and screen need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workshop_builder.pictures import raster, svg
from workshop_builder.pictures.raster import PictureError

__all__ = ["PRINT_WIDTH", "SCREEN_WIDTH", "Picture", "PictureError", "prepare_picture"]

PRINT_WIDTH = round(174 / 25.4 * 300)
"""Pixels: 300 dots an inch over 174 mm, the widest that a picture is printed on A4 and Letter."""
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
    """`image/jpeg`, `image/png` or `image/svg+xml`; what it is now, not what its name says."""
    width: int
    """Pixels, upright; units of the drawing for an SVG."""
    height: int
    """Likewise."""
    data: bytes = field(repr=False)
    """The file."""

    @property
    def suffix(self) -> str:
        """The ending that a file of this picture should have, such as `.jpg`."""
        return _SUFFIXES[self.media_type]


def prepare_picture(name: str, data: bytes, widths: Sequence[int]) -> tuple[Picture, ...]:
    """Return the picture of file `name` once for each of `widths`, the greatest width in pixels.

    A smaller picture stays as wide as it is, and an SVG is the same at every width. What the file
    is, its content tells; its name may end as it likes. A picture that cannot be used raises
    PictureError, whose message leaves the name to the caller.
    """
    if _is_markup(data):
        clean, width, height = svg.clean(data)
        return (Picture(name, "image/svg+xml", width, height, clean),) * len(widths)
    return tuple(
        Picture(name, each.media_type, each.width, each.height, each.data)
        for each in raster.encode(data, widths)
    )


def _is_markup(data: bytes) -> bool:
    """Say whether the file is text that starts with a tag, in any encoding of Unicode."""
    start = data[:200]
    for mark in _BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")
