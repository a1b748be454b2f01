"""The sample's claims: each number that was counted by somebody else has its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sample import Sample, source
from sample_reading import Element, cards, documents, text

pytestmark = pytest.mark.judge

_COUNTED = "trials|studies|surveys|reviews|people|adults|patients|participants|sessions|degrees"
CLAIM = re.compile(
    rf"\d\s*%|\bper ?cent\b|\b\d[\d,]*(?: \w+)? (?:{_COUNTED})\b"
    r"|\b\d+ (?:out )?of \d+\b|\bin (?:ten|a hundred)\b|\b\d\.\d\d\b",
    re.IGNORECASE,
)
"""Shares, counts of studies and of people in them, degrees, odds."""
NOTED = ".//{*}a[@role='doc-noteref']"


def test_each_counted_number_has_its_source(sample: Sample) -> None:
    """Each paragraph, item or row of a chapter that gives such a number has a note with it."""
    claims = [block for block in _blocks(sample) if CLAIM.search(text(block))]
    assert len(claims) > 12
    assert [text(block) for block in claims if block.find(NOTED) is None] == []


@pytest.mark.parametrize(
    "claim",
    [
        "It helps 40 % of us.",
        "In 24 trials it did.",
        "We asked 2,223 people.",
        "It found 32 of 100 stiff hips.",
        "In 4 out of 5 trials it did no better.",
        "At least nine in ten get no single cause.",
        "The odds were 1.47 (1.12 to 1.92).",
        "About 6 degrees less.",
    ],
)
def test_a_claim_is_known(claim: str) -> None:
    """What a study has counted is taken for a claim."""
    assert CLAIM.search(claim)


@pytest.mark.parametrize(
    "words", ["Three or four out of ten is plenty.", "Hold for 45 s.", "Score it from 0 to 10."]
)
def test_a_plain_number_is_no_claim(words: str) -> None:
    """Doses and scales need no source."""
    assert not CLAIM.search(words)


def test_each_note_is_a_source(sample: Sample) -> None:
    """Each note in a chapter names a source of workshop.yaml by its key."""
    known = {entry.key for entry in source().settings.sources}
    links = [link for root in documents(sample.book).values() for link in root.iterfind(NOTED)]
    keys = [link.get("href").rpartition("--fn-")[2] for link in links]
    assert len(keys) > 30
    assert [key for key in keys if key not in known] == []


def test_cards_make_no_such_claims(sample: Sample) -> None:
    """An exercise has no numbers of studies, as its card has no notes."""
    assert [card.name for card in cards(sample.book) if CLAIM.search(card.words)] == []


def _blocks(sample: Sample) -> Iterator[Element]:
    """Yield the paragraphs, items and rows of the chapters, without cards and notes."""
    for name, root in documents(sample.book).items():
        if name.startswith("chapter-"):
            apart = {*root.iter("{*}article"), *root.iterfind(".//*[@class='footnote']")}
            for block in root.iter("{*}p", "{*}li", "{*}tr"):
                if apart.isdisjoint(block.iterancestors()):
                    yield block
