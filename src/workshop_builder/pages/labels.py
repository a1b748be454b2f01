"""The words that products print by themselves, and how doses, times and dates read in them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from workshop_builder.languages import plurals
from workshop_builder.languages.language import Language
from workshop_builder.markup.typography import EN_DASH, NO_BREAK_SPACE
from workshop_builder.model.dose import Frequency, Hold, Repeat, Sides, Time
from workshop_builder.model.products import Product
from workshop_builder.model.workshop import ExerciseFields

_LASTING = 60
"""Seconds from which mobility is a time of moving, such as a walk, and no pause in a movement."""

_MEGABYTE = 1_000_000
"""Bytes; sizes are told in powers of ten, as browsers tell them."""


@dataclass(frozen=True, slots=True)
class DosePart:
    """One part of a dose as cards print it."""

    name: str
    """What is told: `hold`, `repeat`, `sides` or `frequency`."""
    words: str
    """Like `45 s` or `3 times`, in large print."""
    below: str = ""
    """What stands below in small print, like `each side`."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one language."""

    language: Language

    @property
    def words(self) -> Mapping[str, str]:
        """The labels by their keys."""
        return self.language.labels

    def __getitem__(self, key: str) -> str:
        """Return the label `key`."""
        return self.words[key]

    def say(self, key: str, **values: object) -> str:
        """Return the label `key` with `values` put in."""
        return self.words[key].format(**values)

    @property
    def colon(self) -> str:
        """The colon, in some languages with a blank before it."""
        return self.language.writing.colon

    def with_colon(self, key: str) -> str:
        """Return the label `key` as it stands before what it names: `Caution:`."""
        return self[key] + self.colon

    def several(self, key: str) -> list[str]:
        """Return the words of a label that lists them, such as the days of the week."""
        return self.words[key].split()

    def product(self, product: Product) -> str:
        """Return the title of a product: `Take-home sheet`."""
        return self[product.label] if product.label else _capitalized(product.name)

    def edition(self, name: str) -> str:
        """Return what sets an edition apart: `large print`."""
        return self[f"edition_{name}"]

    def paper(self, name: str) -> str:
        """Return the name of a paper: `US Letter`."""
        return self[f"paper_{name}"]

    def hold(self, hold: Hold) -> str:
        """Return a hold as it is read: `45 s`, `30–60 s`, `2 min`, `1:30 min`."""
        if not hold.in_minutes:
            return _fixed(self.say("hold_time", n=_range(hold.low, hold.high)))
        if hold.low % 60 or hold.high % 60:
            return self.exact(Time(hold.low, hold.high))
        return _fixed(self.say("hold_minutes", n=_range(hold.low // 60, hold.high // 60)))

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
        return self._count(f"times_a_{frequency.period}", frequency.low, frequency.high)

    def sides(self, sides: Sides) -> str:
        """Return the sides in words; nothing where an exercise has none."""
        return "" if sides == "none" else self[f"{sides}_side" if sides == "each" else "both_sides"]

    def dose(self, fields: ExerciseFields) -> list[DosePart]:
        """Return the dose of an exercise as it is set in large print, part by part."""
        hold, repeat, sides, frequency = self.dose_words(fields)
        parts = [DosePart("hold", hold, self.held(fields.hold, fields.kind))] if fields.hold else []
        if repeat:
            parts.append(DosePart("repeat", repeat, sides))
        elif sides:
            parts.append(DosePart("sides", sides))
        if frequency:
            parts.append(DosePart("frequency", frequency))
        return parts

    def dose_in_short(self, fields: ExerciseFields) -> str:
        """Return how much of an exercise is done each time: `30 s, 3 times each side`.

        That something held is done once goes without saying.
        """
        hold, repeat, sides, _ = self.dose_words(fields)
        once = fields.repeat is not None and fields.repeat.high == 1
        amount = ", ".join(part for part in (hold, "" if hold and once else repeat) if part)
        return " ".join(part for part in (amount, sides) if part)

    def dose_words(self, fields: ExerciseFields) -> tuple[str, str, str, str]:
        """Return hold, repeats, sides and frequency in words; nothing for what is not given."""
        return (
            self.hold(fields.hold) if fields.hold else "",
            self.repeat(fields.repeat) if fields.repeat else "",
            self.sides(fields.sides),
            self.frequency(fields.frequency) if fields.frequency else "",
        )

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
        day = self.language.writing.first_day if date.day == 1 else date.day
        return self.say("date", day=day, month=month, year=date.year)

    def pages(self, number: int) -> str:
        """Return a number of pages in words: `1 page`, `59 pages`."""
        return self._count("count_pages", number, number)

    def size(self, count: int) -> str:
        """Return the size of a file of `count` bytes: `210 kB`, `1.2 MB`."""
        if count < _MEGABYTE:
            return _fixed(self.say("size_kb", n=ceil(count / 1000)))
        return _fixed(self.say("size_mb", n=self.number(count / _MEGABYTE)))

    def number(self, value: float) -> str:
        """Return a number with one decimal: `4.5`."""
        return f"{value:.1f}".replace(".", self["decimal"])

    def _count(self, key: str, low: int, high: int) -> str:
        form = f"{key}_{plurals.category(self.language.writing.plurals, high)}"
        chosen = form if form in self.words else key
        return _fixed(self.say(chosen, n=_range(low, high)))


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}{EN_DASH}{high}"


def _fixed(text: str) -> str:
    """Tie a number to the word after it."""
    head, blank, tail = text.partition(" ")
    return head + NO_BREAK_SPACE + tail if blank and head[-1:].isdigit() else text


def _capitalized(name: str) -> str:
    """Return the name of a studio's own product as a title: `week-plan` becomes `Week plan`."""
    return name.replace("-", " ").capitalize()
