"""The same sources give the same bytes: on any day, in any folder, on any machine's settings."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from commands import command_from_scratch
from sample import BOOK, SOURCE, Sample

OTHER_WAY = {
    "TZ": "America/St_Johns",
    "PYTHONHASHSEED": "2",
    "LC_ALL": "C",
    "SOURCE_DATE_EPOCH": "1",
}


@pytest.mark.judge
def test_the_sample_is_the_same_everywhere(tmp_path: Path, sample: Sample) -> None:
    """The sample, built alone from a copy in an odd place, gives the bytes it gave before."""
    copy = tmp_path / "Rücken & mehr" / "my workshop"
    shutil.copytree(SOURCE, copy)
    for path in copy.rglob("*"):
        os.utime(path, (10**9, 10**9))
    only = ("--only", "take-home,teacher,epub")
    dist = tmp_path / "dist"
    words: tuple[str | Path, ...] = ("build", copy.name, "-o", dist, *only)
    done = command_from_scratch(*words, cwd=copy.parent, umask=0o077, **OTHER_WAY)
    assert (done.returncode, done.stderr) == (0, "")
    names = [path.name for path in dist.glob("*.pdf")]
    assert len(names) == 2
    together = [(dist / name, sample.folder / name) for name in [*names, BOOK]]
    changed = [found.name for found, kept in together if found.read_bytes() != kept.read_bytes()]
    assert changed == []
