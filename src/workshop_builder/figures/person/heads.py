"""Heads, drawn by hand from the side and from the front: face, ear, hair.

Coordinates are per cent of body height from the centre of the skull; in a profile
x looks forward, in a face x is to the right of the picture. y is up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.splines import smooth
from workshop_builder.figures.drawing.svg import Point
from workshop_builder.figures.person import hair as hairdos
from workshop_builder.figures.person.hair import Hairdo
from workshop_builder.model.figure import Hair


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """One head in its own plane."""

    hair: Hairdo
    skin: Array
    ear: Array | None
    lines: tuple[Array, ...]
    """Brow, nose, mouth, ear: thin strokes."""
    eyes: tuple[Array, ...]


_PROFILE: tuple[Point, ...] = (
    (2.4, -6.4), (4.0, -6.5), (4.9, -5.9), (4.95, -4.9), (4.55, -4.35), (5.15, -3.7),
    (5.0, -3.25), (4.85, -3.2), (5.25, -2.75), (5.05, -2.1), (5.5, -1.85), (6.5, -1.45),
    (6.35, -0.85), (5.65, 0.3), (5.25, 1.3), (5.3, 2.2), (5.0, 3.6), (4.0, 5.2), (2.0, 6.3),
    (-0.4, 6.6), (-2.8, 6.1), (-4.7, 4.6), (-5.6, 2.2), (-5.5, -0.2), (-4.9, -2.2),
    (-4.1, -3.8), (-3.4, -5.4), (-1.0, -5.6), (0.6, -5.2), (1.4, -6.0),
)  # fmt: skip
_EAR: tuple[Point, ...] = (
    (-1.2, 1.1), (-0.3, 1.3), (0.25, 0.5), (0.0, -0.5), (-0.5, -1.4), (-1.1, -1.5),
    (-1.35, -0.5),
)  # fmt: skip
_FACE: tuple[Point, ...] = (
    (0.0, -6.6), (1.9, -6.1), (3.5, -4.6), (4.4, -2.2), (4.75, 0.4), (4.7, 2.8), (4.0, 5.0),
    (2.2, 6.3), (0.0, 6.6), (-2.2, 6.3), (-4.0, 5.0), (-4.7, 2.8), (-4.75, 0.4), (-4.4, -2.2),
    (-3.5, -4.6), (-1.9, -6.1),
)  # fmt: skip


def _line(*points: Point) -> Array:
    return smooth(points, closed=False)


def _eye(x: float, y: float) -> Array:
    angles = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    return np.stack([x + 0.42 * np.cos(angles), y + 0.58 * np.sin(angles)], axis=1)


@cache
def profile(hair: Hair) -> Head:
    """Return a head that looks to the right."""
    brow = _line((2.6, 2.15), (3.6, 2.5), (4.7, 2.2))
    mouth = _line((4.95, -3.25), (4.1, -3.4), (3.3, -2.9))
    nostril = _line((5.45, -1.9), (5.0, -1.75), (4.75, -1.35))
    eyes = (_eye(3.75, 0.75),)
    hairdo = hairdos.from_the_side(hair)
    if hair in {"bob", "headscarf"}:
        return Head(hairdo, smooth(_PROFILE), None, (brow, mouth, nostril), eyes)
    shell = _line((-0.7, 0.6), (-0.35, 0.2), (-0.6, -0.5))
    return Head(hairdo, smooth(_PROFILE), smooth(_EAR), (brow, mouth, nostril, shell), eyes)


def face(hair: Hair, turn: float) -> Head:
    """Return a head that looks at the reader, its features moved aside by `turn` (-1 to 1)."""
    dx = turn * 3.0
    squeeze = 1 - abs(turn) * 0.25
    eyes = [dx + side * 1.9 * squeeze for side in (-1, 1)]
    lines = (
        *(_line((x - 1.1, 2.1), (x, 2.5), (x + 1.1, 2.1)) for x in eyes),
        _line((dx - 0.35, 0.2), (dx + 0.75, -1.6), (dx - 0.2, -1.9)),
        _line((dx - 1.5, -3.4), (dx, -3.9), (dx + 1.5, -3.4)),
    )
    dots = tuple(_eye(x, 0.75) for x in eyes)
    return Head(hairdos.from_the_front(hair), smooth(_FACE), None, lines, dots)


@cache
def nape(hair: Hair) -> Head:
    """Return a head that looks away from the reader."""
    return Head(hairdos.from_behind(hair), smooth(_FACE), None, (), ())
