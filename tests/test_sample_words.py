"""What every product of the sample must say, and say alike: doses, cautions, stop rules."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from judges.inside import letters, told
from sample import Sample, source

pytestmark = pytest.mark.judge

DOSES = {
    "Knees to chest": ("45 s", "1 time", "Daily"),
    "Hip flexor stretch": ("45 s", "1 time", "each side", "Daily"),
    "Straight-leg hamstring stretch": ("45 s", "1 time", "each side", "Daily"),
}
"""What the sample's fields give, written down once more by hand."""
DOSE = re.compile(r"\d[\d:–]* (?:s|times?)\b|each side|both sides|\bDaily\b")


def test_a_dose_is_the_same_in_every_product(sample: Sample) -> None:
    """Hold, repeats, sides and frequency of each exercise read the same wherever it is shown."""
    products = _cards(sample)
    assert {pdf.product for pdf in sample.pdfs} <= {name for name, _ in products}
    for name, cards in products:
        found = {_name(card): tuple(DOSE.findall(card)) for card in cards}
        assert found == DOSES, name


def _name(card: str) -> str:
    """Return the exercise that a card shows."""
    return next((name for name in DOSES if name in card), card)


def _cards(sample: Sample) -> list[tuple[str, list[str]]]:
    """Return each product with its cards; PDFs on A4 alone, as papers differ only in size."""
    printed = [(pdf, path) for pdf, path in sample.chosen() if pdf.paper == "a4"]
    found = [(pdf.product, _spoken_cards(path)) for pdf, path in printed]
    articles = (card for root in _documents(sample) for card in root.iterfind(".//{*}article"))
    return [*found, ("epub", [_one_line("".join(card.itertext())) for card in articles])]


@cache
def _spoken_cards(path: Path) -> list[str]:
    """Return the words of each exercise's card in a PDF, as a screen reader speaks them."""
    return [_one_line(" ".join(part.words)) for part in told(path) if part.kind == "Art"]


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _documents(sample: Sample) -> Iterator[etree._Element]:
    """Yield the content documents of the e-book."""
    with zipfile.ZipFile(sample.book) as book:
        for name in book.namelist():
            if name.endswith(".xhtml"):
                yield etree.fromstring(book.read(name))


def test_a_take_home_card_is_read_in_order(sample: Sample) -> None:
    """A screen reader speaks each exercise as a whole: name, steps in order, caution."""
    exercises = source().select(("core",))
    for pdf, path in sample.chosen("take-home"):
        cards = _spoken_cards(path)
        assert len(cards) == len(exercises), pdf
        for card, exercise in zip(cards, exercises, strict=True):
            fields = exercise.fields
            parts = [fields.name, *map(str, exercise.steps), str(fields.caution)]
            places = [card.find(_one_line(part)) for part in parts]
            assert places == sorted(places), (pdf, card)
            assert min(places) >= 0, (pdf, card)


@cache
def _texts(sample: Sample) -> dict[str, str]:
    """Return all text of each product, by file."""
    texts = {
        pdf.name: _one_line(" ".join(piece.text for piece in letters(path)))
        for pdf, path in sample.chosen()
    }
    book = _one_line(" ".join("".join(root.itertext()) for root in _documents(sample)))
    return texts | {sample.book.name: book}


def test_words_of_safety_stand_in_every_product(sample: Sample) -> None:
    """Every product holds all stop rules, emergency signs, cautions and the disclaimer."""
    workshop = source()
    safety = workshop.settings.safety
    cautions = [str(exercise.fields.caution) for exercise in workshop.exercises.values()]
    wanted = [*safety.stop_if, *safety.flags("emergency"), *cautions, str(safety.disclaimer)]
    lost = [
        (name, words)
        for name, text in _texts(sample).items()
        for words in wanted
        if _bare(words) not in _bare(text)
    ]
    assert lost == []


@cache
def _bare(text: str) -> str:
    """Return only letters and digits: line ends, hyphens and quotes do not count."""
    return re.sub(r"[\W_]", "", text)


def test_the_address_stands_beside_the_code(sample: Sample) -> None:
    """The take-home sheet prints the website's address for those without a camera."""
    for pdf, _ in sample.chosen("take-home"):
        assert "studio.example/back-pain" in _texts(sample)[pdf.name], pdf


def test_the_time_of_the_routine_is_printed_as_computed(sample: Sample) -> None:
    """Three holds of 45 s, two of them on both sides, and four changes give 4:45 min."""
    for pdf, _ in sample.chosen("handout", "teacher"):
        assert "4:45 min" in _texts(sample)[pdf.name], pdf


def test_cues_stay_with_the_teacher(sample: Sample) -> None:
    """What the teacher is to say in class is in the guide and in no other product."""
    cue = _bare("Show it in silence, talk it through")
    having = {name for name, text in _texts(sample).items() if cue in _bare(text)}
    assert having == {pdf.name for pdf, _ in sample.chosen("teacher")}
