"""The mesh over the joints: it keeps its shape, rests on what carries it, holds what it holds."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import yaml

from workshop_builder.figures.body.pose import SIDES, apply_posture, pose_of
from workshop_builder.figures.mesh import smoothing
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.posed_body import PosedBody, pose_body
from workshop_builder.figures.mesh.rest_body import rest_body
from workshop_builder.model.figure import BuildName, PoseFigure
from workshop_builder.model.props import PROPS

SAMPLE = Path(__file__).parents[2] / "workshop" / "figures"
NAMES = sorted(path.stem for path in SAMPLE.glob("*.yaml") if "anatomy:" not in path.read_text())
BUILDS: tuple[BuildName, ...] = ("slim", "medium", "broad", "full")


def _figure(name: str) -> PoseFigure:
    return PoseFigure.model_validate(yaml.safe_load((SAMPLE / f"{name}.yaml").read_text()))


@cache
def _bodies(name: str, build: BuildName = "medium") -> list[PosedBody]:
    """Return the bodies that a figure of the sample shows."""
    figure = _figure(name)
    pose = pose_of(figure)
    poses = [pose, *(apply_posture(pose, p) for p in (figure.start, figure.ghost) if p)]
    return [pose_body(each, figure, build, f"{build}-f") for each in poses]


def test_a_body_at_rest_is_left_as_it_is() -> None:
    """Smoothing and giving the details back changes nothing of a body that is not bent."""
    for build in BUILDS:
        rest = rest_body(f"{build}-m")
        points = rest.points.copy()
        smoothing.restore(points, rest.details)
        assert np.abs(points - rest.points).max() < 1e-6


def test_a_body_has_the_measures_that_the_program_counts_with() -> None:
    """At every age and build the thigh is 24.5 % of body height, and the whole about 100 %."""
    for age, build, sex in product(("", "child-", "middle-", "old-"), BUILDS, "fm"):
        rest = rest_body(f"{age}{build}-{sex}")
        thigh = rest.joint("lowerleg01", "near") - rest.joint("upperleg01", "near")
        assert np.linalg.norm(thigh) == pytest.approx(24.5, abs=0.3)
        assert np.ptp(rest.points[:, 1]) == pytest.approx(100, abs=6)


def test_the_heads_of_children_are_large() -> None:
    """A child's head is larger for its body than a grown person's."""
    child, young = (rest_body(name) for name in ("child-medium-f", "medium-f"))
    assert child.eyes[1] - child.joint("head")[1] > young.eyes[1] - young.joint("head")[1]
    heads = [np.ptp(body.points[mesh().share("head") > 0.9, 1]) for body in (child, young)]
    assert heads[0] > heads[1] * 1.05


@pytest.mark.parametrize("name", NAMES)
def test_the_surface_neither_floats_nor_sinks(name: str) -> None:
    """Somewhere a body is on the floor, nowhere below it; soles that stand are on it."""
    feet = {side: np.nonzero(mesh().limb(side, "foot") > 0.5)[0] for side in SIDES}
    for body in _bodies(name):
        heights = body.points[:, 1]
        assert -0.6 < heights.min() < 0.6
        for side in SIDES:
            if body.placed.pose.limb(side).foot == "floor":
                assert abs(heights[feet[side]].min()) < 0.8


@pytest.mark.parametrize("build", BUILDS)
def test_the_head_of_who_lies_is_down_whatever_the_build(build: BuildName) -> None:
    """Without a cushion, the back of the head rests on the floor."""
    skull = np.nonzero(mesh().share("head") > 0.8)[0]
    for name in ("bridge", "knees-to-chest"):
        for body in _bodies(name, build):
            assert abs(body.points[skull, 1].min()) < 2.2


@pytest.mark.parametrize("build", BUILDS)
def test_who_sits_is_on_the_seat_whatever_the_build(build: BuildName) -> None:
    """The lowest of the buttocks is as high as a seat, but for what flesh gives way."""
    seat = np.nonzero(mesh().share("root", "spine", "upperleg01") > 0.5)[0]
    for body in _bodies("seated-pelvic-rock", build):
        behind = body.points[seat, 0] < body.placed.skeleton.hips[0]
        lowest = np.sort(body.points[seat][behind, 1])[12]
        assert lowest == pytest.approx(PROPS["chair"].places["seat"], abs=1.5)


@pytest.mark.parametrize("build", BUILDS)
def test_a_palm_lies_on_the_thigh_that_it_is_on(build: BuildName) -> None:
    """Of a hand on a thigh, some vertex is within a finger's breadth of it, none deep in it."""
    body, *_ = _bodies("hip-flexor-stretch", build)
    thigh = body.points[np.nonzero(mesh().limb("far", "upperleg") > 0.5)[0]]
    hand = body.points[np.nonzero(mesh().limb("far", "wrist", "finger") > 0.5)[0]]
    apart = np.sqrt(((hand[:, None] - thigh[None]) ** 2).sum(axis=2)).min()
    assert apart < 1.2


@pytest.mark.parametrize("build", BUILDS)
def test_a_hanging_arm_stays_out_of_the_body(build: BuildName) -> None:
    """Hardly a vertex of the hands of somebody who stands is within the hips."""
    figure = PoseFigure(position="standing")
    body = pose_body(pose_of(figure), figure, build, f"{build}-f")
    hips = body.points[mesh().share("root", "upperleg") > 0.5]
    for side in SIDES:
        hand = body.points[mesh().limb(side, "wrist", "finger") > 0.5]
        beside = np.abs(hips[:, 1] - hand[:, 1].mean()) < 3
        widest = np.abs(hips[beside, 2]).max()
        assert np.median(np.abs(hand[:, 2])) > widest - 1.5
