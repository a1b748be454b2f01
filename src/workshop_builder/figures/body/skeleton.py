"""From angles to joints: where every joint of a body is, in space.

The origin is the middle between the hip joints, until the body has been set down.
The chain is that of the content brief's drawing conventions: the chest follows the
pelvis by the spine's flexion, the head the chest by the neck's, each limb its joint.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.pose import LimbAngles, Pose, SideOf
from workshop_builder.figures.body.vectors import Array, between, flexed, rolled, spread, upright

_WAIST_PULL = 1.6
"""How strongly the trunk's line is drawn to the waist; 1 is a parabola."""


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
    """Of the foot, forward being where its toes point; of the hand, down where its fingers do."""

    def moved(self, by: Array) -> Limb:
        """Return the limb somewhere else."""
        return replace(self, root=self.root + by, middle=self.middle + by, end=self.end + by)


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """Every joint of a body."""

    hips: Array
    """Middle between the hip joints."""
    waist: Array
    shoulders: Array
    """The base of the neck."""
    head: Array
    """Centre of the skull."""
    pelvis_frame: Array
    chest_frame: Array
    head_frame: Array
    arms: dict[SideOf, Limb]
    legs: dict[SideOf, Limb]

    def moved(self, by: Array) -> Skeleton:
        """Return the body somewhere else."""
        return replace(
            self,
            hips=self.hips + by,
            waist=self.waist + by,
            shoulders=self.shoulders + by,
            head=self.head + by,
            arms={side: limb.moved(by) for side, limb in self.arms.items()},
            legs={side: limb.moved(by) for side, limb in self.legs.items()},
        )

    def trunk(self, at: float) -> tuple[Array, Array]:
        """Return the point of the spine's line `at` (0 hips, 1 neck), and its frame there."""
        points, frames = self.trunk_line(np.array([at]))
        return points[0], frames[0]

    def trunk_line(self, at: Array) -> tuple[Array, Array]:
        """Return many points of the spine's line, and the frames there.

        The line is a conic that leaves the hips along the pelvis, is drawn to the waist, and
        reaches the neck along the chest, so that the trunk bends and does not break.
        """
        t = np.clip(at, 0.0, 1.0)[:, None]
        first, middle, last = (1 - t) ** 2, 2 * t * (1 - t) * _WAIST_PULL, t**2
        points = first * self.hips + middle * self.waist + last * self.shoulders
        points = points / (first + middle + last)
        up = self.pelvis_frame[1] * (1 - t) + self.chest_frame[1] * t
        up = up / np.sqrt((up**2).sum(axis=1, keepdims=True))
        side = self.pelvis_frame[2] * (1 - t) + self.chest_frame[2] * t
        side = side - up * (side * up).sum(axis=1, keepdims=True)
        side = side / np.sqrt((side**2).sum(axis=1, keepdims=True))
        # Forward is up times right, as vectors.
        ahead = up[:, [1, 2, 0]] * side[:, [2, 0, 1]] - up[:, [2, 0, 1]] * side[:, [1, 2, 0]]
        length = proportions.LOWER_TRUNK + proportions.UPPER_TRUNK
        points = points + up * (at[:, None] - t) * length
        return points, np.stack([ahead, up, side], axis=1)


def _out(side: SideOf) -> float:
    """Return 1 for the side on the body's right, else -1."""
    return 1.0 if side == "near" else -1.0


def _arm(chest: Array, shoulders: Array, side: SideOf, angles: LimbAngles) -> Limb:
    out = _out(side)
    root = shoulders - chest[1] * 2.2 + chest[2] * proportions.SHOULDER_WIDTH * out
    upper = spread(flexed(chest, angles.shoulder), angles.shoulder_out * out)
    upper = rolled(upper, angles.shoulder_turn * out)
    lower = flexed(upper, angles.elbow)
    middle = root - upper[1] * proportions.UPPER_ARM
    return Limb(root, middle, middle - lower[1] * proportions.FOREARM, upper, lower, lower)


def _leg(pelvis: Array, hips: Array, side: SideOf, angles: LimbAngles) -> Limb:
    out = _out(side)
    root = hips + pelvis[2] * proportions.HIP_WIDTH * out
    upper = spread(flexed(pelvis, angles.hip), angles.hip_out * out)
    upper = rolled(upper, angles.hip_turn * out)
    lower = flexed(upper, -angles.knee)
    middle = root - upper[1] * proportions.THIGH
    end = middle - lower[1] * proportions.SHANK
    return Limb(root, middle, end, upper, lower, flexed(lower, angles.ankle))


def skeleton(pose: Pose, *, chest_stays: bool) -> Skeleton:
    """Return the joints of a pose; a twist turns the pelvis if the chest stays, else the chest."""
    base = upright(pose.pelvis)
    pelvis = rolled(base, pose.twist) if chest_stays else base
    chest = base if chest_stays else rolled(base, pose.twist)
    chest = spread(flexed(chest, -pose.spine), -pose.side_bend)
    head = rolled(spread(flexed(chest, -pose.neck), -pose.neck_tilt), pose.neck_turn)
    hips = np.zeros(3)
    waist = hips + base[1] * proportions.LOWER_TRUNK
    shoulders = waist + chest[1] * proportions.UPPER_TRUNK
    neck = between(chest, head, 0.5)
    skull = shoulders + neck[1] * proportions.NECK + head[1] * proportions.HEAD
    return Skeleton(
        hips, waist, shoulders, skull, pelvis, chest, head,
        {side: _arm(chest, shoulders, side, pose.limb(side)) for side in ("near", "far")},
        {side: _leg(pelvis, hips, side, pose.limb(side)) for side in ("near", "far")},
    )  # fmt: skip
