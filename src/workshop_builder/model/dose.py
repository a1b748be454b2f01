"""The dose of an exercise: how long, how often, on which sides.

A dose is typed once and read strictly, and every product prints it from these
values; a number that could be misread is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Sides = Literal["each", "both", "none"]
"""One side after the other, both at once, or no sides to speak of."""

CHANGE_SECONDS = 15
"""Seconds to change over from one side or exercise to the next (content brief, claim 17)."""

MOVE_SECONDS = 8
"""Seconds of one repeat without a hold: a slow breath in and out with the movement."""

_DASH = r"\s*(?:-|–|to)\s*"
_UNITS = r"(s|sec|secs|second|seconds|min|mins|minute|minutes)"
_DURATION = re.compile(rf"(\d{{1,5}})(?:{_DASH}(\d{{1,5}}))?\s*{_UNITS}\.?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?:\s*min)?", re.ASCII)
_COUNT = re.compile(rf"(\d{{1,5}})(?:{_DASH}(\d{{1,5}}))?(?:\s*(?:x|×|times?))?", re.ASCII)
_OFTEN = re.compile(
    rf"(\d{{1,5}})(?:{_DASH}(\d{{1,5}}))? times? (?:a|per) (day|week)", re.ASCII | re.IGNORECASE
)
_LONGEST_HOLD = 3600
"""Seconds."""
_MOST_REPEATS = 100


@dataclass(frozen=True, slots=True)
class Hold:
    """How long a position is held."""

    low: int
    """The shortest time, in seconds."""
    high: int
    """The longest time, in seconds; equal to `low` where there is no range."""
    text: str
    """As it was typed."""

    @classmethod
    def parse(cls, text: str) -> Hold:
        """Return the hold that `45 s`, `30-60 s`, `2 min` or `1:30` (minutes and seconds) means.

        Raises ValueError with what is wrong and what to do.
        """
        if clock := _CLOCK.fullmatch(text):
            low = high = int(clock[1]) * 60 + int(clock[2])
        elif found := _DURATION.fullmatch(text):
            factor = 60 if found[3].startswith("m") else 1
            low = _number(found[1], text) * factor
            high = _number(found[2], text) * factor if found[2] else low
        elif re.fullmatch(r"\d{1,5}(\s*[–-]\s*\d{1,5})?", text, re.ASCII):
            raise ValueError(f"'{text}' has no unit; write '{text} s' or '{text} min'")
        else:
            raise ValueError(f"'{text}' is not a time; write it like '45 s', '30-60 s' or '2 min'")
        _check_range(low, high, _LONGEST_HOLD, text)
        return cls(low, high, text)


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
    def parse(cls, text: str) -> Repeat:
        """Return the repeats that `2`, `5-10` or `3 times` means.

        Raises ValueError with what is wrong and what to do.
        """
        found = _COUNT.fullmatch(text)
        if not found:
            raise ValueError(f"'{text}' is not a number of times; write it like '2' or '5-10'")
        low = _number(found[1], text)
        high = _number(found[2], text) if found[2] else low
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
    def parse(cls, text: str) -> Frequency:
        """Return the frequency that `daily` or `1-3 times a week` means; other words stay text.

        Raises ValueError, with what is wrong and what to do, for a number without a clear period.
        """
        if text.lower() in {"daily", "every day"}:
            return cls(1, 1, "day", text)
        found = _OFTEN.fullmatch(text)
        if not found:
            if text[:1].isdigit():
                raise ValueError(f"'{text}' is not clear; write 'daily' or '3 times a week'")
            return cls(1, 1, "other", text)
        low = _number(found[1], text)
        high = _number(found[2], text) if found[2] else low
        _check_range(low, high, _MOST_REPEATS, text)
        return cls(low, high, "day" if found[3].lower() == "day" else "week", text)


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
