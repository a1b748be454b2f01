"""The ready poses, from head to foot: what there is, and one of them as a file to change."""

from __future__ import annotations

from pathlib import Path

from workshop_builder import resources
from workshop_builder.errors import (
    BuildError,
    Problem,
    RequestError,
    did_you_mean,
    refused_by_system,
)

REGIONS = (
    "neck", "shoulder", "elbow", "wrist", "back", "hip", "knee", "ankle", "balance", "breathing",
)  # fmt: skip
"""What the poses are for, from head to foot: the word with which the first line of each begins."""


def poses() -> dict[str, Path]:
    """Return the files of the ready poses by name, in the order of the list."""
    files = resources.folder("figures/poses").glob("*.yaml")
    ordered = sorted(files, key=lambda file: (REGIONS.index(region(file)), file.stem))
    return {file.stem: file for file in ordered}


def region(file: Path) -> str:
    """Return what a pose is for, one of REGIONS."""
    return about(file).partition(":")[0]


def about(file: Path) -> str:
    """Return what a pose is, such as `neck: the chin glides back`: the note in its first line."""
    with file.open(encoding="utf-8") as text:
        return text.readline().removeprefix("#").strip()


def lines() -> list[str]:
    """Return a line for each ready pose: its name, and what it is."""
    found = poses()
    width = max(map(len, found), default=0)
    return [f"{name:{width}}  {about(file)}" for name, file in found.items()]


def write(name: str, file: Path) -> None:
    """Write the ready pose `name` to `file`.

    Raises RequestError where there is no such pose, BuildError where the file cannot be written
    or is there already.
    """
    found = poses()
    if name not in found:
        remedy = did_you_mean(name, found) or "; 'workshop figure --list' shows all"
        raise RequestError([Problem("pose", 0, f"there is no pose '{name}'{remedy}")])
    if fault := _name_fault(name, file):
        raise BuildError([Problem(str(file), 0, fault)])
    try:
        if not file.parent.exists():
            file.parent.mkdir(parents=True)
        _write_new(file, found[name].read_bytes())
    except OSError as error:
        reason = refused_by_system(error)
        text = reason or f"cannot be written ({error.strerror}); name another file"
        raise BuildError([Problem(str(file), 0, text)]) from error


def _name_fault(name: str, file: Path) -> str:
    """Return what is wrong with the name of a file that is to be new; empty if nothing is."""
    if file.is_dir():
        return f"is a folder; name a file in it, such as {file / name}.yaml"
    if file.suffix != ".yaml":
        return f"is no name of a figure; write {file.with_suffix('.yaml')}"
    if file.exists():
        return "is there already; name another file, so that nothing is lost"
    return ""


def _write_new(file: Path, data: bytes) -> None:
    """Write a file that must not be there yet, whole or not at all; raises OSError."""
    with file.open("xb") as target:
        try:
            target.write(data)
            target.flush()
        except OSError:
            file.unlink(missing_ok=True)
            raise
