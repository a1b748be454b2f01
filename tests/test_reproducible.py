"""The same sources give the same bytes: on any day, in any folder, on any machine's settings."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import small
from commands import command_from_scratch
from sample import BOOK, SOURCE, Sample

PRODUCTS = "{handout: {}, epub: {}, website: {}}"
ONE_WAY = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"}
OTHER_WAY = {
    "TZ": "America/St_Johns",
    "PYTHONHASHSEED": "2",
    "LC_ALL": "C",
    "SOURCE_DATE_EPOCH": "1",
    "XDG_CACHE_HOME": "/nowhere",
}


def build(
    source: Path, dist: Path, umask: int, ways: dict[str, str], *more: str
) -> dict[str, bytes]:
    """Build by a command in the folder of `source`; return the files of the package."""
    asked: tuple[str | Path, ...] = ("build", source.name, "-o", dist, *more)
    done = command_from_scratch(*asked, cwd=source.parent, umask=umask, **ways)
    assert (done.returncode, done.stderr) == (0, "")
    return {
        path.relative_to(dist).as_posix(): path.read_bytes()
        for path in dist.rglob("*")
        if path.is_file()
    }


def aged(source: Path, days: int) -> Path:
    """Let every file of a source look as if it was saved `days` ago."""
    for path in source.rglob("*"):
        then = path.stat().st_mtime - days * 86400
        os.utime(path, (then, then))
    return source


@pytest.mark.slow
def test_a_package_is_the_same_everywhere(tmp_path: Path) -> None:
    """Folder, age, time zone, umask, hash seed and language leave no mark on any file."""
    plain = small.write(tmp_path / "plain", PRODUCTS)
    odd = aged(small.write(tmp_path / "Rücken & mehr" / "my workshop", PRODUCTS), 500)
    with ThreadPoolExecutor() as both:
        one = both.submit(build, plain, tmp_path / "one", 0o022, ONE_WAY)
        other = both.submit(build, odd, tmp_path / "Für alle" / "other", 0o077, OTHER_WAY)
    whole = {"manifest.json", "rest-handout.pdf", "rest.epub", "rest.zip", "site/index.html"}
    assert set(one.result()) >= whole
    assert one.result() == other.result()


@pytest.mark.judge
def test_the_sample_is_the_same_everywhere(tmp_path: Path, sample: Sample) -> None:
    """The sample, built alone from a copy in an odd place, gives the bytes it gave before."""
    copy = tmp_path / "Rücken & mehr" / "my workshop"
    shutil.copytree(SOURCE, copy)
    only = ("--only", "take-home,teacher,epub")
    found = build(aged(copy, 500), tmp_path / "dist", 0o077, OTHER_WAY, *only)
    names = [name for name in found if name.endswith(".pdf")]
    assert len(names) == 2
    changed = [n for n in [*names, BOOK] if found[n] != (sample.folder / n).read_bytes()]
    assert changed == []
