"""Removes from HTML all but harmless tags and attributes with valid values."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
import nh3
from lxml import etree
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
    "div": {"data-box", "data-exercise", "data-exercises", "data-line", "data-swaps", "data-write"},
}
_VALUES = {
    "dir": r"ltr|rtl|auto",
    "lang": r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    "data-line": r"\d{1,7}",
    "start": r"-?\d{1,9}",
    "type": r"[1aAiI]",
    "colspan": r"[1-9]\d{0,2}",
    "rowspan": r"[1-9]\d{0,2}",
    "scope": r"row|col|rowgroup|colgroup",
    "id": r"\S+",
}
_DRAWINGS = ("svg", "math")
_LINKED = "link to it, like [words](https://…)"
_TICKED = "write '- [ ] words' for a box to tick, or the block '/// write | 3' for lines"
_LOST = {
    **dict.fromkeys(("iframe", "video", "audio", "embed", "object", "canvas"), _LINKED),
    **dict.fromkeys(("input", "select", "textarea", "button"), _TICKED),
}
"""Tags that would vanish with what they show, and what to write instead."""
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")


class TooDeepError(ValueError):
    """Raised for tags nested deeper than the readers of the pages follow."""


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
    root = uncleaned(cleaned)
    if _depth(root) > DEEPEST:
        raise TooDeepError
    _tidy(root)
    return root


def uncleaned(html: str) -> Element:
    """Return `html` as the children of a `div`, to look for what cleaning would remove."""
    return lxml.html.fragment_fromstring(without_unprintable(html), create_parent="div")


def invented_tags(root: Element, text: str) -> Iterator[tuple[str, str]]:
    """Yield the names between < and > in an uncleaned text that are not tags, and the fault.

    They would vanish. Each is spelled as in `text`, the Markdown.
    """
    found = dict.fromkeys(str(element.tag) for element in _outside_drawings(root))
    for name in (_as_typed(name, text) for name in found if name not in _KNOWN):
        yield name, f"'<{name}' is no tag and would vanish; write '&lt;' for the sign '<'"


def lost_tags(root: Element) -> Iterator[tuple[str, str]]:
    """Yield the name of each tag in an uncleaned text that shows something no page can, and why."""
    for element in root.iter(*_LOST):
        name = str(element.tag)
        yield name, f"'<{name}>' cannot stand in a text and would vanish; {_LOST[name]}"


def holds_drawing(root: Element) -> bool:
    """Return whether there is a drawing or a formula in an uncleaned text."""
    return next(root.iter(*_DRAWINGS), None) is not None


def refused_addresses(root: Element) -> Iterator[tuple[str, str, str]]:
    """Yield tag, address and scheme of the links and pictures whose address cleaning removes.

    A picture without an address is one of them. `root` is uncleaned.
    """
    for element in root.iter("a", "img"):
        address = element.get("href" if element.tag == "a" else "src") or ""
        scheme = _SCHEME.match(address)
        if scheme and scheme[1].lower() not in SCHEMES:
            yield str(element.tag), address, scheme[1]
        elif element.tag == "img" and not address:
            yield "img", "", ""


def _outside_drawings(root: Element) -> Iterator[Element]:
    for element in root.iterchildren("*"):
        yield element
        if element.tag not in _DRAWINGS:
            yield from _outside_drawings(element)


def _as_typed(name: str, text: str) -> str:
    """Return the name of a tag as it is spelled in `text`; a tree has it in lower case."""
    found = re.search(re.escape(f"<{name}"), text, re.IGNORECASE)
    return found[0].removeprefix("<") if found else name


def _depth(root: Element) -> int:
    """Return how many levels of elements there are below `root`."""
    depth = deepest = -1
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _tidy(root: Element) -> None:
    """Drop attributes with values that are not valid; readers ignore them anyway."""
    for element in root.iter():
        for name, pattern in _VALUES.items():
            value = element.get(name)
            if value is not None and not re.fullmatch(pattern, value):
                del element.attrib[name]
