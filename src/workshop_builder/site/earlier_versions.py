"""Versions of a workshop: which ones a sheet of paper may name that came before this one."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"(\d{1,2})\.(\d{1,2})")
_MINORS = 10
"""How many versions, from x.0 to x.9, an earlier number is taken to have had."""


def before(version: str) -> tuple[str, ...]:
    """Return the versions that come before one like `1.2`, the nearest first; else none.

    A page without a script cannot compare numbers, so it holds a line for each of them.
    """
    found = _PLAIN.fullmatch(version)
    if not found:
        return ()
    major, minor = int(found[1]), int(found[2])
    this = [f"{major}.{n}" for n in range(minor - 1, -1, -1)]
    earlier = [f"{m}.{n}" for m in range(major - 1, -1, -1) for n in range(_MINORS - 1, -1, -1)]
    return tuple(this + earlier)
