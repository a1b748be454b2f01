"""What a chapter has to know of those before it, and what those behind it know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

CounterState: TypeAlias = tuple[int, tuple[tuple[str, tuple[int, ...]], ...], tuple[str, ...]]
"""The depth of quotes, the values of each counter by the depth of its scope, and the names of
those that began in `main`."""
Heads: TypeAlias = tuple[tuple[str, str], ...]
"""The name of each string that a style sets for running heads, and its last value."""
Break: TypeAlias = tuple[str, str | None]
"""The kind of break before a chapter, and the name of its pages if that changes."""


@dataclass(frozen=True, slots=True)
class RunPlace:
    """Where a chapter begins."""

    page: int = 0
    """How many pages are before it."""
    counters: CounterState | None = None
    """None at the beginning."""
    heads: Heads = ()
    begins: Break | None = None
    """None at the beginning."""


@dataclass(frozen=True, slots=True)
class RunExtent:
    """What a chapter takes, and leaves to the next."""

    pages: int
    anchors: tuple[tuple[str, int], ...]
    """The name of each, and its page, counted from 0 in the chapter."""
    began: CounterState
    """The counters before it, as it was laid out."""
    counters: CounterState
    """Those behind it."""
    heads: Heads
    """All that are set, from the first chapter on."""
    ends: Break
    """The break behind it."""
    refers: tuple[str, ...]
    """The anchors of which it prints the page, and the end of the document likewise."""

    def next_place(self, place: RunPlace) -> RunPlace:
        """Return where the next chapter begins, if this one begins at `place`."""
        counters = _moved(self.counters, self.began, place.counters or self.began)
        return RunPlace(place.page + self.pages, counters, self.heads, self.ends)


def _moved(counters: CounterState, began: CounterState, begins: CounterState) -> CounterState:
    """Return `counters` as they are if a chapter begins with others than it began with."""
    quotes, values, scopes = counters
    old, new = dict(began[1]), dict(begins[1])
    moved = tuple((name, _stack(stack, old.get(name), new.get(name))) for name, stack in values)
    return quotes + begins[0] - began[0], moved, scopes


def _stack(
    stack: tuple[int, ...], old: tuple[int, ...] | None, new: tuple[int, ...] | None
) -> tuple[int, ...]:
    """Return the values of a counter, moved by as much as those that it began with."""
    if old is None or new is None or not len(old) == len(new) == len(stack):
        return stack
    return tuple(value + b - a for value, a, b in zip(stack, old, new, strict=True))
