"""Openings of chapters that take less room where a few lines would take a page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from workshop_builder.pdf.spreads.boxes import (
    Box,
    asked,
    children,
    free_height,
    pixels,
    sections,
    top,
)

_WORTH = 0.2
"""The share of a page that is free where a block did not fit on it."""


_MARGIN = 18.0
"""Pixels that are taken beyond, for a gap that a break had swallowed."""

_LEADED = 0.025
"""The share of a page's height that less leading saves at least."""


def give_room(document: Any) -> bool:  # noqa: ANN401  the engine is not typed
    """Mark the openings that should be less high; return whether there are some.

    Few lines at the head of a page, before the cards of a chapter or before the next chapter, go
    back to the page before. Where an opening has not room enough, its chapter is leaded less.
    """
    pages: dict[Any, list[Box]] = {}
    openings: dict[Any, Box] = {}
    for page in document.pages:
        for section in sections(page._page_box):  # noqa: SLF001
            pages.setdefault(section.element, []).append(page._page_box)  # noqa: SLF001
            for box in filter(_has_room, children(section)):
                openings.setdefault(section.element, box)
    marked = [_mark(chapter, box, pages[chapter]) for chapter, box in openings.items()]
    return any(marked)


def _mark(chapter: Any, opening: Box, pages: Sequence[Box]) -> bool:  # noqa: ANN401
    """Take what is to be saved from the opening of a chapter, and from its leading."""
    most = pixels(asked(opening, "room"))
    leading = asked(opening, "tight")
    lines = _LEADED * sum(page.height for page in pages[: _full(pages)]) if leading else 0.0
    few, missing = _few_lines(pages)
    if not few or not -_MARGIN < missing <= most + lines:
        return False
    opening.element.set("style", f"--air: -{missing + _MARGIN:.1f}px")
    if leading and few > most:
        chapter.set("style", f"--leading: {leading.value}")
    return True


def _has_room(box: Box) -> bool:
    room = asked(box, "room")
    return room is not None and room.type == "dimension"


def _few_lines(pages: Sequence[Box]) -> tuple[float, float]:
    """Return the height of the few lines of a chapter that go back to the page before.

    It is 0 where none do. The other number is how much of it that page has no room for.
    """
    full = _full(pages)
    taken = _taken(pages[full]) if 0 < full < len(pages) else 0.0
    few = taken if taken < (1 - _WORTH) * pages[0].height else 0.0
    return few, few - max(free_height(pages[full - 1]), 0.0)


def _full(pages: Sequence[Box]) -> int:
    """Return how many pages of a chapter are full before one of few lines."""
    return len(list(takewhile(lambda page: _taken(page) >= (1 - _WORTH) * page.height, pages)))


def _taken(page: Box) -> float:
    """Return how many pixels of a page are taken, down to where its cards begin."""
    card = next((box for box in page.descendants() if asked(box, "whole") is not None), None)
    end = top(card) - page.content_box_y() if card else page.height - free_height(page)
    return float(end)
