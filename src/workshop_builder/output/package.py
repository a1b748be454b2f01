"""The package: the finished files in their folder, with the bundle and the manifest.

The folder is replaced as a whole and in one step, when everything is ready.
Until then, and if the build is killed at any moment, the old one stands.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from typing import Any

from workshop_builder.errors import BuildError, Problem

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
COUNTED = ("file", "bytes", "sha256", "offered")
"""The keys of an entry that come from the file itself; the others are its facts."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@dataclass(frozen=True, slots=True)
class File:
    """One finished file."""

    name: str
    """Its place in the package, with forward slashes."""
    data: bytes = field(repr=False)
    facts: Mapping[str, Any]
    """What the manifest says of it: product, edition, paper, language, pages, title."""
    offered: bool = True
    """Whether it goes into the bundle."""


def bundle(files: Sequence[File]) -> bytes:
    """Return a zip of the files that are offered, with their sums; the same bytes each time."""
    offered = sorted((file for file in files if file.offered), key=lambda file: file.name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in [(SUMS, sums(offered)), *((file.name, file.data) for file in offered)]:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, data)
    return packed.getvalue()


def sums(files: Sequence[File]) -> bytes:
    """Return the sums of `files` in the form that `sha256sum --check` reads."""
    return "".join(f"{_sha256(file.data)}  {file.name}\n" for file in files).encode()


@dataclass(frozen=True, slots=True)
class Origin:
    """What a package was made from, and what was asked for."""

    made_from: str
    """The stamp of the sources and of the program."""
    asked: tuple[str, ...]
    """The requests that the package answers, as `request_key` writes them."""


@dataclass(frozen=True, slots=True)
class UpToDate:
    """What stands whole in a folder and was made from the same sources."""

    entries: Mapping[str, Mapping[str, Any]]
    """The manifest's entries, by file."""
    asked: tuple[str, ...]
    """The requests that are answered in full."""


def request_key(only: Sequence[str], editions: Sequence[str], papers: Sequence[str]) -> str:
    """Return what was asked for, in one word."""
    return "/".join(",".join(sorted(names)) or "*" for names in (only, editions, papers))


def manifest(about: Mapping[str, Any], origin: Origin, files: Sequence[File]) -> bytes:
    """Return manifest.json: the workshop, what the package was made from, and every file."""
    entries = [_entry(file) for file in sorted(files, key=lambda file: file.name)]
    content = {
        "workshop": dict(about),
        "made_from": origin.made_from,
        "asked": sorted(set(origin.asked)),
        "files": entries,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _entry(file: File) -> dict[str, Any]:
    counted = (file.name, len(file.data), _sha256(file.data), file.offered)
    return dict(file.facts) | dict(zip(COUNTED, counted, strict=True))


def up_to_date(folder: Path, made_from: str) -> UpToDate:
    """Return what stands whole in `folder` and was made from the same."""
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

    Files of the user's own in the folder are kept. Raises BuildError where the folder is not a
    package, or cannot be written or replaced.
    """
    refuse_foreign(folder)
    try:
        place = folder.resolve() if folder.exists() else folder.absolute()
        place.parent.mkdir(parents=True, exist_ok=True)
        with _alone(place.parent):
            _sweep(place)
            _replace(place, files)
    except OSError as error:
        raise BuildError([Problem(str(folder), 0, _in_words(error))]) from error


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """Let one build at a time replace something in `parent`; the lock ends with the process."""
    lock = os.open(parent, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks is no reason to stop
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _replace(place: Path, files: Mapping[str, bytes]) -> None:
    new = Path(tempfile.mkdtemp(prefix=f".{place.name}.new-", dir=place.parent))
    try:
        new.chmod(0o777 & ~_umask())
        for name, data in files.items():
            _write(new / name, data)
        _keep_own(place, new, files)
        _exchange(new, place)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _keep_own(old: Path, new: Path, files: Mapping[str, bytes]) -> None:
    """Take along what the user put into the old package."""
    if not old.is_dir():
        return
    made = {entry["file"] for entry in _read_manifest(old).get("files", [])} | {MANIFEST, *files}
    for place, folders, names in os.walk(old):
        here = Path(place)
        inside = here.relative_to(old)
        links = [name for name in folders if (here / name).is_symlink()]
        empty = not folders and not names and inside != Path()
        if empty and not _holds(made, inside):
            (new / inside).mkdir(parents=True, exist_ok=True)
        for name in (*names, *links):
            if (inside / name).as_posix() not in made:
                (new / inside).mkdir(parents=True, exist_ok=True)
                shutil.copy2(here / name, new / inside / name, follow_symlinks=False)


def _holds(made: set[str], folder: Path) -> bool:
    """Return whether a folder is one that the package made for its files."""
    return any(Path(name).is_relative_to(folder) for name in made)


def _exchange(new: Path, place: Path) -> None:
    """Swap the two folders in one step, or by two renames where the system has no such step."""
    if not place.exists():
        new.rename(place)
        return
    try:
        swap = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        _swap_by_renames(new, place)
        return
    done = swap(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(place), _RENAME_EXCHANGE)
    if done == 0:
        return
    code = ctypes.get_errno()
    if code not in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        raise OSError(code, os.strerror(code), str(place))
    _swap_by_renames(new, place)


def _swap_by_renames(new: Path, place: Path) -> None:
    old = place.with_name(f".{place.name}.old")
    place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _sweep(place: Path) -> None:
    """Clear away what killed builds left, and bring back a package caught between two renames."""
    old = place.with_name(f".{place.name}.old")
    if old.is_dir() and not place.exists():
        old.rename(place)
    for left in [old, *place.parent.glob(f".{escape(place.name)}.new-*")]:
        shutil.rmtree(left, ignore_errors=True)


def refuse_foreign(folder: Path) -> None:
    """Raise BuildError for what no package may replace: a folder with other things, or a file."""
    try:
        text = _foreign(folder)
    except OSError as error:
        text = _in_words(error)
    if text:
        raise BuildError([Problem(str(folder), 0, text)])


def _foreign(folder: Path) -> str:
    if folder.exists() and not folder.is_dir():
        return "is a file; name a folder with -o"
    if folder.is_dir() and any(folder.iterdir()) and not _read_manifest(folder):
        return f"holds other files and no {MANIFEST} of ours; name a new folder with -o"
    return ""


def _read_manifest(folder: Path) -> dict[str, Any]:
    """Return what a manifest of ours says; nothing where it is none or was tampered with."""
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
    """Return whether an entry names a file of the folder, and how to know it again."""
    parts = {"file": str, "sha256": str, "product": str, "offered": bool}
    return _has(entry, parts) and _is_inside(entry["file"])


def _is_inside(name: str) -> bool:
    """Return whether a file's name leads to no place but one below the folder."""
    return all(part not in ("", ".", "..") and "\\" not in part for part in name.split("/"))


def _has(content: Mapping[str, Any], parts: Mapping[str, type]) -> bool:
    return all(isinstance(content.get(key), kind) for key, kind in parts.items())


def _in_words(error: OSError) -> str:
    reason = error.strerror or str(error)
    if error.errno == errno.ENOSPC:
        return "there is no room left on this disk; the package that was there is untouched"
    if error.errno in (errno.EBUSY, errno.EXDEV):
        return f"cannot be replaced as a whole ({reason}); name a folder inside it with -o"
    return f"cannot be written ({reason}); name another folder with -o"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sha256_of(path: Path) -> str:
    try:
        return _sha256(path.read_bytes())
    except OSError:
        return ""
