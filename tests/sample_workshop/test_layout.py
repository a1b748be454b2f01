"""The sample's layout: whole cards, headings with their text, a chart to tick."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from judges.inside import Letters
from judges.raster import Pixels, pages
from judges.tags import Tag
from sample import Sample
from sample_reading import HEADINGS, cards, lines, one_line, page_texts, printed, tags

pytestmark = pytest.mark.judge

TO_WRITE = ("What I want to ask", "My notes")
"""Headings below which there are only ruled lines."""
BLOCKS = (*HEADINGS, "P", "LBody", "TD", "TH", "TOCI", "Caption", "Figure")
MM = 72 / 25.4
CELL_MM = 7.0
BESIDE_MM = 20
DPI = 144
INKED = 235
"""Grey values below it are ink."""


def test_a_card_is_on_one_page(sample: Sample) -> None:
    """Name, figure, all steps and caution of an exercise are seen without turning the page."""
    split = [
        (pdf.name, card.name, card.pages)
        for pdf, path in sample.chosen("handout", "take-home", "book")
        if pdf.edition == "standard"
        for card in cards(path)
        if len(card.pages) != 1 or not card.alt
    ]
    assert split == []


def test_no_heading_is_the_last_line_of_a_page(sample: Sample) -> None:
    """A heading stands above something on its own page, be it lines to write on."""
    stranded = [
        (pdf.name, page, heading.words)
        for pdf, path in sample.chosen()
        for page, heading in _last_blocks(tags(path)).items()
        if heading.kind in HEADINGS
        and not (heading.words in TO_WRITE and _has_rules(path, page, heading.words))
    ]
    assert stranded == []


def _last_blocks(root: Tag) -> dict[int, Tag]:
    """Return the block that is read last on each page."""
    return {page: block for block in _blocks(root) for page in block.pages}


def _blocks(tag: Tag) -> Iterator[Tag]:
    """Yield the innermost blocks of text, and the figures, in the order of reading."""
    below = [block for child in tag.children for block in _blocks(child)]
    yield from below or ([tag] if tag.kind in BLOCKS else [])


def _has_rules(path: Path, page: int, words: str) -> bool:
    """Return whether at least two ruled lines follow a heading on its page."""
    box = next(
        line[0].box
        for line in reversed(lines(path))
        if line[0].page == page and one_line("".join(p.text for p in line)) == words
    )
    below = pages(path, 72)[page - 1][round(box[3]) :, round(box[0]) : round(box[0]) + 200]
    # A rule is bluish from end to end; the frame round the stop rules is red.
    red, blue = below[..., 0].astype(int), below[..., 2].astype(int)
    ruled = np.all((red < INKED) & (blue >= red), axis=1)
    return int(ruled.sum()) >= 2


def test_the_chart_has_a_cell_for_each_day_of_four_weeks(sample: Sample) -> None:
    """The take-home sheet has 28 cells under their days, each large enough to tick."""
    for pdf, path in sample.chosen("take-home"):
        cells = list(_cells(path))
        assert len(cells) == 28, pdf
        assert min(min(cell) for cell in cells) >= CELL_MM, (pdf, min(cells))


def _cells(path: Path) -> Iterator[tuple[float, float]]:
    """Yield width and height of each cell of the chart, in millimetres."""
    drawn = pages(path, DPI, grey=True)
    pieces = printed(path)
    weeks = [p for p in pieces if p.text.strip() in ("Week 1", "Week 2", "Week 3", "Week 4")]
    for week in weeks:
        days = sorted(_days(week, pieces), key=lambda day: day.box[0])
        assert "".join(day.text for day in days) == "MoTuWeThFrSaSu"
        for day in days:
            x, y = _middle(day)[0], _middle(week)[1]
            yield _extent(drawn[week.page - 1], round(x * DPI / 72), round(y * DPI / 72))


def _days(week: Letters, pieces: list[Letters]) -> list[Letters]:
    """Return the days in the nearest row of them above a week."""
    days = [
        piece
        for piece in pieces
        if piece.text in ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
        and piece.page == week.page
        and piece.box[1] < week.box[1]
    ]
    row = max(day.box[1] for day in days)
    return [day for day in days if row - day.box[1] < 1]


def _middle(piece: Letters) -> tuple[float, float]:
    left, top, right, bottom = piece.box
    return (left + right) / 2, (top + bottom) / 2


def _extent(page: Pixels, x: int, y: int) -> tuple[float, float]:
    """Return width and height of the white around a dot, up to the first ink, in millimetres."""
    assert page[y, x] >= INKED
    inked = page < INKED
    right, left = np.argmax(inked[y, x:]), np.argmax(inked[y, x::-1])
    down, up = np.argmax(inked[y:, x]), np.argmax(inked[y::-1, x])
    return float(left + right) / DPI * 25.4, float(up + down) / DPI * 25.4


def test_the_chart_says_how_it_is_used(sample: Sample) -> None:
    """What to tick, and that a missed day is no harm, stands on the page of the chart."""
    for pdf, path in sample.chosen("take-home"):
        (page,) = (text for text in page_texts(path) if "Tick a box each day" in text)
        assert "Week 1" in page, pdf
        assert "Missed a day? Just go on." in page, pdf
        (told,) = (p for p in printed(path) if p.text.strip().startswith("Missed a day?"))
        days = [p for p in printed(path) if p.text == "Mo" and p.page == told.page]
        assert 0 < min(day.box[1] for day in days) - told.box[1] < BESIDE_MM * MM, pdf
        table = [row for table in tags(path).find("Table") for row in table.find("TR")]
        heads = [cell for row in table for cell in row.find("TH")]
        assert [sum(c.scope == way for c in heads) for way in ("Row", "Column")] == [4, 7], pdf
