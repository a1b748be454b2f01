"""Regions in which an exercise is felt, as hatched areas on the body.

Lengths are per cent of body height, fitted by eye to a picture 53 mm wide.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.pose import OUTWARD, BodySide
from workshop_builder.figures.body.surface import BodySurface, Ellipsoids
from workshop_builder.figures.drawing.projection import Camera, outline, rings, round_hollows
from workshop_builder.figures.drawing.shapes import Shape, stroked
from workshop_builder.model.figure import Region

_HATCH_STEP = 1.55
"""From one line of the hatching to the next."""
_HATCH_INSET, _HATCH_SHORTEST = 0.15, 0.6
"""How far from the edge of a region its hatching stays, and the least length of a line of it."""
_REGION_HOLLOW, _REGION_INSET, _REGION_CORNER = 3.0, 0.4, 0.9
"""To what radius the hollows of a region are rounded, how far it stays inside the outline of the
body, and to what radius its corners are rounded."""
_TURNED_AWAY = 0.8
"""How far the front or back of a part must be turned away from the reader not to be marked."""
_ASIDE = 0.6
"""Where the middle of a waist or a side of the neck is, as a share of the half-width."""


@dataclass(frozen=True, slots=True)
class _MusclePatch:
    """Where a muscle lies: on which sections of which part, and on which side of it."""

    part: str
    first: int
    last: int
    front: float
    """1 for the front half, -1 for the back, 0 for all of it."""


_MUSCLES: Mapping[str, tuple[_MusclePatch, ...]] = {
    "low back": (_MusclePatch("trunk", 2, 9, -1),),
    "upper back": (_MusclePatch("trunk", 8, 14, -1),),
    "neck": (_MusclePatch("neck", 0, 3, 0),),
    "shoulder": (_MusclePatch("upper arm", 0, 6, 0),),
    "chest": (_MusclePatch("trunk", 9, 14, 1),),
    "abdomen": (_MusclePatch("trunk", 3, 10, 1),),
    "buttock": (_MusclePatch("thigh", 0, 4, -1), _MusclePatch("trunk", 0, 5, -1)),
    "waist": (_MusclePatch("trunk", 4, 10, 0),),
    "outer hip": (_MusclePatch("thigh", 0, 5, 0),),
    "front hip": (_MusclePatch("thigh", 0, 6, 1), _MusclePatch("trunk", 1, 4, 1)),
    "front thigh": (_MusclePatch("thigh", 3, 10, 1),),
    "back thigh": (_MusclePatch("thigh", 2, 10, -1),),
    "inner thigh": (_MusclePatch("thigh", 2, 8, 0),),
    "calf": (_MusclePatch("shank", 1, 8, -1),),
}
"""The muscles of each region."""
_SHOWN_ON: Mapping[str, tuple[str, ...]] = {
    "low back": ("near leg", "far leg", "trunk"),
    "abdomen": ("near leg", "far leg", "trunk"),
    "upper back": ("trunk",),
    "neck": ("trunk",),
    "chest": ("trunk",),
    "waist": ("near leg", "far leg", "trunk"),
}
"""The painted parts on which a region of the trunk shows; that of a limb shows on the limb."""


def parts_under(name: Region, *, from_side: bool) -> tuple[str, ...]:
    """Return the names of the painted parts on which a region may show."""
    plain = name.removeprefix("far ")
    if plain in {"buttock", "outer hip", "front hip"} and not from_side:
        # The hips are painted together with one of the legs.
        return ("near leg", "far leg")
    limb = f"{_side(name)} arm" if plain == "shoulder" else f"{_side(name)} leg"
    return _SHOWN_ON.get(plain, (limb,))


def region_area(
    name: Region, surface: BodySurface, ground: BaseGeometry, camera: Camera
) -> BaseGeometry:
    """Return the area of a region within `ground`, the area of the parts under it."""
    side, plain = _side(name), name.removeprefix("far ")
    areas = []
    for muscle in _MUSCLES[plain]:
        part = _body_part(surface, muscle.part, side).slice(muscle.first, muscle.last)
        if _is_turned_away(part, muscle.front, camera):
            continue
        if plain in {"waist", "neck"}:
            aside = part.axes[:, 2] * (_ASIDE * OUTWARD[side])
            part = Ellipsoids(part.centers + aside, part.axes * _ASIDE)
        areas.append(outline([_muscle_belly(part, muscle.front)], camera))
    if not areas:
        return shapely.Polygon()
    whole = round_hollows(shapely.union_all(areas), _REGION_HOLLOW)
    inside = shapely.intersection(whole, shapely.buffer(ground, -_REGION_INSET))
    return shapely.buffer(shapely.buffer(inside, -_REGION_CORNER), _REGION_CORNER)


def _body_part(surface: BodySurface, part: str, side: BodySide) -> Ellipsoids:
    return {
        "trunk": surface.trunk,
        "neck": surface.neck,
        "upper arm": surface.upper_arms[side],
        "thigh": surface.thighs[side],
        "shank": surface.shanks[side],
    }[part]


def _is_turned_away(part: Ellipsoids, front: float, camera: Camera) -> bool:
    """Return whether the front or back half of a part looks away from the reader."""
    ahead = part.axes[len(part.axes) // 2, 0]
    toward = float(ahead @ camera.toward) / max(float(np.linalg.norm(ahead)), 1e-6)
    return front * toward < -_TURNED_AWAY


def _muscle_belly(part: Ellipsoids, front: float) -> Ellipsoids:
    """Return a part in the shape of a muscle: thick in the middle, on the front or the back."""
    count = len(part.centers)
    swell = np.sqrt(np.sin(np.pi * (np.arange(count) + 0.6) / (count + 0.2)))[:, None]
    axes = part.axes.copy()
    axes[:, 0] *= swell * (0.46 if front else 0.7)
    axes[:, 1] *= 0.4
    axes[:, 2] *= swell * 0.8
    # From the middle of its half, the muscle's thin end moves out to the surface.
    out = 1 - (0.42 if front else 0.0) * swell
    return Ellipsoids(part.centers + part.axes[:, 0] * front * out, axes)


def hatched(area: BaseGeometry) -> list[Shape]:
    """Return an area hatched and outlined, so that it shows on grey paper too."""
    if area.is_empty:
        return []
    low_x, low_y, high_x, high_y = area.bounds
    wide = high_x - low_x + high_y - low_y
    starts = np.arange(low_x - (high_y - low_y), high_x, _HATCH_STEP * math.sqrt(2))
    lines = shapely.multilinestrings([[(x, low_y), (x + wide, low_y + wide)] for x in starts])
    hatching = shapely.get_parts(shapely.intersection(lines, shapely.buffer(area, -_HATCH_INSET)))
    strokes = [np.asarray(line.coords) for line in hatching if line.length > _HATCH_SHORTEST]
    fill = [Shape(tuple(rings(area)), "felt", "felt_line", 0.9)]
    return [*fill, *stroked(strokes, 0.75, "felt_line")]


def _side(name: str) -> BodySide:
    return "far" if name.startswith("far") else "near"
