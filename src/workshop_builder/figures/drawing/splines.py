"""Smooth curves through points, for what was drawn by hand: cushions, hills, leaves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.svg import Point


def catmull_rom(points: Sequence[Point], *, closed: bool = True, steps: int = 3) -> Array:
    """Return points of a Catmull-Rom spline through `points`, `steps` for each segment.

    A point given twice in a row is a sharp corner.
    """
    given = [(float(x), float(y)) for x, y in points]
    if closed:
        given = [given[-1], *given, *given[:2]]
    else:
        (x, y), (x1, y1), (xn, yn), (x0, y0) = given[0], given[1], given[-1], given[-2]
        given = [(2 * x - x1, 2 * y - y1), *given, (2 * xn - x0, 2 * yn - y0)]
    parts = [
        _segment(a, b, c, d, steps)
        for a, b, c, d in zip(given, given[1:], given[2:], given[3:], strict=False)
        if b != c
    ]
    line = np.vstack(parts)
    return line if closed else np.vstack([line, np.array(given[-2])])


def open_curve(*points: Point) -> Array:
    """Return points of the smooth line that begins and ends at the first and the last point."""
    return catmull_rom(points, closed=False)


def _segment(a: Point, b: Point, c: Point, d: Point, steps: int) -> Array:
    """Return the spline from `b` to `c`, without its last point, in Hermite's form."""
    a, d = (b if a == b else a), (c if c == d else d)
    one, two = (2.0 if a == b else 1.0), (2.0 if c == d else 1.0)
    first = np.array([(c[0] - a[0]) / 2 * one, (c[1] - a[1]) / 2 * one])
    last = np.array([(d[0] - b[0]) / 2 * two, (d[1] - b[1]) / 2 * two])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    h = t**3
    line: Array = (
        (2 * h - 3 * t**2 + 1) * np.array(b) + (h - 2 * t**2 + t) * first
        + (-2 * h + 3 * t**2) * np.array(c) + (h - t**2) * last
    )  # fmt: skip
    return line
