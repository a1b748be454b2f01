"""Drawings kept in the user's cache folder: used again, never trusted, never too many."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from languages import ENGLISH
from workshop_builder.figures import draw, kept
from workshop_builder.model.figure import Person, PoseFigure

FIGURE = PoseFigure(position="standing", title="Standing")
OTHER = PoseFigure(position="standing", title="Standing", neck=20)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user an empty cache folder; return where drawings will be."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "workshop-builder" / "figures"


def _drawn(figure: PoseFigure = FIGURE, person: Person | None = None) -> bytes:
    return kept.drawn(figure, person or Person(), ENGLISH, ink_saver=False)


def test_a_drawing_is_kept_and_used_again(folder: Path) -> None:
    """What was drawn is on the disk, under a name of its own for each figure and person.

    It is there in colour and to save ink, whichever was asked for.
    """
    first = _drawn()
    assert first == draw.draw(FIGURE, Person(), ENGLISH, ink_saver=False)
    file, inky = sorted(folder.iterdir(), key=lambda file: file.read_bytes()[64:] != first)
    assert inky.read_bytes()[64:] == draw.draw(FIGURE, Person(), ENGLISH, ink_saver=True)
    assert len({first, _drawn(OTHER), _drawn(person=Person(hair="bald"))}) == 3
    assert len(list(folder.iterdir())) == 6
    other = b"<svg>what is kept</svg>"
    file.write_bytes(hashlib.sha256(other).hexdigest().encode() + other)
    assert _drawn() == other


@pytest.mark.parametrize("damage", [b"", b"<svg onload='evil()'/>", b"0" * 64 + b"<svg/>"])
def test_a_drawing_that_was_changed_on_the_disk_is_made_anew(folder: Path, damage: bytes) -> None:
    """What does not fit its own digest is never used, and is put right."""
    assert _kept("one") == b"one"
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    for changed in (damage, whole[:-1], whole[:50]):
        file.write_bytes(changed)
        assert _kept("one") == b"one"
        assert file.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, figures are drawn all the same."""
    (tmp_path / "workshop-builder").write_text("")
    assert _kept("one") == b"one"


def test_what_was_not_used_for_longest_goes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are never more bytes than a bound, and what was used last stays."""
    monkeypatch.setattr(kept, "_MOST", 4 * (64 + 100))
    for number, name in enumerate("abcd"):
        _kept(name * 100)
        _newest(folder, number)
    _kept("a" * 100)
    _kept("e" * 100)
    left = {file.read_bytes()[64:65] for file in folder.iterdir()}
    assert left == {b"a", b"d", b"e"}


def test_two_processes_keep_the_same_at_the_same_time(folder: Path) -> None:
    """Processes that write and read one drawing have it whole each time, and leave nothing else."""
    code = (
        "from workshop_builder.figures.kept import kept\n"
        "for n in range(150):\n"
        "    data = bytes(str(n % 3), 'ascii') * 200_000\n"
        "    assert kept((str(n % 3),), lambda: data) == data\n"
        "    if n % 5 == 0:\n"
        "        for file in __import__('pathlib').Path(__import__('sys').argv[1]).glob('*'):\n"
        "            file.unlink(missing_ok=True)\n"
    )
    pair = [subprocess.Popen([sys.executable, "-c", code, str(folder)]) for _ in range(2)]
    assert [process.wait() for process in pair] == [0, 0]
    assert all(len(file.name) == 64 for file in folder.iterdir())


def _kept(text: str) -> bytes:
    return kept.kept((text,), text.encode)


def _newest(folder: Path, number: int) -> None:
    """Let the file written last be of a time of its own, long ago."""
    newest = max(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    os.utime(newest, (number, number))
