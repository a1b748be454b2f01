"""Headings, tables, footnotes and boxes, marked up as screen readers need them."""

from __future__ import annotations

import re
from collections import Counter

from workshop_builder.markup.references import SourceText
from workshop_builder.markup.xhtml import Element

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)


def level_headings(root: Element) -> None:
    """Make the headings start at h2 and skip no level."""
    headings = list(root.iter(*_HEADINGS))
    if not headings:
        return
    top = min(int(str(heading.tag)[1]) for heading in headings)
    before = 1
    for heading in headings:
        level = min(int(str(heading.tag)[1]) - top + 2, before + 1, 6)
        heading.tag = f"h{level}"
        before = level


def scope_tables(root: Element) -> None:
    """Give each header cell a scope: its column or its row."""
    for cell in root.iter("th"):
        row = cell.getparent()
        in_head = row is not None and all(other.tag == "th" for other in row)
        cell.set("scope", cell.get("scope") or ("col" if in_head else "row"))


def mark_notes(root: Element, source: SourceText) -> None:
    """Give the parts of footnotes their DPUB-ARIA roles."""
    for link in root.iter("a"):
        if link.get("class") == "footnote-ref":
            link.set("role", "doc-noteref")
        elif link.get("class") == "footnote-backref":
            link.set("role", "doc-backlink")
            link.attrib.pop("title", None)
    for notes in [box for box in root.iter("div") if box.get("class") == "footnote"]:
        notes.tag = "section"
        notes.set("role", "doc-endnotes")
        for rule in notes.findall("hr"):
            notes.remove(rule)
    _check_notes(root, source)


def _check_notes(root: Element, source: SourceText) -> None:
    """Note footnotes that no text refers to, and those that are defined twice."""
    ids = {element.get("id") for element in root.iter("sup")}
    defined = Counter(_DEFINITION.findall(source.text))
    for name, count in defined.items():
        if count > 1:
            fault = f"the footnote '[^{name}]' is written twice; give one another name"
            source.fault(f"[^{name}]:", fault, 1)
        elif f"fnref-{name}" not in ids:
            fault = f"no text leads to the footnote '[^{name}]'; put [^{name}] where it belongs"
            source.fault(f"[^{name}]:", fault)


def mark_boxes(root: Element) -> None:
    """Give boxes the role of a note; an `aside` would be a landmark without a name."""
    for box in root.iter("div"):
        if box.get("data-box"):
            box.set("role", "note")


def check_ids(root: Element, source: SourceText) -> None:
    """Note ids that elements share: a link could lead to either."""
    counts = Counter(element.get("id") for element in root.iter() if element.get("id"))
    for name, count in counts.items():
        if count > 1:
            fault = f"the mark '#{name}' stands here {count} times; give each another name"
            source.fault(str(name), fault, 1)
