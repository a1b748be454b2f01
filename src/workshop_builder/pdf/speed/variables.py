"""Values with `var()`, read once for the same words (`Pending.solve` of `css/tokens.py`).

The engine puts the words of a variable into a value and reads that anew for every style, and for
every property of which a shorthand tells.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css.tokens import Pending

_solve = Pending.solve


def read_once() -> None:
    """Keep what a value is read as with the value."""
    Pending.solve = _solve_once


def _solve_once(self: Any, tokens: Any, wanted: str, base: str) -> Any:  # noqa: ANN401
    key = tuple(token.serialize() for token in tokens), wanted, base
    kept = self.__dict__.setdefault("_solved", {})
    if key not in kept:
        kept[key] = _solve(self, tokens, wanted, base)
    return kept[key]
