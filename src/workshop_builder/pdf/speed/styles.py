"""Values of properties: those that nothing sets answered at once, those with `var()` read once.

Most of what the engine asks of an element (`Style.__missing__` of `css/__init__.py`) is set by no
style sheet: it is what the parent has, or what it is initially. And the engine puts the words of a
variable into a value (`Pending.solve` of `css/tokens.py`), and reads that anew for every style, and
for every property of which a shorthand tells.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import AnonymousStyle, ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.css.tokens import Pending

_INHERITED = frozenset(INHERITED & INITIAL_VALUES.keys())
_INITIAL = {
    name: value
    for name, value in INITIAL_VALUES.items()
    if name not in INHERITED | INITIAL_NOT_COMPUTED | {"page"}
    and not name.startswith("text_decoration_")
    and not check_math(value)
}
"""Properties that are initially what they are when computed."""
_TOGETHER = frozenset(("position", "float", "display"))
"""Those that the engine computes of one another."""
_LOGICAL = frozenset(
    logical(block="ttb", inline=inline)
    for logical in PHYSICAL_FUNCTIONS.values()
    for inline in ("ltr", "rtl")
)
"""Properties that may set another one, as `margin_inline_start` may set `margin_left`."""

_missing = ComputedStyle.__missing__
_missing_anonymous = AnonymousStyle.__missing__
_solve = Pending.solve


def answer_at_once() -> None:
    """Look at what nothing sets first."""
    ComputedStyle.__missing__ = _answer
    AnonymousStyle.__missing__ = _answer_anonymous


def read_once() -> None:
    """Keep what a value is read as with the value."""
    Pending.solve = _solve_once


def _answer(self: Any, name: str) -> Any:  # noqa: ANN401
    cascaded, parent = self.cascaded, self.parent_style
    if name in cascaded or parent is None or name in _TOGETHER:
        return _missing(self, name)
    if name in _INHERITED:
        value = self[name] = parent[name]
        return value
    if name in _INITIAL and (name not in PHYSICAL_FUNCTIONS or _LOGICAL.isdisjoint(cascaded)):
        value = self[name] = _INITIAL[name]
        return value
    return _missing(self, name)


def _answer_anonymous(self: Any, name: str) -> Any:  # noqa: ANN401
    if name in _INHERITED:
        value = self[name] = self.parent_style[name]
        return value
    if name in _INITIAL:
        value = self[name] = _INITIAL[name]
        return value
    return _missing_anonymous(self, name)


def _solve_once(self: Any, tokens: Any, wanted: str, base: str) -> Any:  # noqa: ANN401
    key = tuple(token.serialize() for token in tokens), wanted, base
    kept = self.__dict__.setdefault("_solved", {})
    if key not in kept:
        kept[key] = _solve(self, tokens, wanted, base)
    return kept[key]
