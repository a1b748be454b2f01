"""What linked data is made of: things with properties, and the files and pictures among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias
from urllib.parse import quote

from workshop_builder.metadata import common
from workshop_builder.metadata.offer import Download, Image, Offer
from workshop_builder.model.workshop import Exercise
from workshop_builder.pages import accessibility
from workshop_builder.pages.accessibility import Access

Node: TypeAlias = dict[str, object]
"""A thing of schema.org with its properties."""

_BOOKS = frozenset({"book", "epub"})
_PIXELS = "E37"
"""The pixel among the units of UN/CEFACT."""


def told(**properties: object) -> Node:
    """Return the properties that say something."""
    return {name: value for name, value in properties.items() if value not in (None, "", [], {})}


def at(offer: Offer, root: str, path: str) -> str:
    """Return the address of a file of the site, seen from a page from which `root` leads up."""
    return (offer.base or root) + quote(path)


def example(offer: Offer, item: Download, seen: Access) -> Node:
    """Return the form that the workshop has in one file."""
    labels = offer.labels
    book = item.product in _BOOKS
    large = ["largePrint"] if item.edition == "large-print" else []
    own = [*seen.alternatives, *accessibility.OWN_FEATURES[item.format]]
    named = item.edition and item.edition != "standard"
    extent = {"@type": "QuantitativeValue", "value": item.pages, "unitText": "pages"}
    return {
        "@type": "Book" if book else "DigitalDocument",
        **told(
            name=common.title(offer, item),
            inLanguage=offer.workshop.settings.language,
            bookFormat="https://schema.org/EBook" if book else None,
            bookEdition=labels[f"edition_{item.edition}"] if book and named else None,
            numberOfPages=item.pages if book else None,
            materialExtent=extent if item.pages and not book else None,
            size=labels[f"paper_{item.paper}"] if item.paper else None,
            isAccessibleForFree=True,
            accessMode=list(seen.modes),
            accessModeSufficient=sufficient(seen.sufficient),
            accessibilityFeature=[*accessibility.NAVIGATION, *own, *large],
            thumbnailUrl=[at(offer, "", image.path) for image in item.thumbnails[:1]],
            encoding=file(offer, item),
        ),
    }


def file(offer: Offer, item: Download) -> Node:
    """Return a file with what is needed to fetch and check it."""
    return {
        "@type": "MediaObject",
        "name": common.title(offer, item),
        "contentUrl": at(offer, "", item.path),
        "encodingFormat": item.media_type,
        "contentSize": f"{item.bytes} B",
        "sha256": item.sha256,
    }


def sufficient(sets: Sequence[Sequence[str]]) -> list[Node]:
    """Return the sets of senses each of which is enough, as lists."""
    return [{"@type": "ItemList", "itemListElement": list(senses)} for senses in sets]


def image(
    offer: Offer, path: str | None, root: str, exercise: Exercise | None = None
) -> Node | None:
    """Return a picture of the workshop, with its words where an exercise has them."""
    node = picture(offer, offer.pictures.get(path or ""), root)
    if not node or not exercise:
        return node
    caption = common.words(exercise.fields.caption)
    return node | told(caption=caption, description=exercise.alt)


def picture(offer: Offer, image: Image | None, root: str) -> Node | None:
    """Return a picture of the site; that of a drawing has no size in pixels."""
    if not image:
        return None
    node: Node = {"@type": "ImageObject", "contentUrl": at(offer, root, image.path)}
    node["encodingFormat"] = image.media_type
    if image.media_type != "image/svg+xml":
        node["width"] = _pixels(image.width)
        node["height"] = _pixels(image.height)
    return node


def _pixels(count: int) -> Node:
    return {"@type": "QuantitativeValue", "value": count, "unitCode": _PIXELS}
