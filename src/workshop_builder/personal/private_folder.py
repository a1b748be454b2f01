"""The folder of personal sheets: for its owner alone, and in no place that is published."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from workshop_builder.errors import OutputError, Problem
from workshop_builder.output.package import MANIFEST
from workshop_builder.output.replace_folder import replace_folder

_LIST = ".sheets"
"""The file that lists what was made, and makes a folder one of sheets."""
_PUBLISHED = "dist"
"""The folder in which packages are made unless another is named."""
_FOR_ITS_OWNER = 0o077


def refuse_public(folder: Path, source: Path) -> None:
    """Raise OutputError for a folder that would be published, or that holds something else."""
    place = folder.resolve()
    packages = {home.resolve() / _PUBLISHED for home in (Path(), source)}
    if any(each in packages or (each / MANIFEST).exists() for each in (place, *place.parents)):
        text = "lies in a package, which is for everyone; name another folder"
    elif folder.exists() and not folder.is_dir():
        text = "is a file; name a folder"
    elif folder.is_dir() and any(folder.iterdir()) and not (folder / _LIST).is_file():
        text = "holds other files; name a new folder"
    else:
        return
    raise OutputError([Problem(str(folder), 0, text)])


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Let `folder` hold `files` in place of those made before, in one step, for its owner alone.

    Raises OutputError where it cannot be written or replaced.
    """
    listed = "".join(f"{name}\n" for name in files).encode()
    try:
        with _private():
            replace_folder(folder, {**files, _LIST: listed}, _made_before)
    except OSError as error:
        text = f"cannot be written ({error.strerror}); name another folder"
        raise OutputError([Problem(str(folder), 0, text)]) from error


def _made_before(folder: Path) -> set[str]:
    try:
        names = (folder / _LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return set()
    return {_LIST, *names}


@contextmanager
def _private() -> Iterator[None]:
    """Let nobody else read what this process writes."""
    before = os.umask(_FOR_ITS_OWNER)
    try:
        yield
    finally:
        os.umask(before)
