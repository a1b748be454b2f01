"""Parallel projection: from where a body in space is seen.

Lengths are per cent of body height.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.vectors import UP, Array, cross, horizontal, unit
from workshop_builder.model.figure import SIDE_UP, PoseFigure, View

_OBLIQUE = (-0.24, -0.08)
"""How a step towards the reader moves a side view right and up, so that far limbs peep out."""
_FACING_HEIGHT = 6.0
"""Degrees from above at which a body is seen from the front or the back."""
_USUAL_TURN, _USUAL_TILT = 40.0, 18.0
"""Degrees round the body and from above of a three-quarter view that gives no others."""
_ROUND_SIDE: Mapping[View, float] = {"side": 0, "front": 0, "three-quarter": -28, "back": 180}
_ABOVE_SIDE = 15.0
"""Degrees round somebody who lies on a side, for each view, and from above."""
_ACROSS = 0.5
"""The cosine of a turn below which somebody stands across."""
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
    def tells_sides(self) -> bool:
        """Whether the far side has tones of its own: where the sides do not lie side by side."""
        return self.view in {"side", "three-quarter"}

    @property
    def from_side(self) -> bool:
        """Whether the body is seen exactly from its side."""
        return self.view == "side"

    def project(self, points: Array) -> Array:
        """Return a point, or many, in the plane of the drawing."""
        flat: Array = points @ self.plane.T
        return flat


def camera_of(figure: PoseFigure, pelvis_up: Array) -> Camera:
    """Return the camera of a figure, given the direction of its pelvis.

    In a view from the top, that direction points up in the drawing.
    """
    tilt = figure.height if figure.tilt is None else figure.tilt
    if figure.position in SIDE_UP and figure.view != "top":
        turn = _ROUND_SIDE[figure.view] if figure.turn is None else figure.turn
        return _orbiting("three-quarter", turn, _ABOVE_SIDE if tilt is None else tilt)
    match figure.view:
        case "side" if figure.turn is not None or tilt is not None:
            return _orbiting("three-quarter", figure.turn or 0.0, tilt or 0.0)
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
            return _orbiting(figure.view, turn, _USUAL_TILT if tilt is None else tilt)


def _orbiting(view: View, turn: float, tilt: float) -> Camera:
    """Return a camera that went round the body and up, by degrees, from its side."""
    a, e = math.radians(turn), math.radians(tilt)
    toward = np.array([math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)])
    right = np.array([math.cos(a), 0.0, -math.sin(a)])
    return Camera(view, np.array([right, cross(toward, right)]), toward)


def rings(shape: BaseGeometry) -> list[Array]:
    """Return the rings of a shape, outer and inner, as corners without the repeated last one."""
    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon" and part.area > _SPECK:
            found += [np.asarray(ring.coords)[:-1] for ring in (part.exterior, *part.interiors)]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class OnPlane:
    """Where the plane of one camera lies in that of another that looks the same way."""

    mirrored: bool
    shift: Array
    nearer: float
    """How much nearer to the reader everything is."""

    def moved(self, flat: Array) -> Array:
        """Return points of the one plane in the other."""
        found: Array = flat * self._sign + self.shift
        return found

    @property
    def back(self) -> OnPlane:
        """The way back."""
        return OnPlane(self.mirrored, -self.shift * self._sign, -self.nearer)

    @property
    def _sign(self) -> Array:
        return np.array([-1.0 if self.mirrored else 1.0, 1.0])


def beside(camera: Camera, turn: Array, shift: Array) -> tuple[Camera, OnPlane]:
    """Return the camera of somebody turned and moved in space, and where its plane lies.

    `turn` may be a mirror; then the picture is mirrored too, so that it is of an unmirrored body.
    """
    mirrored = bool(np.linalg.det(turn) < 0)
    plane = camera.plane @ turn
    if mirrored:
        plane = plane * np.array([[-1.0], [1.0]])
    # Who is turned across has no near side in the picture.
    across = abs(float(turn[0, 0])) < _ACROSS
    view: View = "front" if across and camera.view == "side" else camera.view
    own = Camera(view, plane, camera.toward @ turn)
    return own, OnPlane(mirrored, camera.project(shift), float(camera.toward @ shift))
