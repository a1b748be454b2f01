"""The offer of a website: its downloads, its images, and its address on the web."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from workshop_builder.model.editions import EditionName, SheetName
from workshop_builder.model.workshop import Workshop
from workshop_builder.output import media_types
from workshop_builder.pages.labels import Labels
from workshop_builder.source import addresses


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the website."""

    path: str
    """Its path in the website, with forward slashes."""
    width: int
    """Pixels; for an SVG the units of the drawing."""
    height: int

    @property
    def media_type(self) -> str:
        """Its media type, as IANA registers it."""
        return media_types.media_type(self.path)


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be downloaded."""

    path: str
    """Its path in the website, such as `downloads/relief-for-back-pain-book.pdf`."""
    title: str
    """What it is, in the workshop's language: "Workshop book"."""
    product: str
    """Its name in workshop.yaml; `bundle` for the zip."""
    format: Literal["pdf", "epub", "zip"]
    edition: EditionName | None
    """Of a PDF."""
    paper: SheetName | None
    """Of a PDF to print."""
    pages: int | None
    """Of a PDF."""
    bytes: int
    sha256: str
    """In hex."""
    thumbnails: tuple[Image, ...] = ()
    """Images of its first page, the smaller one first; none where no pages are shown."""

    @property
    def media_type(self) -> str:
        """Its media type, as IANA registers it."""
        return media_types.media_type(self.path)


@dataclass(frozen=True, slots=True)
class Offer:
    """All that the pages and feeds of a website are made from."""

    workshop: Workshop
    labels: Labels
    downloads: tuple[Download, ...]
    """The PDFs of the workshop's own paper first, then the e-book and the others, then the zip."""
    pictures: Mapping[str, Image] = field(repr=False)
    """The images of the workshop's pictures and figures, by their path in the source folder."""
    share: Image | None = None
    """The image that is shown beside a shared link (Open Graph)."""
    moving: Mapping[str, Image] = field(default_factory=dict, repr=False)
    """The animated images of the figures that move, likewise."""

    @property
    def base(self) -> str:
        """The address of the website's folder, with a slash at its end; empty if not known."""
        website = self.workshop.settings.website
        return addresses.site_folder(website.url) if website else ""

    def address(self, path: str, root: str = "") -> str:
        """Return the address of a file of the website.

        Where the website's own address is not known, it is relative to a page from which `root`
        leads to the top of the website.
        """
        return (self.base or root) + quote(path)

    def home(self, root: str = "") -> str:
        """Return the address of the first page, likewise."""
        return self.base or self.address("index.html", root)
