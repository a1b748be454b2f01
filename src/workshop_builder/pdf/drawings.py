"""Whether a drawing comes out of the engine as it was drawn: its pixels are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from workshop_builder.pdf import engine

GROUND = (112, 190, 150)
"""Red, green and blue behind a drawing, of which nobody draws, so that white is seen on it."""
_SIZES = (400, 1000)
"""Pixels of the longer side. Lines finer than a pixel differ from library to library; what differs
at the first is looked at in the second."""
_FAINT = 20
"""Difference of a colour, of 255, that the eye takes for none."""
_MOST = 0.0002
"""The share of pixels that may differ more: corners of lines."""


def is_drawn_alike(curves: bytes, size: tuple[int, int], draw: Callable[[int], bytes]) -> bool:
    """Return whether the engine draws `curves`, of `size` in pixels, as another library does.

    `draw` returns the other's drawing on `GROUND` as PNG, so many pixels wide.
    """
    page = pypdfium2.PdfDocument(engine.draw_alone(curves, size))[0]
    return any(_alike(page, size, longer, draw) for longer in _SIZES)


def _alike(
    page: pypdfium2.PdfPage, size: tuple[int, int], longer: int, draw: Callable[[int], bytes]
) -> bool:
    width = max(1, round(size[0] * longer / max(size)))
    ours = page.render(scale=width / page.get_width(), fill_color=(*GROUND, 255)).to_pil()
    with Image.open(BytesIO(draw(width))) as picture:
        theirs = picture.convert("RGB")
    ours = ours.convert("RGB")
    if max(abs(a - b) for a, b in zip(ours.size, theirs.size, strict=True)) > 2:
        return False
    theirs = theirs.resize(ours.size) if ours.size != theirs.size else theirs
    differing = max(_share_outside(ours, theirs), _share_outside(theirs, ours))
    return bool(differing <= max(_MOST, 4 / (ours.width * ours.height)))


def _share_outside(picture: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels that lie outside the colours around their place in `other`."""
    low, high = other.filter(ImageFilter.MinFilter(3)), other.filter(ImageFilter.MaxFilter(3))
    below, above = ImageChops.subtract(low, picture), ImageChops.subtract(picture, high)
    worst = list(_channels(ImageChops.lighter(below, above)))
    most = ImageChops.lighter(ImageChops.lighter(worst[0], worst[1]), worst[2])
    return sum(most.histogram()[_FAINT:]) / (picture.width * picture.height)


def _channels(picture: Image.Image) -> Iterator[Image.Image]:
    yield from picture.split()
