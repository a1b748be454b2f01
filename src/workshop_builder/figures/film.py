"""A movement as drawings on one canvas, from its start to its end, with one camera for all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing import svg
from workshop_builder.figures.drawing.convex import Polyhedron
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.movement.between import Movement, movement_of
from workshop_builder.figures.partner.portraits import stage_partner
from workshop_builder.figures.person.people import Appearance, choose_appearance, palette_of
from workshop_builder.figures.scene.canvas import (
    HEIGHT,
    WIDTH,
    placed_group,
    viewport_of,
)
from workshop_builder.figures.scene.picture import Staged, paint_picture, posed, stage_picture
from workshop_builder.figures.scene.props import draw_props, shadow
from workshop_builder.figures.scene.solids import boxed
from workshop_builder.model.figure import Person, PoseFigure

DRAWINGS = 12
"""How many there are of one way."""
_SHARPNESS = 0.6
"""Of a drawing that is seen for a tenth of a second, as a share of that of one on paper."""
_CARRIED = {"ball", "dumbbell", "stick"}
"""Props that go along with the body; all others stay where they are."""
_MAT_MOST = 0.01
"""The height of the upper side of a mat, at most."""


def draw_film(figure: PoseFigure, default: Person) -> tuple[bytes, ...]:
    """Return a figure that moves as SVG files, from its start to its end; none of one that stays.

    `default` is how a person looks where the figure leaves it open. Where it is felt is shown at
    the end.
    """
    movement = movement_of(figure)
    if movement is None:
        return ()
    appearance = choose_appearance(figure.person, default, figure.title or "")
    staged = _staged(movement, appearance)
    boxes = np.array([each.box for each in staged])
    box = np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])
    viewport = viewport_of(figure, box)
    palette = palette_of(appearance)
    return tuple(
        svg.document(
            (WIDTH, HEIGHT), "", "", "",
            [placed_group(paint_picture(each, viewport.scale * _SHARPNESS), viewport, palette)],
        )
        for each in staged
    )  # fmt: skip


def _staged(movement: Movement, appearance: Appearance) -> list[Staged]:
    """Return the pictures of a movement: the things around stay, and the body holds its place."""
    figure = movement.figure
    bodies = [posed(figure, appearance, pose) for pose in movement.eased(DRAWINGS)]
    found = [stage_picture(figure, appearance, body) for body in bodies]
    camera, end = found[-1].camera, movement.offset(found[-1].body.placed.skeleton)
    moves = [movement.offset(each.body.placed.skeleton) - end for each in found]
    resting = _with_props(figure, carried=False)
    first, last = (
        draw_props(resting, each.body, camera, each.partner.in_space if each.partner else None)
        for each in (found[0], found[-1])
    )
    around = [*_ground(first, moves[0], last, camera)]
    pictures = []
    for each, by in zip(found, moves, strict=True):
        body = each.body.moved(by)
        # Before a background, no floor is drawn with what is carried.
        carried = _with_props(figure, carried=True).model_copy(update={"behind": "sunrise"})
        partner = stage_partner(figure, body, camera, appearance)
        behind = [*_shaded(around, body, camera), *draw_props(carried, body, camera)]
        pictures.append(replace(found[-1], body=body, behind=behind, partner=partner, felt=False))
    return [*pictures[:-1], replace(pictures[-1], felt=True)]


def _shaded(around: list[Shape], body: PosedBody, camera: Camera) -> list[Shape]:
    """Return what is around a body, with its own shadow on the mat."""
    found: list[Shape] = []
    for shape in around:
        found += shadow(body, around[0], camera) if shape.fill == "shade" else [shape]
    return found


def _with_props(figure: PoseFigure, *, carried: bool) -> PoseFigure:
    """Return a figure with those of its props that go along with the body, or with the others."""
    props = tuple(prop for prop in figure.props if (prop.prop in _CARRIED) is carried)
    return figure.model_copy(update={"props": props})


def _ground(first: list[Shape], by: Array, last: list[Shape], camera: Camera) -> list[Shape]:
    """Return what is around at the end of a movement, on a ground that reaches to its start.

    `by` is how what is around at the start is moved to be where it is at the end.
    """
    if not first or not last:
        return last
    start, end = first[0], last[0]
    if start.stroke == end.stroke == "floor":
        x = np.concatenate([start.lines[0] + camera.project(by), end.lines[0]])[:, 0]
        return [replace(end, lines=(_line(x, float(end.lines[0][0, 1])),)), *last[1:]]
    if _is_mat(start) and _is_mat(end):
        corners = np.concatenate([_corners(start) + by, _corners(end)])
        mat = boxed(corners.min(axis=0), corners.max(axis=0), camera, end.fill)
        return [*mat, *last[len(mat) :]]
    return last


def _line(x: Array, height: float) -> Array:
    return np.array([[x.min(), height], [x.max(), height]])


def _is_mat(shape: Shape) -> bool:
    return isinstance(shape.solid, Polyhedron) and _corners(shape)[:, 1].max() < _MAT_MOST


def _corners(shape: Shape) -> Array:
    return shape.solid.corners if isinstance(shape.solid, Polyhedron) else np.zeros((0, 3))
