"""The pages of a document as they are seen side by side: filled, mirrored, even in number."""

from __future__ import annotations

from weasyprint.document import Document, Page
from weasyprint.layout.background import layout_box_backgrounds

from workshop_builder.pdf.spreads import growth, margin
from workshop_builder.pdf.spreads.boxes import asked, mirrored, sections


def set_in_spreads(document: Document, *, all_pages: bool = False) -> Document:
    """Return a laid-out document in which each page has what its style asks for.

    With `all_pages`, the spare ones stay.
    """
    pages = [_drawn_anew(page) if _finish(page) else page for page in document.pages]
    odd = len(pages) % 2 and not all_pages
    spread = document.copy([page for page in pages if not (odd and is_spare(page))])
    spread._html = document._html  # noqa: SLF001  a copy of the engine's forgets its tree
    return spread


def _finish(page: Page) -> bool:
    """Fill and mirror a page; return whether something on it has moved."""
    box = page._page_box  # noqa: SLF001  the laid-out boxes have no public door
    grown = growth.fill(box)
    parts = list(mirrored(box))
    if parts:
        margin.set_apart(box, parts)
    if box.page_type.side == "right":
        margin.mirror(box, parts)
    return grown or bool(parts)


def _drawn_anew(page: Page) -> Page:
    """Return a page on which boxes have moved, with backgrounds and links where they now are."""
    box = page._page_box  # noqa: SLF001
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
