"""The pose of a body: the angle of every joint, from a position at rest and what a file changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal, TypeAlias

from workshop_builder.model.figure import SIDE_UP, PoseFigure, Prop
from workshop_builder.model.posture import (
    Fingers,
    FootPlace,
    HandPlace,
    Limbs,
    Position,
    Posture,
    RestingPart,
)
from workshop_builder.model.props import PROPS

BodySide: TypeAlias = Literal["near", "far"]
"""The side towards the reader, or the other."""
SIDES: tuple[BodySide, BodySide] = ("near", "far")
OUTWARD: Mapping[BodySide, float] = {"near": 1.0, "far": -1.0}
"""The sign of a step outward from the middle of the body, along the right of its frame."""


_KNEE_UP = ("free", "floor", "ball", "heel", "wall")
"""The places of a foot whose knee does not kneel."""


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
    shoulder_lift: float = 0
    shoulder_forward: float = 0
    elbow: float = 0
    forearm_turn: float = 0
    wrist: float = 0
    fingers: Fingers | None = None
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
    resting: tuple[RestingPart, ...] = ()
    near: LimbAngles = LimbAngles()
    far: LimbAngles = LimbAngles()
    foot_heights: tuple[float, float] = (0.0, 0.0)
    """How high what each foot stands on is: a step, a ball; the near one first."""

    def limb(self, side: BodySide) -> LimbAngles:
        """Return the angles of one side."""
        return self.near if side == "near" else self.far

    @property
    def on_side(self) -> bool:
        """Whether the body lies on its far side, the near one up."""
        return self.position in SIDE_UP

    @property
    def hands_together(self) -> bool:
        """Whether both hands hold each other, wherever the arms bring them."""
        return {self.near.hand, self.far.hand} == {"other hand"}

    @property
    def knees_down(self) -> tuple[BodySide, ...]:
        """Of who kneels: the knees that carry the body; a foot that is free or carries lifts its.

        There is none where the feet carry alone.
        """
        if self.position == "half kneeling":
            return ("near",)
        down = tuple(side for side in SIDES if self.limb(side).foot not in _KNEE_UP)
        both_free = self.near.foot == self.far.foot == "free"
        return ("near",) if both_free else down


def _symmetric(pelvis: float, neck: float = 0, **limb: float | str) -> Pose:
    both = replace(LimbAngles(), **limb)  # type: ignore[arg-type]
    return Pose(pelvis=pelvis, neck=neck, near=both, far=both)


_UPRIGHT, _TIPTOE = 60.0, -36.0
"""Degrees of a pelvis from which the body stands upright, and of an ankle on tiptoe."""
_ON_SIDE = Pose(
    pelvis=0,
    near=LimbAngles(hip=38, knee=50, ankle=-10, foot="other foot", shoulder=58, elbow=72,
                    hand="floor"),
    far=LimbAngles(hip=38, knee=50, ankle=-10, foot="floor", shoulder=150, elbow=40, hand="floor"),
)  # fmt: skip
_AT_REST: dict[Position, Pose] = {
    "lying on the back": _symmetric(180, ankle=-15, shoulder=2, elbow=4),
    "lying on the front": _symmetric(
        0, ankle=-60, foot="top", shoulder=165, elbow=10, hand="floor"
    ),
    "lying on the left side": _ON_SIDE,
    "lying on the right side": _ON_SIDE,
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
    return replace(angles, hand="head") if angles.hand == "behind head" else angles


def _clasped(near: LimbAngles, far: LimbAngles) -> tuple[LimbAngles, LimbAngles]:
    """Return both limbs; fingers that are clasped bring free hands together."""
    if "clasped" in {near.fingers, far.fingers} and {near.hand, far.hand} <= {"free", "other hand"}:
        near = replace(near, hand="other hand", fingers="clasped")
        far = replace(far, hand="other hand", fingers="clasped")
    return near, far


def _on_tiptoe(pose: Pose) -> Pose:
    """Return the pose of who stands upright on the balls of both feet: its heels are up."""
    upright = pose.position == "standing" and pose.pelvis > _UPRIGHT
    if not upright or any(limb.foot != "ball" or limb.ankle for limb in (pose.near, pose.far)):
        return pose
    near, far = (replace(limb, ankle=_TIPTOE) for limb in (pose.near, pose.far))
    return replace(pose, near=near, far=far)


def apply_posture(pose: Pose, posture: Posture) -> Pose:
    """Return the pose with the angles that a posture gives.

    The other angles stay, or are those of the posture's position at rest, if it names one.
    """
    if posture.position:
        pose = replace(POSITIONS[posture.position], foot_heights=pose.foot_heights)
    names = ("pelvis", "spine", "side_bend", "twist", "neck", "neck_tilt", "neck_turn")
    given = {name: getattr(posture, name) for name in names}
    near, far = _clasped(
        _limb(pose.near, posture.both, posture.near), _limb(pose.far, posture.both, posture.far)
    )
    changed = replace(
        pose,
        **{key: value for key, value in given.items() if value is not None},
        resting=posture.resting if "resting" in posture.model_fields_set else pose.resting,
        near=near,
        far=far,
    )
    return _on_tiptoe(changed)


def pose_of(figure: PoseFigure) -> Pose:
    """Return the pose that a figure shows; of a movement, its end."""
    near, far = (foot_height(figure.props, side) for side in SIDES)
    pose = replace(apply_posture(POSITIONS[figure.position], figure), foot_heights=(near, far))
    rolled = any((prop.prop, prop.place) == ("roller", "calves") for prop in figure.props)
    return _calves_up(pose) if rolled and pose.position in _LEGS_AHEAD else pose


_LEGS_AHEAD = ("sitting", "lying on the back")
_ON_ROLLER, _BENT = 12.0, 40.0
"""Degrees by which straight legs rise to lie on a roller, and the knee from which they are bent."""


def _calves_up(pose: Pose) -> Pose:
    """Return a pose whose straight legs are not below the roller under them."""
    least = 180 - pose.pelvis + _ON_ROLLER
    near, far = (
        replace(limb, hip=max(limb.hip, least), foot="free") if limb.knee < _BENT else limb
        for limb in (pose.near, pose.far)
    )
    return replace(pose, near=near, far=far)


def foot_height(props: tuple[Prop, ...], side: BodySide) -> float:
    """Return how high a foot stands that is on a prop; 0 where it is on the floor."""
    kinds = [(PROPS[prop.prop], prop.place or "") for prop in props]
    heights = [
        kind.footrest or kind.places.get(place)
        for kind, place in kinds
        if kind.footrest or place in {f"{side} foot", "feet"}
    ]
    return max((height for height in heights if height), default=0.0)


_LAP = 30.0
"""Degrees within which who sits has a lap for hands to lie on."""


def at_ease(pose: Pose, figure: PoseFigure) -> Pose:
    """Return a pose whose arms, where the file leaves them as they come, lie on something."""
    for side in SIDES:
        limb, usual = pose.limb(side), POSITIONS[pose.position].limb(side)
        changed = (limb.shoulder - usual.shoulder, limb.elbow - usual.elbow)
        own = figure.near if side == "near" else figure.far
        asked = own.hand or figure.both.hand
        if asked or limb.hand != "free" or any((*changed, limb.shoulder_out, limb.shoulder_turn)):
            continue
        if pose.position == "lying on the back":
            pose = _with_hand(pose, side, "floor")
        seated = pose.position == "sitting" and abs(limb.hip - 90) < _LAP and pose.pelvis == 90
        if seated and limb.knee > _LAP and abs(pose.spine) < _LAP:
            pose = _with_hand(pose, side, f"{side} thigh")
    return pose


def _with_hand(pose: Pose, side: BodySide, place: str) -> Pose:
    limb = replace(pose.limb(side), hand=place)
    return replace(pose, near=limb) if side == "near" else replace(pose, far=limb)
