"""What the formats for machines have in common: titles, dates, plain texts, durations, access."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from workshop_builder.markup.rich_text import RichText
from workshop_builder.metadata.offer import Download, Offer
from workshop_builder.model.dose import CHANGE_SECONDS, Time, side_count
from workshop_builder.model.editions import POSTERS
from workshop_builder.model.products import PRODUCTS
from workshop_builder.model.workshop import Exercise, Settings
from workshop_builder.pages import accessibility
from workshop_builder.pages.accessibility import Access

_TEACHERS = frozenset(product.name for product in PRODUCTS if product.for_teacher)


def public_downloads(offer: Offer) -> tuple[Download, ...]:
    """Return the downloads that are not for the teacher alone."""
    return tuple(item for item in offer.downloads if item.product not in _TEACHERS)


def full_title(offer: Offer, download: Download) -> str:
    """Return the title of a download with its edition and paper: `Workshop book, large print`."""
    parts = [download.title]
    if download.edition and download.edition != "standard":
        parts.append(offer.labels.edition(download.edition))
    own = offer.workshop.settings.paper
    if download.paper and download.paper not in (own, POSTERS[own][0]):
        parts.append(offer.labels.paper(download.paper))
    return ", ".join(parts)


def without_empty(**properties: object) -> dict[str, object]:
    """Return the properties that have a value: no None, and no empty text, list or mapping."""
    return {name: value for name, value in properties.items() if value not in (None, "", [], {})}


def start_of_day(date: datetime.date) -> str:
    """Return midnight UTC of a day, as RFC 3339 writes it."""
    return f"{date.isoformat()}T00:00:00Z"


def plain(text: RichText | None) -> str:
    """Return the plain words of a field; an empty string where it is left out."""
    return text.plain if text else ""


def plain_list(texts: Sequence[RichText]) -> list[str]:
    """Return the plain words of each item of a field that holds a list."""
    return [text.plain for text in texts]


def licence(settings: Settings) -> str | None:
    """Return the address of the licence; None where `rights` is not just a web address."""
    rights = settings.rights.source if settings.rights else ""
    parts = urlsplit(rights) if not rights.split()[1:] else None
    return rights if parts and parts.scheme in {"http", "https"} and parts.netloc else None


def studio_address(settings: Settings) -> str | None:
    """Return the web address of the studio itself; None where it is not known."""
    own = settings.website.home if settings.website else None
    return own or (settings.studio.website if settings.studio else None)


def duration(exercise: Exercise) -> Time | None:
    """Return how long an exercise takes, in seconds; None where it has no hold and no whole."""
    timed = exercise.fields.takes or exercise.fields.whole_hold
    return exercise.time if timed else None


def duration_with_changes(exercise: Exercise) -> Time | None:
    """Return the same with the time for changing sides."""
    time = duration(exercise)
    spare = (side_count(exercise.fields.sides) - 1) * CHANGE_SECONDS
    return time + Time(spare, spare) if time else None


def access(offer: Offer) -> Access:
    """Return how the workshop can be perceived, as far as its pictures bear it out."""
    return accessibility.assess(_alternatives(offer), offer.labels)


def _alternatives(offer: Offer) -> Iterator[str]:
    """Yield the alternative text of each picture that students see; empty where it has none."""
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
