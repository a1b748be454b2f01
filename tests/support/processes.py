"""Looks at the processes of this machine, and waits for what they do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def children(parent: int) -> set[int]:
    """Return the processes that `parent` has started and that are still alive."""
    return {number for number, above, _ in _all() if above == parent}


def in_group(group: int) -> set[int]:
    """Return the living processes of a group."""
    return {number for number, _, own in _all() if own == group}


def _all() -> list[tuple[int, int, int]]:
    """Return number, parent and group of each process that is alive."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                line = (place / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:  # it has ended since
                continue
            # The name in brackets may hold blanks and brackets itself.
            state, parent, group = line.rpartition(")")[2].split()[:3]
            if state != "Z":
                found.append((int(place.name), int(parent), int(group)))
    return found


def eventually(holds: Callable[[], bool], seconds: float = 60) -> bool:
    """Wait until something holds; return whether it did in time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True
