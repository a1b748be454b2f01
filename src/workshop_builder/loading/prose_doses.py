"""Finds prose that gives an exercise another dose than its fields do.

It reads the sentences that speak of holding or repeating and name a number: in an
exercise's own text, and in other texts where they name one exercise. `easier`,
`harder` and `mistakes` may differ on purpose and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from workshop_builder.errors import Problem
from workshop_builder.loading.dose_phrases import Amount, Phrases
from workshop_builder.markup.markdown.limits import LONGEST_PARAGRAPH
from workshop_builder.model.dose import Repeat
from workshop_builder.model.exercise_fields import ExerciseFields
from workshop_builder.model.workshop import Exercise
from workshop_builder.source.yaml_text import YamlDocument

# A sentence ends at its stop, at an empty line, and where an item of a list or a heading begins.
# The stop of "1 Min. 30 Sek." is none.
_SENTENCE_END = re.compile(
    r"(?:(?<!\b[Mm]in)[.]|[.](?!\s*\d)|[!?])(?!\d|md\b)|\n(?=\s*(?:\n|[-*+#>|/]|\d+[.)]\s))"
)
_FIELDS = ("feel", "alt", "caption")


def check_exercise(
    say: Phrases, sheet: YamlDocument, body: str, offset: int, fields: ExerciseFields
) -> list[Problem]:
    """Return a problem for each sentence of an exercise's texts that contradicts its dose."""
    found = list(_contradictions(say, sheet.path, body, offset, fields))
    for name in _FIELDS:
        text = str(getattr(fields, name) or "")
        line = sheet.line((name,)) - 1
        found += _contradictions(say, sheet.path, text, line, fields, spread=False)
    return found


def check_cue(
    say: Phrases,
    path: str,
    line: int,
    cue: str,
    names: tuple[str, ...],
    exercises: Mapping[str, Exercise],
) -> list[Problem]:
    """Return a problem for each sentence of a cue that contradicts the dose of its one exercise."""
    if len(names) != 1 or names[0] not in exercises:
        return []
    fields = exercises[names[0]].fields
    return list(_contradictions(say, path, cue, line - 1, fields, spread=False))


def check_chapter(
    say: Phrases, path: str, body: str, offset: int, exercises: Mapping[str, Exercise]
) -> list[Problem]:
    """Return a problem for each sentence that gives the one exercise it names another dose."""
    patterns = {
        name: re.compile(rf"(?<!\w){re.escape(exercise.fields.name)}(?!\w)", re.IGNORECASE)
        for name, exercise in exercises.items()
    }
    problems: list[Problem] = []
    for line, sentence in _sentences(body):
        if not say.tells(sentence):
            continue
        named = [
            name
            for name, pattern in patterns.items()
            if f"/{name}.md" in sentence or pattern.search(sentence)
        ]
        if len(named) == 1:
            fields = exercises[named[0]].fields
            problems += _contradictions(say, path, sentence, offset + line - 1, fields)
    return problems


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of `text`, each with the line on which it starts."""
    start = 0
    line = 1
    for end in [*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]:
        sentence = text[start:end]
        if sentence.strip() and len(sentence) <= LONGEST_PARAGRAPH:
            yield line, sentence
        line += sentence.count("\n")
        start = end


def _contradictions(
    say: Phrases, path: str, text: str, offset: int, fields: ExerciseFields, *, spread: bool = True
) -> Iterator[Problem]:
    """Yield a problem for each dose in `text` that is not within that of `fields`.

    `spread` says whether the lines of the text are lines of the file.
    """
    for line, sentence in _sentences(text):
        told = [
            *_other_holds(say.holds(sentence), fields),
            *_other_repeats(say, sentence, fields.repeat),
        ]
        for found, dose in told:
            here = line + sentence.count("\n", 0, found.start) if spread else 1
            fault = f"says '{found.text}' beside '{dose}'; let both say the same"
            yield Problem(path, here + offset, fault)


def _other_holds(told: Iterator[Amount], fields: ExerciseFields) -> Iterator[tuple[Amount, str]]:
    """Yield the times that are held in no week, each with the hold as it is typed."""
    whole = fields.whole_hold
    holds = [hold for hold in (fields.hold, *fields.hold_by_week, whole) if hold]
    for amount in told if whole else ():
        if amount.in_breaths:
            spans = [(h.low // h.each, h.high // h.each) for h in holds if h.unit == "breath"]
        else:
            spans = [(hold.low, hold.high) for hold in holds]
        if spans and not any(low <= amount.low and amount.high <= high for low, high in spans):
            yield amount, f"hold: {(fields.hold or holds[0]).text}"


def _other_repeats(
    say: Phrases, sentence: str, repeat: Repeat | None
) -> Iterator[tuple[Amount, str]]:
    """Yield the numbers of times and of sets that are not the repeats, each with these as typed."""
    if repeat is None:
        return
    told = (
        (say.repeats(sentence), repeat.low, repeat.high),
        (say.sets(sentence), repeat.fewest_sets, repeat.most_sets),
    )
    for amounts, low, high in told:
        for amount in amounts:
            if amount.low < low or amount.high > high:
                yield amount, f"repeat: {repeat.text}"
