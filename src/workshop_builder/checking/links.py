"""Remarks on links: to pages of the workshop's own website that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, unquote

from workshop_builder.checking.manuscript import Manuscript
from workshop_builder.checking.remark import Remark
from workshop_builder.errors import did_you_mean
from workshop_builder.model.workshop import Chapter, Exercise
from workshop_builder.source.addresses import exercise_page, site_folder


def dead_link(text: Manuscript) -> Iterator[Remark]:
    """Yield a remark for each link to the page of an exercise that the website does not have."""
    website = text.workshop.settings.website
    if website is None:
        return
    site = site_folder(website.url)
    pages = {exercise_page(name): name for name in text.workshop.exercises}
    holders: list[Chapter | Exercise] = [*text.workshop.chapters, *text.exercises]
    for holder in holders:
        for address in _links(holder):
            page = unquote(address.removeprefix(site).partition("#")[0].partition("?")[0])
            if address.startswith(site + quote("exercises/")) and page not in pages:
                said = f"the website has no page '{page}'"
                remedy = did_you_mean(page, pages) or "; link to the exercise's file instead"
                line = text.line_with(holder.path, address)
                yield Remark(holder.path, line, "dead-link", f"{said}{remedy}")


def _links(holder: Chapter | Exercise) -> Iterator[str]:
    steps = holder.steps if isinstance(holder, Exercise) else ()
    for fragment in (*steps, holder.body):
        for link in fragment.root.iter("a"):
            yield link.get("href") or ""
