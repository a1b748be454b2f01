"""Arrows: what moves, and where to; each clear of the body, as close to what moves as can be.

Lengths are per cent of body height, fitted by eye to a picture 53 mm wide.
"""

from __future__ import annotations

import math

import numpy as np
import shapely

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.arcs import Arc, around, straight, through
from workshop_builder.figures.drawing.projection import rings
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.movement.directions import DEGREES
from workshop_builder.figures.scene.clearance import (
    POINT_LENGTH,
    POINT_WIDTH,
    SHAFT_HALF_WIDTH,
    Ground,
    are_clear,
    in_the_way,
    leave_body,
    push_body,
    tips_of,
)
from workshop_builder.model.figure import Arrow

_EDGE = 0.55
"""The width of the edge that sets an arrow off from what is below it, as a share of an outline."""
_SHAFT = 11.0
"""Of a plain shaft."""
_SHORTEST_ROLL = 8.0
"""Of the shaft of an arrow round a part that turns on the spot."""
_SHORTEST, _LONGEST = 6.0, 30.0
"""Of the shaft of an arrow that is as long as the way of what moves, and where little room is."""
_LEAST = 0.55
"""Of the longest that fits, at least."""
_LENGTHS = 4
"""How many lengths are tried."""
_ROLL_RADIUS = 12.5
"""The radius of the arc round a part that turns on the spot, at least."""
_TURNED, _TURNED_ON = 5.0, 16.0
"""Degrees aside that are as bad as one per cent further away: beside the part, and on it."""
_TOO_WIDE = 1.8
"""How much worse it is to be wider, for each per cent: it looks like a way, and not a roll."""
_ON_PART = (6.0, 5.0, 4.0)
"""The radii of one that is drawn on the part itself, where there is no room round it."""
_ROLL_PLACES: list[tuple[int, float]] = [
    (turned, wider) for turned in range(-48, 49, 8) for wider in range(0, 13, 2)
]
_ROLL_PLACES += [(turned, on - _ROLL_RADIUS) for on in _ON_PART for turned in range(-96, 97, 8)]
"""By how many degrees such an arc is drawn aside of where it is told, and how much wider."""
_FULL, _MOST_LARGER = 3.9, 1.5
"""Units for one per cent of body height from which arrows have their size, and how much larger
they become in a smaller picture."""
LARGEST_WHOLE = 5.2
"""Units for one per cent of body height in a picture of a whole body, at most, so that people look
alike in size; in a larger one, which is a close-up, arrows do not become larger."""
_ASIDE, _ALONG, _GRID = 21.0, 27.0, 1.5
"""How far aside and along its way a place for an arrow is looked for, and in what steps."""
_MOST_BENT = 2.2
"""Radians by which an arrow is bent at most."""
_PREFERS_LONG = 0.9
"""How much further away an arrow may be to be longer, for each length."""
_ON_ITS_LINE, _PREFERS_AHEAD = 1.0, 0.3
"""How much further away an arrow may be to lie on the way itself, for each step aside."""
_TURNS_AWAY = 8.0
"""How much further away it may be to point as the way does, for each radian."""
_ON_BODY, _OVER_BODY = -8.0, 60.0
"""Likewise to lie clear of the part that turns, or of the rest of the body."""
_LEAVES_BODY, _PUSHES = 26.0, 24.0
"""Likewise to begin beside the body and not on it, and not to point at it from so close."""
_FINENESS = 0.25
_TRIED_TOGETHER = 96
"""How many places are tried in one go, for speed."""


def arrow_shapes(arrow: Arrow, ground: Ground, path: Array | None, *, arrives: bool) -> list[Shape]:
    """Return an arrow beside what moves.

    `path` has three points of the way that it moves, in the plane of the picture; None where the
    arrow says its own. `arrives` says that the body is at its end.
    """
    least = min(LARGEST_WHOLE / ground.scale, 1.0)
    size = min(max(_FULL / ground.scale, least), _MOST_LARGER)
    if arrow.around and arrow.around == arrow.at:
        return _drawn(_roll(arrow, ground, size), size, ground, both_ways=arrow.both_ways)
    if path is None:
        way, length = _told_way(arrow, ground, size)
        anchor, at = (way.at(0), 1.0 if arrow.behind else 0.0)
    else:
        way = through(path)
        length = min(max(way.length - POINT_LENGTH * size, _SHORTEST * size), _LONGEST * size)
        anchor, at = (way.at(way.length), 1.0) if arrives else (way.at(0), 0.0)
        if not ground.beside.is_empty:
            anchor, at = way.at(way.length / 2), 0.5
    if arrow.both_ways:
        at = 0.5
    line = _placed(way, length, anchor, at, ground, size, both_ways=arrow.both_ways)
    return _drawn(line, size, ground, both_ways=arrow.both_ways)


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
    way: Arc,
    length: float,
    anchor: Array,
    at: float,
    ground: Ground,
    size: float,
    *,
    both_ways: bool,
) -> Array:
    """Return the line of a shaft along a way, clear of the body and close to a point.

    `at` says which part of the arrow is to be close: 0 its start, 1 its point.
    """
    area = shapely.simplify(ground.area, _FINENESS)
    shapely.prepare([area, ground.props, ground.beside])
    best: tuple[float, Array] | None = None
    places = _places(way, length, anchor, at, size)
    for first in range(0, len(places), _TRIED_TOGETHER):
        tried = places[first : first + _TRIED_TOGETHER]
        if best and tried[0, 0] >= best[0]:
            break
        lines = way.lines(tried[:, 1:])
        tips = tips_of(lines, size)
        clear = are_clear(lines, tips, area, size)
        if both_ways:
            back = lines[:, ::-1]
            clear &= are_clear(back, tips_of(back, size), area, size)
        worse = np.where(clear, 0.0, _LEAVES_BODY)
        if at == 0:
            worse += _PUSHES * push_body(lines, tips, area)
            clear |= leave_body(lines, tips, area)
        whole = np.concatenate([lines, tips[:, None]], axis=1)[clear]
        bad = np.round(tried[clear, 0] + worse[clear] + in_the_way(whole, ground, size), 4)
        if len(bad) and (best is None or bad.min() < best[0]):
            best = float(bad.min()), lines[clear][bad.argmin()]
    return best[1] if best else way.line(*places[0, 1:].tolist())


def _places(way: Arc, longest: float, anchor: Array, at: float, size: float) -> Array:
    """Return where a shaft could be, the nearest place first.

    Each is a row: how far off it is, its start along the way, its length, how far aside it is.
    """
    point, shortest = POINT_LENGTH * size, min(max(_SHORTEST * size, longest * _LEAST), longest)
    lengths = np.linspace(longest, shortest, _LENGTHS)
    steps = np.arange(-_ASIDE, _ASIDE + 0.1, _GRID), np.arange(-_ALONG, _ALONG + 0.1, _GRID)
    length, aside, along = (each.ravel() for each in np.meshgrid(lengths, *steps, indexing="ij"))
    start = way.along(anchor) + along - at * (length + point)
    radius = way.radius + aside
    # The start, the middle or the end of a shaft, from the middle of the stretch.
    angle = way.first + way.turn * (
        (start + length / 2) / way.radius + (at - 0.5) * length / np.maximum(radius, 1.0)
    )
    out = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    ahead = np.stack([-out[:, 1], out[:, 0]], axis=1) * (way.turn * point * (at == 1))
    near = way.center + out * radius[:, None] + ahead
    away = np.sqrt(((near - anchor) ** 2).sum(axis=1))
    away += np.abs(aside) * (_ON_ITS_LINE if way.is_straight else _PREFERS_AHEAD)
    away += np.abs(start + (length - way.length) / 2) / way.radius * _TURNS_AWAY
    away = np.round(away + (longest - length) * _PREFERS_LONG, 4)
    order = np.lexsort((along, np.abs(aside), away))
    able = order[radius[order] >= length[order] / _MOST_BENT]
    found: Array = np.stack([away, start, length, aside], axis=1)[able]
    return found


def _roll(arrow: Arrow, ground: Ground, size: float) -> Array:
    """Return an arc round a part that turns on the spot, clear of body and things if it can be."""
    pivot, told = ground.spot(arrow.at), DEGREES[arrow.toward or "up"]
    sweep = math.radians(arrow.by)
    turned, wider = np.array(_ROLL_PLACES).T
    found = []
    for angle, radius in zip(np.radians(told + turned), _ROLL_RADIUS + wider, strict=True):
        middle = pivot + np.array([math.cos(angle), math.sin(angle)]) * radius
        least = math.copysign(_SHORTEST_ROLL * size / radius, sweep)
        arc = around(pivot, middle, max(sweep, least, key=abs))
        found.append(arc.line(-arc.length / 2, arc.length))
    lines = np.array(found)
    tips = tips_of(lines, size)
    bad = np.abs(turned) / np.where(wider < 0, _TURNED_ON, _TURNED)
    bad += np.abs(wider) * np.where(wider < 0, 1.0, _TOO_WIDE)
    bad += in_the_way(np.concatenate([lines, tips[:, None]], axis=1), ground, size)
    hides = ~are_clear(lines, tips, ground.area, size)
    bad[hides] += np.where(wider < 0, _ON_BODY, _OVER_BODY)[hides]
    best: Array = lines[np.round(bad, 4).argmin()]
    return best


def _ahead(line: Array) -> Array:
    """Return the direction in which a line ends."""
    way: Array = line[-1] - line[-2]
    return way / float(np.linalg.norm(way))


def _drawn(line: Array, size: float, ground: Ground, *, both_ways: bool) -> list[Shape]:
    """Return an arrow along a line, with a point at its end or at both, on paper if on nothing."""
    points = [_point(line, size)] + ([_point(line[::-1], size)] if both_ways else [])
    shaft = shapely.buffer(shapely.LineString(line), SHAFT_HALF_WIDTH * size, quad_segs=4)
    whole = shapely.union_all([shaft, *(shapely.Polygon(point) for point in points)])
    below = (ground.area, ground.beside, ground.props)
    if any(shapely.intersects(whole, each) for each in below):
        return [Shape(tuple(rings(whole)), "arrow", "paper", _EDGE)]
    return [Shape(tuple(rings(whole)), "arrow", "none")]


def _point(line: Array, size: float) -> Array:
    """Return the point of an arrow at the end of a line."""
    end, way = line[-1], _ahead(line)
    aside = np.array([-way[1], way[0]]) * (POINT_WIDTH * size / 2)
    return np.array([end + way * (POINT_LENGTH * size), end + aside, end - aside])
