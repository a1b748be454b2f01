"""Remarks on the steps of an exercise: one at a time, short, and for one side."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_builder.checking.manuscript import Manuscript
from workshop_builder.checking.remark import Remark
from workshop_builder.model.workshop import Exercise

MOST_WORDS = 15
"""Of a step, to be read while one moves."""
MOST_STEPS = 8
"""Of an exercise, to be kept in mind."""


def side_not_named(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each exercise of one side and then the other that names neither."""
    for exercise in text.exercises:
        if exercise.fields.sides == "each" and exercise.steps and not _names_side(text, exercise):
            said = "is done on each side, and no step says which side it tells of"
            remedy = "write 'left' and 'right', such as 'Lift your right leg.'"
            line = text.steps(exercise)[0].line
            yield Remark(exercise.path, line, "side-not-named", f"{said}; {remedy}")


def _names_side(text: Manuscript, exercise: Exercise) -> bool:
    """Return whether a step names a side, or the language has no words for it."""
    no_words = text.words.sides.pattern == "(?!)"
    return no_words or any(text.words.sides.search(str(step)) for step in exercise.steps)


def two_actions(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each step that asks for more than one movement."""
    for exercise in text.exercises:
        for step in text.steps(exercise):
            clauses = text.words.joins.split(text.words.pair.sub("", step.text))
            actions = [each for each in clauses if text.words.action.match(each)]
            if len(actions) > 1:
                said = f"has {len(actions)} movements in one step; give each a step of its own"
                yield Remark(step.path, step.line, "two-actions", said)


def long_step(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each step that is too long to be read while one moves."""
    for exercise in text.exercises:
        for step in text.steps(exercise):
            count = len(step.text.split())
            if count > MOST_WORDS:
                said = f"a step of {count} words; keep to {MOST_WORDS}, or make two of it"
                yield Remark(step.path, step.line, "long-step", said)


def many_steps(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each exercise with more steps than one keeps in mind."""
    for exercise in text.exercises:
        count = len(exercise.steps)
        if count > MOST_STEPS:
            said = f"has {count} steps; keep to {MOST_STEPS}, or make two exercises of it"
            yield Remark(exercise.path, text.steps(exercise)[0].line, "many-steps", said)
