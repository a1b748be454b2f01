"""The words that products print by themselves, and how doses, times and dates read in them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from workshop_builder.languages import plurals
from workshop_builder.languages.language import Language
from workshop_builder.markup.typography import EN_DASH, NO_BREAK_SPACE
from workshop_builder.model.dose import Frequency, Hold, Repeat, Time
from workshop_builder.model.exercise_fields import ExerciseFields
from workshop_builder.model.products import PRODUCTS, Product

_LASTING = 60
"""Seconds from which mobility is a time of moving, such as a walk, and no pause in a movement."""

_MEGABYTE = 1_000_000
"""Bytes; sizes are told in powers of ten, as browsers tell them."""

_ROUND_FROM = 600
"""Seconds from which a time is told to the nearest five minutes."""


@dataclass(frozen=True, slots=True)
class DosePart:
    """A part of the sentence that tells a dose."""

    words: str
    """With the blanks and signs around it."""
    is_figure: bool
    """Whether it is how much, such as `45 seconds`, to be set large."""


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose as one sentence, without a stop at its end."""

    parts: tuple[DosePart, ...]

    def __bool__(self) -> bool:
        """Return whether it says anything."""
        return bool(self.parts)

    def __str__(self) -> str:
        """Return its words: `Hold 45 seconds, once each side, every day`."""
        return "".join(part.words for part in self.parts)


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

    @property
    def semicolon(self) -> str:
        """What stands between the parts of a list with commas in them."""
        return self.language.writing.semicolon

    def with_colon(self, key: str) -> str:
        """Return the label `key` as it stands before what it names: `Caution:`."""
        return self[key] + self.colon

    def in_sentence(self, key: str) -> str:
        """Return the label `key` as it stands inside a sentence, with a small first letter."""
        return _small(self[key])

    def several(self, key: str) -> list[str]:
        """Return the words of a label that lists them, such as the days of the week."""
        return self.words[key].split()

    def product(self, product: Product) -> str:
        """Return the title of a product: `Take-home sheet`."""
        return self[product.label] if product.label else _capitalized(product.name)

    def product_named(self, name: str) -> str:
        """Return the title of the product with a name, ours or the studio's own."""
        ours = next((product for product in PRODUCTS if product.name == name), None)
        return self.product(ours) if ours else _capitalized(name)

    def edition(self, name: str) -> str:
        """Return what sets an edition apart: `large print`."""
        return self[f"edition_{name}"]

    def paper(self, name: str) -> str:
        """Return the name of a paper: `US Letter`."""
        return self[f"paper_{name}"]

    def hold(self, hold: Hold) -> str:
        """Return a time as it is read: `45 seconds`, `30–60 seconds`, `1 minute 30 seconds`."""
        if hold.unit != "minute" or not (hold.low % 60 or hold.high % 60):
            key = f"time_{hold.unit}s"
            return self._count(key, hold.low // hold.each, hold.high // hold.each)
        if hold.low != hold.high:
            ends = (f"{end // 60}:{end % 60:02}" for end in (hold.low, hold.high))
            return _fixed(self.say("time_minutes", n=EN_DASH.join(ends)))
        minutes, seconds = divmod(hold.low, 60)
        told = [self._count("time_minutes", minutes, minutes)] if minutes else []
        return " ".join([*told, self._count("time_seconds", seconds, seconds)])

    def ends(self, hold: Hold) -> tuple[str, str]:
        """Return the shortest and the longest time of a range: `20 seconds`, `30 seconds`."""
        return self.hold(replace(hold, high=hold.low)), self.hold(replace(hold, low=hold.high))

    def repeat(self, repeat: Repeat) -> str:
        """Return repeats in words: `once`, `5–10 times`, `2 sets of 10`."""
        if repeat.most_sets == 1:
            return self._count("times", repeat.low, repeat.high)
        each = _range(repeat.low, repeat.high)
        return self._count("sets", repeat.fewest_sets, repeat.most_sets, amount=each)

    def frequency(self, frequency: Frequency) -> str:
        """Return how often in words: `every day`, `3 times a week`."""
        if frequency.period == "other":
            named = frequency.text.startswith(tuple(self.several("day_names")))
            return frequency.text if named else _small(frequency.text)
        if frequency.period == "day" and frequency.high == 1:
            return self["daily"]
        return self._count(f"times_a_{frequency.period}", frequency.low, frequency.high)

    def dose(self, fields: ExerciseFields) -> Dose:
        """Return the dose of an exercise as one sentence; an empty one where it has none."""
        often = fields.frequency
        more = [self._marked("{amount}", self.frequency(often))] if often else []
        return self._sentence(fields, more)

    def dose_each_time(self, fields: ExerciseFields) -> Dose:
        """Return how much of an exercise is done each time, and not how often."""
        return self._sentence(fields, [])

    def dose_of_week(self, fields: ExerciseFields, hold: Hold) -> Dose:
        """Return the dose of a week in which an exercise is held as long as `hold`."""
        return self.dose(_held_for(fields, hold))

    def dose_each_time_in_week(self, fields: ExerciseFields, hold: Hold) -> Dose:
        """Return how much is done each time in such a week."""
        return self.dose_each_time(_held_for(fields, hold))

    def weeks(self, fields: ExerciseFields) -> list[tuple[str, str]]:
        """Return each week and how long is held in it: `Week 1`, `20–30 seconds`."""
        holds = enumerate(fields.hold_by_week, 1)
        return [(self.say("week", n=number), self.hold(hold)) for number, hold in holds]

    def _sentence(self, fields: ExerciseFields, more: Sequence[Sequence[DosePart]]) -> Dose:
        hold = fields.takes or fields.whole_hold
        clauses = [*self._counted(fields), *more]
        if hold:
            clauses.insert(0, self._marked(self[_held(fields)], self.hold(hold)))
        elif clauses and clauses[0][0].is_figure:
            clauses[0] = self._led(clauses[0])
        parts = [part for clause in clauses for part in (DosePart(", ", False), *clause)][1:]  # noqa: FBT003
        return Dose(_begun(parts))

    def _counted(self, fields: ExerciseFields) -> list[list[DosePart]]:
        """Return how many times, and on which sides.

        That something held is done once goes without saying.
        """
        repeat, sides = fields.repeat, fields.sides
        once = repeat is not None and repeat.high == repeat.most_sets == 1
        told = repeat if not (fields.whole_hold and once and sides != "each") else None
        if told and sides == "each":
            return [self._marked(self["times_each_side"], self.repeat(told))]
        counted = [self._marked("{amount}", self.repeat(told))] if told else []
        if sides != "none":
            words = self["each_side" if sides == "each" else "both_sides"]
            counted.append([DosePart(words, is_figure=False)])
        return counted

    def _led(self, clause: Sequence[DosePart]) -> list[DosePart]:
        """Return a clause as the first of a sentence in which nothing is held."""
        before, _, behind = self["dose_times"].partition("{amount}")
        ends = [DosePart(end, is_figure=False) if end else None for end in (before, behind)]
        return [part for part in (ends[0], *clause, ends[1]) if part]

    def _marked(self, pattern: str, amount: str) -> list[DosePart]:
        """Return a pattern with an amount put in as the figure."""
        before, _, behind = pattern.partition("{amount}")
        parts = (DosePart(before, False), DosePart(amount, True), DosePart(behind, False))  # noqa: FBT003
        return [part for part in parts if part.words]

    def minutes(self, time: Time) -> str:
        """Return about how long something takes: what a student must set aside.

        It is told in whole minutes, from ten on to the nearest five, and in hours or days where it
        takes so long.
        """
        for key, each, least in (("days", 86400, 172800), ("hours", 3600, 10800)):
            if time.low >= least:
                return self._count(f"time_{key}", round(time.low / each), round(time.high / each))
        return self._count("time_minutes", *(_minutes(end) for end in (time.low, time.high)))

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

    def _count(self, key: str, low: int, high: int, **values: object) -> str:
        form = f"{key}_{plurals.category(self.language.writing.plurals, high)}"
        chosen = form if form in self.words else key
        return _fixed(self.say(chosen, n=_range(low, high), **values))


def _held_for(fields: ExerciseFields, hold: Hold) -> ExerciseFields:
    return fields.model_copy(update={"hold": hold, "hold_by_week": ()})


def _held(fields: ExerciseFields) -> str:
    """Return the label for what is done for so long: a rest is not held, and neither is a walk."""
    if fields.takes:
        return "dose_takes"
    if fields.kind == "rest":
        return "dose_rest"
    hold = fields.whole_hold
    lasting = hold is not None and hold.high >= _LASTING
    return "dose_moving" if fields.kind == "mobility" and lasting else "dose_hold"


def _begun(parts: Sequence[DosePart]) -> tuple[DosePart, ...]:
    """Return the parts of a sentence, which begins with a capital."""
    if not parts:
        return ()
    first = parts[0]
    words = first.words[:1].upper() + first.words[1:]
    return (DosePart(words, first.is_figure), *parts[1:])


def _minutes(seconds: int) -> int:
    """Return seconds in minutes, rounded as people tell them."""
    return ceil(seconds / 60) if seconds <= _ROUND_FROM else 5 * round(seconds / 300)


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}{EN_DASH}{high}"


def _fixed(text: str) -> str:
    """Tie a number to the word after it."""
    head, blank, tail = text.partition(" ")
    return head + NO_BREAK_SPACE + tail if blank and head[-1:].isdigit() else text


def _small(text: str) -> str:
    """Return a text with a small first letter, as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def _capitalized(name: str) -> str:
    """Return the name of a studio's own product as a title: `week-plan` becomes `Week plan`."""
    return name.replace("-", " ").capitalize()
