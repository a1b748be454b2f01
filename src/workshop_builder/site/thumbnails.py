"""Small images of the pages of finished PDFs, rendered by PDFium."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pypdfium2
from PIL import Image

QUALITIES = {120: 50, 240: 30, 360: 17}
"""Of WebP by width in pixels: beside a download, the same on a screen of high density or a page
alone, and such a page on a screen of high density, whose dots are too small to show a fault."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A page of a PDF as a small image."""

    page: int
    """Counted from 0."""
    width: int
    """Pixels."""
    height: int
    webp: bytes = field(repr=False)


def render(pdf: bytes, pages: Sequence[int]) -> list[Thumbnail]:
    """Return each of `pages`, counted from 0, at each width, the smallest first.

    Pages that the PDF does not have are left out.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        inside = [number for number in pages if number < len(document)]
        return [small for number in inside for small in _sizes(document[number], number)]
    finally:
        document.close()


def pages_with_titles(pdf: bytes, titles: Iterable[str]) -> dict[str, int]:
    """Return the page, counted from 0, of the first bookmark that ends in each of `titles`.

    Titles without such a bookmark are left out.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        bookmarks = [_title_and_page(bookmark) for bookmark in document.get_toc()]
    finally:
        document.close()
    found = {
        title: next((page for text, page in bookmarks if text.endswith(title)), None)
        for title in titles
    }
    return {title: page for title, page in found.items() if page is not None}


def _title_and_page(bookmark: pypdfium2.PdfBookmark) -> tuple[str, int | None]:
    """Return the title of a bookmark, and the page that it leads to."""
    destination = bookmark.get_dest()
    return bookmark.get_title(), destination.get_index() if destination else None


def _sizes(page: pypdfium2.PdfPage, number: int) -> list[Thumbnail]:
    """Return a page at each width: rendered large, and scaled down with a good filter."""
    large = page.render(scale=2 * max(QUALITIES) / page.get_width()).to_pil().convert("RGB")
    return [_scaled(large, number, width) for width in QUALITIES]


def _scaled(large: Image.Image, number: int, width: int) -> Thumbnail:
    height = round(width * large.height / large.width)
    packed = io.BytesIO()
    small = large.resize((width, height), Image.Resampling.LANCZOS)
    small.save(packed, "WEBP", quality=QUALITIES[width], method=6)
    return Thumbnail(number, width, height, packed.getvalue())
