"""Prose that contradicts a dose, and prose that does not."""

from __future__ import annotations

import pytest

from workshop_builder.languages.read import read
from workshop_builder.loading.prose_doses import Phrases, check_chapter, check_exercise, phrases
from workshop_builder.markup.fragment import Fragment
from workshop_builder.model.workshop import Exercise, ExerciseFields
from workshop_builder.source.yaml_text import YamlDocument

DOCUMENT = YamlDocument("exercises/bridge.md", {}, {})
FIELDS = ExerciseFields.model_validate({"name": "Bridge", "hold": "30-60 s", "repeat": "2-3"})


def _say(language: str) -> Phrases:
    return phrases(read(language)[0].writing)


@pytest.mark.parametrize(
    ("language", "body", "said"),
    [
        ("en", "Hold for 20 s.", ["20 s"]),
        ("en", "Hold it\nfor 20\u00a0seconds.", ["20 seconds"]),
        ("en", "Hold 20-40 s.", ["20-40 s"]),
        ("en", "Hold 2 minutes, then hold 90 s.", ["2 minutes", "90 s"]),
        ("de", "Halte 20 Sekunden.", ["20 Sekunden"]),
        ("en", "Repeat 5 times.", ["5 times"]),
        ("de", "Wiederhole es 5 Mal.", ["5 Mal"]),
        ("en", "Hold for 45 s. Hold 30 – 60 s. Hold 1 minute.", []),
        ("en", "Repeat it 2 times. Do this 2-3 times.", []),
        ("en", "March for 2 minutes. Then hold.", []),
        ("en", "Breathe 5 times while you hold.", []),
        ("en", "Hold the strap. Wait 20 s.", []),
        ("en", "- Hold the strap\n- wait 20 s", []),
        ("en", "Household tasks take 90 s.", []),
    ],
)
def test_exercise(language: str, body: str, said: list[str]) -> None:
    """A sentence that tells of holding or repeating keeps to the fields."""
    problems = check_exercise(_say(language), DOCUMENT, body, 0, FIELDS)
    assert [problem.text.split("'")[1] for problem in problems] == said


def _exercises() -> dict[str, Exercise]:
    other = ExerciseFields.model_validate({"name": "Clam", "hold": "5 s"})
    return {
        name: Exercise(name, f"exercises/{name}.md", fields, (), Fragment(), {})
        for name, fields in (("bridge", FIELDS), ("clam", other))
    }


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("Text.\n\nIn the bridge, hold for 5 s.", [3]),
        ("[This one](../exercises/bridge.md)\nis held; hold it 5 s.", [2]),
        ("In Cambridge, hold for 5 s.", []),
        ("Hold the bridge 45 s and the clam 5 s.", []),
        ("The clam: hold it 5 s.", []),
        ("Hold your breath for 5 s.", []),
    ],
)
def test_chapter(body: str, lines: list[int]) -> None:
    """A chapter's sentence counts where it names just one exercise."""
    problems = check_chapter(_say("en"), "chapters/01.md", body, 0, _exercises())
    assert [problem.line for problem in problems] == lines


def test_long_text() -> None:
    """Thousands of words that could begin a dose are read in a moment."""
    body = "repeat hold 5 " * 3000 + ".\n\n" + "repeat hold 5 s. " * 3000
    problems = check_exercise(_say("en"), DOCUMENT, body, 0, FIELDS)
    assert len(problems) == 3000
