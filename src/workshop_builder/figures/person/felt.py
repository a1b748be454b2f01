"""Regions in which an exercise is felt: one clean hatched oval each, on what is seen of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.pose import BodySide
from workshop_builder.figures.body.vectors import Array, unit
from workshop_builder.figures.drawing.ellipses import ellipse_of
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.drawing.shapes import Shape, stroked
from workshop_builder.figures.mesh import smoothing
from workshop_builder.figures.mesh.arrays import Indices, Mask, snapped
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.person.regions import SPOTS, Spot
from workshop_builder.figures.pixels.inking import edges_of
from workshop_builder.figures.pixels.label_picture import SHARP, LabelPicture
from workshop_builder.figures.pixels.labels import (
    ARMS,
    EAR,
    FINGERS_OF,
    FIST_THUMB,
    GROUND,
    HAIR,
    HEAD,
    LEGS,
    LEGS_FAR,
    LEGS_OF,
    STRAP,
    TOES_OF,
    TOP,
    TRUNK,
)
from workshop_builder.figures.tracing.smooth_lines import resampled, smoothed
from workshop_builder.model.figure import Region

_HATCH_STEP, _HATCH_INSET, _HATCH_SHORTEST = 5.0, 0.5, 2.5
"""In units of the drawing, so that it is alike in all: from one line of the hatching to the next,
how far it stays from the patch's edge, and its least length."""
_REACHES = (1.0, 1.5, 2.2)
"""How near what is seen must be to a region: each is tried while too little is seen."""
_AROUND = (1.9, 3.2, 5.0)
"""How much further than what marks a region its oval may reach: the first that leaves room."""
_ENOUGH = 9.0
"""The area that must be seen, in squares of a per cent of body height."""
_SOFTNESS = 5.0
"""Of the bell that smooths the edge of what is seen, in pixels."""
_LEAST_HALF, _LEAST_UNITS, _MOST_HALF, _LONGEST = 2.3, 7.0, 9.0, 2.3
"""Half the width of an oval at least, also in units of the drawing, half its length at most, and
its length by its width."""
_WHOLE, _NECK = 0.93, 0.55
"""The share of its convex hull below which an oval is not whole, and half the width of the necks
that are then cut off, as a share of half its width."""
_SMALLER, _UNCUT, _NEARBY = (1.0, 0.85, 0.7, 0.55), 0.98, 0.8
"""The sizes of an oval that are tried beside what cuts it, the share of one that must be seen for
it to be whole, and how far aside one may lie, as a share of half its length."""
_INSET, _INSET_LEAST = 0.45, 0.3
"""How far within the body's edge the middle of an oval lies, as a share of half its width: where
there is room, and where there is little."""
_ROUNDING = (-0.5, 1.0, -0.5)
"""By how much an oval that was cut off shrinks and grows in turn, for round corners."""
_LEAST = 6.0
"""The area below which a patch is not drawn."""
_GRID = 1024
"""Parts of a per cent of body height to which points are rounded before areas are cut, and the
sizes of an oval, so that all machines cut alike."""
_TURNED_AWAY = -0.9
"""The cosine between a region and the reader below which it is not marked."""
_TOLERANCE = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What is seen of the surface around a region."""

    picture: LabelPicture
    pixels: Indices
    nearness: Array
    """How far off the region each pixel is."""

    def area(self, reach: float) -> BaseGeometry:
        """Return the largest patch that is so near to the region."""
        mask = np.zeros(self.picture.window.size, bool)
        mask[self.pixels[self.nearness < reach]] = True
        return _largest(_areas(self.picture, self.picture.grid(mask)))

    def marked(self) -> tuple[BaseGeometry, float]:
        """Return what shows a region, and how near that is; an empty area if it is hidden."""
        for reach in _REACHES:
            found = self.area(reach)
            if found.area > _ENOUGH:
                return found, reach
        return shapely.Polygon(), np.inf


def felt_shapes(name: Region, body: PosedBody, picture: LabelPicture, camera: Camera, *,
                mirrored: bool) -> list[Shape]:  # fmt: skip
    """Return the hatched oval of a region; nothing where it is turned away or hidden.

    `mirrored` says that the picture will be, so that all hatching leans the same way.
    """
    side: BodySide = "far" if name.startswith("far ") else "near"
    spot = SPOTS[name.removeprefix("far ")]
    if _turned_away(spot, body, side, camera):
        return []
    seen = _seen(spot, body, picture, side)
    marked, reach = seen.marked()
    if marked.is_empty:
        shadow = _shadow(spot, body, side, camera)
        marked = _largest(shapely.intersection(seen.area(reach), shadow))
    area = _oval(marked, seen, reach) if marked.area > _ENOUGH else shapely.Polygon()
    if area.area < _LEAST:
        return []
    return _hatched(area, SHARP / picture.density, -1.0 if mirrored else 1.0)


def _own(spot: Spot, body: PosedBody, side: BodySide) -> Indices:
    """Return the vertices of a region."""
    found: Indices = np.nonzero(spot.nearness(body.bones.rest, side, body.bones.rest.points.T) < 1)[
        0
    ]
    return found


def _turned_away(spot: Spot, body: PosedBody, side: BodySide, camera: Camera) -> bool:
    out = unit(smoothing.normals(body.points)[_own(spot, body, side)].mean(axis=0))
    return float(out @ camera.toward) < _TURNED_AWAY


def _shadow(spot: Spot, body: PosedBody, side: BodySide, camera: Camera) -> BaseGeometry:
    """Return where a region would be seen if nothing hid it."""
    flat = snapped(camera.project(body.points[_own(spot, body, side)]), _GRID)
    return shapely.convex_hull(shapely.multipoints(flat))


def _seen(spot: Spot, body: PosedBody, picture: LabelPicture, side: BodySide) -> _Seen:
    able = np.nonzero(_shown_on(spot, picture, side))[0]
    nearness = spot.nearness(body.bones.rest, side, picture.rest[:, able].astype(float))
    if "hand" in spot.parts:
        # A fist is a solid of its own, without places at rest.
        nearness[_is_hand(picture, side)[able]] = 0.5
    return _Seen(picture, able, nearness)


def _shown_on(spot: Spot, picture: LabelPicture, side: BodySide) -> Mask:
    part, colour = picture.part, picture.colour
    allowed = np.zeros(picture.window.size, bool)
    if "trunk" in spot.parts:
        allowed |= part == TRUNK
    if "head" in spot.parts:
        allowed |= (part == HEAD) | (part == EAR)
    if "leg" in spot.parts:
        allowed |= part == LEGS_OF[side]
    if "foot" in spot.parts:
        allowed |= (part >= TOES_OF[side]) & (part < TOES_OF[side] + 5)
    if "arm" in spot.parts:
        allowed |= part == ARMS[side]
    if "hand" in spot.parts:
        allowed |= _is_hand(picture, side)
    trousers = (colour == LEGS) | (colour == LEGS_FAR)
    if spot.parts == {"trunk", "arm"}:
        allowed &= ~trousers
    if spot.parts == {"trunk", "leg"}:
        allowed &= colour != TOP
    allowed &= (colour != HAIR) & (colour != STRAP) & (colour != GROUND)
    return allowed


def _is_hand(picture: LabelPicture, side: BodySide) -> Mask:
    first = FINGERS_OF[side]
    found: Mask = (picture.part > first) & (picture.part <= first + FIST_THUMB)
    return found


def _areas(picture: LabelPicture, mask: Mask) -> BaseGeometry:
    """Return a mask as areas in the plane of the drawing."""
    whole = shapely.Polygon()
    edges = (snapped(ring, _GRID) for ring in edges_of(picture, mask, 6.0, _SOFTNESS))
    rings = [shapely.buffer(shapely.Polygon(ring), 0) for ring in edges]
    for ring in sorted(rings, key=lambda each: -float(each.area)):
        whole = shapely.symmetric_difference(whole, ring)
    return whole


def _largest(areas: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(areas) if isinstance(part, shapely.Polygon)]
    return max(parts, key=lambda part: float(part.area), default=shapely.Polygon())


def _oval(marked: BaseGeometry, seen: _Seen, reach: float) -> BaseGeometry:
    """Return an oval that lies as a marked area does, cut off where the body ends."""
    least = max(_LEAST_HALF, _LEAST_UNITS * SHARP / seen.picture.density)
    middle, turn, half_long, half_wide = _fitted(marked, least)
    middle, around = _with_room(middle, half_wide, marked, seen, reach)
    area = shapely.intersection(_ellipse(middle, turn, half_long, half_wide), around)
    if area.area < _WHOLE * shapely.convex_hull(area).area:
        smaller = _smaller(middle, turn, (half_long, half_wide), least, around)
        if smaller:
            return smaller
        # A hand before it cuts it: what is left on one side of that is drawn.
        broad = _largest(shapely.buffer(area, -half_wide * _NECK))
        broad = shapely.buffer(broad, half_wide * _NECK)
        area = broad if broad.area > area.area / 2 else area
    for by in _ROUNDING:
        area = shapely.buffer(area, by)
    return shapely.Polygon(_largest(area).exterior)


def _ellipse(middle: Array, turn: float, half_long: float, half_wide: float) -> shapely.Polygon:
    angles = np.linspace(0, 2 * np.pi, 49)
    ring = np.stack([np.cos(angles) * half_long, np.sin(angles) * half_wide], axis=1)
    axes = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    return shapely.Polygon(snapped(ring @ axes + middle, _GRID))


def _smaller(
    middle: Array, turn: float, halves: tuple[float, float], least: float, around: BaseGeometry
) -> shapely.Polygon | None:
    """Return an oval that is whole beside what cuts the full one; None where there is no room."""
    for share in _SMALLER:
        half_wide = max(halves[1] * share, least)
        half_long = max(halves[0] * share, half_wide)
        room = shapely.buffer(around, -half_wide)
        if room.is_empty:
            continue
        at = np.asarray(shapely.shortest_line(room, shapely.Point(middle)).coords)[0]
        if np.linalg.norm(at - middle) > halves[0] * _NEARBY:
            continue
        oval = _ellipse(at, turn, half_long, half_wide)
        if shapely.intersection(oval, around).area > _UNCUT * oval.area:
            return oval
    return None


def _with_room(
    middle: Array, half_wide: float, marked: BaseGeometry, seen: _Seen, reach: float
) -> tuple[Array, BaseGeometry]:
    """Return the middle of an oval, well within the surface around it, and that surface."""
    within = around = marked
    for wider in _AROUND:
        around = shapely.union(seen.area(reach * wider), marked)
        within = shapely.buffer(around, -half_wide * _INSET)
        if not within.is_empty:
            break
    else:
        within = shapely.buffer(around, -half_wide * _INSET_LEAST)
    if within.is_empty:
        return middle, around
    line = shapely.shortest_line(within, shapely.Point(middle))
    return np.asarray(line.coords)[0], around


def _fitted(area: shapely.Polygon, least: float) -> tuple[Array, float, float, float]:
    """Return the ellipse of an area: middle, turn, half its length and half its width."""
    middle, turn, long, wide = ellipse_of(np.asarray(area.exterior.coords))
    half_wide = max(least, wide)
    half_long = min(long, _MOST_HALF, half_wide * _LONGEST)
    sizes = np.array([*middle, turn, max(half_long, half_wide), half_wide])
    x, y, turn, half_long, half_wide = snapped(sizes, _GRID).tolist()
    return np.array([x, y]), turn, half_long, half_wide


def _hatched(area: BaseGeometry, unit: float, lean: float) -> list[Shape]:
    """Return an area hatched and outlined, so that it shows on grey paper too.

    `unit` is one of the drawing; the hatching leans to the right for a `lean` of 1, left for -1.
    """
    low_x, low_y, high_x, high_y = area.bounds
    middle, reach = (low_x + high_x) / 2, (high_x - low_x + high_y - low_y) / 2
    step = _HATCH_STEP * unit * math.sqrt(2)
    starts = middle + step * np.arange(-int(reach / step), int(reach / step) + 1)
    low, high = (low_y + high_y) / 2 - reach, (low_y + high_y) / 2 + reach
    lines = shapely.multilinestrings(
        [[(x - reach * lean, low), (x + reach * lean, high)] for x in starts]
    )
    inside = shapely.intersection(lines, shapely.buffer(area, -_HATCH_INSET * unit))
    strokes = [
        np.asarray(line.coords)
        for line in shapely.get_parts(inside)
        if line.length > _HATCH_SHORTEST * unit
    ]
    ring = np.asarray(area.exterior.coords)
    even = resampled(ring, max(24, int(area.exterior.length / 0.27)))
    edge = smoothed(even, 3.0, closed=True)
    patch = Shape((edge,), "felt", "felt_line", 0.83, tolerance=_TOLERANCE)
    return [patch, *stroked(strokes, 0.75, "felt_line")]
