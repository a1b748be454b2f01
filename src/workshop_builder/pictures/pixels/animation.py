"""Drawings that follow each other as one animated picture: WebP, without loss but at edges.

A drawing in flat colours is small without loss, were it not for the blends along its edges: these
are told apart in fewer steps, which the eye does not see in a picture that moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TypeAlias

import numpy as np
import resvg_py
from PIL import Image

_Colours: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

MOST_BYTES = 120_000
"""Of an animated picture, so that a page with one is there at once on a phone."""
WIDTHS = (640, 560, 480, 400)
"""Pixels, the first that keeps to `MOST_BYTES` is taken; the last in any case."""
_STEP = 48
"""How far apart two shades of an edge are, of 255."""
_FLAT = 1 / 300
"""The share of all pixels from which a colour is a flat one, and no blend."""


def animate(drawings: Sequence[bytes], steps: Sequence[tuple[int, int]]) -> bytes:
    """Return drawings, SVG files of one size, as an animated WebP that goes on for ever.

    Each of `steps` says which of them is shown, and for how many milliseconds. It is see-through
    where they are.
    """
    data = b""
    for width in WIDTHS:
        pixels = _in_few_shades(np.stack([_pixels(drawing, width) for drawing in drawings]))
        pictures = [Image.fromarray(each) for each in pixels]
        data = _encoded([(pictures[number], time) for number, time in steps])
        if len(data) <= MOST_BYTES:
            break
    return data


def _pixels(drawing: bytes, width: int) -> _Colours:
    png = resvg_py.svg_to_bytes(svg_string=drawing.decode(), width=width, skip_system_fonts=True)
    return np.asarray(Image.open(BytesIO(bytes(png))).convert("RGBA"))


def _in_few_shades(pixels: _Colours) -> _Colours:
    """Return pixels in flat colours, which the first and last picture tell, and few blends."""
    codes = pixels.view(np.uint32)[..., 0]
    found, counts = np.unique(codes[[0, -1]], return_counts=True)
    flat = np.isin(codes, found[counts > codes[0].size * _FLAT])
    near = (np.arange(256) + _STEP // 2) // _STEP * _STEP
    colours = pixels.reshape(-1, 4).copy()
    blends = np.flatnonzero(~flat)
    colours[blends] = np.minimum(near, 255).astype(np.uint8)[colours[blends]]
    return colours.reshape(pixels.shape)


def _encoded(steps: Sequence[tuple[Image.Image, int]]) -> bytes:
    packed = BytesIO()
    first, *others = (picture for picture, _ in steps)
    times = [time for _, time in steps]
    first.save(
        packed, "WEBP", save_all=True, append_images=others, duration=times, loop=0,
        lossless=True, quality=50, method=3,
    )  # fmt: skip
    return packed.getvalue()
