"""A kind of stress: how often it is tried, and what is done at each try."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Trial: TypeAlias = Callable[[int, Path], Sequence[str]]
"""Does the try of a number in an empty folder, and returns what has not held."""


class UnavailableError(Exception):
    """When this machine does not let a kind be tried; its text says why."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of stress; a try is repeated by its number."""

    name: str
    says: str
    """What is tried, in a few words."""
    full: int
    """How often `make stress` tries it."""
    few: int
    """How often `make test` does."""
    prepared: Callable[[Path], AbstractContextManager[Trial]]
    """Prepares in an empty folder what all tries share, such as a server."""

    @property
    def sample(self) -> list[int]:
        """The numbers that `make test` tries, spread over all."""
        return [number * self.full // self.few for number in range(self.few)]

    def tried(self, numbers: Sequence[int], place: Path) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield each number with what has not held; raises UnavailableError."""
        shared = place / "shared"
        shared.mkdir()
        with self.prepared(shared) as trial:
            for number in numbers:
                folder = place / str(number)
                folder.mkdir()
                try:
                    faults = trial(number, folder)
                except TimeoutError as error:
                    faults = [str(error)]
                yield number, faults


def chance(kind: str, number: int) -> random.Random:
    """Return the chance of a try, which is the same whenever it is repeated."""
    return random.Random(f"{kind} {number}")
