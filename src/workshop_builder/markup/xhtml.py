"""Trees of XHTML: read, changed, searched and written."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml has no public name for it
"""An element in a tree of lxml, be it XHTML, SVG or a feed."""

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
_VERBATIM = {"code", "pre", "kbd", "var", "img"}
_NAMES_APART = (
    "blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tbody td tfoot th"
    " thead tr ul"
)
APART = frozenset(_NAMES_APART.split())
"""Tags that separate words even without a space between them."""


def parse(text: str) -> Element:
    """Return a well-formed fragment as the children of a `div`."""
    return etree.fromstring(f"<div>{text}</div>")


def parse_document(text: str) -> Element:
    """Return the root of a whole document; raises `etree.XMLSyntaxError`."""
    return etree.fromstring(text.strip().encode(), _PARSER)


def division() -> Element:
    """Return an empty `div`."""
    return etree.Element("div")


def inner(element: Element) -> str:
    """Return the content of `element` as text, without its own tags."""
    parts = [escape(element.text or "")]
    parts += [etree.tostring(child, encoding="unicode", method="xml") for child in element]
    return "".join(parts)


def outer(element: Element) -> str:
    """Return `element` as text, with its own tags and without what follows it."""
    return str(etree.tostring(element, encoding="unicode", method="xml", with_tail=False))


def write_document(root: Element) -> str:
    """Return a whole document as XHTML that an HTML parser reads alike.

    Empty elements have a start and an end tag; `<p/>` would never end for such a parser.
    """
    written = deepcopy(root)
    for element in written.iter("*"):
        if not len(element) and etree.QName(element).localname not in _VOID:
            element.text = element.text or ""
    return outer(written)


def escape(text: str) -> str:
    """Return `text` with its &, < and > escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def replace(element: Element, content: Element) -> None:
    """Replace `element` by the content of `content`; the text after `element` stays."""
    _add_text_before(element, content.text)
    for child in list(content):
        element.addprevious(child)
    _add_text_before(element, element.tail)
    element.getparent().remove(element)


def remove(element: Element) -> None:
    """Remove `element` from its tree; the text after it stays."""
    replace(element, division())


def unwrap(element: Element) -> None:
    """Replace `element` by its own content."""
    replace(element, element)


def _add_text_before(element: Element, text: str | None) -> None:
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (text or "")
    else:
        parent = element.getparent()
        parent.text = (parent.text or "") + (text or "")


def append(element: Element, content: Element) -> None:
    """Move the content of `content` to the end of `element`."""
    append_text(element, content.text or "")
    element.extend(list(content))


def append_text(element: Element, text: str) -> None:
    """Add `text` at the end of `element`."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def strip(element: Element) -> None:
    """Remove white space from both ends of the content of `element`."""
    element.text = (element.text or "").lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip()
    else:
        element.text = element.text.rstrip()


def text(element: Element) -> str:
    """Return all text in `element`, unchanged."""
    return "".join(element.itertext())


def words(element: Element) -> str:
    """Return the words of `element` with single spaces; pictures give their alternative text.

    References to footnotes are left out, since no note follows.
    """
    return " ".join("".join(_spoken(element)).split())


def _spoken(element: Element) -> Iterator[str]:
    if element.tag == "img":
        yield element.get("alt") or ""
        return
    if is_note_mark(element):
        return
    edge = " " if element.tag in APART else ""
    yield edge + (element.text or "")
    for child in element:
        yield from _spoken(child)
        yield child.tail or ""
    yield edge


def worded(element: Element) -> Iterator[Element]:
    """Yield `element` and all descendants whose text is words, not code."""
    if is_verbatim(element):
        return
    yield element
    for child in element:
        yield from worded(child)


def is_verbatim(element: Element) -> bool:
    """Return whether an element holds code or is a picture, and so no words."""
    return element.tag in _VERBATIM or not isinstance(element.tag, str)


def is_note_mark(element: Element) -> bool:
    """Return whether an element is the number in the text that leads to a footnote."""
    return element.tag == "sup" and element.find("a[@class='footnote-ref']") is not None


def replace_character(root: Element, position: int, character: str) -> None:
    """Replace the character at `position`, counted through all text in `root`."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        part = "text" if event == "start" else "tail"
        text = getattr(element, part) or ""
        if position < len(text):
            setattr(element, part, f"{text[:position]}{character}{text[position + 1 :]}")
            return
        position -= len(text)
