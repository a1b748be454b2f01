"""Letters of a variable font, of which most are empty (`fontTools.varLib.instancer`).

The engine keeps the places of the letters that a document does not show, and then has every one
of them made anew for its weight and size. Of an empty one that does not vary nothing changes.
"""

from __future__ import annotations

from typing import Any

from fontTools.varLib import instancer

_instantiate = instancer._instantiateGvarGlyph  # noqa: SLF001


def leave_empty_ones() -> None:
    """Make only letters anew in which there is something."""
    instancer._instantiateGvarGlyph = _instantiate_shown  # noqa: SLF001


def _instantiate_shown(name: str, glyf: Any, gvar: Any, *rest: Any, **named: Any) -> None:  # noqa: ANN401
    if glyf[name].numberOfContours or gvar.variations.get(name):
        _instantiate(name, glyf, gvar, *rest, **named)
    else:
        gvar.variations.pop(name, None)
