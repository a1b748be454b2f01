"""What a personal sheet is made of: parts, and the exercises that consist of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workshop_builder.pages.labels import Dose
from workshop_builder.pages.render import Card

ROW = ("name", "caution", "see", "steps", "told", "felt", "easier", "card", "close-told", "rest")
"""What an exercise consists of, in its order."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part: what it is, and where it stands, which gives it its look."""

    place: str
    kind: str
    key: object
    """What its words depend on: parts with the same are the same."""
    values: tuple[Any, ...] = field(compare=False, repr=False)
    """What the template makes it from."""
    line: bool = field(default=False, compare=False)
    """Whether it is a single line at any scale: each such is as high as any other."""
    of: SheetPart | None = field(default=None, compare=False)
    """The part with which it is laid out, in one piece."""
    _hash: int = field(init=False, compare=False, repr=False)
    """In this process; it is asked for again and again."""

    def __post_init__(self) -> None:
        """Find what it is looked up by."""
        object.__setattr__(self, "_hash", hash((self.place, self.kind, self.key)))

    def __hash__(self) -> int:
        """Return the same for parts that are the same."""
        return self._hash


@dataclass(frozen=True, slots=True)
class CloseCard:
    """An exercise in one of two columns: its words beside its picture.

    It is laid out once for all doses that take the same lines, and the dose by itself.
    """

    card: Card = field(repr=False)
    dose: Dose
    easier: bool
    """Whether there is room for how it is made easier."""

    def part(self, lines: tuple[bool, ...]) -> SheetPart:
        """Return all but the dose, which takes such `lines`: of each, whether it has a figure."""
        key = (self.card.exercise.id, self.easier, lines)
        return SheetPart("card", "card", key, (self.card, self.easier, lines))

    def told(self, wide: float, high: float) -> SheetPart:
        """Return the dose, where so much of the picture is beside it, in CSS pixels."""
        place = (round(wide, 3), round(high, 3))
        return SheetPart("close told", "close-told", (self.dose, place), (self.dose, *place))

    def rest(self, part: SheetPart) -> SheetPart | None:
        """Return what stands below the dose in one of these parts."""
        fields = self.card.exercise.fields
        more = self.easier or (fields.feel and not fields.figure)
        return SheetPart("card", "rest", part.key, (), of=part) if more else None


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """An exercise on a sheet."""

    look: str
    """The end of the names of its places: ` bare` without a picture, ` many` in a long list."""
    words: tuple[SheetPart, ...]
    card: Card
    before_see: int
    """How many of the words are read before the picture."""
    pictured: bool
    """Whether its picture is a part of its own."""
    close: CloseCard | None = None
    """What it is in one of two columns."""
