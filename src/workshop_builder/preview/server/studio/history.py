"""What the studio has written in this session, so that it can be taken back and done again."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

_MOST = 100
"""Steps that can be taken back."""


@dataclass(frozen=True, slots=True)
class Step:
    """Files that were written at once."""

    before: Mapping[str, bytes | None] = field(repr=False)
    """By path; None where there was none."""
    after: Mapping[str, bytes | None] = field(repr=False)

    @property
    def path(self) -> str:
        """The file by which the step is known."""
        return next(iter(self.after))

    @property
    def undoing(self) -> Step:
        """The step that takes it back."""
        return Step(self.after, self.before)


@dataclass(slots=True)
class History:
    """The steps of a session."""

    done: deque[Step] = field(default_factory=lambda: deque(maxlen=_MOST))
    undone: list[Step] = field(default_factory=list)

    def add(self, step: Step) -> None:
        """Take in a step that has been done; those that were taken back are gone."""
        self.done.append(step)
        self.undone.clear()

    def next(self, *, redo: bool) -> Step | None:
        """Return the step that takes back the last one, or does again the one taken back last."""
        if redo:
            return self.undone[-1] if self.undone else None
        return self.done[-1].undoing if self.done else None

    def moved(self, *, redo: bool) -> None:
        """Note that the step of `next` has been done."""
        if redo:
            self.done.append(self.undone.pop())
        else:
            self.undone.append(self.done.pop())
