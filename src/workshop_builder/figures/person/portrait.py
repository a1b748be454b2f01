"""A person as shapes: posed, seen from somewhere, in flat colours with lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.pose import SIDES
from workshop_builder.figures.drawing.convex import Convex
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.person.face import face_shapes
from workshop_builder.figures.person.felt import felt_shapes
from workshop_builder.figures.person.finger_lines import finger_lines
from workshop_builder.figures.person.ghosts import ghost_shapes
from workshop_builder.figures.pixels.hair import HairMesh
from workshop_builder.figures.pixels.hiding import hide
from workshop_builder.figures.pixels.inking import coloured, edges_of, inked, thin_lines
from workshop_builder.figures.pixels.label_picture import (
    LabelPicture,
    pictured,
    scene_of,
    window_of,
)
from workshop_builder.figures.pixels.solids import Solid
from workshop_builder.figures.pixels.tidying import tidy
from workshop_builder.model.figure import Age, Prosthesis, Region

_LEAST_OUTLINE = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Sitting:
    """All that one picture of a person shows."""

    body: PosedBody
    hair: HairMesh
    camera: Camera
    density: float
    """Pixels for one per cent of body height."""
    held: Sequence[Solid] = ()
    """What hands hold."""
    around: Sequence[Convex] = ()
    """What may stand before the body."""
    felt: Sequence[Region] = ()
    in_front: str | None = None
    ghost: PosedBody | None = None
    prosthesis: Prosthesis = "none"
    glasses: bool = False
    age: Age = "middle"


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """A person, drawn."""

    shapes: list[Shape]
    area: BaseGeometry
    """What the body covers."""
    beside: BaseGeometry
    """What its other position covers."""


def portrait(sitting: Sitting) -> Portrait:
    """Return a person as shapes, in the order in which they are painted."""
    body, hair, camera = sitting.body, sitting.hair, sitting.camera
    made = sitting.prosthesis
    scene = scene_of(body, hair, sitting.held, camera, made)
    other = scene_of(sitting.ghost, hair, (), camera, made) if sitting.ghost else None
    window = window_of([scene, other] if other else [scene], camera, sitting.density)
    picture = pictured(scene, hair, camera, window, sitting.density, sitting.in_front)
    _prepare(picture, body, sitting)
    behind: list[Shape] = []
    beside: BaseGeometry = shapely.Polygon()
    if other and sitting.ghost:
        pale = pictured(other, hair, camera, window, sitting.density)
        _prepare(pale, sitting.ghost, sitting)
        behind = ghost_shapes(pale, picture)
        beside = _area(pale)
    hatched = [shape for name in sitting.felt for shape in felt_shapes(name, body, picture, camera)]
    lines = [*inked(picture), *thin_lines(picture, finger_lines(picture, body, camera))]
    face = face_shapes(body, picture, camera, age=sitting.age, glasses=sitting.glasses)
    shapes = [*behind, *coloured(picture), *hatched, *lines, *face]
    return Portrait(shapes, _area(picture), beside)


def _prepare(picture: LabelPicture, body: PosedBody, sitting: Sitting) -> None:
    if sitting.around:
        hide(picture, sitting.around, sitting.camera)
    tidy(picture, tuple(side for side in SIDES if body.grips[side] in {"fist", "hooked"}))


def _area(picture: LabelPicture) -> BaseGeometry:
    rings = [shapely.Polygon(ring) for ring in edges_of(picture, picture.body, _LEAST_OUTLINE)]
    whole = shapely.Polygon()
    for ring in sorted(rings, key=lambda each: -float(each.area)):
        whole = shapely.symmetric_difference(whole, shapely.buffer(ring, 0))
    return whole
