"""The downloads of the website, grouped as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workshop_builder.metadata.offer import Download, Offer
from workshop_builder.model.base import ProductSettings
from workshop_builder.model.workshop import Exercise


@dataclass(frozen=True, slots=True)
class DownloadGroup:
    """The files of one product."""

    product: str
    title: str
    downloads: tuple[Download, ...]
    """The most wanted first."""

    @property
    def first(self) -> Download:
        """The download that most people want."""
        return self.downloads[0]


def group_downloads(offer: Offer) -> list[DownloadGroup]:
    """Return the downloads by product, in the order of the offer."""
    products = dict.fromkeys(download.product for download in offer.downloads)
    found = [
        (name, tuple(item for item in offer.downloads if item.product == name)) for name in products
    ]
    return [DownloadGroup(name, items[0].title, items) for name, items in found]


def first_sheet(offer: Offer) -> Download | None:
    """Return the PDF to print first: the take-home sheet, or else the first there is."""
    pdfs = _pdfs(offer)
    return next((pdf for pdf in pdfs if pdf.product == "take-home"), next(iter(pdfs), None))


def sheet_of(offer: Offer, exercises: Sequence[Exercise]) -> Download | None:
    """Return the sheet with just these exercises: the take-home sheet, or that of fewest pages.

    Where there is none, it is one that has them in place of its own; None without that, too.
    """
    workshop = offer.workshop
    own, beside = [], []
    for pdf in (each for each in _pdfs(offer) if each.product in workshop.settings.home_sheets):
        settings = workshop.settings.products.get(pdf.product, ProductSettings())
        if workshop.select(settings.exercises or workshop.in_order) == tuple(exercises):
            own.append(pdf)
        elif any(workshop.select(way.exercises) == tuple(exercises) for way in settings.instead):
            beside.append(pdf)
    return min(own or beside, key=_length, default=None)


def _length(pdf: Download) -> tuple[bool, int]:
    return pdf.product != "take-home", pdf.pages or 0


def _pdfs(offer: Offer) -> list[Download]:
    return [download for download in offer.downloads if download.format == "pdf"]
