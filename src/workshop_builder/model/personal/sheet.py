"""What the sheet of one student shows: chosen from the row, before anything is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop_builder.markup.rich_text import RichText
from workshop_builder.model.exercise_fields import Substitute
from workshop_builder.model.personal.student import Student


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An exercise that a condition of the student leaves out."""

    number: int
    """The same as in all products."""
    name: RichText
    because: tuple[RichText, ...]
    """The words of the conditions that it is to be avoided with."""
    instead: tuple[Substitute, ...]
    """What stands on the sheet in its place, or is said in words; empty where nothing can."""


@dataclass(frozen=True, slots=True)
class PersonalSheet:
    """One sheet, as it was decided."""

    row: int
    """The place in the roster, counted from 1."""
    path: str = field(repr=False)
    """The file in which the student stands, and its sheet if it has several."""
    line: int
    """The line or row in it."""
    student: Student = field(repr=False)
    name: str = field(repr=False)
    """That of the student, with the quotes and dashes of print."""
    exercises: tuple[str, ...]
    """The exercises of the sheet in their order, by id."""
    left_out: tuple[LeftOut, ...] = ()
    dense: bool = False
    """Whether its exercises stand in two columns, since they did not fit in one."""
    first_column: int = 0
    """How many of them stand in the first one; 0 where the columns are filled page by page."""

    @property
    def done(self) -> object:
        """What all on it but the student's own words follows from, as a key."""
        student = self.student
        doses = tuple((name, *change.said.items()) for name, change in student.doses.items())
        look = (student.edition, student.paper, student.language)
        return self.exercises, doses, student.conditions, student.weeks, student.pages, look

    @property
    def required(self) -> Mapping[str, str]:
        """The words that must be seen on it beside those of safety, by their key."""
        student = self.student
        words = {"personal:name": self.name}
        if student.note:
            words["personal:note"] = student.note.plain
        for number, left in enumerate(self.left_out):
            words[f"left:{number}"] = f"{left.number} {left.name.plain}"
            ways = {f"left:{number}:{n}": way.words.plain for n, way in enumerate(left.instead)}
            words |= ways
        return words
