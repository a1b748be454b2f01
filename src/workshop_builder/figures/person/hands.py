"""Hands and feet, drawn by hand: outlines as points of a spline, in per cent of body height.

Hands: x leads from the wrist to the fingertips, y to the thumb (an open hand and a grip) or to
the back of the hand (a flat one, seen from its edge). Feet: x leads from the ankle, or of toes
from where they bend, to the tips of the toes, y up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.splines import catmull_rom, open_curve
from workshop_builder.figures.drawing.svg import Point

HandKind: TypeAlias = Literal["open", "flat", "grip"]


@dataclass(frozen=True, slots=True, eq=False)
class LineArt:
    """A drawing in its own plane: an outline, and thin lines on it."""

    outline: Array
    lines: tuple[Array, ...] = ()


_OPEN: tuple[Point, ...] = (
    (-1.6, 1.5), (0.0, 1.6), (1.4, 2.0), (2.6, 3.0), (3.9, 3.7), (4.6, 3.4), (4.2, 2.7), (3.6, 1.9),
    (4.6, 1.9), (7.0, 1.75), (8.6, 1.4), (9.3, 0.7), (9.3, -0.4), (8.6, -1.3), (6.8, -1.8),
    (4.4, -2.0), (1.8, -1.9), (-0.2, -1.5), (-1.6, -1.5),
)  # fmt: skip
_FLAT: tuple[Point, ...] = (
    (-1.2, 1.5), (0.2, 1.4), (2.4, 1.2), (5.0, 0.9), (7.6, 0.3), (9.2, -0.5), (9.2, -1.15),
    (7.6, -1.35), (4.6, -1.45), (1.8, -1.5), (0.0, -1.6), (-1.2, -1.5),
)  # fmt: skip
_GRIP: tuple[Point, ...] = (
    (-1.4, 1.5), (0.2, 1.8), (1.6, 2.5), (3.4, 2.7), (4.8, 2.3), (5.4, 1.2), (5.5, -0.4),
    (5.0, -1.8),
    (3.6, -2.4), (1.8, -2.2), (0.2, -1.7), (-1.4, -1.5),
)  # fmt: skip

HANDS: dict[HandKind, LineArt] = {
    "open": LineArt(
        catmull_rom(_OPEN),
        tuple(open_curve((5.0, y), (8.4, y * 0.85)) for y in (0.85, -0.05, -0.95)),
    ),
    "flat": LineArt(catmull_rom(_FLAT), (open_curve((1.6, 0.3), (3.2, -0.4), (4.6, -0.6)),)),
    "grip": LineArt(
        catmull_rom(_GRIP),
        (
            open_curve((2.7, 1.3), (3.9, 1.4), (5.2, 1.1)),
            open_curve((2.7, 0.2), (3.9, 0.2), (5.4, 0.0)),
            open_curve((2.7, -0.9), (3.9, -1.0), (5.1, -1.1)),
            open_curve((0.9, 1.9), (2.2, 1.7), (2.9, 0.9)),
        ),
    ),
}

_REAR_FOOT: tuple[Point, ...] = (
    (-1.9, 2.4), (-2.0, 1.0), (-2.9, -0.4), (-3.7, -1.9), (-3.6, -3.3), (-2.6, -3.98),
    (-0.6, -3.95),
    (1.6, -3.5), (3.6, -3.25), (5.4, -3.6), (7.2, -4.0), (8.4, -3.6), (8.2, -1.9), (6.4, -0.8),
    (4.4, 0.2), (2.7, 1.4), (2.1, 2.4),
)  # fmt: skip
_TOES: tuple[Point, ...] = (
    (0.0, 1.2), (1.6, 1.15), (2.9, 0.7), (3.5, -0.1), (3.1, -0.95), (1.8, -1.1), (0.0, -1.1),
    (-1.0, -0.6), (-1.0, 0.8),
)  # fmt: skip
TOE_JOINT: Point = (7.4, -2.9)
"""Where the toes bend, seen from the ankle."""

FOOT = LineArt(catmull_rom(_REAR_FOOT), (open_curve((0.3, -0.2), (-0.6, -1.0), (-0.2, -2.0)),))
TOES = LineArt(catmull_rom(_TOES), (open_curve((1.9, 0.0), (2.6, 0.35), (3.2, 0.15)),))
