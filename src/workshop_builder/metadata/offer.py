"""What the website offers: the downloads, the pictures, and where on the web all of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from workshop_builder.model.editions import EditionName, PaperName
from workshop_builder.model.products import offered
from workshop_builder.model.workshop import Workshop
from workshop_builder.pages.labels import Labels

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture among the site's files."""

    path: str
    """Its place in the site, with forward slashes."""
    media_type: str
    width: int
    """Pixels; units of the drawing for an SVG."""
    height: int


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
        return MEDIA_TYPES[self.format]


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
        return folder_of(website.url) if website else ""

    def address(self, path: str) -> str:
        """Return the full address of a file of the site; its path alone where no web is known."""
        return self.base + quote(path)


def folder_of(url: str) -> str:
    """Return the folder that the page at `url` stands in, with a slash at its end.

    An address whose last part has an ending, like `…/back.html`, is a file; others are folders.
    """
    head, slash, last = url.rpartition("/")
    if url.endswith("/"):
        return url
    if "." in last and not head.endswith("/"):
        return head + slash
    return f"{url}/"


def on_paper(workshop: Workshop, name: str = "") -> str:
    """Return the address that a QR code on paper leads to: of the workshop, or of an exercise.

    It names the version of the paper, so that the page can say whether there is a newer one. No
    page of an exercise, no address of it: then, and where no web is known, it is empty.
    """
    website, version = workshop.settings.website, workshop.settings.version
    if website is None:
        return ""
    made = any(product.format == "site" for product, _ in offered(workshop).values())
    if not made:
        return "" if name else website.url
    page = folder_of(website.url) + quote(exercise_page(name)) if name else website.url
    return f"{page}#v{quote(version)}" if version else page


def exercise_page(name: str) -> str:
    """Return the place of an exercise's own page in the site."""
    return f"exercises/{name}.html"
