"""What can go wrong, and the one line in which it is said.

The tree of errors::

    WorkshopError            the source or the build is wrong; carries every problem found
    ├── SourceError          the folder cannot become a workshop
    ├── BuildError           the workshop is right, a product of it could not be made
    │   └── OutputError      what was made cannot be put where it should go
    ├── PublishError         the website could not be copied to where it is to be seen
    └── RequestError         an argument asks for what is not to be had; a ValueError too

A problem is a value, not an exception: a step that checks collects problems
and goes on, so that one run tells all of them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_LONGEST_TEXT = 500
"""Characters of a problem; what a file says may be a megabyte, a line on a terminal may not."""

_LONGEST_NAME = 80
"""Characters of a word that can be a slip of another; comparing longer ones takes forever."""


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
        """Return the problem as one line, whatever the file has put into it."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return _printable(f"{place}: {_shortened(self.text)}")


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


class OutputError(BuildError):
    """What was made cannot be put where it should go; what stood there is as it was."""


class PublishError(WorkshopError):
    """The website could not be copied to where it is to be seen."""


class RequestError(WorkshopError, ValueError):
    """An argument asks for what is not to be had; its problems have the argument as their path."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `"; did you mean 'hold'?"` for a near miss among `known`, else an empty string."""
    return _hint(word, {name: name for name in known}, cutoff=0.6)


def did_you_mean_file(path: str, known: Iterable[str]) -> str:
    """Return the same for a file, whose name counts and not the folder or the ending."""
    return _hint(_stem(path), {_stem(name): name for name in sorted(known)}, cutoff=0.7)


def _hint(word: str, known: dict[str, str], cutoff: float) -> str:
    if len(word) > _LONGEST_NAME:
        return ""
    close = get_close_matches(word.lower(), {name.lower() for name in known}, n=1, cutoff=cutoff)
    meant = next((known[name] for name in known if close and name.lower() == close[0]), "")
    return f"; did you mean '{meant}'?" if meant else ""


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _shortened(text: str) -> str:
    """Take the middle out of a long text: what is wrong leads, what to do comes last."""
    if len(text) <= _LONGEST_TEXT:
        return text
    return f"{text[: _LONGEST_TEXT // 2]} … {text[-_LONGEST_TEXT // 2 :]}"


def _printable(text: str) -> str:
    """Keep a line one line, and keep what steers a terminal away from it."""
    return "".join(
        sign if sign.isprintable() else " " if sign.isspace() else f"\\x{ord(sign):02x}"
        for sign in text
    )
