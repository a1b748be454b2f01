"""Keeps the kiln: starts its process, passes messages to and fro, starts it anew if it dies.

The process has a session of its own, so that Ctrl-C on the terminal reaches the server alone,
which then ends the kiln with all that it has started.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TypeAlias

from workshop_builder.preview.messages import FromKiln, Look, ToKiln

Target: TypeAlias = Callable[[Path, Connection], None]
"""What runs in the kiln's process until its pipe closes."""

_PATIENCE = 0.7
"""Seconds that the kiln gets to end by itself."""

_PAUSES = (0.2, 1.0, 3.0, 10.0)
"""Seconds before it is started anew, for the first death and those that follow soon."""

_SOON = 20.0


@dataclass(frozen=True, slots=True)
class Restarted:
    """Heard in place of the kiln's own words: it died, and a new one is on its way."""


class Keeper:
    """One kiln after the other, and the thread that listens to them."""

    def __init__(
        self, source: Path, hear: Callable[[FromKiln | Restarted], None], target: Target
    ) -> None:
        """Keep a kiln for the folder `source`; `hear` is called in a thread of the keeper's."""
        self._source = source
        self._hear = hear
        self._target = target
        self._context = get_context("spawn")
        self._lock = threading.Lock()
        self._pipe: Connection | None = None
        self._look: Look | None = None
        self._woken, self._waker = self._context.Pipe(duplex=False)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._tend, name="kiln", daemon=True)

    def start(self) -> None:
        """Start the first kiln."""
        self._thread.start()

    def tell(self, message: ToKiln) -> None:
        """Send a message; one to a kiln that has just died is not missed by the next.

        A new kiln reads the folder by itself, and is told again what is looked at.
        """
        with self._lock:
            if isinstance(message, Look):
                self._look = message
            if self._pipe is not None:
                with suppress(OSError):
                    self._pipe.send(message)

    def close(self) -> None:
        """End the kiln and all that it has started; takes about a second at the most."""
        self._closing.set()
        self._waker.close()
        if self._thread.ident is not None:
            self._thread.join()

    def _tend(self) -> None:
        """Run one kiln after the other until the keeper closes."""
        deaths = 0
        while not self._closing.is_set():
            began = time.monotonic()
            self._run()
            if self._closing.is_set():
                return
            deaths = deaths + 1 if time.monotonic() - began < _SOON else 1
            self._hear(Restarted())
            self._closing.wait(_PAUSES[min(deaths, len(_PAUSES)) - 1])

    def _run(self) -> None:
        """Start a kiln, listen until it ends or is to end, and clear up after it."""
        process, pipe = self._spawn()
        try:
            self._listen(process, pipe)
        finally:
            with self._lock:
                self._pipe = None
                pipe.close()
            _end(process)

    def _spawn(self) -> tuple[SpawnProcess, Connection]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_run, args=(self._target, self._source, theirs))
        # Until it has a session of its own, the new process must not hear Ctrl-C either.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        with self._lock:
            self._pipe = ours
            if self._look:
                with suppress(OSError):
                    ours.send(self._look)
        return process, ours

    def _listen(self, process: SpawnProcess, pipe: Connection) -> None:
        """Hear messages until the kiln has died or the keeper closes."""
        while True:
            # The process is asked too: its workers may hold the pipe open after its death.
            ready = wait([pipe, process.sentinel, self._woken])
            if self._closing.is_set():
                return
            if pipe not in ready:
                return
            try:
                message = pipe.recv()
            except (EOFError, OSError):
                return
            self._hear(message)


def _run(target: Target, source: Path, pipe: Connection) -> None:
    """Run the kiln in a session of its own."""
    os.setsid()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    target(source, pipe)


def _end(process: SpawnProcess) -> None:
    """Wait a moment for the kiln, whose pipe is closed, then end what is left of its session."""
    process.join(_PATIENCE)
    if process.pid is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.is_alive():
        process.kill()
    process.join()
    process.close()
