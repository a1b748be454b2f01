"""Remarks on what stands there twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from workshop_builder.checking.manuscript import Manuscript, Passage
from workshop_builder.checking.remark import Remark
from workshop_builder.checking.words import as_words
from workshop_builder.model.workshop import Exercise

_MOST_SHARED = 0.6
"""The share of its steps that an exercise may have in common with another."""
_TELLING = 12
"""Words from which a text says something that one remembers to have read."""


def copied_exercise(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each exercise that shares most of its steps with one before it."""
    told = set()
    for first, second in _pairs(text):
        if second.path not in told and _is_copy(first, second):
            told.add(second.path)
            said = f"has most steps of {first.path}; remove the copy, or make it an 'easier' way"
            yield Remark(second.path, 1, "copied-exercise", said)


def same_name(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each exercise with the name of one before it, if it is not its copy."""
    told = {second.path for first, second in _pairs(text) if _is_copy(first, second)}
    for first, second in _pairs(text):
        names = {as_words(each.fields.name) for each in (first, second)}
        if len(names) == 1 and second.path not in told:
            told.add(second.path)
            said = f"has the name of {first.path}; give one of them another"
            yield Remark(second.path, second.line("name"), "same-name", said)


def same_text(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each paragraph that has been read before."""
    copies = {b.path for a, b in _pairs(text) if _is_copy(a, b)}
    seen: dict[str, Passage] = {}
    for passage in _paragraphs(text):
        key = as_words(passage.text)
        if passage.path in copies or len(key.split()) < _TELLING:
            continue
        before = seen.setdefault(key, passage)
        if before is not passage:
            said = f"says word for word what {before.path}:{before.line} says; keep one of them"
            yield Remark(passage.path, passage.line, "same-text", said)


def _pairs(text: Manuscript) -> Iterator[tuple[Exercise, Exercise]]:
    """Yield every two exercises; a copy's name is mostly longer than that of what it is from."""
    return combinations(sorted(text.exercises, key=lambda each: (len(each.path), each.path)), 2)


def _paragraphs(text: Manuscript) -> Iterator[Passage]:
    for chapter in text.workshop.chapters:
        yield from text.prose(chapter)
    for exercise in text.exercises:
        yield from text.prose(exercise)


def _is_copy(first: Exercise, second: Exercise) -> bool:
    """Return whether most steps of the longer one are in both."""
    steps = [{as_words(str(step)) for step in each.steps} for each in (first, second)]
    longest = max(len(each) for each in steps)
    return longest > 0 and len(steps[0] & steps[1]) > _MOST_SHARED * longest
