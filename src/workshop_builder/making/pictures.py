"""The pictures of a workshop, prepared once for all its products; figures are drawn first."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import TypeAlias

from workshop_builder.errors import BuildError, Problem
from workshop_builder.figures.person.casting import cast
from workshop_builder.making.drawings import prepare_drawing
from workshop_builder.model.workshop import Workshop
from workshop_builder.output.store import DRAWINGS
from workshop_builder.pictures.prepare import (
    PRINT_WIDTH,
    SCREEN_WIDTH,
    Picture,
    PictureError,
    is_drawing,
    prepare_picture,
)
from workshop_builder.source import fingerprint
from workshop_builder.workers import Workers

Sizes: TypeAlias = tuple[Picture, ...]
"""A picture as it is printed and as a screen shows it."""

_WIDTHS = (PRINT_WIDTH, SCREEN_WIDTH)
_HEAVY = 100_000
"""Bytes from which a picture is worth a process of its own; a drawing always is, for it may take
long, or crash what draws it."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """All pictures of a workshop, by their path in the source folder, in the order of the paths."""

    usual: Mapping[str, Sizes] = field(repr=False)
    """For every edition but ink-saver."""
    ink_saver: Mapping[str, Sizes] = field(repr=False)
    """For the edition ink-saver; empty if that is not made."""

    @property
    def screened(self) -> dict[str, Picture]:
        """Each as a screen shows it."""
        return {path: sizes[1] for path, sizes in self.usual.items()}


def prepare_all(workshop: Workshop, workers: Workers, *, ink_saver: bool) -> Pictures:
    """Return all pictures of `workshop`, those for the edition ink-saver only if it is wanted.

    Raises BuildError with every one that cannot be shown.
    """
    language = workshop.settings.language
    heavy = {
        name for name, data in workshop.pictures.items() if len(data) > _HEAVY or is_drawing(data)
    }
    for name in sorted(heavy):
        workers.start(name, prepare, name, workshop.pictures[name], language)
    light = {n: prepare(n, d, language) for n, d in workshop.pictures.items() if n not in heavy}
    ready = light | workers.results() | _figures(workshop, workers)
    usual = dict(sorted(ready.items()))
    return Pictures(usual, usual | _figures(workshop, workers, ink_saver=True) if ink_saver else {})


def _figures(workshop: Workshop, workers: Workers, *, ink_saver: bool = False) -> dict[str, Sizes]:
    """Return each figure as a picture; all workers share the drawing."""
    paths = sorted(workshop.figures)
    for number in range(min(workers.count, len(paths))):
        share = paths[number :: workers.count]
        workers.start(f"figures, part {number + 1}", _drawn, workshop, share, ink_saver)
    return {name: sizes for part in workers.results().values() for name, sizes in part.items()}


def _drawn(workshop: Workshop, paths: Sequence[str], ink_saver: bool) -> dict[str, Sizes]:  # noqa: FBT001  a job's arguments have no names
    """Return some of the figures as pictures."""
    found = draw_figures(workshop, paths, ink_saver=ink_saver)
    return {
        name: _kept(name, data, "", partial(prepare_picture, name, data, _WIDTHS))
        for name, data in found.items()
    }


def _kept(name: str, data: bytes, language: str, make: Callable[[], Sizes]) -> Sizes:
    """Return a drawing as `make` prepares it, made before or now."""
    parts = "prepared", fingerprint.program(), name, sha256(data).hexdigest(), language
    packed = DRAWINGS.kept(parts, lambda: pickle.dumps(make(), 5))
    sizes: Sizes = pickle.loads(packed)  # noqa: S301  only this user can have put it there
    return sizes


def draw_figures(
    workshop: Workshop, paths: Iterable[str] | None = None, *, ink_saver: bool = False
) -> dict[str, bytes]:
    """Return the figures in use, or some of them, as SVG under the paths of their files."""
    if not workshop.figures:
        return {}
    from workshop_builder.figures import kept  # noqa: PLC0415  half a second

    who, language = cast(workshop), workshop.language
    chosen = workshop.figures if paths is None else paths
    return {
        path: kept.drawn(workshop.figures[path], who[path], language, ink_saver=ink_saver)
        for path in chosen
    }


def prepare(name: str, data: bytes, language: str) -> Sizes:
    """Return a picture at both sizes, a drawing with what it has in `language`.

    Raises BuildError where it cannot be shown.
    """
    try:
        if is_drawing(data):
            return _kept(
                name, data, language, partial(prepare_drawing, name, data, _WIDTHS, language)
            )
        return prepare_picture(name, data, _WIDTHS)
    except PictureError as error:
        line = getattr(error, "line", 0) or 0
        raise BuildError([Problem(name, line, str(error))]) from error
