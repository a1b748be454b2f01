"""The programs that the judges call: where they are, and how they are run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

TOP = Path(__file__).parents[3]
"""The top of the working copy."""
TOOLS = TOP / ".tools"
"""Where `make test` puts what it fetches and compiles."""
PATIENCE = 600
"""Seconds after which a judge is taken for stuck."""


class JudgeError(Exception):
    """A judge could not do its work: its tool is missing, or broke down."""


def program(name: str, package: str) -> str:
    """Return the path of the program `name`, which the system's `package` holds."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        raise JudgeError(f"{name} is missing; type: sudo apt-get install {package}")
    return found


def present(path: Path, remedy: str) -> Path:
    """Return `path` if it is there; else say how it gets there."""
    if not path.exists():
        raise JudgeError(f"{path.name} is missing; {remedy}")
    return path


def node_package(name: str) -> Path:
    """Return the folder of an installed Node package."""
    return present(TOOLS / "node" / "node_modules" / name, "type: scripts/setup test")


def chromium() -> Path:
    """Return the Chromium that `make test` has fetched, or else that of the system."""
    fetched = sorted((TOOLS / "browsers").glob("chromium-*/chrome-linux*/chrome"))
    return fetched[-1] if fetched else Path(program("chromium", "chromium"))


def run(command: Sequence[str | Path], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `command` to its end and return what it said; the caller judges the exit code."""
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=PATIENCE,
        check=False,
    )


def run_well(command: Sequence[str | Path]) -> str:
    """Run a command that has to succeed, and return what it printed."""
    done = run(command)
    if done.returncode:
        raise JudgeError(f"{Path(command[0]).name} failed ({done.returncode}): {done.stderr}")
    return done.stdout
