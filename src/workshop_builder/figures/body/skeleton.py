"""Forward kinematics: from the angles of a pose to the place of every joint in space.

The origin is the middle between the hip joints, until the body is placed on the floor. The
chain: the chest follows the pelvis by the spine's flexion, the head follows the chest by the
neck's, and each segment of a limb the one before it by their joint's. Lengths are per cent of
body height.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.pose import OUTWARD, SIDES, BodySide, LimbAngles, Pose
from workshop_builder.figures.body.vectors import (
    Array,
    abducted,
    blended,
    flexed,
    sideways_frame,
    twisted,
    upright_frame,
)

_COLLAR_BONE = 8.5
"""From where the collar bone turns, at the breastbone, to the shoulder joint."""
_WAIST_WEIGHT = 1.6
"""The weight of the waist in the conic of the spine, by eye; 1 would make it a parabola."""


@dataclass(frozen=True, slots=True, eq=False)
class Limb:
    """An arm or a leg: three joints, and the frames of its three segments."""

    root: Array
    """Hip or shoulder."""
    middle: Array
    """Knee or elbow."""
    end: Array
    """Ankle or wrist."""
    upper: Array
    """Frame of the thigh or upper arm."""
    lower: Array
    """Frame of the shank or forearm."""
    tip: Array
    """Frame of the foot, whose toes point forward, or of the hand, whose fingers point down."""

    def moved(self, by: Array) -> Limb:
        """Return the limb moved by a vector."""
        return replace(self, root=self.root + by, middle=self.middle + by, end=self.end + by)


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """Every joint of a body."""

    hips: Array
    """The middle between the hip joints."""
    waist: Array
    neck_base: Array
    """Where the neck leaves the trunk, above the middle between the shoulders."""
    head: Array
    """The centre of the skull."""
    pelvis_frame: Array
    chest_frame: Array
    head_frame: Array
    arms: dict[BodySide, Limb]
    legs: dict[BodySide, Limb]

    def moved(self, by: Array) -> Skeleton:
        """Return the body moved by a vector."""
        return replace(
            self,
            hips=self.hips + by,
            waist=self.waist + by,
            neck_base=self.neck_base + by,
            head=self.head + by,
            arms={side: limb.moved(by) for side, limb in self.arms.items()},
            legs={side: limb.moved(by) for side, limb in self.legs.items()},
        )

    def spine_point(self, at: float) -> tuple[Array, Array]:
        """Return a point of the spine (0 is at the hips, 1 at the neck), and the frame there."""
        points, frames = self.spine_curve(np.array([at]))
        return points[0], frames[0]

    def spine_curve(self, at: Array) -> tuple[Array, Array]:
        """Return many points of the spine, and the frames there.

        The spine is a conic that leaves the hips along the pelvis, is drawn towards the waist,
        and reaches the neck along the chest, so that the trunk bends without a corner.
        """
        t = np.clip(at, 0.0, 1.0)[:, None]
        first, middle, last = (1 - t) ** 2, 2 * t * (1 - t) * _WAIST_WEIGHT, t**2
        points = first * self.hips + middle * self.waist + last * self.neck_base
        points = points / (first + middle + last)
        up = self.pelvis_frame[1] * (1 - t) + self.chest_frame[1] * t
        up = up / np.sqrt((up**2).sum(axis=1, keepdims=True))
        side = self.pelvis_frame[2] * (1 - t) + self.chest_frame[2] * t
        side = side - up * (side * up).sum(axis=1, keepdims=True)
        side = side / np.sqrt((side**2).sum(axis=1, keepdims=True))
        # Forward is the vector product of up and right.
        forward = up[:, [1, 2, 0]] * side[:, [2, 0, 1]] - up[:, [2, 0, 1]] * side[:, [1, 2, 0]]
        length = proportions.LOWER_TRUNK + proportions.UPPER_TRUNK
        points = points + up * (at[:, None] - t) * length
        return points, np.stack([forward, up, side], axis=1)


def forward_kinematics(pose: Pose, *, chest_stays: bool) -> Skeleton:
    """Return the joints of a pose; a twist turns the pelvis if the chest stays, else the chest."""
    base = sideways_frame(pose.pelvis) if pose.on_side else upright_frame(pose.pelvis)
    pelvis = twisted(base, pose.twist) if chest_stays else base
    chest = base if chest_stays else twisted(base, pose.twist)
    chest = abducted(flexed(chest, -pose.spine), -pose.side_bend)
    head = head_frame(chest, pose)
    hips = np.zeros(3)
    waist = hips + base[1] * proportions.LOWER_TRUNK
    neck_base = waist + chest[1] * proportions.UPPER_TRUNK
    neck = blended(chest, head, 0.5)
    skull = neck_base + neck[1] * proportions.NECK + head[1] * proportions.HEAD
    return Skeleton(
        hips, waist, neck_base, skull, pelvis, chest, head,
        {side: _arm(chest, neck_base, side, pose.limb(side)) for side in SIDES},
        {side: _leg(pelvis, hips, side, pose.limb(side)) for side in SIDES},
    )  # fmt: skip


def head_frame(chest: Array, pose: Pose) -> Array:
    """Return the frame of the head over a chest."""
    return twisted(abducted(flexed(chest, -pose.neck), -pose.neck_tilt), pose.neck_turn)


def _arm(chest: Array, neck_base: Array, side: BodySide, angles: LimbAngles) -> Limb:
    out = OUTWARD[side]
    root = neck_base - chest[1] * proportions.SHOULDER_DROP
    root = root + chest[2] * proportions.SHOULDER_WIDTH * out
    lift, ahead = math.radians(angles.shoulder_lift), math.radians(angles.shoulder_forward)
    root = root + (chest[1] * math.sin(lift) + chest[0] * math.sin(ahead)) * _COLLAR_BONE
    upper = abducted(flexed(chest, angles.shoulder), angles.shoulder_out * out)
    upper = twisted(upper, angles.shoulder_turn * out)
    lower = flexed(upper, angles.elbow)
    middle = root - upper[1] * proportions.UPPER_ARM
    return Limb(root, middle, middle - lower[1] * proportions.FOREARM, upper, lower, lower)


def _leg(pelvis: Array, hips: Array, side: BodySide, angles: LimbAngles) -> Limb:
    out = OUTWARD[side]
    root = hips + pelvis[2] * proportions.HIP_WIDTH * out
    upper = abducted(flexed(pelvis, angles.hip), angles.hip_out * out)
    upper = twisted(upper, angles.hip_turn * out)
    lower = flexed(upper, -angles.knee)
    middle = root - upper[1] * proportions.THIGH
    end = middle - lower[1] * proportions.SHANK
    return Limb(root, middle, end, upper, lower, flexed(lower, angles.ankle))


def free_hand(lower: Array, angles: LimbAngles, side: BodySide, roll: float = 0.0) -> Array:
    """Return the frame of a hand that touches nothing, by its turn and its wrist.

    Its rows are its back, against the fingers, and the thumb, which is ahead at rest; `roll` is
    how far it is turned in before the file says more.
    """
    turn = math.radians(roll - angles.forearm_turn)
    c, s = math.cos(turn), math.sin(turn)
    outward, against, ahead = lower[2] * OUTWARD[side], lower[1], lower[0]
    back, thumb = outward * c + ahead * s, ahead * c - outward * s
    c, s = math.cos(math.radians(angles.wrist)), math.sin(math.radians(angles.wrist))
    return np.array([back * c - against * s, against * c + back * s, thumb])
