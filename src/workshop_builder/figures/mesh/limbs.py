"""Arms and legs of the mesh: bones in two segments, their twist spread along them."""

from __future__ import annotations

import math

import numpy as np

from workshop_builder.figures.body.pose import OUTWARD, BodySide, LimbAngles
from workshop_builder.figures.body.skeleton import Limb, Skeleton, free_hand
from workshop_builder.figures.body.vectors import Array, cross, horizontal, unit
from workshop_builder.figures.mesh.arrays import framed, rotation, twist_about
from workshop_builder.figures.mesh.bones import (
    ArmGoal,
    ArmState,
    LegState,
    PosedBones,
    pose_shoulder,
)
from workshop_builder.figures.mesh.data import LETTER

_BENT = 0.17
"""The sine of a bend, about 10 degrees, from which a hinge shows its own axis."""
_SHORTEST, _STRETCH = 0.3, 0.02
"""How far from fully folded and from fully straight a limb stays."""
_LEAST_BEND = 4.0
"""Degrees of an elbow above a hand on the floor, at least."""
_BELOW = 3.0
"""How far ahead of its shoulder a hand on the floor is at least, for it to slide on."""
_UPPER_TWIST = (0.55, 0.15)
"""How much of the twist of an upper arm its two bones do not take."""
_FOREARM_TWIST, _THIGH_TWIST, _SHANK_TWIST = (0.18, 0.62), 0.45, 0.4
"""How much of the hand's twist the forearm's two bones take, how much of its own the upper bone of
a thigh does not, and how much of the foot's the lower bone of a shank takes."""
_MOST_TWIST, _LEAST_TWIST = 2.6, -2.9
"""In radians, beyond which a hand is taken to be turned the other way round."""
_FOOT_OFF, _KNEE_OFF = 0.3, 3.5
"""How far a foot and a knee of the mesh may be from the joints', for the foot to stay put."""


def _two_bones(
    root: Array, end: Array, pole: Array, upper: float, lower: float
) -> tuple[Array, Array]:
    """Return the middle and the end of a limb that reaches for `end`, bent towards `pole`."""
    way = end - root
    wanted = math.sqrt(float(way @ way))
    distance = min(max(wanted, abs(upper - lower) + _SHORTEST), upper + lower - _STRETCH)
    line = way / max(wanted, 1e-9)
    along = (upper**2 - lower**2 + distance**2) / (2 * distance)
    off = math.sqrt(max(upper**2 - along**2, 0.0))
    aside = pole - root
    aside = unit(aside - line * float(aside @ line))
    return root + line * along + aside * off, root + line * distance


def _hinged(
    root: Array, middle: Array, end: Array, right: Array, *, arm: bool
) -> tuple[Array, Array]:
    """Return the frames of both segments, their right along the hinge."""
    upper, lower = unit(root - middle), unit(middle - end)
    bend = upper * float(lower @ upper) - lower
    size = math.sqrt(float(bend @ bend))
    if size > _BENT:
        axis = cross(bend / size if arm else -bend / size, upper)
        if arm or float(axis @ right) >= 0:
            right = axis
    return framed(upper, right), framed(lower, right)


def pose_arm(bones: PosedBones, skeleton: Skeleton, side: BodySide, angles: LimbAngles,
             goal: ArmGoal, roll: float) -> None:  # fmt: skip
    """Put the bones of an arm but its fingers; `roll` turns a free hand, in degrees."""
    letter, rest = LETTER[side], bones.rest.frames[side]
    arm = _held_away(skeleton.arms[side], skeleton.chest_frame[0], goal.out * OUTWARD[side])
    root, blade = pose_shoulder(bones, skeleton, side, angles)
    elbow, wrist = _arm_joints(bones, arm, side, angles, goal, root)
    upper, lower = _hinged(root, elbow, wrist, arm.upper[2], arm=True)
    hand = arm.tip
    if angles.hand == "free":
        hand = free_hand(lower, angles, side, roll)
    if angles.hand != "free":
        hand = np.array([hand[0], hand[1], cross(hand[1], hand[0]) * OUTWARD[side]])
    turn, axis = upper.T @ rest.upper_arm, rest.upper_arm[1]
    twist = twist_about(blade.T @ turn, axis)
    names = [
        f"{name}.{letter}" for name in ("upperarm01", "upperarm02", "lowerarm01", "lowerarm02")
    ]
    bones.put(names[0], turn @ rotation(axis, -twist * _UPPER_TWIST[0]), root)
    _beyond(bones, names[1], names[0], turn, turn @ rotation(axis, -twist * _UPPER_TWIST[1]))
    turn, axis = lower.T @ rest.forearm, rest.forearm[1]
    palm = hand.T @ rest.hand
    twist = _nearer_way(twist_about(turn.T @ palm, axis))
    bones.put(names[2], turn @ rotation(axis, twist * _FOREARM_TWIST[0]), elbow)
    _beyond(bones, names[3], names[2], turn, turn @ rotation(axis, twist * _FOREARM_TWIST[1]))
    bones.put(f"wrist.{letter}", palm, wrist)
    bones.arms[side] = ArmState(root, elbow, wrist, hand)


def _held_away(arm: Limb, ahead: Array, degrees: float) -> Limb:
    """Return an arm turned about the shoulder, away from the body."""
    if not degrees:
        return arm
    turn = rotation(ahead, math.radians(-degrees))
    middle, end = (arm.root + turn @ (joint - arm.root) for joint in (arm.middle, arm.end))
    upper, lower, tip = (frame @ turn.T for frame in (arm.upper, arm.lower, arm.tip))
    return Limb(arm.root, middle, end, upper, lower, tip)


def _beyond(bones: PosedBones, name: str, before: str, untwisted: Array, turn: Array) -> None:
    """Put the second bone of a segment: the first one's twist does not move it."""
    step = untwisted @ (bones.rest.joint(name) - bones.rest.joint(before))
    bones.put(name, turn, bones.place(before) + step)


def _nearer_way(twist: float) -> float:
    if twist > _MOST_TWIST:
        return twist - 2 * math.pi
    return twist + 2 * math.pi if twist < _LEAST_TWIST else twist


def _arm_joints(bones: PosedBones, arm: Limb, side: BodySide, angles: LimbAngles, goal: ArmGoal,
                root: Array) -> tuple[Array, Array]:  # fmt: skip
    """Return where elbow and wrist of the mesh are."""
    shoulder, middle, end = (
        bones.rest.joint(name, side) for name in ("upperarm01", "lowerarm01", "wrist")
    )
    upper, lower = float(np.linalg.norm(middle - shoulder)), float(np.linalg.norm(end - middle))
    target = goal.wrist
    if target is None and angles.hand == "floor":
        target = _slid(root, arm, upper, lower, angles.elbow)
    elif target is None and angles.hand != "free":
        target = arm.end
    if target is None:
        elbow = root + unit(arm.middle - arm.root) * upper
        return elbow, elbow + unit(arm.end - arm.middle) * lower
    pole = arm.middle + root - arm.root if goal.pole is None else root + goal.pole
    return _two_bones(root, target, pole, upper, lower)


def _slid(root: Array, arm: Limb, upper: float, lower: float, elbow: float) -> Array:
    """Return where a hand on the floor slides to, so that its elbow keeps its angle."""
    bend = math.radians(max(elbow, _LEAST_BEND))
    length = math.sqrt(upper**2 + lower**2 + 2 * upper * lower * math.cos(bend))
    wrist, way = arm.end, horizontal(arm.end - arm.root)
    height, away = float(root[1] - wrist[1]), float(np.linalg.norm(way))
    if height >= length or away <= _BELOW:
        return wrist
    ground = np.array([root[0], wrist[1], root[2]])
    place: Array = ground + way / away * math.sqrt(length**2 - height**2)
    return place


def pose_leg(bones: PosedBones, skeleton: Skeleton, side: BodySide, toes: float) -> None:
    """Put the bones of a leg; `toes` is how far the toes bend up, in degrees."""
    letter, leg, rest = LETTER[side], skeleton.legs[side], bones.rest.frames[side]
    pelvis = skeleton.pelvis_frame.T
    hip: Array = skeleton.hips + pelvis @ bones.rest.joint("upperleg01", side)
    knee, ankle = _leg_joints(leg, hip)
    upper, lower = _hinged(hip, knee, ankle, leg.upper[2], arm=False)
    turn, axis = upper.T @ rest.thigh, rest.thigh[1]
    twist = twist_about(pelvis.T @ turn, axis)
    names = [f"{n}.{letter}" for n in ("upperleg01", "upperleg02", "lowerleg01", "lowerleg02")]
    bones.put(names[0], turn @ rotation(axis, -twist * _THIGH_TWIST), hip)
    _beyond(bones, names[1], names[0], turn, turn)
    turn, axis = lower.T @ rest.shank, rest.shank[1]
    foot = leg.tip.T @ rest.foot
    twist = twist_about(turn.T @ foot, axis)
    bones.put(names[2], turn, knee)
    _beyond(bones, names[3], names[2], turn, turn @ rotation(axis, twist * _SHANK_TWIST))
    bones.put(f"foot.{letter}", foot, ankle)
    bent = foot @ rotation(rest.foot[2], math.radians(toes))
    bones.follow(f"toes.{letter}", bent, f"foot.{letter}")
    bones.legs[side] = LegState(hip, knee, ankle, leg.tip)


def _leg_joints(leg: Limb, hip: Array) -> tuple[Array, Array]:
    """Return where knee and ankle of the mesh are: the foot stays where the joints have it."""
    upper = float(np.linalg.norm(leg.middle - leg.root))
    lower = float(np.linalg.norm(leg.end - leg.middle))
    straight = hip + leg.middle - leg.root
    knee, ankle = _two_bones(hip, leg.end, leg.middle + (hip - leg.root) * 0.5, upper, lower)
    near = np.linalg.norm(ankle - leg.end) < _FOOT_OFF
    if near and np.linalg.norm(knee - straight) < _KNEE_OFF:
        return knee, ankle
    return straight, straight + leg.end - leg.middle
