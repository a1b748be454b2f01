"""Props and second people: what carries a body, what stands before it, whose hands are on whom."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import shapely
import yaml

from languages import ENGLISH
from workshop_builder.errors import Problem
from workshop_builder.figures.body.pose import SIDES, pose_of
from workshop_builder.figures.drawing.convex import Ellipsoid, Polyhedron, bar, box
from workshop_builder.figures.drawing.projection import camera_of
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.posed_body import PosedBody, pose_body
from workshop_builder.figures.mesh.supports import lowest_over, spot_of
from workshop_builder.figures.partner.hands import pose_partner
from workshop_builder.figures.read import read
from workshop_builder.figures.scene.furniture import chair
from workshop_builder.figures.scene.props import draw_props, shadow
from workshop_builder.figures.scene.solids import drawn
from workshop_builder.model.figure import PoseFigure, View
from workshop_builder.model.props import BELOW, LAIN_ON, PROPS
from workshop_builder.source import yaml_text

LEG_HELD = """\
position: lying on the back
near: {hip: 75}
partner:
  position: kneeling
  at: in front
  distance: 44
  near: {hand: their near calf}
  far: {hand: their near ankle}
"""


def _figure(text: str) -> PoseFigure:
    return PoseFigure.model_validate(yaml.safe_load(text))


@cache
def _body(text: str) -> PosedBody:
    figure = _figure(text)
    return pose_body(pose_of(figure), figure, "medium", "medium-f")


@pytest.mark.parametrize(("prop", "height"), [("step", 9.0), ("ball", 5.0), ("block", 4.5)])
def test_a_foot_stands_on_what_is_below_it(prop: str, height: float) -> None:
    """The sole of one foot is as high as the prop under it, and the other is on the floor."""
    text = (
        "position: standing\nnear: {{hip: 40, knee: 40}}\nprops: [{{prop: {}, place: near foot}}]"
    )
    body = _body(text.format(prop))
    soles = [body.points[mesh().limb(side, "foot") > 0.5][:, 1].min() for side in SIDES]
    assert soles == [pytest.approx(height, abs=0.6), pytest.approx(0, abs=0.6)]


def test_the_feet_of_who_sits_in_a_wheelchair_are_on_its_footrest() -> None:
    """A wheelchair needs no place, and carries both soles."""
    body = _body("position: sitting\nprops: [wheelchair]")
    soles = [body.points[mesh().limb(side, "foot") > 0.5][:, 1].min() for side in SIDES]
    assert soles == [pytest.approx(PROPS["wheelchair"].footrest, abs=0.6)] * 2


def test_who_lies_on_a_roller_is_lifted_by_it() -> None:
    """The upper back is as high above the floor as a roller is, and nothing is below the floor."""
    text = """\
position: lying on the back
pelvis: 162
both: {hip: 35, knee: 100, foot: floor, hand: belly}
props: [{prop: roller, place: upper back}]
"""
    body = _body(text)
    spot = spot_of("upper back", body.placed.skeleton)
    height = PROPS["roller"].places["upper back"]
    assert lowest_over(body.points, spot, 3.0) == pytest.approx(height, abs=0.6)
    assert body.points[:, 1].min() > -0.5


@pytest.mark.parametrize("view", ["side", "front", "back", "three-quarter"])
def test_a_chair_has_four_legs_and_a_back(view: View) -> None:
    """From everywhere it is a seat and eight parts of wood, all with area: the back is a frame."""
    figure = _figure(f"position: sitting\nview: {view}\nprops: [{{prop: chair, place: seat}}]")
    body = _body("position: sitting\nprops: [{prop: chair, place: seat}]")
    camera = camera_of(figure, body.placed.skeleton.pelvis_frame[1])
    shapes = [shape for shape in chair(figure.props[0], body, camera) if shape.solid]
    assert sorted(shape.fill for shape in shapes) == ["prop_edge"] * 8 + ["seat"]
    for shape in shapes:
        left, bottom, right, top = shape.box
        assert min(right - left, top - bottom) > 1


@pytest.mark.parametrize(
    ("body", "place", "side"), [("sitting", "seat", "behind"), ("standing", "front", "front")]
)
def test_a_wall_is_beyond_the_chair_that_stands_against_it(
    body: str, place: str, side: str
) -> None:
    """It begins where the chair ends, and hides none of it."""
    props = f"[{{prop: chair, place: {place}}}, {{prop: wall, place: {side}}}]"
    figure = _figure(f"position: {body}\nturn: 20\nprops: {props}")
    posed = _body(f"position: {body}\nprops: {props}")
    camera = camera_of(figure, posed.placed.skeleton.pelvis_frame[1])
    shapes = [shape for shape in draw_props(figure, posed, camera) if shape.solid]
    (wall,) = (n for n, shape in enumerate(shapes) if shape.fill == "prop")
    x = [s.solid.corners[:, 0] for s in shapes if isinstance(s.solid, Polyhedron)]
    chairs = np.concatenate(x[:wall] + x[wall + 1 :])
    gap = chairs.min() - x[wall].max() if side == "behind" else x[wall].min() - chairs.max()
    assert 0 <= gap < 1
    assert wall == 0


def test_a_solid_is_drawn_by_its_outline_and_the_edges_that_are_seen() -> None:
    """A box at an angle has three edges inside, a bar the rim of one end, a ball nothing."""
    camera = camera_of(_figure("position: standing\nview: three-quarter"), np.array([0.0, 1, 0]))
    outline, edges = drawn(box(np.zeros(3), np.full(3, 10.0)), camera, "prop")
    assert len(outline.lines[0]) == 6
    assert sum(len(line) - 1 for line in edges.lines) == 3
    _, rim = drawn(bar(np.zeros(3), np.array([0.0, 0, 20]), 4.0), camera, "prop")
    assert len(rim.lines) == 1
    (ball,) = drawn(Ellipsoid(np.zeros(3), np.full(3, 5.0)), camera, "thing")
    assert np.linalg.norm(ball.lines[0], axis=1) == pytest.approx(5.0)


def test_the_shadow_on_a_mat_is_below_what_lies_on_it() -> None:
    """A bridge has no shadow below the hips, and none beyond the mat."""
    text = """\
position: lying on the back
turn: 15
tilt: 60
pelvis: 204
neck: 24
both: {hip: 0, knee: 114, foot: floor, shoulder: 90}
props: [mat]
"""
    body = _body(text)
    figure = _figure(text)
    camera = camera_of(figure, body.placed.skeleton.pelvis_frame[1])
    mat, *_ = draw_props(figure, body, camera)
    (shade,) = shadow(body, mat, camera)
    shaded = shapely.union_all([shapely.Polygon(line) for line in shade.lines])
    feet = body.bones.legs["near"].ankle * np.array([1, 0, 1])
    hips = body.placed.skeleton.hips * np.array([1, 0, 1])
    assert shaded.contains(shapely.Point(camera.project(feet)))
    assert not shaded.contains(shapely.Point(camera.project(hips)))
    assert shapely.Polygon(mat.lines[0]).contains(shaded)


def test_hands_of_a_second_person_lie_on_the_first() -> None:
    """Each hand comes to the skin of the leg that it holds, whose vertices are about 2 apart."""
    figure, first = _figure(LEG_HELD), _body(LEG_HELD)
    assert figure.partner
    second = pose_partner(figure.partner, figure, first, "medium", "medium-m")
    own = second.stance.to_first(second.body.points)
    leg = first.points[mesh().leg("near") > 0.5]
    for side in SIDES:
        hand = own[mesh().limb(side, "wrist", "finger") > 0.5][::3]
        apart = np.linalg.norm(hand[:, None] - leg[None], axis=2).min(axis=1)
        assert apart.min() < 1.5


def test_a_second_person_who_cannot_reach_is_told_of() -> None:
    """A hand that does not reach the first person is a problem with its line."""
    problems: list[Problem] = []
    document = yaml_text.read("figures/held.yaml", LEG_HELD.replace("distance: 44", "distance: 90"))
    assert read(document, ENGLISH, problems) is None
    said = [(problem.line, problem.text) for problem in problems]
    assert [line for line, _ in said] == [7, 8]
    assert all("cannot reach 'their near " in text for _, text in said)


@pytest.mark.parametrize("name", BELOW)
def test_what_is_below_a_part_of_the_body_asks_for_it_down(name: str) -> None:
    """A prop below a head, a back or the calves of who stands is told; so it is not of who lies."""
    for place in PROPS[name].places.keys() & LAIN_ON.keys():
        thing = f"props: [{{prop: {name}, place: {place}}}]"
        for position, told in (("standing", True), ("lying on the back", False)):
            problems: list[Problem] = []
            text = f"position: {position}\n{thing}"
            read(yaml_text.read("x.yaml", text), ENGLISH, problems)
            said = [each for each in problems if f"{name}: '{place}' is a place below" in each.text]
            assert [each.line for each in said] == [2] * told
