"""The sample before the judges of one kind of file; those of the standards judge all there is."""

from __future__ import annotations

import pytest

from judges.ace import ace
from judges.raster import qpdf_check
from judges.reader import Entry, open_book
from sample import BOOK, BUNDLE, PDFS, Sample, source

pytestmark = pytest.mark.judge


def test_every_file_that_was_asked_for_is_made(sample: Sample) -> None:
    """The command makes the products in their editions and papers, and has no fault to tell."""
    files = sample.manifest["files"]
    made = {entry["file"] for entry in files if entry["product"] != "website"}
    assert (sample.faults, made) == ("", {BOOK, BUNDLE, *(pdf.name for pdf in PDFS)})


def test_every_pdf_is_sound(sample: Sample) -> None:
    """The syntax of every PDF passes the check of qpdf."""
    verdicts = {pdf.name: qpdf_check(sample.path(pdf)) for pdf in sample.pdfs}
    assert {name: faults for name, faults in verdicts.items() if faults} == {}


def test_the_e_book_can_be_used_without_sight(sample: Sample) -> None:
    """Ace by DAISY passes the e-book."""
    assert ace(sample.book) == []


def test_a_reader_shows_the_whole_e_book(sample: Sample) -> None:
    """The reader finds title, language, chapters, exercises and every picture with its words."""
    workshop = source()
    opened = open_book(sample.book)
    assert (opened.title, opened.language) == (workshop.settings.title, "en-GB")
    assert (opened.faults, opened.broken) == ((), ())
    assert opened.fonts >= {"Atkinson Hyperlegible", "Source Serif 4"}
    labels = {label for entry in opened.contents for label in _labels(entry)}
    public = [c for c in workshop.chapters if c.fields.audience == "everyone"]
    assert labels >= {f"{number} {c.fields.title}" for number, c in enumerate(public, 1)}
    named = [workshop.exercises[name].fields.name for name in workshop.in_order]
    assert labels >= {f"{number} {name}" for number, name in enumerate(named, 1)}
    shown = {picture.alt for picture in opened.pictures}
    assert shown >= {exercise.alt for exercise in workshop.exercises.values()}
    assert all(picture.alt for picture in opened.pictures)


def _labels(entry: Entry) -> list[str]:
    """Return the label of a line of the contents, and those of the lines below it."""
    return [entry.label, *(label for child in entry.children for label in _labels(child))]
