"""Jobs side by side, each in a process of its own with limits of time and memory.

A job is a function that returns a value. Whatever goes wrong in it becomes a problem that names
the job: a fault that it found, a crash of an engine, or an overrun of its limits.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from workshop_builder.errors import BuildError, Problem, WorkshopError, refused_by_system

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_MEBIBYTE = 1024 * 1024
_PR_SET_PDEATHSIG = 1
_ENDINGS = (signal.SIGTERM, signal.SIGHUP)
"""What the system sends when it is shut down, and when a terminal is closed."""
_TICK = 0.1
"""Seconds between two calls of `Workers.watch`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use."""

    seconds: float = 300.0
    """Of the clock."""
    mebibytes: int = 3072
    """Of address space; on the sample a worker needs less than a tenth of it."""


@dataclass(frozen=True, slots=True)
class JobResult:
    """A job that has ended."""

    name: str
    """As it was started."""
    value: Any = field(repr=False)
    """What it returned; None where it failed."""
    problems: tuple[Problem, ...]
    """Why it failed; empty where it did not."""


@dataclass(slots=True)
class _Running:
    """A job that runs."""

    name: str
    process: BaseProcess
    results: Connection
    """The end of the pipe at which its result arrives."""
    until: float
    """When its time is up, by the monotonic clock."""


@dataclass(slots=True)
class Workers:
    """Runs jobs, `count` at a time; as a context, it leaves no process behind at its end."""

    count: int
    """How many jobs may run at a time."""
    limits: Limits = field(default_factory=Limits)
    """Those of each job."""
    watch: Callable[[Sequence[str]], None] | None = None
    """Called with the names of the running jobs, the oldest first: whenever one starts or ends,
    and ten times a second in between."""
    _running: list[_Running] = field(default_factory=list)
    _done: list[JobResult] = field(default_factory=list)

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
        """The names of the running jobs, the oldest first."""
        return tuple(running.name for running in self._running)

    def start(self, name: str, function: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401
        """Start the job `name`, which calls `function`, once fewer than `count` are running.

        Its process is forked from this one, and so has all that this one has loaded. Raises
        BuildError where the system lets no process be started.
        """
        while len(self._running) >= self.count:
            self._collect()
        try:
            with signals_held():  # until the new process, which starts deaf to them, is known here
                self._running.append(self._fork(name, function, arguments))
        except OSError as error:
            text = refused_by_system(error) or f"cannot be started ({error.strerror}); try again"
            raise BuildError([Problem(name, 0, text)]) from error
        self._call_watch()

    def _fork(
        self, name: str, function: Callable[..., Any], arguments: tuple[Any, ...]
    ) -> _Running:
        """Return a job that has just been started."""
        import multiprocessing  # noqa: PLC0415  a fifth of the time of `workshop --help`

        context = multiprocessing.get_context("fork")
        receiving, sending = context.Pipe(duplex=False)
        work = (sending, self.limits, os.getpid(), name, function, arguments)
        process = context.Process(target=_work, args=work, daemon=True)
        process.start()
        sending.close()
        return _Running(name, process, receiving, time.monotonic() + self.limits.seconds)

    def stop(self, name: str) -> None:
        """Kill the job `name`; it gives no result."""
        for running in [running for running in self._running if running.name == name]:
            running.process.kill()
            self._finish(running)

    def results(self) -> dict[str, Any]:
        """Wait for all jobs, and return their values by name.

        Raises BuildError with the problems of all that failed.
        """
        while self._running:
            self._collect()
        done, self._done = self._done, []
        problems = [problem for job in done for problem in job.problems]
        if problems:
            raise BuildError(problems)
        return {job.name: job.value for job in done}

    def next_done(self, *others: Connection) -> list[JobResult]:
        """Wait until a job has ended or one of `others` can be read; return the new results."""
        if not self._done:
            self._collect(*others)
        done, self._done = self._done, []
        return done

    def _collect(self, *others: Connection) -> None:
        """Wait until a job ends or is over its time, or one of `others` can be read."""
        self._collect_ready(others)
        self._call_watch()  # last: a Ctrl-C while the loop's pipes are deleted would be lost

    def _collect_ready(self, others: Sequence[Connection]) -> None:
        from multiprocessing.connection import wait  # noqa: PLC0415  see `_fork`

        ready = wait([*others, *(running.results for running in self._running)], self._patience)
        for running in list(self._running):
            if running.results in ready:
                self._receive(running)
            elif time.monotonic() >= running.until:
                running.process.kill()
                self._finish(running)
                text = (
                    f"took more than {self.limits.seconds:.0f} s and was stopped; make it simpler"
                )
                self._done.append(JobResult(running.name, None, (Problem(running.name, 0, text),)))

    @property
    def _patience(self) -> float | None:
        """Seconds until a job is over its time or `watch` is to be called; None for no limit."""
        soonest = min((running.until for running in self._running), default=None)
        left = None if soonest is None else max(0.0, soonest - time.monotonic())
        return left if self.watch is None else min(_TICK, _TICK if left is None else left)

    def _call_watch(self) -> None:
        if self.watch:
            self.watch(self.running)

    def _receive(self, running: _Running) -> None:
        """Keep the result of a job that has ended."""
        try:
            value, problems = running.results.recv()
        except (EOFError, OSError):
            running.process.join()
            text = _exit_reason(running.process.exitcode)
            value, problems = None, [Problem(running.name, 0, text)]
        self._finish(running)
        self._done.append(JobResult(running.name, value, tuple(problems)))

    def _finish(self, running: _Running) -> None:
        running.process.join()
        with suppress(OSError):  # what was in it has been read
            running.results.close()
        self._running.remove(running)


class InlineWorkers(Workers):
    """Does each job at once and in this very process, which may be a job itself."""

    __slots__ = ()

    def start(self, name: str, function: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401
        """Do a job; raises what the job raises."""
        self._done.append(JobResult(name, function(*arguments), ()))


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def end_when_told() -> None:
    """Let this process clear up before it ends, when it is told to end or its terminal closes."""
    for number in _ENDINGS:
        if signal.getsignal(number) == signal.SIG_DFL:  # and not ignored, as under nohup
            signal.signal(number, lambda number, _: sys.exit(128 + number))


@contextmanager
def signals_held() -> Iterator[None]:
    """Hold back what ends a program until a step is done that must not be cut off."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *_ENDINGS})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent(parent: int | None = None) -> None:
    """Let the system kill this process when its parent ends, even if that is killed itself."""
    import ctypes  # noqa: PLC0415  each command imports this module, and few have workers

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def _work(
    results: Connection,
    limits: Limits,
    parent: int,
    name: str,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> None:
    """Do one job in its own process, and send its value and problems."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _ENDINGS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, *_ENDINGS})
    end_with_parent(parent)
    sys.modules["multiprocessing"].current_process()._config["daemon"] = False  # noqa: SLF001  for its own jobs
    gc.disable()  # the process ends with the job, and collecting costs a seventh of the time
    most = limits.mebibytes * _MEBIBYTE
    for what, limit in ((resource.RLIMIT_AS, most), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))
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
        results.send(answer)  # the system closes it with the process


def in_one_line(error: BaseException) -> str:
    """Return what an engine raised, and where, in one line with what to do."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    said = " ".join(str(error).split())[:300]
    what = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return f"could not be made ({what}, at {place}); undo the last change, and report this"


def _exit_reason(code: int | None) -> str:
    """Return how a process ended that sent no result, by its exit code, with what to do."""
    if code is not None and code < 0:
        return (
            f"the engine crashed ({signal.Signals(-code).name}); "
            "take out the last picture or text that was added, and report this"
        )
    return "the engine ended without a word; try again, and report this if it happens again"
