"""A build that is killed: the old package or the new one stands, and nothing in between."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import small
from commands import COMMAND, command
from packages import apart, contents, forks, version
from processes import eventually, in_group
from workshop_builder.output import package, replace_folder

pytestmark = forks


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the first version of a package into a folder with a name that is hard to glob.

    Nothing waits for the disk: a killed process, unlike a lost current, loses no write.
    """
    monkeypatch.setattr(os, "fsync", lambda _: None)
    folder = tmp_path / "down[l]oads"
    package.write(folder, contents("1"))
    return folder


class _Killer:
    """Kills its own process at a step of the replacement: a line of it, or a call of the system."""

    def __init__(self, step: int) -> None:
        self.left = step

    def watch(self) -> None:
        """Begin to count."""
        sys.addaudithook(self._asked)
        sys.settrace(self._traced)

    def _step(self) -> None:
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)

    def _asked(self, event: str, _: object) -> None:
        if event.startswith(("os.", "open")):
            self._step()

    def _traced(self, frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401
        if Path(frame.f_code.co_filename).name != "replace_folder.py":
            return None
        if event == "line":
            self._step()
        return self._traced


def killed_at_each_step(place: Path, stride: int = 1) -> Iterator[int]:
    """Put the second version over the first, killed at one step after the other; yield each."""
    for step in range(1, 2000, stride):

        def replace(step: int = step) -> None:
            _Killer(step).watch()
            package.write(place, contents("2"))

        code = apart(replace)
        yield step
        if code == 0:
            return
        assert code == -signal.SIGKILL
    pytest.fail("the replacement has no end")


def test_a_kill_at_any_moment_leaves_a_whole_package(place: Path) -> None:
    """Wherever the build is killed, the old package or the new one is there, and nothing between.

    The next build clears away what the killed one has left.
    """
    versions = []
    for _ in killed_at_each_step(place):
        versions.append(version(place))
        package.write(place, contents("1"))
        assert [path.name for path in place.parent.iterdir()] == [place.name]
    assert len(versions) > 50
    assert versions == sorted(versions)
    assert set(versions) == {"1", "2"}


def test_a_kill_between_two_renames_is_mended(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two folders cannot be swapped in one step, the next build brings back the old one."""
    monkeypatch.setattr(replace_folder, "_exchange", replace_folder._swap_by_renames)
    moved = place.with_name(f".{place.name}.old")
    for _ in killed_at_each_step(place, stride=3):
        assert version(place if place.exists() else moved) in {"1", "2"}
        package.write(place, contents("1"))
        assert version(place) == "1"
        assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_a_kill_during_the_build_leaves_the_old_package(tmp_path: Path) -> None:
    """A build killed at any of six moments leaves the old package whole, or the new one."""
    source = small.write(tmp_path / "source", "{epub: {}}")
    dist = tmp_path / "dist"
    assert command("build", source, "-o", dist).returncode == 0
    old = version(dist)
    shutil.copytree(dist, tmp_path / "kept")
    small.write(source, more={"exercises/rest.md": small.EXERCISE.replace("2 min", "3 min")})
    began = time.monotonic()
    assert command("build", source, "-o", dist).returncode == 0
    length = time.monotonic() - began
    new = version(dist)
    for moment in range(1, 7):
        if version(dist) == new:
            shutil.rmtree(dist)
            shutil.copytree(tmp_path / "kept", dist)
        build = subprocess.Popen(
            [*COMMAND, "build", source, "-o", dist],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(length * moment / 6)
        build.kill()
        build.wait()
        assert eventually(lambda group=build.pid: not in_group(group))  # type: ignore[misc]
        assert version(dist) in {old, new}
    assert command("build", source, "-o", dist).returncode == 0
    assert version(dist) == new
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "kept", "source"]
