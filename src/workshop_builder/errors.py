"""What can go wrong, and the one line in which it is said.

The tree of errors::

    WorkshopError            whatever a user can cause; carries every problem that was found
    ├── SourceError          raised by load: the source folder has mistakes
    ├── BuildError           raised by build: a product could not be made
    │   └── OutputError      the products could not be put into their folder
    ├── PublishError         raised by publish: the website could not be copied to its host
    ├── PrintError           raised by print: there is no printer, or it refuses
    └── RequestError         raised by all: an argument is wrong; also a ValueError

Errors of a part that does not know its file, such as `pictures.raster.PictureError`,
are ValueErrors beside this tree; the caller turns them into problems of the file.

A problem is a value, not an exception: a step that checks collects problems
and goes on, so that one run reports all of them.
"""

from __future__ import annotations

import errno
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_LONGEST_TEXT = 500
"""Characters of a problem's text: a value in a file may be a megabyte, a line on a terminal not."""

_LONGEST_NAME = 80
"""Characters of a word that is compared with others; with longer ones it takes forever."""


_REFUSALS = {
    **dict.fromkeys(
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        "there is no space left on the disk; free some, and try again",
    ),
    **dict.fromkeys(
        (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE),
        "the system lets nothing more be started or opened; close other programs, and try again",
    ),
    errno.ENAMETOOLONG: "this name is too long; choose a shorter one",
    errno.ELOOP: "this link leads to itself; name the file or folder itself",
    errno.ENOTDIR: "a part of this name is a file, not a folder; check the name",
    errno.EROFS: "the disk can only be read; check it",
    errno.EIO: "the disk or terminal does not answer; check it",
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: where it is, what is wrong, what to do."""

    path: str
    """The file, relative to the source folder, with forward slashes; or the argument at fault."""
    line: int
    """The line, counted from 1; 0 for a fault of the file as a whole."""
    text: str
    """What is wrong and, after a semicolon, what to do."""

    def __str__(self) -> str:
        """Return the problem as one line, `path:line: text`, whatever characters are in it."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return _printable(f"{place}: {_shortened(self.text)}")


class WorkshopError(Exception):
    """The base of all errors that a user can cause; raised only as one of those below."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep `problems`, each once, ordered by file and line, as `self.problems`."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class SourceError(WorkshopError):
    """When a source folder is loaded: it is missing, or its files have mistakes."""


class BuildError(WorkshopError):
    """When products are made: the workshop has no mistake, but one of them cannot be made of it."""


class OutputError(BuildError):
    """When the products are put into their folder: it cannot be replaced, and is as it was."""


class PublishError(WorkshopError):
    """When the website is published: it is not there, or cannot be copied to its host."""


class PrintError(WorkshopError):
    """When something is printed: there is no printer, nothing to ask it by, or it refuses."""


class RequestError(WorkshopError, ValueError):
    """When arguments are checked: one is wrong; the path of its problem is the argument's name."""


def refused_by_system(error: OSError) -> str:
    """Return what the system lacks, in words, for an error that may come at any step; else none."""
    if "temporary directory" in str(error):  # of `tempfile`, which tells no number
        return "no temporary file can be written; free some space on the disk, and try again"
    return _REFUSALS.get(error.errno or 0, "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `"; did you mean 'hold'?"` for a near miss of one of `known`; empty for any other."""
    return _hint(word, {name: name for name in known}, cutoff=0.6)


def did_you_mean_option(option: str, known: Iterable[str]) -> str:
    """Return the same for an option of the command, whose dashes do not count."""
    return _hint(option.lstrip("-"), {name.lstrip("-"): name for name in known}, cutoff=0.6)


def did_you_mean_file(path: str, known: Iterable[str]) -> str:
    """Return the same for a file, compared by its name without folder and ending."""
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
    """Return a long text without its middle: what is wrong comes first, what to do last."""
    if len(text) <= _LONGEST_TEXT:
        return text
    return f"{text[: _LONGEST_TEXT // 2]} … {text[-_LONGEST_TEXT // 2 :]}"


def _printable(text: str) -> str:
    """Return `text` as one line, without the characters that control a terminal."""
    return "".join(
        sign if sign.isprintable() else " " if sign.isspace() else f"\\x{ord(sign):02x}"
        for sign in text
    )
