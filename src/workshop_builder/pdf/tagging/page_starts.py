"""Where the pages of a book begin: the first words of each, by which an e-book names its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workshop_builder.pdf.tagging.order import order_of

BLOCKS = frozenset(
    ("caption", "dd", "dt", "figcaption", "li", "p", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6")
)
"""The tags of blocks of text, none of which holds another but a list item."""
_PARTS = frozenset(("section", "nav"))


@dataclass(frozen=True, slots=True)
class PageStart:
    """The first block of text that begins on a page."""

    page: int
    """Counted from 1, as printed."""
    part: str
    """The id of the part of the book that it stands in."""
    words: str
    """All words of the block."""


def page_starts(pages: list[Any]) -> tuple[PageStart, ...]:
    """Return the start of each of the laid-out pages on which a block of text begins."""
    seen: set[Any] = set()
    order: Mapping[Any, int] = {}
    parents: Mapping[Any, Any] = {}
    found = []
    for number, page in enumerate(pages, 1):
        begun = {box.element for box in _boxes(page._page_box)} - seen  # noqa: SLF001  no public way
        seen |= begun
        for root in (element for element in begun if element.tag == "html"):
            order, parents = order_of(root)
        blocks = [element for element in begun if element.tag in BLOCKS and plain(element)]
        if blocks:
            first = min(blocks, key=order.__getitem__)
            found.append(PageStart(number, _part(first, parents), plain(first)))
    return tuple(found)


def plain(element: Any) -> str:  # noqa: ANN401  of whichever library parsed it
    """Return the words in an element, with single blanks."""
    return " ".join("".join(element.itertext()).replace("\xad", "").split())


def _boxes(box: Any) -> Iterator[Any]:  # noqa: ANN401  WeasyPrint's own
    """Yield the boxes of elements in a box, without those of the page's margins."""
    box = getattr(box, "_box", box)  # what is positioned stands behind a placeholder
    if hasattr(box, "at_keyword"):
        return
    if getattr(box, "element", None) is not None and not box.element_tag.count("::"):
        yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _part(element: Any, parents: Mapping[Any, Any]) -> str:  # noqa: ANN401
    """Return the id of the part of the book in which an element stands; empty outside of all."""
    while element is not None:
        if element.tag in _PARTS and element.get("id"):
            return str(element.get("id"))
        element = parents.get(element)
    return ""
