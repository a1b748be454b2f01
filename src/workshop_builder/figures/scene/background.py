"""What may stand behind a body to make a picture of it: a sunrise in a window, a plant."""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.shapes import Shape, Tone, filled, stroked
from workshop_builder.figures.drawing.splines import smooth
from workshop_builder.figures.drawing.svg import Point

_HALF, _HIGH = 56.0, 112.0
"""Half the width and the height of the window, in per cent of body height."""
_HILL: tuple[Point, ...] = ((-56, 14), (-36, 20), (-14, 15), (12, 12), (34, 17), (56, 13))
_LEAVES: tuple[tuple[Point, ...], ...] = (
    ((1, 14), (-9, 20), (-14, 31), (-7, 26), (0, 17)),
    ((3, 14), (12, 20), (16, 32), (9, 27), (2, 18)),
    ((0, 14), (-6, 27), (-6, 39), (0, 32), (3, 20)),
    ((3, 14), (10, 27), (10, 38), (5, 31), (1, 20)),
    ((-1, 14), (-2, 30), (2, 46), (6, 30), (5, 14)),
)
_POT: tuple[Point, ...] = ((-6.5, 11), (8.5, 11), (6.5, 0), (-4.5, 0))
_RIM: tuple[Point, ...] = ((-8, 14), (10, 14), (10, 10.5), (-8, 10.5))


def _ring(points: tuple[Point, ...], shift: float = 0.0) -> Array:
    moved: Array = np.array(points, dtype=float) + np.array([shift, 0.0])
    return moved


def _flat(ring: Array, tone: Tone) -> Shape:
    """Return a shape without an outline, as things far away are drawn."""
    return Shape((ring,), tone, "none")


def sunrise(middle: float) -> list[Shape]:
    """Return a window with a low sun and a hill, a board to stand on and a plant, about x."""
    turn = np.linspace(0, np.pi, 30)
    arch = np.stack([_HALF * np.cos(turn), _HIGH - _HALF + _HALF * np.sin(turn)], axis=1)
    window = np.vstack([[[_HALF, 0.0]], arch, [[-_HALF, 0.0]]]) + np.array([middle, 0.0])
    round_ = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    sun = np.stack([middle + 10 + 31 * np.cos(round_), 55 + 31 * np.sin(round_)], axis=1)
    crest = smooth(_HILL, closed=False, steps=6)
    hill = np.vstack([crest, [[_HALF, 0.0], [-_HALF, 0.0]]]) + np.array([middle, 0.0])
    board = _ring(((-64, 0), (64, 0), (64, -4.5), (-64, -4.5)), middle)
    return [
        _flat(window, "sky"),
        _flat(sun, "sun"),
        _flat(hill, "hill"),
        *filled([board], "cushion"),
        *_plant(middle + 52),
    ]


def _plant(at: float) -> list[Shape]:
    leaves = [smooth(tuple((x + at, y) for x, y in leaf)) for leaf in _LEAVES]
    veins = [_ring(((leaf[0][0], 15), leaf[2]), at) for leaf in _LEAVES]
    shapes = [shape for leaf in leaves for shape in filled([leaf], "leaf")]
    shapes += stroked(veins, 0.6)
    return shapes + filled([_ring(_POT, at)], "pot") + filled([_ring(_RIM, at)], "pot")
