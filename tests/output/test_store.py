"""What is kept in the user's cache folder: used again, never trusted, never too much."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workshop_builder.output.store import Store

STORE = Store("things", 4 * (64 + 100))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user an empty cache folder; return where things will be kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "workshop-builder" / "things"


def _kept(text: str) -> bytes:
    return STORE.kept((text,), text.encode)


def test_what_is_kept_is_used_again() -> None:
    """What is made once is not made again; under other parts it is another thing."""
    assert _kept("one") == b"one"
    assert STORE.kept(("one",), b"another".lower) == b"one"
    assert STORE.kept(("one", "more"), b"another".lower) == b"another"


@pytest.mark.parametrize("damage", [b"", b"<svg onload='evil()'/>", b"0" * 64 + b"<svg/>"])
def test_what_was_changed_on_the_disk_is_made_anew(folder: Path, damage: bytes) -> None:
    """What does not fit its own digest is never used, and is put right."""
    assert _kept("one") == b"one"
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    for changed in (damage, whole[:-1], whole[:50]):
        file.write_bytes(changed)
        assert _kept("one") == b"one"
        assert file.read_bytes() == whole


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_write_is_not_read(folder: Path, mode: int) -> None:
    """What somebody else could have put there is made anew."""
    assert _kept("one") == b"one"
    folder.chmod(mode)
    assert STORE.found(("one",)) is None
    folder.chmod(0o755)
    assert STORE.found(("one",)) == b"one"


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, things are made all the same."""
    (tmp_path / "workshop-builder").write_text("")
    assert _kept("one") == b"one"
    assert STORE.size == 0


def test_what_was_not_used_for_longest_goes(folder: Path) -> None:
    """There are never more bytes than a bound, and what was used last stays."""
    for number, name in enumerate("abcd"):
        _kept(name * 100)
        newest = max(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        os.utime(newest, (number, number))
    _kept("a" * 100)
    _kept("e" * 100)
    left = {file.read_bytes()[64:65] for file in folder.iterdir()}
    assert left == {b"a", b"d", b"e"}
    assert STORE.size == 3 * (64 + 100)
    STORE.clear()
    assert STORE.size == 0


def test_two_processes_keep_the_same_at_the_same_time(folder: Path) -> None:
    """Processes that write and read one thing have it whole each time, and leave nothing else."""
    code = (
        "import pathlib, sys\n"
        "from workshop_builder.output.store import Store\n"
        "for n in range(150):\n"
        "    data = bytes(str(n % 3), 'ascii') * 200_000\n"
        "    assert Store('things', 10**9).kept((str(n % 3),), lambda: data) == data\n"
        "    if n % 5 == 0:\n"
        "        for file in pathlib.Path(sys.argv[1]).glob('*'):\n"
        "            file.unlink(missing_ok=True)\n"
    )
    pair = [subprocess.Popen([sys.executable, "-c", code, str(folder)]) for _ in range(2)]
    assert [process.wait() for process in pair] == [0, 0]
    assert all(len(file.name) == 64 for file in folder.iterdir())
