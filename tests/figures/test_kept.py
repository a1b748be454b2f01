"""Drawings kept in the user's cache folder: used again for the same figure and person."""

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
