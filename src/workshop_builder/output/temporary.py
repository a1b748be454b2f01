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

_HELD = ".held"
"""The file by which a folder says that it was locked; none before has one."""


@contextmanager
def temporary_folder(kind: str) -> Iterator[Path]:
    """Yield a new folder; it is removed at the end, with what killed runs left of this `kind`.

    Raises OSError where none can be made.
    """
    prefix = f"workshop-{kind}-"
    _clear_leftovers(prefix)
    folder: Path | None = None
    try:
        with signals_held():  # or it might be made and not be known
            folder = Path(tempfile.mkdtemp(prefix=prefix))
        with _held(folder):
            yield folder
    finally:
        with signals_held():
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Lock a folder as long as this process, or one forked from it, lives in the context."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks is no reason to stop
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (folder / _HELD).touch()
        yield
    finally:
        os.close(lock)


def _clear_leftovers(prefix: str) -> None:
    """Remove the folders that were locked, and that nobody holds any more."""
    for mark in Path(tempfile.gettempdir()).glob(f"{prefix}*/{_HELD}"):
        with suppress(OSError):
            lock = os.open(mark.parent, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(mark.parent, ignore_errors=True)
            finally:
                os.close(lock)
