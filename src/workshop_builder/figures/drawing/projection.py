"""Parallel projection: how a body in space becomes flat outlines.

Lengths are per cent of body height.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.surface import Ellipsoids
from workshop_builder.figures.body.vectors import UP, Array, cross, horizontal, unit
from workshop_builder.model.figure import PoseFigure, View

_OBLIQUE = (-0.16, -0.07)
"""How a step towards the reader moves a side view right and up, so that far limbs peep out."""
_FACING_HEIGHT = 6.0
"""Degrees from above at which a body is seen from the front or the back."""
_USUAL_TURN, _USUAL_HEIGHT = 40.0, 18.0
"""Degrees round the body and from above of a three-quarter view that gives no others."""
_ELLIPSE_CORNERS = 16
_ANGLES = np.linspace(0, 2 * np.pi, _ELLIPSE_CORNERS, endpoint=False)
_DIRECTIONS = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)])
_TOLERANCE = 0.06
"""How far a simplified outline may leave its true line: a quarter of a unit of the drawing."""
_HOLLOW = 1.1
"""The radius to which the hollows are rounded where two parts meet; by eye."""
_FORESHORTENED = 0.6
"""The share of its length that a step between discs must show, to be drawn as a strip."""
_SPECK = 0.05
"""The area below which a polygon is not drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Camera:
    """A direction to look from."""

    view: View
    plane: Array
    """Two rows: how far a step in space leads to the right and up in the drawing."""
    toward: Array
    """The direction towards the reader."""

    @property
    def from_side(self) -> bool:
        """Whether the body is seen exactly from its side."""
        return self.view == "side"

    def project(self, points: Array) -> Array:
        """Return a point, or many, in the plane of the drawing."""
        flat: Array = points @ self.plane.T
        return flat

    def depth(self, points: Array) -> float:
        """Return how near to the reader points are on average; more is nearer."""
        return float((points @ self.toward).mean())


def camera_of(figure: PoseFigure, pelvis_up: Array) -> Camera:
    """Return the camera of a figure, given the direction of its pelvis.

    In a view from the top, that direction points up in the drawing.
    """
    match figure.view:
        case "side":
            # The plane is that of the body, so that angles look as large as they are.
            right, up = _OBLIQUE
            plane = np.array([[1.0, 0.0, right], [0.0, 1.0, up]])
            return Camera(figure.view, plane, np.array([0.0, 0.0, 1.0]))
        case "top":
            up_page = unit(horizontal(pelvis_up))
            return Camera(figure.view, np.array([cross(up_page, UP), up_page]), UP)
        case "front":
            return _orbiting(figure.view, 90, _FACING_HEIGHT)
        case "back":
            return _orbiting(figure.view, -90, _FACING_HEIGHT)
        case "three-quarter":
            turn = _USUAL_TURN if figure.turn is None else figure.turn
            height = _USUAL_HEIGHT if figure.height is None else figure.height
            return _orbiting(figure.view, turn, height)


def _orbiting(view: View, turn: float, height: float) -> Camera:
    """Return a camera that went round the body and up, by degrees, from its side."""
    a, e = math.radians(turn), math.radians(height)
    toward = np.array([math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)])
    right = unit(cross(UP, toward))
    return Camera(view, np.array([right, cross(toward, right)]), toward)


def project_ellipsoids(part: Ellipsoids, camera: Camera) -> Array:
    """Return the ellipses as which ellipsoids are seen: for each, its corners."""
    axes = part.axes @ camera.plane.T
    square = np.einsum("nki,nkj->nij", axes, axes)
    reach = np.einsum("nij,jt->nti", square, _DIRECTIONS)
    length = np.sqrt(np.maximum(np.einsum("nti,it->nt", reach, _DIRECTIONS), 1e-9))
    corners: Array = camera.project(part.centers)[:, None, :] + reach / length[:, :, None]
    return corners


def outline(parts: Sequence[Ellipsoids], camera: Camera) -> BaseGeometry:
    """Return the outline of connected parts of a body."""
    shapes = [shape for part in parts for shape in _covering(part, camera)]
    return shapely.union_all(shapes) if len(shapes) > 1 else shapes[0]


def _covering(part: Ellipsoids, camera: Camera) -> list[BaseGeometry]:
    """Return shapes that together cover what is seen of one part."""
    discs = part.slice(1) if part.ball else part
    strip = _strip(discs, camera) if part.flat else None
    if strip is None:
        return _hulls(part, camera)
    if not part.ball:
        return [strip]
    return [strip, shapely.Polygon(project_ellipsoids(part.slice(0, 1), camera)[0])]


def _hulls(part: Ellipsoids, camera: Camera) -> list[BaseGeometry]:
    """Return the convex hull of each ellipse and the next."""
    corners = project_ellipsoids(part, camera)
    pairs = np.concatenate([corners[:-1], corners[1:]], axis=1) if len(corners) > 1 else corners
    count, each = pairs.shape[:2]
    groups = np.repeat(np.arange(count), each)
    points = shapely.points(pairs.reshape(-1, 2))
    return list(shapely.convex_hull(shapely.multipoints(points, indices=groups)))


def _strip(discs: Ellipsoids, camera: Camera) -> BaseGeometry | None:
    """Return the strip between the two edges of discs along a line.

    None where the line points to the reader, or bends so that the strip would cross itself.
    """
    centers = camera.project(discs.centers)
    steps = centers[1:] - centers[:-1]
    lengths = np.sqrt((steps**2).sum(axis=1))
    true_lengths = np.sqrt(((discs.centers[1:] - discs.centers[:-1]) ** 2).sum(axis=1))
    if len(centers) < 2 or (lengths < _FORESHORTENED * true_lengths).any():
        return None
    ways = np.concatenate([steps[:1], steps[1:] + steps[:-1], steps[-1:]])
    ways = ways / np.sqrt((ways**2).sum(axis=1))[:, None]
    across = np.stack([-ways[:, 1], ways[:, 0]], axis=1)
    axes = discs.axes @ camera.plane.T
    shares = np.einsum("nki,ni->nk", axes, across)
    half = np.sqrt(np.maximum((shares**2).sum(axis=1), 1e-9))
    edge = np.einsum("nk,nki->ni", shares, axes) / half[:, None]
    strip = shapely.Polygon(np.concatenate([centers + edge, (centers - edge)[::-1]]))
    return strip if shapely.is_valid(strip) else None


def round_hollows(shape: BaseGeometry, radius: float = _HOLLOW) -> BaseGeometry:
    """Return a shape whose hollows are rounded to a radius."""
    grown = shapely.buffer(shape, radius, quad_segs=2)
    return shapely.simplify(shapely.buffer(grown, -radius, quad_segs=2), _TOLERANCE)


def rings(shape: BaseGeometry) -> list[Array]:
    """Return the rings of a shape, outer and inner, as corners without the repeated last one."""
    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon" and part.area > _SPECK:
            found += [np.asarray(ring.coords)[:-1] for ring in (part.exterior, *part.interiors)]
    return found
