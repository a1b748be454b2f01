"""What all that programs read has in common: names that last, dates, addresses, access."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from workshop_builder.markup import xhtml
from workshop_builder.metadata import plain_text
from workshop_builder.metadata.offer import Download, Offer
from workshop_builder.model.dose import CHANGE_SECONDS, Time, side_count
from workshop_builder.model.products import PRODUCTS
from workshop_builder.model.workshop import Exercise, Settings

NO_DATE = datetime.date(2000, 1, 1)
"""Stands where a format demands a date and the workshop has none, as in the e-book."""
_TEACHERS = frozenset(product.name for product in PRODUCTS if product.for_teacher)


@dataclass(frozen=True, slots=True)
class Access:
    """How the workshop can be perceived, in the words of schema.org and of the e-book."""

    modes: tuple[str, ...]
    """The senses that it speaks to."""
    sufficient: tuple[tuple[str, ...], ...]
    """The sets of senses each of which is enough."""
    features: tuple[str, ...]
    """What every file of it has."""
    summary: str
    """In a sentence, in the workshop's language."""


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


def identifier(offer: Offer, part: str = "") -> str:
    """Return a name that no other workshop has: that of the e-book, or of a part beside it."""
    settings = offer.workshop.settings
    place = settings.website.url if settings.website else offer.workshop.slug
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{place}#{settings.language}{part}").urn


def moment(date: datetime.date) -> str:
    """Return the start of a day, as RFC 3339 writes it."""
    return f"{date.isoformat()}T00:00:00Z"


def words(offer: Offer, text: str | None) -> str:
    """Return a field's plain words; nothing for none."""
    return plain_text.of_field(text, offer.workshop.settings.language) if text else ""


def listed(offer: Offer, texts: Sequence[str]) -> list[str]:
    """Return the plain words of each item of a field that lists them."""
    return [words(offer, text) for text in texts]


def licence(settings: Settings) -> str | None:
    """Return the address of the licence, if `rights` is nothing but one."""
    rights = settings.rights or ""
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
    alts = list(_alternatives(offer))
    described = all(alt.strip() for alt in alts)
    seen: tuple[tuple[str, ...], ...] = (("textual", "visual"),) if alts else ()
    return Access(
        modes=("textual", "visual") if alts else ("textual",),
        sufficient=(*seen, ("textual",)) if described else seen,
        features=("readingOrder", "structuralNavigation")
        + (("alternativeText",) if alts and described else ()),
        summary=offer.labels["summary_access"],
    )


def _alternatives(offer: Offer) -> Iterator[str]:
    """Yield what stands for each picture that students see; nothing where a text lacks."""
    workshop = offer.workshop
    if workshop.settings.cover:
        yield offer.labels.say("cover_alt", title=workshop.settings.title)
    for exercise in workshop.exercises.values():
        if exercise.picture:
            yield exercise.alt or ""
    for chapter in workshop.chapters:
        if chapter.fields.audience == "everyone" and "<img" in chapter.body:
            for image in xhtml.parse(chapter.body).iter("img"):
                yield image.get("alt") or ""
