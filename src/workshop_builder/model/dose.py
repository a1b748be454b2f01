"""The dose of an exercise: how long, how often, on which sides.

A dose is typed once and read strictly, and every product prints it from these
values; a number that could be misread is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeVar

from workshop_builder.languages.dose_words import DoseWords, Unit, dose_words

Sides = Literal["each", "both", "none"]
"""One side after the other, both at once, or no sides to speak of."""

CHANGE_SECONDS = 15
"""Seconds to change over from one side or exercise to the next (content brief, claim 17)."""

MOVE_SECONDS = 8
"""Seconds of one slow breath in and out, and of one repeat without a hold, which goes with it."""

_SECONDS: Mapping[Unit, int] = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_NO_UNIT = re.compile(r"[0-9]{1,5}(\s*[–-]\s*[0-9]{1,5})?")
_PART = re.compile(r"([0-9]{1,3})?(?:[.,]([0-9]{1,2})|(\s*½|\s+1/2|(?<!\d)1/2))(\s*\D+)")
"""A number with a part of one, such as 1.5 or 1½, and its unit."""
_SMALLER: Mapping[str, tuple[int, str]] = {
    "minute": (60, "s"), "hour": (60, "min"), "day": (24, "h"),
}  # fmt: skip
"""How many of the next smaller unit there are in each."""
_LIKE = "write it like '45 s', '30-60 s', '2 min', '1:30 min' or '3 breaths'"
_LONGEST: Mapping[Unit, int] = {"hour": 72 * 3600, "day": 30 * 86400}
"""Seconds, where a time is told in hours or days."""
_LONGEST_HOLD = 3600
"""Seconds, where it is told in anything else."""
_LONGEST_ACTIVITY = 12 * 3600
"""Seconds, likewise, of what an activity takes as a whole."""
_MOST_REPEATS = 100
_MOST_SETS = 20

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Hold:
    """How long a position is held, or an activity takes."""

    low: int
    """The shortest time, in seconds."""
    high: int
    """The longest time, in seconds; equal to `low` where there is no range."""
    text: str
    """As it was typed."""
    unit: Unit = "second"
    """What it is told in; minutes have seconds behind them if they are not whole."""
    each: int = 1
    """The seconds of one unit."""

    @classmethod
    def parse(cls, text: str, words: DoseWords | None = None, breath: int = MOVE_SECONDS) -> Hold:
        """Return the hold that `45 s`, `30-60 s`, `2 min`, `1:30` or `3 breaths` means.

        It can also be in the `words` of a language. A `breath` is told in seconds. Raises
        ValueError with what is wrong and what to do.
        """
        return cls._parse(text, words or dose_words(), breath, _LONGEST_HOLD)

    @classmethod
    def parse_whole(cls, text: str, words: DoseWords | None = None) -> Hold:
        """Return the time that an activity takes as a whole, likewise; it can be longer."""
        return cls._parse(text, words or dose_words(), MOVE_SECONDS, _LONGEST_ACTIVITY)

    @classmethod
    def _parse(cls, text: str, words: DoseWords, breath: int, longest: int) -> Hold:
        if clock := words.clock.fullmatch(text):
            low = int(clock[1]) * 60 + int(clock[2])
            high = int(clock[3]) * 60 + int(clock[4]) if clock[3] else low
            hold = cls(low, high, text, "minute", 60)
        elif both := words.both.fullmatch(text):
            low = _number(both[1], text) * 60 + int(both[2])
            hold = cls(low, low, text, "minute", 60)
        elif found := _first(words.durations, text):
            unit, low, high = found
            each = _SECONDS.get(unit, breath)
            hold = cls(low * each, high * each, text, unit, each)
        elif _NO_UNIT.fullmatch(text):
            raise ValueError(f"'{text}' has no unit; write '{text} s' or '{text} min'")
        else:
            raise ValueError(f"'{text}' is not a time; {_in_whole(text, words) or _LIKE}")
        _check_range(hold.low, hold.high, _LONGEST.get(hold.unit, longest), text)
        return hold


def _in_whole(text: str, words: DoseWords) -> str:
    """Return what to write for a part of a minute, hour or day; empty where it is none."""
    found = _PART.fullmatch(text)
    if found is None:
        return ""
    unit = next((unit for unit, form in words.durations if form.fullmatch(f"1{found[4]}")), "")
    if unit not in _SMALLER:
        return ""
    share = 0.5 if found[3] else float(f"0.{found[2]}")
    number, smaller = _SMALLER[unit]
    return f"write '{round((int(found[1] or 0) + share) * number)} {smaller}'"


@dataclass(frozen=True, slots=True)
class Repeat:
    """How many times an exercise is done (on each side, where it has sides)."""

    low: int
    """The fewest times, in each set where there are several."""
    high: int
    """The most times, likewise; equal to `low` where there is no range."""
    text: str
    """As it was typed."""
    fewest_sets: int = 1
    most_sets: int = 1
    """1 where there are no sets to speak of."""

    @classmethod
    def parse(cls, text: str, words: DoseWords | None = None) -> Repeat:
        """Return the repeats that `2`, `5-10`, `3 times` or `2 sets of 10` means.

        They can also be in the `words` of a language. Raises ValueError with what is wrong and
        what to do.
        """
        words = words or dose_words()
        sets = next((each for form in words.sets if (each := form.fullmatch(text))), None)
        if sets:
            low, high = _ends(sets[3], sets[4], text)
            fewest, most = _ends(sets[1], sets[2], text)
            _check_range(fewest, most, _MOST_SETS, text)
            found = cls(low, high, text, fewest, most)
        elif counted := _first([(1, each) for each in words.counts], text, words.in_words):
            found = cls(counted[1], counted[2], text)
        else:
            remedy = "write it like '2', '5-10' or '2 sets of 10'"
            raise ValueError(f"'{text}' is not a number of times; {remedy}")
        _check_range(found.low, found.high, _MOST_REPEATS, text)
        return found


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
        found = _first(words.frequencies, text, words.in_words)
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


def spanning(holds: Sequence[Hold]) -> Hold | None:
    """Return the hold from the shortest to the longest of some; None of none."""
    if not holds:
        return None
    low, high = min(each.low for each in holds), max(each.high for each in holds)
    first = holds[0]
    even = not (low % first.each or high % first.each)
    unit: tuple[Unit, int] = (first.unit, first.each) if even else ("second", 1)
    return Hold(low, high, first.text, *unit)


def exercise_time(
    hold: Hold | None, repeat: Repeat | None, sides: Sides, breath: int = MOVE_SECONDS
) -> Time:
    """Return the time of one exercise, hold by repeats by sides, without the changes between.

    What is not held takes a `breath`, in seconds.
    """
    held = Time(hold.low, hold.high) if hold else Time(breath, breath)
    times = (repeat.low * repeat.fewest_sets, repeat.high * repeat.most_sets) if repeat else (1, 1)
    factor = side_count(sides)
    return Time(held.low * times[0] * factor, held.high * times[1] * factor)


def side_count(sides: Sides) -> int:
    """Return how many times an exercise is set up: twice for `each` side, else once."""
    return 2 if sides == "each" else 1


def _first(
    forms: Iterable[tuple[_Kind, re.Pattern[str]]],
    text: str,
    in_words: Mapping[str, int] = MappingProxyType({}),
) -> tuple[_Kind, int, int] | None:
    """Return the kind and the numbers of the first of some forms that a text has."""
    for kind, pattern in forms:
        if found := pattern.fullmatch(text):
            word = in_words.get(" ".join(found[1].lower().split()))
            return (kind, word, word) if word else (kind, *_ends(found[1], found[2], text))
    return None


def _ends(low: str, high: str | None, text: str) -> tuple[int, int]:
    """Return both ends of a range; without a `high` one they are the same."""
    return _number(low, text), _number(high or low, text)


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
