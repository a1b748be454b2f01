"""What can go wrong, and the one line in which it is said.

The tree of errors::

    WorkshopError            the source or the build is wrong; carries every problem found
    ├── SourceError          the folder cannot become a workshop
    └── BuildError           the workshop is right, a product of it could not be made

A problem is a value, not an exception: a step that checks collects problems
and goes on, so that one run tells all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a file: where it is, what is wrong, what to do."""

    path: str
    """The file, relative to the source folder, with forward slashes."""
    line: int
    """The line, counted from 1; 0 where the fault belongs to the file as a whole."""
    text: str
    """What is wrong; what to do."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.text}"


class WorkshopError(Exception):
    """The source or the build is wrong; base of all errors that a user can cause."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep `problems`, each once, in the order of files and lines."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class SourceError(WorkshopError):
    """The source folder cannot become a workshop."""


class BuildError(WorkshopError):
    """A product could not be made from a workshop that was read without fault."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `"; did you mean 'hold'?"` for a near miss among `known`, else an empty string."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""
