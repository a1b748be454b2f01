"""Addresses of the web and of mail that are printed: no sign in them may change."""

from __future__ import annotations

import re

from lxml import etree

from workshop_builder.markup import xhtml
from workshop_builder.markup.markdown.printed_addresses import BEGIN, MAIL, WEB
from workshop_builder.markup.xhtml import Element

_LINKED = re.compile(rf"{BEGIN}(?:({WEB})|{MAIL})", re.IGNORECASE)
_BEGINNING = re.compile(r"^(?:https?://|mailto:)?(?:www\.)?", re.IGNORECASE)


def is_printed(link: Element) -> bool:
    """Return whether the words of a link are its address, or its telephone number."""
    address, words = link.get("href") or "", "".join(link.itertext())
    if address.lower().startswith("tel:"):
        return re.sub(r"\D", "", address) == re.sub(r"\D", "", words)
    return bool(words) and _bare(address) == _bare(words)


def _bare(address: str) -> str:
    return _BEGINNING.sub("", address.strip()).rstrip("/").casefold()


def link_all(root: Element) -> None:
    """Make a link of each address of the web or of mail that is only printed."""
    for element in list(xhtml.worded(root)):
        if element.tag == "a" or next(element.iterancestors("a"), None) is not None:
            continue
        for child in reversed(element):
            if child.tail:
                child.tail = _link(element, element.index(child) + 1, child.tail)
        if element.text:
            element.text = _link(element, 0, element.text)


def _link(parent: Element, place: int, text: str) -> str:
    """Put the links of a text into `parent`, with what follows each; return what comes before."""
    for found in reversed(list(_LINKED.finditer(text))):
        link = etree.Element("a", {"href": _address(found)})
        link.text, link.tail = found[0], text[found.end() :]
        parent.insert(place, link)
        text = text[: found.start()]
    return text


def _address(found: re.Match[str]) -> str:
    if not found[1]:
        return f"mailto:{found[0]}"
    return found[0] if "://" in found[0] else f"https://{found[0]}"
