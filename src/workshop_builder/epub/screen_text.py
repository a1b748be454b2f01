"""What a chapter tells on a screen beside its own words: where a part stands, and which signs."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element
from workshop_builder.model.base import Safety
from workshop_builder.pages.labels import Labels

_BOXES = frozenset({"emergency", "soon"})
"""The boxes of a text that tell what to do with signs; their names are those of labels, too."""


def lead_to_parts(root: Element, places: Mapping[str, str]) -> None:
    """Let the title of a part in italics lead to it; `places` are addresses by titles."""
    for name in list(root.iter("{*}em")):
        place = places.get(xhtml.words(name))
        if place and not len(name) and not any(_is_link(each) for each in name.iterancestors()):
            link = etree.SubElement(name, name.tag.replace("em", "a"), {"href": place})
            link.text, name.text = name.text, None


def tell_signs(root: Element, safety: Safety, labels: Labels) -> None:
    """List the signs of workshop.yaml at the end of each box that tells what to do with them."""
    for box in list(root.iter("{*}div")):
        name = box.get("data-box")
        signs = safety.flags(name) if name in _BOXES else ()
        if signs and next(box.iter("{*}ul", "{*}ol"), None) is None:
            lead, listed = (
                etree.SubElement(box, box.tag.replace("div", tag)) for tag in ("p", "ul")
            )
            etree.SubElement(lead, box.tag.replace("div", "b")).text = labels.with_colon(name)
            for sign in signs:
                etree.SubElement(listed, box.tag.replace("div", "li")).text = sign.plain


def _is_link(element: Element) -> bool:
    return bool(etree.QName(element).localname == "a")
