"""Builds, and new workshops, on disks of twenty sizes, most of which are too small."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from packages import version
from stress.home import Home, misspoken
from stress.kind import Kind, Trial, UnavailableError

_PAGE = 4096
"""Bytes in which a disk in memory grows."""


@contextmanager
def _disk(folder: Path, pages: int) -> Iterator[None]:
    """Mount a disk of so many pages, in memory, on a folder."""
    folder.mkdir()
    options = f"size={pages * _PAGE},nr_inodes=1000"
    mount: list[str | Path] = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
    done = subprocess.run(mount, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise UnavailableError(done.stderr.strip())
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def _pages(folder: Path) -> int:
    """Return how many pages the files of a folder take on such a disk."""
    return sum(-(-path.stat().st_size // _PAGE) for path in folder.rglob("*") if path.is_file())


@contextmanager
def _prepared(place: Path) -> Iterator[Trial]:
    if os.getuid():
        text = "only root may mount a disk"
        raise UnavailableError(text)
    home = Home.made(place / "home")
    old = version(home.dist)
    copy = home.copy(place / "copy")
    assert copy.run("build").returncode == 0
    new, first, needed = version(copy.dist), _pages(home.folder), _pages(copy.dist)
    with _disk(place / "probe", first):
        pass

    def trial(number: int, folder: Path) -> Sequence[str]:
        room = 1 if number == 0 else needed * 2 * number // (KIND.full - 1)
        disk = folder / "disk"
        with _disk(disk, first + room):
            here = home.copy(disk)
            done = here.run("build")
            faults = [*misspoken(done, {0, 1}), *here.left(), *here.broken({old, new})]
            faults += _new_workshop(here)
            shutil.rmtree(here.dist)  # some room, for the next build
            if room > needed:
                faults += here.mended(new)
        return [f"{room} free pages of {_PAGE}: {fault}" for fault in faults]

    yield trial


def _new_workshop(home: Home) -> list[str]:
    """Start a workshop on what is left of the disk; return what has not held."""
    done = home.run("new", "mine")
    folder = home.folder / "mine"
    whole = folder.exists()
    faults = misspoken(done, {0} if whole else {1})
    shutil.rmtree(folder, ignore_errors=True)
    return [f"workshop new: {fault}" for fault in [*faults, *home.left()]]


KIND = Kind("disks", "builds and new workshops on disks that are full", 20, 2, _prepared)
