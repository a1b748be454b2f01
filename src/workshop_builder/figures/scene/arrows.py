"""Arrows: what moves, and where to; each clear of the body, as close to what moves as can be.

Lengths are per cent of body height, fitted by eye to a picture 53 mm wide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera, rings
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.movement.directions import DEGREES
from workshop_builder.figures.movement.paths import center
from workshop_builder.figures.scene.arcs import Arc, around, straight, through
from workshop_builder.model.figure import Arrow

_SHAFT, _SHAFT_HALF_WIDTH, _POINT_LENGTH, _POINT_WIDTH = 11.0, 1.15, 4.6, 6.4
"""The sizes of an arrow: its shaft and its point."""
_LONGEST = 22.0
"""Of the shaft of an arrow whose way follows from start and end."""
_CLEARANCE = 2.0
"""Between the body and an arrow."""
_ROLL_RADIUS = 12.5
"""The radius of the arc round a part that turns on the spot, at least."""
_FULL, _MOST_LARGER = 3.9, 1.5
"""Units for one per cent of body height from which arrows have their size, and how much larger
they become in a smaller picture."""
_WHOLE_BODY = 4.6
"""The units from which a picture is a close-up, in which arrows do not become larger with it."""
_ASIDE, _ALONG, _GRID = 21.0, 27.0, 1.5
"""How far aside and along its way a place for an arrow is looked for, and in what steps."""
_PREFERS_AHEAD = 0.3
"""How much further away an arrow may be to lie on the way itself, for each step aside."""
_OVER_GHOST, _OVER_PROPS, _BELOW_FLOOR = 14.0, 7.0, 30.0
"""How much further away it may be to lie clear of the other position, of things, of the floor."""
_FINENESS = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What is around an arrow."""

    skeleton: Skeleton
    camera: Camera
    area: BaseGeometry
    """What the body covers."""
    beside: BaseGeometry
    """What the other position of the body covers."""
    props: BaseGeometry
    """What things around the body cover."""
    scale: float
    """Units of the drawing for one per cent of body height."""

    def spot(self, place: str) -> Array:
        """Return where a part of the body is in the picture."""
        return self.camera.project(center(place, self.skeleton))


def arrow_shapes(arrow: Arrow, ground: Ground, path: Array | None, *, arrives: bool) -> list[Shape]:
    """Return an arrow beside what moves.

    `path` has three points of the way that it moves, in the plane of the picture, which counts
    where the arrow names none; `arrives` says that the body is at its end.
    """
    least = min(_WHOLE_BODY / ground.scale, 1.0)
    size = min(max(_FULL / ground.scale, least), _MOST_LARGER)
    if arrow.around and arrow.around == arrow.at:
        return _drawn(_roll(arrow, ground), size, both_ways=arrow.both_ways)
    if arrow.toward or arrow.around or path is None:
        way, length = _told_way(arrow, ground, size)
        anchor, at = (way.at(0), 1.0 if arrow.behind else 0.0)
    else:
        way = through(path)
        length = min(max(way.length, _SHAFT * size), _LONGEST * size)
        anchor, at = (way.at(way.length), 1.0) if arrives else (way.at(0), 0.0)
        if not ground.beside.is_empty:
            anchor, at = way.at(way.length / 2), 0.5
    if arrow.both_ways:
        at = 0.5
    line = _placed(way, length, anchor, at, ground, size)
    return _drawn(line, size, both_ways=arrow.both_ways)


def _told_way(arrow: Arrow, ground: Ground, size: float) -> tuple[Arc, float]:
    """Return the way that an arrow names, from what moves, and the length of its shaft."""
    spot = ground.spot(arrow.at)
    if arrow.around:
        way = around(ground.spot(arrow.around), spot, math.radians(arrow.by))
        return way, max(way.length, _SHAFT * size)
    angle = math.radians(DEGREES[arrow.toward or "up"])
    direction = np.array([math.cos(angle), math.sin(angle)])
    return straight(spot, direction, 0.0), _SHAFT * size


def _placed(
    way: Arc, length: float, anchor: Array, at: float, ground: Ground, size: float
) -> Array:
    """Return the line of a shaft along a way, clear of the body and close to a point.

    `at` says which part of the arrow is to be close: 0 its start, 1 its point.
    """
    area = shapely.simplify(ground.area, _FINENESS)
    shapely.prepare(area)
    point = _POINT_LENGTH * size
    clear = _CLEARANCE + _POINT_WIDTH * size / 2
    places = sorted(_places(way, length, anchor, at, ground, point), key=lambda each: each[:3])
    for *_, line, whole in places:
        shaft, tip = shapely.LineString(line), shapely.Point(whole[-1])
        touches = shapely.dwithin(area, shaft, _CLEARANCE + _SHAFT_HALF_WIDTH * size)
        if not touches and not shapely.dwithin(area, tip, clear - point / 2):
            return line
    return places[0][3]


def _places(
    way: Arc, length: float, anchor: Array, at: float, ground: Ground, point: float
) -> Iterator[tuple[float, float, float, Array, Array]]:
    """Yield where a shaft could be: how bad it is there, how far aside and along, its line."""
    for aside in np.arange(-_ASIDE, _ASIDE + 0.1, _GRID).tolist():
        if way.radius + aside < length / 2.2:
            continue
        for along in np.arange(-_ALONG, _ALONG + 0.1, _GRID).tolist():
            start = along - at * (length + point)
            line = way.line(_from(way, anchor) + start, length, aside)
            end = line[-1] + (line[-1] - line[-2]) / np.linalg.norm(line[-1] - line[-2]) * point
            whole = np.vstack([line, end])
            near = _at(whole, at)
            away = float(np.linalg.norm(near - anchor)) + abs(aside) * _PREFERS_AHEAD
            drawn = shapely.LineString(whole)
            away += _OVER_GHOST * bool(shapely.intersects(ground.beside, drawn))
            away += _OVER_PROPS * bool(shapely.intersects(ground.props, drawn))
            if ground.camera.from_side and whole[:, 1].min() < _CLEARANCE:
                away += _BELOW_FLOOR
            yield round(away, 4), abs(aside), along, line, whole


def _from(way: Arc, anchor: Array) -> float:
    """Return how far along a way a point of it is."""
    out = anchor - way.center
    turned = math.atan2(out[1], out[0]) - way.first
    turned = (turned + math.pi) % (2 * math.pi) - math.pi
    return way.turn * turned * way.radius


def _at(line: Array, share: float) -> Array:
    """Return the point at a share of a line: its start, its middle or its end."""
    if share == 0.5:
        return np.asarray((line[len(line) // 2] + line[(len(line) - 1) // 2]) / 2)
    return np.asarray(line[-1] if share else line[0])


def _roll(arrow: Arrow, ground: Ground) -> Array:
    """Return an arc round a part that turns on the spot, clear of the body where that can be."""
    pivot, angle = ground.spot(arrow.at), math.radians(DEGREES[arrow.toward or "up"])
    sweep = math.radians(arrow.by)
    middle = np.array([math.cos(angle), math.sin(angle)])
    lines = []
    for radius in np.arange(_ROLL_RADIUS, 2 * _ROLL_RADIUS, 1.0).tolist():
        arc = around(pivot, pivot + middle * radius, sweep)
        lines.append(arc.line(-arc.length / 2, arc.length))
        if not shapely.dwithin(ground.area, shapely.LineString(lines[-1]), _CLEARANCE):
            return lines[-1]
    return lines[0]


def _drawn(line: Array, size: float, *, both_ways: bool) -> list[Shape]:
    """Return an arrow along a line, with a point at its end or at both."""
    points = [_point(line, size)] + ([_point(line[::-1], size)] if both_ways else [])
    shaft = shapely.buffer(shapely.LineString(line), _SHAFT_HALF_WIDTH * size, quad_segs=4)
    whole = shapely.union_all([shaft, *(shapely.Polygon(point) for point in points)])
    return [Shape(tuple(rings(whole)), "arrow", "paper", 0.9)]


def _point(line: Array, size: float) -> Array:
    """Return the point of an arrow at the end of a line."""
    end, way = line[-1], line[-1] - line[-2]
    way = way / np.linalg.norm(way)
    aside = np.array([-way[1], way[0]]) * (_POINT_WIDTH * size / 2)
    return np.array([end + way * (_POINT_LENGTH * size), end + aside, end - aside])
