"""The package: the finished files in their folder, with the bundle and the manifest."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workshop_builder import resources
from workshop_builder.errors import OutputError, Problem
from workshop_builder.output.archive import ArchiveEntry, zipped
from workshop_builder.output.replace_folder import replace_folder

MANIFEST = "manifest.json"
"""The file that lists all others, and makes a folder a package."""
SUMS = "SHA256SUMS"
"""The file of the bundle that lists the sums of all others."""
EVIDENCE = "EVIDENCE"
"""The name, without its ending, of the files of the bundle that say what was checked."""
EVIDENCE_JSON = f"{EVIDENCE}.json"
"""The one of them for programs."""
COUNTED = ("file", "bytes", "sha256", "offered")
"""The keys of a manifest's entry that come from the file itself; the others are its facts."""


_JUDGED = "/judged by "


@dataclass(frozen=True, slots=True)
class File:
    """A finished file."""

    name: str
    """Its path in the package, with forward slashes."""
    data: bytes = field(repr=False)
    facts: Mapping[str, Any]
    """What the manifest says of it: product, edition, paper, language, pages, title."""
    offered: bool = True
    """Whether it goes into the bundle."""


def bundle(files: Sequence[File]) -> bytes:
    """Return a zip of the files that are offered, with their sums."""
    offered = sorted((file for file in files if file.offered), key=lambda file: file.name)
    entries = [(SUMS, sums(offered)), *((file.name, file.data) for file in offered)]
    return zipped((ArchiveEntry(name, data) for name, data in entries), program())


def program() -> str:
    """Return what makes packages, as they carry it: the program and its version."""
    return f"Workshop Builder {resources.version()}"


def sums(files: Sequence[File]) -> bytes:
    """Return the sums of `files` in the form that `sha256sum --check` reads."""
    return "".join(f"{_sha256(file.data)}  {file.name}\n" for file in files).encode()


@dataclass(frozen=True, slots=True)
class Origin:
    """What a package was made from, and which requests it answers."""

    made_from: str
    """The fingerprint of the sources and of the program."""
    asked: tuple[str, ...]
    """The requests, as `request_key` writes them."""


@dataclass(frozen=True, slots=True)
class UpToDate:
    """What in a folder is intact and was made from the same sources."""

    entries: Mapping[str, Mapping[str, Any]]
    """The entries of the manifest, by file name."""
    asked: tuple[str, ...]
    """The requests that are answered in full; none where a file is missing or was changed."""


def request_key(only: Sequence[str], editions: Sequence[str], papers: Sequence[str]) -> str:
    """Return what was asked for in one word; the order of names does not matter."""
    return "/".join(",".join(sorted(names)) or "*" for names in (only, editions, papers))


def judged_key(key: str, judges: Sequence[str]) -> str:
    """Return the key of a request whose files are also judged, by those judges at hand."""
    return f"{key}{_JUDGED}{','.join(judges)}"


def answered(keys: Iterable[str], judges: Sequence[str] | None) -> tuple[str, ...]:
    """Return the keys of all requests that a package answers which answers those of `keys`.

    All its files were judged by `judges`, or by nobody where that is None.
    """
    plain = {key.partition(_JUDGED)[0] for key in keys}
    judged = set() if judges is None else {judged_key(key, judges) for key in plain}
    return tuple(sorted(plain | judged))


def manifest(about: Mapping[str, Any], origin: Origin, files: Sequence[File]) -> bytes:
    """Return manifest.json: the workshop, what the package was made from, and every file."""
    entries = [entry(file) for file in sorted(files, key=lambda file: file.name)]
    content = {
        "workshop": dict(about),
        "program": program(),
        "made_from": origin.made_from,
        "asked": sorted(set(origin.asked)),
        "files": entries,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def entry(file: File) -> dict[str, Any]:
    """Return what the manifest says of a file."""
    counted = (file.name, len(file.data), _sha256(file.data), file.offered)
    return dict(file.facts) | dict(zip(COUNTED, counted, strict=True))


def up_to_date(folder: Path, made_from: str) -> UpToDate:
    """Return what in `folder` is intact and was `made_from` the same; nothing if that is empty."""
    content = _read_manifest(folder)
    if not made_from or content.get("made_from") != made_from:
        return UpToDate({}, ())
    entries = {
        entry["file"]: entry
        for entry in content["files"]
        if _sha256_of(folder / entry["file"]) == entry["sha256"]
    }
    whole = len(entries) == len(content["files"])
    return UpToDate(entries, tuple(content["asked"]) if whole else ())


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Let `folder` hold `files` in place of the package that was there, in one step.

    Files of the user's own in the folder are kept. Raises OutputError where the folder is not a
    package, or cannot be written or replaced.
    """
    refuse_foreign(folder)
    try:
        replace_folder(folder, files.items(), _files_of_package)
    except OSError as error:
        raise OutputError([Problem(str(folder), 0, _in_words(error))]) from error


def _files_of_package(folder: Path) -> set[str]:
    """Return the names of the files that make up the package in `folder`."""
    return {entry["file"] for entry in _read_manifest(folder).get("files", [])} | {MANIFEST}


def refuse_foreign(folder: Path) -> None:
    """Raise OutputError for what no package may replace: a folder with other things, or a file."""
    try:
        text = _foreign(folder)
    except OSError as error:
        text = _in_words(error)
    if text:
        raise OutputError([Problem(str(folder), 0, text)])


def _foreign(folder: Path) -> str:
    """Return what is wrong with a folder that is no package; empty where nothing is."""
    if folder.exists() and not folder.is_dir():
        return "is a file; name a folder"
    if folder.is_dir() and any(folder.iterdir()) and not _read_manifest(folder):
        return f"holds other files and no {MANIFEST} of ours; name a new folder"
    return ""


def _read_manifest(folder: Path) -> dict[str, Any]:
    """Return the content of a package's manifest; empty where it is broken or not one of ours."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    parts = {"made_from": str, "asked": list, "files": list}
    if not isinstance(content, dict) or not _has(content, parts):
        return {}
    whole = all(isinstance(entry, dict) and _is_entry(entry) for entry in content["files"])
    return content if whole and all(isinstance(key, str) for key in content["asked"]) else {}


def _is_entry(entry: Mapping[str, Any]) -> bool:
    """Return whether an entry names a file inside the folder and has all the keys that are used."""
    parts = {"file": str, "sha256": str, "product": str, "offered": bool}
    return _has(entry, parts) and _is_inside(entry["file"])


def _is_inside(name: str) -> bool:
    """Return whether a file's name leads to a place below the folder and nowhere else."""
    return all(part not in ("", ".", "..") and "\\" not in part for part in name.split("/"))


def _has(content: Mapping[str, Any], parts: Mapping[str, type]) -> bool:
    return all(isinstance(content.get(key), kind) for key, kind in parts.items())


def _in_words(error: OSError) -> str:
    """Return why a folder could not be replaced, and what to do."""
    reason = error.strerror or str(error)
    if error.errno == errno.ENOSPC:
        return "there is no space left on this disk; free some, or name a folder on another"
    if error.errno in (errno.EBUSY, errno.EXDEV):
        return f"cannot be replaced as a whole ({reason}); name a folder inside it"
    return f"cannot be written ({reason}); name another folder"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sha256_of(path: Path) -> str:
    try:
        return _sha256(path.read_bytes())
    except OSError:
        return ""
