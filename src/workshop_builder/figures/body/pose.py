"""A posture with every angle filled in: the position's own, then what the file says."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Literal, TypeAlias

from workshop_builder.model.figure import FootPlace, HandPlace, Limbs, PoseFigure, Position, Posture

SideOf: TypeAlias = Literal["near", "far"]
SIDES: tuple[SideOf, SideOf] = ("near", "far")


@dataclass(frozen=True, slots=True)
class LimbAngles:
    """The angles of one side, in degrees, and what its hand and foot touch."""

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
    """All angles of a body, in degrees."""

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

    def limb(self, side: SideOf) -> LimbAngles:
        """Return the angles of one side."""
        return self.near if side == "near" else self.far


def _same(pelvis: float, spine: float = 0, neck: float = 0, **limb: float | str) -> Pose:
    both = replace(LimbAngles(), **limb)  # type: ignore[arg-type]
    return Pose(pelvis=pelvis, spine=spine, neck=neck, near=both, far=both)


_AT_REST: dict[Position, Pose] = {
    "lying on the back": _same(180, ankle=-15, shoulder=2, elbow=4),
    "lying on the front": _same(0, ankle=-60, shoulder=165, elbow=10, hand="floor"),
    "sitting": _same(90, hip=90, knee=90, foot="floor", shoulder=12, elbow=20),
    "standing": _same(90, foot="floor", shoulder=0, elbow=8),
    "kneeling": _same(90, knee=90, ankle=-60, foot="top", shoulder=0, elbow=8),
    "half kneeling": Pose(
        near=LimbAngles(hip=0, knee=90, ankle=-55, foot="top", shoulder=8, elbow=10),
        far=LimbAngles(hip=90, knee=90, foot="floor", shoulder=8, elbow=10),
    ),
    "on all fours": _same(
        14, neck=6, hip=76, knee=90, ankle=-60, foot="top", shoulder=76, hand="floor"
    ),
}
POSITIONS = {name: replace(pose, position=name) for name, pose in _AT_REST.items()}
"""Each position at rest, on which a figure builds."""


def _limb(angles: LimbAngles, *wishes: Limbs) -> LimbAngles:
    for wish in wishes:
        said = {f.name: getattr(wish, f.name) for f in fields(LimbAngles)}
        angles = replace(angles, **{k: v for k, v in said.items() if v is not None})
    return angles


def changed(pose: Pose, posture: Posture) -> Pose:
    """Return the pose with what a posture says of it; from anew where it names a position."""
    if posture.position:
        pose = POSITIONS[posture.position]
    names = ("pelvis", "spine", "side_bend", "twist", "neck", "neck_tilt", "neck_turn")
    said = {name: getattr(posture, name) for name in names}
    return replace(
        pose,
        **{key: value for key, value in said.items() if value is not None},
        near=_limb(pose.near, posture.both, posture.near),
        far=_limb(pose.far, posture.both, posture.far),
    )


def pose_of(figure: PoseFigure) -> Pose:
    """Return the posture that a figure shows."""
    return changed(POSITIONS[figure.position], figure)
