"""The sample's type: contrast to its ground, length of lines, margins."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from judges.contrast import contrast, contrasts, hexadecimal
from judges.inside import Letters
from sample import Pdf, Sample
from sample_reading import lines, printed, style_of

pytestmark = pytest.mark.judge

LEAST_CONTRAST = 4.5
BODY_CONTRAST = 7.0
"""Of running text: three words or more that are set in no bold face."""
LONGEST_LINE = 70
"""Characters in a full line of running text, as a mean."""
MM = 72 / 25.4
MARGINS_MM = {"left": 20.0, "right": 12.0, "top": 12.0, "bottom": 12.0}
"""Sheets are bound on the left, a book with spreads where its pages meet."""
SLACK_MM = 0.3
"""By how much the place of ink may be misjudged, as only the boxes of letters are known."""
WHITE = (255, 255, 255)


def test_text_stands_out_from_its_ground(sample: Sample) -> None:
    """Text has a contrast of at least 4.5 to what is drawn behind it, and running text of 7."""
    faint = [
        (pdf.name, piece.page, piece.text, round(ratio, 2))
        for pdf, path in sample.chosen()
        if pdf.paper == "a4"
        for piece, ratio in contrasts(path, printed(path))
        if ratio < (BODY_CONTRAST if _runs(piece) else LEAST_CONTRAST)
    ]
    assert faint == []


def _runs(piece: Letters) -> bool:
    """Return whether a piece of text is part of a paragraph, and no heading and no label."""
    return "Bo" not in piece.font and len(piece.text.split()) > 2


def test_the_e_book_colours_its_text_well(sample: Sample) -> None:
    """Each colour that the e-book gives to text stands out from white, or from its own ground."""
    rules = re.findall(r"\{([^{}]*)\}", style_of(sample.book))
    coloured = [(rule, found) for rule in rules if (found := _colour(rule, "color"))]
    assert coloured
    faint = [
        rule
        for rule, colour in coloured
        if contrast(colour, _colour(rule, "background") or WHITE) < LEAST_CONTRAST
    ]
    assert faint == []


def _colour(rule: str, name: str) -> tuple[int, int, int] | None:
    """Return the opaque colour that a rule of a style sheet gives to a property, if it does."""
    found = re.search(rf"(?:^|[;\s]){name}:\s*(#[0-9a-f]{{6}})(?![0-9a-f])", rule)
    return hexadecimal(found[1]) if found else None


def test_lines_of_the_book_are_short_enough(sample: Sample) -> None:
    """A full line of running text has at most 70 characters, on the average of each book."""
    long = {}
    for pdf, path in sample.chosen("book"):
        full = _full_lines(path)
        assert len(full) > 100, pdf
        mean = sum(map(len, full)) / len(full)
        if mean > LONGEST_LINE:
            long[pdf.name] = f"{mean:.1f} characters, up to {max(map(len, full))}"
    assert long == {}


def _full_lines(path: Path) -> list[str]:
    """Return the lines that fill the column in which most text of the book stands.

    On left and right pages of a spread it stands at different places.
    """
    sizes = Counter(round(piece.size, 1) for piece in printed(path) for _ in piece.text)
    ((body, _),) = sizes.most_common(1)
    columns: dict[tuple[int, int], list[tuple[float, str]]] = {}
    for line in lines(path):
        words = "".join(piece.text for piece in line).strip()
        if max(round(piece.size, 1) for piece in line) == body and len(words) > 2:
            left, right = line[0].box[0], line[-1].box[2]
            place = line[0].page % 2, round(left / MM)
            columns.setdefault(place, []).append((right - left, words))
    column = [line for side in (0, 1) for line in _fullest(columns, side)]
    widths = sorted(width for width, _ in column)
    # The widest few may be leaders of the contents.
    full = 0.93 * widths[int(0.98 * len(widths))]
    return [words for width, words in column if width >= full]


def _fullest(
    columns: dict[tuple[int, int], list[tuple[float, str]]], side: int
) -> list[tuple[float, str]]:
    """Return the lines of the column with most text of all left, or all right, pages."""
    found = [lines for (parity, _), lines in columns.items() if parity == side]
    return max(found, key=lambda some: sum(len(words) for _, words in some))


def test_margins_leave_room_to_bind_and_to_hold(sample: Sample) -> None:
    """On handout and book words keep 20 mm to the left edge and 12 mm to the others."""
    near = {pdf.name: _too_near(pdf, path) for pdf, path in sample.chosen("handout", "book")}
    assert {name: edges for name, edges in near.items() if edges} == {}


def _too_near(pdf: Pdf, path: Path) -> dict[str, tuple[float, int, str]]:
    """Return for each edge the words that come nearest, where they come too near.

    Told are how near they come in millimetres, the page, and the words.
    """
    pieces = [piece for piece in printed(path) if piece.text.strip()]
    found = {}
    for edge, least in MARGINS_MM.items():
        gap, page, words = min((_gap(pdf, p, edge), p.page, p.text.strip()) for p in pieces)
        if gap < least - SLACK_MM:
            found[edge] = round(gap, 1), page, words
    return found


def _gap(pdf: Pdf, piece: Letters, edge: str) -> float:
    """Return how far a piece of text is from an edge of its page, in millimetres."""
    width, height = pdf.size
    left, top, right, bottom = piece.box
    # A letter's box is higher than its ink, by about a fifth of its size above and below.
    room = piece.size / 5
    gaps = {"left": left, "right": width - right, "top": top + room}
    if pdf.product == "book" and pdf.edition != "large-print" and piece.page % 2 == 0:
        gaps |= {"left": width - right, "right": left}
    return gaps.get(edge, height - bottom + room) / MM
