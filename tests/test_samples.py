"""Sample folders, each named for its case, with what is expected beside it.

A case is a folder of `tests/samples/`:

    case.yaml       says:    what the case shows, in a sentence
                    without: paths of the base that are taken out first   (optional)
                    made:    functions of samples_made.py that add the rest (optional)
                    build:   products to make; without them the source is only read (optional)
    source/         the files that differ from those of `tests/samples/base/`
    problems.txt    what `workshop build` prints to stderr,              or
    prose.html      what the Markdown files of the case become,          or
    facts.yaml      what was read and what was made

`pytest tests/test_samples.py --refresh` writes what is expected anew: look at the difference.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import samples_made
from cases import FOLDERS, SAMPLES, Case, made, package, read_case
from workshop_builder import WorkshopError, build, load
from workshop_builder.markup.xhtml import inner
from workshop_builder.model.dose import routine_time
from workshop_builder.model.workshop import Exercise, Workshop
from workshop_builder.pages.labels import Labels


def problems(case: Case, place: Path) -> str:
    """Return what the command prints to stderr for a faulty source."""
    source = case.source(place)
    with pytest.raises(WorkshopError) as caught:
        build(load(source), place / "out", only=case.build)
    assert not (place / "out").exists(), "a failed build leaves nothing behind"
    lines = [f"{problem}\n" for problem in caught.value.problems]
    return "".join(lines).replace(str(source), "SOURCE")


def prose(case: Case, place: Path) -> str:
    """Return the Markdown files of the case as XHTML, the steps of exercises as a list."""
    workshop = load(case.source(place))
    exercises = workshop.exercises.values()
    texts = {chapter.path: inner(chapter.body.root) for chapter in workshop.chapters}
    texts |= {each.path: _steps(each) + inner(each.body.root) for each in exercises}
    own = {path: text for path, text in texts.items() if (case.folder / "source" / path).exists()}
    return "".join(f"<!-- {path} -->\n{text.strip()}\n" for path, text in sorted(own.items()))


def _steps(exercise: Exercise) -> str:
    return "".join(f"<step>{inner(step.root[0])}</step>\n" for step in exercise.steps)


def facts(case: Case, place: Path) -> str:
    """Return what was read and made, in short."""
    source = case.source(place)
    workshop = load(source)
    labels = Labels(workshop.language)
    found: dict[str, Any] = {
        "title": workshop.settings.title,
        "slug": workshop.slug,
        "language": workshop.settings.language,
        "chapters": len(workshop.chapters),
        "exercises": len(workshop.exercises),
        "pictures": len(workshop.pictures),
    }
    if workshop.figures:
        found["figures"] = len(workshop.figures)
    if workshop.exercises:
        found |= _doses(workshop, labels)
    if case.build:
        found["made"] = made(package(case))
    return yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=100)


def _doses(workshop: Workshop, labels: Labels) -> dict[str, Any]:
    exercises = workshop.exercises.values()
    whole = routine_time([(exercise.time, exercise.fields.sides) for exercise in exercises])
    first = sorted(workshop.exercises.items())[:9]
    return {
        "routine": labels.minutes(whole).replace("\u00a0", "~"),
        "doses": {name: _dose(exercise, labels) for name, exercise in first},
    }


def _dose(exercise: Exercise, labels: Labels) -> str:
    # A reader of the file sees a fixed blank by its name.
    return str(labels.dose(exercise.fields)).replace("\u00a0", "~")


EXPECTED: dict[str, Callable[[Case, Path], str]] = {
    "problems.txt": problems,
    "prose.html": prose,
    "facts.yaml": facts,
}
SLOW = ("drawn-figures", "forty-exercises", "large-pictures", "sixty-pages")
"""Those that take seconds."""


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param(path, id=path.name, marks=[pytest.mark.slow] if path.name in SLOW else [])
        for path in FOLDERS
    ],
)
def test_sample(folder: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """A sample becomes what its expectation says; each holds one, and no file without a use."""
    names = {path.name for path in folder.iterdir()}
    wanted = names & EXPECTED.keys()
    assert len(wanted) == 1, "a case has one expectation; leave an empty file and --refresh"
    assert names - wanted <= {"case.yaml", "source"}, "a file that no test reads"
    expectation = folder / wanted.pop()
    found = EXPECTED[expectation.name](read_case(folder), tmp_path)
    if pytestconfig.getoption("--refresh"):
        expectation.write_text(found, encoding="utf-8")
    assert found == expectation.read_text(encoding="utf-8")


def test_the_command_prints_each_problem_on_a_line_of_stderr(tmp_path: Path) -> None:
    """The command ends with 1, says nothing on stdout, and prints just what the samples expect."""
    folder = SAMPLES / "several-faults"
    source = read_case(folder).source(tmp_path)
    command = (sys.executable, "-m", "workshop_builder", "build", str(source), "-o", "out")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1
    assert not done.stdout
    assert done.stderr == (folder / "problems.txt").read_bytes()


def test_every_maker_has_a_case() -> None:
    """No function of samples_made.py is left over from a case that is gone."""
    used = {name for folder in FOLDERS for name in read_case(folder).made}
    assert used == set(samples_made.__all__)


def test_a_missing_expectation_fails(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """A case without an expectation is no test that passes by itself."""
    (tmp_path / "case.yaml").write_text("says: Nothing.\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="one expectation"):
        test_sample(tmp_path, tmp_path, pytestconfig)
