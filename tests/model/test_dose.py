"""Doses: what a teacher may type, what it means, and what is refused."""

from __future__ import annotations

import pytest

from workshop_builder.model.dose import (
    Frequency,
    Hold,
    Repeat,
    Sides,
    Time,
    exercise_time,
    routine_time,
)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("45 s", 45, 45),
        ("45s", 45, 45),
        ("30-60 s", 30, 60),
        ("30 – 60 sec.", 30, 60),
        ("30 to 60 seconds", 30, 60),
        ("2 min", 120, 120),
        ("3-5 minutes", 180, 300),
        ("1:30", 90, 90),
        ("1:30 min", 90, 90),
        ("10:00", 600, 600),
        ("1:30–2:00 min", 90, 120),
        ("1 min 30 s", 90, 90),
        ("3 breaths", 24, 24),
        ("1-2 breaths", 8, 16),
        ("2 h", 7200, 7200),
        ("1–2 hours", 3600, 7200),
        ("3 days", 259200, 259200),
        ("30\u202f–\u202f60\u00a0s", 30, 60),
    ],
)
def test_hold(text: str, low: int, high: int) -> None:
    """A hold is read in seconds, and keeps what was typed."""
    found = Hold.parse(text)
    assert (found.low, found.high, found.text) == (low, high, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("45", "write '45 s' or '45 min'"),
        ("30-60", "write '30-60 s'"),
        ("60-30 s", "runs backwards"),
        ("0 s", "is nothing"),
        ("045 s", "begins with 0"),
        ("0:00", "is nothing"),
        ("1:75", "is not a time"),
        ("90 h", "more than makes sense"),
        ("31 days", "more than makes sense"),
        ("1.5 min", "'1.5 min' is not a time; write '90 s'"),
        ("1,5 h", "'1,5 h' is not a time; write '90 min'"),
        ("1 1/2 days", "is not a time; write '36 h'"),
        ("½ hour", "is not a time; write '30 min'"),
        ("11/2 h", "is not a time; write it like"),
        ("-30 s", "is not a time"),
        ("٤٥ s", "is not a time"),
        ("90 min", "more than makes sense"),
        ("9" * 5000 + " s", "is not a time"),
        ("", "is not a time"),
    ],
)
def test_hold_refused(text: str, said: str) -> None:
    """What could be misread as a hold is refused, with what to write instead."""
    with pytest.raises(ValueError, match=said):
        Hold.parse(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2", 2, 2),
        ("5-10", 5, 10),
        ("3 times", 3, 3),
        ("3 x", 3, 3),
        ("1 time", 1, 1),
        ("Once", 1, 1),
        ("twice", 2, 2),
    ],
)
def test_repeat(text: str, low: int, high: int) -> None:
    """Repeats are a number or a range."""
    assert Repeat.parse(text) == Repeat(low, high, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 sets of 10", (2, 2, 10, 10)),
        ("2-3 sets of 8 to 12 times", (2, 3, 8, 12)),
        ("1 set of 5 reps", (1, 1, 5, 5)),
    ],
)
def test_sets(text: str, found: tuple[int, int, int, int]) -> None:
    """Sets are counted, and the times in each."""
    repeat = Repeat.parse(text)
    assert (repeat.fewest_sets, repeat.most_sets, repeat.low, repeat.high) == found
    assert exercise_time(None, repeat, "none", 3) == Time(
        found[0] * found[2] * 3, found[1] * found[3] * 3
    )


def test_a_breath_counts_as_long_as_is_said() -> None:
    """A hold in breaths is as long as the workshop's breath."""
    assert Hold.parse("3-5 breaths", breath=5).high == 25


@pytest.mark.parametrize(
    "text",
    [
        "2 sets",
        "0 sets of 5",
        "3-2 sets of 5",
        "21 sets of 5",
        "010",
        "0",
        "10-5",
        "101",
        "no",
        "3x10",
        "1:30",
        "",
        "two",
    ],
)
def test_repeat_refused(text: str) -> None:
    """A number that could be read two ways, or is none, is refused."""
    with pytest.raises(ValueError, match=r"; "):
        Repeat.parse(text)


@pytest.mark.parametrize(
    ("text", "low", "high", "period"),
    [
        ("daily", 1, 1, "day"),
        ("Every day", 1, 1, "day"),
        ("3 times a week", 3, 3, "week"),
        ("1-3 times per day", 1, 3, "day"),
        ("1 time a week", 1, 1, "week"),
        ("Once a week", 1, 1, "week"),
        ("twice a day", 2, 2, "day"),
        ("every other day", 1, 1, "other"),
    ],
)
def test_frequency(text: str, low: int, high: int, period: str) -> None:
    """How often is counted by the day or the week; other words are kept as they are."""
    found = Frequency.parse(text)
    assert (found.low, found.high, found.period, found.text) == (low, high, period, text)


@pytest.mark.parametrize("text", ["3", "3 a week", "5-3 times a week", "3x/week"])
def test_frequency_refused(text: str) -> None:
    """A number of times without a clear period is refused."""
    with pytest.raises(ValueError, match=r"; "):
        Frequency.parse(text)


@pytest.mark.parametrize(
    ("hold", "repeat", "sides", "low", "high"),
    [
        ("45 s", "1", "none", 45, 45),
        ("30-60 s", "2", "each", 120, 240),
        ("30 s", "2-3", "both", 60, 90),
        (None, "5-10", "none", 40, 80),
        (None, None, "each", 16, 16),
    ],
)
def test_exercise_time(
    hold: str | None, repeat: str | None, sides: Sides, low: int, high: int
) -> None:
    """The time of an exercise is its hold times its repeats times its sides."""
    held = Hold.parse(hold) if hold else None
    times = Repeat.parse(repeat) if repeat else None
    assert exercise_time(held, times, sides) == Time(low, high)


def test_routine_time() -> None:
    """Three stretches of 45 s, two of them on each side, take 4:45 with the changes between."""
    once, twice = Time(45, 45), Time(90, 90)
    assert routine_time([(once, "none"), (twice, "each"), (twice, "each")]) == Time(285, 285)


def test_routine_of_nothing() -> None:
    """A routine without an exercise takes no time."""
    assert routine_time([]) == Time(0, 0)
