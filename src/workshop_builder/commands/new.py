"""A new workshop: the starter that the program brings, copied to where the teacher wants it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workshop_builder import resources
from workshop_builder.errors import BuildError, Problem, refused_by_system


def copy(folder: Path, kind: str = "movement") -> None:
    """Copy the starter of a `kind` to `folder`; raises BuildError where something is already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        text = "is there already; name a folder that is not, so that nothing is lost"
        raise BuildError([Problem(str(folder), 0, text)])
    try:
        with _all_or_nothing(folder):
            _copy_files(resources.folder(f"commands/starter/{kind}"), folder)
    except OSError as error:
        reason = refused_by_system(error)
        text = reason or f"cannot be written ({error.strerror}); name another folder"
        raise BuildError([Problem(str(folder), 0, text)]) from error


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[None]:
    """Leave a folder as it was, empty or not there, where what is done in it does not succeed."""
    was_there = folder.exists()
    try:
        yield
    except BaseException:
        for path in folder.iterdir() if was_there else [folder]:
            shutil.rmtree(path, ignore_errors=True)
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _copy_files(starter: Path, folder: Path) -> None:
    """Copy all files below a folder, and nothing of their rights, which a share may refuse."""
    for path in sorted(starter.rglob("*")):
        if path.is_file():
            target = folder / path.relative_to(starter)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
