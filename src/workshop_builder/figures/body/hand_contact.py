"""Hand contact: where a hand goes for each place that a file can name, and the arm that follows.

Lengths are per cent of body height, fitted by eye. A shortfall is that of `inverse_kinematics`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.foot_contact import segment_of
from workshop_builder.figures.body.inverse_kinematics import (
    drawn_in,
    height_in_reach,
    hinge_above,
    reach,
    with_joints,
)
from workshop_builder.figures.body.pose import OUTWARD, BodySide, Pose
from workshop_builder.figures.body.proportions import CrossSection
from workshop_builder.figures.body.skeleton import Limb, Skeleton, free_hand
from workshop_builder.figures.body.vectors import UP, Array, cross, horizontal, unit
from workshop_builder.model.props import HAND_RESTS

HAND_THICKNESS = 1.5
"""From the surface under a flat hand up to its wrist."""
DRAPED = 1.1
"""How much lower a hand is whose fingers hang over a rail."""
_LEVEL_ARM = 0.6
"""The horizontal share of an arm's length from which its fingers point on in its direction."""
_UPRIGHT_CHEST = 0.75
"""The height of a chest's direction, of length 1, from which it no longer tells where ahead is."""
_ELBOW_THICKNESS = 2.3
_FOREARM_SLOPE = 0.055
"""How far a forearm on the floor falls for each step towards the wrist, where it is thinner."""
_ON_TRUNK = {
    "hips": (0.2, -7.0, 5.0), "belly": (0.5, 5.5, 9.5),
    "chest": (0.68, 5.6, 8.0), "low back": (0.4, -6.0, 5.0),
}  # fmt: skip
"""How high on the spine a hand is (0 hips, 1 neck), and how far forward of it and out the wrist is:
two hands on a belly meet with their fingertips."""
_CHEST_FROM = 0.6
"""How high on the spine a hand's fingers point across the body and up, not down."""
_BEHIND_HEAD = (5.0, 4.0, 2.0)
"""From the centre of the skull back, out and down to the wrist of a hand behind the head."""
_OVER_HEAD = (0.5, -1.0, 7.4)
"""Likewise forward, to its own side and up, of a hand on the far temple."""
_ON_LEG = {"thigh": 0.62, "knee": 0.84, "shin": 0.25, "ankle": 0.9}
"""How far down the thigh (for shin and ankle, the shank) a hand is: 0 above, 1 below."""
_PALM = 4.0
"""From the wrist to the middle of the palm, which is what lies on a thigh or knee."""
_BEHIND_SHARE, _SHIN_SHARE = 0.55, {"shin": -2.1, "ankle": 0.6}
"""How far back beside a leg the wrist is, as a share of the leg's depth there, of a hand that holds
it from behind; how far forward, where one holds it there."""
_ARMREST = (2.0, 12.0)
"""From the hips ahead and aside to the wrist of a hand on an armrest."""
_ON_FOOT = (5.2, -0.6)
"""From the ankle forward and up to the middle of the back of a foot."""
_RAISED = -0.2
"""The height of an upper arm's direction in the chest, of length 1, from which it is raised."""
_ON_FINGERS = 2.5
"""From the middle of the palm on to the middle of the fingers."""
_CHEEK = 6.2
"""From the middle of the skull aside to a hand below it."""
_SPARE = 0.1
"""By how much arms that reach for one another are bent at least."""
_WRIST_BENT = math.radians(40.0)
"""How far a wrist that pulls is bent towards the little finger."""
_ARM_THICK = {"wrist": 1.6, "elbow": 2.4, "shoulder": 3.4, "hand": 1.2}
"""From a joint of an arm to its skin; of a hand, half its thickness."""


@dataclass(frozen=True, slots=True, eq=False)
class HandTarget:
    """Where a hand goes."""

    wrist: Array
    fingers: Array
    """The direction of the fingers, of any length."""
    back: Array
    """The direction that the back of the hand faces, as far as the fingers allow; of any length."""


def place_hand(skeleton: Skeleton, side: BodySide, pose: Pose) -> tuple[Limb, float]:
    """Return an arm with its hand where the pose has it, and its shortfall."""
    arm, place = skeleton.arms[side], pose.limb(side).hand
    if place == "forearm on floor":
        chest = skeleton.chest_frame
        return _propped(arm, chest[0] if pose.on_side else chest[1])
    target = _together(skeleton, side) if pose.hands_together else _target(skeleton, side, pose)
    if target is None:
        return arm, 0.0
    new, shortfall = reach(arm, target.wrist)
    new = hinge_above(new, _ELBOW_THICKNESS)
    fingers = unit(target.fingers)
    back = unit(target.back - fingers * float(target.back @ fingers))
    return replace(new, tip=np.array([back, -fingers, cross(back, -fingers)])), shortfall


def _propped(arm: Limb, along: Array) -> tuple[Limb, float]:
    """Return an arm whose elbow and forearm lie on the floor, and its shortfall."""
    height = float(arm.root[1]) - _ELBOW_THICKNESS
    ahead = unit(horizontal(along))
    down = float(np.clip(height, -proportions.UPPER_ARM, proportions.UPPER_ARM))
    off = np.sqrt(proportions.UPPER_ARM**2 - down**2)
    elbow = arm.root + ahead * off - UP * down
    wrist = elbow + unit(ahead - UP * _FOREARM_SLOPE) * proportions.FOREARM
    tip = np.array([UP, -ahead, cross(UP, -ahead)])
    return replace(with_joints(arm, elbow, wrist), tip=tip), height - proportions.UPPER_ARM


def _target(skeleton: Skeleton, side: BodySide, pose: Pose) -> HandTarget | None:
    """Return where a hand goes for a place; None where the angles of the arm decide it."""
    place = pose.limb(side).hand
    if place == "floor":
        return _flat_at(skeleton, side, 0.0)
    if place == "wall":
        return HandTarget(skeleton.arms[side].end, UP, horizontal(-skeleton.chest_frame[0]))
    if place not in HAND_RESTS:
        return _on_body(skeleton, side, pose)
    rest = HAND_RESTS[place]
    if rest.height is None:
        return _pulling(skeleton.arms[side], side) if place == "strap" else None
    if place == "armrest":
        return _on_armrest(skeleton, side, rest.height)
    height = rest.height - DRAPED * rest.gripped
    if place == "chair back":
        height = height_in_reach(skeleton.arms[side], height)
    return _flat_at(skeleton, side, height)


def _pulling(arm: Limb, side: BodySide) -> HandTarget:
    """Return the target of a fist round a strap, which comes to it from ahead, on the thumb's side.

    The back of the hand is seen from its own side.
    """
    ahead, against, right = arm.lower
    c, s = math.cos(_WRIST_BENT), math.sin(_WRIST_BENT)
    return HandTarget(arm.end, -against * c - ahead * s, right * OUTWARD[side])


def _on_armrest(skeleton: Skeleton, side: BodySide, height: float) -> HandTarget:
    """Return the target of a hand on the armrest of its own side."""
    ahead, aside = _ARMREST
    step = np.array([ahead, height + HAND_THICKNESS, aside * OUTWARD[side]])
    return HandTarget(horizontal(skeleton.hips) + step, np.array([1.0, 0, 0]), UP)


def _flat_at(skeleton: Skeleton, side: BodySide, height: float) -> HandTarget:
    """Return the target of a hand that lies flat at a height, below or above where it was."""
    arm, chest = skeleton.arms[side], skeleton.chest_frame
    wrist = drawn_in(arm, height + HAND_THICKNESS)
    way = wrist - arm.root
    ahead = horizontal(way)
    if float(np.linalg.norm(ahead)) <= _LEVEL_ARM * float(np.linalg.norm(way)):
        ahead = horizontal(chest[1] if abs(chest[1][1]) < _UPRIGHT_CHEST else chest[0])
    return HandTarget(wrist, ahead, UP)


def _on_body(skeleton: Skeleton, side: BodySide, pose: Pose) -> HandTarget | None:
    """Return where a hand goes for a place on the body; None where the place is none of it."""
    place = pose.limb(side).hand
    words = place.removeprefix("behind ").split()
    if len(words) == 2 and words[0] in {"near", "far"}:
        if words[1] == "foot":
            return _on_foot(skeleton, side, words[0])
        return _on_leg(skeleton, side, words, behind=place.startswith("behind"))
    if words[0] == "other":
        return _on_arm(skeleton, side, words[1], pose)
    if place in _ON_TRUNK:
        return _on_trunk(skeleton, side, *_ON_TRUNK[place])
    match place:
        case "head":
            return _behind_head(skeleton, side)
        case "side of head" if pose.on_side and side == "far":
            return _under_head(skeleton)
        case "side of head":
            return _over_head(skeleton, side)
        case _:
            return None


def _on_trunk(
    skeleton: Skeleton, side: BodySide, at: float, forward: float, aside: float
) -> HandTarget:
    """Return the target of a hand on the trunk, fingers down and towards the middle."""
    point, frame = skeleton.spine_point(at)
    out = aside * OUTWARD[side]
    wrist = point + frame[0] * forward + frame[2] * out
    along = -frame[1] - frame[2] * (out * 0.1)
    if forward > 0:
        along = frame[1] * (0.45 if at > _CHEST_FROM else -0.3) - frame[2] * OUTWARD[side]
    return HandTarget(wrist, along, frame[0] * np.sign(forward))


def _behind_head(skeleton: Skeleton, side: BodySide) -> HandTarget:
    frame = skeleton.head_frame
    back, out, down = _BEHIND_HEAD
    wrist = skeleton.head - frame[0] * back + frame[2] * (out * OUTWARD[side]) - frame[1] * down
    return HandTarget(wrist, frame[1] * 0.4 - frame[2] * OUTWARD[side], -frame[0])


def _over_head(skeleton: Skeleton, side: BodySide) -> HandTarget:
    """Return the target of a hand that lies over the head, its fingers on the other temple."""
    forward, up, right = skeleton.head_frame
    ahead, out, above = _OVER_HEAD
    away = right * -OUTWARD[side]
    wrist = skeleton.head + forward * ahead - away * out + up * above
    return HandTarget(wrist, away - up * 0.75, up + away * 1.3)


def _under_head(skeleton: Skeleton) -> HandTarget:
    """Return the target of the lower hand of who lies on a side, flat on the floor at the cheek."""
    forward, up, right = skeleton.head_frame
    cheek = skeleton.head - right * _CHEEK + forward * 1.0
    fingers = up * 0.6 - forward * 0.8
    wrist = cheek - unit(fingers) * _PALM
    wrist[1] = max(float(wrist[1]), HAND_THICKNESS)
    return HandTarget(wrist, fingers, -right)


def _on_leg(skeleton: Skeleton, side: BodySide, words: list[str], *, behind: bool) -> HandTarget:
    """Return the target of a hand on a part of a leg, such as `near` and `thigh`."""
    leg = skeleton.legs["near" if words[0] == "near" else "far"]
    at = _ON_LEG[words[1]]
    start, end, frame, sections = segment_of(leg, words[1])
    section: CrossSection = min(sections, key=lambda each: abs(each.at - at))
    point = start + (end - start) * at
    aside = frame[2] * OUTWARD[side]
    if behind:
        wrist = point - frame[0] * (section.back * _BEHIND_SHARE)
        wrist = wrist + aside * (section.half_width + 1.0)
        return HandTarget(wrist, -frame[0] * 0.9 + frame[1] * 0.25, aside)
    if words[1] in _SHIN_SHARE:
        wrist = point + frame[0] * (section.front * _SHIN_SHARE[words[1]])
        return HandTarget(wrist + aside * (section.half_width + 0.6), frame[0], aside)
    wrist = point + frame[0] * (section.front + 0.9) + aside * 1.5
    return HandTarget(wrist + frame[1] * _PALM, -frame[1], frame[0])


def _on_foot(skeleton: Skeleton, side: BodySide, which: str) -> HandTarget:
    """Return the target of a hand round the front of a foot, from its outer edge or its back."""
    leg: Limb = skeleton.legs["near" if which == "near" else "far"]
    forward, up, _ = leg.tip
    ahead, above = _ON_FOOT
    spot = leg.end + forward * ahead + up * above
    fingers = unit(spot - skeleton.arms[side].root)
    fingers = unit(fingers - up * float(fingers @ up))
    return HandTarget(spot + up * 1.0 - fingers * _PALM, fingers, up)


def _on_arm(skeleton: Skeleton, side: BodySide, part: str, pose: Pose) -> HandTarget:
    """Return the target of a hand that holds a part of the other arm."""
    holder: BodySide = "far" if side == "near" else "near"
    other = skeleton.arms[holder]
    if part == "hand":
        held, angles = other.tip, pose.limb(holder)
        held = free_hand(other.lower, angles, holder) if angles.hand == "free" else held
        return _on_hand(other.end, held, skeleton.chest_frame[2] * -OUTWARD[side], angles.wrist)
    chest, out = skeleton.chest_frame, -OUTWARD[side]
    if part == "shoulder":
        face = unit(chest[2] * out * 0.8 + chest[0] * 0.4 + chest[1] * 0.35)
        fingers = unit(chest[2] * out * 0.4 - chest[0] * 0.85 + chest[1] * 0.1)
        wrist = other.root + face * (_ARM_THICK[part] + 0.8) - fingers * _PALM
        return HandTarget(wrist, fingers, face)
    spot = other.middle if part == "elbow" else other.end
    along = other.upper[1] if part == "elbow" else other.lower[1]
    raised = float(other.upper[1] @ chest[1]) < _RAISED
    face = chest[2] * out + chest[1] * 0.3 if raised else chest[0]
    face = unit(face - along * float(face @ along))
    fingers = cross(along, face)
    reach = spot - skeleton.arms[side].root
    fingers = fingers if float(fingers @ reach) > 0 else -fingers
    wrist = spot + face * (_ARM_THICK[part] + 1.0) - unit(fingers) * _PALM
    return HandTarget(wrist, fingers, face)


def _on_hand(wrist: Array, hand: Array, across: Array, bent: float) -> HandTarget:
    """Return the target of a hand across the other's fingers, on the palm if they are bent back."""
    back, against, thumb = hand
    face = -back if bent < 0 else back
    fingers = thumb if float(thumb @ across) > 0 else -thumb
    spot = wrist - against * (_PALM + _ON_FINGERS) + face * (2 * _ARM_THICK["hand"])
    return HandTarget(spot - fingers * _PALM, fingers, face)


def _together(skeleton: Skeleton, side: BodySide) -> HandTarget:
    """Return the target of one of two hands palm to palm, where both arms would meet."""
    near, far = skeleton.arms["near"], skeleton.arms["far"]
    shoulders, meeting = (near.root + far.root) / 2, (near.end + far.end) / 2
    half = float(np.linalg.norm(near.root - shoulders)) + proportions.PALM_THICKNESS
    most = np.sqrt((proportions.UPPER_ARM + proportions.FOREARM - _SPARE) ** 2 - half**2)
    way = meeting - shoulders
    meeting = shoulders + way * min(1.0, most / max(float(np.linalg.norm(way)), 1e-6))
    out = unit(skeleton.chest_frame[2]) * OUTWARD[side]
    fingers = -(near.lower[1] + far.lower[1])
    return HandTarget(meeting + out * proportions.PALM_THICKNESS, fingers, out)
