"""The one thing that writes: files of the workshop's folder, whole, and over nothing unseen.

Only `workshop.yaml`, and files of a few folders, can be read and written, none of them through a
link. Whoever writes says which version of each file they have seen: if another is there, nothing
is written.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from workshop_builder.source.folder import SETTINGS_FILE, SUFFIXES
from workshop_builder.source.names import as_typed

FOLDERS = ("exercises", "figures", "pictures")
"""Whose files can be written."""
_DEEPEST = 4
_PUBLIC = 0o666


class ConflictError(Exception):
    """A file was to be written over a version that its writer has not seen; it has its path."""


class SourceFiles:
    """The files of a workshop's folder that the studio writes."""

    def __init__(self, source: Path) -> None:
        """Read and write below the folder `source`."""
        self._source = source

    def names(self, folder: str) -> list[str]:
        """Return the paths of the files of one of `FOLDERS`, in order."""
        home = self._source / folder
        found = []
        for place, below, names in os.walk(home):
            below[:] = [name for name in below if not name.startswith(".")]
            inner = Path(place).relative_to(self._source)
            found += [as_typed((inner / name).as_posix()) for name in names]
        return sorted(path for path in found if is_ours(path))

    def read(self, path: str) -> bytes | None:
        """Return a file; None where there is none. Raises OSError where it cannot be read."""
        try:
            with opened_folder(self._source, _folder(path)) as folder:
                return content(folder, path.rpartition("/")[2])
        except FileNotFoundError:
            return None

    def write(self, files: Mapping[str, bytes | None], seen: Mapping[str, str]) -> None:
        """Write files by their path, all or none; None takes one away.

        `seen` are the versions that are replaced, empty for a new file. Raises ConflictError where
        another is there, OSError where one cannot be written.
        """
        with locked(self._source):
            before = {path: self.read(path) for path in files}
            for path, data in before.items():
                if version(data) != seen.get(path, ""):
                    raise ConflictError(path)
            done: list[str] = []
            try:
                for path, new in files.items():
                    done.append(path)
                    self._put(path, new)
            except OSError:
                for path in done:
                    with suppress(OSError):
                        self._put(path, before[path])
                raise

    def _put(self, path: str, data: bytes | None) -> None:
        place, name = _folder(path), path.rpartition("/")[2]
        if place and data is not None:
            (self._source / place.split("/")[0]).mkdir(exist_ok=True)
        with opened_folder(self._source, place) as folder:
            if data is None:
                os.unlink(_as_written(folder, name), dir_fd=folder)
            else:
                replace(folder, name, data, _PUBLIC)


def is_ours(path: str) -> bool:
    """Return whether the studio may read and write a file of this path."""
    if path == SETTINGS_FILE:
        return True
    *places, name = path.split("/")
    if not places or places[0] not in FOLDERS or len(places) > _DEEPEST:
        return False
    odd = any(not part or part.startswith((".", "~")) for part in (*places, name))
    shown = path.isprintable() and "\\" not in path and len(name.encode("utf-8", "replace")) < 240
    return shown and not odd and name.lower().endswith(SUFFIXES[places[0]])


def version(data: bytes | None) -> str:
    """Return a short name for the contents of a file; empty where there is none."""
    return "" if data is None else hashlib.sha256(data).hexdigest()[:16]


def content(folder: int, name: str, most: int = -1) -> bytes:
    """Return what is in a file of an opened folder; raises OSError, also for what is a link."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    file = os.open(_as_written(folder, name), flags, dir_fd=folder)
    with os.fdopen(file, "rb") as opened:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise OSError(0, "is no plain file")
        return opened.read(most)


@contextmanager
def opened_folder(home: Path, place: str) -> Iterator[int]:
    """Yield a folder below `home`, opened, and by no link; raises OSError."""
    folder = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in place.split("/") if place else ():
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
            inner = os.open(_as_written(folder, part), flags, dir_fd=folder)
            os.close(folder)
            folder = inner
        yield folder
    finally:
        os.close(folder)


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Hold back whoever else writes in a folder meanwhile."""
    folder = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # a file system without locks is no reason to stop
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def replace(folder: int, name: str, data: bytes, mode: int) -> None:
    """Write a file into an opened folder, whole or not at all; a new one is made with `mode`."""
    name = _as_written(folder, name)
    draft = f".{name}.draft"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    try:
        file = os.open(draft, flags, mode, dir_fd=folder)
        with os.fdopen(file, "wb") as opened:
            with suppress(FileNotFoundError):
                os.fchmod(file, stat.S_IMODE(os.stat(name, dir_fd=folder).st_mode))
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(draft, dir_fd=folder)
        raise
    os.fsync(folder)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _as_written(folder: int, name: str) -> str:
    """Return a name as an opened folder has it, which may be another than keyboards type."""
    names = os.listdir(folder)
    return name if name in names else next((n for n in names if as_typed(n) == name), name)
