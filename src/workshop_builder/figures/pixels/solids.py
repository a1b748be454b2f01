"""Simple solids of triangles that share the depth of a body: balls, tubes, rounded blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from workshop_builder.figures.body.vectors import Array, cross, unit
from workshop_builder.figures.mesh.arrays import Indices


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """A surface of triangles, of one label."""

    points: Array
    triangles: Indices
    label: int


_GOLDEN = (1 + 5**0.5) / 2
_CORNERS = (
    (-1, _GOLDEN, 0), (1, _GOLDEN, 0), (-1, -_GOLDEN, 0), (1, -_GOLDEN, 0), (0, -1, _GOLDEN),
    (0, 1, _GOLDEN), (0, -1, -_GOLDEN), (0, 1, -_GOLDEN), (_GOLDEN, 0, -1), (_GOLDEN, 0, 1),
    (-_GOLDEN, 0, -1), (-_GOLDEN, 0, 1),
)  # fmt: skip
_SIDES = (
    (0, 11, 5), (0, 5, 1), (0, 1, 7), (0, 7, 10), (0, 10, 11), (1, 5, 9), (5, 11, 4), (11, 10, 2),
    (10, 7, 6), (7, 1, 8), (3, 9, 4), (3, 4, 2), (3, 2, 6), (3, 6, 8), (3, 8, 9), (4, 9, 5),
    (2, 4, 11), (6, 2, 10), (8, 6, 7), (9, 8, 1),
)  # fmt: skip
"""An icosahedron."""


@cache
def globe(finer: int) -> tuple[Array, Indices]:
    """Return vertices and triangles of a ball of radius 1, each triangle parted `finer` times."""
    points = [unit(np.array(corner)) for corner in _CORNERS]
    triangles = list(_SIDES)
    for _ in range(finer):
        parted: list[tuple[int, int, int]] = []
        middles: dict[tuple[int, int], int] = {}
        for a, b, c in triangles:
            x, y, z = (_middle(points, middles, *pair) for pair in ((a, b), (b, c), (c, a)))
            parted += [(a, x, z), (b, y, x), (c, z, y), (x, y, z)]
        triangles = parted
    return np.array(points), np.array(triangles)


def _middle(points: list[Array], middles: dict[tuple[int, int], int], a: int, b: int) -> int:
    pair = min(a, b), max(a, b)
    if pair not in middles:
        points.append(unit(points[a] + points[b]))
        middles[pair] = len(points) - 1
    return middles[pair]


def rounded(points: Array, corners: float) -> Array:
    """Return points of a ball moved out towards a cube; the more `corners` (2 and up), the more."""
    size = (np.abs(points) ** corners).sum(axis=1, keepdims=True) ** (1 / corners)
    found: Array = points / size
    return found


_ANY_WAY = np.array([0.13, 0.31, 0.94])
"""A direction that hardly any tube has."""


def tube(line: Sequence[Array], radius: float, sides: int) -> tuple[Array, Indices]:
    """Return the vertices and triangles of a tube along a line."""
    points = np.array(line, dtype=float)
    last = len(points) - 1
    turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)[:, None]
    rings = []
    for number, point in enumerate(points):
        way = unit(points[min(number + 1, last)] - points[max(number - 1, 0)])
        across = unit(cross(way, _ANY_WAY))
        rings.append(point + radius * (np.cos(turn) * across + np.sin(turn) * cross(way, across)))
    triangles = []
    for ring in range(last):
        for side in range(sides):
            beside = (side + 1) % sides
            a, b = ring * sides + side, ring * sides + beside
            triangles += [(a, b, b + sides), (a, b + sides, a + sides)]
    return np.concatenate(rings), np.array(triangles)
