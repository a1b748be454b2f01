"""The pose of a body: the angle of every joint, from a position at rest and what a file changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal, TypeAlias

from workshop_builder.model.figure import (
    FootPlace,
    HandPlace,
    Limbs,
    PoseFigure,
    Position,
    Posture,
    Prop,
)
from workshop_builder.model.props import PROPS

BodySide: TypeAlias = Literal["near", "far"]
"""The side towards the reader, or the other."""
SIDES: tuple[BodySide, BodySide] = ("near", "far")
OUTWARD: Mapping[BodySide, float] = {"near": 1.0, "far": -1.0}
"""The sign of a step outward from the middle of the body, along the right of its frame."""


@dataclass(frozen=True, slots=True)
class LimbAngles:
    """The angles of the limbs of one side, in degrees, and what the hand and the foot touch."""

    hip: float = 0
    hip_out: float = 0
    hip_turn: float = 0
    knee: float = 0
    ankle: float = 0
    shoulder: float = 0
    shoulder_out: float = 0
    shoulder_turn: float = 0
    elbow: float = 0
    hand: HandPlace = "free"
    foot: FootPlace = "free"


@dataclass(frozen=True, slots=True)
class Pose:
    """All angles of a body, in degrees, by the conventions of `model.figure`."""

    position: Position = "standing"
    pelvis: float = 90
    spine: float = 0
    side_bend: float = 0
    twist: float = 0
    neck: float = 0
    neck_tilt: float = 0
    neck_turn: float = 0
    near: LimbAngles = LimbAngles()
    far: LimbAngles = LimbAngles()
    foot_heights: tuple[float, float] = (0.0, 0.0)
    """How high what each foot stands on is: a step, a ball; the near one first."""

    def limb(self, side: BodySide) -> LimbAngles:
        """Return the angles of one side."""
        return self.near if side == "near" else self.far

    @property
    def knees_down(self) -> tuple[BodySide, ...]:
        """Of who kneels: the knees that carry the body, the first surely; a free foot lifts its."""
        if self.position == "half kneeling":
            return ("near",)
        down = tuple(side for side in SIDES if self.limb(side).foot != "free")
        return down or ("near",)


def _symmetric(pelvis: float, neck: float = 0, **limb: float | str) -> Pose:
    both = replace(LimbAngles(), **limb)  # type: ignore[arg-type]
    return Pose(pelvis=pelvis, neck=neck, near=both, far=both)


_AT_REST: dict[Position, Pose] = {
    "lying on the back": _symmetric(180, ankle=-15, shoulder=2, elbow=4),
    "lying on the front": _symmetric(0, ankle=-60, shoulder=165, elbow=10, hand="floor"),
    "sitting": _symmetric(90, hip=90, knee=90, foot="floor", shoulder=12, elbow=20),
    "standing": _symmetric(90, foot="floor", shoulder=0, elbow=8),
    "kneeling": _symmetric(90, knee=90, ankle=-60, foot="top", shoulder=0, elbow=8),
    "half kneeling": Pose(
        near=LimbAngles(hip=0, knee=90, ankle=-55, foot="top", shoulder=8, elbow=10),
        far=LimbAngles(hip=90, knee=90, foot="floor", shoulder=8, elbow=10),
    ),
    "on all fours": _symmetric(
        14, neck=6, hip=76, knee=90, ankle=-60, foot="top", shoulder=76, hand="floor"
    ),
}
POSITIONS = {name: replace(pose, position=name) for name, pose in _AT_REST.items()}
"""The pose of each position at rest; a figure says only what is different."""


def _limb(angles: LimbAngles, *changes: Limbs) -> LimbAngles:
    for change in changes:
        given = {field.name: getattr(change, field.name) for field in fields(LimbAngles)}
        angles = replace(angles, **{key: v for key, v in given.items() if v is not None})
    return angles


def apply_posture(pose: Pose, posture: Posture) -> Pose:
    """Return the pose with the angles that a posture gives.

    The other angles stay, or are those of the posture's position at rest, if it names one.
    """
    if posture.position:
        pose = replace(POSITIONS[posture.position], foot_heights=pose.foot_heights)
    names = ("pelvis", "spine", "side_bend", "twist", "neck", "neck_tilt", "neck_turn")
    given = {name: getattr(posture, name) for name in names}
    return replace(
        pose,
        **{key: value for key, value in given.items() if value is not None},
        near=_limb(pose.near, posture.both, posture.near),
        far=_limb(pose.far, posture.both, posture.far),
    )


def pose_of(figure: PoseFigure) -> Pose:
    """Return the pose that a figure shows; of a movement, its end."""
    near, far = (foot_height(figure.props, side) for side in SIDES)
    return replace(apply_posture(POSITIONS[figure.position], figure), foot_heights=(near, far))


def foot_height(props: tuple[Prop, ...], side: BodySide) -> float:
    """Return how high a foot stands that is on a prop; 0 where it is on the floor."""
    kinds = [(PROPS[prop.prop], prop.place or "") for prop in props]
    heights = [
        kind.footrest or kind.places.get(place)
        for kind, place in kinds
        if kind.footrest or place in {f"{side} foot", "feet"}
    ]
    return max((height for height in heights if height), default=0.0)
