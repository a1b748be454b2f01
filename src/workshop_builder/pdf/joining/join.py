"""Joins drawn pages to one PDF: the same as if all had been drawn together."""

from __future__ import annotations

from collections.abc import Sequence

from weasyprint.document import Document

from workshop_builder.pdf import conformance
from workshop_builder.pdf.joining.drawn import DrawnPage, DrawnRun
from workshop_builder.pdf.tagging.tree import ContentItem, Tag


def join(document: Document, runs: Sequence[DrawnRun], depth: int = 3) -> bytes:
    """Return the pages of `runs` as a PDF with the metadata and fonts of `document`.

    The outermost tags of the runs, `depth` of them below the root, are one and the same.
    """
    pages: list[DrawnPage] = []
    root: Tag | None = None
    for run in runs:
        run.font_map = document.font_config.font_map
        _move(run.tags, len(pages))
        pages += run.pages
        if root is None:
            root = run.tags
        else:
            _merge(root, run.tags, depth)
    return conformance.write_pages(document, pages, root or Tag("Document"))


def _move(tag: Tag, pages: int) -> None:
    """Count the pages of a tree of tags from `pages`."""
    for place, kid in enumerate(tag.kids):
        if isinstance(kid, Tag):
            _move(kid, pages)
        else:
            tag.kids[place] = ContentItem(kid.page + pages, kid.box, link=kid.link)


def _merge(tag: Tag, other: Tag, depth: int) -> None:
    """Add what `other` holds to `tag`, which is the same tag."""
    if depth and tag.kids and other.kids:
        (inner,), (more,) = tag.kids, other.kids
        if isinstance(inner, Tag) and isinstance(more, Tag):
            _merge(inner, more, depth - 1)
            return
    tag.kids.extend(other.kids)
