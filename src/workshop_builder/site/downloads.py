"""The downloads of the website, grouped as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from workshop_builder.metadata.offer import Download, Offer


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
