"""Images of the pages of PDFs, at a few fixed widths.

PDFium is not safe in threads: one lock lets one thread into it at a time.
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict, deque
from collections.abc import Collection
from typing import TypeAlias

import pypdfium2

from workshop_builder.preview.messages import PdfPage, ProductUpdate

WIDTHS = (600, 1000, 1600)
"""The widths that an image can have, in pixels."""

MEDIA_TYPE = "image/jpeg"
"""Of the images; a WebP or PNG of the same page takes three times as long to make."""

PageSize: TypeAlias = tuple[float, float]
"""Width and height of a page in points."""

_QUALITY = 88
_UPDATES_KEPT = 8
"""The updates of a product whose PDFs are kept: while one save follows another, a browser may
still ask for a page that is no longer the newest."""
_CACHE_SIZE = 96 * 1024 * 1024
"""Bytes of images that are kept."""


class PageImages:
    """The PDFs that the build process has sent, and images of their pages."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._pdfs: dict[str, pypdfium2.PdfDocument] = {}
        self._sizes: dict[str, tuple[PageSize, ...]] = {}
        """Of all PDFs there ever were: small, and what a browser shows may be a step behind."""
        self._used: dict[str, deque[set[str]]] = {}
        """By product: the PDFs of each of its last updates."""
        self._images: OrderedDict[tuple[PdfPage, int], bytes] = OrderedDict()
        self._bytes = 0

    def add(self, update: ProductUpdate) -> None:
        """Keep the PDFs of an update, and drop those of the product's updates long ago."""
        with self._lock:
            for name, data in update.pdfs.items():
                if name not in self._pdfs:
                    document = pypdfium2.PdfDocument(data)
                    self._pdfs[name] = document
                    self._sizes[name] = tuple(map(document.get_page_size, range(len(document))))
            last = self._used.setdefault(update.product, deque(maxlen=_UPDATES_KEPT))
            last.append({page.pdf for page in update.pages})
            self._drop_unused()

    def retain(self, products: Collection[str]) -> None:
        """Drop the PDFs of all products but these."""
        with self._lock:
            for product in self._used.keys() - set(products):
                del self._used[product]
            self._drop_unused()

    def _drop_unused(self) -> None:
        used = {name for updates in self._used.values() for names in updates for name in names}
        for name in self._pdfs.keys() - used:
            self._pdfs.pop(name).close()

    def size(self, page: PdfPage) -> PageSize | None:
        """Return a page's width and height in points; None for a page that never was there."""
        sizes = self._sizes.get(page.pdf, ())
        return sizes[page.number] if 0 <= page.number < len(sizes) else None

    def image(self, page: PdfPage, width: int) -> bytes | None:
        """Return a page as an image `width` pixels wide.

        Returns None for a page that is not there, and for a width that is none of `WIDTHS`.
        """
        if width not in WIDTHS or self.size(page) is None:
            return None
        with self._lock:
            image = self._images.pop((page, width), b"")
            self._bytes -= len(image)
            if not image:
                if page.pdf not in self._pdfs:
                    return None
                image = _render(self._pdfs[page.pdf], page.number, width)
            self._images[page, width] = image
            self._bytes += len(image)
            while self._bytes > _CACHE_SIZE:
                _, oldest = self._images.popitem(last=False)
                self._bytes -= len(oldest)
            return image

    def close(self) -> None:
        """Close every PDF."""
        self.retain(())


def _render(document: pypdfium2.PdfDocument, number: int, width: int) -> bytes:
    """Return a page as a JPEG that keeps the full resolution of its colours."""
    page = document[number]
    try:
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
        image = bitmap.to_pil().convert("RGB")
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=_QUALITY, subsampling=0)
        bitmap.close()
    finally:
        page.close()
    return packed.getvalue()
