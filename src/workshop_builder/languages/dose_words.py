"""The forms in which fields of a dose are typed: in English, and as a language prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from workshop_builder.languages.files import ENGLISH
from workshop_builder.languages.language import Language
from workshop_builder.languages.read import read

_NUMBER = "([0-9]{1,5})"
_CLOCK = "([0-9]{1,2}):([0-5][0-9])"

Period = Literal["day", "week"]
Unit = Literal["second", "minute", "hour", "day", "breath"]
"""What a time is told in."""
_UNITS: tuple[Unit, ...] = ("second", "minute", "hour", "day", "breath")


@dataclass(frozen=True, slots=True)
class DoseWords:
    """Patterns for the fields of a dose; a number is the first group, that of a span the second."""

    clock: re.Pattern[str]
    """Minutes and seconds with a colon, in four groups for a span."""
    both: re.Pattern[str]
    """Minutes, and seconds behind them."""
    durations: tuple[tuple[Unit, re.Pattern[str]], ...]
    """Numbers with a unit."""
    counts: tuple[re.Pattern[str], ...]
    """Numbers of times."""
    sets: tuple[re.Pattern[str], ...]
    """Numbers of sets and, in the third and fourth group, of times in each."""
    in_words: Mapping[str, int]
    """Numbers of times that are written in words, such as `once`."""
    frequencies: tuple[tuple[Period, re.Pattern[str]], ...]
    """Numbers of times in a period."""
    daily: frozenset[str]
    """What says once a day, in small letters."""


def dose_words(language: Language | None = None) -> DoseWords:
    """Return the forms for a workshop in `language`; without one, the English ones alone."""
    return _dose_words(language or read(ENGLISH)[0])


@lru_cache(maxsize=8)
def _dose_words(language: Language) -> DoseWords:
    both = (read(ENGLISH)[0], language)
    said = _Said(both)
    to, minutes, seconds, times, sets, of = (
        said.any_of(key) for key in ("to", "minutes", "seconds", "times", "sets", "of")
    )
    span = rf"{_NUMBER}(?:\s*{to}\s*{_NUMBER})?"
    in_words = said.in_words()
    counts = rf"({any_of(tuple(in_words))})()"
    return DoseWords(
        clock=_pattern(rf"{_CLOCK}(?:\s*{to}\s*{_CLOCK})?(?:\s*{minutes}\.?)?"),
        both=_pattern(rf"{_NUMBER}\s*{minutes}\.?\s*([1-9]|[1-5][0-9])\s*{seconds}\.?"),
        durations=tuple(
            (unit, _pattern(rf"{span}\s*{said.any_of(unit + 's')}\.?")) for unit in _UNITS
        ),
        counts=tuple(
            _pattern(form)
            for form in (rf"{span}(?:\s*{times})?", counts, *said.printed("times", span))
        ),
        sets=(_pattern(rf"{span}\s*{sets}\s*{of}\s*{span}(?:\s*{times})?"),),
        in_words=in_words,
        frequencies=tuple(
            (period, _pattern(form))
            for period in ("day", "week")
            for tail in (said.any_of(f"a_{period}"),)
            for form in (
                rf"{span}\s*{times}\s+{tail}",
                rf"{counts}\s+{tail}",
                *said.printed(f"times_a_{period}", span),
            )
        ),
        daily=frozenset(" ".join(word.lower().split()) for each in both for word in _daily(each)),
    )


def _daily(language: Language) -> Iterator[str]:
    yield language.labels["daily"]
    yield from language.writing.doses["daily"]


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(form, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Said:
    """What some languages say of doses."""

    languages: tuple[Language, ...]

    def any_of(self, key: str) -> str:
        """Return a pattern for the words that tell one thing."""
        return any_of([word for each in self.languages for word in each.writing.doses[key]])

    def in_words(self) -> dict[str, int]:
        """Return the numbers of times in words; a label for 1 can do without a number."""
        written = [pair for each in self.languages for pair in each.writing.counts.items()]
        labels = [each.labels.get("times_one", "{n}") for each in self.languages]
        ones = {label.lower(): 1 for label in labels if "{n}" not in label}
        return {word.lower(): int(number) for word, number in written if number.isdigit()} | ones

    def printed(self, label: str, span: str) -> Iterator[str]:
        """Yield patterns for what a label prints, in each of its forms for numbers."""
        for each in self.languages:
            for key, text in each.labels.items():
                if re.fullmatch(rf"{label}(_[a-z]+)?", key) and "{n}" in text:
                    yield _as_typed(text, span)


def _as_typed(label: str, number: str) -> str:
    """Return a pattern for what a label prints, whatever blanks stand in it."""
    before, _, behind = label.partition("{n}")
    ends = (r"\s*".join(re.escape(word) for word in end.split()) for end in (before, behind))
    return rf"\s*{number}\s*".join(ends)


def any_of(words: Sequence[str]) -> str:
    """Return a pattern for any of some words, in which a * stands for any ending; else nothing."""
    longest = sorted(dict.fromkeys(words), key=len, reverse=True)
    found = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in longest)
    return f"(?:{'|'.join(found)})" if words else r"(?!)"
