"""Marks on a figure: where it moves, where the movement began, which picture it is.

Lengths are per cent of body height, fitted by eye to a picture 53 mm wide.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.placement import PlacedBody
from workshop_builder.figures.body.pose import BodySide
from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera, rings
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.model.figure import Arrow

_SHAFT, _SHAFT_HALF_WIDTH, _POINT_LENGTH, _POINT_WIDTH = 11.0, 1.15, 4.6, 6.4
"""The sizes of an arrow: its shaft and its point."""
_CLEARANCE = 2.4
"""Between the body and an arrow."""
_PUSH_GAP, _ARC_LEAD = 1.0, 3.0
"""How much further away a pushing arrow is, and how far ahead of what moves an arc begins."""
_OTHER_LIMB = 6.0
"""The gap along the line of an arrow beyond which another limb begins, which it may cross."""
_ROLL_RADIUS = 12.5
"""The radius of the arc round a part that turns on the spot."""
_RAY = 120.0
"""Longer than any body."""
_TOWARD = {
    "right": 0, "up right": 45, "up": 90, "up left": 135, "left": 180, "down left": 225,
    "down": 270, "down right": 315,
}  # fmt: skip
"""The direction of each `toward`, in degrees."""
_SPINE_PLACES = {"hips": 0.05, "waist": 0.42, "chest": 0.78}
"""Where on the spine the middle of each part of the trunk is: 0 at the hips, 1 at the neck."""
_FOOT_MIDDLE, _HAND_MIDDLE = 4.0, 5.0
"""From ankle or wrist to the middle of the foot or hand."""


def arrow_shapes(arrow: Arrow, body: PlacedBody, area: BaseGeometry, camera: Camera) -> list[Shape]:
    """Return an arrow beside what moves, clear of the `area` of the body."""
    spot = camera.project(_center(arrow.at, body.skeleton))
    angle = math.radians(_TOWARD[arrow.toward or "up"])
    way = np.array([math.cos(angle), math.sin(angle)])
    if arrow.around:
        pivot = camera.project(_center(arrow.around, body.skeleton))
        # On the spot, or about a point that the view has in the same place, there is no way out.
        line = (
            _arc(pivot, _ROLL_RADIUS, angle, math.radians(arrow.by))
            if np.allclose(spot, pivot)
            else _arc_outside(spot, pivot, arrow, area)
        )
        return _drawn(line, both_ways=arrow.both_ways)
    start = _clear_point(spot, -way if arrow.behind else way, area)
    if arrow.behind:
        start = start - way * (_SHAFT + _POINT_LENGTH + _PUSH_GAP)
    return _drawn(np.array([start, start + way * _SHAFT]), both_ways=arrow.both_ways)


def _center(place: str, skeleton: Skeleton) -> Array:
    """Return the middle of a part of the body."""
    first, _, part = place.partition(" ")
    if part:
        side: BodySide = "near" if first == "near" else "far"
        leg, arm = skeleton.legs[side], skeleton.arms[side]
        centers: dict[str, Array] = {
            "knee": leg.middle,
            "foot": leg.end + leg.tip[0] * _FOOT_MIDDLE,
            "hand": arm.end - arm.tip[1] * _HAND_MIDDLE,
            "hip": leg.root,
        }
        return centers[part]
    return skeleton.head if place == "head" else skeleton.spine_point(_SPINE_PLACES[place])[0]


def _clear_point(spot: Array, way: Array, area: BaseGeometry) -> Array:
    """Return the first point from `spot` along `way` that is clear of the body from there on."""
    ray = shapely.LineString([spot, spot + way * _RAY])
    inside = shapely.intersection(ray, area)
    distance = 0.0
    for part in shapely.get_parts(inside) if not inside.is_empty else ():
        if float(shapely.distance(shapely.Point(spot), part)) <= distance + _OTHER_LIMB:
            ends = np.asarray(part.coords)
            distance = max(distance, float(np.linalg.norm(ends - spot, axis=1).max()))
    clear: Array = spot + way * (distance + _CLEARANCE)
    return clear


def _arc_outside(spot: Array, pivot: Array, arrow: Arrow, area: BaseGeometry) -> Array:
    """Return an arc about `pivot`, outside of what moves."""
    out = spot - pivot
    way = out / max(float(np.linalg.norm(out)), 1e-6)
    radius = float(np.linalg.norm(_clear_point(spot, way, area) - pivot))
    sweep = math.radians(arrow.by)
    middle = math.atan2(way[1], way[0])
    if not arrow.both_ways:
        gap = -_ARC_LEAD - _POINT_LENGTH if arrow.behind else _ARC_LEAD
        half = -sweep / 2 if arrow.behind else sweep / 2
        middle += half + math.copysign(1, sweep) * gap / radius
    return _arc(pivot, radius, middle, sweep)


def _arc(pivot: Array, radius: float, middle: float, sweep: float) -> Array:
    """Return an arc about `pivot` whose middle lies in a direction; angles are in radians."""
    angles = np.linspace(middle - sweep / 2, middle + sweep / 2, 12)
    line: Array = pivot + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return line


def _drawn(line: Array, *, both_ways: bool) -> list[Shape]:
    """Return an arrow along a line, with a point at its end or at both."""
    points = [_point(line)] + ([_point(line[::-1])] if both_ways else [])
    shaft = shapely.buffer(shapely.LineString(line), _SHAFT_HALF_WIDTH, quad_segs=4)
    whole = shapely.union_all([shaft, *(shapely.Polygon(point) for point in points)])
    return [Shape(tuple(rings(whole)), "arrow", "paper", 0.9)]


def _point(line: Array) -> Array:
    """Return the point of an arrow at the end of a line."""
    end, way = line[-1], line[-1] - line[-2]
    way = way / np.linalg.norm(way)
    aside = np.array([-way[1], way[0]])
    tip = end + way * _POINT_LENGTH
    return np.array([tip, end + aside * _POINT_WIDTH / 2, end - aside * _POINT_WIDTH / 2])


_DIGITS = {
    1: [(-0.7, 1.0), (0.2, 1.7), (0.2, -1.7)],
    2: [(-1.0, 0.8), (-0.6, 1.5), (0.3, 1.7), (1.0, 1.1), (0.7, 0.1), (-1.1, -1.7), (1.1, -1.7)],
}
"""The strokes of a number, seen from its middle."""
_DISC_RADIUS = 3.9


def numbered_disc(number: int, center: Array) -> list[Shape]:
    """Return the number of a picture, 1 or 2, in a disc."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    disc = center + _DISC_RADIUS * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    digit = center + np.array(_DIGITS[number])
    return [
        Shape((disc,), "arrow", "none"),
        Shape((digit,), stroke="paper", width=1.3, closed=False),
    ]
