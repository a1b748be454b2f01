"""The pages of a document as they are seen side by side: filled, mirrored, even in number."""

from __future__ import annotations

from weasyprint.document import Document, Page
from weasyprint.layout.background import layout_box_backgrounds

from workshop_builder.pdf.spreads import growth, margin
from workshop_builder.pdf.spreads.boxes import Box, asked, mirrored, sections


def set_in_spreads(document: Document) -> Document:
    """Return a laid-out document in which each page has what its style asks for."""
    boxes = [page._page_box for page in document.pages]  # noqa: SLF001  it has no public door
    moved = [set_in_spread(box) for box in boxes]
    pages = [
        drawn_anew(box) if has_moved else page
        for page, box, has_moved in zip(document.pages, boxes, moved, strict=True)
    ]
    odd = len(pages) % 2
    spread = document.copy([page for page in pages if not (odd and is_spare(page))])
    spread._html = document._html  # noqa: SLF001  a copy of the engine's forgets its tree
    return spread


def set_in_spread(box: Box) -> bool:
    """Fill and mirror a page; return whether something on it has moved."""
    grown = growth.fill(box)
    parts = list(mirrored(box))
    if parts:
        margin.set_apart(box, parts)
    if box.page_type.side == "right":
        margin.mirror(box, parts)
    return grown or bool(parts)


def drawn_anew(box: Box) -> Page:
    """Return a page on which boxes have moved, with backgrounds and links where they now are."""
    images = {
        value: layer.image
        for each in box.descendants()
        if each.background
        for (kind, value), layer in zip(
            each.style["background_image"], each.background.layers, strict=False
        )
        if kind == "url"
    }
    for child in box.children:
        layout_box_backgrounds(box, child, lambda url, **_: images.get(url))
    return Page(box)


def is_spare(page: Page) -> bool:
    """Return whether a page is left out where the number of pages would be odd."""
    return any(asked(box, "spare") is not None for box in sections(page._page_box))  # noqa: SLF001
