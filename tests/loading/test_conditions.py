"""Conditions, what is done instead, and doses that contradict themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from small import write
from workshop_builder import load
from workshop_builder.errors import SourceError
from workshop_builder.pages import safety
from workshop_builder.pages.labels import Labels

SETTINGS = """
conditions:
  new-hip: a *new* hip
  late: late pregnancy
breath: 5 s
groups:
  first: [toe]
"""
TOE = """---
name: The toe's tip
avoid_with: [new-hip, sore toes]
instead:
  new-hip: [knee, sit down]
  sore toes: walk on
---

1. Lift your toe.
"""
KNEE = """---
name: Knee
hold: 3 breaths
---

1. Lift your knee.
"""


def _files(toe: str = TOE, knee: str = KNEE) -> dict[str, str]:
    return {"exercises/toe.md": toe, "exercises/knee.md": knee}


def test_names_become_words_numbers_and_ways_out(tmp_path: Path) -> None:
    """A condition is told in its words, and another exercise by its number and name."""
    workshop = load(write(tmp_path, SETTINGS, _files()))
    hip, toes = workshop.exercises["toe"].avoided
    assert (hip.words.plain, hip.words.inline) == ("a new hip", "a <em>new</em> hip")
    assert [(way.number, way.words.plain, way.path) for way in hip.instead] == [
        (2, "Knee", "exercises/knee.md"),
        (0, "sit down", ""),
    ]
    assert (toes.words.plain, toes.instead[0].words.plain) == ("sore toes", "walk on")
    words = safety.required(workshop.settings, [workshop.exercises["toe"]])
    assert (
        words.items()
        >= {
            "avoid:toe:0": "a new hip",
            "avoid:toe:1": "sore toes",
            "instead:toe:0:0": "Knee",
            "instead:toe:0:1": "sit down",
            "instead:toe:1:0": "walk on",
        }.items()
    )


def test_one_way_out_for_all(tmp_path: Path) -> None:
    """What is done instead can be the same for everyone."""
    toe = TOE.replace(
        "instead:\n  new-hip: [knee, sit down]\n  sore toes: walk on", "instead: knee"
    )
    exercise = load(write(tmp_path, SETTINGS, _files(toe))).exercises["toe"]
    assert [[way.words.plain for way in who.instead] for who in exercise.avoided] == [["Knee"]] * 2


def test_a_breath_is_as_long_as_the_workshop_says(tmp_path: Path) -> None:
    """The time of a hold in breaths, and of a movement, goes by the workshop's breath."""
    workshop = load(write(tmp_path, SETTINGS, _files()))
    assert workshop.exercises["knee"].time.low == 15
    assert workshop.exercises["toe"].time.low == 5
    said = Labels(workshop.language).dose(workshop.exercises["knee"].fields)
    assert str(said) == "Hold 3\u00a0breaths"


@pytest.mark.parametrize(
    ("change", "to", "said"),
    [
        ("[new-hip,", "[new-hpi,", "toe.md:3: there is no condition 'new-hpi'; did you mean"),
        ("  new-hip: [", "  late: [", "toe.md:5: instead: 'late' is not in 'avoid_with'"),
        ("[knee, sit", "[kneee, sit", "toe.md:5: instead: there is no exercise 'kneee'; did you"),
        ("[knee, sit", "[toe, sit", "toe.md:5: instead: 'toe' is this exercise; name another"),
        ("avoid_with: [new-hip, sore toes]\n", "", "'instead' has nobody who leaves the exercise"),
        (
            "  new-hip: [",
            '  "": [',
            "toe.md:4: instead: a line of it has no condition before its ':'",
        ),
        ("avoid_with", "takes: 45 min\nhold: 5 s\navoid_with", "toe.md:4: 'takes' is the whole"),
        ("avoid_with", "hold: 5 h\navoid_with", "toe.md:3: hold: '5 h' is more than makes sense"),
        (
            "avoid_with",
            "hold: 5 s\nhold_by_week: [10 s, 20 s]\navoid_with",
            "toe.md:3: hold: '5 s' is held in no week of 'hold_by_week'",
        ),
    ],
)
def test_faults(tmp_path: Path, change: str, to: str, said: str) -> None:
    """A name that is not known, and a dose that contradicts itself, is told with its line."""
    assert change in TOE
    with pytest.raises(SourceError) as error:
        load(write(tmp_path, SETTINGS, _files(TOE.replace(change, to, 1))))
    assert any(said in str(problem) for problem in error.value.problems), error.value.problems


def test_a_way_out_that_is_none(tmp_path: Path) -> None:
    """An exercise that the same condition leaves out is no way out."""
    knee = KNEE.replace("hold", "avoid_with: new-hip\nhold")
    with pytest.raises(SourceError) as error:
        load(write(tmp_path, SETTINGS, _files(knee=knee)))
    said = "exercises/toe.md:5: instead: 'knee' is left out with 'a new hip' too; name another, or"
    assert [str(problem).startswith(said) for problem in error.value.problems] == [True]


@pytest.mark.parametrize("breath", ["1 s", "40 s", "5", "3-5 s"])
def test_no_breath(tmp_path: Path, breath: str) -> None:
    """A breath is one time that lungs can keep."""
    with pytest.raises(SourceError, match=r"breath: .*; write"):
        load(write(tmp_path, SETTINGS.replace("5 s", breath), _files()))


def test_what_takes_its_time(tmp_path: Path) -> None:
    """An activity tells how long it takes as a whole, and the weeks how long each hold is."""
    toe = "---\nname: Toe\nkind: activity\ntakes: 1-2 h\nfrequency: daily\n---\n\n1. Wait.\n"
    knee = KNEE.replace("hold: 3 breaths", "hold_by_week: [20-30 s, 1 min]\nsides: each")
    workshop = load(write(tmp_path, "\nkind: craft", _files(toe, knee)))
    labels = Labels(workshop.language)
    exercises = workshop.exercises
    assert str(labels.dose(exercises["toe"].fields)) == "Takes 1–2\u00a0hours, every day"
    assert (exercises["toe"].time.low, exercises["toe"].time.high) == (3600, 7200)
    fields = exercises["knee"].fields
    assert str(labels.dose(fields)) == "Hold 20–60\u00a0seconds, on each side"
    weeks = [("Week 1", "20–30\u00a0seconds"), ("Week 2", "1\u00a0minute")]
    assert labels.weeks(fields) == weeks


@pytest.mark.parametrize(
    ("conditions", "avoided", "short"),
    [
        (["hip (front)", "hip (back)"], [0, 1], ["hip", "hip"]),
        (["hip (front)", "hip (back)"], [0], ["hip (front)"]),
        (["hip (left) or knee (right)"], [0], ["hip (left) or knee"]),
        (
            ["new hip (front)", "new hip (back)", "hip (left) or knee (right)"],
            [2, 0],
            ["hip (left) or knee", "new hip (front)"],
        ),
        (["late pregnancy", "sore toes (or heel)"], [0, 1], ["late pregnancy", "sore toes"]),
    ],
)
def test_a_condition_is_short_where_that_is_true_of_all(
    tmp_path: Path, conditions: list[str], avoided: list[int], short: list[str]
) -> None:
    """What stands in brackets is left out where all that are alike without it do the same."""
    names = [f"c{number}" for number in range(len(conditions))]
    settings = "\nconditions:\n" + "".join(
        f"  {name}: {words}\n" for name, words in zip(names, conditions, strict=True)
    )
    toe = f"---\nname: Toe\navoid_with: {[names[n] for n in avoided]}\n---\n\n1. Lift your toe.\n"
    workshop = load(write(tmp_path, settings, _files(toe)))
    assert [who.short for who in workshop.exercises["toe"].avoided] == short


@pytest.mark.parametrize("again", ["new-hip", "a new hip", "a *new* hip"])
def test_a_condition_named_twice_is_told(tmp_path: Path, again: str) -> None:
    """Each of who leaves an exercise out is one; a second of the same words is a slip."""
    toe = TOE.replace("[new-hip, sore toes]", f"[new-hip, sore toes, {again}]")
    with pytest.raises(SourceError) as raised:
        load(write(tmp_path, SETTINGS, _files(toe)))
    (problem,) = raised.value.problems
    assert str(problem).endswith(":3: avoid_with names 'a new hip' twice; leave one out")


def test_conditions_have_words_of_their_own(tmp_path: Path) -> None:
    """Two names for the same words are told: what is done with one would hide that of the other."""
    settings = SETTINGS.replace("conditions:\n", "conditions:\n  hip: a *new* hip\n")
    with pytest.raises(SourceError) as raised:
        load(write(tmp_path, settings, _files(TOE)))
    (problem,) = raised.value.problems
    assert "conditions: 'new-hip' has the words of 'hip'; take one of them out" in str(problem)
