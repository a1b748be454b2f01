"""Builds that are killed, or told to end, at any of their steps."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from packages import version
from processes import eventually, in_group
from stress.home import Home, misspoken
from stress.kill_points import CODES, SIGNALS, signal_at, steps_of
from stress.kind import Kind, Trial, chance

_LAST = 150
"""Steps at the end of a build in which it writes; half of the kills are there."""


@contextmanager
def _prepared(place: Path) -> Iterator[Trial]:
    home = Home.made(place / "home")
    old = version(home.dist)
    count = steps_of(home, ["build"])
    new = version(place / "counted" / "dist")

    def trial(number: int, folder: Path) -> Sequence[str]:
        random = chance("kills", number)
        step = random.randint(*random.choice([(1, count), (count - _LAST, count)]))
        what = random.choice(SIGNALS)
        here, group = home.copy(folder / "home"), folder / "group"
        done = here.run("build", first=partial(signal_at, step, what, group))
        faults = misspoken(done, {CODES[what], 0})
        process = int(group.read_text(encoding="ascii"))
        if not eventually(lambda: not in_group(process)):
            faults.append("a process is left")
        if what != signal.SIGKILL:
            faults += here.left()
        faults += [*here.broken({old, new}), *here.mended(new)]
        return [f"{what.name} at step {step} of {count}: {fault}" for fault in faults]

    yield trial


KIND = Kind("kills", "builds killed or told to end at any step", 200, 2, _prepared)
