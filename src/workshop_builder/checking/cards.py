"""Remarks on what an exercise's card lacks, or has too much of."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_builder.checking.manuscript import Manuscript, Passage
from workshop_builder.checking.remark import Remark
from workshop_builder.checking.words import as_words

MOST_CAUTION = 30
"""Words that are still read before one starts."""
_SHORT_SENTENCE, _MOST_IN_SHORT = 15, 40
"""Words of a sentence that is read at a glance, and of a caution in such sentences alone."""
_NEW_WORDS = 0.2
"""The share of its words that an alternative text must have beyond those of the caption."""


def no_caution(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each exercise that warns of nothing."""
    for exercise in text.exercises:
        warns = exercise.fields.caution or exercise.avoided
        if not warns and exercise.fields.kind != "activity":
            said = "has no 'caution'; say who leaves it out, or when to stop"
            yield Remark(exercise.path, 1, "no-caution", said)


def no_easier(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each exercise without a gentler way."""
    for exercise in text.exercises:
        if not exercise.fields.easier:
            said = "has no 'easier'; say how someone does it who cannot do it as it stands"
            yield Remark(exercise.path, 1, "no-easier", said)


def no_picture(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each exercise that nobody can see."""
    for exercise in text.exercises:
        if not exercise.picture:
            said = "has no 'picture' and no 'figure'; add one, for those who forget words"
            yield Remark(exercise.path, 1, "no-picture", said)


def long_caution(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each caution that is too long to be read."""
    for exercise in text.exercises:
        caution = Passage(exercise.path, 0, str(exercise.fields.caution or ""))
        count = len(caution.text.split())
        long = any(len(each.split()) > _SHORT_SENTENCE for each in caution.sentences)
        if count > (MOST_CAUTION if long else _MOST_IN_SHORT):
            said = f"a caution of {count} words; keep to {MOST_CAUTION}, the worst first"
            yield Remark(exercise.path, exercise.line("caution"), "long-caution", said)


def alt_repeats_caption(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each picture of which the blind are told no more than its caption."""
    for exercise in text.exercises:
        alt = as_words(exercise.fields.alt or "").split()
        caption = as_words(str(exercise.fields.caption or "")).split()
        if alt and sum(word not in caption for word in alt) <= _NEW_WORDS * len(alt):
            said = "'alt' repeats the caption; say what the picture shows: who, how, where it pulls"
            yield Remark(exercise.path, exercise.line("alt"), "alt-repeats-caption", said)
