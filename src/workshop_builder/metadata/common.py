"""What all that programs read has in common: names that last, dates, addresses, access."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from workshop_builder.markup.rich_text import RichText
from workshop_builder.metadata.offer import Download, Offer
from workshop_builder.model.dose import CHANGE_SECONDS, Time, side_count
from workshop_builder.model.products import PRODUCTS
from workshop_builder.model.workshop import Exercise, Settings
from workshop_builder.pages import accessibility
from workshop_builder.pages.accessibility import Access

_TEACHERS = frozenset(product.name for product in PRODUCTS if product.for_teacher)


def public(offer: Offer) -> tuple[Download, ...]:
    """Return the downloads that are for everyone."""
    return tuple(item for item in offer.downloads if item.product not in _TEACHERS)


def title(offer: Offer, download: Download) -> str:
    """Return a download's title with what sets it apart: `Workshop book, large print`."""
    parts = [download.title]
    if download.edition not in {None, "standard"}:
        parts.append(offer.labels[f"edition_{download.edition}"])
    if download.paper not in {None, offer.workshop.settings.paper}:
        parts.append(offer.labels[f"paper_{download.paper}"])
    return ", ".join(parts)


def moment(date: datetime.date) -> str:
    """Return the start of a day, as RFC 3339 writes it."""
    return f"{date.isoformat()}T00:00:00Z"


def words(text: RichText | None) -> str:
    """Return the plain words of a field; an empty string where it is left out."""
    return text.plain if text else ""


def listed(texts: Sequence[RichText]) -> list[str]:
    """Return the plain words of each item of a field that lists them."""
    return [text.plain for text in texts]


def licence(settings: Settings) -> str | None:
    """Return the address of the licence, if `rights` is nothing but one."""
    rights = settings.rights.source if settings.rights else ""
    parts = urlsplit(rights) if not rights.split()[1:] else None
    return rights if parts and parts.scheme in {"http", "https"} and parts.netloc else None


def home(settings: Settings) -> str | None:
    """Return the studio's own address on the web."""
    own = settings.website.home if settings.website else None
    return own or (settings.studio.website if settings.studio else None)


def moving(exercise: Exercise) -> Time | None:
    """Return how long the exercise takes by its dose, or None where it names no hold."""
    return exercise.time if exercise.fields.hold else None


def whole(exercise: Exercise) -> Time | None:
    """Return the same with the change of sides."""
    time = moving(exercise)
    spare = (side_count(exercise.fields.sides) - 1) * CHANGE_SECONDS
    return time + Time(spare, spare) if time else None


def access(offer: Offer) -> Access:
    """Return how the workshop can be perceived, as far as its pictures bear it out."""
    return accessibility.assess(_alternatives(offer), offer.labels)


def _alternatives(offer: Offer) -> Iterator[str]:
    """Yield what stands for each picture that students see; nothing where a text lacks."""
    workshop = offer.workshop
    if workshop.settings.cover:
        yield offer.labels.say("cover_alt", title=workshop.settings.title)
    for exercise in workshop.exercises.values():
        if exercise.picture:
            yield exercise.alt or ""
    for chapter in workshop.chapters:
        if chapter.fields.audience == "everyone":
            for image in chapter.body.root.iter("img"):
                yield image.get("alt") or ""
