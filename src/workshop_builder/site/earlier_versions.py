"""The earlier versions of a workshop that a sheet of paper may have been printed from."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"(\d{1,2})\.(\d{1,2})")
_MINORS = 10
"""How many versions, from x.0 to x.9, each earlier number is assumed to have had."""


def earlier_than(version: str) -> tuple[str, ...]:
    """Return the versions before one like `1.2`, the latest first; none if it is not like that.

    A page without a script cannot compare numbers, so it has a line for each of these.
    """
    found = _PLAIN.fullmatch(version)
    if not found:
        return ()
    major, minor = int(found[1]), int(found[2])
    same_major = [f"{major}.{n}" for n in range(minor - 1, -1, -1)]
    before = [f"{m}.{n}" for m in range(major - 1, -1, -1) for n in range(_MINORS - 1, -1, -1)]
    return tuple(same_major + before)
