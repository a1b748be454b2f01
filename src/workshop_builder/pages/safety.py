"""What must stand in every product, whatever its template and style say.

The words are worked out here from the workshop alone. A product's page marks
where it prints each of them with `data-safe="key"`; the engines at the edge
then hold what is really shown against this list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workshop_builder.errors import Problem
from workshop_builder.markup import convert
from workshop_builder.model.workshop import Exercise, Settings

_IGNORED = re.compile(r"[\s\u00ad\u2010-]+")


def required(settings: Settings, exercises: Iterable[Exercise]) -> dict[str, str]:
    """Return the words that a product showing `exercises` must show, by their key.

    Keys: `stop:N`, `flag:N` (the emergency signs), `disclaimer`, `caution:EXERCISE`.
    """
    safety = settings.safety
    words = {f"stop:{n}": text for n, text in enumerate(safety.stop_if)}
    words |= {f"flag:{n}": text for n, text in enumerate(safety.flags("emergency"))}
    if safety.disclaimer:
        words["disclaimer"] = safety.disclaimer
    for exercise in exercises:
        if exercise.fields.caution:
            words[f"caution:{exercise.id}"] = exercise.fields.caution
    language = settings.language
    return {key: convert.plain(convert.inline(text, language)) for key, text in words.items()}


def missing(required_words: Mapping[str, str], shown: Mapping[str, str]) -> list[str]:
    """Return the words that are not shown whole; line breaks and hyphens do not count."""
    return [
        words
        for key, words in required_words.items()
        if _bare(words) not in _bare(shown.get(key, ""))
    ]


def not_shown(words: Iterable[str], path: str) -> list[Problem]:
    """Return the problem of each of `words` that the template or style at `path` does not show."""
    return [
        Problem(path, 0, f"does not show '{text}' so that it can be read; put it back")
        for text in words
    ]


def _bare(text: str) -> str:
    return _IGNORED.sub("", text)
