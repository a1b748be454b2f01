"""Whether a package still stands as it was made, told without reading a file.

What the system tells of all files is held against what it told when the package was checked: size,
place on the disk, and when each was changed. As in git, a file that changed just before it was
looked at is not trusted: it could change once more within the same tick of the disk's clock.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from workshop_builder.output.store import HISTORIES

_TICK = 50_000_000
"""Nanoseconds within which a disk may not tell two changes apart."""
_SECOND = 1_000_000_000
_PASSED_OVER = ("__pycache__", "node_modules")


@dataclass(frozen=True, slots=True)
class State:
    """What the system tells of files."""

    digest: str
    is_settled: bool
    """Whether a later change of any of them would be told."""


def state(places: Iterable[Path]) -> State:
    """Return the state of all files in some places: files, and folders with all in them."""
    began = time.time_ns()
    total, newest = sha256(), 0
    for place in places:
        for path, info in _told(str(place)):
            facts = info.st_size, info.st_ino, info.st_mode, info.st_mtime_ns, info.st_ctime_ns
            total.update(f"{path}\0{facts}\0".encode(errors="surrogateescape"))
            newest = max(newest, info.st_mtime_ns, info.st_ctime_ns)
    settled = newest < began - _TICK and newest % _SECOND != 0  # some disks count whole seconds
    return State(total.hexdigest(), settled)


def stands(output: Path, asked: Sequence[str], sources: State) -> bool:
    """Return whether a package is as it was when what is `asked` was made from such sources."""
    known = HISTORIES.found(_key(output, asked))
    return known is not None and known == _whole(sources, state([output])).encode()


def note(output: Path, asked: Sequence[str], sources: State) -> None:
    """Note that a package has what is `asked`, made from sources of this state."""
    package = state([output])
    if sources.is_settled and package.is_settled:
        HISTORIES.keep(_key(output, asked), _whole(sources, package).encode())


def _key(output: Path, asked: Sequence[str]) -> tuple[str, ...]:
    return "unchanged", str(output.resolve()), *asked


def _whole(sources: State, package: State) -> str:
    return f"{sources.digest} {package.digest}"


def _told(place: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield each file with what the system tells of it, in order of the paths."""
    try:
        with os.scandir(place) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:  # a file, or nothing that can be opened
        yield from _one(place)
        return
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            yield from _one(entry.path)
        elif entry.name not in _PASSED_OVER:
            yield from _told(entry.path)


def _one(path: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield a path with what the system tells of it, or of the link that leads to nothing."""
    for follow in (True, False):
        with suppress(OSError):
            yield path, os.stat(path, follow_symlinks=follow)  # noqa: PTH116  thousands of paths
            return
