"""Prose that contradicts a dose, and prose that does not."""

from __future__ import annotations

import pytest

from workshop_builder.loading.prose_doses import of_chapter, of_exercise
from workshop_builder.model.workshop import Exercise, ExerciseFields
from workshop_builder.source.yaml_text import YamlDocument

FIELDS = ExerciseFields.model_validate({"name": "Bridge", "hold": "30-60 s", "repeat": "2-3"})


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Hold for 20 s.", ["20 s"]),
        ("Hold it\nfor 20\u00a0seconds.", ["20 seconds"]),
        ("Hold 20-40 s.", ["20-40 s"]),
        ("Hold 2 minutes, then hold 90 s.", ["2 minutes", "90 s"]),
        ("Halte 20 Sekunden.", ["20 Sekunden"]),
        ("Repeat 5 times.", ["5 times"]),
        ("Wiederhole es 5 Mal.", ["5 Mal"]),
        ("Hold for 45 s. Hold 30 – 60 s. Hold 1 minute.", []),
        ("Repeat it 2 times. Do this 2-3 times.", []),
        ("March for 2 minutes. Then hold.", []),
        ("Breathe 5 times while you hold.", []),
        ("Hold the strap. Wait 20 s.", []),
        ("- Hold the strap\n- wait 20 s", []),
        ("Household tasks take 90 s.", []),
    ],
)
def test_exercise(body: str, said: list[str]) -> None:
    """A sentence that tells of holding or repeating keeps to the fields."""
    problems = of_exercise(YamlDocument("exercises/bridge.md", {}, {}), body, 0, FIELDS)
    assert [problem.text.split("'")[1] for problem in problems] == said


def _exercises() -> dict[str, Exercise]:
    other = ExerciseFields.model_validate({"name": "Clam", "hold": "5 s"})
    return {
        name: Exercise(name, f"exercises/{name}.md", fields, (), "", {})
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
    problems = of_chapter("chapters/01.md", body, 0, _exercises())
    assert [problem.line for problem in problems] == lines


def test_long_text() -> None:
    """Thousands of words that could begin a dose are read in a moment."""
    body = "repeat hold 5 " * 3000 + ".\n\n" + "repeat hold 5 s. " * 3000
    problems = of_exercise(YamlDocument("exercises/bridge.md", {}, {}), body, 0, FIELDS)
    assert len(problems) == 3000
