"""Why files are made again: `build(…, explain=…)`."""

from __future__ import annotations

from pathlib import Path

import pytest

import small
from workshop_builder import build, load

CHAPTERS = {
    "chapters/01-lie-down.md": small.CHAPTER,
    "chapters/02-rest.md": "---\ntitle: Rest\n---\n\nRest a little.\n",
}


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a workshop of an e-book."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return small.write(tmp_path / "source", "{epub: {}}", CHAPTERS)


def told(source: Path, *only: str, keep: bool = True) -> dict[str, str]:
    """Return what a build tells of each file."""
    said: dict[str, str] = {}
    output = source.parent / "dist"
    build(load(source), output, only=only, keep=keep, jobs=1, explain=said.__setitem__)
    return said


def change(source: Path, path: str, old: str, new: str) -> None:
    """Change a word of a file."""
    text = (source / path).read_text(encoding="utf-8")
    assert old in text
    (source / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_file_tells_which_sources_of_it_changed(source: Path) -> None:
    """What is made again names the changed files that are seen in it; the other is kept."""
    small.write(source, "{handout: {}, epub: {}}")
    assert set(told(source).values()) == {"made"}
    change(source, "chapters/02-rest.md", "a little", "a bit")
    again = "made again: chapters/02-rest.md changed"
    assert told(source) == {"rest-handout.pdf": "kept", "rest.epub": again, "rest.zip": again}
    change(source, "exercises/rest.md", "2 min", "3 min")
    change(source, "chapters/02-rest.md", "a bit", "longer")
    said = told(source)
    assert said["rest-handout.pdf"] == "made again: exercises/rest.md changed"
    both = "made again: chapters/02-rest.md and exercises/rest.md changed"
    assert said["rest.epub"] == said["rest.zip"] == both


def test_files_that_came_and_went_are_told(source: Path) -> None:
    """A chapter that was added or removed is named as such; what returns was kept."""
    told(source)
    (source / "chapters/02-rest.md").rename(source / "chapters/03-rest.md")
    words = "made again: chapters/03-rest.md added; chapters/02-rest.md removed"
    assert told(source)["rest.epub"] == words
    (source / "chapters/03-rest.md").rename(source / "chapters/02-rest.md")
    assert told(source)["rest.epub"] == "kept"


def test_what_is_not_asked_for_was_left(source: Path) -> None:
    """A file that stays in the package is told as left, and with no cache nothing is compared."""
    small.write(source, "{epub: {}, health-form: {}}")
    assert set(told(source).values()) == {"made"}
    said = {"rest-health-form.pdf": "left as it was", "rest.epub": "kept", "rest.zip": "as it was"}
    assert told(source, "epub") == said
    assert told(source, "epub", keep=False)["rest.epub"] == "made"
