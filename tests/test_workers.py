"""Jobs in processes of their own: what goes wrong in one ends in one line, and none is left."""

from __future__ import annotations

import faulthandler
import os
import re
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from packages import apart, forks
from processes import children, eventually
from workshop_builder.errors import BuildError, Problem
from workshop_builder.workers import Limits, Workers

pytestmark = forks


def run(*jobs: Callable[[], object], seconds: float = 60, mebibytes: int = 4096) -> list[str]:
    """Run jobs named 0, 1, … side by side; return the lines of what went wrong."""
    with Workers(2, Limits(seconds, mebibytes)) as workers:
        for number, job in enumerate(jobs):
            workers.start(str(number), job)
        try:
            workers.results()
        except BuildError as error:
            return [str(problem) for problem in error.problems]
    return []


def fine() -> bytes:
    """Return more than a pipe holds."""
    return b"x" * 1_000_000


def test_values_come_back_by_name() -> None:
    """Each job's value comes back under its name."""
    with Workers(2) as workers:
        for number in range(5):
            workers.start(f"job {number}", pow, number, 2)
        values = workers.results()
    assert values == {f"job {number}": number**2 for number in range(5)}


def test_who_watches_is_told_what_runs() -> None:
    """Whoever watches is told of each job when it starts and ends, and now and then between."""
    told: list[tuple[str, ...]] = []
    with Workers(1, watch=lambda running: told.append(tuple(running))) as workers:
        workers.start("nap", time.sleep, 0.5)
        workers.start("sum", pow, 2, 2)
        workers.results()
    assert told.count(("nap",)) >= 4
    assert list(dict.fromkeys(told)) == [("nap",), (), ("sum",)]
    assert told[-1] == ()


def test_no_more_run_than_there_is_room_for(tmp_path: Path) -> None:
    """Of six jobs two run at a time, and never three."""

    def job(name: str) -> int:
        (tmp_path / name).touch()
        most = 1
        for _ in range(60):
            most = max(most, len(list(tmp_path.iterdir())))
            if most > 1:
                break
            time.sleep(0.02)
        time.sleep(0.05)
        most = max(most, len(list(tmp_path.iterdir())))
        (tmp_path / name).unlink()
        return most

    with Workers(2) as workers:
        for number in range(6):
            workers.start(str(number), job, str(number))
        found = list(workers.results().values())
    assert max(found) == 2


def test_an_overrun_is_stopped() -> None:
    """A job that takes too long is ended with one line, and the others are not."""
    (line,) = run(fine, lambda: time.sleep(60), fine, seconds=1)
    assert re.fullmatch(r"1: took more than 1 s and was stopped; .+", line)


def test_hunger_is_stopped() -> None:
    """A job that takes too much memory is ended with one line."""
    assert run(fine, lambda: bytearray(8 << 30)) == [
        "1: needs more than 4096 MB of memory; use smaller pictures or less text"
    ]


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_a_crash_is_one_line(number: signal.Signals) -> None:
    """A crash of the engine is told with the signal's name, and leaves no core file."""

    def crash() -> None:
        faulthandler.disable()  # pytest's own, which would print a traceback
        if resource.getrlimit(resource.RLIMIT_CORE) == (0, 0):
            os.kill(os.getpid(), number)

    remedy = "take out the last picture or text that was added, and report this"
    assert run(crash) == [f"0: the engine crashed ({number.name}); {remedy}"]


def test_a_job_that_just_leaves_is_one_line() -> None:
    """A process that ends without a word is told as such."""
    assert run(lambda: os._exit(0)) == [
        "0: the engine ended without a word; try again, and report this if it happens again"
    ]


def test_an_exception_is_one_line() -> None:
    """What an engine throws is told in one line with its place, and with no traceback."""

    def fail() -> None:
        raise LookupError("no\n  such\tbox")

    (line,) = run(fail)
    assert line.startswith("0: could not be made (LookupError: no such box, at test_workers.py:")
    assert line.endswith("); undo the last change, and report this")


def test_endless_recursion_is_one_line() -> None:
    """A recursion without an end is told like any other fault of an engine."""

    def deep(level: int = 0) -> int:
        return deep(level + 1)

    (line,) = run(deep)
    assert line.startswith("0: could not be made (RecursionError: ")


def test_the_problems_of_all_jobs_are_told_at_once() -> None:
    """Jobs that find faults do not hide each other's."""

    def find(path: str) -> Callable[[], None]:
        def job() -> None:
            raise BuildError([Problem(path, 3, "is wrong; mend it")])

        return job

    lines = run(find("b.md"), fine, find("a.md"), lambda: os._exit(0))
    assert lines[1:] == ["a.md:3: is wrong; mend it", "b.md:3: is wrong; mend it"]
    assert lines[0].startswith("3: the engine ended without a word")


def test_no_process_is_left_behind() -> None:
    """What still runs at the end of the context is ended, however the context ends."""
    before = children(os.getpid())

    def interrupted() -> None:
        with Workers(2) as workers:
            workers.start("long", time.sleep, 60)
            assert children(os.getpid()) > before
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert children(os.getpid()) == before


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """When the process that started them is killed, no worker goes on."""
    mark = tmp_path / "worker"

    def work() -> None:
        (tmp_path / "new").write_text(str(os.getpid()))
        (tmp_path / "new").rename(mark)
        time.sleep(60)

    parent = os.fork()
    if parent == 0:
        with Workers(1) as workers:
            workers.start("long", work)
            workers.results()
        os._exit(0)
    assert eventually(mark.exists)
    worker = int(mark.read_text())
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    assert eventually(lambda: not Path("/proc", str(worker)).exists())


def test_a_process_that_may_not_be_started_is_one_line() -> None:
    """Where the system lets no pipe be opened, that is told of the job, in words."""

    def attempt() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
        with Workers(2) as workers, pytest.raises(BuildError, match="1: the system lets nothing"):
            workers.start("1", fine)

    assert apart(attempt) == 0
