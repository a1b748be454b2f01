"""From inline XHTML to the plain text that a program reads out, sorts or shows in a list."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_builder.markup import convert, xhtml
from workshop_builder.markup.xhtml import Element

_NAMES = (
    "blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tbody td tfoot th"
    " thead tr ul"
)
_APART = frozenset(_NAMES.split())
"""Tags that part words though no blank stands between them."""


def of_html(html: str) -> str:
    """Return the words of a well-formed fragment with single blanks, a picture's by its alt text.

    Fixed spaces become plain ones; marks of notes are left out, since no note follows.
    """
    return single_blanks("".join(_spoken(xhtml.parse(html))))


def of_field(text: str, language: str) -> str:
    """Return the words of a field of the workshop, whose Markdown is that of a sentence."""
    return of_html(convert.inline(text, language))


def single_blanks(text: str) -> str:
    """Return a text in which every stretch of white space, a fixed space too, is one blank."""
    return " ".join(text.split())


def _spoken(element: Element) -> Iterator[str]:
    if element.tag == "img":
        yield element.get("alt") or ""
        return
    if element.tag == "sup" and element.find("a") is not None:
        return
    edge = " " if element.tag in _APART else ""
    yield edge + (element.text or "")
    for child in element:
        yield from _spoken(child)
        yield child.tail or ""
    yield edge
