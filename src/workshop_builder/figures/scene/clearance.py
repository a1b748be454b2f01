"""What is around an arrow: whether one lies clear of the body, and how bad a place for one is.

Lengths are per cent of body height, fitted by eye to a picture 53 mm wide.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.mesh.arrays import Mask
from workshop_builder.figures.movement.paths import center

SHAFT_HALF_WIDTH, POINT_LENGTH, POINT_WIDTH = 1.4, 5.0, 7.4
"""The sizes of an arrow: half the width of its shaft, and its point."""
_CLEARANCE = 1.3
"""Between the body and an arrow."""
_OVER_GHOST, _OVER_PROPS, _BELOW_FLOOR = 8.5, 40.0, 30.0
"""How much further away it may be to lie clear of the other position, of things, of the floor."""
_ACROSS_PROPS = 2.0
"""How much further away it may be for each length of it that is over things."""
_LEAST_POINT, _TOUCHES = 4.4, 12.0
"""The width of a point that must be clear of the body; how much further away for all of it."""
_OUTSIDE = 0.1
"""How much further away it may be for each length by which it would make the picture larger."""
_AIMS = 6.0
"""How far ahead of its point an arrow aims at a body that it seems to push."""


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

    @property
    def lowest(self) -> float:
        """How low body and things reach, or from the side the floor."""
        if self.camera.from_side:
            return 0.0
        lows = [each.bounds[1] for each in (self.area, self.props) if not each.is_empty]
        return float(min(lows))

    def spot(self, place: str) -> Array:
        """Return where a part of the body is in the picture."""
        return self.camera.project(center(place, self.skeleton))


def _points_of(ends: Array, tips: Array, width: float = POINT_WIDTH) -> NDArray[np.object_]:
    """Return the points of arrows as polygons, given where their shafts end, and they do."""
    ahead = (tips - ends) * (width / POINT_LENGTH / 2)
    aside = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    found: NDArray[np.object_] = shapely.polygons(np.stack([tips, ends + aside, ends - aside], 1))
    return found


def tips_of(lines: Array, size: float) -> Array:
    """Return where the points of arrows end, given their shafts."""
    ahead = lines[:, -1] - lines[:, -2]
    ahead /= np.sqrt((ahead * ahead).sum(axis=1))[:, None]
    found: Array = lines[:, -1] + ahead * (POINT_LENGTH * size)
    return found


def are_clear(lines: Array, tips: Array, area: BaseGeometry, size: float) -> Mask:
    """Return which arrows lie clear of the body."""
    beside = _CLEARANCE + SHAFT_HALF_WIDTH * size
    clear: Mask = ~shapely.dwithin(area, shapely.linestrings(lines), beside)
    clear[clear] = ~shapely.dwithin(
        area, _points_of(lines[clear, -1], tips[clear], _LEAST_POINT), _CLEARANCE / 2
    )
    return clear


def leave_body(lines: Array, tips: Array, area: BaseGeometry) -> Mask:
    """Return which arrows begin on the body, and have their whole points well clear of it."""
    points = _points_of(lines[:, -1], tips)
    found: Mask = shapely.intersects(area, shapely.points(lines[:, 0]))
    found[found] = ~shapely.dwithin(area, points[found], _CLEARANCE)
    return found


def push_body(lines: Array, tips: Array, area: BaseGeometry) -> Mask:
    """Return which arrows point at the body, as if something outside pushed it."""
    ahead = (tips - lines[:, -1]) * (_AIMS / POINT_LENGTH)
    found: Mask = shapely.intersects(area, shapely.linestrings(np.stack([tips, tips + ahead], 1)))
    return found


def in_the_way(lines: Array, ground: Ground, size: float) -> Array:
    """Return how bad the places of arrows are for what lies there; lines end at their points."""
    drawn, beside = shapely.linestrings(lines), SHAFT_HALF_WIDTH * size
    bad = _OUTSIDE * _outside(lines, ground.area)
    bad += _OVER_GHOST * shapely.dwithin(ground.beside, drawn, _CLEARANCE)
    over = shapely.dwithin(ground.props, drawn, beside)
    points = _points_of(lines[:, -2], lines[:, -1])
    over |= shapely.intersects(ground.props, points)
    bad += _TOUCHES * shapely.dwithin(ground.area, points, _CLEARANCE / 2)
    across = shapely.length(shapely.intersection(ground.props, drawn[over]))
    bad[over] += _OVER_PROPS + _ACROSS_PROPS * across
    found: Array = bad + _BELOW_FLOOR * (lines[:, :, 1].min(axis=1) < ground.lowest + _CLEARANCE)
    return found


def _outside(lines: Array, area: BaseGeometry) -> Array:
    """Return how much larger a picture becomes by each line."""
    low, high = np.array(area.bounds).reshape(2, 2)
    least, most = lines.min(axis=1), lines.max(axis=1)
    wider: Array = (np.maximum(low - least, 0.0) + np.maximum(most - high, 0.0)).sum(axis=1)
    return wider
