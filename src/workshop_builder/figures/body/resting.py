"""Resting: what a body lies on besides its back: its head and shoulders on the floor, or props.

The trunk of who kneels tips at the hips until they are down, the thighs stay; else the neck bends.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise

from workshop_builder.figures.body.joint_limits import JOINTS
from workshop_builder.figures.body.pose import Pose
from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.surface import BodySurface
from workshop_builder.figures.body.vectors import Array
from workshop_builder.model.figure import Prop
from workshop_builder.model.props import PROPS

_SHOULDER = 3.2
"""From the joint of a shoulder to the floor below it, in per cent of body height."""
_TRIED = tuple(float(degrees) for degrees in range(-60, 61, 10))
"""Degrees by which trunk or neck are tried."""
_HALVINGS = 6
"""Of ten degrees, which leave a sixth of one."""
_ON_HEELS = 125.0
"""Of the hips of who kneels with the seat on the heels: then the back rounds, nothing tips."""
UNDER_TRUNK = ("hips", "upper back", "back")
"""The places below a trunk, from which the head of who lies may hang back."""
_CHEST_FROM = 8
"""The section of the trunk at which the chest begins."""
_KNEELING = ("on all fours", "kneeling", "half kneeling")

Placing = Callable[[Pose], tuple[Skeleton, BodySurface, float]]
"""What says where a pose has its joints and its surface, and how far up both must go."""
_Height = Callable[[Pose], float]
_Turning = Callable[[Pose, float], Pose]
"""What turns a part of a pose by some degrees."""


def rested(pose: Pose, place: Placing, wanted: Mapping[str, float]) -> Pose:
    """Return a pose of which the parts that are to rest do so, as far as they can.

    `wanted` says how high each part is to be, if it is not 0.
    """

    def height(part: str, tried: Pose) -> float:
        skeleton, surface, lift = place(tried)
        return height_of(part, skeleton, surface) + lift - wanted.get(part, 0.0)

    for part in sorted(pose.resting, key=lambda each: each == "head"):
        turns: list[_Turning] = []
        if pose.position in _KNEELING and (part != "head" or len(pose.resting) == 1):
            turns.append(_rounded if pose.near.hip > _ON_HEELS else _tipped)
        if part == "head":
            turns.append(raised(place(pose)[0].chest_frame))
        pose = _lowered(pose, partial(height, part), turns)
    return pose


def height_of(part: str, skeleton: Skeleton, surface: BodySurface) -> float:
    """Return how high above the floor a head or a shoulder is."""
    if part == "head":
        return surface.skull.lowest()
    side = "near" if part.startswith("near") else "far"
    return float(skeleton.arms[side].root[1]) - _SHOULDER  # type: ignore[index]


def _lowered(pose: Pose, height_in: _Height, turns: list[_Turning]) -> Pose:
    """Return the pose turned by as little as brings the part to the floor, or nearest to it."""
    nearest = (math.inf, pose)
    for turn in turns:
        heights = [(degrees, height_in(turn(pose, degrees))) for degrees in _TRIED]
        crossings = [
            (low, high) for low, high in pairwise(heights) if (low[1] > 0) != (high[1] > 0)
        ]
        if crossings:
            least = min(crossings, key=lambda each: abs(each[0][0] + each[1][0]))
            return _between(*least, partial(turn, pose), height_in)
        degrees, height = min(heights, key=lambda each: (abs(each[1]), abs(each[0])))
        if abs(height) < nearest[0]:
            nearest = abs(height), turn(pose, degrees)
    return nearest[1]


def _between(
    low: tuple[float, float], high: tuple[float, float],
    turned: Callable[[float], Pose], height_in: _Height,
) -> Pose:  # fmt: skip
    """Return the pose between two, each given as degrees and height, that is on the floor."""
    start, end = low[0], high[0]
    for _ in range(_HALVINGS):
        middle = (start + end) / 2
        if (height_in(turned(middle)) > 0) == (low[1] > 0):
            start = middle
        else:
            end = middle
    return turned(round((start + end) / 2, 3))


def _tipped(pose: Pose, degrees: float) -> Pose:
    """Return a pose whose trunk is tipped forward, its thighs where they were."""
    return replace(
        pose,
        pelvis=pose.pelvis - degrees,
        near=replace(pose.near, hip=_within("hip", pose.near.hip + degrees)),
        far=replace(pose.far, hip=_within("hip", pose.far.hip + degrees)),
    )


def _rounded(pose: Pose, degrees: float) -> Pose:
    """Return a pose whose back is rounded."""
    return replace(pose, spine=_within("spine", pose.spine + degrees))


def raised(chest: Array) -> _Turning:
    """Return what raises a head by its neck, straight up from where the chest lies."""
    ahead, aside = float(chest[0, 1]), float(chest[2, 1])
    size = max(math.hypot(ahead, aside), 1e-6)

    def turn(pose: Pose, degrees: float) -> Pose:
        neck = _within("neck", pose.neck + degrees * ahead / size)
        tilt = _within("neck_tilt", pose.neck_tilt + degrees * aside / size)
        return replace(pose, neck=neck, neck_tilt=tilt)

    return turn


def _within(joint: str, degrees: float) -> float:
    least, most = JOINTS[joint]
    return min(max(degrees, least), most)


def lift_onto_props(surface: BodySurface, props: tuple[Prop, ...]) -> float:
    """Return how far up a lying body must be moved at least, to lie on what is below its parts."""
    chest = surface.trunk.slice(_CHEST_FROM).lowest()
    near, far = (surface.thighs[side].lowest() for side in ("near", "far"))
    lowest = {
        "upper back": chest,
        "back": chest,
        "thighs": min(near, far),
        "near thigh": near,
        "far thigh": far,
    }
    heights = [(PROPS[each.prop].places.get(each.place or ""), each.place) for each in props]
    gaps = [height - lowest[place] for height, place in heights if height and place in lowest]
    return max(gaps, default=-math.inf)
