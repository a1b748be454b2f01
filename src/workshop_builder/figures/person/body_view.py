"""A body as it is seen from somewhere, and its parts as they are painted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.placement import PlacedBody
from workshop_builder.figures.body.pose import BodySide
from workshop_builder.figures.body.surface import Ellipsoids
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera, outline
from workshop_builder.figures.drawing.shapes import Shape, Tone
from workshop_builder.figures.person.hands import LineArt
from workshop_builder.model.figure import Hair


@dataclass(frozen=True, slots=True, eq=False)
class PaintedPart:
    """A part of a body as it is painted."""

    name: str
    depth: float
    """How near to the reader it is; more is nearer."""
    shapes: tuple[Shape, ...]
    area: BaseGeometry
    """What it covers."""


@dataclass(frozen=True, slots=True, eq=False)
class BodyView:
    """A placed body, the camera that sees it, and its hair."""

    body: PlacedBody
    camera: Camera
    hair: Hair

    def tone(self, name: Tone, side: BodySide) -> Tone:
        """Return a tone, or that of the far side where the view tells the sides apart."""
        far: dict[Tone, Tone] = {"skin": "skin_far", "top": "top_far", "legs": "legs_far"}
        told_apart = self.camera.view in {"side", "three-quarter"}
        return far[name] if side == "far" and told_apart else name

    def outline(self, *parts: Ellipsoids) -> BaseGeometry:
        """Return the outline of connected parts of the body."""
        return outline(parts, self.camera)

    def depth(self, *parts: Ellipsoids) -> float:
        """Return how near to the reader parts are on average."""
        return self.camera.depth(np.concatenate([part.centers for part in parts]))


@dataclass(frozen=True, slots=True, eq=False)
class ArtPlane:
    """The plane in space in which something drawn by hand lies."""

    origin: Array
    along: Array
    across: Array
    camera: Camera

    def project(self, points: Array) -> Array:
        """Return hand-drawn points as they are seen."""
        base, camera = self.camera.project(self.origin), self.camera
        step = np.outer(points[:, 0], camera.project(self.along))
        return base + step + np.outer(points[:, 1], camera.project(self.across))

    def area(self, art: LineArt) -> BaseGeometry:
        """Return what a drawing covers."""
        return shapely.Polygon(self.project(art.outline))

    def lines(self, art: LineArt) -> list[Array]:
        """Return the thin lines of a drawing."""
        return [self.project(line) for line in art.lines]
