"""The angles of limbs whose joints are known: forward kinematics, backwards."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from workshop_builder.figures.body.pose import OUTWARD, SIDES, BodySide, LimbAngles, Pose
from workshop_builder.figures.body.skeleton import Limb, Skeleton
from workshop_builder.figures.body.vectors import (
    Array,
    abducted,
    cross,
    flexed,
    segment_frame,
    unit,
)

_STRAIGHT = 0.17
"""The sine of a hinge's bend, about 10 degrees, below which it does not tell its axis."""


def as_placed(pose: Pose, skeleton: Skeleton) -> Pose:
    """Return a pose with the angles that its limbs have in a body, where contact bent them."""
    near, far = (limb_angles(pose, skeleton, side) for side in SIDES)
    return replace(pose, near=near, far=far)


def limb_angles(pose: Pose, skeleton: Skeleton, side: BodySide) -> LimbAngles:
    """Return the angles of the limbs of one side of a body; `pose` decides between equal ones."""
    known, leg, arm = pose.limb(side), skeleton.legs[side], skeleton.arms[side]
    thigh, knee = _hinge(leg, -1.0)
    upper_arm, elbow = _hinge(arm, 1.0)
    hip, hip_out, hip_turn = _ball_joint(thigh, skeleton.pelvis_frame, side, known.hip)
    shoulder = _ball_joint(upper_arm, skeleton.chest_frame, side, known.shoulder)
    toes, shank = leg.tip[0], flexed(thigh, -knee)
    return replace(
        known,
        hip=hip,
        hip_out=hip_out,
        hip_turn=hip_turn,
        knee=knee,
        ankle=math.degrees(math.atan2(float(toes @ shank[1]), float(toes @ shank[0]))),
        shoulder=shoulder[0],
        shoulder_out=shoulder[1],
        shoulder_turn=shoulder[2],
        elbow=elbow,
    )


def _hinge(limb: Limb, closes: float) -> tuple[Array, float]:
    """Return the frame of a limb's upper segment, and how far its knee or elbow is bent."""
    upper, lower = unit(limb.middle - limb.root), unit(limb.end - limb.middle)
    axis = cross(upper, lower) * closes
    sine, cosine = float(np.linalg.norm(axis)), float(upper @ lower)
    right = axis if sine > _STRAIGHT else limb.upper[2]
    bend = math.degrees(math.atan2(sine, cosine))
    straight_back = sine <= _STRAIGHT and float(axis @ right) < 0
    return segment_frame(upper, right), -bend if straight_back else bend


def _ball_joint(
    frame: Array, parent: Array, side: BodySide, near_to: float
) -> tuple[float, float, float]:
    """Return flexion, abduction and turn of a hip or shoulder, the flexion close to a given one."""
    out = OUTWARD[side]
    turn = frame @ parent.T
    aside = math.degrees(math.asin(max(-1.0, min(1.0, -float(turn[1, 2])))))
    ahead = math.degrees(math.atan2(-float(turn[1, 0]), float(turn[1, 1])))
    # An arm straight up has come there by the front or by the side.
    _, flexion, abduction = min(
        (abs(each - near_to), each, other)
        for way in (-360.0, 0.0, 360.0)
        for each, other in ((ahead + way, aside), (ahead + 180 + way, out * 180 - aside))
    )
    base = abducted(flexed(parent, flexion), abduction)
    spin = math.degrees(math.atan2(float(frame[0] @ base[2]), float(frame[0] @ base[0])))
    return flexion, abduction * out, spin * out
