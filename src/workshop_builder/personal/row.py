"""One row of a roster, wherever it was typed: what it says, and where each part of it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop_builder.errors import Problem
from workshop_builder.model.personal.student import Student
from workshop_builder.source.yaml_text import KeyPath, YamlDocument


@dataclass(frozen=True, slots=True)
class Row:
    """A student of a roster."""

    number: int
    """Its place in the roster, counted from 1."""
    document: YamlDocument = field(repr=False)
    """What was typed, with the line of each part."""
    student: Student = field(repr=False)

    def problem(self, place: KeyPath, text: str) -> Problem:
        """Return a problem at a part of the row."""
        return Problem(self.document.path, self.document.line(place), text)
