"""The source folder that a command works on."""

from __future__ import annotations

from pathlib import Path


def find_source(given: Path | None) -> Path:
    """Return the folder that was named, else `.`, else `workshop/` where that holds one."""
    if given is not None:
        return given
    here = Path()
    beside = here / "workshop"
    return beside if not (here / "workshop.yaml").exists() and beside.is_dir() else here
