"""One folder in place of another, in one step.

Until that step, and if the program is killed at any moment, the old folder is whole.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from workshop_builder.workers import signals_held

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def replace_folder(
    folder: Path,
    files: Iterable[tuple[str, bytes]],
    made_before: Callable[[Path], Collection[str]],
) -> None:
    """Let `folder` hold `files`, each with its path, in place of those that were made before.

    See `refill_folder`.
    """

    def fill(new: Path) -> Iterator[str]:
        for name, data in files:
            write_file(new / name, data)
            yield name

    refill_folder(folder, fill, made_before)


def refill_folder(
    folder: Path,
    fill: Callable[[Path], Iterable[str]],
    made_before: Callable[[Path], Collection[str]],
) -> None:
    """Let `folder` hold what `fill` writes into a new one, in place of what was made before.

    `fill` returns the paths of what it wrote, and `made_before` those of what was; all else in the
    folder is the user's own and is kept. Raises OSError where the folder cannot be written or
    replaced.
    """
    place = folder.resolve() if folder.exists() else folder.absolute()
    place.parent.mkdir(parents=True, exist_ok=True)
    with _lock(place.parent):
        _clear_leftovers(place)
        with signals_held():  # or what was begun might be left behind
            new = Path(tempfile.mkdtemp(prefix=f".{place.name}.new-", dir=place.parent))
            try:
                with suppress(OSError):  # a share without rights is no reason to stop
                    new.chmod(0o777 & ~_umask())
                written = set(fill(new))
                if place.is_dir():
                    _copy_users_own(place, new, {*made_before(place), *written})
                _exchange(new, place)
            finally:
                shutil.rmtree(new, ignore_errors=True)


def clear_leftovers(folder: Path) -> None:
    """Remove what killed builds left beside `folder`, unless a build is at work there."""
    place = folder.resolve()
    with suppress(OSError), _lock(place.parent, fcntl.LOCK_NB):
        _clear_leftovers(place)


@contextmanager
def _lock(parent: Path, how: int = 0) -> Iterator[None]:
    """Let one build at a time replace a folder in `parent`; the lock ends with the process.

    With LOCK_NB as `how`, it raises OSError where the lock cannot be had at once.
    """
    lock = os.open(parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | how)
        except OSError:  # a file system without locks is no reason to stop
            if how:
                raise
        yield
    finally:
        os.close(lock)


def _clear_leftovers(place: Path) -> None:
    """Remove what killed builds left, and bring back a folder caught between two renames."""
    old = place.with_name(f".{place.name}.old")
    if old.is_dir() and not place.exists():
        old.rename(place)
    for left in [old, *place.parent.glob(f".{escape(place.name)}.new-*")]:
        shutil.rmtree(left, ignore_errors=True)


def write_file(path: Path, data: bytes) -> None:
    """Write a file with the folders that it needs, down to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _copy_users_own(old: Path, new: Path, made: Collection[str]) -> None:
    """Copy what is in the old folder and was not `made`: files, links, and empty folders."""
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
                shutil.copyfile(here / name, new / inside / name, follow_symlinks=False)
                with suppress(OSError):  # likewise
                    shutil.copystat(here / name, new / inside / name, follow_symlinks=False)


def _holds(made: Collection[str], folder: Path) -> bool:
    """Return whether a folder is there for a file that was made."""
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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
