"""Hand contact: where a hand goes for each place that a file can name, and the arm that follows.

Lengths are per cent of body height, fitted by eye. A shortfall is that of `inverse_kinematics`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.inverse_kinematics import reach, with_joints
from workshop_builder.figures.body.pose import OUTWARD, BodySide
from workshop_builder.figures.body.proportions import CrossSection
from workshop_builder.figures.body.skeleton import Limb, Skeleton
from workshop_builder.figures.body.vectors import UP, Array, cross, horizontal, unit
from workshop_builder.model.figure import HandPlace
from workshop_builder.model.props import HAND_RESTS

HAND_THICKNESS = 1.5
"""From the surface under a flat hand up to its wrist."""
_STRETCH_MARGIN = 0.02
"""How much shorter than its bones an arm is taken to be, so that a flat hand can be reached."""
_LEVEL_ARM = 0.6
"""The horizontal share of an arm's length from which its fingers point on in its direction."""
_UPRIGHT_CHEST = 0.75
"""The height of a chest's direction, of length 1, from which it no longer tells where ahead is."""
_ELBOW_THICKNESS = 2.3
_FOREARM_SLOPE = 0.055
"""How far a forearm on the floor falls for each step towards the wrist, where it is thinner."""
_ON_TRUNK = {"hips": (0.2, -7.0), "belly": (0.44, 5.5)}
"""How high on the spine a hand is (0 hips, 1 neck), and how far forward of it the wrist is."""
_TRUNK_OUT = 5.0
"""From the middle of the trunk out to the wrist of a hand on hips or belly."""
_BEHIND_HEAD = (5.0, 4.0, 2.0)
"""From the centre of the skull back, out and down to the wrist of a hand behind the head."""
_ON_LEG = {"thigh": 0.62, "knee": 0.93, "shin": 0.25}
"""How far down the thigh (for a shin, the shank) a hand is: 0 at its upper end, 1 at its lower."""
_PALM = 4.0
"""From the wrist to the middle of the palm, which is what lies on a thigh or knee."""
_BEHIND_SHARE, _SHIN_SHARE = 0.55, 0.6
"""How far back or forward beside a leg the wrist is, as a share of the leg's depth there, where
a hand holds it from behind, or holds a shin."""


@dataclass(frozen=True, slots=True, eq=False)
class HandTarget:
    """Where a hand goes."""

    wrist: Array
    fingers: Array
    """The direction of the fingers, of any length."""
    back: Array
    """The direction that the back of the hand faces, as far as the fingers allow; of any length."""


def place_hand(skeleton: Skeleton, side: BodySide, place: HandPlace) -> tuple[Limb, float]:
    """Return an arm with its hand at a place, and its shortfall."""
    arm = skeleton.arms[side]
    if place == "forearm on floor":
        return _propped(arm, skeleton.chest_frame)
    target = _target(skeleton, side, place)
    if target is None:
        return arm, 0.0
    new, shortfall = reach(arm, target.wrist)
    fingers = unit(target.fingers)
    back = unit(target.back - fingers * float(target.back @ fingers))
    return replace(new, tip=np.array([back, -fingers, cross(back, -fingers)])), shortfall


def _propped(arm: Limb, chest: Array) -> tuple[Limb, float]:
    """Return an arm whose elbow and forearm lie on the floor, and its shortfall."""
    height = float(arm.root[1]) - _ELBOW_THICKNESS
    ahead = unit(horizontal(chest[1]))
    down = min(height, proportions.UPPER_ARM)
    off = np.sqrt(proportions.UPPER_ARM**2 - down**2)
    elbow = arm.root + ahead * off - UP * down
    wrist = elbow + unit(ahead - UP * _FOREARM_SLOPE) * proportions.FOREARM
    tip = np.array([UP, -ahead, cross(UP, -ahead)])
    return replace(with_joints(arm, elbow, wrist), tip=tip), height - proportions.UPPER_ARM


def _target(skeleton: Skeleton, side: BodySide, place: HandPlace) -> HandTarget | None:
    """Return where a hand goes for a place; None where the angles of the arm decide it."""
    words = place.removeprefix("behind ").split()
    if len(words) == 2 and words[1] in _ON_LEG:
        return _on_leg(skeleton, side, words, behind=place.startswith("behind"))
    match place:
        case "floor":
            return _flat_at(skeleton, side, 0.0)
        case "hips" | "belly":
            return _on_trunk(skeleton, side, *_ON_TRUNK[place])
        case "head":
            return _behind_head(skeleton, side)
        case "wall":
            back = horizontal(-skeleton.chest_frame[0])
            return HandTarget(skeleton.arms[side].end, UP, back)
    height = HAND_RESTS[place].height if place in HAND_RESTS else None
    return None if height is None else _flat_at(skeleton, side, height)


def _flat_at(skeleton: Skeleton, side: BodySide, height: float) -> HandTarget:
    """Return the target of a hand that lies flat at a height, below or above where it was."""
    arm, chest = skeleton.arms[side], skeleton.chest_frame
    wrist = _drawn_in(arm, height + HAND_THICKNESS)
    way = wrist - arm.root
    ahead = horizontal(way)
    if float(np.linalg.norm(ahead)) <= _LEVEL_ARM * float(np.linalg.norm(way)):
        ahead = horizontal(chest[1] if abs(chest[1][1]) < _UPRIGHT_CHEST else chest[0])
    return HandTarget(wrist, ahead, UP)


def _drawn_in(arm: Limb, height: float) -> Array:
    """Return where a wrist is at a height: below or above its place, or closer as the arm needs."""
    down = float(arm.root[1]) - height
    longest = proportions.UPPER_ARM + proportions.FOREARM - _STRETCH_MARGIN
    aside = horizontal(arm.end - arm.root)
    most = np.sqrt(max(longest**2 - down**2, 0.0))
    distance = float(np.linalg.norm(aside))
    wrist: Array = arm.root + aside * min(1.0, most / max(distance, 1e-6))
    wrist[1] = height
    return wrist


def _on_trunk(skeleton: Skeleton, side: BodySide, at: float, forward: float) -> HandTarget:
    """Return the target of a hand on the trunk, fingers down and towards the middle."""
    point, frame = skeleton.spine_point(at)
    out = _TRUNK_OUT * OUTWARD[side]
    wrist = point + frame[0] * forward + frame[2] * out
    return HandTarget(wrist, -frame[1] - frame[2] * out * 0.1, frame[0] * np.sign(forward))


def _behind_head(skeleton: Skeleton, side: BodySide) -> HandTarget:
    frame = skeleton.head_frame
    back, out, down = _BEHIND_HEAD
    wrist = skeleton.head - frame[0] * back + frame[2] * (out * OUTWARD[side]) - frame[1] * down
    return HandTarget(wrist, frame[1], -frame[0])


def _on_leg(skeleton: Skeleton, side: BodySide, words: list[str], *, behind: bool) -> HandTarget:
    """Return the target of a hand on a part of a leg, such as `near` and `thigh`."""
    leg = skeleton.legs["near" if words[0] == "near" else "far"]
    at = _ON_LEG[words[1]]
    start, end, frame, sections = _segment(leg, words[1])
    section: CrossSection = min(sections, key=lambda each: abs(each.at - at))
    point = start + (end - start) * at
    aside = frame[2] * OUTWARD[side]
    if behind:
        wrist = point - frame[0] * (section.back * _BEHIND_SHARE)
        wrist = wrist + aside * (section.half_width + 1.0)
        return HandTarget(wrist, -frame[0] * 0.9 + frame[1] * 0.25, aside)
    if words[1] == "shin":
        wrist = point + frame[0] * (section.front * _SHIN_SHARE)
        return HandTarget(wrist + aside * (section.half_width + 0.6), frame[0], aside)
    wrist = point + frame[0] * (section.front + 0.9) + aside * 1.5
    return HandTarget(wrist + frame[1] * _PALM, -frame[1], frame[0])


def _segment(leg: Limb, part: str) -> tuple[Array, Array, Array, tuple[CrossSection, ...]]:
    """Return start, end, frame and cross-sections of the segment that a part belongs to."""
    if part == "shin":
        return leg.middle, leg.end, leg.lower, proportions.SHANK_SECTIONS
    return leg.root, leg.middle, leg.upper, proportions.THIGH_SECTIONS
