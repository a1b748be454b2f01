"""What the engine does not see in the elements of a page: it is told by styles and classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

_HEADINGS = ("h1", "h2", "h3", "h4")


def add(root: Element) -> None:
    """Give lists their first number, headings a bookmark without notes, and code its lines."""
    for numbered in root.iterfind(".//ol[@start]"):
        first = f"counter-reset: list-item {numbered.get('start')}"
        numbered.set("style", f"{first}; counter-increment: list-item -1")
    for heading in (heading for tag in _HEADINGS for heading in root.iter(tag)):
        if heading.find(".//a[@class='footnote-ref']") is not None:
            words = " ".join("".join(_words(heading)).split())
            heading.set("style", f"bookmark-label: {_string(words)}")
    for code in root.iterfind(".//pre/code"):
        if not len(code):
            _divide(code)


def _divide(code: Element) -> None:
    """Make an element of each line of code, so that the rest of a long one can be indented."""
    lines = (code.text or "").splitlines(keepends=True)
    code.text = None
    for text in lines:
        SubElement(code, "span", {"class": "code-line"}).text = text


def _words(element: Element) -> Iterator[str]:
    """Yield the words of an element but for the numbers of footnotes."""
    yield element.text or ""
    for child in element:
        if child.find("a[@class='footnote-ref']") is None:
            yield from _words(child)
        yield child.tail or ""


def _string(words: str) -> str:
    """Return words as a string of CSS."""
    escaped = re.sub(r'(["\\])', r"\\\1", words)
    return f'"{escaped}"'
