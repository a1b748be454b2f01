"""A build that is killed: the old package or the new one stands, and nothing in between."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from packages import apart, contents, forks, version
from workshop_builder.output import package, replace_folder

pytestmark = forks


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the first version of a package into a folder with a name that is hard to glob.

    Nothing waits for the disk: a killed process, unlike a lost current, loses no write.
    """
    monkeypatch.setattr(os, "fsync", lambda _: None)
    folder = tmp_path / "home" / "down[l]oads"
    package.write(folder, contents("1"))
    return folder


class _Steps:
    """The steps of a replacement: its lines, and its calls of the system."""

    def __init__(self, at: Callable[[int], None]) -> None:
        self._at = at
        self._count = 0
        self._busy = False

    def watch(self) -> None:
        """Begin to count, and call `at` with the number of each step before it is done."""
        sys.addaudithook(self._asked)
        sys.settrace(self._traced)

    def _step(self) -> None:
        if self._busy:
            return
        self._busy = True
        self._count += 1
        self._at(self._count)
        self._busy = False

    def _asked(self, event: str, _: object) -> None:
        if event.startswith(("os.", "open")):
            self._step()

    def _traced(self, frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401
        if Path(frame.f_code.co_filename).name != "replace_folder.py":
            return None
        if event == "line":
            self._step()
        return self._traced


def replaced(place: Path, at: Callable[[int], None]) -> int:
    """Put the second version over the first in a process of its own; return its exit code."""

    def replace() -> None:
        _Steps(at).watch()
        package.write(place, contents("2"))

    return apart(replace)


def killed_at_each_change(place: Path) -> Iterator[None]:
    """Yield after each of many replacements, killed as soon as one more thing is on the disk.

    What a killed process leaves is what was on the disk, so these are all the moments there are.
    """
    steps = place.parent.with_name("steps")
    seen: list[object] = [_on_disk(place.parent)]

    def note(step: int) -> None:
        found = _on_disk(place.parent)
        if found != seen[-1]:
            seen.append(found)
            with steps.open("a", encoding="utf-8") as file:
                file.write(f"{step}\n")

    def kill(step: int, last: int) -> None:
        if step == last:
            os.kill(os.getpid(), signal.SIGKILL)

    assert replaced(place, note) == 0
    package.write(place, contents("1"))
    for last in map(int, steps.read_text(encoding="utf-8").split()):
        assert replaced(place, partial(kill, last=last)) == -signal.SIGKILL
        yield


def _on_disk(folder: Path) -> object:
    """Return all that is in a folder, whatever the random parts of its names."""
    names = {path: re.sub(r"(?<=\.new-)\w+", "", str(path)) for path in folder.rglob("*")}
    return {name: path.is_file() and path.read_bytes() for path, name in names.items()}


def test_a_kill_at_any_moment_leaves_a_whole_package(place: Path) -> None:
    """Wherever a build is killed, the old package or the new one is whole; the next clears up."""
    versions = []
    for _ in killed_at_each_change(place):
        versions.append(version(place))
        package.write(place, contents("1"))
        assert [path.name for path in place.parent.iterdir()] == [place.name]
    assert len(versions) > 10
    assert versions == sorted(versions)
    assert set(versions) == {"1", "2"}


def test_a_kill_between_two_renames_is_mended(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two folders cannot be swapped in one step, the next build brings back the old one."""
    monkeypatch.setattr(replace_folder, "_exchange", replace_folder._swap_by_renames)
    moved = place.with_name(f".{place.name}.old")
    for _ in killed_at_each_change(place):
        assert version(place if place.exists() else moved) in {"1", "2"}
        package.write(place, contents("1"))
        assert version(place) == "1"
        assert [path.name for path in place.parent.iterdir()] == [place.name]
