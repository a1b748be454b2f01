"""Foot contact: where a foot goes for each place that a file can name, and the leg that follows.

Lengths are per cent of body height, fitted by eye. A shortfall is that of `inverse_kinematics`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.inverse_kinematics import (
    hinge_above,
    lower_heel,
    lower_shin,
    reach,
    stand_on_ball,
    stand_on_sole,
    tuck_toes,
    with_joints,
)
from workshop_builder.figures.body.pose import OUTWARD, SIDES, BodySide, LimbAngles, Pose
from workshop_builder.figures.body.proportions import CrossSection
from workshop_builder.figures.body.skeleton import Limb
from workshop_builder.figures.body.surface import foot_lowest
from workshop_builder.figures.body.vectors import UP, Array, cross, flexed, horizontal, unit
from workshop_builder.model.figure import FigureFault

_ACROSS_THIGH = (0.78, 6.0, 3.2)
"""Where an ankle lies across the other thigh: the share of its length, how far above it, and how
far past its middle, so that the foot is seen beyond it."""
_INSIDE: Mapping[str, tuple[str, float]] = {
    "other thigh inside": ("thigh", 0.74),
    "other knee": ("shin", 0.1),
    "other shin": ("shin", 0.42),
}
"""The segment that a sole is against from the inside, and how far down it."""
_MIDDLE_OF_SOLE = 2.6
"""From the ankle forward to the middle of the sole."""
_UPRIGHT_SHIN = 0.8
"""The height of a shin's direction, of length 1, from which its heel is at a wall, not its sole."""
_HIPS_DOWN, _ON_EDGE = 12.0, 2.3
"""How high hips are at most that are on the floor, and an ankle whose foot is on its outer edge."""
_TURNED_OUT, _LONG = 45.0, 6.0
"""Degrees of a thigh turned out from which a leg lies on its outer edge, and of a hip or knee up
to which a leg is long."""
_HEEL_OFF, _PRONE_KNEE, _POINTED = 6.0, 8.0, -70.0
"""How high a heel is that comes down, and a knee or ankle of who lies on the front; and the angle
of that ankle."""
_FEET_APART = 5.0
"""From one ankle to the other of feet side by side."""
_KNEE_OUT = 35.0
"""Degrees of a hip, out and turned, below which the file leaves it open where the knee goes."""
_KNEE_ABOVE, _ANKLE_ABOVE = 3.3, 2.3
"""How far above the floor the joints of a leg are that lies on its side."""
_KNEES_APART, _ANKLES_APART = 6.4, 4.4
"""How far one knee and one ankle are above those below them."""


def place_leg(leg: Limb, pose: Pose, side: BodySide) -> tuple[Limb, float]:
    """Return a leg whose foot is on the floor or a wall as the pose says, and its shortfall."""
    match pose.limb(side).foot:
        case "floor":
            if pose.on_side and not pose.pelvis:
                return _lie_on_floor(leg)
            if _turned_out(leg, pose, side):
                lying, shortfall = _lie_on_floor(leg)
                return _on_outer_edge(lying, side), shortfall
            return stand_on_sole(leg)
        case "heel":
            return lower_heel(leg), 0.0
        case "ball":
            return stand_on_ball(leg), 0.0
        case "top":
            return (
                _lie_prone(leg) if pose.position == "lying on the front" else lower_shin(leg)
            ), 0.0
        case "toes tucked":
            return tuck_toes(leg), 0.0
        case "wall":
            return _against_wall(leg), 0.0
        case "free" if pose.position == "lying on the back" and _nearly_down(leg, pose.limb(side)):
            return lower_heel(leg), 0.0
        case _:
            return leg, 0.0


def _turned_out(leg: Limb, pose: Pose, side: BodySide) -> bool:
    """Return whether a leg near the floor is turned out so far that it lies on its outer edge."""
    return float(leg.root[1]) < _HIPS_DOWN and pose.limb(side).hip_turn >= _TURNED_OUT


def _on_outer_edge(leg: Limb, side: BodySide) -> Limb:
    """Return a leg whose foot lies on its outer edge."""
    toes = unit(_ahead_of(leg))
    right = -UP * OUTWARD[side]
    return replace(leg, tip=np.array([toes, cross(right, toes), right]))


def _ahead_of(leg: Limb) -> Array:
    ahead = horizontal(leg.tip[0])
    return ahead if float(ahead @ ahead) > 0.01 else horizontal(-leg.lower[1])


def _nearly_down(leg: Limb, angles: LimbAngles) -> bool:
    """Return whether the leg of who lies on the back is long and all but on the floor."""
    long = abs(angles.hip) <= _LONG and abs(angles.knee) <= _LONG
    return long and 0 < foot_lowest(leg) < _HEEL_OFF


def _lie_prone(leg: Limb) -> Limb:
    """Return the leg of who lies on the front; knee and foot are down unless they are lifted."""
    if float(leg.middle[1]) > _PRONE_KNEE:
        return leg
    knee = _swung_to(leg.root, leg.middle, _KNEE_ABOVE)
    new = with_joints(leg, knee, leg.end + knee - leg.middle)
    if float(new.end[1]) > _PRONE_KNEE:
        return _with_foot(leg, new)
    return lower_shin(replace(new, tip=flexed(new.lower, _POINTED)))


def place_on_other(leg: Limb, other: Limb, pose: Pose, side: BodySide) -> tuple[Limb, float]:
    """Return a leg whose foot is on the other leg as the pose says, and its shortfall."""
    place, angles = pose.limb(side).foot, pose.limb(side)
    if place == f"{SIDES[side == 'near']} thigh":
        return _cross(leg, other, side)
    if place == "other foot":
        return _lie_on_other(leg, other, angles) if pose.on_side else _beside(leg, other, side)
    if place in _INSIDE:
        return _inside(leg, other, angles, side)
    return leg, 0.0


def misplaced_feet(pose: Pose) -> Iterator[FigureFault]:
    """Yield a fault for a foot on its own thigh, and where each foot is on the other leg."""
    near, far = pose.near.foot, pose.far.foot
    for side, place in (("near", near), ("far", far)):
        if place == f"{side} thigh":
            fault = "a foot cannot be on the thigh of its own leg; name the other one"
            yield FigureFault((side, "foot"), fault)
    if {near, far} <= {*_INSIDE, "near thigh", "far thigh"}:
        fault = "each foot is on the other leg; let one of them be on the floor"
        yield FigureFault(("far", "foot"), fault)


def _against_wall(leg: Limb) -> Limb:
    """Return a leg whose sole is upright, facing away from the hips; of a raised leg, its heel."""
    if abs(float(leg.lower[1][1])) > _UPRIGHT_SHIN:
        return leg
    toes, up = UP, -unit(horizontal(leg.end - leg.root))
    right = cross(toes, up)
    if float(right @ leg.lower[2]) < 0:
        toes, right = -toes, -right
    return replace(leg, tip=np.array([toes, up, right]))


def _cross(leg: Limb, other: Limb, side: BodySide) -> tuple[Limb, float]:
    """Return a leg whose ankle lies across the other thigh, near its knee, and its shortfall."""
    share, above, past = _ACROSS_THIGH
    forward, _, right = other.upper
    spot = other.root + (other.middle - other.root) * share
    spot = spot + forward * above - right * (past * OUTWARD[side])
    new, shortfall = reach(leg, spot)
    return replace(new, tip=new.lower), shortfall


def _inside(leg: Limb, other: Limb, angles: LimbAngles, side: BodySide) -> tuple[Limb, float]:
    """Return a leg whose sole is against the inside of the other one, and its shortfall."""
    part, share = _INSIDE[angles.foot]
    start, end, frame, sections = segment_of(other, part)
    section: CrossSection = min(sections, key=lambda each: abs(each.at - share))
    inward, toes = frame[2] * OUTWARD[side], -frame[1]
    spot = start + (end - start) * share - toes * _MIDDLE_OF_SOLE
    if angles.hip_out + angles.hip_turn < _KNEE_OUT:
        leg = _knee_out(leg, side)
    new, shortfall = reach(leg, spot + inward * (section.half_width + proportions.ANKLE))
    return replace(new, tip=np.array([toes, inward, cross(toes, inward)])), shortfall


def _knee_out(leg: Limb, side: BodySide) -> Limb:
    """Return a leg whose knee is out to its side and somewhat ahead."""
    forward, up, right = leg.upper
    way = unit(right * (0.85 * OUTWARD[side]) + forward * 0.45 - up * 0.5)
    middle = leg.root + way * proportions.THIGH
    end = middle - up * proportions.SHANK
    upper = np.array([forward, -way, cross(forward, -way)])
    return replace(leg, middle=middle, end=end, upper=upper)


def _beside(leg: Limb, other: Limb, side: BodySide) -> tuple[Limb, float]:
    """Return a leg whose foot is beside the other one."""
    return reach(leg, other.end + other.tip[2] * (_FEET_APART * OUTWARD[side]))


def sole_to_sole(legs: Mapping[BodySide, Limb], side: BodySide) -> tuple[Limb, float]:
    """Return a leg whose sole is against that of the other, and its shortfall."""
    leg, near, far = legs[side], legs["near"], legs["far"]
    right = unit(near.root - far.root)
    middle, hips = (near.end + far.end) / 2, (near.root + far.root) / 2
    middle = middle - right * float((middle - hips) @ right)
    up = right * OUTWARD[side]
    if float(hips[1]) < _HIPS_DOWN:
        middle = horizontal(middle) + UP * _ON_EDGE
    new, shortfall = reach(leg, middle + up * proportions.ANKLE)
    new = hinge_above(new, _KNEE_ABOVE)
    toes = horizontal(middle - hips)
    toes = unit(toes - right * float(toes @ right))
    return replace(new, tip=np.array([toes, up, cross(toes, up)])), shortfall


def _lie_on_floor(leg: Limb) -> tuple[Limb, float]:
    """Return a leg that lies on the floor as far as its hip lets it, and its shortfall."""
    knee = _swung_to(leg.root, leg.middle, _KNEE_ABOVE)
    ankle = _swung_to(knee, leg.end + knee - leg.middle, _ANKLE_ABOVE)
    return _with_foot(leg, with_joints(leg, knee, ankle)), float(knee[1]) - _KNEE_ABOVE


def _swung_to(start: Array, end: Array, height: float) -> Array:
    """Return the end of a segment swung up or down to a height, or as near to it as it can be."""
    way = end - start
    length = float(np.linalg.norm(way))
    rise = min(max(height - float(start[1]), -length), length)
    level = unit(way * np.array([1.0, 0.0, 1.0]))
    swung: Array = start + UP * rise + level * math.sqrt(length**2 - rise**2)
    return swung


def _lie_on_other(leg: Limb, other: Limb, angles: LimbAngles) -> tuple[Limb, float]:
    """Return a leg whose foot lies on the other one, and its shortfall.

    Its knee lies on the other knee, or is opened like a shell by the turn of the hip.
    """
    ankle = other.end + UP * _ANKLES_APART
    new, shortfall = reach(leg, ankle)
    line, middle = unit(new.end - new.root), new.middle - new.root
    along = line * float(middle @ line)
    aside = middle - along
    radius = float(np.linalg.norm(aside))
    level = unit(cross(UP, line))
    level = level if float(level @ aside) > 0 else -level
    rise = float(other.middle[1]) + _KNEES_APART - float((new.root + along)[1])
    least = math.asin(max(-1.0, min(1.0, rise / max(radius, 1e-6))))
    opened = least + math.radians(max(0.0, angles.hip_turn + angles.hip_out))
    upward = cross(line, level)
    upward = upward if upward[1] > 0 else -upward
    knee = new.root + along + (level * math.cos(opened) + upward * math.sin(opened)) * radius
    return _with_foot(leg, with_joints(new, knee, new.end)), shortfall


def _with_foot(before: Limb, leg: Limb) -> Limb:
    """Return a leg whose foot is bent at the ankle as it was before."""
    return replace(leg, tip=before.tip @ before.lower.T @ leg.lower)


def segment_of(leg: Limb, part: str) -> tuple[Array, Array, Array, tuple[CrossSection, ...]]:
    """Return start, end, frame and cross-sections of the segment that a part belongs to."""
    if part in {"shin", "ankle"}:
        return leg.middle, leg.end, leg.lower, proportions.SHANK_SECTIONS
    return leg.root, leg.middle, leg.upper, proportions.THIGH_SECTIONS
