"""The ellipse that lies as an area does."""

from __future__ import annotations

import math

import numpy as np

from workshop_builder.figures.body.vectors import Array


def ellipse_of(ring: Array) -> tuple[Array, float, float, float]:
    """Return the ellipse with the moments of an area within a ring, whose last point is its first.

    It is given by its middle, its turn in radians, half its length and half its width.
    """
    x, y = ring.T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    twice = float(cross.sum())
    middle = np.array([
        float(((x[:-1] + x[1:]) * cross).sum()) / (3 * twice),
        float(((y[:-1] + y[1:]) * cross).sum()) / (3 * twice),
    ])  # fmt: skip
    x, y = x - middle[0], y - middle[1]
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    wide = float(((x[:-1] ** 2 + x[:-1] * x[1:] + x[1:] ** 2) * cross).sum()) / (6 * twice)
    high = float(((y[:-1] ** 2 + y[:-1] * y[1:] + y[1:] ** 2) * cross).sum()) / (6 * twice)
    mixed = x[:-1] * y[1:] + 2 * x[:-1] * y[:-1] + 2 * x[1:] * y[1:] + x[1:] * y[:-1]
    both = float((mixed * cross).sum()) / (12 * twice)
    mean, apart = (wide + high) / 2, math.hypot((wide - high) / 2, both)
    turn = 0.5 * math.atan2(2 * both, wide - high)
    return middle, turn, 2 * math.sqrt(mean + apart), 2 * math.sqrt(max(mean - apart, 0.0))
