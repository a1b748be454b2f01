"""A package that stands as it was made is known without a file being read."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from workshop_builder.output import unchanged

SETTLED = 0.06
"""Seconds after which a change is trusted to be told."""


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Return a source folder and a package, both with a file, that were noted."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    source, package = tmp_path / "source", tmp_path / "dist"
    for folder in (source, package):
        folder.mkdir()
        (folder / "one.md").write_text("one")
    time.sleep(SETTLED)
    unchanged.note(package, ("all",), unchanged.state([source]))
    assert stands(source, package)
    return source, package


def stands(source: Path, package: Path) -> bool:
    """Return whether the package is known to stand."""
    return unchanged.stands(package, ("all",), unchanged.state([source]))


@pytest.mark.parametrize("which", [0, 1])
def test_any_change_is_told(which: int, places: tuple[Path, Path]) -> None:
    """A word of the same length at the same time of the file, a new file, one that is gone."""
    folder = places[which]
    file, info = folder / "one.md", (folder / "one.md").stat()
    file.write_text("two")
    os.utime(file, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert not stands(*places)
    time.sleep(SETTLED)
    unchanged.note(places[1], ("all",), unchanged.state([places[0]]))
    assert stands(*places)
    (folder / "more.md").write_text("more")
    assert not stands(*places)
    (folder / "more.md").unlink()
    assert stands(*places)
    file.unlink()
    assert not stands(*places)


def test_what_changed_a_moment_ago_is_not_trusted(places: tuple[Path, Path]) -> None:
    """A file that could change once more in the same tick is not noted, in neither folder."""
    source, package = places
    for folder in places:
        (folder / "one.md").write_text("two")
        unchanged.note(package, ("all",), unchanged.state([source]))
        assert not stands(source, package)
        time.sleep(SETTLED)


def test_another_request_is_not_answered(places: tuple[Path, Path]) -> None:
    """What is noted for one request tells nothing of another."""
    source, package = places
    assert not unchanged.stands(package, ("book",), unchanged.state([source]))
