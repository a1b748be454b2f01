"""How the sample reads: short words, short sentences, steps that say one thing to do."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
import textstat

from sample import Sample, source
from sample_reading import cards, chapters, full_text, leaves, sentences, tags

pytestmark = pytest.mark.judge

PLAIN = ("standard", "a4")
HARDEST_SHEET = 6
"""The school grade that the take-home sheet may ask for (Flesch and Kincaid)."""
HARDEST_BOOK = 8
LONGEST_MEAN = 15
"""Words in a sentence, on average."""
LONGEST_STEP = 20
NAMES = (
    "abdominals",
    "biceps femoris",
    "erector spinae",
    "femur",
    "gluteus maximus",
    "gluteus medius",
    "gluteus minimus",
    "hamstrings",
    "iliacus",
    "latissimus dorsi",
    "lumbar",
    "obliques",
    "piriformis",
    "psoas",
    "quadriceps",
    "rectus femoris",
    "sacrum",
    "semimembranosus",
    "semitendinosus",
)
"""Names of anatomy, which have no easier word; they do not count towards the grade."""
_VERBS = """
    Bend Breathe Bring Change Come Cross Draw Firm Flatten Flow Grow Hold Hug Keep Kneel Lean Let
    Lie Lift Look Loop Lower Make Move Note Pause Place Press Push Put Raise Reach Rest Rock Roll
    Round Sink Sit Slide Spread Squeeze Stand Stay Step Stop Straighten Swap Tighten Tip Tuck Turn
    Walk
"""
VERBS = frozenset(_VERBS.split())
"""What a step may tell to do; another one is added here once it was read in its step."""
BANNED = (
    r"cur(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|guarantee\w*|proven|detox\w*|realign\w*|slipped"
    r"|damage from sitting|melts pain|natural pain relief|totally secure"
)
"""Words that promise or frighten."""


def grade(blocks: Iterable[str]) -> float:
    """Return the school grade of blocks of text, with a plain word for each name of anatomy."""
    whole = " ".join(part if part[-1] in ".!?" else f"{part}." for part in sentences(blocks))
    plain = re.sub(rf"\b(?:{'|'.join(NAMES)})\b", "part", whole, flags=re.IGNORECASE)
    return float(textstat.flesch_kincaid_grade(plain))


def test_the_take_home_sheet_is_easy_to_read(sample: Sample) -> None:
    """The sheet asks for no more than six years of school."""
    hard = {path.name: grade(leaves(tags(path))) for _, path in sample.chosen("take-home")}
    assert {name: found for name, found in hard.items() if found > HARDEST_SHEET} == {}


def test_each_chapter_is_easy_to_read(sample: Sample) -> None:
    """Each chapter, and the book as a whole, ask for no more than eight years of school."""
    (path,) = (p for pdf, p in sample.chosen("book") if (pdf.edition, pdf.paper) == PLAIN)
    parts = chapters(path)
    public = [c.fields.title for c in source().chapters if c.fields.audience == "everyone"]
    assert list(parts) == public
    grades = {title: grade(leaves(part)) for title, part in parts.items()}
    grades["the book"] = grade(leaves(tags(path)))
    assert {title: found for title, found in grades.items() if found > HARDEST_BOOK} == {}


def test_a_hard_text_is_found_hard() -> None:
    """The measure tells a plain text from one for specialists, and passes over names alone."""
    plain = "Lie on your back with both knees bent. Draw one knee in to your chest."
    named = f"{plain} Your biceps femoris and your semitendinosus will let go."
    hard = "Contraindications necessitate individualised physiotherapeutic consultation beforehand."
    assert grade([plain]) < HARDEST_SHEET
    assert grade([named]) < HARDEST_SHEET
    assert grade([hard]) > HARDEST_BOOK


def test_each_name_that_does_not_count_is_explained(sample: Sample) -> None:
    """What is left out of the grade is used in the book, and stands in the glossary."""
    glossary = " ".join(term.term for term in source().settings.glossary).lower()
    book = full_text(sample.book).lower()
    assert [name for name in NAMES if name not in glossary or name not in book] == []


def test_sentences_are_short(sample: Sample) -> None:
    """In each product a sentence has at most fifteen words on average."""
    long = {}
    for pdf, path in sample.chosen():
        found = sentences(leaves(tags(path)))
        mean = sum(len(re.findall(r"[\w’'-]+", sentence)) for sentence in found) / len(found)
        if mean > LONGEST_MEAN:
            long[pdf.name] = mean
    assert long == {}


def test_an_exercise_has_four_to_six_steps(sample: Sample) -> None:
    """No exercise of the book has more steps than one can keep in mind."""
    counts = {card.name: len(card.steps) for card in cards(sample.book)}
    assert {name: count for name, count in counts.items() if not 4 <= count <= 6} == {}


def test_a_step_is_short_and_says_one_thing_to_do(sample: Sample) -> None:
    """Each step is one sentence of at most 20 words that begins with its only command."""
    steps = [step for card in cards(sample.book) for step in card.steps]
    assert len(steps) > 100
    assert {step: faults for step in steps if (faults := faults_of_step(step))} == {}


def faults_of_step(step: str) -> list[str]:
    """Return what is wrong with a step."""
    words = re.findall(r"[\w’'-]+", step)
    faults = [f"{len(words)} words"] if len(words) > LONGEST_STEP else []
    if words[0] not in VERBS:
        faults.append(f"does not begin with a known verb: {words[0]}")
    commands = "|".join(VERBS)
    second = re.search(rf"(?:\band|\bthen|[,;.!?])\s+({commands})\b", step, re.IGNORECASE)
    if second:
        faults.append(f"a second thing to do: {second[1]}")
    return faults


@pytest.mark.parametrize(
    "step",
    [
        "Your right knee sinks.",
        "Lie down and breathe out.",
        "Lift your hips, hold them there.",
        "Sit tall. Look ahead.",
        "Walk " + "on and on " * 7,
    ],
)
def test_a_wrong_step_is_found(step: str) -> None:
    """A step without a command, with two of them, or too long has a fault."""
    assert faults_of_step(step)


def test_no_mark_of_the_writing_is_left(sample: Sample) -> None:
    """What stood in the facts to say how sure they are is in no product."""
    for _, path in sample.files:
        assert not re.search(r"\[[VR]\]|\bTODO\b|\bTBD\b", full_text(path)), path.name


def test_no_product_promises_or_frightens(sample: Sample) -> None:
    """No product has a word that promises a cure, or one that makes backs seem fragile."""
    banned = re.compile(rf"\b(?:{BANNED})\b", re.IGNORECASE)
    found = {path.name: banned.findall(full_text(path)) for _, path in sample.files}
    assert {name: words for name, words in found.items() if words} == {}
