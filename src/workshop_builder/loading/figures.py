"""A figure of a folder with its description: read, or as it was read before.

Reading one asks of its body all that it does. One without problems is kept in the user's cache
folder, under its text, the language and the program.
"""

from __future__ import annotations

import json
import pickle
from functools import lru_cache

from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.languages.language import Language
from workshop_builder.model.figure import Figure, PoseFigure
from workshop_builder.output.store import DRAWINGS
from workshop_builder.source import fingerprint, yaml_text

_REMEMBERED = 512
"""How many are kept in memory, for the preview."""


@lru_cache(maxsize=_REMEMBERED)
def read(
    path: str, text: str, language: Language
) -> tuple[Figure | None, str, tuple[Problem, ...]]:
    """Return a figure, its description, and its problems; with problems the figure is None."""
    parts = "read", fingerprint.program(), path, text, *_words(language)
    if data := DRAWINGS.found(parts):
        figure, words = pickle.loads(data)  # noqa: S301  only this user can have put it there
        return figure, words, ()
    figure, words, problems = _read(path, text, language)
    if figure is not None and not problems:
        DRAWINGS.keep(parts, pickle.dumps((figure, words), 5))
    return figure, words, problems


def marks(figure: Figure) -> tuple[str, ...]:
    """Return what is marked in a figure: where it is `felt`, the `move`, its `ghost`."""
    if not isinstance(figure, PoseFigure):
        return ()
    marked = {"felt": figure.felt, "move": figure.arrows, "ghost": figure.ghost}
    return tuple(name for name, what in marked.items() if what)


def _read(
    path: str, text: str, language: Language
) -> tuple[Figure | None, str, tuple[Problem, ...]]:
    from workshop_builder.figures import draw, read  # noqa: PLC0415  half a second

    try:
        sheet = yaml_text.read(path, text)
    except WorkshopError as error:
        return None, "", error.problems
    problems: list[Problem] = []
    figure = None if sheet.data is None else read.read(sheet, language, problems)
    return figure, draw.describe(figure, language) if figure else "", tuple(problems)


@lru_cache(maxsize=8)
def _words(language: Language) -> tuple[str, str]:
    """Return the language, and all from which a figure is described."""
    told = [language.figures, language.muscles, language.writing.semicolon]
    return language.code, json.dumps(told)
