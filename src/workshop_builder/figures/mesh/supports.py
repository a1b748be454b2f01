"""What lies below a body: where it is, and how high the body is above it.

Lengths are per cent of body height.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Indices
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.model.figure import Prop
from workshop_builder.model.props import PROPS, SEATS

_ON_SPINE = {"upper back": 0.74, "back": 0.6}
"""How high on the spine each part of the back is: 0 at the hips, 1 at the neck."""
_THIGH, _CALF, _FOOT_AHEAD = 0.62, 0.42, 3.5
"""How far down the thigh and the shank something lies, and how far ahead of the ankle."""
ASIDE = 9.0
"""How far beside a spot the body is looked at, which things lie across."""


def spot_of(place: str, skeleton: Skeleton) -> Array:
    """Return the middle of the part of a body that a place of a prop names."""
    legs = skeleton.legs
    near, far = legs["near"], legs["far"]
    if place in _ON_SPINE:
        return skeleton.spine_point(_ON_SPINE[place])[0]
    spots: dict[str, Array] = {
        "head": skeleton.head,
        "hips": skeleton.hips,
        "knees": (near.middle + far.middle) / 2,
        "thighs": (near.root + near.middle + far.root + far.middle) / 4,
        "calves": (near.middle + far.middle) / 2 * (1 - _CALF) + (near.end + far.end) / 2 * _CALF,
        "feet": (near.end + far.end + (near.tip[0] + far.tip[0]) * _FOOT_AHEAD) / 2,
    }
    for side, leg in legs.items():
        spots[f"{side} thigh"] = leg.root + (leg.middle - leg.root) * _THIGH
        spots[f"{side} foot"] = leg.end + leg.tip[0] * _FOOT_AHEAD
        spots[f"{side} knee"] = leg.middle
    return spots[place]


@cache
def _no_arms() -> Indices:
    """Return the vertices of all but the arms, which lie beside a body."""
    arms = (mesh().arm("near") > 0.5) | (mesh().arm("far") > 0.5)
    found: Indices = np.nonzero(~arms)[0]
    return found


def lowest_over(points: Array, spot: Array, reach: float, aside: float = ASIDE) -> float:
    """Return the height of the lowest point of a body over a strip across it, about a spot."""
    x, y, z = points[_no_arms()].T
    near = (np.abs(x - spot[0]) < reach) & (np.abs(z - spot[2]) < aside)
    return float(np.sort(y[near])[min(3, int(near.sum()) - 1)]) if near.any() else float(spot[1])


def lift_onto(props: tuple[Prop, ...], points: Array, skeleton: Skeleton) -> float:
    """Return how far up a lying body must be moved to lie on what is below its parts."""
    lift = -np.inf
    for prop in props:
        height = PROPS[prop.prop].places.get(prop.place or "")
        if height and prop.prop != "cushion" and prop.place not in {"head", "calves", *SEATS}:
            below = lowest_over(points, spot_of(prop.place or "", skeleton), 3.0)
            lift = max(lift, height - below)
    return float(lift)
