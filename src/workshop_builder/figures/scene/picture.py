"""One picture of a person: first staged, so that its size is known, then drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from workshop_builder.figures.body.pose import SIDES, Pose
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.close_up import close_up_box, cut
from workshop_builder.figures.drawing.convex import Polyhedron
from workshop_builder.figures.drawing.projection import Camera, camera_of
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.mesh.posed_body import PosedBody, pose_body
from workshop_builder.figures.mesh.rest_body import rest_body
from workshop_builder.figures.movement.between import Movement
from workshop_builder.figures.movement.directions import leads_back
from workshop_builder.figures.movement.paths import mover, path_of
from workshop_builder.figures.partner.portraits import StagedPartner, both_portraits, stage_partner
from workshop_builder.figures.person.people import Appearance
from workshop_builder.figures.person.portrait import Sitting, portrait
from workshop_builder.figures.pixels.hair import HairMesh, hair_mesh
from workshop_builder.figures.pixels.label_picture import SHARP
from workshop_builder.figures.pixels.solids import Solid
from workshop_builder.figures.scene import background
from workshop_builder.figures.scene.arrows import arrow_shapes
from workshop_builder.figures.scene.clearance import Ground
from workshop_builder.figures.scene.props import draw_props
from workshop_builder.figures.scene.strap import band_solids
from workshop_builder.figures.scene.wheels import wheel_solids
from workshop_builder.model.figure import Arrow, PoseFigure

_EDGE = 0.2
"""Half the width of the edge of a wall or a mat."""
_FROM_ABOVE = 0.4
"""How steeply a mat is seen, as the sine of the angle, for arrows to lie on it."""
_STOOPED = {"standing", "sitting"}
_STOOP, _CHIN_UP = 9.0, 6.0
"""Degrees by which an old person's back is rounder there, and the neck lifts the face again."""


@dataclass(frozen=True, slots=True, eq=False)
class Staged:
    """A picture of which all is in place, but nothing drawn."""

    figure: PoseFigure
    appearance: Appearance
    body: PosedBody
    ghost: PosedBody | None
    hair: HairMesh
    camera: Camera
    behind: list[Shape]
    """What is painted before the body."""
    felt: bool
    arrows: tuple[Arrow, ...]
    movement: Movement | None
    arrives: bool
    """Whether this is the end of the movement."""
    partner: StagedPartner | None
    aside: float = 0.0
    """How far to the right it is painted, for what carries the body to stay where it is."""

    @property
    def close_up(self) -> Array | None:
        """The box of a close-up; None where everything is shown."""
        if self.figure.close_up is None:
            return None
        bodies = [each.placed.skeleton for each in (self.body, self.ghost) if each]
        return close_up_box(self.figure.close_up, bodies, self.camera)

    @property
    def box(self) -> Array:
        """The least x and y of what will be drawn, and the greatest, but for arrows."""
        if self.close_up is not None:
            return self.close_up
        bodies = [each for each in (self.body, self.ghost) if each]
        points = [self.camera.project(self.hair.on(each.bones, each.points)) for each in bodies]
        points += [self.partner.points] if self.partner else []
        flat = np.concatenate([*points, *(line for shape in self.behind for line in shape.lines)])
        return np.concatenate([flat.min(axis=0), flat.max(axis=0)]) + [self.aside, 0] * 2


def posed(figure: PoseFigure, appearance: Appearance, pose: Pose) -> PosedBody:
    """Return somebody's body in a pose, as it rests in a figure."""
    return pose_body(_aged(pose, appearance), figure, appearance.build, appearance.body)


def stage_picture(
    figure: PoseFigure,
    appearance: Appearance,
    body: PosedBody,
    *,
    elsewhere: PosedBody | None = None,
    arrows: tuple[Arrow, ...] = (),
    movement: Movement | None = None,
    arrives: bool = True,
) -> Staged:
    """Return a picture in place.

    `elsewhere` is the body at the other end of its movement, on the same mat. What is felt is
    drawn where the movement `arrives`.
    """
    camera = camera_of(figure, body.placed.skeleton.pelvis_frame[1])
    hair = hair_mesh(rest_body(appearance.body), appearance.hair)
    partner = stage_partner(figure, body, camera, appearance)
    other = partner.in_space if partner else None
    behind = draw_props(figure, body, camera, other, elsewhere=elsewhere)
    if figure.behind == "sunrise":
        x = camera.project(body.points)[:, 0]
        behind = [*background.sunrise(float(x.min() + x.max()) / 2), *behind]
    return Staged(
        figure, appearance, body, None, hair, camera, behind, arrives, arrows, movement, arrives,
        partner,
    )  # fmt: skip


def _aged(pose: Pose, appearance: Appearance) -> Pose:
    """Return a pose as somebody of that age has it."""
    if appearance.age != "old" or pose.position not in _STOOPED:
        return pose
    return replace(pose, spine=pose.spine + _STOOP, neck=pose.neck - _CHIN_UP)


def _over_hair(body: PosedBody) -> str | None:
    """Return the arm that lies over a head, so that no hair hides it; None where there is none."""
    pose = body.placed.pose
    over = [side for side in SIDES if pose.limb(side).hand == "side of head" and not pose.on_side]
    return f"{over[0]} arm" if over else None


def paint_picture(staged: Staged, scale: float) -> list[Shape]:
    """Return the shapes of a picture in the order in which they are painted.

    `scale` says about how many units of the drawing one per cent of body height will be.
    """
    figure, camera, body = staged.figure, staged.camera, staged.body
    box = staged.close_up
    sitting = Sitting(
        body,
        staged.hair,
        camera,
        scale * SHARP,
        held=_solids(figure, body, camera),
        around=[shape.solid for shape in staged.behind if shape.solid],
        felt=figure.felt if staged.felt else (),
        in_front=figure.in_front or _over_hair(body),
        ghost=staged.ghost,
        prosthesis=staged.appearance.prosthesis,
        glasses=staged.appearance.glasses,
        mirrored=figure.side == "left",
        within=None if staged.partner else box,
    )
    if staged.partner:
        people, drawn = both_portraits(sitting, staged.partner)
    else:
        drawn = portrait(sitting)
        people = [*drawn.ghost, *drawn.shapes]
    shapes, area, beside = [*staged.behind, *people], drawn.area, drawn.beside
    if box is not None:
        shapes = cut(shapes, box)
        area, beside = (shapely.intersection(each, shapely.box(*box)) for each in (area, beside))
    props = _covered([each for each in staged.behind if each.solid], camera)
    open_props = shapely.difference(props, area)
    ground = Ground(body.placed.skeleton, camera, area, beside, open_props, scale)
    for arrow in staged.arrows:
        path = _path(staged, arrow, ground)
        placed = arrow_shapes(arrow, ground, path, arrives=staged.arrives)
        ground = replace(ground, props=shapely.union(ground.props, _covered(placed, camera)))
        shapes += placed
    return [_moved(shape, staged.aside) for shape in shapes] if staged.aside else shapes


def _moved(shape: Shape, aside: float) -> Shape:
    return replace(shape, lines=tuple(line + np.array([aside, 0.0]) for line in shape.lines))


def _solids(figure: PoseFigure, body: PosedBody, camera: Camera) -> list[Solid]:
    """Return the props that are drawn pixel by pixel with the body, for they wind round it."""
    found: list[Solid] = []
    for prop in figure.props:
        if prop.prop in {"strap", "band"}:
            found += band_solids(prop, body)
        elif prop.prop == "wheelchair":
            found += wheel_solids(body, camera)
    return found


def _covered(shapes: Iterable[Shape], camera: Camera) -> BaseGeometry:
    """Return what closed shapes cover together; of walls their edges, of mats that face us none."""
    parts: list[BaseGeometry] = []
    for shape in shapes:
        whole = [shapely.buffer(shapely.Polygon(line), 0) for line in shape.lines if len(line) > 2]
        flat = isinstance(shape.solid, Polyhedron) and shape.solid.corners[:, 1].max() <= 0
        faces_us = shape.fill == "prop" and (not flat or camera.toward[1] > _FROM_ABOVE)
        if flat and faces_us:
            continue
        edges = (shapely.buffer(shapely.boundary(each), _EDGE) for each in whole)
        parts += edges if faces_us else whole
    return shapely.union_all(parts)


def _path(staged: Staged, arrow: Arrow, ground: Ground) -> Array | None:
    """Return the way of what an arrow is at, through where it is in this picture."""
    movement = staged.movement
    if movement is None or arrow.at == arrow.around:
        return None
    back = staged.ghost is not None and not arrow.both_ways and leads_back(movement, arrow)
    if (arrow.toward or arrow.around) and not back:
        return None
    part = mover(movement, arrow.at)
    path = staged.camera.project(path_of(movement, part))
    moved: Array = path + (ground.spot(part) - path[-1 if staged.arrives else 0])
    if back:
        return moved[::-1]
    return moved
