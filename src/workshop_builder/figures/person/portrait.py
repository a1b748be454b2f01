"""A person as shapes: posed, seen from somewhere, in flat colours with lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.pose import SIDES
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.convex import Convex
from workshop_builder.figures.drawing.projection import Camera, OnPlane
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.person.face import face_shapes
from workshop_builder.figures.person.felt import felt_shapes
from workshop_builder.figures.person.finger_lines import ankle_lines, finger_lines
from workshop_builder.figures.person.ghosts import ghost_shapes, going_along
from workshop_builder.figures.pixels.hair import HairMesh
from workshop_builder.figures.pixels.hiding import hide, hide_behind
from workshop_builder.figures.pixels.inking import coloured, edges_of, inked, thin_lines
from workshop_builder.figures.pixels.label_picture import (
    LabelPicture,
    pictured,
    scene_of,
    window_of,
)
from workshop_builder.figures.pixels.solids import Solid
from workshop_builder.figures.pixels.tidying import tidy
from workshop_builder.model.figure import Prosthesis, Region

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
    room: tuple[Camera, OnPlane] | None = None
    """The camera of what is around, if it is another, and where this one's plane lies in its."""
    other: tuple[LabelPicture, OnPlane] | None = None
    """Another person who is painted before, and where this one's plane lies in theirs."""
    mirrored: bool = False
    """Whether it will be mirrored in the drawing."""
    within: Array | None = None
    """The least x and y of what is drawn, and the greatest; None for all of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """A person, drawn."""

    ghost: list[Shape]
    """The other position, to be painted before all bodies."""
    shapes: list[Shape]
    area: BaseGeometry
    """What the body covers."""
    beside: BaseGeometry
    """What its other position covers."""


def seen(sitting: Sitting) -> LabelPicture:
    """Return what is seen of a person, pixel by pixel, not tidied yet."""
    body, hair, camera = sitting.body, sitting.hair, sitting.camera
    scenes = [scene_of(body, hair, sitting.held, camera, sitting.prosthesis)]
    if sitting.ghost:
        scenes.append(scene_of(sitting.ghost, hair, (), camera, sitting.prosthesis))
    window = window_of(scenes, camera, sitting.density, sitting.within)
    picture = pictured(scenes[0], hair, camera, window, sitting.density, sitting.in_front)
    _hide(picture, sitting)
    return picture


def portrait(sitting: Sitting, picture: LabelPicture | None = None) -> Portrait:
    """Return a person as shapes, in the order in which they are painted.

    `picture` is what is seen of them, if it is known already.
    """
    body, hair, camera = sitting.body, sitting.hair, sitting.camera
    picture = picture or seen(sitting)
    _tidy(picture, body)
    behind: list[Shape] = []
    beside: BaseGeometry = shapely.Polygon()
    if sitting.ghost:
        going = going_along(sitting.ghost.placed.pose)
        scene = scene_of(sitting.ghost, hair, (), camera, sitting.prosthesis, going)
        pale = pictured(scene, hair, camera, picture.window, sitting.density)
        _hide(pale, sitting)
        _tidy(pale, sitting.ghost)
        behind = ghost_shapes(pale, picture)
        beside = _area(_edges(pale))
    hatched = [
        shape
        for name in sitting.felt
        for shape in felt_shapes(name, body, picture, camera, mirrored=sitting.mirrored)
    ]
    within, outlines = inked(picture)
    drawn = [*finger_lines(picture, body, camera), *ankle_lines(picture, body, camera)]
    within += thin_lines(picture, drawn)
    face = face_shapes(body, picture, camera, glasses=sitting.glasses)
    whole = _edges(picture)
    shapes = [*coloured(picture, whole), *within, *hatched, *outlines, *face]
    return Portrait(behind, shapes, _area(whole), beside)


def _hide(picture: LabelPicture, sitting: Sitting) -> None:
    if sitting.around:
        camera, place = sitting.room or (sitting.camera, None)
        hide(picture, sitting.around, camera, place)
    if sitting.other:
        hide_behind(picture, *sitting.other)


def _tidy(picture: LabelPicture, body: PosedBody) -> None:
    tidy(
        picture,
        tuple(
            side
            for side in SIDES
            if body.grips[side] in {"fist", "clasped", "hooked", "round", "draped"}
        ),
    )


def _edges(picture: LabelPicture) -> tuple[Array, ...]:
    return edges_of(picture, picture.body, _LEAST_OUTLINE)


def _area(edges: tuple[Array, ...]) -> BaseGeometry:
    rings = [shapely.Polygon(ring) for ring in edges]
    whole = shapely.Polygon()
    for ring in sorted(rings, key=lambda each: -float(each.area)):
        whole = shapely.symmetric_difference(whole, shapely.buffer(ring, 0))
    return whole
