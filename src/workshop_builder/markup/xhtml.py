"""Trees of XHTML, in which a text is kept and changed until a product is written."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml has no public name for it
"""An element of any tree of lxml: of XHTML, of SVG, of a feed."""


def parse(text: str) -> Element:
    """Return a well-formed fragment as the children of a `div`."""
    return etree.fromstring(f"<div>{text}</div>")


def inner(element: Element) -> str:
    """Return the content of `element` as text, without its own tags."""
    parts = [escape(element.text or "")]
    parts += [etree.tostring(child, encoding="unicode", method="xml") for child in element]
    return "".join(parts)


def outer(element: Element) -> str:
    """Return `element` as text, with its own tags and without what follows it."""
    return str(etree.tostring(element, encoding="unicode", method="xml", with_tail=False))


def escape(text: str) -> str:
    """Return `text` as it is written between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def remove(element: Element) -> None:
    """Take `element` out of its tree, leaving the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
