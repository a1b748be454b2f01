"""What a program gets that calls us from Python: `load`, `build`, and words that fit it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import small
import workshop_builder
from commands import command
from workshop_builder import File, Limits, OutputError, RequestError, Workshop, build, load
from workshop_builder.source import fingerprint

E_BOOK = ["rest.epub", "rest.zip"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a folder that holds the small workshop as `source`."""
    small.write(tmp_path / "source", "{handout: {}, epub: {}}")
    return tmp_path


@pytest.fixture
def workshop(home: Path) -> Workshop:
    """Return the small workshop."""
    return load(home / "source")


def names(files: list[File]) -> list[str]:
    """Return the names of files."""
    return sorted(file.name for file in files)


@pytest.mark.parametrize("kind", [str, Path])
def test_paths_are_texts_or_paths(home: Path, kind: type[str | Path]) -> None:
    """Both functions take a path as a text and as a Path."""
    files = build(load(kind(home / "source")), kind(home / "dist"), only=["epub"])
    assert names(files) == E_BOOK
    for file in files:
        assert (home / "dist" / file.name).read_bytes() == file.data


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        (
            {"only": ["hand-out", "epub"]},
            ["only: there is no product 'hand-out'; did you mean 'handout'?"],
        ),
        (
            {"editions": ("large",), "papers": {"a3"}},
            [
                "editions: there is no edition 'large'; did you mean 'large-print'?",
                "papers: there is no paper 'a3'; there are a4, letter",
            ],
        ),
        ({"only": "epub"}, ["only: takes a list of names, such as ['epub']"]),
        ({"jobs": -1}, ["jobs: must be 0 or more, and not -1"]),
    ],
)
def test_arguments_are_checked_before_any_work(
    wishes: Mapping[str, Any], said: list[str], workshop: Workshop, home: Path
) -> None:
    """What is not to be had is told under the argument's name, by a ValueError; nothing is made."""
    begun: list[object] = []
    with pytest.raises(RequestError) as error:
        build(workshop, home / "dist", watch=begun.append, **wishes)
    assert isinstance(error.value, ValueError)
    assert [str(problem) for problem in error.value.problems] == said
    assert begun == []
    assert not (home / "dist").exists()


def test_an_output_that_is_not_ours_is_told_before_any_work(workshop: Workshop, home: Path) -> None:
    """A folder that no package may replace is refused at once, without a word of the command."""
    begun: list[object] = []
    with pytest.raises(OutputError) as error:
        build(workshop, home / "source", watch=begun.append)
    assert begun == []
    assert str(error.value) == (
        f"{home / 'source'}: holds other files and no manifest.json of ours; name a new folder"
    )


def test_names_may_come_from_anywhere(workshop: Workshop, home: Path) -> None:
    """Names are taken from any iterable, and each only once."""
    files = build(
        workshop,
        home / "dist",
        only=(name for name in ["handout", "handout"]),
        editions={"standard": 1, "ink-saver": 2},
        papers=["letter", "letter"],
        limits=Limits(seconds=200),
    )
    assert names(files) == [
        "rest-handout-ink-saver-letter.pdf",
        "rest-handout-letter.pdf",
        "rest.zip",
    ]


def test_it_does_what_the_command_does(workshop: Workshop, home: Path) -> None:
    """Products of the same sources stay, and the command finds that nothing has changed."""
    build(workshop, home / "dist", only=["handout"])
    assert names(build(workshop, home / "dist", only=["epub"])) == ["rest-handout.pdf", *E_BOOK]
    done = command("build", "source", "--only", "epub", cwd=home)
    assert (done.returncode, done.stdout) == (0, "dist: nothing has changed\n")


def test_a_changed_copy_is_not_taken_for_the_folder(workshop: Workshop, home: Path) -> None:
    """What was made of a copy changed in Python passes for nothing that the folder says."""
    assert fingerprint.compute(workshop.digest)
    build(workshop, home / "dist", only=["handout"])
    settings = workshop.settings.model_copy(update={"title": "Another"})
    files = build(replace(workshop, settings=settings), home / "dist", only=["epub"])
    assert names(files) == E_BOOK
    assert json.loads((home / "dist" / "manifest.json").read_bytes())["made_from"] == ""
    done = command("build", "source", "--only", "epub", cwd=home)
    assert done.stdout == "dist/rest.epub\ndist/rest.zip\n"


def test_who_watches_hears_of_each_file(workshop: Workshop, home: Path) -> None:
    """`watch` hears of each file while it is made, and at the end that none is."""
    heard: list[tuple[str, ...]] = []
    build(workshop, home / "dist", watch=lambda running: heard.append(tuple(running)))
    assert {name for running in heard for name in running} == {"rest-handout.pdf", "rest.epub"}
    assert heard[-1] == ()


def test_the_version_is_that_of_the_package() -> None:
    """`__version__` is the version that is installed."""
    assert workshop_builder.__version__ == metadata.version("workshop-builder")
    assert "__version__" in dir(workshop_builder)
