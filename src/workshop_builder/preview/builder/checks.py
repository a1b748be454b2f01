"""What would be wrong if files were changed: asked before the studio writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.loading import load
from workshop_builder.making.pictures import prepare
from workshop_builder.preview.builder.snapshot import time_limit
from workshop_builder.source.folder import Folder
from workshop_builder.workers import Limits, Workers, in_one_line

_LIMITS = Limits(seconds=30)
_PICTURES = "pictures/"


def faults(folder: Folder, files: Mapping[str, bytes | None]) -> tuple[Problem, ...]:
    """Return what `files` would bring about in a folder, by path; None is no file.

    What is wrong in the folder as it is does not count.
    """
    left = {path: data for path, data in folder.files.items() if path not in files}
    new = {path: data for path, data in files.items() if data is not None}
    found = _problems(replace(folder, files=dict(sorted({**left, **new}.items()))))
    if found:
        known = {(each.path, each.text) for each in _problems(folder)}
        found = tuple(each for each in found if (each.path, each.text) not in known)
    return (*found, *_unreadable(new))


def _problems(folder: Folder) -> tuple[Problem, ...]:
    try:
        with time_limit(_LIMITS.seconds):
            load.from_folder(folder)
    except WorkshopError as error:
        return error.problems
    except Exception as error:  # noqa: BLE001  whatever a file brings about is one line
        return (Problem(folder.name, 0, in_one_line(error)),)
    return ()


def _unreadable(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return what is wrong with pictures, each read in a process of its own."""
    try:
        with Workers(1, _LIMITS) as workers:
            for path, data in files.items():
                if path.startswith(_PICTURES):
                    workers.start(path, prepare, path, data, "en")
            workers.results()
    except WorkshopError as error:
        return error.problems
    return ()
