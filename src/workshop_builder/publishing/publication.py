"""What formats demand of every publication: an identifier of its own, and a date."""

from __future__ import annotations

import datetime
import uuid

from workshop_builder.model.workshop import Workshop

NO_DATE = datetime.date(2000, 1, 1)
"""Takes the place of a date where a format demands one and the workshop has none."""


def identifier(workshop: Workshop, part: str = "") -> str:
    """Return the URN that names a workshop in its language, or the `part` of it.

    It comes from the address on the web, or else from the title, and so stays the same from one
    build to the next.
    """
    settings = workshop.settings
    place = settings.website.url if settings.website else workshop.slug
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{place}#{settings.language}{part}").urn
