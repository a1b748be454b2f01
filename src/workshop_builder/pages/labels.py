"""The words that products print by themselves, and how doses, times and dates read in them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from string import Formatter

from workshop_builder.errors import Problem, did_you_mean
from workshop_builder.markup.typography import EN_DASH, NO_BREAK_SPACE
from workshop_builder.model.dose import Frequency, Hold, Repeat, Sides, Time
from workshop_builder.model.products import Product
from workshop_builder.source import yaml_text

FALLBACK = "en"
"""The language whose catalogue has every key."""

_LASTING = 60
"""Seconds from which mobility is a time of moving, such as a walk, and no pause in a movement."""

_MEGABYTE = 1_000_000
"""Bytes; sizes are told in powers of ten, as browsers tell them."""

_LISTS = {"days": 7, "day_names": 7, "months": 12}
"""Keys that hold several words in a row, and how many."""


@dataclass(frozen=True, slots=True)
class Labels:
    """One language's catalogue of labels."""

    language: str
    words: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """Return the label `key`."""
        return self.words[key]

    def say(self, key: str, **values: object) -> str:
        """Return the label `key` with `values` put in."""
        return self.words[key].format(**values)

    def several(self, key: str) -> list[str]:
        """Return the words of a label that lists them, such as the days of the week."""
        return self.words[key].split()

    def product(self, product: Product) -> str:
        """Return the title of a product: `Take-home sheet`."""
        return self[product.label] if product.label else _capitalized(product.name)

    def hold(self, hold: Hold) -> str:
        """Return a hold as it is read: `45 s`, `30–60 s`, `2 min`, `1:30 min`."""
        if ":" in hold.text:
            return _fixed(self.say("hold_minutes", n=f"{hold.low // 60}:{hold.low % 60:02}"))
        if "m" in hold.text:
            return _fixed(self.say("hold_minutes", n=_range(hold.low // 60, hold.high // 60)))
        return _fixed(self.say("hold_time", n=_range(hold.low, hold.high)))

    def held(self, hold: Hold, kind: str) -> str:
        """Return the word below a hold: what is done for so long in an exercise of that `kind`."""
        if kind == "rest":
            return self["hold_rest"]
        moving = kind == "mobility" and hold.high >= _LASTING
        return self["hold_moving" if moving else "hold"]

    def repeat(self, repeat: Repeat) -> str:
        """Return repeats in words: `1 time`, `5–10 times`."""
        return self._count("times", repeat.low, repeat.high)

    def frequency(self, frequency: Frequency) -> str:
        """Return how often in words: `daily`, `3 times a week`."""
        if frequency.period == "other":
            return frequency.text
        if frequency.period == "day" and frequency.high == 1:
            return self["daily"]
        key = f"times_a_{frequency.period}"
        return _fixed(self.say(key, n=_range(frequency.low, frequency.high)))

    def sides(self, sides: Sides) -> str:
        """Return the sides in words; nothing where an exercise has none."""
        return "" if sides == "none" else self[f"{sides}_side" if sides == "each" else "both_sides"]

    def minutes(self, time: Time) -> str:
        """Return a time in whole minutes, rounded up: what a student must set aside."""
        return self._count("time_minutes", ceil(time.low / 60), ceil(time.high / 60))

    def exact(self, time: Time) -> str:
        """Return a time to the second: `4:45 min`, `3:45–5:45 min`."""
        ends = dict.fromkeys((time.low, time.high))
        clock = EN_DASH.join(f"{end // 60}:{end % 60:02}" for end in ends)
        return _fixed(self.say("hold_minutes", n=clock))

    def date(self, date: datetime.date) -> str:
        """Return a date written out."""
        month = self.several("months")[date.month - 1]
        return self.say("date", day=date.day, month=month, year=date.year)

    def pages(self, number: int) -> str:
        """Return a number of pages in words: `1 page`, `59 pages`."""
        return self._count("count_pages", number, number)

    def size(self, count: int) -> str:
        """Return the size of a file of `count` bytes: `210 kB`, `1.2 MB`."""
        if count < _MEGABYTE:
            return _fixed(self.say("size_kb", n=ceil(count / 1000)))
        tenths = f"{count / _MEGABYTE:.1f}".replace(".", self["decimal"])
        return _fixed(self.say("size_mb", n=tenths))

    def _count(self, key: str, low: int, high: int) -> str:
        one = f"{key}_one"
        chosen = one if low == high == 1 and one in self.words else key
        return _fixed(self.say(chosen, n=_range(low, high)))


def _capitalized(name: str) -> str:
    """Return the name of a studio's own product as a title: `week-plan` becomes `Week plan`."""
    return name.replace("-", " ").capitalize()


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}{EN_DASH}{high}"


def _fixed(text: str) -> str:
    """Tie a number to the word after it."""
    head, blank, tail = text.partition(" ")
    return head + NO_BREAK_SPACE + tail if blank and head[-1:].isdigit() else text


def read_labels(
    path: str, text: str, language: str, reference: Mapping[str, str] | None
) -> tuple[Labels, list[Problem]]:
    """Read a catalogue and hold it against `reference`, the keys that it must have.

    Raises WorkshopError where the text is not YAML.
    """
    sheet = yaml_text.read(path, text)
    if not isinstance(sheet.data, dict):
        fault = "this is not a list of 'key: value' lines; copy the English labels, and translate"
        return Labels(language, {}), [Problem(path, 1, fault)]
    data = sheet.data
    words = {key: value for key, value in data.items() if isinstance(value, str)}
    problems = [
        Problem(path, 1, f"the label '{key}' is missing; add '{key}: …'")
        for key in (reference or {})
        if key not in data
    ]
    for key in data:
        fault = _label_fault(key, words.get(key), reference or words)
        if fault:
            problems.append(Problem(path, sheet.line((key,)), fault))
    return Labels(language, words), problems


def _label_fault(key: str, value: str | None, reference: Mapping[str, str]) -> str:
    if key not in reference:
        return f"unknown label '{key}'{did_you_mean(key, reference) or '; remove it'}"
    if value is None:
        return f"the label '{key}' is not one text; write it in one line, in quotes"
    if key in _LISTS and len(value.split()) != _LISTS[key]:
        return f"the label '{key}' needs {_LISTS[key]} words with blanks between them"
    allowed = _fields(reference[key])
    found = _fields(value)
    names = " and ".join("{" + str(name) + "}" for name in allowed or ()) or "no {…}"
    if found is None or not set(found) <= set(allowed or ()):
        return f"the label '{key}' has a wrong {{…}}; it may hold {names}"
    if not key.endswith("_one") and set(found) != set(allowed or ()):
        return f"the label '{key}' lacks what is put into it; it must hold {names}"
    return ""


def _fields(pattern: str) -> list[str] | None:
    """Return the names between { and } in a label; None where they are not plain names."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return None
    names = [name for _, name, _, _ in parts if name is not None]
    odd = any(form or turn for _, name, form, turn in parts if name is not None)
    return None if odd or not all(name.isidentifier() for name in names) else names
