"""The steps of a command, at any of which a signal may come."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from stress.home import Home

SIGNALS = (signal.SIGKILL,) * 3 + (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
"""Those that are tried; a kill more often, since nothing can be done against it."""
CODES = {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}
"""The exit code after each."""


class Steps:
    """The steps at which Python asks the system for something, in the process that counts them."""

    def __init__(self) -> None:
        """Count from here on."""
        self.count = 0
        self._process = os.getpid()
        sys.addaudithook(self._asked)

    def _asked(self, event: str, _: object) -> None:
        if os.getpid() == self._process and event.startswith(("os.", "open", "shutil.", "subpr")):
            self.count += 1
            self.reached()

    def reached(self) -> None:
        """Do what is to be done at a step."""


class _Signalled(Steps):
    def __init__(self, step: int, number: signal.Signals) -> None:
        self._step, self._number = step, number
        super().__init__()

    def reached(self) -> None:
        if self.count == self._step:
            signal.raise_signal(self._number)


class _Noted(Steps):
    def __init__(self, place: Path) -> None:
        self._file = place.open("w", encoding="ascii", buffering=1)
        super().__init__()

    def reached(self) -> None:
        self._file.write(".")
        self._file.flush()


def signal_at(step: int, number: signal.Signals, group: Path) -> None:
    """Let a signal come to this process at a step; tell its group in a file."""
    os.setsid()
    group.write_text(str(os.getpid()), encoding="ascii")
    _Signalled(step, number)


def steps_of(home: Home, words: Sequence[str]) -> int:
    """Return how many steps a command has that goes well; nothing is left of it."""
    copy = home.copy(home.folder.with_name("counted"))
    noted = home.folder.with_name("steps")
    done = copy.run(*words, first=partial(_Noted, noted))
    assert done.returncode == 0, done
    return noted.stat().st_size
