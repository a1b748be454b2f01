"""Inverse kinematics: a limb of two bones and a hinge is bent so that its end reaches a point.

Lengths are per cent of body height. A shortfall is how much a stretched limb is too short for
its target; it is negative where the limb can bend.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.skeleton import Limb
from workshop_builder.figures.body.surface import PARTS_TO_BALL, foot_lowest
from workshop_builder.figures.body.vectors import (
    UP,
    Array,
    cross,
    flexed,
    horizontal,
    segment_frame,
    unit,
)

SLACK = 0.4
"""A shortfall that no one sees: less than the thickness of an outline."""
_STRAIGHT = 0.9
"""The cosine of a hinge's bend, about 25 degrees, below which a limb counts as straight."""
_STRETCH_MARGIN, _FOLD_MARGIN = 0.01, 0.1
"""How far from fully straight and from fully folded a limb stays."""
_LEAST_BEND = 0.02
"""From the line between its ends to its hinge, below which a limb is straight."""
_UPRIGHT_FOOT = 0.2
"""The horizontal share of a direction below which it no longer tells where toes point."""
_SHANK_ABOVE_FLOOR = 1.9
"""The thickness of a shin at the ankle, in front of the bone."""
_TIPTOE_MOST, _HEEL_MOST, _SHIN_MOST = 80.0, 40.0, 35.0
"""The most degrees by which a foot is tipped, a leg swung at the hip, a shin at the knee."""
_STEEP, _LESS_STEEP = 62.0, 42.0
"""Degrees by which a foot is tipped whose ball comes to the floor by hip and knee."""
_TUCKED = 15.0
"""Degrees by which an ankle is bent above tucked toes."""
_HALVINGS = 10
"""Of a range of 80 degrees, which leave less than a tenth of a degree."""


def reach(limb: Limb, target: Array) -> tuple[Limb, float]:
    """Return the limb with its end at `target`, and its shortfall.

    The hinge lies on the circle that both lengths allow, as close as possible to where it was.
    """
    upper = float(np.linalg.norm(limb.middle - limb.root))
    lower = float(np.linalg.norm(limb.end - limb.middle))
    way = target - limb.root
    wanted = float(np.linalg.norm(way))
    shortest, longest = abs(upper - lower) + _FOLD_MARGIN, upper + lower - _STRETCH_MARGIN
    distance = min(max(wanted, shortest), longest)
    line = unit(way)
    # The hinge's place along the line from root to end, and its distance from that line.
    along = (upper**2 - lower**2 + distance**2) / (2 * distance)
    off = math.sqrt(max(upper**2 - along**2, 0.0))
    aside = _bending_direction(limb)
    aside = aside - line * float(aside @ line)
    middle = limb.root + line * along + unit(aside) * off
    end = limb.root + line * distance
    return with_joints(limb, middle, end), wanted - (upper + lower)


def with_joints(limb: Limb, middle: Array, end: Array) -> Limb:
    """Return a limb with its hinge and its end elsewhere, and the frames that follow from them."""
    upper = segment_frame(middle - limb.root, limb.upper[2])
    lower = segment_frame(end - middle, limb.lower[2])
    return replace(limb, middle=middle, end=end, upper=upper, lower=lower)


def _bending_direction(limb: Limb) -> Array:
    """Return where the hinge of a limb points; of a straight limb, where it would point."""
    if float(limb.upper[1] @ limb.lower[1]) <= _STRAIGHT:
        return np.asarray(limb.middle - limb.root)
    forward: Array = limb.upper[0]
    is_leg = np.linalg.norm(limb.middle - limb.root) > proportions.UPPER_ARM + 1
    return forward if is_leg else -forward


def hinge_above(limb: Limb, least: float) -> Limb:
    """Return a limb swung about the line from root to end until its hinge is not below a height."""
    line = unit(limb.end - limb.root)
    along = limb.root + line * float((limb.middle - limb.root) @ line)
    aside, upward = limb.middle - along, unit(UP - line * float(UP @ line))
    lacking, radius = least - float(limb.middle[1]), float(np.linalg.norm(aside))
    if lacking <= 0 or radius < _LEAST_BEND or float(upward[1]) < _LEAST_BEND:
        return limb
    rise = min(float(aside @ upward) + lacking / float(upward[1]), radius)
    level = unit(aside - upward * float(aside @ upward))
    if float(level @ level) < _LEAST_BEND:
        level = cross(line, upward)
    middle = along + upward * rise + level * math.sqrt(radius**2 - rise**2)
    return with_joints(limb, middle, limb.end)


def stand_on_sole(leg: Limb) -> tuple[Limb, float]:
    """Return a leg whose sole is flat on the floor, and its shortfall."""
    target = leg.end.copy()
    target[1] = proportions.ANKLE
    new, shortfall = reach(leg, target)
    forward = unit(_ahead(leg))
    return replace(new, tip=np.array([forward, UP, cross(forward, UP)])), shortfall


def _ahead(leg: Limb) -> Array:
    """Return where the toes of a flat foot point: as the front of the shin does, or the foot."""
    ways = (horizontal(way) for way in (leg.lower[0], leg.tip[0], leg.upper[2]))
    return next(way for way in ways if float(way @ way) > _UPRIGHT_FOOT**2)


def stand_on_ball(leg: Limb) -> Limb:
    """Return a leg whose foot is tipped until its ball is on the floor, its toes flat."""
    level = unit(horizontal(leg.tip[0]))
    right = cross(level, UP)

    def tipped(degrees: float) -> Limb:
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        forward = level * c - UP * s
        return replace(leg, tip=np.array([forward, cross(right, forward), right]))

    def height(degrees: float) -> float:
        return foot_lowest(tipped(degrees), PARTS_TO_BALL)

    found = _bisect(height, 0.0, _TIPTOE_MOST, rising=False)
    off = height(found)
    if abs(off) < SLACK:
        return tipped(found)
    steep = tipped(_STEEP if off > 0 else _LESS_STEEP)
    new, _ = reach(leg, leg.end - UP * foot_lowest(steep, PARTS_TO_BALL))
    return replace(new, tip=steep.tip)


def lower_heel(leg: Limb) -> Limb:
    """Return a leg swung about the hip, as bent as it is, until its foot touches the floor."""
    return _lowered(leg, leg.root, foot_lowest, _HEEL_MOST)


def lower_shin(leg: Limb) -> Limb:
    """Return a kneeling leg whose shin is swung about the knee until it lies on the floor."""

    def lowest(limb: Limb) -> float:
        return min(foot_lowest(limb), float(limb.end[1]) - _SHANK_ABOVE_FLOOR)

    swung = _lowered(leg, leg.middle, lowest, _SHIN_MOST)
    return replace(swung, root=leg.root, middle=leg.middle, upper=leg.upper)


def tuck_toes(leg: Limb) -> Limb:
    """Return a kneeling leg whose shin is swung about the knee until its tucked toes carry."""
    bent = replace(leg, tip=flexed(leg.lower, _TUCKED))
    swung = _lowered(bent, leg.middle, lambda limb: foot_lowest(limb, PARTS_TO_BALL), _HEEL_MOST)
    return replace(swung, root=leg.root, middle=leg.middle, upper=leg.upper)


def swung_down(leg: Limb, by: float) -> Limb:
    """Return a kneeling leg whose shin is swung about the knee, its ankle lower by so much."""
    way = leg.end - leg.middle
    length = float(np.linalg.norm(way))
    way = unit(way - UP * by) * length
    new = with_joints(leg, leg.middle, leg.middle + way)
    return replace(new, tip=leg.tip)


def _lowered(leg: Limb, pivot: Array, height: Callable[[Limb], float], most: float) -> Limb:
    """Return a leg swung about `pivot`, by at most `most` degrees, until its `height` is 0."""

    def swung_height(degrees: float) -> float:
        return height(_swung(leg, pivot, degrees))

    rising = swung_height(most) > swung_height(-most)
    return _swung(leg, pivot, _bisect(swung_height, -most, most, rising=rising))


def _bisect(measure: Callable[[float], float], low: float, high: float, *, rising: bool) -> float:
    """Return where between `low` and `high` a rising or falling measure is 0, approximately."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if (measure(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _swung(leg: Limb, pivot: Array, degrees: float) -> Limb:
    """Return a leg turned about the axis of its knee, moved to `pivot` (Rodrigues' formula)."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y, z = leg.upper[2]
    axis = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    turn = np.eye(3) + s * axis + (1 - c) * (axis @ axis)

    def turned(point: Array) -> Array:
        moved: Array = pivot + turn @ (point - pivot)
        return moved

    upper, lower, tip = (frame @ turn.T for frame in (leg.upper, leg.lower, leg.tip))
    return Limb(turned(leg.root), turned(leg.middle), turned(leg.end), upper, lower, tip)


_ARM_MARGIN = 0.02
"""How much shorter than its bones an arm is taken to be, so that a flat hand can be reached."""
_HIGHER = 8.0
"""How much higher than usual something can be that a hand holds."""


def height_in_reach(arm: Limb, height: float) -> float:
    """Return the height that a wrist can have as far ahead as it is, at a height or above it."""
    longest = proportions.UPPER_ARM + proportions.FOREARM - _ARM_MARGIN
    aside = float(np.linalg.norm(horizontal(arm.end - arm.root)))
    reached = float(arm.root[1]) - math.sqrt(max(longest**2 - aside**2, 0.0))
    return min(max(height, reached), height + _HIGHER)


def drawn_in(arm: Limb, height: float) -> Array:
    """Return where a wrist is at a height: below or above its place, or closer as the arm needs."""
    down = float(arm.root[1]) - height
    longest = proportions.UPPER_ARM + proportions.FOREARM - _ARM_MARGIN
    aside = horizontal(arm.end - arm.root)
    most = np.sqrt(max(longest**2 - down**2, 0.0))
    distance = float(np.linalg.norm(aside))
    wrist: Array = arm.root + aside * min(1.0, most / max(distance, 1e-6))
    wrist[1] = height
    return wrist
