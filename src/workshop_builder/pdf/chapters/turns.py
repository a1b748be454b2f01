"""Whose turn it is: processes that make the runs of a document side by side, in their order.

Where a run begins is known when the pages of the one before it are made. What is in their margins,
and their drawing, is more than half of the work, and is done while the next run is laid out.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

from workshop_builder.pdf.chapters.place import RunExtent, RunPlace
from workshop_builder.pdf.chapters.whole import TOTAL

_WAY = 0.002
"""Seconds in which a process wakes that waits."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The run that is next."""

    numbers: Mapping[str, int]
    """Those of the pages of anchors, with a guess for those that are not known."""
    guessed: Sequence[int] = ()
    """How many pages each run has by that guess, if there is such a guess."""
    run: int = 0
    place: RunPlace = field(default_factory=RunPlace)
    known: frozenset[str] = frozenset()
    """The anchors of which the numbers are known."""

    def after(self, extent: RunExtent) -> Turn:
        """Return the turn behind the run, which takes so much."""
        new = {name: self.place.page + page + 1 for name, page in extent.anchors}
        more = extent.pages - self.guessed[self.run] if self.guessed else 0
        known = self.known | new.keys()
        numbers = {
            name: number if name in self.known else new.get(name, number + more)
            for name, number in {**new, **self.numbers}.items()
        }
        place = extent.next_place(self.place)
        return Turn(numbers, self.guessed, self.run + 1, place, known)

    @property
    def found(self) -> dict[str, int]:
        """The numbers of the pages that are known, behind the last run."""
        return {name: self.numbers[name] for name in self.known} | {TOTAL: self.place.page}

    def is_told(self, extent: RunExtent) -> bool:
        """Return whether the run, which takes so much, prints the right numbers, or may do so."""
        after = self.after(extent)
        known = after.known if not self.guessed else after.numbers.keys()
        return all(
            name in known and after.numbers[name] == self.numbers[name] for name in extent.refers
        )


@dataclass(slots=True)
class Turns:
    """Hands the turn from process to process: a file without a name, which one of them has.

    It is empty while one has it, and stays so if that one ends, which frees its lock.
    """

    _file: IO[bytes] = field(default_factory=TemporaryFile)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def take(self) -> Turn | None:
        """Wait for the turn, and take it; None where it was given up."""
        file = self._file.fileno()
        fcntl.lockf(file, fcntl.LOCK_EX)
        data = os.pread(file, os.fstat(file).st_size, 0)
        os.ftruncate(file, 0)
        if not data:
            fcntl.lockf(file, fcntl.LOCK_UN)
            return None
        turn: Turn = pickle.loads(data)  # noqa: S301  no other process can open the file
        return turn

    def pass_on(self, turn: Turn) -> None:
        """Let the next process have the turn."""
        file = self._file.fileno()
        os.pwrite(file, pickle.dumps(turn, 5), 0)
        fcntl.lockf(file, fcntl.LOCK_UN)

    def give_way(self) -> None:
        """Let a process that waits for the turn have it, and not this one again."""
        time.sleep(_WAY)

    def give_up(self) -> None:
        """Let no process have the turn any more."""
        file = self._file.fileno()
        fcntl.lockf(file, fcntl.LOCK_EX)
        os.ftruncate(file, 0)
        fcntl.lockf(file, fcntl.LOCK_UN)
