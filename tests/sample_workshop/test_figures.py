"""The sample's figures: their words, their numbers, and the side that they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from judges.tags import Tag
from sample import Sample, source
from sample_reading import Card, bare, cards, documents, tags, text
from workshop_builder.model.figure import PoseFigure

pytestmark = pytest.mark.judge

ALT = range(40, 401)
"""How many characters say what a figure shows."""
IN_CHAPTERS = 7
"""Muscles, what marks in the drawings mean, a march, and a break from sitting."""
SIDED = {
    "Long-leg check": (
        "{near} leg long.",
        "{near} leg long on the mat",
        "Let your {near} leg lie long.",
    ),
    "Leg-raise check": (
        "{near} leg shown.",
        "The {near} leg, its knee straight, comes up",
        "Raise your {near} leg with a straight knee.",
    ),
    "Seated figure four": (
        "{near} leg crossed.",
        "{near} ankle across the {far} thigh",
        "Rest your {near} ankle on your {far} thigh.",
    ),
    "Knee rolls": (
        "Seen from above, knees to the {near}.",
        "both knees rolled to the {near}",
        "Let both knees sink to the {near}.",
    ),
    "Hip flexor stretch": (
        "{near} leg shown.",
        "Kneeling on the {near} knee",
        "Kneel with your {near} knee on a pillow.",
    ),
    "Straight-leg hamstring stretch": (
        "{near} leg shown.",
        "the {near} leg, its knee a little bent, straightens",
        "Straighten your {near} leg to the ceiling.",
    ),
    "Figure four": (
        "{near} leg crossed.",
        "The {near} ankle lies across the {far} thigh",
        "Cross your {near} ankle over your {far} thigh.",
    ),
    "Chair hamstring hinge": (
        "{near} leg shown.",
        "{near} leg straight, in front",
        "Slide your {near} heel forward.",
    ),
    "Standing hip flexor stretch": (
        "{near} leg behind,",
        "the {near} foot steps behind",
        "Step your {near} foot back, heel up.",
    ),
}
"""For each exercise with sides: how its caption begins, what its other words and a step say."""


def test_each_figure_of_the_e_book_is_told_and_captioned(sample: Sample) -> None:
    """Each figure has a caption and 40 to 400 characters of other words for what it shows."""
    figures = [figure for root in documents(sample.book).values() for figure in root.iter(_FIGURE)]
    told = [
        (str(figure.find(".//{*}img").get("alt")), text(figure.find("{*}figcaption")))
        for figure in figures
    ]
    assert len(told) == len(source().exercises) + IN_CHAPTERS
    assert {alt: faults for alt, caption in told if (faults := list(_faults(alt, caption)))} == {}


_FIGURE = "{http://www.w3.org/1999/xhtml}figure"


def _faults(alt: str, caption: str) -> Iterator[str]:
    """Yield what is wrong with the words of a figure."""
    if len(alt) not in ALT:
        yield f"{len(alt)} characters"
    if not caption:
        yield "no caption"
    if bare(alt).lower() in bare(caption).lower() or bare(caption).lower() in bare(alt).lower():
        yield "says no more than its caption"
    if re.match(r"(?:an? )?(?:image|picture|photo|drawing|figure) (?:of|showing)\b", alt.lower()):
        yield "says that it is a picture"


@pytest.mark.parametrize(
    ("alt", "caption"),
    [
        ("Lying on the back.", "Rest."),
        ("Lying on the back, hips lifted, knees bent.", ""),
        (
            "Lying on the back, hips lifted, knees bent.",
            "Lying on the back, hips lifted, knees bent",
        ),
        ("Picture of a person who lies on the back, knees bent.", "Bridge."),
        ("Lying on the back, and " + "on the back, " * 32, "Bridge."),
    ],
)
def test_wrong_words_are_found(alt: str, caption: str) -> None:
    """Words that are too few or too many, a lost caption, and a mere repetition are faults."""
    assert list(_faults(alt, caption))


def test_each_figure_of_a_pdf_is_told(sample: Sample) -> None:
    """In each PDF every figure of an exercise, and every one with a caption, is told like that."""
    wrong = []
    for pdf, path in sample.chosen():
        pictures = [card.alt for card in cards(path)] + [alt for alt, _ in _captioned(path)]
        wrong += [(pdf.name, alt) for alt in pictures if len(alt) not in ALT]
    assert wrong == []


def test_the_figures_of_the_book_are_numbered(sample: Sample) -> None:
    """In the book each figure has a caption; those of chapters are numbered one by one.

    An exercise has a number of its own. In large print its picture stands between its name and its
    steps, without a caption.
    """
    for pdf, path in sample.chosen("book"):
        found = _captioned(path)
        large = pdf.edition == "large-print"
        assert len(found) == IN_CHAPTERS + (0 if large else len(source().exercises)), pdf
        numbers = [int(n) for _, caption in found for n in re.findall(r"^Figure (\d+)\b", caption)]
        assert numbers == list(range(1, IN_CHAPTERS + 1)), pdf
        for alt, caption in found:
            assert list(_faults(alt, re.sub(r"^Figure \d+\.? ", "", caption))) == [], pdf


def _captioned(path: Path) -> list[tuple[str, str]]:
    """Return the alternative text and the caption of each figure that has one, in order."""
    pairs = [(tag.children[0], tag.children[1]) for tag in tags(path).walk() if _is_pair(tag)]
    return [(figure.alt, caption.words) for figure, caption in pairs]


def _is_pair(tag: Tag) -> bool:
    return [child.kind for child in tag.children] == ["Figure", "Caption"]


def test_figure_caption_and_steps_show_the_same_side(sample: Sample) -> None:
    """What is right in the drawing is right in its words, in its caption and in the steps."""
    captions = _captions(sample)
    wrong = []
    for card in cards(sample.book):
        if card.name in SIDED:
            caption, alt, step = (text.format(**_sides(card)) for text in SIDED[card.name])
            lost = [
                not captions[card.alt].startswith(caption[0].upper() + caption[1:]),
                alt.lower() not in card.alt.lower(),
                step not in card.steps,
            ]
            if any(lost):
                wrong.append((card.name, lost))
    assert wrong == []


def _captions(sample: Sample) -> dict[str, str]:
    """Return the captions of the e-book by the alternative text of their figures."""
    figures = (figure for root in documents(sample.book).values() for figure in root.iter(_FIGURE))
    return {f.find(".//{*}img").get("alt"): text(f.find("{*}figcaption")) for f in figures}


def _sides(card: Card) -> dict[str, str]:
    """Return what is near and what is far in the drawing of a card."""
    workshop = source()
    (exercise,) = (e for e in workshop.exercises.values() if e.fields.name == card.name)
    figure = workshop.figures[str(exercise.picture)]
    assert isinstance(figure, PoseFigure)
    return {"near": figure.side, "far": {"right": "left", "left": "right"}[figure.side]}


def test_every_exercise_with_sides_is_compared() -> None:
    """No exercise that is done on each side is missing from the comparison."""
    fields = [exercise.fields for exercise in source().exercises.values()]
    assert {field.name for field in fields if field.sides == "each"} == set(SIDED)


def test_an_exercise_without_sides_is_felt_on_both(sample: Sample) -> None:
    """Where the steps know no side, the words for the figure name none where it is felt."""
    wrong = {
        card.name: card.alt
        for card in cards(sample.book)
        if card.name not in SIDED and re.search(r"felt at .*\b(?:right|left)\b", card.alt)
    }
    assert wrong == {}
