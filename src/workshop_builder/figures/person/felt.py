"""Regions in which an exercise is felt: hatched patches on the body.

A region is a soft ball around a muscle of the resting body, in per cent of body height, by eye;
what of it is seen is one clean patch.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.pose import OUTWARD, BodySide
from workshop_builder.figures.body.vectors import Array, unit
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.drawing.shapes import Shape, stroked
from workshop_builder.figures.mesh import smoothing
from workshop_builder.figures.mesh.arrays import Indices, Mask
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.mesh.rest_body import RestBody, rest_body
from workshop_builder.figures.pixels.inking import edges_of
from workshop_builder.figures.pixels.label_picture import SHARP, LabelPicture
from workshop_builder.figures.pixels.labels import (
    ARMS,
    GROUND,
    HAIR,
    LEGS,
    LEGS_FAR,
    LEGS_OF,
    STRAP,
    TRUNK,
)
from workshop_builder.figures.tracing.outlines import within
from workshop_builder.figures.tracing.smooth_lines import resampled, smoothed
from workshop_builder.model.figure import Region

_HATCH_STEP, _HATCH_INSET, _HATCH_SHORTEST = 1.55, 0.12, 0.7
"""From one line of the hatching to the next, how far it stays from the patch's edge, and its least
length."""
_GROWTH = (1.0, 1.25, 1.5, 1.8)
"""How much larger a region becomes, step by step, while too little of it is seen."""
_ENOUGH = 240.0 * SHARP**2
_SOFTNESS, _ROUNDING = 5.0, (-0.36, 0.68, -0.32)
"""Of a patch's edge: of its bell in pixels, and by how much it shrinks and grows in turn."""
_LEAST = 3.2
"""The area below which a patch is not drawn."""
_SECOND = 0.4
"""The share of the largest patch from which another one of the region is drawn too."""
_MIDLINE = -0.6
"""How far across the middle of the body a region of one side goes."""
_TOLERANCE = 0.25
_FITTED_TO = "medium-f"
_TURNED_AWAY = -0.85
"""The cosine between a region and the reader below which it is not marked."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a region is on the resting body."""

    start: str
    """The joint from which it is counted; empty for the middle between the hips."""
    end: str
    along: float
    """How far it is from `start` to another joint."""
    off: tuple[float, float, float]
    """Forward, up and outward from there."""
    radii: tuple[float, float, float]
    parts: frozenset[str]
    """Where it shows: on trunk, leg or arm."""
    one_sided: bool = True


_Triple: TypeAlias = tuple[float, float, float]


def _spot(
    parts: str, off: _Triple, radii: _Triple, start: str = "", end: str = "", along: float = 0,
    *, both: bool = False,
) -> _Spot:  # fmt: skip
    return _Spot(start, end, along, off, radii, frozenset(parts.split()), one_sided=not both)


_HIP, _KNEE, _ANKLE, _SHOULDER, _NECK = "upperleg01", "lowerleg01", "foot", "upperarm01", "neck01"
_SPOTS: Mapping[str, _Spot] = {
    "buttock": _spot("trunk leg", (-7.0, -1.0, 2.0), (7.2, 8.2, 9.0), _HIP),
    "outer hip": _spot("trunk leg", (-0.5, 1.0, 4.5), (7.0, 7.0, 6.0), _HIP),
    "front hip": _spot("trunk leg", (5.5, -3.5, 1.5), (4.6, 8.5, 7.0), _HIP),
    "back thigh": _spot("trunk leg", (-5.2, 0, 0), (6.4, 10.0, 12.0), _HIP, _KNEE, 0.52),
    "front thigh": _spot("trunk leg", (5.2, 0, 0), (6.0, 9.5, 11.0), _HIP, _KNEE, 0.45),
    "inner thigh": _spot("trunk leg", (0, 0, -4.0), (5.0, 9.0, 4.0), _HIP, _KNEE, 0.4),
    "calf": _spot("leg", (-4.2, 0, 0), (4.6, 8.0, 6.0), _KNEE, _ANKLE, 0.32),
    "low back": _spot("trunk", (-7.5, 10.0, 0), (7.0, 6.4, 11.0), both=True),
    "upper back": _spot("trunk", (-8.5, -7.0, 0), (6.5, 6.5, 10.0), _NECK, both=True),
    "chest": _spot("trunk", (6.5, -7.5, 0), (6.5, 5.0, 10.0), _NECK, both=True),
    "abdomen": _spot("trunk", (8.5, 7.5, 0), (7.0, 7.0, 9.0), both=True),
    "waist": _spot("trunk", (0.5, 13.0, 8.0), (8.0, 6.0, 5.6)),
    "neck": _spot("trunk", (-0.5, 2.6, 4.2), (4.2, 4.8, 5.0), _NECK),
    "shoulder": _spot("trunk arm", (0, 0.4, 2.2), (6.0, 5.6, 5.6), _SHOULDER),
}  # fmt: skip


def felt_shapes(
    name: Region, body: PosedBody, picture: LabelPicture, camera: Camera
) -> list[Shape]:
    """Return the hatched patch of a region; nothing where it is turned away."""
    side: BodySide = "far" if name.startswith("far ") else "near"
    spot, rest = _SPOTS[name.removeprefix("far ")], body.bones.rest
    able = np.nonzero(_shown_on(spot, picture, side))[0]
    inside = _nearness(spot, rest, side, picture.rest[:, able].astype(float))
    mask = np.zeros(picture.window.size, bool)
    for growth in _GROWTH:
        mask[able[inside < growth**2]] = True
        if mask.sum() > _ENOUGH:
            break
    else:
        behind = _hidden(spot, body, side, picture, camera, able)
        if len(behind):
            mask[:] = False
            mask[behind] = True
    area = _patch(picture, mask)
    return _hatched(area) if not area.is_empty else []


def _nearness(spot: _Spot, rest: RestBody, side: BodySide, places: Array) -> Array:
    """Return for spots at rest (columns) whether a region has them: where it is less than 1."""
    radii = np.array(spot.radii) * np.array([_girth(rest, spot), 1, 1])
    away: Array = ((places - _middle(spot, rest, side)[:, None]) / radii[:, None]) ** 2
    across = spot.one_sided & (places[2] * OUTWARD[side] < _MIDLINE)
    return np.where(across, np.inf, away.sum(axis=0))


def _hidden(
    spot: _Spot,
    body: PosedBody,
    side: BodySide,
    picture: LabelPicture,
    camera: Camera,
    able: Indices,
) -> Indices:
    """Return the pixels before a region of which too little is seen, unless it is turned away."""
    rest = body.bones.rest
    own = np.nonzero(_nearness(spot, rest, side, rest.points.T) < 1)[0]
    out = unit(smoothing.normals(body.points)[own].mean(axis=0))
    if float(out @ camera.toward) < _TURNED_AWAY:
        return able[:0]
    seen = shapely.multipoints(picture.to_pixels(camera.project(body.points[own])))
    hull = np.asarray(shapely.convex_hull(seen).exterior.coords)
    wide = picture.window.width
    pixels = np.stack([able % wide + 0.5, able // wide + 0.5], axis=1)
    found: Indices = able[within(pixels, hull[:-1])]
    return found


def _middle(spot: _Spot, rest: RestBody, side: BodySide) -> Array:
    start = np.zeros(3)
    if spot.start:
        start = rest.joint(spot.start, None if spot.start == _NECK else side)
    if spot.end:
        start = start + (rest.joint(spot.end, side) - start) * spot.along
    forward, up, outward = np.array(spot.off) * np.array([_girth(rest, spot), 1, 1])
    found: Array = start + np.array([forward, up, outward * OUTWARD[side]])
    return found


@cache
def _girth(rest: RestBody, spot: _Spot) -> float:
    """Return how thick a body is there, as a share of the one that the spots were fitted to."""
    bones = ("upperleg",) if spot.start in {_HIP, _KNEE} else ("spine",)
    return rest.depth_of(*bones) / rest_body(_FITTED_TO).depth_of(*bones)


def _shown_on(spot: _Spot, picture: LabelPicture, side: BodySide) -> Mask:
    part, colour = picture.part, picture.colour
    allowed = np.zeros(picture.window.size, bool)
    if "trunk" in spot.parts:
        allowed |= part == TRUNK
    if "leg" in spot.parts:
        allowed |= part == LEGS_OF[side]
    if "arm" in spot.parts:
        allowed |= part == ARMS[side]
    if spot.start in {_HIP, _KNEE}:
        allowed &= (colour == LEGS) | (colour == LEGS_FAR)
    found: Mask = allowed & (colour != GROUND) & (colour != HAIR) & (colour != STRAP)
    return found & ~picture.fine


def _patch(picture: LabelPicture, mask: Mask) -> BaseGeometry:
    """Return a mask as one clean patch in the plane of the drawing, or as two if it is parted."""
    rings = [
        shapely.buffer(shapely.Polygon(ring), 0)
        for ring in edges_of(picture, picture.grid(mask), 10.0, _SOFTNESS)
    ]
    whole = shapely.Polygon()
    for ring in sorted(rings, key=lambda each: -float(each.area)):
        whole = shapely.symmetric_difference(whole, ring)
    for by in _ROUNDING:
        whole = shapely.buffer(whole, by)
    parts = [part for part in shapely.get_parts(whole) if part.area > _LEAST]
    most = max((part.area for part in parts), default=0.0)
    kept = [shapely.Polygon(part.exterior) for part in parts if part.area >= most * _SECOND]
    return shapely.union_all(kept)


def _hatched(area: BaseGeometry) -> list[Shape]:
    """Return an area hatched and outlined, so that it shows on grey paper too."""
    low_x, low_y, high_x, high_y = area.bounds
    wide = high_x - low_x + high_y - low_y
    starts = np.arange(low_x - (high_y - low_y), high_x, _HATCH_STEP * math.sqrt(2))
    lines = shapely.multilinestrings([[(x, low_y), (x + wide, low_y + wide)] for x in starts])
    hatching = shapely.get_parts(shapely.intersection(lines, shapely.buffer(area, -_HATCH_INSET)))
    strokes = [np.asarray(line.coords) for line in hatching if line.length > _HATCH_SHORTEST]
    rings = []
    for part in shapely.get_parts(area):
        ring = np.asarray(part.exterior.coords)
        even = resampled(ring, max(24, int(part.exterior.length / 0.27)))
        rings.append(smoothed(even, 3.0, closed=True))
    edge = Shape(tuple(rings), "felt", "felt_line", 0.83, tolerance=_TOLERANCE)
    return [edge, *stroked(strokes, 0.75, "felt_line")]
