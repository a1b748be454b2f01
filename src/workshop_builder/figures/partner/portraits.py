"""A second person in a picture, drawn in one depth with the first."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera, OnPlane, beside
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.mesh.rest_body import rest_body
from workshop_builder.figures.partner.hands import Second, pose_partner
from workshop_builder.figures.person.people import Appearance, choose_other, palette_of
from workshop_builder.figures.person.portrait import Portrait, Sitting, portrait, seen
from workshop_builder.figures.pixels.hair import HairMesh, hair_mesh
from workshop_builder.figures.pixels.hiding import drop_scraps
from workshop_builder.model.figure import PoseFigure


@dataclass(frozen=True, slots=True, eq=False)
class StagedPartner:
    """A second person, of whom all is in place, but nothing drawn."""

    second: Second
    hair: HairMesh
    camera: Camera
    """As seen from their own space."""
    place: OnPlane
    """Where that camera's plane lies in the drawing."""
    look: Appearance

    @property
    def points(self) -> Array:
        """What will be drawn, in the plane of the drawing."""
        body = self.second.body
        return self.place.moved(self.camera.project(self.hair.on(body.bones, body.points)))

    @property
    def in_space(self) -> Array:
        """Where their vertices are, in the first person's space."""
        return self.second.stance.to_first(self.second.body.points)

    @property
    def is_nearer(self) -> bool:
        """Whether they are nearer to the reader than the first person."""
        return self.place.nearer > 0


def stage_partner(
    figure: PoseFigure, first: PosedBody, camera: Camera, look: Appearance
) -> StagedPartner | None:
    """Return the second person of a figure in place; None where there is none."""
    if figure.partner is None:
        return None
    own = choose_other(figure.partner.person, look, figure.title or "")
    second = pose_partner(figure.partner, figure, first, own.build, own.body)
    seen, place = beside(camera, second.stance.turn, second.stance.shift)
    hair = hair_mesh(rest_body(own.body), own.hair)
    return StagedPartner(second, hair, seen, place, own)


def both_portraits(sitting: Sitting, partner: StagedPartner) -> tuple[list[Shape], Portrait]:
    """Return two people as shapes, and the portrait of the first; its area is that of both."""
    other = Sitting(
        partner.second.body, partner.hair, partner.camera, sitting.density,
        around=sitting.around, room=(sitting.camera, partner.place),
        prosthesis=partner.look.prosthesis, glasses=partner.look.glasses,
    )  # fmt: skip
    if partner.is_nearer:
        first, second = _in_one_depth(sitting, other, partner.place)
        shapes = [*first.ghost, *first.shapes, *_moved(second.shapes, partner)]
    else:
        second, first = _in_one_depth(other, sitting, partner.place.back)
        shapes = [*first.ghost, *_moved(second.shapes, partner), *first.shapes]
    theirs = shapely.transform(second.area, partner.place.moved)
    area = shapely.union_all([shapely.buffer(each, 0) for each in (first.area, theirs)])
    return shapes, replace(first, area=area)


def _in_one_depth(back: Sitting, front: Sitting, place: OnPlane) -> tuple[Portrait, Portrait]:
    """Return the portraits of who is painted first, and of who is painted over them.

    `place` is where the plane of the second lies in that of the first.
    """
    behind = seen(back)
    before = seen(replace(front, other=(behind, place)))
    drop_scraps(behind, before, place.back)
    return portrait(back, behind), portrait(front, before)


def _moved(shapes: list[Shape], partner: StagedPartner) -> list[Shape]:
    """Return the shapes of the second person in the plane of the drawing, in their colours."""
    palette = palette_of(partner.look)
    return [
        replace(
            shape,
            lines=tuple(np.ascontiguousarray(partner.place.moved(line)) for line in shape.lines),
            palette=palette,
        )
        for shape in shapes
    ]
