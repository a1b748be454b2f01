"""Solids of props as shapes: an outline, and the edges between the faces that are seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
import shapely

from workshop_builder.figures.body.vectors import Array, cross, unit
from workshop_builder.figures.drawing.convex import Convex, Ellipsoid, Polyhedron, bar, box
from workshop_builder.figures.drawing.projection import Camera, rings
from workshop_builder.figures.drawing.shapes import Shape, Tone, filled, stroked

_SHARP = 0.5
"""The cosine between two faces below which the edge between them is drawn."""
_EDGE = 0.5
"""The width of such an edge, as a share of a plain outline."""
_SLIM = 2.0
"""The width and depth below which a leg or a rod is drawn without edges."""
_ROUND = 48
"""How many points the outline of a ball has."""
_THIN = 1.0
"""The radius below which a bar needs few sides to be round."""
_ANY_WAY = np.array([0.31, 0.94, 0.13])
"""A direction from which no picture is seen."""


def at(*values: float) -> Array:
    """Return a point in space."""
    return np.array(values)


def drawn(solid: Convex, camera: Camera, fill: Tone) -> list[Shape]:
    """Return a solid as shapes: its outline first."""
    if isinstance(solid, Ellipsoid):
        return filled([_outline(solid, camera)], fill, solid=solid)
    flat = camera.project(solid.corners)
    whole = rings(shapely.convex_hull(shapely.multipoints(flat)))
    slim = float(np.sort(np.ptp(solid.corners, axis=0))[1]) < _SLIM
    edges = () if slim else _edges(solid, flat, camera)
    return [*filled(whole, fill, solid=solid), *stroked(edges, _EDGE)]


def boxed(low: Array, high: Array, camera: Camera, fill: Tone) -> list[Shape]:
    """Return a box as shapes, given two opposite corners."""
    return drawn(box(low, high), camera, fill)


def rounded(start: Array, end: Array, radius: float, camera: Camera, fill: Tone) -> list[Shape]:
    """Return a round bar as shapes, given the middles of its ends."""
    return drawn(bar(start, end, radius, 8 if radius < _THIN else 20), camera, fill)


def by_depth(parts: Iterable[list[Shape]], camera: Camera) -> list[Shape]:
    """Return the shapes of parts, the furthest part first."""
    seen = (part for part in parts if part)  # what is seen end-on has no shapes
    return [shape for part in sorted(seen, key=lambda part: _depth(part, camera)) for shape in part]


def _depth(part: list[Shape], camera: Camera) -> float:
    middles = _middles(part[:1])
    return round(float(middles[0] @ camera.toward), 6) if middles else 0.0


def _middles(shapes: Iterable[Shape]) -> list[Array]:
    """Return the middles of those shapes that are of a solid."""
    solids = [shape.solid for shape in shapes if shape.solid is not None]
    return [s.middle if isinstance(s, Ellipsoid) else s.corners.mean(axis=0) for s in solids]


def by_place(things: Iterable[list[Shape]], camera: Camera) -> list[Shape]:
    """Return the shapes of things, those that stand furthest from the reader first."""
    across = camera.toward * [1, 0, 1]  # how high they are does not matter

    def near(thing: list[Shape]) -> float:
        middles = _middles(thing)
        return round(float(np.mean(middles, axis=0) @ across), 6) if middles else 0.0

    return [shape for thing in sorted(things, key=near) for shape in thing]


def line_of_sight(camera: Camera) -> Array:
    """Return the step in space towards the reader that does not move a point in the drawing."""
    found: Array = np.linalg.inv(np.vstack([camera.plane, camera.toward]))[:, 2]
    return found


def _outline(ball: Ellipsoid, camera: Camera) -> Array:
    """Return the outline of a ball: the points of its surface that the line of sight touches."""
    sight = line_of_sight(camera) / ball.radii
    sight = sight / np.linalg.norm(sight)
    one = unit(cross(sight, _ANY_WAY))
    other = cross(sight, one)
    turn = np.linspace(0, 2 * np.pi, _ROUND, endpoint=False)[:, None]
    return camera.project(ball.middle + ball.radii * (np.cos(turn) * one + np.sin(turn) * other))


def _edges(solid: Polyhedron, flat: Array, camera: Camera) -> Iterator[Array]:
    """Yield the lines, in the plane of the drawing, between faces that are both seen."""
    normals = solid.normals
    seen = normals @ line_of_sight(camera) > 1e-6
    sides: dict[tuple[int, int], list[int]] = {}
    for number, face in enumerate(solid.faces):
        for a, b in pairwise([*face, face[0]]):
            sides.setdefault((min(a, b), max(a, b)), []).append(number)
    lines = [
        shapely.LineString(flat[[a, b]])
        for (a, b), (one, other) in sides.items()
        if seen[one] and seen[other] and float(normals[one] @ normals[other]) < _SHARP
    ]
    if lines:
        for part in shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines))):
            yield np.asarray(part.coords)
