"""Temporary folders: gone at the end, and after a kill by the next run."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest

from packages import apart, forks
from workshop_builder.output.temporary import temporary_folder

pytestmark = forks


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let temporary folders be made in a folder of the test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_nothing_is_left(place: Path) -> None:
    """The folder is there for as long as it is asked for."""
    with temporary_folder("words") as folder:
        assert folder.parent == place
        (folder / "word").touch()
    assert list(place.iterdir()) == []


def test_an_end_on_request_leaves_nothing(place: Path) -> None:
    """An exit by a signal's handler removes the folder like any other."""
    with pytest.raises(SystemExit), temporary_folder("words"):
        raise SystemExit(143)
    assert list(place.iterdir()) == []


def test_what_a_killed_run_has_left_goes_at_the_next(place: Path) -> None:
    """Only a folder that nobody holds, and of the same kind, is removed."""

    def killed() -> None:
        with temporary_folder("words"):
            os.kill(os.getpid(), signal.SIGKILL)

    (place / "workshop-builder-words-by-hand").touch()
    with temporary_folder("words") as held:
        assert apart(killed) == -signal.SIGKILL
        assert len(list(place.iterdir())) == 3
        with temporary_folder("others"):
            assert len(list(place.iterdir())) == 4
        with temporary_folder("words"):
            assert len(list(place.iterdir())) == 3
        assert held.is_dir()
    assert [path.name for path in place.iterdir()] == ["workshop-builder-words-by-hand"]
