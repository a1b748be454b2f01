"""Labels: how doses, times and dates read."""

from __future__ import annotations

import datetime

import pytest

from languages import language_of
from workshop_builder.model.dose import Frequency, Hold, Repeat, Time
from workshop_builder.model.workshop import ExerciseFields
from workshop_builder.pages.labels import Labels

ENGLISH, BRITISH, GERMAN, FRENCH, SPANISH = (
    Labels(language_of(code)) for code in ("en", "en-GB", "de", "fr", "es")
)


@pytest.mark.parametrize(
    ("typed", "english", "german"),
    [
        ("45 s", "45\u00a0s", "45\u00a0Sek."),
        ("30-60 s", "30–60\u00a0s", "30–60\u00a0Sek."),
        ("60 s", "60\u00a0s", "60\u00a0Sek."),
        ("3 to 5 minutes", "3–5\u00a0min", "3–5\u00a0Min."),
        ("1:30", "1:30\u00a0min", "1:30\u00a0Min."),
    ],
)
def test_hold(typed: str, english: str, german: str) -> None:
    """A hold reads in the unit that the teacher typed, its number tied to it."""
    assert ENGLISH.hold(Hold.parse(typed)) == english
    assert GERMAN.hold(Hold.parse(typed)) == german


@pytest.mark.parametrize(
    ("typed", "kind", "word"),
    [
        ("45 s", "stretch", "hold"),
        ("2-5 s", "mobility", "hold"),
        ("2 min", "mobility", "on the move"),
        ("3-5 min", "rest", "rest"),
        ("2 min", "stretch", "hold"),
    ],
)
def test_held(typed: str, kind: str, word: str) -> None:
    """A rest is not held, and neither is a walk."""
    assert ENGLISH.held(Hold.parse(typed), kind) == word


def test_counts() -> None:
    """One is told from several."""
    assert ENGLISH.repeat(Repeat.parse("1")) == "1\u00a0time"
    assert ENGLISH.repeat(Repeat.parse("5-10")) == "5–10\u00a0times"
    assert ENGLISH.frequency(Frequency.parse("3 times a week")) == "3\u00a0times a week"
    assert ENGLISH.frequency(Frequency.parse("1 time a week")) == "1\u00a0time a week"
    assert ENGLISH.frequency(Frequency.parse("every other day")) == "every other day"
    assert FRENCH.repeat(Repeat.parse("1")) == "1\u00a0fois"
    assert SPANISH.repeat(Repeat.parse("1")) == "1\u00a0vez"
    assert SPANISH.repeat(Repeat.parse("1-3")) == "1–3\u00a0veces"


def test_times() -> None:
    """A routine's time is exact to the second, or in whole minutes rounded up."""
    assert ENGLISH.exact(Time(225, 345)) == "3:45–5:45\u00a0min"
    assert ENGLISH.exact(Time(285, 285)) == "4:45\u00a0min"
    assert ENGLISH.minutes(Time(285, 285)) == "5\u00a0minutes"
    assert ENGLISH.minutes(Time(60, 60)) == "1\u00a0minute"


def test_date() -> None:
    """A date is written out as the language does."""
    assert ENGLISH.date(datetime.date(2026, 3, 9)) == "March 9, 2026"
    assert GERMAN.date(datetime.date(2026, 3, 9)) == "9. März 2026"
    assert BRITISH.date(datetime.date(2026, 3, 9)) == "9 March 2026"
    assert FRENCH.date(datetime.date(2026, 3, 1)) == "1er mars 2026"
    assert SPANISH.date(datetime.date(2026, 3, 1)) == "1 de marzo de 2026"


def test_what_names_something_has_a_colon() -> None:
    """In French a fixed blank stands before the colon of a label."""
    assert ENGLISH.with_colon("caution") == "Caution:"
    assert FRENCH.with_colon("caution") == "Attention\u00a0:"


@pytest.mark.parametrize(
    ("given", "short", "parts"),
    [
        (
            {"hold": "30 s", "repeat": "3", "sides": "each", "frequency": "daily"},
            "30~s, 3~times each side",
            ["30~s: hold", "3~times: each side", "Daily"],
        ),
        ({"hold": "2 min", "repeat": "1"}, "2~min", ["2~min: hold", "1~time"]),
        ({"hold": "2 min", "sides": "each"}, "2~min each side", ["2~min: hold", "each side"]),
        ({"repeat": "1", "sides": "both"}, "1~time both sides together", None),
        ({"repeat": "5-10"}, "5–10~times", ["5–10~times"]),
        ({}, "", []),
    ],
)
def test_dose(given: dict[str, str], short: str, parts: list[str] | None) -> None:
    """A dose has one order of its parts, in short and as cards print it."""
    fields = ExerciseFields.model_validate({"name": "Rest", **given})
    assert ENGLISH.dose_in_short(fields) == short.replace("~", "\u00a0")
    found = [": ".join(filter(None, (part.words, part.below))) for part in ENGLISH.dose(fields)]
    assert parts is None or found == [part.replace("~", "\u00a0") for part in parts]
