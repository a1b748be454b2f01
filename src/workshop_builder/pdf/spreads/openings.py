"""Openings of chapters that take less room where a few lines would take a page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from workshop_builder.pdf.spreads.boxes import Box, asked, children, free_height, pixels, sections

_WORTH = 0.2
"""The share of a page that is free where a block did not fit on it."""


_MARGIN = 4.0
"""Pixels that are taken beyond, for gaps that a break had swallowed."""


def give_room(document: Any) -> bool:  # noqa: ANN401  the engine is not typed
    """Mark the openings that should be less high; return whether there are some.

    A page of few lines before the cards of a chapter, or before the next chapter, is saved.
    """
    pages: dict[Any, list[Box]] = {}
    openings: dict[Any, Box] = {}
    for page in document.pages:
        for section in sections(page._page_box):  # noqa: SLF001
            pages.setdefault(section.element, []).append(page._page_box)  # noqa: SLF001
            for box in filter(_has_room, children(section)):
                openings.setdefault(section.element, box)
    less = {chapter: _less(box, pages[chapter]) for chapter, box in openings.items()}
    for chapter, height in less.items():
        if height:
            openings[chapter].element.set("style", f"--air: -{height:.1f}px")
    return any(less.values())


def _has_room(box: Box) -> bool:
    room = asked(box, "room")
    return room is not None and room.type == "dimension"


def _less(box: Box, pages: Sequence[Box]) -> float:
    """Return by how many pixels an opening should be less high; `pages` are its chapter's."""
    most = pixels(asked(box, "room"))
    full = len(list(takewhile(lambda page: free_height(page) <= _WORTH * page.height, pages)))
    if not 0 < full < len(pages):
        return 0.0
    taken = pages[full].height - free_height(pages[full])
    return taken + _MARGIN if 0 < taken <= most else 0.0
