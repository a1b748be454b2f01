"""The addresses of the website that are printed on paper."""

from __future__ import annotations

from urllib.parse import quote

from workshop_builder.model.products import offered
from workshop_builder.model.workshop import Workshop
from workshop_builder.source.addresses import exercise_page, site_folder


def printed_address(workshop: Workshop, exercise_id: str = "") -> str:
    """Return the address that a QR code on paper leads to: of the workshop, or of an exercise.

    It names the version of the paper, so that the page can say whether there is a newer one. It
    is empty where no web address is known, and for an exercise if no website is made.
    """
    website, version = workshop.settings.website, workshop.settings.version
    if website is None:
        return ""
    made = any(product.format == "site" for product, _ in offered(workshop).values())
    if not made:
        return "" if exercise_id else website.url
    own = site_folder(website.url) + quote(exercise_page(exercise_id))
    page = own if exercise_id else website.url
    return f"{page}#v{quote(version)}" if version else page
