"""Straps and bands in space: from the hands round a part of the body, or a loop round the legs.

Lengths are per cent of body height, by eye.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from workshop_builder.figures.body.pose import SIDES, BodySide
from workshop_builder.figures.body.vectors import UP, Array, cross, unit
from workshop_builder.figures.mesh.arrays import Mask
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.pixels.fists import fist_axes, fist_middle
from workshop_builder.figures.pixels.labels import BAND, HANGING_HAIR, STRAP
from workshop_builder.figures.pixels.solids import Solid, tube
from workshop_builder.model.figure import Prop

_RADIUS, _SIDES = 0.62, 7
_SOLE_RADIUS = 1.0
"""Of a strap that lies flat below a sole."""
_COLOURS = {"strap": STRAP, "band": BAND}
_FOOT_AT = 6.4
"""From the ankle forward to the ball of the foot."""
_ALONG = {"thigh": 0.75, "thighs": 0.8, "ankles": 0.9}
"""How far down the thigh or the shank it lies."""
_SLICE = 1.1
"""How far from the plane of a loop a vertex may be that it goes round."""
_OUT = 0.45
"""How far off the skin its middle is."""
_PAST_HAND = 0.6
_OUT_OF_FIST, _CLEAR, _HANGS = 3.0, 1.6, (1.2, 2.4, 3.6)
"""How far below the middle of a fist and how far out a strap leaves it; how far its end hangs."""


def band_solids(prop: Prop, body: PosedBody) -> Iterator[Solid]:
    """Yield the parts of a strap or a band."""
    place = prop.place or "near foot"
    label = _COLOURS[prop.prop] | HANGING_HAIR << 4
    if place in {"thighs", "ankles"}:
        loop = _loop(place, body)
        yield _tube([*loop, loop[0], loop[1]], label)
        return
    near, far = fist_middle(body, "near"), fist_middle(body, "far")
    if place == "hands":
        way = unit(far - near)
        yield _tube([near - way * 2.4, near, far, far + way * 2.4], label)
        return
    sides = _holding(prop, body)
    held = [fist_middle(body, side) for side in sides]
    under = _under(place, body, (held[0] + held[-1]) / 2)
    way = unit(under[len(under) // 2] - held[0])
    first, last = (
        _tail(body, side) if prop.prop == "strap" else [hand - way * _PAST_HAND]
        for side, hand in ((sides[0], held[0]), (sides[-1], held[-1]))
    )
    start = [*first[::-1], held[0] + (under[0] - held[0]) * 0.5]
    end = [held[-1] + (under[-1] - held[-1]) * 0.5, *last]
    yield _tube([*start, *under, *end], label)
    if place.endswith("foot") or place == "feet":
        yield Solid(*tube(list(under), _SOLE_RADIUS, _SIDES), label)


def _tail(body: PosedBody, side: BodySide) -> list[Array]:
    """Return the line of the end of a strap, through a fist and hanging from it."""
    hand, (_, thumb, back) = fist_middle(body, side), fist_axes(body, side)
    out = hand - thumb * _OUT_OF_FIST + back * _CLEAR
    return [hand, out, *(out - UP * down for down in _HANGS)]


def _holding(prop: Prop, body: PosedBody) -> list[BodySide]:
    """Return the sides whose hands hold a strap or a band; both where none says so."""
    found = [side for side in SIDES if body.placed.pose.limb(side).hand == prop.prop]
    return found or [*SIDES]


def _tube(line: list[Array], label: int) -> Solid:
    return Solid(*tube(line, _RADIUS, _SIDES), label)


def _loop(place: str, body: PosedBody) -> Array:
    """Return a closed line round both thighs or both shanks."""
    near, far = body.bones.legs["near"], body.bones.legs["far"]
    knees = (near.knee + far.knee) / 2
    start, end, bone = (
        ((near.root + far.root) / 2, knees, "upperleg")
        if place == "thighs"
        else (knees, (near.ankle + far.ankle) / 2, "lowerleg")
    )
    legs = _part(bone, *SIDES)
    return _around(body.points[legs], start + (end - start) * _ALONG[place], unit(end - start))


def _part(bone: str, *sides: BodySide) -> Mask:
    """Return which vertices follow a bone."""
    found = np.zeros(mesh().size, bool)
    for side in sides:
        found |= mesh().limb(side, bone) > 0.5
    return found


def _around(points: Array, middle: Array, axis: Array) -> Array:
    """Return the line round the points near a plane: tight, and convex."""
    one = unit(cross(axis, np.array([0.13, 0.31, 0.94])))
    other = cross(axis, one)
    off = points - middle
    away = np.abs(off @ axis)  # of legs that are apart, the plane meets neither
    flat = off[away < max(_SLICE, away.min() + _SLICE / 2)] @ np.array([one, other]).T
    ring = shapely.buffer(shapely.convex_hull(shapely.multipoints(flat)), _OUT).exterior
    steps = np.linspace(0, 1, 28, endpoint=False)
    line = shapely.get_coordinates(shapely.line_interpolate_point(ring, steps, normalized=True))
    found: Array = middle + line @ np.array([one, other])
    return found


def _under(place: str, body: PosedBody, hands: Array) -> Array:
    """Return the half of a line round a foot or a thigh that is away from the hands.

    It begins on the near side.
    """
    side: BodySide = "far" if place.startswith("far") else "near"
    leg, whole = body.bones.legs[side], _part("foot", side)
    if place.endswith("thigh"):
        whole = _part("upperleg", side)
        middle, axis = leg.root + (leg.knee - leg.root) * _ALONG["thigh"], leg.knee - leg.root
    else:
        middle, axis = leg.ankle + leg.foot[0] * _FOOT_AT, leg.foot[0]
        if place == "feet":
            other = body.bones.legs["far"]
            middle = (middle + other.ankle + other.foot[0] * _FOOT_AT) / 2
            whole = _part("foot", *SIDES)
    ring = _around(body.points[whole], middle, unit(axis))
    center = ring.mean(axis=0)
    away = (ring - center) @ unit(hands - center) < 0
    first = int(np.argmax(away & ~np.roll(away, 1)))
    half = np.roll(ring, -first, axis=0)[: int(away.sum())]
    found: Array = half if half[0, 2] >= half[-1, 2] else half[::-1]
    return found
