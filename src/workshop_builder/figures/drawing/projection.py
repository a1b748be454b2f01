"""How a body in space becomes a flat drawing: parallel projection, and outlines of parts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.surface import Cuts
from workshop_builder.figures.body.vectors import Array, cross, unit
from workshop_builder.model.figure import PoseFigure

_TURNS = 16
"""Corners of the ellipse that a cut is drawn as."""
_ANGLES = np.linspace(0, 2 * np.pi, _TURNS, endpoint=False)
_AROUND = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)])
_FINE = 0.06
"""How far, in per cent of body height, an outline may leave its true line: a quarter of a unit."""
_SOFT = 1.1
"""Radius, in per cent of body height, of the hollows where two parts meet."""


@dataclass(frozen=True, slots=True, eq=False)
class Camera:
    """A direction to look from."""

    plane: Array
    """Two rows: what a step in space is to the right and up in the drawing."""
    toward: Array
    """The direction to the reader."""

    def flat(self, point: Array) -> Array:
        """Return a point, or many, in the drawing's plane."""
        flat: Array = point @ self.plane.T
        return flat

    def depth(self, points: Array) -> float:
        """Return how near to the reader points are, in the mean."""
        return float((points @ self.toward).mean())


def camera(figure: PoseFigure, head_end: Array) -> Camera:
    """Return the camera of a figure; one from above has the head at the top."""
    match figure.view:
        case "side":
            # Parallel to the body's plane, so that angles stay true; far limbs peep out.
            plane = np.array([[1.0, 0.0, -0.16], [0.0, 1.0, -0.07]])
            return Camera(plane, np.array([0.0, 0.0, 1.0]))
        case "top":
            toward = np.array([0.0, 1.0, 0.0])
            up = unit(head_end * np.array([1.0, 0.0, 1.0]))
            return Camera(np.array([cross(up, toward), up]), toward)
        case "front":
            return _turned(90, 6)
        case "back":
            return _turned(-90, 6)
        case "three-quarter":
            turn = 40 if figure.turn is None else figure.turn
            return _turned(turn, 18 if figure.height is None else figure.height)


def _turned(turn: float, height: float) -> Camera:
    a, e = math.radians(turn), math.radians(height)
    toward = np.array([math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)])
    right = unit(cross(np.array([0.0, 1.0, 0.0]), toward))
    return Camera(np.array([right, cross(toward, right)]), toward)


def ellipses(cuts: Cuts, view: Camera) -> Array:
    """Return each cut as it is seen: n ellipses of as many corners."""
    axes = cuts.axes @ view.plane.T
    square = np.einsum("nki,nkj->nij", axes, axes)
    reach = np.einsum("nij,jt->nti", square, _AROUND)
    length = np.sqrt(np.maximum(np.einsum("nti,it->nt", reach, _AROUND), 1e-9))
    corners: Array = view.flat(cuts.centers)[:, None, :] + reach / length[:, :, None]
    return corners


def outline(parts: Sequence[Cuts], view: Camera) -> BaseGeometry:
    """Return the outline of parts of a body that hang together."""
    shapes = [shape for cuts in parts for shape in _cover(cuts, view)]
    return shapely.union_all(shapes) if len(shapes) > 1 else shapes[0]


def _cover(cuts: Cuts, view: Camera) -> list[BaseGeometry]:
    """Return shapes that cover one part together."""
    if not cuts.thin:
        return _hulls(cuts, view)
    lines = cuts.slice(1, None) if cuts.ball else cuts
    strip = _strip(lines, view)
    if strip is None:
        return _hulls(cuts, view)
    if not cuts.ball:
        return [strip]
    return [strip, shapely.Polygon(ellipses(cuts.slice(0, 1), view)[0])]


def _hulls(cuts: Cuts, view: Camera) -> list[BaseGeometry]:
    """Return what lies between each cut and the next, seen from anywhere."""
    corners = ellipses(cuts, view)
    pairs = np.concatenate([corners[:-1], corners[1:]], axis=1) if len(corners) > 1 else corners
    count, each = pairs.shape[:2]
    groups = np.repeat(np.arange(count), each)
    points = shapely.points(pairs.reshape(-1, 2))
    return list(shapely.convex_hull(shapely.multipoints(points, indices=groups)))


def _strip(cuts: Cuts, view: Camera) -> BaseGeometry | None:
    """Return the strip between the two edges of thin cuts along a line.

    None where the line points to the reader or bends so that the strip would cross itself.
    """
    centers = view.flat(cuts.centers)
    steps = centers[1:] - centers[:-1]
    lengths = np.sqrt((steps**2).sum(axis=1))
    depths = np.sqrt(((cuts.centers[1:] - cuts.centers[:-1]) ** 2).sum(axis=1))
    if len(centers) < 2 or (lengths < 0.6 * depths).any():
        return None
    ways = np.concatenate([steps[:1], steps[1:] + steps[:-1], steps[-1:]])
    ways = ways / np.sqrt((ways**2).sum(axis=1))[:, None]
    across = np.stack([-ways[:, 1], ways[:, 0]], axis=1)
    axes = cuts.axes @ view.plane.T
    shares = np.einsum("nki,ni->nk", axes, across)
    half = np.sqrt(np.maximum((shares**2).sum(axis=1), 1e-9))
    edge = np.einsum("nk,nki->ni", shares, axes) / half[:, None]
    strip = shapely.Polygon(np.concatenate([centers + edge, (centers - edge)[::-1]]))
    return strip if shapely.is_valid(strip) else None


def soft(shape: BaseGeometry, radius: float = _SOFT) -> BaseGeometry:
    """Return a shape with its hollows rounded."""
    grown = shapely.buffer(shape, radius, quad_segs=2)
    return shapely.simplify(shapely.buffer(grown, -radius, quad_segs=2), _FINE)


def polygons(shape: BaseGeometry) -> list[Array]:
    """Return the rings of a shape, outer and inner, as corners without the last, repeated one."""
    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon" and part.area > 0.05:
            rings = [part.exterior, *part.interiors]
            found += [np.asarray(ring.coords)[:-1] for ring in rings]
    return found
