"""What a figure shows of its movement: the way of arrows, their picture, and their words."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from languages import ENGLISH
from workshop_builder.errors import Problem
from workshop_builder.figures import draw, read
from workshop_builder.figures.body.pose import pose_of
from workshop_builder.figures.drawing import palette
from workshop_builder.figures.drawing.projection import camera_of
from workshop_builder.figures.mesh.posed_body import pose_body
from workshop_builder.figures.movement.between import movement_of
from workshop_builder.figures.person.ghosts import is_slight, seen_share
from workshop_builder.model.figure import Person, PoseFigure
from workshop_builder.source import yaml_text

RAISED = "position: lying on the back\nnear:\n  hip: 60\narrows:\n  - at: near foot\n"
BEND = "position: sitting\nprops:\n  - prop: chair\n    place: seat\narrows:\n  - at: head\n"


def _figure(text: str) -> PoseFigure:
    problems: list[Problem] = []
    figure = read.read(yaml_text.read("figures/x.yaml", text, 0), ENGLISH, problems)
    assert problems == []
    assert isinstance(figure, PoseFigure)
    return figure


def _arrows(text: str) -> list[list[str]]:
    """Return the data of the arrows of each picture; numbers are in the same tone."""
    root = etree.fromstring(draw.draw(_figure(text), Person(), ENGLISH))
    tone = palette.ANATOMY.arrow
    paths = [[*group.iter("{*}path")] for group in root.findall("{*}g")]
    return [[path.get("d") for path in each if path.get("fill") == tone] for each in paths]


def test_an_arrow_is_drawn_in_the_picture_of_its_time() -> None:
    """Of start and end, the end has the arrows that say so; the others are in the start."""
    text = "position: standing\nstart:\n  spine: 20\narrows:\n  - at: head\n"
    assert [len(each) for each in _arrows(text)] == [2, 1]
    assert [len(each) for each in _arrows(f"{text}    when: end\n")] == [1, 2]


def test_a_curve_behind_ends_where_the_body_is() -> None:
    """An arc begins at what moves and leads on; drawn behind it, it leads there from below."""
    ways = {}
    for line in ("", "    behind: yes\n"):
        [[data]] = _arrows(f"{RAISED}    around: near hip\n    by: 30\n{line}")
        ways[line] = float(re.findall(r"-?\d*\.?\d+", data)[0])
    assert ways["    behind: yes\n"] > ways[""] + 20


def test_the_front_of_a_seat_is_nearer_to_the_hips() -> None:
    """On the front half of a chair, more of the thighs is free, and the back leans on nothing."""
    edges = []
    for place in ("seat", "front of seat"):
        figure = _figure(f"position: sitting\nprops:\n  - prop: chair\n    place: {place}\n")
        placed = pose_body(pose_of(figure), figure, "medium", "medium-f").placed
        assert placed.seat_edge is not None
        edges.append(placed.seat_edge - float(placed.skeleton.hips[0]))
    assert edges[1] < edges[0] - 6


def test_a_ghost_is_drawn_where_it_is_seen() -> None:
    """A leg is seen beside the body; a tilted head is not, but looks otherwise; a nod is slight."""
    seen = {}
    for text in (
        "position: lying on the back\nnear:\n  hip: 70\nghost:\n  near:\n    hip: 30\n",
        "position: standing\nview: front\nneck_tilt: 32\nghost:\n  neck_tilt: 0\n",
        "position: standing\nneck: 4\nghost:\n  neck: 0\n",
    ):
        figure = _figure(text)
        movement = movement_of(figure)
        assert movement is not None
        start, end = (
            pose_body(pose, figure, "medium", "medium-f") for pose in (movement.start, movement.end)
        )
        camera = camera_of(figure, end.placed.skeleton.pelvis_frame[1])
        share = seen_share(start, end, camera)
        seen[text] = (share > 0.15, is_slight(start, end), movement.turns_head)
    assert [*seen.values()] == [(True, False, False), (False, True, True), (False, True, False)]


@pytest.mark.parametrize(
    ("view", "side", "words"),
    [
        ("front", "right", "to the right"),
        ("front", "left", "to the left"),
        ("back", "right", "to the left"),
        ("back", "left", "to the right"),
    ],
)
def test_a_way_aside_is_told_by_the_persons_own_side(view: str, side: str, words: str) -> None:
    """From the front, left in the picture is the person's right; `side: left` mirrors both."""
    text = f"{BEND}    toward: left\nview: {view}\nside: {side}\n"
    assert f"The head moves {words}" in draw.describe(_figure(text), ENGLISH)


def test_each_picture_may_have_the_arrow_of_its_own_way() -> None:
    """Of a to and fro, the start's arrow may lead there, if the end has one of the same part."""
    text = (
        "position: on all fours\nstart:\n  pelvis: 40\n  spine: 50\n  both:\n    hip: 50\n"
        "arrows:\n  - at: waist\n    toward: up\n"
    )
    problems: list[Problem] = []
    assert read.read(yaml_text.read("figures/x.yaml", text, 0), ENGLISH, problems) is None
    assert "the way of the waist from start to end is down" in problems[0].text
    assert _figure(f"{text}  - at: waist\n    toward: down\n    when: end\n").start


def test_two_pictures_share_their_mat() -> None:
    """One below the other, both mats are as long, and what carries the body is above the same."""
    text = (
        "position: on all fours\npelvis: 15\nspine: 29\nneck: -15\nturn: 10\ntilt: 10\n"
        "props:\n  - mat\nboth:\n  hip: 145\n  knee: 156\n  shoulder: 170\n  elbow: 15\n"
        "start:\n  pelvis: 14\n  spine: 0\n  neck: 6\n"
        "  both:\n    hip: 76\n    knee: 90\n    shoulder: 76\n    elbow: 0\n"
    )
    drawn = draw.draw(_figure(text), Person(), ENGLISH).decode()
    tone = palette.ANATOMY.prop
    mats = re.findall(rf'd="M([\d.]+) [\d.]+q0 0-([\d.]+)[^"]*" fill="{tone}"', drawn)
    assert len(mats) == 2
    assert mats[0] == mats[1]
