"""Errors injected into the system calls of a build, by `strace`."""

from __future__ import annotations

import ctypes
import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

from packages import version
from processes import eventually
from stress.home import Home, misspoken
from stress.kind import Kind, Trial, UnavailableError, chance

_ERRORS = {
    "write": ("ENOSPC", "EDQUOT", "EIO"),
    "openat": ("EMFILE", "ENFILE", "ENOMEM", "EIO"),
    "mkdir": ("ENOSPC", "EDQUOT", "EROFS"),
    "rename": ("EBUSY", "EXDEV", "ENOSPC", "EIO"),
    "renameat2": ("ENOSYS", "EINVAL", "EBUSY", "EIO"),
    "fsync": ("EIO", "ENOSPC", "EDQUOT"),
    "clone": ("EAGAIN", "ENOMEM"),
    "fork": ("EAGAIN", "ENOMEM"),
    "pipe2": ("EMFILE", "ENFILE"),
    "read": ("EIO",),
    "unlink": ("EBUSY", "EACCES", "EIO"),
    "unlinkat": ("EBUSY", "EACCES", "EIO"),
    "rmdir": ("EBUSY", "EACCES", "ENOTEMPTY"),
    "chmod": ("EPERM", "EOPNOTSUPP"),
    "flock": ("ENOLCK", "ENOSYS"),
    "newfstatat": ("EIO", "ENOMEM"),
    "getdents64": ("EIO", "ENOMEM"),
    "close": ("EIO", "EDQUOT"),
    "utimensat": ("EPERM", "EROFS"),
    "readlink": ("EIO",),
    "poll": ("EINTR", "ENOMEM"),
    "prctl": ("EINVAL",),
    "prlimit64": ("EPERM",),
}
"""What each call may be refused with, in a system that is full, busy or broken."""
_CLEARING = {"unlink", "unlinkat", "rmdir", "getdents64", "newfstatat", "openat", "close"}
"""Calls by which a failed build clears up; where they are refused, the next build does it."""
_FEW = 10
"""A call that a process makes no more often is refused each time, in each way."""
_CALL = re.compile(r"(\d+) +(\w+)\(")
_PR_SET_PTRACER = 0x59616D61


def _wait_for_tracer(ready: Path) -> None:
    """Let this process be watched, say so by a file, and wait until it is."""
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1))
    ready.touch()
    status = Path("/proc/self/status")
    for _ in range(2000):
        with suppress(OSError):
            if "TracerPid:\t0\n" not in status.read_text(encoding="ascii"):
                return
        time.sleep(0.005)


@contextmanager
def _watching(options: Sequence[str], log: Path, ready: Path) -> Iterator[Callable[[int], None]]:
    """Yield what attaches strace to a process, once it is ready, and to those that it starts."""
    watchers = []

    def attach(process: int) -> None:
        assert eventually(ready.exists)
        words = ["strace", "-f", "-q", "-o", str(log), *options, "-p", str(process)]
        watchers.append(subprocess.Popen(words, stderr=subprocess.DEVNULL))

    yield attach
    for watcher in watchers:
        watcher.wait(60)  # it ends with those that it watches


def _watched(home: Home, log: Path, *options: str) -> CompletedProcess[str]:
    """Build under strace; return what the command said."""
    ready = log.with_suffix(".ready")
    with _watching(options, log, ready) as watch:
        return home.run("build", first=partial(_wait_for_tracer, ready), meanwhile=watch)


def _calls(log: Path) -> list[tuple[str, int]]:
    """Return each call that may be refused, and how often one process makes it at most."""
    counts = Counter(
        (found[1], found[2])
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines()
        if (found := _CALL.match(line))
    )
    most: dict[str, int] = {}
    for (_, name), count in counts.items():
        most[name] = max(most.get(name, 0), count)
    return [(name, count) for name, count in sorted(most.items()) if name in _ERRORS]


def _points(calls: Sequence[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """Return every refusal of the calls that are few."""
    few = [(name, count) for name, count in calls if count <= _FEW]
    return [
        (name, error, when)
        for name, count in few
        for error in _ERRORS[name]
        for when in range(1, count + 1)
    ]


def _point(calls: Sequence[tuple[str, int]], number: int) -> tuple[str, str, int]:
    """Return the refusal of a try: first those of calls that are few, then any of the others."""
    every = _points(calls)
    if number < len(every):
        return every[number]
    random = chance("injections", number)
    name, count = random.choice([call for call in calls if call[1] > _FEW])
    return name, random.choice(_ERRORS[name]), random.randint(1, count)


@contextmanager
def _prepared(place: Path) -> Iterator[Trial]:
    if not shutil.which("strace"):
        text = "strace is not installed"
        raise UnavailableError(text)
    home = Home.made(place / "home")
    old = version(home.dist)
    copy, log = home.copy(place / "counted"), place / "log"
    every = ",".join(f"?{name}" for name in _ERRORS)
    assert _watched(copy, log, "-e", f"trace={every}").returncode == 0
    new, calls = version(copy.dist), _calls(log)

    def trial(number: int, folder: Path) -> Sequence[str]:
        name, error, when = _point(calls, number)
        here, log = home.copy(folder / "home"), folder / "log"
        inject = f"inject={name}:error={error}:when={when}"
        done = _watched(here, log, "-e", f"trace={name}", "-e", inject)
        hit = [line for line in log.read_text("utf-8", "replace").splitlines() if "INJ" in line]
        faults = [] if _is_mute(hit) else misspoken(done, {0, 1})
        if name not in _CLEARING:
            faults += here.left()
        faults += [*here.broken({old, new}), *here.mended(new)]
        return [f"{inject} ({hit[:1]}): {fault}" for fault in faults]

    yield trial


def _is_mute(hit: Sequence[str]) -> bool:
    """Return whether the words of the command could not be written."""
    return any(re.search(r" write\([12],", line) for line in hit)


KIND = Kind("injections", "system calls refused by strace", 200, 3, _prepared)
