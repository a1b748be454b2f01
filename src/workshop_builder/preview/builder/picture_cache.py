"""Pictures and figures that a warm process keeps ready, so that only changed ones are made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from workshop_builder.making.pictures import Sizes, draw_figures, prepare
from workshop_builder.model.workshop import Workshop
from workshop_builder.source.folder import Folder
from workshop_builder.workers import Limits, Workers, cores

_Key: TypeAlias = tuple[str, str, str]


class Stock:
    """The pictures that were made last."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._kept: dict[_Key, Sizes] = {}

    def sizes(self, folder: Folder, workshop: Workshop) -> dict[str, Sizes]:
        """Return each picture that `workshop` shows, drawn ones too, in the order of their names.

        Raises BuildError with every one that cannot be shown.
        """
        people = f"{workshop.settings.figures!r} {workshop.settings.language}"
        keys = {
            path: (path, digest(folder.files[path]), people if path in workshop.figures else "")
            for path in sorted([*workshop.pictures, *workshop.figures])
        }
        made = self._make(workshop, [path for path in keys if keys[path] not in self._kept])
        self._kept = {keys[p]: made[p] if p in made else self._kept[keys[p]] for p in keys}
        return {path: self._kept[key] for path, key in keys.items()}

    def _make(self, workshop: Workshop, paths: Sequence[str]) -> dict[str, Sizes]:
        """Return some pictures, made in processes of their own: a bad one may crash its reader."""
        with Workers(cores(), self._limits) as workers:
            for number in range(min(workers.count, len(paths))):
                share = paths[number :: workers.count]
                workers.start(" and ".join(share[:3]), _made, workshop, share)
            return {
                name: sizes for part in workers.results().values() for name, sizes in part.items()
            }


def _made(workshop: Workshop, paths: Sequence[str]) -> Mapping[str, Sizes]:
    """Return some pictures as they are printed and as a screen shows them."""
    figures = draw_figures(workshop, [path for path in paths if path in workshop.figures])
    return {path: prepare(path, (figures | dict(workshop.pictures))[path]) for path in paths}


def digest(data: bytes) -> str:
    """Return the sha256 of `data` in hex."""
    return hashlib.sha256(data).hexdigest()
