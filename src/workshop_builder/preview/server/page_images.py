"""Pages of PDFs as pictures, at a few fixed widths.

PDFium is not safe in threads: one lock lets one thread into it at a time.
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict, deque
from collections.abc import Collection
from typing import TypeAlias

import pypdfium2

from workshop_builder.preview.messages import Sheet, Shown

WIDTHS = (600, 1000, 1600)
"""Pixels that a page's picture may be wide."""

MEDIA_TYPE = "image/jpeg"
"""Of the pictures; a WebP or PNG of the same page takes three times as long to make."""

Size: TypeAlias = tuple[float, float]
"""Width and height of a page in points."""

_QUALITY = 88
_BEHIND = 8
"""How many looks of a product are kept: while one is saved after the other, a browser may still
ask for a page of one that is no longer the newest."""
_CACHE = 96 * 1024 * 1024
"""Bytes of pictures that are kept."""


class Sheets:
    """The PDFs that were sent, and the pictures made of their pages."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._pdfs: dict[str, pypdfium2.PdfDocument] = {}
        self._sizes: dict[str, tuple[Size, ...]] = {}
        """Of all PDFs there ever were: small, and what is displayed may be a step behind."""
        self._used: dict[str, deque[set[str]]] = {}
        """The PDFs that each product has shown lately, and shows now."""
        self._made: OrderedDict[tuple[Sheet, int], bytes] = OrderedDict()
        self._held = 0

    def take(self, shown: Shown) -> None:
        """Take the PDFs of what is shown now, and let go of those that were shown long ago."""
        with self._lock:
            for name, data in shown.pdfs.items():
                if name not in self._pdfs:
                    document = pypdfium2.PdfDocument(data)
                    self._pdfs[name] = document
                    self._sizes[name] = tuple(map(document.get_page_size, range(len(document))))
            lately = self._used.setdefault(shown.product, deque(maxlen=_BEHIND))
            lately.append({sheet.pdf for sheet in shown.sheets})
            self._let_go()

    def keep(self, products: Collection[str]) -> None:
        """Let go of the PDFs of all products but these."""
        with self._lock:
            for product in self._used.keys() - set(products):
                del self._used[product]
            self._let_go()

    def _let_go(self) -> None:
        used = {name for lately in self._used.values() for names in lately for name in names}
        for name in self._pdfs.keys() - used:
            self._pdfs.pop(name).close()

    def size(self, sheet: Sheet) -> Size | None:
        """Return a page's width and height in points; nothing of one that never was there."""
        sizes = self._sizes.get(sheet.pdf, ())
        return sizes[sheet.number] if 0 <= sheet.number < len(sizes) else None

    def picture(self, sheet: Sheet, width: int) -> bytes | None:
        """Return a page as a picture `width` pixels wide; nothing of one that is not there."""
        if width not in WIDTHS or self.size(sheet) is None:
            return None
        with self._lock:
            made = self._made.pop((sheet, width), b"")
            self._held -= len(made)
            if not made:
                if sheet.pdf not in self._pdfs:
                    return None
                made = _render(self._pdfs[sheet.pdf], sheet.number, width)
            self._made[sheet, width] = made
            self._held += len(made)
            while self._held > _CACHE:
                _, oldest = self._made.popitem(last=False)
                self._held -= len(oldest)
            return made

    def close(self) -> None:
        """Let go of every PDF."""
        self.keep(())


def _render(document: pypdfium2.PdfDocument, number: int, width: int) -> bytes:
    """Return a page as a JPEG whose colours are as fine as its light."""
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
