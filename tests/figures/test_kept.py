"""Drawings kept in the user's cache folder: used again, never trusted, never too many."""

from __future__ import annotations

import hashlib
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
    """What was drawn is on the disk, under a name of its own for each figure and person."""
    first = _drawn()
    assert first == draw.draw(FIGURE, Person(), ENGLISH, ink_saver=False)
    (file,) = folder.iterdir()
    assert len({first, _drawn(OTHER), _drawn(person=Person(hair="bald"))}) == 3
    assert len(list(folder.iterdir())) == 3
    other = b"<svg>what is kept</svg>"
    file.write_bytes(hashlib.sha256(other).hexdigest().encode() + other)
    assert _drawn() == other


@pytest.mark.parametrize("damage", [b"", b"<svg onload='evil()'/>", b"0" * 64 + b"<svg/>"])
def test_a_drawing_that_was_changed_on_the_disk_is_made_anew(folder: Path, damage: bytes) -> None:
    """What does not fit its own digest is never used, and is put right."""
    first = _drawn()
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert _drawn() == first
    assert file.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, figures are drawn all the same."""
    (tmp_path / "workshop-builder").write_text("")
    assert _drawn().startswith(b"<svg")


def test_the_oldest_drawings_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are never more than a bounded number of drawings, and the newest stay."""
    monkeypatch.setattr(kept, "_MOST", 3)
    folder.mkdir(parents=True)
    for name in "abcd":
        (folder / name).write_bytes(b"")
    newest = _drawn()
    assert len(list(folder.iterdir())) == 3
    assert any(file.read_bytes().endswith(newest) for file in folder.iterdir())
