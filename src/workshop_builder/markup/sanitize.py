"""Markdown's output, cleaned: only harmless tags and attributes pass, and what passes is valid."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
import nh3
from lxml.html import defs

from workshop_builder.markup.xhtml import Element
from workshop_builder.source.characters import without_unprintable

DEEPEST = 100
"""Tags inside tags; XML readers give up at 256, and no text of ours needs twenty."""

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What an address that leads out of the workshop may begin with."""

_BLOCKS = (
    "blockquote caption dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre table"
    " tbody td tfoot th thead tr ul"
)
_WORDS = "a abbr b br cite code del em i img ins kbd q s small span strong sub sup u var"
_TAGS = frozenset(f"{_BLOCKS} {_WORDS}".split())
_NEWER = (
    "article aside audio canvas data datalist details dialog figcaption figure footer header"
    " hgroup main mark math menu meter nav output picture progress rp rt ruby search section"
    " slot source summary svg template time track video wbr"
)
_KNOWN = frozenset(defs.tags) | frozenset(_NEWER.split())
"""Tags of HTML; the others are a person's own words between < and >."""

_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "div": {"data-box", "data-exercise", "data-exercises", "data-write"},
}
_VALUES = {
    "dir": r"ltr|rtl|auto",
    "lang": r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    "start": r"-?\d{1,6}",
    "type": r"[1aAiI]",
    "colspan": r"[1-9]\d{0,2}",
    "rowspan": r"[1-9]\d{0,2}",
    "scope": r"row|col|rowgroup|colgroup",
    "id": r"\S+",
}
_OPENING = re.compile(r"<([A-Za-z][\w:-]*)")
_DRAWING = re.compile(r"(<(?:svg|math)\b).*?</(?:svg|math)\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_EMPTY = {"br", "hr", "img"}
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")


class TooDeepError(ValueError):
    """Tags are nested deeper than any reader of the pages follows."""


def clean(html: str) -> Element:
    """Return `html`, cleaned, as the children of a `div`; raises TooDeepError."""
    cleaned = nh3.clean(
        without_unprintable(html),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    # An entity such as &#1; is a character only now.
    cleaned = without_unprintable(cleaned)
    if _depth(cleaned) > DEEPEST:
        raise TooDeepError
    root: Element = lxml.html.fragment_fromstring(cleaned, create_parent="div")
    _tidy(root)
    return root


def invented_tags(html: str) -> list[str]:
    """Return the names between < and > that are no tags: words, which would vanish."""
    found = dict.fromkeys(_OPENING.findall(_DRAWING.sub("", html)))
    return [name for name in found if name.lower() not in _KNOWN]


def holds_drawing(html: str) -> bool:
    """Return whether a drawing or a formula stands in `html`, which cleaning takes out."""
    return _DRAWING.search(html) is not None


def refused_addresses(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield tag, address and scheme of each link and picture that could not keep its address.

    A picture without an address is one of them.
    """
    root = lxml.html.fragment_fromstring(without_unprintable(html), create_parent="div")
    for element in root.iter("a", "img"):
        address = element.get("href" if element.tag == "a" else "src") or ""
        scheme = _SCHEME.match(address)
        if scheme and scheme[1].lower() not in SCHEMES:
            yield str(element.tag), address, scheme[1]
        elif element.tag == "img" and not address:
            yield "img", "", ""


def _depth(html: str) -> int:
    """Return how deep the tags of well-formed `html` are nested."""
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if name not in _EMPTY:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest


def _tidy(root: Element) -> None:
    """Drop the attributes whose values are not valid, which readers ignore anyway."""
    for element in root.iter():
        for name, pattern in _VALUES.items():
            value = element.get(name)
            if value is not None and not re.fullmatch(pattern, value):
                del element.attrib[name]
