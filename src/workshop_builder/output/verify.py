"""Whether a package that someone received is whole: every file held against its sum."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from workshop_builder.errors import Problem, SourceError
from workshop_builder.output.package import EVIDENCE, EVIDENCE_JSON, MANIFEST, SUMS

_PIECE = 1 << 20
"""Bytes that are read at a time."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A package that is whole."""

    files: int
    """How many files it has, without the one that lists them."""
    title: str | None
    """What workshop it is, where the package says so."""
    program: str | None
    """Which program made it, likewise."""
    judges: tuple[str, ...] = ()
    """Which judges have passed its files, with their versions; none where none was asked."""


def describe(place: Path) -> str:
    """Return a line about a package that is whole; raises SourceError where it is not."""
    package = verify(place)
    title = f"{package.title}, " if package.title else ""
    files = "1 file" if package.files == 1 else f"{package.files} files"
    made = f"made by {package.program}" if package.program else "it does not say what made it"
    judged = f"; judged by {', '.join(package.judges)}" if package.judges else ""
    return f"{place}: whole: {title}{files}; {made}{judged}"


def verify(place: Path) -> Verified:
    """Hold a package, a folder or a bundle, against the sums that it carries.

    Raises SourceError with each file that is missing, changed or not listed, or where the place
    is no package.
    """
    try:
        return _verify_folder(place) if place.is_dir() else _verify_zip(place)
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise _refused(str(place), f"cannot be read ({reason}); get the package again") from error


def _verify_folder(folder: Path) -> Verified:
    content = _manifest(folder)
    sums = {entry["file"]: entry["sha256"] for entry in content["files"]}
    there = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and path != folder / MANIFEST
    }
    found = {name: _sha256(path) for name, path in there.items() if name in sums}
    problems = [*_differences(sums, found), *_unlisted(set(there) - set(sums))]
    if problems:
        raise SourceError(problems)
    judges: dict[str, str | None] = {}
    for entry in content["files"]:
        judges |= entry.get("judges") or {}
    title, program = content["workshop"].get("title"), content.get("program")
    return Verified(len(sums), title, program, tuple(_versions(judges)))


def _manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a package; raises SourceError where there is none of ours."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        listed = [(entry["file"], entry["sha256"]) for entry in content["files"]]
        whole = isinstance(content["workshop"], dict) and all(_is_inside(n) for n, _ in listed)
    except FileNotFoundError as error:
        text = f"there is no {MANIFEST} here, so this is no package; name the folder that has it"
        raise _refused(str(folder), text) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        text = "is damaged, or not ours; get the package again"
        raise _refused(MANIFEST, text) from error
    if not whole:
        raise _refused(MANIFEST, "lists files outside the package; do not use it")
    return dict(content)


def _verify_zip(path: Path) -> Verified:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if SUMS not in names:
            text = f"there is no {SUMS} in it, so this is no bundle; name the .zip that was made"
            raise _refused(str(path), text)
        sums = _listed(archive.read(SUMS).decode("utf-8", "replace"))
        twice = {name for name in names if names.count(name) > 1}
        found = {name: _sha256_in(archive, name) for name in names if name in sums}
        program = archive.comment.decode("utf-8", "replace")
        evidence = _evidence(archive) if EVIDENCE_JSON in names else None
    problems = [Problem(name, 0, "is in it twice; get the package again") for name in sorted(twice)]
    problems += [*_differences(sums, found), *_unlisted(set(names) - set(sums) - {SUMS})]
    if evidence:
        proven = {entry["file"]: entry["sha256"] for entry in evidence["files"]}
        others = {name: sums[name] for name in sums if name.partition(".")[0] != EVIDENCE}
        problems += _unproven(proven, others)
    if problems:
        raise SourceError(problems)
    if not evidence:
        return Verified(len(sums), None, program or None)
    passed = {each["name"]: each["version"] for each in evidence["judges"]}
    return Verified(
        len(sums), evidence["workshop"]["title"], program or None, tuple(_versions(passed))
    )


def _evidence(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return what was checked in a bundle; raises SourceError where it cannot be read as ours."""
    try:
        content = json.loads(archive.read(EVIDENCE_JSON))
        entries = [(entry["file"], entry["sha256"]) for entry in content["files"]]
        entries += [(each["name"], each["version"]) for each in content["judges"]]
        content["workshop"]["title"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _refused(EVIDENCE_JSON, "is damaged, or not ours; get the package again") from error
    return dict(content)


def _unproven(proven: Mapping[str, str], sums: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each file of which the evidence says another sum, or nothing."""
    for name in sorted(proven.keys() | sums.keys()):
        if proven.get(name) != sums.get(name):
            text = f"is not the file that {EVIDENCE_JSON} speaks of; get the package again"
            yield Problem(name, 0, text)


def _versions(judges: Mapping[str, str | None]) -> Iterator[str]:
    yield from (f"{name} {version}" for name, version in judges.items() if version)


def _listed(text: str) -> dict[str, str]:
    """Return the sums in the form of `sha256sum`, by file name; raises SourceError for others."""
    sums = {}
    for number, line in enumerate(text.splitlines(), 1):
        total, blanks, name = line.partition("  ")
        if len(total) != 64 or not blanks or not _is_inside(name):
            text = "this line is no sum of a file in the package; get the package again"
            raise SourceError([Problem(SUMS, number, text)])
        sums[name] = total
    return sums


def _differences(sums: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Problem]:
    for name, total in sorted(sums.items()):
        if name not in found:
            yield Problem(name, 0, "is missing; get the package again")
        elif found[name] != total:
            yield Problem(name, 0, "is not as it was made; get the package again")


def _unlisted(names: set[str]) -> Iterator[Problem]:
    for name in sorted(names):
        yield Problem(name, 0, "is not part of the package; take it out, or do not trust it")


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts


def _sha256(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            total.update(piece)
    return total.hexdigest()


def _sha256_in(archive: zipfile.ZipFile, name: str) -> str:
    total = hashlib.sha256()
    with archive.open(name) as file:
        while piece := file.read(_PIECE):
            total.update(piece)
    return total.hexdigest()


def _refused(place: str, text: str) -> SourceError:
    return SourceError([Problem(place, 0, text)])
