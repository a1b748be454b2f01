"""The files that the e-book and the website use: the addresses in their pages and styles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2
from lxml import etree

from workshop_builder.markup.xhtml import Element
from workshop_builder.pages import stylesheets

_SHOWING = ("src", "poster", "data", "srcset", "background")
_XLINK = "{http://www.w3.org/1999/xlink}href"


def in_page(root: Element) -> Iterator[str]:
    """Yield the addresses of the files that a page shows, and not those of its links."""
    for element in root.iter("*"):
        yield from (str(element.get(name)) for name in _SHOWING if element.get(name) is not None)
        if etree.QName(element).localname in ("link", "image", "use"):
            yield from (str(element.get(n)) for n in ("href", _XLINK) if element.get(n))
        yield from in_style(element.get("style") or "", declarations=True)
        if etree.QName(element).localname == "style":
            yield from in_style(element.text or "")


def in_sheet(style: str) -> Sequence[str]:
    """Return the addresses in a style sheet, which are looked for once."""
    found: list[str] = stylesheets.read_once(style, _all_in_style)
    return found


def _all_in_style(style: str) -> list[str]:
    return [*in_style(style)]


def in_style(css: str, *, declarations: bool = False) -> Iterator[str]:
    """Yield the addresses in a style sheet, or in the declarations of a style attribute."""
    if declarations:
        yield from _addresses(tinycss2.parse_component_value_list(css))
        return
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if isinstance(rule, tinycss2.ast.AtRule) and rule.lower_at_keyword == "import":
            strings = (token for token in rule.prelude if token.type == "string")
            yield from (str(token.value) for token in strings)
        yield from _addresses(getattr(rule, "prelude", None) or ())
        yield from _addresses(getattr(rule, "content", None) or ())


def _addresses(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "url":
            yield str(token.value)
        elif token.type == "function":
            if token.lower_name in ("url", "src", "image", "image-set"):
                yield from (str(part.value) for part in token.arguments if part.type == "string")
            yield from _addresses(token.arguments)
        elif hasattr(token, "content") and isinstance(token.content, list):
            yield from _addresses(token.content)
