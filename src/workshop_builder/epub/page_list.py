"""The pages of the printed book in the e-book, so that a class can turn to the same page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from workshop_builder.markup.xhtml import Element
from workshop_builder.pdf.tagging.page_starts import BLOCKS, PageStart, plain

_XHTML = "http://www.w3.org/1999/xhtml"
_TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True, slots=True)
class PageMark:
    """A place in the e-book at which a page of the printed book begins."""

    page: int
    place: str
    """The file and the id in it."""


def mark(name: str, root: Element, starts: Iterable[PageStart]) -> list[PageMark]:
    """Mark in the document `name` where pages begin; return the marks.

    A page whose first words the e-book does not have is left out.
    """
    part = name.removesuffix(".xhtml")
    blocks = [each for each in root.iter("*") if etree.QName(each).localname in BLOCKS]
    marks = []
    for start in [start for start in starts if start.part == part]:
        words = start.words
        at = next((n for n, each in enumerate(blocks) if plain(each) == words), None)
        if at is not None:
            _insert(blocks[at], start.page)
            blocks = blocks[at + 1 :]
            marks.append(PageMark(start.page, f"{name}#page-{start.page}"))
    return marks


def _insert(block: Element, page: int) -> None:
    """Put the mark of a page at the beginning of a block."""
    mark = etree.Element(f"{{{_XHTML}}}span", id=f"page-{page}", role="doc-pagebreak")
    mark.set("aria-label", str(page))
    mark.set(_TYPE, "pagebreak")
    mark.tail, block.text = block.text, None
    block.insert(0, mark)
