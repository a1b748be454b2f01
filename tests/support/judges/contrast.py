"""How well text stands out from what lies behind it, on pages as they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from judges.inside import Letters
from judges.raster import Pixels, pages

DPI = 72
"""Pixels are points then."""
Colour = tuple[int, int, int]


def contrasts(path: Path, letters: Sequence[Letters]) -> Iterator[tuple[Letters, float]]:
    """Yield each piece of text of a PDF with its contrast to its ground, by WCAG 2.2.

    The ground is the colour that most of its box has, since letters cover less than half of it.
    """
    drawn = pages(path, DPI)
    for piece in letters:
        if piece.text.strip():
            yield piece, contrast(hexadecimal(piece.colour), _ground(drawn[piece.page - 1], piece))


def _ground(page: Pixels, piece: Letters) -> Colour:
    left, top, right, bottom = (max(round(edge), 0) for edge in piece.box)
    dots = page[top : bottom + 1, left : right + 1].reshape(-1, 3).astype(np.int64)
    colours, counts = np.unique(dots @ (1 << 16, 1 << 8, 1), return_counts=True)
    most = int(colours[counts.argmax()])
    return most >> 16, most >> 8 & 255, most & 255


def hexadecimal(colour: str) -> Colour:
    """Return a colour written like `#1b2428`."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 (none) to 21 (black on white)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    shares = [value / 255 for value in colour]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
