"""A remark: what could be better, and where."""

from __future__ import annotations

from dataclasses import dataclass

from workshop_builder.errors import Problem
from workshop_builder.model.base import RemarkName


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One thing that a careful reader would say of the source folder."""

    path: str
    """The file, relative to the source folder, with forward slashes."""
    line: int
    """The line, counted from 1; 0 for the file as a whole."""
    name: RemarkName
    """The short name, by which it is explained and can be silenced."""
    text: str
    """What is not so good and, after a semicolon, what to do."""

    def __str__(self) -> str:
        """Return the remark as one line, `path:line: text (name)`."""
        return f"{Problem(self.path, self.line, self.text)} ({self.name})"
