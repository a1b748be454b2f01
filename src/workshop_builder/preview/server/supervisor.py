"""Keeps the build process running: starts it, passes messages, and starts it again if it dies.

The process has a session of its own, so that Ctrl-C on the terminal reaches the server alone,
which then ends the build process with all that it has started.
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

from workshop_builder.preview.messages import (
    FromBuilder,
    ProductViewed,
    SheetsWanted,
    ToBuilder,
)
from workshop_builder.workers import end_when_told

ProcessMain: TypeAlias = Callable[[Path, Connection], None]
"""What the build process runs for a source folder until its pipe is closed."""

_GRACE = 0.7
"""Seconds that the build process gets to end by itself."""

_RESTART_DELAYS = (0.2, 1.0, 3.0, 10.0)
"""Seconds before a new start, after the first death and after each that follows soon."""

_SOON = 20.0
"""Seconds; a process that lived for longer does not count as one that died soon again."""


@dataclass(frozen=True, slots=True)
class BuilderDied:
    """Given to the listener in place of a message: the build process died, and is restarted."""


class Supervisor:
    """One build process after another, and the thread that listens to them."""

    def __init__(
        self,
        source: Path,
        on_message: Callable[[FromBuilder | BuilderDied], None],
        process_main: ProcessMain,
    ) -> None:
        """Run `process_main` for the folder `source`; `on_message` is called in another thread."""
        self._source = source
        self._on_message = on_message
        self._process_main = process_main
        self._context = get_context("spawn")
        self._lock = threading.Lock()
        self._pipe: Connection | None = None
        self._standing: dict[type[ToBuilder], ToBuilder] = {}
        """The last message of each kind that a new process is told again."""
        self._woken, self._waker = self._context.Pipe(duplex=False)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)

    def start(self) -> None:
        """Start the first build process."""
        self._thread.start()

    def send(self, message: ToBuilder) -> None:
        """Send a message; it is lost on a process that has just died, and is not missed.

        The next one reads the folder by itself, and is told again what is viewed and wanted.
        """
        with self._lock:
            if isinstance(message, ProductViewed | SheetsWanted):
                self._standing[type(message)] = message
            if self._pipe is not None:
                with suppress(OSError):
                    self._pipe.send(message)

    def close(self) -> None:
        """End the build process and all that it has started, in about a second at most."""
        self._closing.set()
        self._waker.close()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        """Run one build process after another until the supervisor is closed."""
        deaths = 0
        while not self._closing.is_set():
            began = time.monotonic()
            self._run_once()
            if self._closing.is_set():
                return
            deaths = deaths + 1 if time.monotonic() - began < _SOON else 1
            self._on_message(BuilderDied())
            self._closing.wait(_RESTART_DELAYS[min(deaths, len(_RESTART_DELAYS)) - 1])

    def _run_once(self) -> None:
        """Start a build process, listen until it ends or is to end, and clear up after it."""
        process, pipe = self._spawn()
        try:
            self._listen(process, pipe)
        finally:
            with self._lock:
                self._pipe = None
                pipe.close()
            _terminate(process)

    def _spawn(self) -> tuple[SpawnProcess, Connection]:
        ours, theirs = self._context.Pipe()
        arguments = (self._process_main, self._source, theirs)
        process = self._context.Process(target=_run_in_session, args=arguments)
        # Until it has a session of its own, the new process must ignore Ctrl-C too.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        with self._lock:
            self._pipe = ours
            with suppress(OSError):
                for message in self._standing.values():
                    ours.send(message)
        return process, ours

    def _listen(self, process: SpawnProcess, pipe: Connection) -> None:
        """Pass messages on until the build process has died or the supervisor is closed."""
        while True:
            # The process is watched too: its workers may hold the pipe open after its death.
            ready = wait([pipe, process.sentinel, self._woken])
            if self._closing.is_set():
                return
            if pipe not in ready:
                return
            try:
                message = pipe.recv()
            except (EOFError, OSError):
                return
            self._on_message(message)


def _run_in_session(process_main: ProcessMain, source: Path, pipe: Connection) -> None:
    """Run the build process in a session of its own."""
    os.setsid()
    end_when_told()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    process_main(source, pipe)


def _terminate(process: SpawnProcess) -> None:
    """Wait a moment for a process whose pipe is closed, then end what is left of its session."""
    process.terminate()  # if it is reading the folder, it does not see that the pipe is closed
    process.join(_GRACE)
    if process.pid is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.is_alive():
        process.kill()
    process.join()
    process.close()
