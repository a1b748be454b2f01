"""The ids inside a drawing, by which its parts refer to each other."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from workshop_builder.markup.xhtml import Element

HREF = "{http://www.w3.org/1999/xlink}href"
"""The attribute by which an element refers to another."""

_NAME = re.compile(r"[^\W\d][\w.\-]*")
_LOCAL = re.compile(r"""(url\(\s*["']?#)([^"')\s]+)""", re.IGNORECASE)


def make_ids_valid(drawing: Element) -> None:
    """Make each id one that an e-book may have, and remove ids that are given a second time."""
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
    """Return the id if XML allows it, else a similar one that is free."""
    if _NAME.fullmatch(name):
        return name
    new = "n" + re.sub(r"[^\w.\-]", "-", name)
    while new in taken or new in taken.values():
        new += "-"
    return new


def _rename(element: Element, changed: Mapping[str, str]) -> None:
    """Let an element refer to others by their new ids."""

    def local(match: re.Match[str]) -> str:
        return match[1] + changed.get(match[2], match[2])

    for key, value in element.attrib.items():
        if key == HREF and value.startswith("#"):
            element.set(key, "#" + changed.get(value[1:], value[1:]))
        elif "url(" in value.lower():
            element.set(key, _LOCAL.sub(local, value))
    if etree.QName(element).localname == "style":
        element.text = _LOCAL.sub(local, element.text)
