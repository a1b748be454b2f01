"""The dose of an exercise: how long, how often, on which sides.

A dose is typed once and read strictly, and every product prints it from these
values; a number that could be misread is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from workshop_builder.languages.dose_words import DoseWords, dose_words

Sides = Literal["each", "both", "none"]
"""One side after the other, both at once, or no sides to speak of."""

CHANGE_SECONDS = 15
"""Seconds to change over from one side or exercise to the next (content brief, claim 17)."""

MOVE_SECONDS = 8
"""Seconds of one repeat without a hold: a slow breath in and out with the movement."""

_NO_UNIT = re.compile(r"[0-9]{1,5}(\s*[–-]\s*[0-9]{1,5})?")
_LIKE = "write it like '45 s', '30-60 s', '2 min' or '1:30 min'"
_LONGEST_HOLD = 3600
"""Seconds."""
_MOST_REPEATS = 100

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Hold:
    """How long a position is held."""

    low: int
    """The shortest time, in seconds."""
    high: int
    """The longest time, in seconds; equal to `low` where there is no range."""
    text: str
    """As it was typed."""
    in_minutes: bool = False
    """Whether it is told in minutes, and seconds behind them if it has any."""

    @classmethod
    def parse(cls, text: str, words: DoseWords | None = None) -> Hold:
        """Return the hold that `45 s`, `30-60 s`, `2 min` or `1:30` (minutes and seconds) means.

        It can also be in the `words` of a language. Raises ValueError with what is wrong and what
        to do.
        """
        words = words or dose_words()
        if clock := words.clock.fullmatch(text):
            low = int(clock[1]) * 60 + int(clock[2])
            high = int(clock[3]) * 60 + int(clock[4]) if clock[3] else low
            hold = cls(low, high, text, in_minutes=True)
        elif both := words.both.fullmatch(text):
            low = _number(both[1], text) * 60 + int(both[2])
            hold = cls(low, low, text, in_minutes=True)
        elif found := _first(words.durations, text):
            factor, low, high = found
            hold = cls(low * factor, high * factor, text, in_minutes=factor > 1)
        elif _NO_UNIT.fullmatch(text):
            raise ValueError(f"'{text}' has no unit; write '{text} s' or '{text} min'")
        else:
            raise ValueError(f"'{text}' is not a time; {_LIKE}")
        _check_range(hold.low, hold.high, _LONGEST_HOLD, text)
        return hold


@dataclass(frozen=True, slots=True)
class Repeat:
    """How many times an exercise is done (on each side, where it has sides)."""

    low: int
    """The fewest times."""
    high: int
    """The most times; equal to `low` where there is no range."""
    text: str
    """As it was typed."""

    @classmethod
    def parse(cls, text: str, words: DoseWords | None = None) -> Repeat:
        """Return the repeats that `2`, `5-10` or `3 times` means.

        They can also be in the `words` of a language. Raises ValueError with what is wrong and
        what to do.
        """
        found = _first([(1, each) for each in (words or dose_words()).counts], text)
        if not found:
            raise ValueError(f"'{text}' is not a number of times; write it like '2' or '5-10'")
        _, low, high = found
        _check_range(low, high, _MOST_REPEATS, text)
        return cls(low, high, text)


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often an exercise is done in a day or a week."""

    low: int
    """The fewest times in the period."""
    high: int
    """The most times in the period."""
    period: Literal["day", "week", "other"]
    """What the times are counted by; `other` where only `text` says how often."""
    text: str
    """As it was typed."""

    @classmethod
    def parse(cls, text: str, words: DoseWords | None = None) -> Frequency:
        """Return the frequency that `daily` or `1-3 times a week` means; other words stay text.

        It can also be in the `words` of a language. Raises ValueError, with what is wrong and
        what to do, for a number without a clear period.
        """
        words = words or dose_words()
        if text.lower() in words.daily:
            return cls(1, 1, "day", text)
        found = _first(words.frequencies, text)
        if not found:
            if text[:1].isdigit():
                raise ValueError(f"'{text}' is not clear; write 'daily' or '3 times a week'")
            return cls(1, 1, "other", text)
        period, low, high = found
        _check_range(low, high, _MOST_REPEATS, text)
        return cls(low, high, period, text)


@dataclass(frozen=True, slots=True)
class Time:
    """How long something takes."""

    low: int
    """The shortest time, in seconds."""
    high: int
    """The longest time, in seconds."""

    def __add__(self, other: Time) -> Time:
        """Return the time of one after the other."""
        return Time(self.low + other.low, self.high + other.high)


def exercise_time(hold: Hold | None, repeat: Repeat | None, sides: Sides) -> Time:
    """Return the time of one exercise, hold by repeats by sides, without the changes between."""
    held = Time(hold.low, hold.high) if hold else Time(MOVE_SECONDS, MOVE_SECONDS)
    times = (repeat.low, repeat.high) if repeat else (1, 1)
    factor = side_count(sides)
    return Time(held.low * times[0] * factor, held.high * times[1] * factor)


def side_count(sides: Sides) -> int:
    """Return how many times an exercise is set up: twice for `each` side, else once."""
    return 2 if sides == "each" else 1


def _first(
    forms: Iterable[tuple[_Kind, re.Pattern[str]]], text: str
) -> tuple[_Kind, int, int] | None:
    """Return the kind and the numbers of the first of some forms that a text has."""
    for kind, pattern in forms:
        if found := pattern.fullmatch(text):
            low = _number(found[1], text)
            return kind, low, _number(found[2], text) if found[2] else low
    return None


def _number(digits: str, text: str) -> int:
    """Return `digits` as a number; raises ValueError for a leading 0, which can mean two things."""
    if digits != "0" and digits.startswith("0"):
        raise ValueError(f"'{text}' begins with 0; write it without, like '{text.lstrip('0')}'")
    return int(digits)


def _check_range(low: int, high: int, most: int, text: str) -> None:
    """Raise ValueError for a range that is empty, runs backwards or goes past `most`."""
    if low < 1:
        raise ValueError(f"'{text}' is nothing; write at least 1, or leave the line out")
    if high < low:
        raise ValueError(f"'{text}' runs backwards; write the smaller number first")
    if high > most:
        raise ValueError(f"'{text}' is more than makes sense here; check the number")


def routine_time(parts: Sequence[tuple[Time, Sides]]) -> Time:
    """Return the time of exercises done one after the other, with the changes between them.

    `parts` are their times and sides. A change is counted between two exercises and between the
    two sides of one (content brief, claim 17): three core stretches with 45 s holds give 4:45.
    """
    changes = sum(side_count(sides) for _, sides in parts) - 1
    total = Time(0, 0)
    for time, _ in parts:
        total += time
    changing = max(changes, 0) * CHANGE_SECONDS
    return total + Time(changing, changing)
