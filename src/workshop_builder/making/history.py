"""Why a file was made again: what has changed since it was last made for the same folder.

From what its files were made is kept of each folder, in the user's cache folder. It is only told:
what is made follows from the sources alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workshop_builder.model.products import SITE
from workshop_builder.model.workshop import Workshop
from workshop_builder.output.package import File
from workshop_builder.output.store import HISTORIES
from workshop_builder.source import fingerprint

HOME = f"{SITE}/index.html"
"""The file by which a website is told."""
_NAMED = 4
"""How many files are named; of more, their number is told."""


@dataclass(frozen=True, slots=True)
class Making:
    """How a file came about."""

    key: str
    """The digest of all that it follows from."""
    kept: bool
    """Whether it was made before, and only taken."""
    shows: frozenset[str] = frozenset()
    """The files of the source folder that are seen in it, where that is known."""


@dataclass(frozen=True, slots=True)
class _LastTime:
    """From what a file was made the last time."""

    key: str
    program: str
    shows: Sequence[str]
    """The files of the source folder that were seen in it."""
    sources: Mapping[str, str]
    """The digest of each file of the source folder."""


def digest(parts: Iterable[str]) -> str:
    """Return the digest of all that a file follows from."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_known(folder: Path) -> bool:
    """Return whether it is kept from what the files of a folder were made."""
    return bool(_read(folder))


def tell(
    folder: Path,
    workshop: Workshop,
    files: Sequence[File],
    makings: Mapping[str, Making],
    explain: Callable[[str, str], None] | None,
    *,
    noted: bool,
) -> None:
    """Call `explain` with each file of the package in `folder`, and in words how it came about.

    One that has no making and is not made from the others was left. Of a website all files are
    told as one. What is `noted` is known the next time.
    """
    known = _read(folder) if noted else {}
    now = {**makings, **dict(_joined(files))}
    told = {file.name: "left as it was" for file in files if not _is_of_site(file)}
    told |= {name: _reason(known.get(name), each, workshop.digests) for name, each in now.items()}
    if noted:
        _write(folder, known | {name: _noted(each, workshop) for name, each in now.items()})
    if explain:
        for name, words in told.items():
            explain(name, words)


def _joined(files: Sequence[File]) -> Iterator[tuple[str, Making]]:
    """Yield the bundle and the website, which are made from the other files each time."""
    of_site = [file for file in files if _is_of_site(file)]
    groups = [(HOME, of_site), *((f.name, [f]) for f in files if f.facts["product"] == "bundle")]
    for name, group in groups:
        if group:
            yield name, Making(digest(hashlib.sha256(f.data).hexdigest() for f in group), False)  # noqa: FBT003


def _is_of_site(file: File) -> bool:
    return file.name.startswith(f"{SITE}/")


def _noted(making: Making, workshop: Workshop) -> _LastTime:
    return _LastTime(making.key, fingerprint.program(), sorted(making.shows), workshop.digests)


def _reason(before: _LastTime | None, now: Making, sources: Mapping[str, str]) -> str:
    if now.kept:
        return "kept"
    if before is None:
        return "made"
    if before.key == now.key:
        return "as it was"
    if before.program != fingerprint.program():
        return "made again: the program changed"
    changed = {path for path, _ in before.sources.items() ^ sources.items()}
    told = changed & {*now.shows, *before.shows} or changed
    return f"made again: {_changes(before.sources, sources, told) or 'what is in it changed'}"


def _changes(before: Mapping[str, str], now: Mapping[str, str], paths: Collection[str]) -> str:
    """Return what became of these files of the source folder."""
    kinds = {
        "changed": [path for path in paths if path in before and path in now],
        "added": [path for path in paths if path not in before],
        "removed": [path for path in paths if path not in now],
    }
    return "; ".join(f"{_named(some)} {became}" for became, some in kinds.items() if some)


def _named(paths: Iterable[str]) -> str:
    *first, last = sorted(paths)
    if len(first) >= _NAMED:
        return f"{len(first) + 1} files"
    return f"{', '.join(first)} and {last}" if first else last


def _place(folder: Path) -> tuple[str, ...]:
    return "history", str(folder.resolve())


def _read(folder: Path) -> dict[str, _LastTime]:
    """Return from what each file was made the last time; nothing where that is not known."""
    found: dict[str, Any] = json.loads(HISTORIES.found(_place(folder)) or b"{}")
    return {name: _LastTime(**each) for name, each in found.items()}


def _write(folder: Path, known: Mapping[str, _LastTime]) -> None:
    noted = {name: asdict(each) for name, each in known.items()}
    HISTORIES.keep(_place(folder), json.dumps(noted).encode())
