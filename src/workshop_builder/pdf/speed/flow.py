"""Whether a box is in the flow, which is asked most often of all (`formatting_structure/boxes.py`).

The engine asks five questions, each of which looks at the style again.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure.boxes import Box

_FLOATS = frozenset(("left", "right", "inline-start", "inline-end", "footnote"))
_AWAY = frozenset(("absolute", "fixed"))
_NAMED = frozenset(("running()", "note()"))
"""The first of two values, where the other is a name."""


def look_once() -> None:
    """Look at the two properties that tell it."""
    Box.is_in_normal_flow = _is_in_flow


def _is_in_flow(self: Any) -> bool:  # noqa: ANN401
    style = self.style
    if style["float"] in _FLOATS:
        return False
    position = style["position"]
    return position not in _AWAY and position[0] not in _NAMED
