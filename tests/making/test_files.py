"""The files of a package, made side by side: the e-book waits for the pages of the book."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import small
from workshop_builder import build, load
from workshop_builder.making import printing
from workshop_builder.pdf.tagging.page_starts import PageStart

TWO = {"chapters/02-rest.md": "---\ntitle: Rest\n---\n\nRest a little.\n"}


def test_an_ebook_that_was_told_other_pages_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the book ends with other pages than it told, the e-book has those of the end."""
    source = small.write(tmp_path / "source", "{book: {}, epub: {}}", TWO)
    right = [file.data for file in build(load(source), tmp_path / "right", keep=False)]
    lied = tmp_path / "lied"

    def lie(told: Connection, starts: tuple[PageStart, ...]) -> None:
        lied.touch()
        told.send(starts[:1])

    monkeypatch.setattr(printing, "_tell", lie)
    assert [file.data for file in build(load(source), tmp_path / "again", keep=False)] == right
    assert lied.exists()
