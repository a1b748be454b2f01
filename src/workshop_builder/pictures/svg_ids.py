"""The names (ids) inside a drawing, by which its parts refer to each other."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from workshop_builder.markup.xhtml import Element

HREF = "{http://www.w3.org/1999/xlink}href"
"""The attribute by which one element uses another."""

_NAME = re.compile(r"[^\W\d][\w.\-]*")
_LOCAL = re.compile(r"""(url\(\s*["']?#)([^"')\s]+)""", re.IGNORECASE)


def settle_names(drawing: Element) -> None:
    """Make each id valid in an e-book, and remove those given before."""
    taken: dict[str, str] = {}
    for element in drawing.iter():
        name = element.get("id")
        if name in taken:
            del element.attrib["id"]
        elif name is not None:
            taken[name] = _valid(name, taken)
            element.set("id", taken[name])
    if changed := {old: new for old, new in taken.items() if old != new}:
        for element in drawing.iter():
            _rename(element, changed)


def _valid(name: str, taken: Mapping[str, str]) -> str:
    """Return the name if XML allows it, else one like it that is still free."""
    if _NAME.fullmatch(name):
        return name
    new = "n" + re.sub(r"[^\w.\-]", "-", name)
    while new in taken or new in taken.values():
        new += "-"
    return new


def _rename(element: Element, changed: Mapping[str, str]) -> None:
    """Let the element refer to things by their new names."""

    def local(match: re.Match[str]) -> str:
        return match[1] + changed.get(match[2], match[2])

    for key, value in element.attrib.items():
        if key == HREF and value.startswith("#"):
            element.set(key, "#" + changed.get(value[1:], value[1:]))
        elif "url(" in value.lower():
            element.set(key, _LOCAL.sub(local, value))
    if etree.QName(element).localname == "style":
        element.text = _LOCAL.sub(local, element.text)
