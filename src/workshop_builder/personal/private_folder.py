"""The folder of personal sheets: for its owner alone, and in no place that is published."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from workshop_builder.errors import OutputError, Problem
from workshop_builder.output.package import MANIFEST
from workshop_builder.output.replace_folder import refill_folder, write_file

_LIST = ".sheets"
"""The file that lists what was made, and makes a folder one of sheets."""
UNFINISHED = ".unfinished"
"""The folder in it for the parts of a run that are finished while others are not."""
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


def write(folder: Path, fill: Callable[[Path], Sequence[str]]) -> None:
    """Let `folder` hold the sheets that `fill` writes into a new one, for its owner alone.

    They take the place of those made before in one step. `fill` returns their names. Raises
    OutputError where the folder cannot be written or replaced.
    """

    def fill_and_list(new: Path) -> list[str]:
        names = fill(new)
        write_file(new / _LIST, "".join(f"{name}\n" for name in names).encode())
        return [*names, _LIST]

    with writing(folder):
        refill_folder(folder, fill_and_list, _made_before)


def _made_before(folder: Path) -> set[str]:
    shards = {f"{UNFINISHED}/{path.name}" for path in (folder / UNFINISHED).glob("*")}
    try:
        names = (folder / _LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return shards
    return {_LIST, UNFINISHED, *names, *shards}


def open_folder(folder: Path) -> bool:
    """Make a folder one of sheets, with none in it, unless it is; return whether it was made."""
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / _LIST).exists():
        (folder / _LIST).touch()
    return made


def remove(folder: Path) -> None:
    """Remove a folder in which there are no sheets; raises OSError where there are."""
    if not (folder / _LIST).stat().st_size:
        (folder / _LIST).unlink()
        folder.rmdir()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Let nobody else read what this process writes into a folder of sheets.

    Raises OutputError where it cannot be written.
    """
    before = os.umask(_FOR_ITS_OWNER)
    try:
        yield
    except OSError as error:
        text = f"cannot be written ({error.strerror}); name another folder"
        raise OutputError([Problem(str(folder), 0, text)]) from error
    finally:
        os.umask(before)
