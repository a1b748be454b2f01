"""Marks on a figure: where it is felt, where it moves, and where the movement began."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.placement import Settled
from workshop_builder.figures.body.pose import SIDES, SideOf
from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.surface import Cuts, Flesh
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera, outline, polygons, soft
from workshop_builder.figures.drawing.shapes import Shape, stroked
from workshop_builder.model.figure import Arrow, Region

_HATCH = 1.55
"""Between two lines of the hatching, in per cent of body height."""
_SHAFT, _HEAD_LONG, _HEAD_WIDE = 11.0, 4.6, 6.4
_TOWARD = {
    "right": 0, "up right": 45, "up": 90, "up left": 135, "left": 180, "down left": 225,
    "down": 270, "down right": 315,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Patch:
    """Which cuts of which part a region takes, and how far to one side of them."""

    part: str
    first: int
    last: int
    front: float
    """1 for the front half, -1 for the back, 0 for all of it."""


_PATCHES: Mapping[str, tuple[_Patch, ...]] = {
    "low back": (_Patch("trunk", 2, 9, -1),),
    "upper back": (_Patch("trunk", 8, 14, -1),),
    "neck": (_Patch("neck", 0, 3, 0),),
    "shoulder": (_Patch("upper arm", 0, 6, 0),),
    "chest": (_Patch("trunk", 9, 14, 1),),
    "abdomen": (_Patch("trunk", 3, 10, 1),),
    "buttock": (_Patch("thigh", 0, 4, -1), _Patch("trunk", 0, 5, -1)),
    "waist": (_Patch("trunk", 4, 10, 0),),
    "outer hip": (_Patch("thigh", 0, 5, 0),),
    "front hip": (_Patch("thigh", 0, 6, 1), _Patch("trunk", 1, 4, 1)),
    "front thigh": (_Patch("thigh", 3, 10, 1),),
    "back thigh": (_Patch("thigh", 2, 10, -1),),
    "inner thigh": (_Patch("thigh", 2, 8, 0),),
    "calf": (_Patch("shank", 1, 8, -1),),
}
_ON: Mapping[str, tuple[str, ...]] = {
    "low back": ("near leg", "far leg", "trunk"),
    "abdomen": ("near leg", "far leg", "trunk"),
    "upper back": ("trunk",),
    "neck": ("trunk",),
    "chest": ("trunk",),
    "waist": ("near leg", "far leg", "trunk"),
}
"""The painted parts that a region of the trunk shows on; one of a limb shows on that limb."""


def _cuts(flesh: Flesh, part: str, side: SideOf) -> Cuts:
    return {
        "trunk": flesh.trunk,
        "neck": flesh.neck,
        "upper arm": flesh.upper_arms[side],
        "thigh": flesh.thighs[side],
        "shank": flesh.shanks[side],
    }[part]


def _belly(cuts: Cuts, front: float) -> Cuts:
    """Return cuts of a muscle's shape: thick in the middle, in the front or back half of a part."""
    count = len(cuts.centers)
    swell = np.sqrt(np.sin(np.pi * (np.arange(count) + 0.6) / (count + 0.2)))[:, None]
    axes = cuts.axes.copy()
    axes[:, 0] *= swell * (0.46 if front else 0.7)
    axes[:, 1] *= 0.4
    axes[:, 2] *= swell * 0.8
    # From the middle of that half, a thin end moves out to the surface.
    out = 1 - (0.42 if front else 0.0) * swell
    return Cuts(cuts.centers + cuts.axes[:, 0] * front * out, axes)


def ground_of(name: Region, *, flat: bool) -> tuple[str, ...]:
    """Return the painted parts that a region may show on."""
    plain = name.removeprefix("far ")
    if plain in {"buttock", "outer hip", "front hip"} and not flat:
        # The hips are painted together with one of the legs.
        return ("near leg", "far leg")
    limb = f"{_side(name)} arm" if plain == "shoulder" else f"{_side(name)} leg"
    return _ON.get(plain, (limb,))


def region(name: Region, flesh: Flesh, ground: BaseGeometry, view: Camera) -> BaseGeometry:
    """Return what a region covers of what it lies on."""
    side = _side(name)
    plain = name.removeprefix("far ")
    shapes = []
    for patch in _PATCHES[plain]:
        cuts = _cuts(flesh, patch.part, side).slice(patch.first, patch.last)
        if _turned_away(cuts, patch.front, view):
            continue
        if plain in {"waist", "neck"}:
            aside = cuts.axes[:, 2] * (0.6 if side == "near" else -0.6)
            cuts = Cuts(cuts.centers + aside, cuts.axes * 0.6)
        shapes.append(outline([_belly(cuts, patch.front)], view))
    if not shapes:
        return shapely.Polygon()
    shape = shapely.intersection(soft(shapely.union_all(shapes), 3.0), shapely.buffer(ground, -0.4))
    return shapely.buffer(shapely.buffer(shape, -0.9), 0.9)


def _turned_away(cuts: Cuts, front: float, view: Camera) -> bool:
    """Return whether the front or back half of a part looks away from the reader."""
    ahead = cuts.axes[len(cuts.axes) // 2, 0]
    toward = float(ahead @ view.toward) / max(float(np.linalg.norm(ahead)), 1e-6)
    return front * toward < -0.8


def felt(shape: BaseGeometry) -> list[Shape]:
    """Return a region hatched and outlined, so that grey paper shows it."""
    if shape.is_empty:
        return []
    low_x, low_y, high_x, high_y = shape.bounds
    wide = high_x - low_x + high_y - low_y
    starts = np.arange(low_x - (high_y - low_y), high_x, _HATCH * math.sqrt(2))
    lines = shapely.multilinestrings([[(x, low_y), (x + wide, low_y + wide)] for x in starts])
    hatch = shapely.intersection(lines, shapely.buffer(shape, -0.15))
    strokes = [np.asarray(line.coords) for line in shapely.get_parts(hatch) if line.length > 0.6]
    fill = [Shape(tuple(polygons(shape)), "felt", "felt_line", 0.9)]
    return [*fill, *stroked(strokes, 0.75, "felt_line")]


def _spot(place: str, bones: Skeleton) -> Array:
    """Return the middle of a part of the body."""
    side, _, part = place.partition(" ")
    if side in SIDES:
        leg, arm = bones.legs[_side(side)], bones.arms[_side(side)]
        spots: dict[str, Array] = {
            "knee": leg.middle,
            "foot": leg.end + leg.tip[0] * 4,
            "hand": arm.end - arm.tip[1] * 5,
            "hip": leg.root,
        }
        return spots[part]
    heights = {"hips": 0.05, "waist": 0.42, "chest": 0.78}
    return bones.head if place == "head" else bones.trunk(heights[place])[0]


def _side(name: str) -> SideOf:
    return "far" if name.startswith("far") else "near"


def arrow(wish: Arrow, settled: Settled, body: BaseGeometry, view: Camera) -> list[Shape]:
    """Return an arrow beside what it moves, clear of the body."""
    spot = view.flat(_spot(wish.at, settled.bones))
    angle = math.radians(_TOWARD[wish.toward or "up"])
    way = np.array([math.cos(angle), math.sin(angle)])
    if wish.around:
        pivot = view.flat(_spot(wish.around, settled.bones))
        if wish.at == wish.around:
            return _drawn(_circled(pivot, 12.5, angle, math.radians(wish.by)), both=wish.both_ways)
        return _arc(spot, pivot, wish, body)
    start = _clear(spot, -way if wish.behind else way, body)
    if wish.behind:
        start = start - way * (_SHAFT + _HEAD_LONG + 1.0)
    line = np.array([start, start + way * _SHAFT])
    return _drawn(line, both=wish.both_ways)


def _clear(spot: Array, way: Array, body: BaseGeometry) -> Array:
    """Return the first point from `spot` along `way` from which the body is left for good."""
    ray = shapely.LineString([spot, spot + way * 120])
    inside = shapely.intersection(ray, body)
    far = 0.0
    if not inside.is_empty:
        for part in shapely.get_parts(inside):
            nearest = float(shapely.distance(shapely.Point(spot), part))
            # What lies well beyond, such as a raised foot, is another limb.
            if nearest <= far + 6:
                ends = np.asarray(part.coords)
                far = max(far, float(np.linalg.norm(ends - spot, axis=1).max()))
    clear: Array = spot + way * (far + 2.4)
    return clear


def _arc(spot: Array, pivot: Array, wish: Arrow, body: BaseGeometry) -> list[Shape]:
    """Return an arc about `pivot`, outside of what moves."""
    out = spot - pivot
    radius = float(np.linalg.norm(out))
    way = out / max(radius, 1e-6)
    radius = float(np.linalg.norm(_clear(spot, way, body) - pivot))
    sweep = math.radians(wish.by)
    middle = math.atan2(way[1], way[0])
    if not wish.both_ways:
        # It begins a little ahead of what moves, so as not to cover it.
        middle += sweep / 2 + math.copysign(3.0 / radius, sweep)
    return _drawn(_circled(pivot, radius, middle, sweep), both=wish.both_ways)


def _circled(pivot: Array, radius: float, middle: float, sweep: float) -> Array:
    """Return a part of a circle, its middle in the direction `middle`; angles in radians."""
    angles = np.linspace(middle - sweep / 2, middle + sweep / 2, 12)
    line: Array = pivot + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return line


def _head(line: Array) -> Array:
    """Return the point of an arrow at the end of a line."""
    way = line[-1] - line[-2]
    way = way / np.linalg.norm(way)
    aside = np.array([-way[1], way[0]])
    tip = line[-1] + way * _HEAD_LONG
    return np.array([tip, line[-1] + aside * _HEAD_WIDE / 2, line[-1] - aside * _HEAD_WIDE / 2])


def _drawn(line: Array, *, both: bool) -> list[Shape]:
    heads = [_head(line)] + ([_head(line[::-1])] if both else [])
    shaft = shapely.buffer(shapely.LineString(line), 1.15, quad_segs=4)
    whole = shapely.union_all([shaft, *(shapely.Polygon(head) for head in heads)])
    return [Shape(tuple(polygons(whole)), "arrow", "paper", 0.9)]


def ghost(before: BaseGeometry, after: BaseGeometry) -> list[Shape]:
    """Return where a body was as a dashed outline, as far as it is not where it is now."""
    left = shapely.difference(before, shapely.buffer(after, 1.0))
    # What is thinner than a finger is the same limb, moved by a hair.
    left = shapely.buffer(shapely.buffer(left, -1.1), 1.1)
    parts = [part for part in shapely.get_parts(left) if part.area > 15]
    if not parts:
        return []
    rest = shapely.simplify(
        shapely.buffer(shapely.buffer(shapely.union_all(parts), 1.6), -1.4), 0.06
    )
    rings = [np.asarray(part.exterior.coords)[:-1] for part in shapely.get_parts(rest)]
    return [Shape(tuple(rings), "ghost", "ink", 0.8, dashed=True)]


_DIGITS = {
    1: [(-0.7, 1.0), (0.2, 1.7), (0.2, -1.7)],
    2: [(-1.0, 0.8), (-0.6, 1.5), (0.3, 1.7), (1.0, 1.1), (0.7, 0.1), (-1.1, -1.7), (1.1, -1.7)],
}


def numbered(number: int, middle: Array) -> list[Shape]:
    """Return the number of a picture, 1 or 2, in a disc."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    disc = middle + 3.9 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    digit = middle + np.array(_DIGITS[number])
    return [
        Shape((disc,), "arrow", "none"),
        Shape((digit,), stroke="paper", width=1.3, closed=False),
    ]


__all__ = ["arrow", "felt", "ghost", "ground_of", "numbered", "region"]
