"""Doses of every kind of text: what is accepted has one meaning, and prints as what it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from workshop_builder.languages.read import read
from workshop_builder.markup.typography import NO_BREAK_SPACE
from workshop_builder.model.dose import Frequency, Hold, Repeat
from workshop_builder.model.exercise_fields import ExerciseFields
from workshop_builder.pages.labels import Labels

ENGLISH = Labels(read("en")[0])
NUMBERS = st.integers(0, 130)
DASHES = st.sampled_from(["-", "–", " - ", " – ", " to ", "to"])
SECONDS = ("s", "sec", "secs", "second", "seconds")
MINUTES = ("min", "mins", "minute", "minutes")
UNITS = {"s": 1, "sec": 1, "minutes": 60, "min": 60, "h": 3600, "breaths": 8, "": 60}
TYPED = st.tuples(
    st.sampled_from(["1", "2", "5", "30", "90", "0", "010", "1.5", "٣"]),
    st.sampled_from(["", "-", "–", " - ", " to ", ":", "/", "x"]),
    st.sampled_from(["", "2", "5", "45", "90", "05"]),
    st.sampled_from(["", " "]),
    st.sampled_from(
        ["", "s", "sec", "minutes", "min", "h", "breaths", "x", "times", "times a day"]
    ),
    st.sampled_from(["", "", "", ".", " a week", " each"]),
).map("".join)
"""Texts that look like doses; some are, some are nearly."""
AMBIGUOUS = re.compile(r"(?<![:0-9])0[0-9]|/|x ?[0-9]|[0-9]\.[0-9]|٣")
"""What can be read in two ways: 010, 1/2, 3x10, 1.5; or in a script of its own."""


def _parsed(parse: Callable[[str], Hold | Repeat | Frequency], text: str) -> tuple[int, int] | None:
    """Return the bounds that a text is read as; None where it is refused, in one line."""
    try:
        found = parse(text)
    except ValueError as error:
        said = str(error)
    else:
        assert found.text == text
        return found.low, found.high
    assert "; " in said
    assert "\n" not in said
    return None


def _numbers(text: str) -> tuple[int, int]:
    """Return the first and the last number of a text."""
    found = [int(digits) for digits in re.findall("[0-9]+", text)]
    return found[0], found[-1]


@given(low=NUMBERS, high=NUMBERS, dash=DASHES, unit=st.sampled_from(SECONDS + MINUTES))
def test_a_range_of_time_means_its_numbers_and_its_unit(
    low: int, high: int, dash: str, unit: str
) -> None:
    """However a range is typed, it is read as its two numbers in its unit, or refused."""
    factor = 60 if unit in MINUTES else 1
    sensible = 1 <= low <= high <= 3600 // factor
    expected = (low * factor, high * factor) if sensible else None
    assert _parsed(Hold.parse, f"{low}{dash}{high} {unit}") == expected
    assert _parsed(Hold.parse, f"{low}{dash}{high}{unit}.") == expected


@settings(max_examples=400)
@given(TYPED)
def test_a_hold_has_one_meaning(text: str) -> None:
    """Of any text at all, what is read as a hold is the numbers that stand in it."""
    found = _parsed(Hold.parse, text)
    if found:
        low, high = _numbers(text)
        factor = UNITS["".join(re.findall("[a-z]+", text.replace(" to ", "")))]
        clock = (low * 60 + high,) * 2
        assert found == (clock if ":" in text else (low * factor, high * factor))
        assert not AMBIGUOUS.search(text)


@settings(max_examples=400)
@given(TYPED)
def test_repeats_have_one_meaning(text: str) -> None:
    """Of any text at all, what is read as repeats is the numbers that stand in it."""
    if found := _parsed(Repeat.parse, text):
        assert found == _numbers(text)
        assert not AMBIGUOUS.search(text)


@given(low=NUMBERS, high=NUMBERS, per=st.sampled_from(["a day", "per day", "a week", "per week"]))
def test_a_frequency_means_its_numbers_and_its_period(low: int, high: int, per: str) -> None:
    """A number of times is counted in the period that is typed, or refused."""
    text = f"{low}-{high} times {per}"
    found = _parsed(Frequency.parse, text)
    assert found == ((low, high) if 1 <= low <= high <= 100 else None)
    assert found is None or Frequency.parse(text).period == per.split()[1]


@settings(max_examples=400)
@given(TYPED)
def test_a_frequency_with_a_number_is_never_words(text: str) -> None:
    """A text that begins with a number is read as that number, or refused: never kept as words."""
    if text[:1].isdigit() and (found := _parsed(Frequency.parse, text)):
        assert found == _numbers(text)
        assert not AMBIGUOUS.search(text)
        assert Frequency.parse(text).period in {"day", "week"}


@given(low=NUMBERS, high=NUMBERS, dash=DASHES, unit=st.sampled_from(["s", "secs", "min"]))
def test_a_printed_hold_reads_back_as_itself(low: int, high: int, dash: str, unit: str) -> None:
    """What the products print of a hold, typed in, is the same hold."""
    text = f"{low}{dash}{high} {unit}"
    if found := _parsed(Hold.parse, text):
        assert _parsed(Hold.parse, _plain(ENGLISH.hold(Hold.parse(text)))) == found


@given(minutes=st.integers(0, 60), seconds=st.integers(0, 59))
def test_a_printed_clock_reads_back_as_itself(minutes: int, seconds: int) -> None:
    """What the products print of minutes and seconds, typed in, is the same hold."""
    text = f"{minutes}:{seconds:02}"
    if found := _parsed(Hold.parse, text):
        assert found == (minutes * 60 + seconds,) * 2
        assert _parsed(Hold.parse, _plain(ENGLISH.hold(Hold.parse(text)))) == found


@given(low=NUMBERS, high=NUMBERS, per=st.sampled_from(["a day", "per week"]))
def test_printed_counts_read_back_as_themselves(low: int, high: int, per: str) -> None:
    """What the products print of repeats and of a frequency, typed in, means the same."""
    if found := _parsed(Repeat.parse, f"{low}-{high}"):
        repeat, frequency = Repeat(*found, ""), Frequency.parse(f"{low}-{high} times {per}")
        assert _parsed(Repeat.parse, _plain(ENGLISH.repeat(repeat))) == found
        again = Frequency.parse(_plain(ENGLISH.frequency(frequency)))
        assert (again.low, again.high, again.period) == (*found, per.split()[1])


def _plain(printed: str) -> str:
    return printed.replace(NO_BREAK_SPACE, " ")


HOLDS = ["20-30 s", "1 s", "2 min", "1:30", "3 breaths", "1 breath", "45 min", "1-2 min"]
REPEATS = ["1", "2", "5-10", "2 sets of 10", "2-3 sets of 8-12"]
OFTEN = ["daily", "once a week", "1-3 times a day", "twice a week", "Most days"]
DOSES = st.fixed_dictionaries(
    {"kind": st.sampled_from(["stretch", "mobility", "rest", "strength", "check"])},
    optional={
        "hold": st.sampled_from(HOLDS),
        "repeat": st.sampled_from(REPEATS),
        "sides": st.sampled_from(["each", "both", "none"]),
        "frequency": st.sampled_from(OFTEN),
        "hold_by_week": st.lists(st.sampled_from(HOLDS[:2]), min_size=1, max_size=4),
    },
)
"""Every kind of dose that fields can tell."""


@settings(max_examples=200, derandomize=True)
@given(given=DOSES, language=st.sampled_from(["en", "de", "fr", "es"]))
def test_a_dose_is_a_sentence(given: dict[str, object], language: str) -> None:
    """In each language a dose reads as one sentence that tells each of its numbers once."""
    labels = Labels(read(language)[0])
    fields = ExerciseFields.model_validate({"name": "x", **given})
    said = _plain(str(labels.dose(fields)))
    told = [labels.hold(fields.whole_hold)] if fields.whole_hold else []
    told += [labels.frequency(fields.frequency)] if fields.frequency else []
    if fields.repeat and (fields.repeat.high > 1 or not told[:1] or fields.sides == "each"):
        told.append(labels.repeat(fields.repeat))
    assert all(said.lower().count(_plain(part).lower()) == 1 for part in told), said
    assert bool(said) == bool(told or fields.sides != "none")
    assert said[:1] == said[:1].upper()
    assert not re.search(r"[{}]|  | ,|,,|, *$|^,|\.$", said)
    each_time = str(labels.dose_each_time(fields))
    assert _plain(each_time).lower() in said.lower() or not each_time
