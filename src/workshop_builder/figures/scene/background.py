"""Backgrounds: what can be behind a body to make a picture of it, as for a cover.

Lengths are per cent of body height; the whole was designed by eye.
"""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.shapes import Shape, Tone, filled, stroked
from workshop_builder.figures.drawing.splines import catmull_rom
from workshop_builder.figures.drawing.svg import Point

_HALF_WIDTH, _HEIGHT = 56.0, 112.0
"""Of the window, whose upper end is half a circle."""
_SUN, _SUN_RADIUS = (10.0, 55.0), 31.0
_HILL: tuple[Point, ...] = ((-56, 14), (-36, 20), (-14, 15), (12, 12), (34, 17), (56, 13))
_BOARD: tuple[Point, ...] = ((-64, 0), (64, 0), (64, -4.5), (-64, -4.5))
_PLANT_AT = 52.0
_LEAVES: tuple[tuple[Point, ...], ...] = (
    ((1, 14), (-9, 20), (-14, 31), (-7, 26), (0, 17)),
    ((3, 14), (12, 20), (16, 32), (9, 27), (2, 18)),
    ((0, 14), (-6, 27), (-6, 39), (0, 32), (3, 20)),
    ((3, 14), (10, 27), (10, 38), (5, 31), (1, 20)),
    ((-1, 14), (-2, 30), (2, 46), (6, 30), (5, 14)),
)
_VEIN_FROM = 15.0
"""The height at which the vein of each leaf begins; it ends at the leaf's tip."""
_POT: tuple[Point, ...] = ((-6.5, 11), (8.5, 11), (6.5, 0), (-4.5, 0))
_RIM: tuple[Point, ...] = ((-8, 14), (10, 14), (10, 10.5), (-8, 10.5))


def sunrise(middle: float) -> list[Shape]:
    """Return a window on a low sun and a hill, a board to stand on, and a plant.

    `middle` is the x of the middle of the body.
    """
    half_turn = np.linspace(0, np.pi, 30)
    arch = _circle(half_turn, (0.0, _HEIGHT - _HALF_WIDTH), _HALF_WIDTH)
    window = np.vstack([[[_HALF_WIDTH, 0.0]], arch, [[-_HALF_WIDTH, 0.0]]])
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    crest = catmull_rom(_HILL, closed=False, steps=6)
    hill = np.vstack([crest, [[_HALF_WIDTH, 0.0], [-_HALF_WIDTH, 0.0]]])
    return [
        _flat(_moved(window, middle), "sky"),
        _flat(_circle(turn, (middle + _SUN[0], _SUN[1]), _SUN_RADIUS), "sun"),
        _flat(_moved(hill, middle), "hill"),
        *filled([_moved(_BOARD, middle)], "cushion"),
        *_plant(middle + _PLANT_AT),
    ]


def _circle(angles: Array, center: Point, radius: float) -> Array:
    """Return the points of a circle in some directions, given in radians."""
    x, y = center
    return np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], axis=1)


def _moved(points: tuple[Point, ...] | Array, x: float) -> Array:
    moved: Array = np.array(points, dtype=float) + np.array([x, 0.0])
    return moved


def _flat(ring: Array, tone: Tone) -> Shape:
    """Return a shape without an outline, as things far away are drawn."""
    return Shape((ring,), tone, "none")


def _plant(x: float) -> list[Shape]:
    leaves = [catmull_rom(tuple((dx + x, y) for dx, y in leaf)) for leaf in _LEAVES]
    veins = [_moved(((leaf[0][0], _VEIN_FROM), leaf[2]), x) for leaf in _LEAVES]
    shapes = [shape for leaf in leaves for shape in filled([leaf], "leaf")]
    shapes += stroked(veins, 0.6)
    return shapes + filled([_moved(_POT, x)], "pot") + filled([_moved(_RIM, x)], "pot")
