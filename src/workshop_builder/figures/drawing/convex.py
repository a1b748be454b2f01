"""Solids without hollows: boxes, bars and balls in space, which may hide what is behind them.

Lengths are per cent of body height.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from workshop_builder.figures.body.vectors import Array, cross, unit

_FLAT, _FLAT_GIVES, _BROAD, _BROAD_GIVES = 0.5, 0.4, 6.0, 0.5
"""A box below the first height is a mat, one that is broader both ways than the third a seat; how
far what lies or sits on each sinks into it."""
_ANY_WAY = np.array([0.13, 0.31, 0.94])
"""A direction that hardly any bar has."""


@dataclass(frozen=True, slots=True, eq=False)
class Polyhedron:
    """A convex solid of flat faces."""

    corners: Array
    faces: tuple[tuple[int, ...], ...]
    """The corners of each face, in turn."""
    gives: float = 0.0
    """How far what rests on it sinks in."""

    @property
    def normals(self) -> Array:
        """The direction that each face looks to, of length 1."""
        middle = self.corners.mean(axis=0)
        found = []
        for face in self.faces:
            a, b, c = (self.corners[number] for number in face[:3])
            way = unit(cross(b - a, c - b))
            found.append(way if float(way @ (a - middle)) > 0 else -way)
        return np.array(found)

    @property
    def offsets(self) -> Array:
        """How far from the origin each face is, along its normal."""
        first = self.corners[[face[0] for face in self.faces]]
        found: Array = (self.normals * first).sum(axis=1)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Ellipsoid:
    """A ball, or a cushion, its axes along those of space."""

    middle: Array
    radii: Array
    gives: float = 0.0
    """How far what rests on it sinks in."""


Convex: TypeAlias = Polyhedron | Ellipsoid


_BOX_FACES = (
    (0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3),
)  # fmt: skip


def box(low: Array, high: Array) -> Polyhedron:
    """Return a box with its sides along the axes, given two opposite corners."""
    axes = [(low[k], high[k]) for k in range(3)]
    corners = np.array([[x, y, z] for x in axes[0] for y in axes[1] for z in axes[2]])
    broad = high[0] - low[0] > _BROAD and high[2] - low[2] > _BROAD
    gives = _FLAT_GIVES if high[1] < _FLAT else _BROAD_GIVES if broad else 0.0
    return Polyhedron(corners, _BOX_FACES, gives)


def bar(start: Array, end: Array, radius: float, sides: int = 20, gives: float = 0.0) -> Polyhedron:
    """Return a round bar, such as a roller."""
    way = unit(end - start)
    across = unit(cross(way, _ANY_WAY))
    beside = cross(way, across)
    turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)[:, None]
    ring = radius * (np.cos(turn) * across + np.sin(turn) * beside)
    numbers = range(sides)
    walls = [(a, b, b + sides, a + sides) for a, b in pairwise([*numbers, 0])]
    caps = [tuple(reversed(numbers)), tuple(number + sides for number in numbers)]
    return Polyhedron(np.concatenate([start + ring, end + ring]), (*walls, *caps), gives)
