"""The feeds that e-reader programs subscribe to: OPDS 2.0 (JSON) and OPDS 1.2 (Atom).

Both list the same publications: the workshop as a book in all its formats, then each other
product with its editions. The teacher's guide and the zip are in neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from workshop_builder.markup.xhtml import Element
from workshop_builder.metadata import common
from workshop_builder.metadata.offer import Download, Image, Offer
from workshop_builder.pages import accessibility
from workshop_builder.publishing.publication import NO_DATE, identifier

OPDS_1 = "application/atom+xml;profile=opds-catalog;kind=acquisition"
"""The media type of opds.xml."""
OPDS_2 = "application/opds+json"
"""The media type of opds.json."""

_OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
_COVER = "http://opds-spec.org/image"
_WORK = ("epub", "book")
"""The products that are the workshop itself, the most wanted first."""
_BASIC_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif"})
"""The media types of images that every program must be able to show."""
_ATOM = "http://www.w3.org/2005/Atom"
_DCTERMS = "http://purl.org/dc/terms/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class _Publication:
    """One entry of the feeds: a product with the files that it can be downloaded as."""

    identifier: str
    title: str
    downloads: tuple[Download, ...]
    """The most wanted first."""
    images: tuple[Image, ...]
    """The largest first."""
    is_whole: bool
    """Whether it is the workshop itself, and not a handout that goes with it."""


def opds_2(offer: Offer) -> bytes:
    """Return opds.json."""
    settings = offer.workshop.settings
    feed = {
        "metadata": common.without_empty(
            title=settings.title,
            modified=common.start_of_day(settings.date) if settings.date else None,
        ),
        "links": [
            {"rel": "self", "href": offer.address("opds.json"), "type": OPDS_2},
            {"rel": "alternate", "href": offer.address("opds.xml"), "type": OPDS_1},
            {"rel": "alternate", "href": offer.home(), "type": "text/html"},
        ],
        "publications": [_publication(offer, item) for item in _publications(offer)],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=2) + "\n").encode()


def opds_1(offer: Offer) -> bytes:
    """Return opds.xml.

    Atom requires an author and a time of change. A workshop without an author has the studio in
    its place, or else its title; one without a date has `NO_DATE`, as in the e-book.
    """
    settings = offer.workshop.settings
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM, "dcterms": _DCTERMS})
    feed.set(_LANG, settings.language)
    _add(feed, "id", identifier(offer.workshop, "/opds"))
    _add(feed, "title", settings.title)
    _add(feed, "updated", common.start_of_day(settings.date or NO_DATE))
    _add_author(feed, offer)
    for rel in ("self", "start"):
        _add(feed, "link", rel=rel, href=offer.address("opds.xml"), type=OPDS_1)
    _add(feed, "link", rel="alternate", href=offer.home(), type="text/html")
    for publication in _publications(offer):
        _add_entry(feed, offer, publication)
    etree.indent(feed)
    written: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


# --- Publications ------------------------------------------------------------------------------


def _publications(offer: Offer) -> Iterator[_Publication]:
    """Yield the workshop itself, then each other product in the order of the offer."""
    files = [item for item in common.public_downloads(offer) if item.format != "zip"]
    title = offer.workshop.settings.title
    if whole := [item for name in _WORK for item in files if item.product == name]:
        images = _images(offer, whole)
        yield _Publication(identifier(offer.workshop), title, tuple(whole), images, is_whole=True)
    for name in dict.fromkeys(item.product for item in files if item.product not in _WORK):
        same = tuple(item for item in files if item.product == name)
        named = f"{title}: {same[0].title}"
        key = identifier(offer.workshop, f"/{name}")
        yield _Publication(key, named, same, _images(offer, same), is_whole=False)


def _images(offer: Offer, files: Sequence[Download]) -> tuple[Image, ...]:
    """Return images of the first page, and the share image if no program must know those."""
    thumbnails = next((item.thumbnails for item in files if item.thumbnails), ())
    known = any(image.media_type in _BASIC_IMAGES for image in thumbnails)
    shared = (offer.share,) if offer.share and not known else ()
    return (*sorted(thumbnails, key=lambda image: -image.width), *shared)


def _named(offer: Offer, publication: _Publication) -> Iterator[Download]:
    """Yield the downloads of a publication, each with a title that no other has."""
    for item in publication.downloads:
        yield replace(item, title=common.full_title(offer, item))


# --- OPDS 2.0 ------------------------------------------------------------------------------------


def _publication(offer: Offer, publication: _Publication) -> dict[str, object]:
    found: dict[str, object] = {
        "metadata": _metadata(offer, publication),
        "links": [
            *(
                {
                    "rel": _OPEN_ACCESS,
                    "href": offer.address(i.path),
                    "type": i.media_type,
                    "title": i.title,
                }
                for i in _named(offer, publication)
            ),
            {"rel": "alternate", "href": offer.home(), "type": "text/html"},
        ],
    }
    images = [
        {
            "href": offer.address(image.path),
            "type": image.media_type,
            "width": image.width,
            "height": image.height,
        }
        for image in publication.images
    ]
    return found | common.without_empty(images=images)


def _metadata(offer: Offer, publication: _Publication) -> dict[str, object]:
    settings = offer.workshop.settings
    whole = publication.is_whole
    pages = [item.pages for item in publication.downloads if item.pages]
    studio = settings.studio
    return {
        "@type": "http://schema.org/Book" if whole else "http://schema.org/DigitalDocument",
        **common.without_empty(
            identifier=publication.identifier,
            title=publication.title,
            subtitle=settings.subtitle if whole else None,
            language=settings.language,
            author={"name": settings.author} if settings.author else None,
            publisher={"name": studio.name} if studio else None,
            description=common.plain(settings.description) if whole else None,
            modified=common.start_of_day(settings.date) if settings.date else None,
            published=settings.date.isoformat() if settings.date else None,
            numberOfPages=pages[0] if pages else None,
            accessibility=_accessibility(offer, publication),
        ),
    }


def _accessibility(offer: Offer, publication: _Publication) -> dict[str, object]:
    """Return how the first download can be perceived, in the terms of Readium's manifest."""
    access = common.access(offer)
    return {
        "summary": access.summary,
        "accessMode": list(access.modes),
        "accessModeSufficient": [list(senses) for senses in access.sufficient],
        "feature": list(access.features(publication.downloads[0].format)),
        "hazard": [accessibility.HAZARD],
    }


# --- OPDS 1.2 ------------------------------------------------------------------------------------


def _add_entry(feed: Element, offer: Offer, publication: _Publication) -> None:
    settings = offer.workshop.settings
    entry = _add(feed, "entry")
    _add(entry, "id", publication.identifier)
    _add(entry, "title", publication.title)
    _add(entry, "updated", common.start_of_day(settings.date or NO_DATE))
    _add_author(entry, offer)
    _add(entry, f"{{{_DCTERMS}}}language", settings.language)
    if settings.studio:
        _add(entry, f"{{{_DCTERMS}}}publisher", settings.studio.name)
    if settings.date:
        _add(entry, f"{{{_DCTERMS}}}issued", settings.date.isoformat())
    if settings.rights:
        _add(entry, "rights", common.plain(settings.rights))
    if publication.is_whole and settings.description:
        _add(entry, "summary", common.plain(settings.description), type="text")
    _add(entry, "link", rel="alternate", href=offer.home(), type="text/html")
    for rel, image in _cover_links(publication.images):
        _add(entry, "link", rel=rel, href=offer.address(image.path), type=image.media_type)
    for item in _named(offer, publication):
        place = {"href": offer.address(item.path), "type": item.media_type, "title": item.title}
        _add(entry, "link", rel=_OPEN_ACCESS, **place, length=str(item.bytes))


def _cover_links(images: Sequence[Image]) -> Iterator[tuple[str, Image]]:
    """Yield the largest and the smallest image that every program can show, with its relation."""
    known = [image for image in images if image.media_type in _BASIC_IMAGES]
    if known:
        yield _COVER, known[0]
        yield f"{_COVER}/thumbnail", known[-1]


def _add_author(parent: Element, offer: Offer) -> None:
    settings = offer.workshop.settings
    studio = settings.studio.name if settings.studio else None
    author = settings.author or studio or settings.title
    person = _add(parent, "author")
    _add(person, "name", author)
    if studio and author == studio and (home := common.studio_address(settings)):
        _add(person, "uri", home)


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """Return a new element of Atom, or of the namespace in its name, at the end of `parent`."""
    child = etree.SubElement(parent, name if name.startswith("{") else f"{{{_ATOM}}}{name}")
    child.text = text
    for key, value in attributes.items():
        child.set(key, value)
    return child
