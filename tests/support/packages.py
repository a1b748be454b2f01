"""Packages small enough to be put a thousand times, and a process to do it in."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop_builder.output import package
from workshop_builder.output.package import File, Origin

forks = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
"""For tests that fork: Python warns that the threads of pytest-xdist will not come along."""


def contents(version: str) -> dict[str, bytes]:
    """Return a small package; all its files tell its version."""
    files = [
        File("rest.epub", f"book {version}".encode(), {"product": "epub"}),
        File(
            "rest-teacher.pdf", f"guide {version}".encode(), {"product": "teacher"}, offered=False
        ),
    ]
    manifest = package.manifest({"title": "Rest"}, Origin(version, ("*/*/*",)), files)
    return {file.name: file.data for file in files} | {package.MANIFEST: manifest}


def version(folder: Path) -> str:
    """Return the version of a package that is whole; fails where it is not."""
    manifest = json.loads((folder / package.MANIFEST).read_bytes())
    for entry in manifest["files"]:
        data = (folder / entry["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        assert len(data) == entry["bytes"]
    return str(manifest["made_from"])


def apart(function: Callable[[], None]) -> int:
    """Run `function` in a forked process, and return that process's exit code."""
    process = multiprocessing.get_context("fork").Process(target=function)
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode
