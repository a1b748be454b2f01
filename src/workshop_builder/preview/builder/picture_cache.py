"""The pictures and figures of the last save, kept so that only changed ones are prepared again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from workshop_builder.figures.person.casting import cast
from workshop_builder.making.pictures import Sizes, draw_figures, prepare
from workshop_builder.model.workshop import Workshop
from workshop_builder.source.folder import Folder
from workshop_builder.workers import Limits, Workers, cores

_Key: TypeAlias = tuple[str, str, object]
"""The path of a picture, the digest of its file, and what else it is made from."""


class PictureCache:
    """The pictures of the last save, by all that they are made from."""

    def __init__(self, limits: Limits) -> None:
        """Begin with none; `limits` are those of the processes that prepare pictures."""
        self._limits = limits
        self._kept: dict[_Key, Sizes] = {}

    def prepare(self, folder: Folder, workshop: Workshop) -> dict[str, Sizes]:
        """Return every picture and figure that `workshop` shows, sorted by path.

        Raises BuildError with every one that cannot be shown.
        """
        language = workshop.settings.language
        who = cast(workshop)
        keys = {
            path: (
                path,
                sha256(folder.files[path]),
                (repr(who[path]), workshop.language) if path in workshop.figures else language,
            )
            for path in sorted([*workshop.pictures, *workshop.figures])
        }
        made = self._make(workshop, [path for path in keys if keys[path] not in self._kept])
        self._kept = {key: made[p] if p in made else self._kept[key] for p, key in keys.items()}
        return {path: self._kept[key] for path, key in keys.items()}

    def _make(self, workshop: Workshop, paths: Sequence[str]) -> dict[str, Sizes]:
        """Return some pictures, made in processes of their own: a bad one may crash its reader."""
        with Workers(cores(), self._limits) as workers:
            for number in range(min(workers.count, len(paths))):
                share = paths[number :: workers.count]
                workers.start(" and ".join(share[:3]), _make_share, workshop, share)
            return {
                path: sizes for part in workers.results().values() for path, sizes in part.items()
            }


def _make_share(workshop: Workshop, paths: Sequence[str]) -> Mapping[str, Sizes]:
    """Return the pictures and figures at `paths`, for print and for screens."""
    figures = draw_figures(workshop, [path for path in paths if path in workshop.figures])
    data = figures | dict(workshop.pictures)
    return {path: prepare(path, data[path], workshop.settings.language) for path in paths}


def sha256(data: bytes) -> str:
    """Return the sha256 of `data` in hex."""
    return hashlib.sha256(data).hexdigest()
