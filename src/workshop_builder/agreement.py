"""One dose, everywhere: prose that gives an exercise another dose than its fields do.

Read are the sentences of an exercise's own text that speak of holding or of
repeating and name a number. `easier` and `harder` may differ on purpose and
are left alone. A chapter's sentence counts where it names one exercise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from workshop_builder.dose import Hold, Repeat
from workshop_builder.errors import Problem
from workshop_builder.model import ExerciseFields

_NUMBER = r"(\d+)(?:\s*(?:-|–|to|bis|à|a)\s*(\d+))?"
_SECONDS = r"(?:s|secs?|seconds?|Sek\.?|Sekunden?|secondes?|segundos?)"
_MINUTES = r"(?:min|mins|minutes?|Min\.?|Minuten?|minutos?)"
_DURATION = re.compile(rf"{_NUMBER}[\s\u00a0]*(?:({_MINUTES})|{_SECONDS})(?!\w)", re.IGNORECASE)
_HOLDING = re.compile(
    r"\b(?:h[oe]ld(?:ing|s)?|stay|halte\w*|hält|maint\w+|mant\w+)\b", re.IGNORECASE
)
_TIMES = re.compile(
    rf"\b(?:repeat|do (?:it|this)|wiederhol\w*|répét\w*|rep[ie]t\w*)\b[^.!?]*?\b{_NUMBER}"
    r"[\s\u00a0]*(?:times|x|×|Mal|fois|veces)(?!\w)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*")


def of_exercise(path: str, body: str, offset: int, fields: ExerciseFields) -> list[Problem]:
    """Return each sentence of an exercise's body that contradicts its dose."""
    return list(_contradictions(path, body, offset, fields.hold, fields.repeat))


def of_chapters(
    texts: Iterable[tuple[str, str, int]], exercises: Mapping[str, ExerciseFields]
) -> list[Problem]:
    """Return each sentence of a chapter that names one exercise and gives it another dose.

    `texts` holds (path, text, offset in lines); `exercises` the fields by id.
    """
    problems: list[Problem] = []
    for path, text, offset in texts:
        for line, sentence in _sentences(text):
            named = [name for name, fields in exercises.items() if _names(sentence, name, fields)]
            if len(named) == 1:
                fields = exercises[named[0]]
                start = offset + line - 1
                problems += _contradictions(path, sentence, start, fields.hold, fields.repeat)
    return problems


def _names(sentence: str, name: str, fields: ExerciseFields) -> bool:
    return f"{name}.md" in sentence or fields.name.lower() in sentence.lower()


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    for found in _SENTENCE.finditer(text.replace(".md", "\0md")):
        yield text.count("\n", 0, found.start()) + 1, found[0].replace("\0md", ".md")


def _contradictions(
    path: str, text: str, offset: int, hold: Hold | None, repeat: Repeat | None
) -> Iterator[Problem]:
    for line, sentence in _sentences(text):
        if hold and _HOLDING.search(sentence):
            for found in _DURATION.finditer(sentence):
                factor = 60 if found[3] else 1
                if _outside(found, factor, hold.low, hold.high):
                    yield _problem(path, line + offset, found[0], f"hold: {hold.text}")
        found_times = _TIMES.search(sentence)
        if repeat and found_times and _outside(found_times, 1, repeat.low, repeat.high):
            said = found_times[0].strip()
            yield _problem(path, line + offset, said, f"repeat: {repeat.text}")


def _outside(found: re.Match[str], factor: int, low: int, high: int) -> bool:
    least = int(found[1]) * factor
    most = int(found[2] or found[1]) * factor
    return least < low or most > high


def _problem(path: str, line: int, said: str, field: str) -> Problem:
    text = f"says '{' '.join(said.split())}' beside '{field}'; let both say the same"
    return Problem(path, line, text)
