"""Finds prose that gives an exercise another dose than its fields do.

It reads the sentences that speak of holding or repeating and name a number: in an
exercise's own text, and in other texts where they name one exercise. `easier`,
`harder` and `mistakes` may differ on purpose and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from workshop_builder.errors import Problem
from workshop_builder.languages.language import Writing
from workshop_builder.markup.limits import LONGEST_PARAGRAPH
from workshop_builder.model.workshop import Exercise, ExerciseFields
from workshop_builder.source.yaml_text import YamlDocument

# A sentence ends at its stop, at an empty line, and where an item of a list or a heading begins.
_SENTENCE_END = re.compile(r"[.!?](?!\d|md\b)|\n(?=\s*(?:\n|[-*+#>|/]|\d+[.)]\s))")
_FIELDS = ("feel", "alt", "caption")


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a language's prose says of a dose, as patterns."""

    hold: re.Pattern[str]
    """That something is held."""
    duration: re.Pattern[str]
    """How long: the least, the most where there is a range, the unit if it is minutes."""
    repeat: re.Pattern[str]
    """That something is repeated."""
    times: re.Pattern[str]
    """How many times: the fewest, the most where there is a range."""


@cache
def phrases(writing: Writing) -> Phrases:
    """Return the patterns for the words of a language; the same ones for the same words."""
    words = {key: _any_of(texts) for key, texts in writing.doses.items()}
    number = rf"(\d{{1,4}})(?:\s*{words['to']}\s*(\d{{1,4}}))?[\s\u00a0]*"
    minutes, seconds, times = words["minutes"], words["seconds"], words["times"]
    patterns = (
        rf"\b{words['hold']}(?!\w)",
        rf"{number}(?:({minutes})|{seconds})(?!\w)",
        rf"\b{words['repeat']}(?!\w)",
        rf"\b{number}{times}(?!\w)",
    )
    return Phrases(*(re.compile(pattern, re.IGNORECASE) for pattern in patterns))


def _any_of(words: Sequence[str]) -> str:
    """Return a pattern for any of some words, in which a * stands for any ending."""
    found = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)
    return f"(?:{'|'.join(found)})"


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
        if not (say.hold.search(sentence) or say.repeat.search(sentence)):
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
    hold, repeat = fields.hold, fields.repeat
    for line, sentence in _sentences(text):
        faults = []
        if hold and say.hold.search(sentence):
            faults += [
                (found, f"hold: {hold.text}")
                for found in say.duration.finditer(sentence)
                if _outside(found, 60 if found[3] else 1, hold.low, hold.high)
            ]
        told = say.repeat.search(sentence) if repeat else None
        times = say.times.search(sentence, told.end()) if told else None
        if repeat and times and _outside(times, 1, repeat.low, repeat.high):
            faults.append((times, f"repeat: {repeat.text}"))
        for found, dose in faults:
            here = line + sentence.count("\n", 0, found.start()) if spread else 1
            said = " ".join(found[0].split())
            fault = f"says '{said}' beside '{dose}'; let both say the same"
            yield Problem(path, here + offset, fault)


def _outside(found: re.Match[str], factor: int, low: int, high: int) -> bool:
    least = int(found[1]) * factor
    most = int(found[2] or found[1]) * factor
    return least < low or most > high
