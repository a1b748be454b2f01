"""Labels: how doses, times and dates read."""

from __future__ import annotations

import datetime

import pytest

from languages import language_of
from workshop_builder.model.dose import Frequency, Hold, Repeat, Time
from workshop_builder.model.exercise_fields import ExerciseFields
from workshop_builder.pages.labels import Labels

ENGLISH, BRITISH, GERMAN, FRENCH, SPANISH = (
    Labels(language_of(code)) for code in ("en", "en-GB", "de", "fr", "es")
)


@pytest.mark.parametrize(
    ("typed", "english", "german"),
    [
        ("45 s", "45~seconds", "45~Sekunden"),
        ("1 s", "1~second", "1~Sekunde"),
        ("30-60 s", "30–60~seconds", "30–60~Sekunden"),
        ("3 to 5 minutes", "3–5~minutes", "3–5~Minuten"),
        ("1:30", "1~minute 30~seconds", "1~Minute 30~Sekunden"),
        ("1:30-2:00", "1:30–2:00~minutes", "1:30–2:00~Minuten"),
        ("3 breaths", "3~breaths", "3~Atemzüge"),
        ("2 h", "2~hours", "2~Stunden"),
        ("1 day", "1~day", "1~Tag"),
    ],
)
def test_hold(typed: str, english: str, german: str) -> None:
    """A hold reads in the unit that the teacher typed, its number tied to it."""
    assert ENGLISH.hold(Hold.parse(typed)) == english.replace("~", "\u00a0")
    assert GERMAN.hold(Hold.parse(typed)) == german.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("typed", "kind", "said"),
    [
        ("45 s", "stretch", "Hold 45~seconds"),
        ("2-5 s", "mobility", "Hold 2–5~seconds"),
        ("2 min", "mobility", "Keep moving for 2~minutes"),
        ("3-5 min", "rest", "Rest 3–5~minutes"),
        ("2 min", "stretch", "Hold 2~minutes"),
    ],
)
def test_held(typed: str, kind: str, said: str) -> None:
    """A rest is not held, and neither is a walk."""
    fields = ExerciseFields.model_validate({"name": "Rest", "kind": kind, "hold": typed})
    assert str(ENGLISH.dose(fields)) == said.replace("~", "\u00a0")


def test_counts() -> None:
    """One is told from several."""
    assert ENGLISH.repeat(Repeat.parse("1")) == "once"
    assert ENGLISH.repeat(Repeat.parse("2-3 sets of 10")) == "2–3\u00a0sets of 10"
    assert ENGLISH.repeat(Repeat.parse("5-10")) == "5–10\u00a0times"
    assert ENGLISH.frequency(Frequency.parse("3 times a week")) == "3\u00a0times a week"
    assert ENGLISH.frequency(Frequency.parse("1 time a week")) == "once a week"
    assert ENGLISH.frequency(Frequency.parse("Every other day")) == "every other day"
    assert ENGLISH.frequency(Frequency.parse("Mondays")) == "Mondays"
    assert FRENCH.repeat(Repeat.parse("1")) == "une fois"
    assert SPANISH.repeat(Repeat.parse("1")) == "una vez"
    assert SPANISH.repeat(Repeat.parse("1-3")) == "1–3\u00a0veces"


def test_times() -> None:
    """A routine's time is told as people tell it: a long one in rounder numbers."""
    assert ENGLISH.minutes(Time(225, 345)) == "4–6\u00a0minutes"
    assert ENGLISH.minutes(Time(825, 1170)) == "15–20\u00a0minutes"
    assert ENGLISH.minutes(Time(12600, 12600)) == "4\u00a0hours"
    assert ENGLISH.minutes(Time(172800, 180000)) == "2\u00a0days"
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
    ("given", "said", "figures"),
    [
        (
            {"hold": "45 s", "repeat": "1", "sides": "each", "frequency": "daily"},
            "Hold 45~seconds, once each side, every day",
            ["45~seconds", "once", "every day"],
        ),
        ({"hold": "2 min", "repeat": "1"}, "Hold 2~minutes", ["2~minutes"]),
        ({"hold": "2 min", "sides": "each"}, "Hold 2~minutes, on each side", ["2~minutes"]),
        ({"repeat": "1", "sides": "both"}, "Do it once, both sides together", ["once"]),
        ({"repeat": "5-10", "frequency": "Most days"}, "Do it 5–10~times, most days", None),
        (
            {"repeat": "2 sets of 10", "sides": "each", "frequency": "3 times a week"},
            "Do it 2~sets of 10 each side, 3~times a week",
            ["2~sets of 10", "3~times a week"],
        ),
        ({"hold": "3 breaths", "sides": "both"}, "Hold 3~breaths, both sides together", None),
        ({"sides": "both"}, "Both sides together", []),
        ({"frequency": "once a week"}, "Do it once a week", ["once a week"]),
        ({}, "", []),
    ],
)
def test_dose(given: dict[str, str], said: str, figures: list[str] | None) -> None:
    """A dose is one sentence, in which how much and how often stand out."""
    dose = ENGLISH.dose(ExerciseFields.model_validate({"name": "Rest", **given}))
    assert str(dose) == said.replace("~", "\u00a0")
    found = [part.words.replace("\u00a0", "~") for part in dose.parts if part.is_figure]
    assert figures is None or found == figures


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (GERMAN, "45~Sekunden halten, einmal je Seite, jeden Tag"),
        (FRENCH, "Tenez 45~secondes, une fois de chaque côté, chaque jour"),
        (SPANISH, "Mantenga 45~segundos, una vez por lado, cada día"),
    ],
)
def test_dose_in_other_languages(labels: Labels, said: str) -> None:
    """Each language has its own order of words in the sentence."""
    given = {"hold": "45 s", "repeat": "1", "sides": "each", "frequency": "daily"}
    fields = ExerciseFields.model_validate({"name": "x", **given})
    assert str(labels.dose(fields)) == said.replace("~", "\u00a0")
    assert str(labels.dose_each_time(fields)) == said.replace("~", "\u00a0").rpartition(",")[0]
