"""Temporary folders: gone when the program ends, or when it next runs, where it was killed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workshop_builder.workers import signals_held


@contextmanager
def temporary_folder(kind: str) -> Iterator[Path]:
    """Yield a new folder; it is removed at the end, with what killed runs left of this `kind`.

    The folder is locked as long as this process lives, or one forked from it: so the next run
    knows what is left. Raises OSError where none can be made.
    """
    prefix = f"workshop-builder-{kind}-"
    _clear_leftovers(prefix)
    folder: Path | None = None
    lock: int | None = None
    try:
        with signals_held():  # or what was made might not be known
            folder, lock = _locked(prefix)
        yield folder
    finally:
        with signals_held():
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
            if lock is not None:
                os.close(lock)


def _locked(prefix: str) -> tuple[Path, int]:
    """Return a new folder and the lock on it."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix))
        try:
            lock = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:  # another run took it for one that is left
            continue
        except OSError:
            folder.rmdir()
            raise
        with suppress(OSError):  # a file system without locks is no reason to stop
            fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():  # likewise
            return folder, lock
        os.close(lock)


def _clear_leftovers(prefix: str) -> None:
    """Remove the folders that nobody holds any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with suppress(OSError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
