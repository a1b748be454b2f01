"""Whether a box is in the flow, and what is in it (`formatting_structure/boxes.py`).

That is asked most often of all: five questions look at the style again, all in a page is gone
through by as many generators as boxes are in each other, and between any two boxes the engine looks
for the names of pages at both ends where one is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import Box, ParentBox
from weasyprint.layout import block

from workshop_builder.pdf.speed.replacing import replace

_FLOATS = frozenset(("left", "right", "inline-start", "inline-end", "footnote"))
_AWAY = frozenset(("absolute", "fixed"))
_NAMED = frozenset(("running()", "note()"))
"""The first of two values, where the other is a name."""

_page_values = ParentBox.page_values
_page_name = block.block_level_page_name


def look_once() -> None:
    """Look at the two properties that tell it."""
    Box.is_in_normal_flow = _is_in_flow


def _is_in_flow(self: Any) -> bool:  # noqa: ANN401
    style = self.style
    if style["float"] in _FLOATS:
        return False
    position = style["position"]
    return position not in _AWAY and position[0] not in _NAMED


def look_straight() -> None:
    """Go through boxes in one loop, and down to the first or last one alone."""
    Box.descendants = _descendants
    replace(_page_name, _next_page_name)


def _descendants(self: Any, placeholders: bool = False) -> Iterator[Any]:  # noqa: ANN401, FBT001, FBT002
    left = [self]
    while left:
        box = left.pop()
        if isinstance(box, Box):
            yield box
            left += box.children[::-1]
        elif placeholders:
            left.append(box._box)  # noqa: SLF001  what it stands for
        else:
            yield box


def _next_page_name(before: Any, after: Any) -> Any:  # noqa: ANN401
    """Return the name of the page of what comes after, if that is another one."""
    ends, begins = _page(before, -1), _page(after, 0)
    return begins if ends != begins else None


def _page(box: Any, end: int) -> Any:  # noqa: ANN401
    """Return the name of the page on which a box begins, or with -1 ends."""
    if getattr(type(box), "page_values", None) is not _page_values:
        return box.page_values()[end]
    for child in box.children[:: -1 if end else 1]:
        if child.is_in_normal_flow() or child.is_floated():
            return _page(child, end) or box.style["page"]
    return box.style["page"]
