"""Prose that was read before, kept in the user's cache folder by all that it follows from."""

from __future__ import annotations

import hashlib
import pickle
from functools import lru_cache
from typing import TypeAlias

from workshop_builder.errors import Problem
from workshop_builder.languages.language import Writing
from workshop_builder.markup.convert import Prose, convert
from workshop_builder.output.store import PIECES
from workshop_builder.source import fingerprint

_REMEMBERED = 512
"""How many files are kept in memory as they were last read, for the preview."""
ReadText: TypeAlias = tuple[Prose, tuple[Problem, ...]]
"""A text as prose, and its problems."""


@lru_cache(maxsize=_REMEMBERED)
def converted(
    path: str,
    body: str,
    offset: int,
    writing: Writing,
    names: frozenset[str],
    shown: tuple[tuple[str, str], ...],
) -> ReadText:
    """Return what `convert` does of the same; the same text is converted once."""
    parts = "prose", _around(writing, names, shown), path, str(offset), body
    data = PIECES.found(parts)
    if data is None:
        prose, problems = convert(path, body, offset, writing, names, dict(shown))
        PIECES.keep(parts, pickle.dumps((prose, problems), 5))
        return prose, tuple(problems)
    prose, problems = pickle.loads(data)  # noqa: S301  only this user can have put it there
    return prose, tuple(problems)


@lru_cache(maxsize=1)
def _around(writing: Writing, names: frozenset[str], shown: tuple[tuple[str, str], ...]) -> str:
    """Return a digest of all that texts follow from but themselves, the program included."""
    parts = fingerprint.program(), repr(writing), repr(sorted(names)), repr(shown)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
