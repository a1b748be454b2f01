"""Publishing to a folder of this machine, such as the one that a web server serves."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from workshop_builder.publishing.built_site import BuiltSite
from workshop_builder.publishing.plan import (
    LIST,
    Published,
    TargetEntry,
    folders_of,
    temporary_name,
    walk,
)
from workshop_builder.source.publish_target import PublishTarget

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def destination(
    target: PublishTarget, site: BuiltSite, *, forbidden: Mapping[str, Path]
) -> Iterator[FolderDestination]:
    """Yield the folder, which one run at a time can read and write.

    Raises PublishError where it cannot be used. It must not be, hold or lie in any of the
    folders `forbidden`, each of which has a name for the user.
    """
    root = Path(target.path)
    try:
        root = root.resolve()
        _check(target, root, forbidden)
        with _locked(target, root):
            yield FolderDestination(root, site)
    except OSError as error:
        raise target.error(_explain(error)) from error


@dataclass(frozen=True, slots=True)
class FolderDestination:
    """A folder of this machine; see `plan.Destination`."""

    root: Path
    site: BuiltSite

    def entries(self, folders: Collection[str]) -> dict[str, TargetEntry]:
        """Return what is in these folders, by path."""
        return walk(folders, self._list_folder)

    def fetch(self, name: str) -> bytes:
        """Return the contents of a file."""
        return (self.root / name).read_bytes()

    def differing(self, entries: Mapping[str, TargetEntry], published: Published) -> set[str]:  # noqa: ARG002  the contents tell
        """Return the files of the website that are missing here, or have other contents."""
        return {
            name
            for name, file in self.site.files.items()
            if entries.get(name) != TargetEntry("file", file.size)
            or self._sha256(name) != file.sha256
        }

    def copy(self, names: Sequence[str]) -> Iterator[str]:
        """Copy these files; yield each name when the file is complete."""
        for name in names:
            self._write(name, (self.site.folder / name).read_bytes())
            yield name

    def write_list(self, data: bytes) -> None:
        """Write the list of published files; the folder is made where there is none."""
        self._write(LIST, data)

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> Iterator[str]:
        """Remove files, then folders that are empty now; yield the name of each removed file."""
        for name in names:
            (self.root / name).unlink(missing_ok=True)
            yield name
        for name in folders:
            with suppress(OSError):  # somebody has put something in since
                (self.root / name).rmdir()

    def _list_folder(self, folder: str) -> dict[str, TargetEntry]:
        place = self.root / folder
        return {path.name: _entry(path) for path in place.iterdir()} if place.exists() else {}

    def _sha256(self, name: str) -> str:
        return hashlib.sha256((self.root / name).read_bytes()).hexdigest()

    def _write(self, name: str, data: bytes) -> None:
        """Write a file under its temporary name, and rename it when it is complete."""
        temporary = self.root / temporary_name(name)
        for folder in folders_of([name]):
            if not (self.root / folder).exists():
                (self.root / folder).mkdir()
                _add_mode(self.root / folder, 0o555)
        temporary.unlink(missing_ok=True)
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _add_mode(temporary, 0o444)
            temporary.replace(self.root / name)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


def _add_mode(path: Path, mode: int) -> None:
    """Let the web server read what is put here, however private the user's files are."""
    with suppress(OSError):  # a share without rights is no reason to stop
        path.chmod(stat.S_IMODE(path.stat().st_mode) | mode)


def _entry(path: Path) -> TargetEntry:
    status = path.lstat()
    if stat.S_ISREG(status.st_mode):
        return TargetEntry("file", status.st_size)
    if stat.S_ISDIR(status.st_mode):
        return TargetEntry("folder")
    return TargetEntry("link" if stat.S_ISLNK(status.st_mode) else "other")


def _check(target: PublishTarget, root: Path, forbidden: Mapping[str, Path]) -> None:
    """Raise PublishError where `root` cannot or must not be published to."""
    if root.exists() and not root.is_dir():
        raise target.error("is a file; name a folder")
    if not root.exists() and not root.parent.is_dir():
        text = f"there is no folder '{root.parent}' to make it in; check the address"
        raise target.error(f"{text}, or make that folder first")
    for name, path in forbidden.items():
        place = path.resolve()
        if root.is_relative_to(place) or place.is_relative_to(root):
            how = "is" if root == place else "lies in" if root.is_relative_to(place) else "holds"
            raise target.error(f"{how} {name}; name a folder that has nothing to do with it")


@contextmanager
def _locked(target: PublishTarget, root: Path) -> Iterator[None]:
    """Let one run at a time write to a folder; the lock ends with the process."""
    if not root.exists():
        yield
        return
    lock = os.open(root, os.O_RDONLY)
    try:
        if is_locked(lock):
            raise target.error("is being published to; wait until that has ended")
        yield
    finally:
        os.close(lock)


def is_locked(lock: int) -> bool:
    """Return whether another run has the lock of an open folder; where none has, take it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a file system without locks is no reason to stop
        return False
    return False


def _explain(error: OSError) -> str:
    if error.errno in _FULL:
        return "no space is left; free some and publish again, until then the old pages stay"
    if error.errno in _FORBIDDEN:
        return f"you may not write there ({error.strerror}: {error.filename}); ask who set it up"
    reason = error.strerror or str(error)
    return f"cannot be written ({reason}); check the folder, then publish again"
