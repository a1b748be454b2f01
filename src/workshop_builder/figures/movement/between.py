"""A movement: the poses between its start and its end, and a point of contact held still.

Where the file has a `ghost`, that is the start.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.inverse_kinematics import reach
from workshop_builder.figures.body.placement import PlacedBody, place_body
from workshop_builder.figures.body.pose import (
    SIDES,
    BodySide,
    LimbAngles,
    Pose,
    apply_posture,
    at_ease,
    pose_of,
)
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.body.skeleton import Limb, Skeleton
from workshop_builder.figures.body.vectors import Array, horizontal
from workshop_builder.figures.movement.joint_angles import as_placed
from workshop_builder.model.figure import PoseFigure
from workshop_builder.model.posture import Position

_FROM_THE_FEET: tuple[Position, ...] = (
    "standing", "half kneeling", "kneeling", "on all fours", "sitting",
)  # fmt: skip
"""Positions, those first that who changes from one to another leaves last or is in at once."""
_FURNITURE = {"wall", "desk", "table", "doorway", "chair back", "chair seat"}
_STAYING_HANDS, _STAYING_FEET = {"floor", *_FURNITURE}, {"floor", "heel", "ball", "top"}
"""What hands and feet are on that does not move with the body."""
_FACE_TURNS = 20.0
"""Degrees of the neck from which a face looks elsewhere."""
_LEAN = 34.0
"""Degrees by which who rises from a seat leans forward halfway, at least."""
_ON_FLOOR = 4.0
"""How far above its lowest a point of contact may come, and still be the one that is held."""
_LOWEST = {"hips": 9.0, "knee": 5.5, "foot": proportions.ANKLE, "shoulders": 9.0, "hand": 1.5}
"""How high the joint of each point of contact is where it rests on the floor."""

_Angles = TypeVar("_Angles", Pose, LimbAngles)


@dataclass(frozen=True, slots=True, eq=False)
class Movement:
    """A movement of one body, in which all that carries it is as the figure has it."""

    figure: PoseFigure
    start: Pose
    end: Pose
    bodies: tuple[PlacedBody, PlacedBody]
    """At the start and at the end; of medium build."""
    still: str
    """The point of contact that stays where it is, such as `near foot` or `hips`."""

    @property
    def turns_head(self) -> bool:
        """Whether the face looks clearly elsewhere at the end: that shows, however little moves."""
        keys = ("neck", "neck_tilt", "neck_turn")
        return any(abs(getattr(self.end, k) - getattr(self.start, k)) > _FACE_TURNS for k in keys)

    def between(self, share: float, ahead: float | None = None) -> Pose:
        """Return the pose at a share of the way: 0 is the start, 1 the end.

        The side that moves first is at the share `ahead`, where that is another.
        """
        ahead = share if ahead is None else ahead
        if share == ahead and (share <= 0 or share >= 1):
            return self.start if share <= 0 else self.end
        first, last = self.bodies
        start, end = as_placed(self.start, first.skeleton), as_placed(self.end, last.skeleton)
        mixed = _leaning(_mixed(start, end, share), start, end, share)
        if self.figure.first == "near":
            mixed = replace(mixed, near=_mixed(start.near, end.near, ahead))
        elif self.figure.first == "far":
            mixed = replace(mixed, far=_mixed(start.far, end.far, ahead))
        return self._holding(mixed, share)

    def eased(self, count: int) -> tuple[Pose, ...]:
        """Return `count` poses from start to end, which set off and arrive slowly (cosine)."""
        steps = [number / (count - 1) for number in range(count)]
        if self.figure.first is None:
            return tuple(self.between(_ease(step)) for step in steps)
        return tuple(self.between(_ease(2 * step - 1), _ease(2 * step)) for step in steps)

    def offset(self, skeleton: Skeleton) -> Array:
        """Return how a body is moved along the floor for the still point to be where it ends."""
        there = point_of_contact(self.bodies[1].skeleton, self.still)
        return horizontal(there - point_of_contact(skeleton, self.still))

    def _holding(self, pose: Pose, share: float) -> Pose:
        """Return a pose whose hands and feet on the floor are on their way in a straight line."""
        skeleton = place_body(pose, self.figure, BUILDS["medium"]).skeleton
        legs, arms = dict(skeleton.legs), dict(skeleton.arms)
        for side in SIDES:
            if pose.limb(side).foot in _STAYING_FEET:
                ends = [body.skeleton.legs[side].end for body in self.bodies]
                legs[side] = self._held(skeleton, legs[side], ends, share)
            # On the floor, a hand slides to where its elbow keeps the angle of the file.
            if pose.limb(side).hand in _STAYING_HANDS - {"floor"}:
                ends = [body.skeleton.arms[side].end for body in self.bodies]
                arms[side] = self._held(skeleton, arms[side], ends, share)
        held = as_placed(pose, replace(skeleton, legs=legs, arms=arms))
        return self._on_the_floor(held, share)

    def _on_the_floor(self, pose: Pose, share: float) -> Pose:
        """Return a pose whose arms with a hand on the floor are between those of the file."""

        def told(side: BodySide) -> LimbAngles:
            arm = _mixed(self.start.limb(side), self.end.limb(side), share)
            return replace(
                pose.limb(side),
                shoulder=arm.shoulder,
                shoulder_out=arm.shoulder_out,
                shoulder_turn=arm.shoulder_turn,
                elbow=arm.elbow,
            )

        down = {side: told(side) for side in SIDES if pose.limb(side).hand == "floor"}
        return replace(pose, near=down.get("near", pose.near), far=down.get("far", pose.far))

    def _held(self, skeleton: Skeleton, limb: Limb, ends: list[Array], share: float) -> Limb:
        """Return a limb whose end is where it must be at a share of the way between two ends."""
        first = ends[0] + self.offset(self.bodies[0].skeleton)
        target = first + (ends[1] - first) * share - self.offset(skeleton)
        target[1] = limb.end[1]
        return reach(limb, target)[0]


def movement_of(figure: PoseFigure) -> Movement | None:
    """Return the movement of a figure; None of one that has neither `start` nor `ghost`."""
    posture = figure.start or figure.ghost
    if posture is None:
        return None
    end = pose_of(figure)
    start = at_ease(apply_posture(end, posture), figure)
    end = at_ease(end, figure)
    bodies = (
        place_body(start, figure, BUILDS["medium"]), place_body(end, figure, BUILDS["medium"]),
    )  # fmt: skip
    movement = Movement(figure, start, end, bodies, _still(start, end, bodies))
    if any(start.limb(side).hand == end.limb(side).hand == "wall" for side in SIDES):
        return _at_one_wall(movement)
    return movement


def _at_one_wall(movement: Movement) -> Movement:
    """Return a movement whose hands start at the wall at which they end."""
    first, last = (body.skeleton for body in movement.bodies)
    offset, arms = movement.offset(first), dict(first.arms)
    for side in SIDES:
        if movement.start.limb(side).hand == movement.end.limb(side).hand == "wall":
            target = arms[side].end.copy()
            target[0] = last.arms[side].end[0] - offset[0]
            arms[side] = reach(arms[side], target)[0]
    start = as_placed(movement.start, replace(first, arms=arms))
    body = place_body(start, movement.figure, BUILDS["medium"])
    return replace(movement, start=start, bodies=(body, movement.bodies[1]))


def _mixed(first: _Angles, last: _Angles, share: float) -> _Angles:
    """Return angles between; what is no angle stays where it is alike, else it is free."""
    changes: dict[str, object] = {}
    for field in fields(first):
        a, b = getattr(first, field.name), getattr(last, field.name)
        if isinstance(a, LimbAngles):
            changes[field.name] = _mixed(a, b, share)
        elif isinstance(a, int | float) and isinstance(b, int | float):
            changes[field.name] = a + (b - a) * share
        elif field.name == "position":
            changes[field.name] = min(a, b, key=_rank)
        elif field.name in {"hand", "foot"} and a != b:
            changes[field.name] = "free"
    return replace(last, **changes)  # type: ignore[arg-type]


def _leaning(pose: Pose, start: Pose, end: Pose, share: float) -> Pose:
    """Return a pose on the way from a seat to the feet, or back: the chest leads, over the feet."""
    if {start.position, end.position} != {"sitting", "standing"}:
        return pose
    more = max(_LEAN - 90 + (start.pelvis + end.pelvis) / 2, 0.0)
    lean = more * 4 * share * (1 - share)
    near, far = (replace(limb, hip=limb.hip + lean) for limb in (pose.near, pose.far))
    return replace(pose, pelvis=pose.pelvis - lean, near=near, far=far)


def _ease(step: float) -> float:
    return (1 - math.cos(math.pi * min(1.0, max(0.0, step)))) / 2


def _rank(position: Position) -> int:
    return _FROM_THE_FEET.index(position) if position in _FROM_THE_FEET else len(_FROM_THE_FEET)


def _still(start: Pose, end: Pose, bodies: tuple[PlacedBody, PlacedBody]) -> str:
    """Return the point of contact that is down at the start and at the end."""
    if start.position == end.position == "sitting":
        return "hips"
    # Furniture stands where the hands are, so they stay there and the feet may step.
    for side in SIDES:
        if start.limb(side).hand == end.limb(side).hand in _FURNITURE:
            return f"{side} hand"
    for name in _points_of_contact(end.position):
        lowest = _LOWEST[name.split()[-1]]
        if all(point_of_contact(body.skeleton, name)[1] - lowest < _ON_FLOOR for body in bodies):
            return name
    return "hips"


def _points_of_contact(position: Position) -> tuple[str, ...]:
    """Return what may be down in a position, what stays most surely first."""
    if position.startswith("lying"):
        return "hips", "shoulders", "near foot", "far foot"
    if position == "half kneeling":
        return "far foot", "near knee"
    return "near knee", "far knee", "near foot", "far foot", "hips", "near hand"


def point_of_contact(skeleton: Skeleton, name: str) -> Array:
    """Return a joint by the name of what it rests on, such as `near foot` or `shoulders`."""
    side, _, part = name.partition(" ")
    if not part:
        return skeleton.hips if name == "hips" else skeleton.neck_base
    leg, arm = skeleton.legs[side], skeleton.arms[side]  # type: ignore[index]
    found: Array = {"knee": leg.middle, "foot": leg.end, "hand": arm.end}[part]
    return np.asarray(found)
