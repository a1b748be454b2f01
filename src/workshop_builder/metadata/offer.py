"""What the website offers: the downloads, the pictures, and where on the web all of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from workshop_builder.model.editions import EditionName, PaperName
from workshop_builder.model.workshop import Workshop
from workshop_builder.output import media_types
from workshop_builder.pages import web_addresses
from workshop_builder.pages.labels import Labels


@dataclass(frozen=True, slots=True)
class Image:
    """A picture among the site's files."""

    path: str
    """Its place in the site, with forward slashes."""
    width: int
    """Pixels; units of the drawing for an SVG."""
    height: int

    @property
    def media_type(self) -> str:
        """Its media type, as IANA has it."""
        return media_types.media_type(self.path)


@dataclass(frozen=True, slots=True)
class Download:
    """One file to be downloaded."""

    path: str
    """Its place in the site, such as `downloads/relief-for-back-pain-book.pdf`."""
    title: str
    """What it is, in the workshop's language: "Workshop book"."""
    product: str
    """As in workshop.yaml; `bundle` for the zip."""
    format: Literal["pdf", "epub", "zip"]
    edition: EditionName | None
    """Of a PDF."""
    paper: PaperName | None
    """Of a PDF."""
    pages: int | None
    """Of a PDF."""
    bytes: int
    sha256: str
    """In hex."""
    thumbnails: tuple[Image, ...] = ()
    """Its first page, the smaller picture first; none where it has no pages."""

    @property
    def media_type(self) -> str:
        """Its media type, as IANA has it."""
        return media_types.media_type(self.path)


@dataclass(frozen=True, slots=True)
class Offer:
    """All that the pages and feeds of the site are made from."""

    workshop: Workshop
    labels: Labels
    downloads: tuple[Download, ...]
    """The PDFs of the workshop's own paper first, then the e-book and the others, then the zip."""
    pictures: Mapping[str, Image] = field(repr=False)
    """The pictures of the workshop by their path in the source folder, drawn ones too."""
    share: Image | None = None
    """The Open Graph picture."""

    @property
    def base(self) -> str:
        """The address of the site's folder on the web, with a slash at its end; else nothing."""
        website = self.workshop.settings.website
        return web_addresses.site_folder(website.url) if website else ""

    def address(self, path: str) -> str:
        """Return the full address of a file of the site; its path alone where no web is known."""
        return self.base + quote(path)
