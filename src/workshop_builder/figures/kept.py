"""Drawings that were made before, kept in the user's cache folder.

A drawing is kept under all that it follows from: the figure, who is drawn, the words and the
program itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache

from workshop_builder import resources
from workshop_builder.languages.language import Language
from workshop_builder.model.figure import Figure, Person
from workshop_builder.output.store import DRAWINGS


def drawn(figure: Figure, default: Person, language: Language, *, ink_saver: bool) -> bytes:
    """Return a figure as `draw.draw` does, in no time where it was drawn before.

    It is drawn in colour and to save ink at once, since most that ask for one will want the other.
    """
    parts = figure.model_dump_json(), default.model_dump_json(), language.code, _words(language)
    data = found((*parts, str(ink_saver)))
    if data is not None:
        return data
    from workshop_builder.figures import draw  # noqa: PLC0415  shapely and all, for a new one only

    both = draw.draw_both(figure, default, language)
    for inky, made in zip((False, True), both, strict=True):
        _keep((*parts, str(inky)), made)
    return both[ink_saver]


@cache
def _words(language: Language) -> str:
    """Return all from which a figure is described."""
    return json.dumps([language.figures, language.muscles, language.writing.semicolon])


def kept(parts: tuple[str, ...], make: Callable[[], bytes]) -> bytes:
    """Return what `make` returns, made before or now; it follows from `parts` and the program."""
    return DRAWINGS.kept((_program(), *parts), make)


def found(parts: tuple[str, ...]) -> bytes | None:
    """Return what is kept under `parts`; None where it must be made."""
    return DRAWINGS.found((_program(), *parts))


def _keep(parts: tuple[str, ...], data: bytes) -> None:
    DRAWINGS.keep((_program(), *parts), data)


@cache
def _program() -> str:
    """Return the digest of all that draws: the code of the figures, what it is told, the body."""
    own = resources.folder("figures")
    told = [own.parent / "model" / name for name in ("figure.py", "posture.py", "props.py")]
    total = hashlib.sha256()
    for path in sorted([*own.rglob("*.py"), *own.rglob("*.npz"), *told]):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
