"""The forms in which fields of a dose are typed: in English, and as a language prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from workshop_builder.languages.files import ENGLISH
from workshop_builder.languages.language import Language
from workshop_builder.languages.read import read

_NUMBER = "([0-9]{1,5})"
_CLOCK = "([0-9]{1,2}):([0-5][0-9])"

Period = Literal["day", "week"]


@dataclass(frozen=True, slots=True)
class DoseWords:
    """Patterns for the fields of a dose; a number is the first group, that of a span the second."""

    clock: re.Pattern[str]
    """Minutes and seconds with a colon, in four groups for a span."""
    both: re.Pattern[str]
    """Minutes, and seconds behind them."""
    durations: tuple[tuple[int, re.Pattern[str]], ...]
    """Numbers with a unit, each pattern with the seconds of its unit."""
    counts: tuple[re.Pattern[str], ...]
    """Numbers of times."""
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
    to, minutes, seconds, times, day, week = (
        any_of([word for each in both for word in each.writing.doses[key]])
        for key in ("to", "minutes", "seconds", "times", "a_day", "a_week")
    )
    span = rf"{_NUMBER}(?:\s*{to}\s*{_NUMBER})?"

    def printed(*labels: str) -> Iterator[str]:
        """Yield patterns for what a label prints, in each of its forms for numbers."""
        for each in both:
            for key, text in each.labels.items():
                if any(re.fullmatch(rf"{label}(_[a-z]+)?", key) for label in labels):
                    yield _as_typed(text, span)

    def pattern(*forms: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)

    return DoseWords(
        clock=pattern(rf"{_CLOCK}(?:\s*{to}\s*{_CLOCK})?(?:\s*{minutes}\.?)?"),
        both=pattern(rf"{_NUMBER}\s*{minutes}\.?\s*([1-9]|[1-5][0-9])\s*{seconds}\.?"),
        durations=tuple(
            (factor, pattern(form))
            for factor, unit, label in ((1, seconds, "hold_time"), (60, minutes, "hold_minutes"))
            for form in (rf"{span}\s*{unit}\.?", *printed(label))
        ),
        counts=tuple(pattern(form) for form in (rf"{span}(?:\s*{times})?", *printed("times"))),
        frequencies=tuple(
            (period, pattern(form))
            for period, tail in _periods(day, week)
            for form in (rf"{span}\s*{times}\s+{tail}", *printed(f"times_a_{period}"))
        ),
        daily=frozenset({"daily", "every day", language.labels["daily"].lower()}),
    )


def _periods(day: str, week: str) -> tuple[tuple[Period, str], ...]:
    return ("day", day), ("week", week)


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
