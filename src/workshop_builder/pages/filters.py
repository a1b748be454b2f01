"""What templates can do to texts: each filter takes words or XHTML, and gives XHTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from markupsafe import Markup, escape

from workshop_builder.markup import typography, xhtml
from workshop_builder.markup.fragment import Fragment
from workshop_builder.markup.rich_text import RichText
from workshop_builder.markup.typography import NO_BREAK_SPACE
from workshop_builder.markup.xhtml import Element

Text: TypeAlias = str | RichText | Fragment
"""What a template prints; a `str` that is no `Markup` is words."""

_LONGEST_TIED = 11
"""Letters of a last word that may be tied to the one before."""
_LOWEST = 6
"""The lowest level of a heading."""


def deeper(text: Text, levels: int = 1) -> Markup:
    """Return `text` with each heading `levels` lower, h6 at the lowest."""
    root = _tree(text)
    for heading in root.iter("h2", "h3", "h4", "h5", "h6"):
        heading.tag = f"h{min(int(heading.tag[1]) + levels, _LOWEST)}"
    return _printed(root)


def listed(texts: Iterable[RichText]) -> Markup:
    """Return texts in one line, with commas between them."""
    return Markup(", ".join(text.inline for text in texts))  # noqa: S704  clean since it was read


def bind_end(text: Text) -> Markup:
    """Return `text` with a short last word tied to the one before."""
    root = _tree(text)
    typography.bind_end(root)
    return _printed(root)


def tied(text: Text) -> Markup:
    """Return `text` with its last two words on one line, so that a narrow column has none alone."""
    root = _tree(text)
    end = (root[-1].tail if len(root) else root.text) or ""
    before, blank, word = end.rpartition(" ")
    if blank and len(word) <= _LONGEST_TIED:
        bound = before + NO_BREAK_SPACE + word
        if len(root):
            root[-1].tail = bound
        else:
            root.text = bound
    return _printed(root)


def tight(text: Text) -> Markup:
    """Return `text` without the line breaks between tags, each of which an engine may set."""
    root = _tree(text)
    for element in root.iter():
        element.text = (element.text or "").strip("\n") or None
        element.tail = (element.tail or "").strip("\n") or None
    return _printed(root)


def _tree(text: Text) -> Element:
    return text.copy() if isinstance(text, Fragment) else xhtml.parse(escape(text))


def _printed(root: Element) -> Markup:
    return Markup(xhtml.inner(root))  # noqa: S704  from texts that are clean
