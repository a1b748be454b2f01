"""The way of a part of the body from the start of a movement to its end."""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.body.placement import place_body
from workshop_builder.figures.body.pose import BodySide
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.movement.between import Movement

_SPINE_PLACES = {"hips": 0.05, "pelvis": 0.1, "waist": 0.42, "chest": 0.78}
"""Where on the spine the middle of each part of the trunk is: 0 at the hips, 1 at the neck."""
_FOOT_MIDDLE, _HAND_MIDDLE, _TOES, _NOSE = 4.0, 5.0, 9.5, 6.5
"""From ankle or wrist to the middle of the foot or hand, to the toes; from the skull's to the nose.
"""
_TIPS = {"head": "nose", "near foot": "near toes", "far foot": "far toes"}
"""What moves of a part that turns on the spot."""
_TURNS = 0.6
"""How far the tip of a part moves for the part to turn, as a share of how far it is carried."""


def center(place: str, skeleton: Skeleton) -> Array:
    """Return the middle of a part of the body."""
    first, _, part = place.partition(" ")
    if part:
        side: BodySide = "near" if first == "near" else "far"
        leg, arm = skeleton.legs[side], skeleton.arms[side]
        centers: dict[str, Array] = {
            "knee": leg.middle,
            "foot": leg.end + leg.tip[0] * _FOOT_MIDDLE,
            "toes": leg.end + leg.tip[0] * _TOES,
            "hand": arm.end - arm.tip[1] * _HAND_MIDDLE,
            "elbow": arm.middle,
            "shoulder": arm.root,
            "hip": leg.root,
        }
        return centers[part]
    if place in {"head", "nose"}:
        ahead: Array = skeleton.head_frame[0] * (_NOSE if place == "nose" else 0.0)
        return skeleton.head + ahead
    return skeleton.spine_point(_SPINE_PLACES[place])[0]


def mover(movement: Movement, place: str) -> str:
    """Return what of a part moves: its tip where the part turns more than it is carried."""
    tip = _TIPS.get(place)
    if tip is None:
        return place
    carried = step_of(movement, place)
    turned = np.linalg.norm(step_of(movement, tip) - carried)
    return tip if turned > np.linalg.norm(carried) * _TURNS else place


def path_of(movement: Movement, place: str) -> Array:
    """Return three points of a part's way: start, middle and end, the still point where it ends."""
    first, last = (body.skeleton for body in movement.bodies)
    halfway = place_body(movement.between(0.5), movement.figure, BUILDS["medium"]).skeleton
    return np.array(
        [center(place, each) + movement.offset(each) for each in (first, halfway, last)]
    )


def step_of(movement: Movement, place: str) -> Array:
    """Return from where to where a part moves, as one vector."""
    first, last = (body.skeleton for body in movement.bodies)
    step: Array = center(place, last) - center(place, first) - movement.offset(first)
    return step
