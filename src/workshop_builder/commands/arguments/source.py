"""Which source folder a command works on."""

from __future__ import annotations

from pathlib import Path


def find_source(given: Path | None) -> Path:
    """Return the folder that was given, else `.`, or `workshop/` if only that holds a workshop."""
    if given is not None:
        return given
    here = Path()
    beside = here / "workshop"
    return beside if not (here / "workshop.yaml").exists() and beside.is_dir() else here
