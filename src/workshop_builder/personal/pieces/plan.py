"""A planned sheet: what is on it and where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from workshop_builder.personal.pieces.parts import SheetParts
from workshop_builder.personal.pieces.rows import SheetPart
from workshop_builder.personal.pieces.stack import Stack


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet, with the place of each of its parts."""

    parts: SheetParts
    stack: Stack
    pictures: tuple[SheetPart | None, ...]
    """Of each row."""
    frame: SheetPart | None
    like: object = field(default_factory=object, repr=False)
    """The same for plans that differ in short lines alone."""

    def of(self, sheet: SheetParts) -> SheetPlan:
        """Return the plan of a sheet of the same shape."""
        own = {id(part): line for part, line in zip(self.parts.lines, sheet.lines, strict=True)}
        tops = [(own.get(id(part), part), top) for part, top in self.stack.tops]
        parts = replace(self.parts, lines=sheet.lines, required=sheet.required, name=sheet.name)
        return replace(self, parts=parts, stack=replace(self.stack, tops=tops))

    @property
    def cards(self) -> list[tuple[SheetPart, ...]]:
        """In two columns, the parts of each exercise; else none of any."""
        return self.stack.cards or [() for _ in self.parts.rows]

    @property
    def late(self) -> list[SheetPart]:
        """The parts whose size is known only when all others have their place."""
        return [part for part in (*self.pictures, self.frame) if part]

    @property
    def tops(self) -> list[tuple[SheetPart, float]]:
        """All parts, and how far each is below the upper margin of the page, in CSS pixels."""
        rows = zip(self.pictures, self.stack.rows, strict=True)
        placed = [(part, top) for part, (_, top, _) in rows if part]
        framed = [(self.frame, self.stack.frame[0])] if self.frame and self.stack.frame else []
        return [*framed, *placed, *self.stack.tops]


def planned(parts: SheetParts, stack: Stack) -> SheetPlan:
    """Return a sheet with the parts whose size its stack tells, such as pictures."""
    pictures = tuple(
        SheetPart(
            f"see{row.look}",
            "see",
            (row.card.exercise.id, height := round(high, 3)),
            (row.card, height),
        )
        if row.pictured
        else None
        for row, _, high in stack.rows
    )
    frame = None
    if stack.frame:
        height = round(stack.frame[1], 3)
        frame = SheetPart(f"frame {parts.out[0].place}", "frame", height, (height,))
    return SheetPlan(parts, stack, pictures, frame)
