"""Pictures of the pages of finished PDFs, made by PDFium."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pypdfium2
from PIL import Image

WIDTHS = (240, 420)
"""Pixels: one page among others on a screen, and the same where a screen has more dots."""
_QUALITY = 50
"""Of WebP: text stays readable at its size, and a page of it weighs 5 to 30 kB."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A page of a PDF as a small picture."""

    page: int
    """Counted from 0."""
    width: int
    """Pixels."""
    height: int
    webp: bytes = field(repr=False)


def of(pdf: bytes, pages: Sequence[int], widths: Sequence[int] = WIDTHS) -> list[Thumbnail]:
    """Return each of `pages` at each of `widths`; pages that the PDF has not are left out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        inside = [number for number in pages if number < len(document)]
        return [small for number in inside for small in _sizes(document[number], number, widths)]
    finally:
        document.close()


def pages_titled(pdf: bytes, titles: Iterable[str]) -> list[int]:
    """Return the pages, counted from 0, to which bookmarks that end in one of `titles` lead."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        marks = [_mark(mark) for mark in document.get_toc()]
    finally:
        document.close()
    places = [next((p for said, p in marks if said.endswith(title)), None) for title in titles]
    return [place for place in places if place is not None]


def _mark(mark: pypdfium2.PdfBookmark) -> tuple[str, int | None]:
    """Return the words of a bookmark and the page that it leads to."""
    place = mark.get_dest()
    return mark.get_title(), place.get_index() if place else None


def _sizes(page: pypdfium2.PdfPage, number: int, widths: Sequence[int]) -> list[Thumbnail]:
    """Return a page at each width, drawn large and made smaller with care."""
    large = page.render(scale=2 * max(widths) / page.get_width()).to_pil().convert("RGB")
    return [_small(large, number, width) for width in widths]


def _small(large: Image.Image, number: int, width: int) -> Thumbnail:
    height = round(width * large.height / large.width)
    packed = io.BytesIO()
    small = large.resize((width, height), Image.Resampling.LANCZOS)
    small.save(packed, "WEBP", quality=_QUALITY, method=4)
    return Thumbnail(number, width, height, packed.getvalue())
