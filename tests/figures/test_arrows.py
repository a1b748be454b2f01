"""Arrows start at what moves, go where it goes, and stay clear of the body."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from workshop_builder.figures.body.placement import place_body
from workshop_builder.figures.body.pose import pose_of
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.drawing.arcs import through
from workshop_builder.figures.drawing.projection import camera_of
from workshop_builder.figures.movement.between import movement_of
from workshop_builder.figures.movement.directions import completed, contradictions
from workshop_builder.figures.movement.paths import center, path_of
from workshop_builder.figures.scene.arrows import arrow_shapes
from workshop_builder.figures.scene.clearance import Ground
from workshop_builder.model.figure import Arrow, PoseFigure
from workshop_builder.model.posture import Limbs, Posture

LEG = PoseFigure(
    position="lying on the back", near=Limbs(hip=70), ghost=Posture(near=Limbs(hip=30))
)


def _figure(figure: PoseFigure, **arrow: object) -> PoseFigure:
    return figure.model_copy(update={"arrows": (Arrow.model_validate(arrow),)})


@pytest.mark.parametrize("bow", [-6.0, 0.0, 3.0])
def test_an_arc_goes_through_its_points(bow: float) -> None:
    """The way through start, middle and end begins and ends there, whichever way it bows."""
    points = np.array([[0.0, 0.0], [10.0, bow], [20.0, 0.0]])
    arc = through(points)
    assert np.allclose([arc.at(0), arc.at(arc.length / 2), arc.at(arc.length)], points, atol=0.05)


@pytest.mark.parametrize("aside", [0.0, 25.0])
def test_an_arrow_is_clear_of_the_body_and_near_what_moves(aside: float) -> None:
    """Whatever the body covers, the arrow is drawn beside it, no further away than it must be."""
    figure = _figure(LEG, at="near foot")
    skeleton = place_body(pose_of(figure), figure, BUILDS["medium"]).skeleton
    camera = camera_of(figure, skeleton.pelvis_frame[1])
    spot = camera.project(center("near foot", skeleton))
    left, low, right, high = spot[0] - aside - 4, spot[1] - 4, spot[0] + aside + 4, spot[1] + 4
    body = shapely.box(left, low, right, high)
    ground = Ground(skeleton, camera, body, shapely.Polygon(), shapely.Polygon(), 4.0)
    movement = movement_of(figure)
    assert movement is not None
    path = camera.project(path_of(movement, "near foot"))
    [shape] = arrow_shapes(figure.arrows[0], ground, path, arrives=True)
    drawn = shapely.Polygon(shape.lines[0])
    assert not shapely.intersects(drawn, body)
    assert shapely.distance(drawn, shapely.Point(spot)) < 12


def test_an_arrow_comes_out_of_what_moves_where_no_room_is_ahead() -> None:
    """Behind the hips it would point at them, as a push from outside."""
    figure = _figure(PoseFigure(position="standing"), at="hips", toward="right")
    skeleton = place_body(pose_of(figure), figure, BUILDS["medium"]).skeleton
    camera = camera_of(figure, skeleton.pelvis_frame[1])
    x, y = camera.project(center("hips", skeleton)).tolist()
    hips, arms = (
        shapely.box(x - 6, y - 40, x + 6, y + 40),
        shapely.box(x + 19, y - 40, x + 25, y + 40),
    )
    none = shapely.Polygon()
    ground = Ground(skeleton, camera, shapely.union(hips, arms), none, none, 4.0)
    [shape] = arrow_shapes(figure.arrows[0], ground, None, arrives=True)
    left, _, right, _ = shapely.Polygon(shape.lines[0]).bounds
    assert x - 6 < left < x + 6 < right < x + 19


def test_an_arrow_without_a_direction_gets_that_of_the_movement() -> None:
    """From the ghost to the figure the leg rises toward the head; a turning face goes aside."""
    assert [arrow.toward for arrow in completed(_figure(LEG, at="near foot"))] == ["up left"]
    face = PoseFigure(position="sitting", view="front", neck_turn=60, start=Posture(neck_turn=0))
    assert [arrow.toward for arrow in completed(_figure(face, at="head"))] == ["left"]


@pytest.mark.parametrize(
    ("arrow", "told"),
    [
        ({"at": "near foot"}, ""),
        ({"at": "near foot", "toward": "up"}, ""),
        ({"at": "near foot", "around": "near hip", "by": 20}, ""),
        ({"at": "near foot", "toward": "right"}, "the way of the near foot from start to end is"),
        ({"at": "near foot", "around": "near hip", "by": -20}, "leave out 'around'"),
        ({"at": "far foot"}, "such as 'at: near foot'"),
        ({"at": "far foot", "around": "far hip", "by": 20}, "nothing moves at the far foot"),
    ],
)
def test_an_arrow_that_start_and_end_contradict_is_told(
    arrow: dict[str, object], told: str
) -> None:
    """A part that stays, or goes another way, gets no arrow that says otherwise."""
    moved = LEG.model_copy(update={"start": LEG.ghost, "ghost": None})
    texts = [fault.text for fault in contradictions(_figure(moved, **arrow))]
    assert len(texts) == bool(told)
    assert all(told in text for text in texts)


def test_a_ghost_may_be_the_end() -> None:
    """An arrow may lead to the ghost."""
    assert not [*contradictions(_figure(LEG, at="near foot", around="near hip", by=-20))]
