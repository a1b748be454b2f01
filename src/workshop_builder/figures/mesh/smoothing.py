"""Delta mush: a surface that collapses where it bends is smoothed, and gets its details back.

After Mancewicz and others, *Delta Mush: Smoothing Deformations While Preserving Detail* (2014).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Indices, Mask, crosses, dots, units
from workshop_builder.figures.mesh.data import mesh

_PASSES, _STRENGTH = 8, 0.75
"""How often the surface is smoothed, and how far each time towards the mean of the neighbours."""
_KEPT = ("finger", "wrist", "toes", "foot", "head")
"""The bones whose surface keeps its shape."""


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums over the neighbours of each vertex, column by column: most have four, few have more."""

    size: int
    columns: tuple[tuple[Indices | None, Indices], ...]
    """The vertices that have so many neighbours, or None for all, and what their next one is."""

    def of(self, values: Array) -> Array:
        """Return the sum of the neighbours' values."""
        total: Array = np.zeros((self.size, values.shape[1]))
        for rows, neighbours in self.columns:
            if rows is None:
                total += values.take(neighbours, 0)
            else:
                total[rows] += values.take(neighbours, 0)
        return total


def _sums(table: Indices, counts: Indices) -> Sums:
    columns = []
    for column in range(int(counts.max())):
        rows = np.nonzero(counts > column)[0]
        every = len(rows) == len(counts)
        columns.append((None if every else rows, table[rows, column].copy()))
    return Sums(len(counts), tuple(columns))


@dataclass(frozen=True, slots=True, eq=False)
class Softened:
    """The part of the mesh that is smoothed."""

    vertices: Indices
    strength: Array
    """How much of the smoothing each vertex takes, as a column."""
    neighbours: Sums
    shares: Array
    """One over the number of each vertex's neighbours, as a column."""
    faces: Indices
    """The faces that lie in it, by its own numbers."""
    faces_around: Sums
    first: Indices
    """A neighbour of each vertex, the same one always."""

    def smooth(self, points: Array) -> Array:
        """Return the smoothed points."""
        for _ in range(_PASSES):
            points = points + _STRENGTH * (self.neighbours.of(points) * self.shares - points)
        return points

    def frames(self, points: Array) -> tuple[Array, Array, Array]:
        """Return three directions at each point: out of the surface, and two along it."""
        a, b, c, d = (points[self.faces[:, k]] for k in range(4))
        out = units(self.faces_around.of(crosses(c - a, d - b)))
        along = points[self.first] - points
        along = units(along - out * dots(along, out)[:, None])
        return out, along, crosses(out, along)


def _table(owners: Indices, values: Indices, size: int) -> tuple[Indices, Indices]:
    """Return the values of each owner as the rows of a table, and how many each has."""
    order = np.argsort(owners, kind="stable")
    owners, values = owners[order], values[order]
    counts = np.bincount(owners, minlength=size)
    starts = np.cumsum(counts) - counts
    table = np.zeros((size, max(int(counts.max()), 1)), np.int64)
    table[owners, np.arange(len(owners)) - starts[owners]] = values
    return table, counts


@cache
def neighbours() -> tuple[Indices, Indices]:
    """Return the neighbours of each vertex along edges, and how many it has."""
    faces, size = mesh().faces, mesh().size
    edges = np.concatenate([faces[:, [k, (k + 1) % 4]] for k in range(4)])
    edges = edges[edges[:, 0] != edges[:, 1]]
    keys = np.unique(np.concatenate([edges[:, 0] * size + edges[:, 1],
                                     edges[:, 1] * size + edges[:, 0]]))  # fmt: skip
    return _table(keys // size, keys % size, size)


@cache
def softened() -> Softened:
    """Return what is smoothed: all but hands, feet and head, and a rim around it."""
    strength = 1 - np.clip(mesh().share(*_KEPT) * 1.5, 0, 1)
    vertices = np.nonzero(_spread(strength > 0, 2))[0]
    count = len(vertices)
    own = np.full(mesh().size, -1)
    own[vertices] = np.arange(count)
    everyone, counts = neighbours()
    table, counts = own[everyone[vertices]], counts[vertices].copy()
    # At the rim a vertex stays where it is.
    missing = (table < 0) & (np.arange(table.shape[1]) < counts[:, None])
    held, itself = missing.any(axis=1), np.arange(count)
    table[held], counts[held] = itself[held, None], 1
    faces = own[mesh().faces]
    faces = faces[(faces >= 0).all(axis=1)]
    around, how_many = _table(faces.ravel(), np.repeat(np.arange(len(faces)), 4), count)
    first = np.where(table[:, 0] == itself, np.maximum(itself - 1, 0), table[:, 0])
    return Softened(
        vertices, strength[vertices][:, None], _sums(table, counts), 1 / counts[:, None],
        faces, _sums(around, np.maximum(how_many, 1)), first,
    )  # fmt: skip


def _spread(mask: Mask, times: int) -> Mask:
    """Return a mask with its neighbours, and theirs."""
    table, counts = neighbours()
    real = np.arange(table.shape[1]) < counts[:, None]
    for _ in range(times):
        mask = mask | (mask[table] & real).any(axis=1)
    return mask


def details(points: Array) -> Array:
    """Return what smoothing takes from a body at rest, in the frames of its smooth surface."""
    part = softened()
    own = points[part.vertices]
    smooth = part.smooth(own)
    return np.stack([dots(way, own - smooth) for way in part.frames(smooth)], axis=1)


def restore(points: Array, kept: Array) -> None:
    """Smooth a posed surface in place, and give it back the details that were kept at rest."""
    part = softened()
    own = points[part.vertices]
    smooth = part.smooth(own)
    out, along, across = part.frames(smooth)
    whole = smooth + out * kept[:, :1] + along * kept[:, 1:2] + across * kept[:, 2:]
    points[part.vertices] = own * (1 - part.strength) + whole * part.strength


def faces_at(part: Indices) -> Indices:
    """Return the faces that have a corner among some vertices."""
    inside = np.zeros(mesh().size, bool)
    inside[part] = True
    found: Indices = mesh().faces[inside[mesh().faces].any(axis=1)]
    return found


def normals(points: Array, faces: Indices | None = None) -> Array:
    """Return the direction out of the surface at each vertex of some faces, or of all."""
    faces = mesh().faces if faces is None else faces
    a, b, c, d = (points[faces[:, k]] for k in range(4))
    each = crosses(c - a, d - b)
    corners = faces.T.ravel()
    return units(
        np.stack(
            [np.bincount(corners, np.tile(each[:, k], 4), len(points)) for k in range(3)], axis=1
        )
    )
