"""Files of figures with the keys in any combination: a figure that can be drawn, or problems."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias, get_args

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from languages import ENGLISH
from workshop_builder.commands import schema
from workshop_builder.errors import Problem
from workshop_builder.figures import draw, read
from workshop_builder.model.figure import Figure, Person
from workshop_builder.model.posture import Position
from workshop_builder.model.props import PROPS
from workshop_builder.source import yaml_text

LARGEST = 25_000
"""Bytes of a drawing."""
Part: TypeAlias = dict[str, Any]
"""A part of the schema."""

SCHEMA: Part = json.loads(schema.text("figure"))
SAMPLES = [
    yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[2] / "workshop" / "figures").glob("*.yaml"))
]
WORDS = st.sampled_from(["A person stands and breathes in, both arms hanging.", "psoas", "é <&>"])
ANGLES = st.integers(-20, 120) | st.sampled_from([-360, -90, 0, 0.5, 90, 360, 361])
POSITIONS = get_args(Position)
THINGS = [
    {"prop": name, "place": place} if place else name
    for name, kind in PROPS.items()
    for place in [*kind.places] or [""]
]
CAMERAS = st.fixed_dictionaries({}, optional={"turn": ANGLES, "tilt": st.sampled_from([0, 41, 90])})
WRONG = st.sampled_from(["", "nera", 10**9, "nan", [], {}, [[]], {"at": "hips"}, "45 parsecs"])
"""What is none of the words of the key that has it, or no word at all."""


def values(part: Part) -> st.SearchStrategy[Any]:
    """Return what may stand in a part of the schema."""
    if "$ref" in part:
        return values(SCHEMA["$defs"][part["$ref"].rpartition("/")[2]])
    if "anyOf" in part:
        return st.one_of(*(values(each) for each in part["anyOf"] if each.get("type") != "null"))
    if "enum" in part:
        return st.sampled_from(part["enum"])
    if part["type"] == "object":
        known = {key: values(each) for key, each in part["properties"].items()}
        return mappings(known, part.get("required", []))
    if part["type"] == "array":
        return st.lists(values(part["items"]), max_size=2)
    return {"number": ANGLES, "boolean": st.booleans(), "string": WORDS}[part["type"]]


@st.composite
def mappings(draw: st.DrawFn, known: dict[str, st.SearchStrategy[Any]], needed: list[str]) -> Part:
    """Return some of the known keys with their values, one of which may be wrong."""
    keys = needed + draw(st.lists(st.sampled_from(sorted(known)), max_size=2))
    found = {key: draw(known[key]) for key in keys}
    if keys and draw(st.integers(0, 9)) == 0:
        found[draw(st.sampled_from(keys))] = draw(WRONG)
    return found


@st.composite
def files(draw: st.DrawFn) -> Part:
    """Return a file of the sample in which some keys have other values, or any thing anywhere."""
    if draw(st.booleans()):
        thing = draw(st.sampled_from(THINGS))
        return {"position": draw(st.sampled_from(POSITIONS)), "props": [thing], **draw(CAMERAS)}
    sample = draw(st.sampled_from(SAMPLES))
    form = SCHEMA["$defs"]["AnatomyFigure" if "anatomy" in sample else "PoseFigure"]
    changes: Part = draw(values({**form, "required": []}))
    return {**sample, **changes}


def read_figure(text: str) -> tuple[Figure | None, list[Problem]]:
    """Return the figure of a file, and what is wrong with it."""
    problems: list[Problem] = []
    return read.read(yaml_text.read("figures/x.yaml", text), ENGLISH, problems), problems


@settings(max_examples=15)  # a drawing takes a third of a second
@given(files(), st.booleans())
def test_a_file_is_a_figure_or_problems(file: Part, ink_saver: bool) -> None:  # noqa: FBT001  drawn
    """Whatever the keys of a file say, it is drawn, or refused at lines that it has."""
    text = json.dumps(file, indent=1, ensure_ascii=False)  # which is YAML too
    figure, problems = read_figure(text)
    assert (figure is None) == bool(problems)
    for problem in problems:
        assert 1 <= problem.line <= len(text.splitlines())
        assert "\n" not in problem.text
    if figure:
        drawn = draw.draw(figure, Person(), ENGLISH, ink_saver=ink_saver)
        etree.fromstring(drawn)
        assert len(drawn) <= LARGEST


def test_a_forearm_below_the_floor_is_refused_in_numbers() -> None:
    """Who is upside down with the forearms on the floor is told how far off that is."""
    figure, problems = read_figure(
        "position: standing\npelvis: -90\nboth: {hand: forearm on floor}"
    )
    assert figure is None
    assert problems
    assert not [problem for problem in problems if "nan" in problem.text]
