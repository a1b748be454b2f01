"""Heads, drawn by hand from the side, from the front and from behind.

Coordinates are per cent of body height, from the centre of the skull. y points up; x points
forward in a profile, and to the right of the picture in a face.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.splines import catmull_rom, open_curve
from workshop_builder.figures.drawing.svg import Point
from workshop_builder.figures.person import hair as hairdos
from workshop_builder.figures.person.hair import Hairdo
from workshop_builder.model.figure import Hair


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A head in its own plane."""

    hair: Hairdo
    skin: Array
    ear: Array | None
    lines: tuple[Array, ...]
    """Thin strokes: brows, nose, mouth, the inside of the ear."""
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


_EYE = (0.42, 0.58)
"""Half the width and height of an eye."""
_EYE_HEIGHT = 0.75
_EYES_APART = 1.9
"""From the middle of a face to the middle of each eye."""
_TURN_SHIFT, _TURN_SQUEEZE = 3.0, 0.25
"""How far the features move aside on a face that is turned away, and how much closer they come."""


def _eye(x: float) -> Array:
    half_width, half_height = _EYE
    angles = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    return np.stack(
        [x + half_width * np.cos(angles), _EYE_HEIGHT + half_height * np.sin(angles)], axis=1
    )


@cache
def profile(hair: Hair) -> Head:
    """Return a head that looks to the right."""
    brow = open_curve((2.6, 2.15), (3.6, 2.5), (4.7, 2.2))
    mouth = open_curve((4.95, -3.25), (4.1, -3.4), (3.3, -2.9))
    nostril = open_curve((5.45, -1.9), (5.0, -1.75), (4.75, -1.35))
    eyes = (_eye(3.75),)
    hairdo, skin = hairdos.from_the_side(hair), catmull_rom(_PROFILE)
    if hair in {"bob", "headscarf"}:
        return Head(hairdo, skin, None, (brow, mouth, nostril), eyes)
    inner_ear = open_curve((-0.7, 0.6), (-0.35, 0.2), (-0.6, -0.5))
    return Head(hairdo, skin, catmull_rom(_EAR), (brow, mouth, nostril, inner_ear), eyes)


def face(hair: Hair, turn: float) -> Head:
    """Return a head that looks at the reader, or aside: -1 is left in the picture, 1 right."""
    dx = turn * _TURN_SHIFT
    squeeze = 1 - abs(turn) * _TURN_SQUEEZE
    eyes = [dx + side * _EYES_APART * squeeze for side in (-1, 1)]
    lines = (
        *(open_curve((x - 1.1, 2.1), (x, 2.5), (x + 1.1, 2.1)) for x in eyes),
        open_curve((dx - 0.35, 0.2), (dx + 0.75, -1.6), (dx - 0.2, -1.9)),
        open_curve((dx - 1.5, -3.4), (dx, -3.9), (dx + 1.5, -3.4)),
    )
    dots = tuple(_eye(x) for x in eyes)
    return Head(hairdos.from_the_front(hair), catmull_rom(_FACE), None, lines, dots)


@cache
def nape(hair: Hair) -> Head:
    """Return a head that looks away from the reader."""
    return Head(hairdos.from_behind(hair), catmull_rom(_FACE), None, (), ())
