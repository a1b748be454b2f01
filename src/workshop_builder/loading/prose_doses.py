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
from workshop_builder.model.dose import Hold, Repeat
from workshop_builder.model.workshop import Exercise, ExerciseFields
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
            *_others(say.holds(sentence), "hold", fields.hold),
            *_others(say.repeats(sentence), "repeat", fields.repeat),
        ]
        for found, dose in told:
            here = line + sentence.count("\n", 0, found.start) if spread else 1
            fault = f"says '{found.text}' beside '{dose}'; let both say the same"
            yield Problem(path, here + offset, fault)


def _others(
    told: Iterator[Amount], name: str, dose: Hold | Repeat | None
) -> Iterator[tuple[Amount, str]]:
    """Yield the amounts that are not within a dose, each with the dose as it is typed."""
    for amount in told if dose else ():
        if dose and (amount.low < dose.low or amount.high > dose.high):
            yield amount, f"{name}: {dose.text}"
