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

from workshop_builder.model.publish_target import Target
from workshop_builder.publishing.built_site import Site
from workshop_builder.publishing.plan import LIST, Known, Seen, descend, folders_of, unfinished

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def opened(target: Target, site: Site, *, closed_to: Mapping[str, Path]) -> Iterator[Folder]:
    """Yield the folder, to be looked at and written to by one run at a time.

    Raises PublishError where it cannot be used: it may not be, hold or lie in one of
    `closed_to`, which are folders by what they are to the user.
    """
    root = Path(target.path)
    try:
        root = root.resolve()
        _refuse(target, root, closed_to)
        with _alone(target, root):
            yield Folder(root, site)
    except OSError as error:
        raise target.problem(_in_words(error)) from error


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as a place to publish to."""

    root: Path
    site: Site

    def look(self, folders: Collection[str]) -> dict[str, Seen]:
        """Return what stands in these folders."""
        return descend(folders, self._entries)

    def fetch(self, name: str) -> bytes:
        """Return what is in a file."""
        return (self.root / name).read_bytes()

    def differing(self, seen: Mapping[str, Seen], known: Known) -> set[str]:  # noqa: ARG002  the contents tell
        """Return the files of the website that are not here with the same contents."""
        return {
            name
            for name, stand in self.site.files.items()
            if seen.get(name) != Seen("file", stand.size) or self._sha256(name) != stand.sha256
        }

    def copy(self, names: Sequence[str]) -> Iterator[str]:
        """Copy these files; yield each when it stands whole."""
        for name in names:
            self._write(name, (self.site.folder / name).read_bytes())
            yield name

    def note(self, data: bytes) -> None:
        """Write the list, into a new folder where there is none."""
        self._write(LIST, data)

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> Iterator[str]:
        """Remove files, then folders that are empty by now; yield each file that is gone."""
        for name in names:
            (self.root / name).unlink(missing_ok=True)
            yield name
        for name in folders:
            with suppress(OSError):  # somebody has put something in since
                (self.root / name).rmdir()

    def _entries(self, folder: str) -> dict[str, Seen]:
        place = self.root / folder
        return {path.name: _seen(path) for path in place.iterdir()} if place.exists() else {}

    def _sha256(self, name: str) -> str:
        return hashlib.sha256((self.root / name).read_bytes()).hexdigest()

    def _write(self, name: str, data: bytes) -> None:
        """Write a file beside its place, and put it there when it is whole."""
        half = self.root / unfinished(name)
        for folder in folders_of([name]):
            if not (self.root / folder).exists():
                (self.root / folder).mkdir()
                _open_to_all(self.root / folder, 0o555)
        half.unlink(missing_ok=True)
        try:
            with half.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _open_to_all(half, 0o444)
            half.replace(self.root / name)
        except OSError:
            half.unlink(missing_ok=True)
            raise


def _open_to_all(path: Path, rights: int) -> None:
    """Let the web server read what is put here, however private the user's files are."""
    path.chmod(stat.S_IMODE(path.stat().st_mode) | rights)


def _seen(path: Path) -> Seen:
    status = path.lstat()
    if stat.S_ISREG(status.st_mode):
        return Seen("file", status.st_size)
    if stat.S_ISDIR(status.st_mode):
        return Seen("folder")
    return Seen("link" if stat.S_ISLNK(status.st_mode) else "other")


def _refuse(target: Target, root: Path, closed_to: Mapping[str, Path]) -> None:
    if root.exists() and not root.is_dir():
        raise target.problem("is a file; name a folder")
    if not root.exists() and not root.parent.is_dir():
        text = f"there is no folder '{root.parent}' to make it in; check the address"
        raise target.problem(f"{text}, or make that folder first")
    for what, path in closed_to.items():
        place = path.resolve()
        if root.is_relative_to(place) or place.is_relative_to(root):
            how = "is" if root == place else "lies in" if root.is_relative_to(place) else "holds"
            raise target.problem(f"{how} {what}; name a folder that has nothing to do with it")


@contextmanager
def _alone(target: Target, root: Path) -> Iterator[None]:
    """Let one run at a time write to a folder; the lock ends with the process."""
    if not root.exists():
        yield
        return
    lock = os.open(root, os.O_RDONLY)
    try:
        if is_taken(lock):
            raise target.problem("is being published to; wait until that has ended")
        yield
    finally:
        os.close(lock)


def is_taken(lock: int) -> bool:
    """Take the lock of an open folder, and return whether another run has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a file system without locks is no reason to stop
        return False
    return False


def _in_words(error: OSError) -> str:
    if error.errno in _FULL:
        return "there is no room left; make some and publish again, until then the old pages stay"
    if error.errno in _FORBIDDEN:
        return f"you may not write there ({error.strerror}: {error.filename}); ask who set it up"
    reason = error.strerror or str(error)
    return f"cannot be written ({reason}); check the folder, then publish again"
