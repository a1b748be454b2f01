"""The angles of a posture that may be changed: of one side, of both, or of the trunk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workshop_builder.figures.body.joint_limits import JOINTS
from workshop_builder.figures.body.pose import POSITIONS, SIDES, BodySide, Pose
from workshop_builder.model.posture import Posture

_TRUNK = ("pelvis", "spine", "side_bend", "twist", "neck", "neck_tilt", "neck_turn")
_LIMBS = (
    "hip", "hip_out", "hip_turn", "knee", "ankle", "shoulder", "shoulder_out", "shoulder_turn",
    "elbow",
)  # fmt: skip
_ASIDE = {
    "side_bend", "twist", "neck_tilt", "neck_turn", "hip_out", "hip_turn", "shoulder_out",
    "shoulder_turn",
}  # fmt: skip
"""Angles that are left alone where the posture does not use them: they turn it into another."""
_TIPPED_BACK = 35.0
"""Degrees by which a pelvis is tipped back from its place at rest, at most."""


@dataclass(frozen=True, slots=True)
class Angle:
    """An angle by its key in the file."""

    joint: str
    sides: tuple[BodySide, ...] = ()
    """Whose it is; of the trunk none."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The way to it in a posture."""
        if not self.sides:
            return (self.joint,)
        return ("both" if len(self.sides) > 1 else self.sides[0], self.joint)

    def touches(self, other: Angle) -> bool:
        """Return whether both turn the same joint of somebody."""
        return self.joint == other.joint and any(side in other.sides for side in self.sides)

    @property
    def weight(self) -> int:
        """How many joints it turns."""
        return max(len(self.sides), 1)

    def of(self, pose: Pose) -> float:
        """Return how large it is in a pose."""
        value: float = getattr(pose.limb(self.sides[0]) if self.sides else pose, self.joint)
        return value

    def turned(self, pose: Pose, by: float) -> Pose | None:
        """Return a pose in which it is larger by so many degrees; None where no body can."""
        value = self.of(pose) + by
        least, most = JOINTS.get(self.joint, (-360, 360))
        if self.joint == "pelvis":
            most = max(POSITIONS[pose.position].pelvis + _TIPPED_BACK, self.of(pose))
        if not least <= value <= most:
            return None
        if not self.sides:
            return replace(pose, **{self.joint: value})  # type: ignore[arg-type]
        limbs = {side: replace(pose.limb(side), **{self.joint: value}) for side in self.sides}  # type: ignore[arg-type]
        return replace(pose, near=limbs.get("near", pose.near), far=limbs.get("far", pose.far))


def changeable(pose: Pose, posture: Posture, *, elbows: bool = False) -> Iterator[Angle]:
    """Yield the angles of a pose that may be changed, by the lines that a posture has of them.

    `elbows` says that elbows are in the wrong place: arms may then go aside.
    """
    for joint in _TRUNK:
        if joint not in _ASIDE or getattr(pose, joint):
            yield Angle(joint)
    for joint in _LIMBS:
        own = [side for side in SIDES if getattr(getattr(posture, side), joint) is not None]
        used = any(getattr(pose.limb(side), joint) for side in SIDES)
        if joint in _ASIDE and not used and not (elbows and joint.startswith("shoulder")):
            continue
        if not own:
            yield Angle(joint, SIDES)
        for side in SIDES:
            yield Angle(joint, (side,))
