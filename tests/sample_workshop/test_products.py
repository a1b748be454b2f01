"""The sample's products from the inside: metadata, tags, fonts, sizes, codes, margins."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from pyzbar import pyzbar

from judges.inside import Letters, about, fonts
from judges.raster import pages
from sample import Pdf, Sample, shown, source
from sample_reading import printed, tags, unnumbered
from workshop_builder.site.thumbnails import pages_with_titles

pytestmark = pytest.mark.judge

OURS = ("Atkinson-Hyperlegible", "Source-Serif-4")
BODY_PT = {"standard": 11.0, "ink-saver": 11.0, "large-print": 18.0}
"""No product is set with body text below this size."""
SMALLEST_PT = 7.0
"""Nothing is set below this, not even a label in a picture."""
MARGIN_MM = 10
"""What common printers leave white."""


def test_every_pdf_says_what_it_is(sample: Sample) -> None:
    """Title, author and language stand in each PDF, and a reader's window shows the title."""
    titles: dict[str, set[str]] = {}
    for pdf, path in sample.chosen():
        facts = about(path)
        assert (facts.author, facts.language, facts.shows_title) == (
            "Stretch Studio",
            "en-GB",
            True,
        )
        assert facts.dates == ()
        titles.setdefault(facts.title, set()).add(pdf.product)
    assert all(title.startswith("Relief for Back Pain") for title in titles)
    assert sorted(map(len, titles.values())) == [1, 1, 1, 1]


def test_bookmarks_lead_to_each_exercise(sample: Sample) -> None:
    """The outline of each PDF names each exercise in it, and that of the book each chapter."""
    chapters = {c.fields.title for c in source().chapters if c.fields.audience == "everyone"}
    lost = {}
    for pdf, path in sample.chosen():
        found = {unnumbered(line) for line in about(path).bookmarks}
        exercises = {exercise.fields.name for exercise in shown(pdf.shows)}
        wanted = exercises | chapters if pdf.product == "book" else exercises
        lost[pdf.name] = wanted - found
    assert {name: lines for name, lines in lost.items() if lines} == {}


def test_fonts_are_ours_and_inside(sample: Sample) -> None:
    """Each PDF carries all its fonts, and only those that the program brings."""
    wrong = {
        (pdf.name, font)
        for pdf, path in sample.chosen()
        for font, embedded in fonts(path).items()
        if not embedded or not font.startswith(OURS)
    }
    assert wrong == set()


def test_pictures_and_table_heads_are_tagged(sample: Sample) -> None:
    """Every figure has its words, and every header cell says of which cells it is the head."""
    wrong = []
    for pdf, path in sample.chosen():
        elements = list(tags(path).walk())
        assert any(element.kind == "Figure" for element in elements)
        wrong += [pdf.name for e in elements if e.kind == "Figure" and not e.alt]
        wrong += [pdf.name for e in elements if e.kind == "TH" and e.scope not in ("Row", "Column")]
    assert wrong == []


def test_the_take_home_sheet_keeps_its_promise(sample: Sample) -> None:
    """The take-home sheet has exactly one page on each paper, and in large print what it needs."""
    found = {pdf: len(about(path).sizes) for pdf, path in sample.chosen("take-home")}
    assert {count for pdf, count in found.items() if pdf.edition != "large-print"} == {1}


def test_pages_have_the_size_of_their_paper(sample: Sample) -> None:
    """Every page is as large as the paper that the file is for."""
    for pdf, path in sample.chosen():
        assert all(size == pytest.approx(pdf.size, abs=0.5) for size in about(path).sizes), pdf


def test_codes_lead_to_the_website(sample: Sample) -> None:
    """Each code on a sheet drawn at 150 dpi is read back as the website's address and version."""
    settings = source().settings
    assert settings.website
    wanted = f"{settings.website.url}#v{settings.version}"
    for pdf, path in sample.chosen("handout", "take-home"):
        shown = [tag for tag in tags(path).walk() if settings.website.url in tag.alt]
        read = [code for page in pages(path, 150, grey=True) for code in pyzbar.decode(page)]
        assert shown, pdf
        assert [code.data.decode() for code in read] == [wanted] * len(shown), pdf


def test_codes_of_the_book_lead_to_the_pages_of_its_exercises(sample: Sample) -> None:
    """Each exercise of the book has a code that leads to a page of the site, and a place on it."""
    settings = source().settings
    assert settings.website
    base = f"{settings.website.url}/"
    path = sample.path(Pdf("book", "standard", "a4"))
    names = [exercise.fields.name for exercise in source().exercises.values()]
    cards = ",".join(str(page + 1) for page in pages_with_titles(path.read_bytes(), names).values())
    drawn = pages(path, 200, grey=True, which=cards)
    read = [code.data.decode() for page in drawn for code in pyzbar.decode(page)]
    found = [urlsplit(address) for address in read if address.startswith(base)]
    places = [
        sample.folder / "site" / address.geturl().removeprefix(base).partition("#")[0]
        for address in found
    ]
    assert {place.stem for place in places} == source().exercises.keys()
    for place, address in zip(places, found, strict=True):
        assert f'id="{address.fragment}"' in place.read_text(encoding="utf-8")


def test_text_is_large_enough(sample: Sample) -> None:
    """Most text is in the promised size or larger, and none too small to be read."""
    small = {}
    for pdf, path in sample.chosen():
        found = printed(path)
        sizes = [round(piece.size, 1) for piece in found for _ in piece.text.strip()]
        body = max(set(sizes), key=sizes.count)
        if body < BODY_PT[pdf.edition]:
            small[pdf.name] = f"body text has {body} pt"
        tiny = [piece.text for piece in found if piece.size < SMALLEST_PT and piece.text.strip()]
        if tiny:
            small[pdf.name] = f"below {SMALLEST_PT} pt: {tiny[:5]}"
    assert small == {}


def test_steps_are_never_set_small(sample: Sample) -> None:
    """The steps on the take-home sheet have at least the size of body text."""
    steps = [step for exercise in source().select(("core",)) for step in exercise.steps]
    for pdf, path in sample.chosen("take-home"):
        pieces = printed(path)
        sizes = {step: _size(pieces, str(step)) for step in steps}
        small = {step: size for step, size in sizes.items() if size < BODY_PT[pdf.edition] - 0.05}
        assert small == {}, pdf


def _size(pieces: list[Letters], words: str) -> float:
    """Return the size of the smallest letter in the place where `words` stand."""
    marked = [(sign, piece.size) for piece in pieces for sign in piece.text if not sign.isspace()]
    text = "".join(sign for sign, _ in marked)
    start = text.index(re.sub(r"\s", "", words))
    return min(size for _, size in marked[start : start + len(re.sub(r"\s", "", words))])


def test_nothing_is_printed_at_the_edge(sample: Sample) -> None:
    """Within 10 mm of the edge, where many printers cannot print, a sheet has no ink."""
    found = {
        pdf.name: _inked(path) for pdf, path in sample.chosen("handout", "take-home", "teacher")
    }
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def _inked(path: Path, dpi: int = 72) -> list[int]:
    """Return the pages that have ink within the margin."""
    margin = round(MARGIN_MM / 25.4 * dpi) - 1
    found = []
    for number, page in enumerate(pages(path, dpi, grey=True), 1):
        inner = np.full(page.shape, 255, dtype=np.uint8)
        inner[margin:-margin, margin:-margin] = page[margin:-margin, margin:-margin]
        if np.any(inner != page):
            found.append(number)
    return found


def test_no_word_of_the_book_stands_at_the_edge(sample: Sample) -> None:
    """The book may have pictures and tints up to the edge, but words only where all can print."""
    margin = MARGIN_MM / 25.4 * 72
    faults = set()
    for pdf, path in sample.chosen("book"):
        width, height = pdf.size
        for piece in printed(path):
            left, top, right, bottom = piece.box
            # A letter's box is higher than its ink, by about a fifth above and below.
            room = piece.size / 5
            clear = left >= margin and right <= width - margin
            clear = clear and top + room >= margin and bottom - room <= height - margin
            if piece.text.strip() and not clear:
                faults.add((pdf.name, piece.page, piece.text))
    assert faults == set()


def test_paper_is_named_in_the_manifest(sample: Sample) -> None:
    """The manifest tells each PDF's product, edition, paper and pages as they are."""
    entries = {entry["file"]: entry for entry in sample.manifest["files"]}
    for pdf, path in sample.chosen():
        entry = entries[pdf.name]
        named = Pdf(entry["product"], entry["edition"], entry["paper"])
        assert (named, entry["pages"]) == (pdf, len(about(path).sizes))
