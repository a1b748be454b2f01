"""Close-ups: the part of a picture that is shown large, and shapes cut off at its edge.

Lengths are per cent of body height, fitted by eye; a box is the least x and y and the greatest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.pose import SIDES
from workshop_builder.figures.body.skeleton import Limb, Skeleton
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera, rings
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.model.figure import CloseUp

_HEAD, _SHOULDER, _NECK = 14.0, 7.0, 9.0
_HIP, _KNEE, _SHIN, _FOOT = 9.0, 8.0, 5.0, 13.0
_ELBOW, _HAND = 5.0, 13.0
"""How far around each joint a close-up goes."""
_LEAST = 2.5
"""The length, and the area, of what is left of a shape below which it is dropped."""


def close_up_box(part: CloseUp, skeletons: Iterable[Skeleton], camera: Camera) -> Array:
    """Return the box around a part of one body or of more in the plane of the drawing."""
    boxes = []
    for skeleton in skeletons:
        joints = _joints(part, skeleton)
        middles = camera.project(np.array([place for place, _ in joints]))
        around = np.array([around for _, around in joints])[:, None]
        boxes += [np.hstack([middles - around, middles + around])]
    every = np.concatenate(boxes)
    return np.concatenate([every[:, :2].min(axis=0), every[:, 2:].max(axis=0)])


def _joints(part: CloseUp, skeleton: Skeleton) -> list[tuple[Array, float]]:
    """Return the joints that a close-up shows, and how far it goes around each."""
    side, _, name = part.rpartition(" ")
    sides = [each for each in SIDES if each == side] or SIDES
    arms, legs = [skeleton.arms[each] for each in sides], [skeleton.legs[each] for each in sides]
    head = [(skeleton.head, _HEAD), (skeleton.neck_base, _NECK)]
    hands = [place for arm in arms for place in ((arm.middle, _ELBOW), (arm.end, _HAND))]
    feet = [place for leg in legs for place in ((leg.end, _FOOT), (_calf(leg), _SHIN))]
    shoulders = [(arm.root, _SHOULDER) for arm in arms]
    hips = [(leg.root, _HIP) for leg in legs]
    found: Mapping[str, list[tuple[Array, float]]] = {
        "head": [*head, *shoulders],
        "body": [*head, *shoulders, *hands, *hips],
        "hands": hands,
        "hand": hands,
        "legs": [*hips, *((leg.middle, _KNEE) for leg in legs), *feet],
        "feet": feet,
        "foot": feet,
    }
    return found[name]


def _calf(leg: Limb) -> Array:
    """Return the thick of a calf, two thirds of the way from ankle to knee."""
    return leg.end + (leg.middle - leg.end) * (2 / 3)


def cut(shapes: Sequence[Shape], box: Array) -> list[Shape]:
    """Return what shapes have within a box."""
    area = shapely.box(*box)
    return [part for shape in shapes for part in _cut_one(shape, area, box)]


def _cut_one(shape: Shape, area: BaseGeometry, box: Array) -> list[Shape]:
    low_x, low_y, high_x, high_y = shape.box
    if low_x >= box[0] and low_y >= box[1] and high_x <= box[2] and high_y <= box[3]:
        return [shape]
    if low_x > box[2] or low_y > box[3] or high_x < box[0] or high_y < box[1]:
        return []
    found = []
    if shape.closed and shape.fill != "none":
        parts = shapely.get_parts(shapely.intersection(_filled(shape.lines), area))
        inside = tuple(ring for part in parts if part.area > _LEAST for ring in rings(part))
        found += [replace(shape, lines=inside, stroke="none", solid=None)] if inside else []
    if shape.stroke != "none":
        lines = tuple(line for each in shape.lines for line in _inside(each, shape, area))
        found += [replace(shape, lines=lines, fill="none", closed=False)] if lines else []
    return found


def _filled(lines: Iterable[Array]) -> BaseGeometry:
    """Return what rings fill by the even-odd rule."""
    whole: BaseGeometry = shapely.Polygon()
    for line in lines:
        whole = shapely.symmetric_difference(whole, shapely.buffer(shapely.Polygon(line), 0))
    return whole


def _inside(line: Array, shape: Shape, area: BaseGeometry) -> list[Array]:
    """Return the pieces of a line within an area."""
    whole = np.vstack([line, line[:1]]) if shape.closed else line
    pieces = shapely.intersection(shapely.LineString(whole), area)
    merged = shapely.get_parts(shapely.line_merge(pieces))
    lines = (piece for piece in merged if piece.geom_type == "LineString")
    return [np.asarray(line.coords) for line in lines if line.length > _LEAST]
