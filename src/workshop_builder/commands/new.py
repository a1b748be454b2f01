"""A new workshop: the starter that the program brings, copied to where the teacher wants it."""

from __future__ import annotations

import shutil
from pathlib import Path

from workshop_builder import resources
from workshop_builder.errors import BuildError, Problem


def copy(folder: Path) -> None:
    """Copy the starter to `folder`; raises BuildError where there is something already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        text = "is there already; name a folder that is not, so that nothing is lost"
        raise BuildError([Problem(str(folder), 0, text)])
    try:
        shutil.copytree(resources.folder("starter"), folder, dirs_exist_ok=True)
    except OSError as error:
        text = f"cannot be written ({error.strerror}); name another folder"
        raise BuildError([Problem(str(folder), 0, text)]) from error
