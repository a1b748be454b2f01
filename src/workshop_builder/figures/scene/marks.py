"""Marks on a figure: which picture it is.

Lengths are units of the drawing, for a number is read at one size however large the bodies are.
"""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.drawing.splines import open_curve

_BEND = [(-6.0, 4.8), (-4.6, 8.4), (0.0, 10.2), (4.6, 8.4), (5.9, 4.6), (4.0, 0.4), (-6.4, -10.0)]
_DIGITS = {
    1: [(-4.0, 6.0), (1.5, 10.0), (1.5, -10.0)],
    2: [*open_curve(*_BEND).tolist(), (6.4, -10.0)],
}
"""The strokes of a number, seen from its middle: 9 pt in a picture printed 50 mm wide."""
DISC_RADIUS = 17.0


def numbered_disc(number: int, center: Array, scale: float, *, mirrored: bool) -> list[Shape]:
    """Return the number of a picture, 1 or 2, in a disc; it can be read if it is `mirrored`.

    `scale` says how many units of the drawing are one of the plane in which `center` is.
    """
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    disc = center + DISC_RADIUS / scale * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    digit = center + np.array(_DIGITS[number]) / scale * [-1 if mirrored else 1, 1]
    return [
        Shape((disc,), "arrow", "none"),
        Shape((digit,), stroke="paper", width=1.7, closed=False),
    ]
