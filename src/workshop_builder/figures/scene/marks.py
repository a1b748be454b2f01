"""Marks on a figure: which picture it is.

Lengths are per cent of body height, fitted by eye to a picture 53 mm wide.
"""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.shapes import Shape

_DIGITS = {
    1: [(-0.7, 1.0), (0.2, 1.7), (0.2, -1.7)],
    2: [(-1.0, 0.8), (-0.6, 1.5), (0.3, 1.7), (1.0, 1.1), (0.7, 0.1), (-1.1, -1.7), (1.1, -1.7)],
}
"""The strokes of a number, seen from its middle."""
_DISC_RADIUS = 3.9


def numbered_disc(number: int, center: Array, *, mirrored: bool) -> list[Shape]:
    """Return the number of a picture, 1 or 2, in a disc; it can be read if it is `mirrored`."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    disc = center + _DISC_RADIUS * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    digit = center + np.array(_DIGITS[number]) * [-1 if mirrored else 1, 1]
    return [
        Shape((disc,), "arrow", "none"),
        Shape((digit,), stroke="paper", width=1.3, closed=False),
    ]
