"""The headings of a chapter's page, as links to them, so that nobody scrolls to find one."""

from __future__ import annotations

from lxml import etree

from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element

_FEWEST = 3
"""Headings that are worth a list."""


def list_headings(page: Element) -> None:
    """Fill the `<nav class="on-page">` of a page with links to the headings of its article.

    With few headings it is taken out. Headings without an id are given one.
    """
    nav = next((each for each in page.iter("nav") if each.get("class") == "on-page"), None)
    if nav is None:
        return
    headings = [each for article in page.iter("article") for each in article.iter("h2")]
    if len(headings) < _FEWEST:
        xhtml.remove(nav)
        return
    items = etree.SubElement(nav, "ul")
    for number, heading in enumerate(headings, 1):
        heading.set("id", heading.get("id") or f"part-{number}")
        link = etree.SubElement(etree.SubElement(items, "li"), "a")
        link.set("href", f"#{heading.get('id')}")
        link.text = xhtml.words(heading)
