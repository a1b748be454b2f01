"""The conditions of a student decide what stands on the sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

import rosters
from workshop_builder import load
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.model.workshop import Workshop
from workshop_builder.personal.choosing import told

KNEEL = "2 Kneel is left out (sore or new knee); instead: "
BRIDGE = "1 Bridge is left out (pregnancy after 16 weeks); instead: 3 Sit and stand, stand tall"


@pytest.fixture(scope="module")
def made_for(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Return the workshop of the students."""
    return rosters.workshop(tmp_path_factory.mktemp("choosing") / "w")


def choose(folder: Path, made_for: Workshop, row: str) -> tuple[list[PersonalSheet], list[str]]:
    """Return what is decided for one student."""
    path = folder / "a.yaml"
    path.write_text(f"name: Ann\n{row}\n", encoding="utf-8")
    return rosters.sheets(made_for, path)


@pytest.mark.parametrize(
    ("row", "exercises", "said"),
    [
        ("", ["bridge", "kneel"], []),
        (
            "conditions: bad-knee",
            ["bridge"],
            ["2 Kneel is left out (sore or new knee); instead: 1 Bridge"],
        ),
        (
            "exercises: [kneel, walk]\nconditions: bad-knee",
            ["bridge"],
            [
                KNEEL + "1 Bridge",
                "4 Walk is left out (sore or new knee); instead: nothing",
            ],
        ),
        (
            "conditions: late-pregnancy",
            ["sit", "kneel"],
            [
                BRIDGE,
            ],
        ),
        (
            "exercises: [floor, sit]\nconditions: [late-pregnancy, bad-knee]",
            ["sit"],
            [
                BRIDGE,
                KNEEL + "nothing",
            ],
        ),
    ],
    ids=["none", "one", "put in once", "words too", "instead is to be avoided"],
)
def test_conditions_decide(
    tmp_path: Path, made_for: Workshop, row: str, exercises: list[str], said: list[str]
) -> None:
    """What is to be avoided goes, what is done instead comes once, and both are told."""
    (sheet,), problems = choose(tmp_path, made_for, row)
    assert problems == []
    assert list(sheet.exercises) == exercises
    assert [line.partition(": ")[2] for line in told(sheet)] == said


def test_a_sheet_with_nothing_left_is_a_problem(tmp_path: Path, made_for: Workshop) -> None:
    """Where conditions leave no exercise, and nothing can be done instead, the row is wrong."""
    _, problems = choose(tmp_path, made_for, "exercises: walk\nconditions: bad-knee")
    text = "nothing is left on this sheet, for each exercise is to be avoided; name others"
    assert problems == [f"a.yaml:3: {text}"]


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        ("sit: {repeat: 3}", "'sit' is not on this sheet; add it to the exercises, or remove it"),
        ("kneel: {hold: 2 h}", "hold: '2 h' is more than makes sense"),
        ("kneel: {takes: 2 min, hold: 5 s}", "'takes' is the whole time, and 'hold' a part of it"),
    ],
)
def test_a_dose_that_cannot_be_is_told(
    tmp_path: Path, made_for: Workshop, dose: str, said: str
) -> None:
    """A dose of an exercise that is not on the sheet, or that contradicts itself, is a problem."""
    _, (problem,) = choose(tmp_path, made_for, f"doses: {{{dose}}}")
    assert said in problem


def test_a_dose_that_the_steps_contradict_is_told(tmp_path: Path) -> None:
    """A student never reads one time in the dose and another in the steps beside it."""
    folder = rosters.write(tmp_path / "w")
    path = folder / "exercises/kneel.md"
    path.write_text(path.read_text().replace("a breath or two", "20 seconds"), encoding="utf-8")
    made_for = load(folder)
    _, problems = choose(tmp_path, made_for, "doses: {kneel: {hold: 10 s}}")
    fault = "the text of 'kneel' says '20 seconds' beside 'hold: 10 s'; let both say the same"
    assert problems == [f"a.yaml:2: doses: {fault}"]
