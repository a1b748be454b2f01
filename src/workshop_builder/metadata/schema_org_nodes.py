"""The smaller objects of schema.org: files, images, and the forms in which a workshop comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from workshop_builder.metadata import common
from workshop_builder.metadata.offer import Download, Image, Offer
from workshop_builder.model.workshop import Exercise
from workshop_builder.pages.accessibility import Access

Node: TypeAlias = dict[str, object]
"""An object of schema.org: its properties by their names."""

_BOOKS = frozenset({"book", "epub"})
_PIXELS = "E37"
"""The code of the pixel among the units of UN/CEFACT."""


def work_example(offer: Offer, download: Download, access: Access) -> Node:
    """Return the workshop in the form of one download: a book or a document."""
    labels = offer.labels
    edition, paper = download.edition, download.paper
    is_book = download.product in _BOOKS
    named = labels.edition(edition) if edition and edition != "standard" else None
    large_print = ["largePrint"] if edition == "large-print" else []
    extent = {"@type": "QuantitativeValue", "value": download.pages, "unitText": "pages"}
    return {
        "@type": "Book" if is_book else "DigitalDocument",
        **common.without_empty(
            name=common.full_title(offer, download),
            inLanguage=offer.workshop.settings.language,
            bookFormat="https://schema.org/EBook" if is_book else None,
            bookEdition=named if is_book else None,
            numberOfPages=download.pages if is_book else None,
            materialExtent=extent if download.pages and not is_book else None,
            size=labels.paper(paper) if paper else None,
            isAccessibleForFree=True,
            accessMode=list(access.modes),
            accessModeSufficient=item_lists(access.sufficient),
            accessibilityFeature=[*access.features(download.format), *large_print],
            thumbnailUrl=[offer.address(image.path) for image in download.thumbnails[:1]],
            encoding=media_object(offer, download),
        ),
    }


def media_object(offer: Offer, download: Download) -> Node:
    """Return the file of a download, with its address, format, size and checksum."""
    return {
        "@type": "MediaObject",
        "name": common.full_title(offer, download),
        "contentUrl": offer.address(download.path),
        "encodingFormat": download.media_type,
        "contentSize": f"{download.bytes} B",
        "sha256": download.sha256,
    }


def item_lists(sets: Sequence[Sequence[str]]) -> list[Node]:
    """Return an ItemList for each of the sets."""
    return [{"@type": "ItemList", "itemListElement": list(items)} for items in sets]


def picture_object(
    offer: Offer, path: str | None, root: str, exercise: Exercise | None = None
) -> Node | None:
    """Return the image of the picture at `path` in the source folder, or None without a picture.

    With an `exercise` it has its caption and its alternative text. `root` is what leads from the
    page to the top of the website.
    """
    node = image_object(offer, offer.pictures.get(path or ""), root)
    if not node or not exercise:
        return node
    caption = common.plain(exercise.fields.caption)
    return node | common.without_empty(caption=caption, description=exercise.alt)


def image_object(offer: Offer, image: Image | None, root: str) -> Node | None:
    """Return an image of the website, or None without one; an SVG has no size in pixels."""
    if not image:
        return None
    node: Node = {"@type": "ImageObject", "contentUrl": offer.address(image.path, root)}
    node["encodingFormat"] = image.media_type
    if image.media_type != "image/svg+xml":
        node["width"] = _pixels(image.width)
        node["height"] = _pixels(image.height)
    return node


def _pixels(count: int) -> Node:
    return {"@type": "QuantitativeValue", "value": count, "unitCode": _PIXELS}
