"""Jobs side by side, each in a process of its own with limits of time and memory.

A job is a function that returns a value. What goes wrong in one ends as a line
that names the job: a fault it found, a crash of the engine, or an overrun.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from workshop_builder.errors import BuildError, Problem, WorkshopError

_MEBIBYTE = 1024 * 1024
_PR_SET_PDEATHSIG = 1
_TICK = 0.1
"""Seconds between two words to whoever watches."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use."""

    seconds: float = 300.0
    """Time on the clock."""
    mebibytes: int = 3072
    """Address space; a worker on the sample needs less than a tenth in fact."""


@dataclass(frozen=True, slots=True)
class Done:
    """A job that has ended."""

    name: str
    value: Any = field(repr=False)
    """What it returned; None where it failed."""
    problems: tuple[Problem, ...]
    """Why it failed."""


@dataclass(slots=True)
class _Running:
    name: str
    process: BaseProcess
    results: Connection
    until: float


@dataclass(slots=True)
class Workers:
    """Runs jobs, `count` at a time; a context, at whose end no process is left."""

    count: int
    limits: Limits = field(default_factory=Limits)
    watch: Callable[[Sequence[str]], None] | None = None
    """Called with the names of the jobs that run, the eldest first: whenever one starts or ends,
    and ten times a second between."""
    _running: list[_Running] = field(default_factory=list)
    _done: list[Done] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End whatever still runs."""
        for name in self.running:
            self.stop(name)

    @property
    def running(self) -> tuple[str, ...]:
        """The names of the jobs that run now, the eldest first."""
        return tuple(running.name for running in self._running)

    def start(self, name: str, function: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401
        """Start a job, as soon as fewer than `count` are running.

        The job sees what this process has loaded: it is forked, not started anew.
        """
        while len(self._running) >= self.count:
            self._collect()
        context = multiprocessing.get_context("fork")
        receiving, sending = context.Pipe(duplex=False)
        work = (sending, self.limits, os.getpid(), name, function, arguments)
        process = context.Process(target=_work, args=work, daemon=True)
        with _undisturbed():
            process.start()
            until = time.monotonic() + self.limits.seconds
            self._running.append(_Running(name, process, receiving, until))
        sending.close()
        self._tell()

    def stop(self, name: str) -> None:
        """End the job `name` where it is; nothing is heard of it."""
        for running in [running for running in self._running if running.name == name]:
            running.process.kill()
            self._finish(running)

    def results(self) -> dict[str, Any]:
        """Wait for all jobs so far; return their values by name.

        Raises BuildError with the problems of all that failed.
        """
        while self._running:
            self._collect()
        done, self._done = self._done, []
        problems = [problem for job in done for problem in job.problems]
        if problems:
            raise BuildError(problems)
        return {job.name: job.value for job in done}

    def next_done(self, other: Connection) -> list[Done]:
        """Wait until a job has ended or `other` has something to be read; return what has ended."""
        if not self._done:
            self._collect(other)
        done, self._done = self._done, []
        return done

    def _collect(self, *others: Connection) -> None:
        """Wait until a job is done or over its time, and take what it left."""
        ready = wait([*others, *(running.results for running in self._running)], self._patience)
        for running in list(self._running):
            if running.results in ready:
                self._take(running)
            elif time.monotonic() >= running.until:
                running.process.kill()
                self._finish(running)
                text = f"took over {self.limits.seconds:.0f} s and was stopped; make it simpler"
                self._done.append(Done(running.name, None, (Problem(running.name, 0, text),)))
        self._tell()

    @property
    def _patience(self) -> float | None:
        """Seconds until a job is over its time, or until whoever watches is to be told."""
        soonest = min((running.until for running in self._running), default=None)
        left = None if soonest is None else max(0.0, soonest - time.monotonic())
        return left if self.watch is None else min(_TICK, _TICK if left is None else left)

    def _tell(self) -> None:
        if self.watch:
            self.watch(self.running)

    def _take(self, running: _Running) -> None:
        try:
            value, problems = running.results.recv()
        except (EOFError, OSError):
            running.process.join()
            text = _last_words(running.process.exitcode)
            value, problems = None, [Problem(running.name, 0, text)]
        self._finish(running)
        self._done.append(Done(running.name, value, tuple(problems)))

    def _finish(self, running: _Running) -> None:
        running.process.join()
        running.results.close()
        self._running.remove(running)


class InlineWorkers(Workers):
    """Does each job at once and in this very process, which may itself be a job."""

    __slots__ = ()

    def start(self, name: str, function: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401
        """Do a job; what it raises is raised here."""
        self._done.append(Done(name, function(*arguments), ()))


def cores() -> int:
    """Return how many jobs run well side by side here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C waiting until a new process is known here, and deaf to it over there."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with(parent: int) -> None:
    """Let the system end this process when `parent` is gone, even if that is killed."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _work(
    results: Connection,
    limits: Limits,
    parent: int,
    name: str,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> None:
    """Do one job in its own process, and send (value, problems)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _end_with(parent)
    gc.disable()  # one job and out: collecting what the exit frees anyway costs a seventh
    most = limits.mebibytes * _MEBIBYTE
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: tuple[Any, list[Problem]] = (function(*arguments), [])
    except WorkshopError as error:
        answer = (None, list(error.problems))
    except MemoryError:
        text = f"needs more than {limits.mebibytes} MB of memory; use smaller pictures or less text"
        answer = (None, [Problem(name, 0, text)])
    except BaseException as error:  # noqa: BLE001  whatever an engine throws becomes one line
        answer = (None, [Problem(name, 0, in_one_line(error))])
    with suppress(BrokenPipeError):
        results.send(answer)
    results.close()


def in_one_line(error: BaseException) -> str:
    """Say what an engine threw, and where, in one line."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    said = " ".join(str(error).split())[:300]
    what = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return f"could not be made ({what}, at {place}); undo the last change, and tell us of this"


def _last_words(code: int | None) -> str:
    """Say how a process ended that left nothing."""
    if code is not None and code < 0:
        return (
            f"the engine crashed ({signal.Signals(-code).name}); "
            "take out the last picture or text that was added, and tell us of this"
        )
    return "the engine ended without a word; try again, and tell us of this if it stays so"
