"""Tries all kinds of stress, or those that are named, and prints a table: `python -m stress`."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stress.kind import Kind, UnavailableError
from stress.kinds import KINDS

_COLUMNS = "{:<14}{:>7}{:>7}{:>8}  {}"


@dataclass(frozen=True, slots=True)
class _Row:
    """What came of a kind."""

    kind: Kind
    tried: int
    faults: Sequence[str]
    """What has not held, each behind the number that repeats it."""
    failed: int
    """How many tries have not held."""
    seconds: float
    note: str = ""
    """Why it was not tried."""

    def __str__(self) -> str:
        """Return the row of the table, and below it what has not held."""
        held, clock = self.tried - self.failed, f"{self.seconds:.0f} s"
        what = self.note or self.kind.says
        row = _COLUMNS.format(self.kind.name, self.tried, held, clock, what)
        return "\n".join([row, *self.faults])


def _row(kind: Kind, numbers: Sequence[int]) -> _Row:
    began = time.monotonic()
    faults: list[str] = []
    failed = tried = 0
    with tempfile.TemporaryDirectory(prefix="stress-", ignore_cleanup_errors=True) as place:
        try:
            for number, found in kind.tried(numbers, Path(place)):
                tried += 1
                failed += bool(found)
                faults += [f"  {kind.name} {number}: {line}" for line in found]
        except UnavailableError as error:
            return _Row(kind, 0, (), 0, 0, f"not tried: {error}")
    return _Row(kind, tried, faults, failed, time.monotonic() - began)


def main(names: Sequence[str], numbers: Sequence[int]) -> int:
    """Try the kinds of these names, or all, and print the table; return an exit code."""
    unknown = set(names) - {kind.name for kind in KINDS}
    if unknown:
        print(f"there is no kind {', '.join(sorted(unknown))}; there are:", file=sys.stderr)
        print(*(kind.name for kind in KINDS), file=sys.stderr)
        return 2
    print(_COLUMNS.format("kind", "tried", "held", "", "what"), flush=True)
    rows = []
    for kind in KINDS:
        if not names or kind.name in names:
            rows.append(_row(kind, numbers or range(kind.full)))
            print(rows[-1], flush=True)
    return int(any(row.faults for row in rows))


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(
        main(
            [word for word in given if not word.isdecimal()],
            [int(word) for word in given if word.isdecimal()],
        )
    )
