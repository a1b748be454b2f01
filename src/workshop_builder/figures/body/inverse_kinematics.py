"""A limb that reaches a point: two bones and a hinge between them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.skeleton import Limb
from workshop_builder.figures.body.surface import foot_lowest
from workshop_builder.figures.body.vectors import Array, along, cross, unit

SLACK = 0.4
"""How much of body height, in per cent, a stretched limb may fall short by unnoticed."""


def reached(limb: Limb, target: Array) -> tuple[Limb, float]:
    """Return the limb with its end at `target`, bending as it bent, and by how much it falls short.

    The hinge lies on the circle that both lengths allow, as near as may be to where it was.
    """
    upper = float(np.linalg.norm(limb.middle - limb.root))
    lower = float(np.linalg.norm(limb.end - limb.middle))
    way = target - limb.root
    wanted = float(np.linalg.norm(way))
    far = min(max(wanted, abs(upper - lower) + 0.1), upper + lower - 0.01)
    line = unit(way)
    at = (upper**2 - lower**2 + far**2) / (2 * far)
    off = math.sqrt(max(upper**2 - at**2, 0.0))
    aside = limb.middle - limb.root
    aside = aside - line * float(aside @ line)
    if _straight(limb):
        # A straight limb bends as its hinge does: an elbow back, a knee forward.
        aside = _bend(limb) - line * float(_bend(limb) @ line)
    middle = limb.root + line * at + unit(aside) * off
    end = limb.root + line * far
    new = replace(
        limb,
        middle=middle,
        end=end,
        upper=along(middle - limb.root, limb.upper[2]),
        lower=along(end - middle, limb.lower[2]),
    )
    return new, wanted - (upper + lower)


def _straight(limb: Limb) -> bool:
    """Return whether a limb is bent by less than about 25 degrees."""
    return float(limb.upper[1] @ limb.lower[1]) > 0.9


def _bend(limb: Limb) -> Array:
    forward: Array = limb.upper[0]
    is_leg = np.linalg.norm(limb.middle - limb.root) > proportions.UPPER_ARM + 1
    return forward if is_leg else -forward


def stood(leg: Limb, height: float) -> tuple[Limb, float]:
    """Return a leg whose sole stands on a floor at `height`, and by how much it falls short."""
    target = leg.end.copy()
    target[1] = height + proportions.ANKLE
    new, short = reached(leg, target)
    ahead = leg.tip[0] * np.array([1.0, 0.0, 1.0])
    if np.linalg.norm(ahead) < 0.2:
        ahead = leg.upper[2] * np.array([1.0, 0.0, 1.0])
    ahead = unit(ahead)
    up = np.array([0.0, 1.0, 0.0])
    return replace(new, tip=np.array([ahead, up, cross(ahead, up)])), short


def tiptoe(leg: Limb, height: float) -> Limb:
    """Return a leg whose foot is tipped so that its ball rests on a floor at `height`.

    The toes in front of the ball stay flat, so they do not count.
    """
    ahead = unit(leg.tip[0] * np.array([1.0, 0.0, 1.0]))
    right = cross(ahead, np.array([0.0, 1.0, 0.0]))

    def tipped(degrees: float) -> Limb:
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        forward = ahead * c - np.array([0.0, s, 0.0])
        return replace(leg, tip=np.array([forward, cross(right, forward), right]))

    low, high = 0.0, 80.0
    for _ in range(10):
        middle = (low + high) / 2
        if foot_lowest(tipped(middle), 3) > height:
            low = middle
        else:
            high = middle
    return tipped((low + high) / 2)


def heel_down(leg: Limb, height: float) -> Limb:
    """Return a leg turned about the hip, as it is bent, till its foot touches a floor."""

    def lowest(limb: Limb) -> float:
        return foot_lowest(limb) - height

    return _turned_till(leg, leg.root, lowest, 40.0)


def shin_down(leg: Limb, height: float) -> Limb:
    """Return a kneeling leg whose shin is turned about the knee till its foot lies on the floor."""

    def lowest(limb: Limb) -> float:
        return min(foot_lowest(limb), float(limb.end[1]) - 1.9) - height

    knee = _turned_till(replace(leg, root=leg.middle), leg.middle, lowest, 35.0)
    return replace(knee, root=leg.root, upper=leg.upper)


def _turned_till(leg: Limb, pivot: Array, measure: Callable[[Limb], float], most: float) -> Limb:
    """Return a leg turned about `pivot` by at most `most` degrees, till `measure` is 0."""
    low, high = -most, most
    rising = measure(_swung(leg, pivot, high)) > measure(_swung(leg, pivot, low))
    for _ in range(10):
        middle = (low + high) / 2
        if (measure(_swung(leg, pivot, middle)) > 0) == rising:
            high = middle
        else:
            low = middle
    return _swung(leg, pivot, (low + high) / 2)


def _swung(leg: Limb, pivot: Array, degrees: float) -> Limb:
    """Return a leg turned about the axis of its knee through `pivot`."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y, z = leg.upper[2]
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    turn = np.eye(3) + s * cross + (1 - c) * (cross @ cross)

    def placed(point: Array) -> Array:
        moved: Array = pivot + turn @ (point - pivot)
        return moved

    upper, lower, tip = (frame @ turn.T for frame in (leg.upper, leg.lower, leg.tip))
    return Limb(placed(leg.root), placed(leg.middle), placed(leg.end), upper, lower, tip)
