"""Limbs that are made: a lower leg on a pylon, a forearm with its hand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workshop_builder.figures.body.pose import SIDES, BodySide
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.bones import PosedBones
from workshop_builder.figures.mesh.data import LETTER, mesh
from workshop_builder.model.figure import Prosthesis

Sides = tuple[BodySide, ...]
_LEGS: Mapping[Prosthesis, Sides] = {
    "near lower leg": ("near",), "far lower leg": ("far",), "both lower legs": SIDES,
}  # fmt: skip
_ARMS: Mapping[Prosthesis, Sides] = {"near forearm": ("near",), "far forearm": ("far",)}
_PYLON = ((0.34, 0.46, 0.88, 1.0, 1.1), (1.0, 0.36, 0.3, 0.42, 1.0))
"""How far down from knee to ankle, and what is left of the thickness there."""


def made_legs(prosthesis: Prosthesis) -> Sides:
    """Return on which sides the lower leg is made."""
    return _LEGS.get(prosthesis, ())


def made_arms(prosthesis: Prosthesis) -> Sides:
    """Return on which sides the forearm is made."""
    return _ARMS.get(prosthesis, ())


def on_pylons(points: Array, bones: PosedBones, prosthesis: Prosthesis) -> Array:
    """Return the vertices of a body in which a made lower leg has a pylon for a shin."""
    if not made_legs(prosthesis):
        return points
    found = points.copy()
    for side in made_legs(prosthesis):
        knee, ankle = (bones.place(f"{bone}.{LETTER[side]}") for bone in ("lowerleg01", "foot"))
        own = np.nonzero(mesh().limb(side, "lowerleg", "foot") > 0.5)[0]
        way = ankle - knee
        down = (points[own] - knee) @ way / float(way @ way)
        middle = knee + down[:, None] * way
        left = np.interp(down, *_PYLON)
        found[own] = middle + (points[own] - middle) * left[:, None]
    return found
