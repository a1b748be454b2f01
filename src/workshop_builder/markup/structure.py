"""Headings, tables, footnotes and boxes, marked up as screen readers need them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from workshop_builder.markup import xhtml
from workshop_builder.markup.references import SourceText
from workshop_builder.markup.xhtml import Element
from workshop_builder.source.look_alikes import as_set

_HEADINGS = tuple(f"{{*}}h{level}" for level in range(1, 7))
"""Headings in any namespace; files of the e-book have that of XHTML."""
_WORDY = 24
"""Characters; a table of three columns or more with a longer cell is wordy."""


def level_headings(root: Element, top: int = 2) -> None:
    """Make the headings start at the level `top` and skip none.

    A heading comes one level below the last one that stands above it, so that those which were
    alike under one heading stay alike.
    """
    above: list[int] = []
    for heading in root.iter(*_HEADINGS):
        tag = str(heading.tag)
        level = int(tag[-1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        heading.tag = f"{tag[:-1]}{min(top + len(above) - 1, 6)}"


def scope_tables(root: Element) -> None:
    """Give each header cell a scope: its column or its row."""
    for cell in root.iter("th"):
        row = cell.getparent()
        in_head = row is not None and all(other.tag == "th" for other in row)
        cell.set("scope", cell.get("scope") or ("col" if in_head else "row"))


def use_look_alikes(root: Element) -> None:
    """Put into all texts the characters that the fonts have in place of others that look alike."""
    for element in root.iter():
        if element.text:
            element.text = as_set(element.text)
        if element.tail:
            element.tail = as_set(element.tail)


def unfold_tables(root: Element, colon: str) -> None:
    """Put in place of each wordy table its rows, one below the other.

    The first cell of a row is its head, a number with the name of its column; each of the others
    begins with the name of its column and a `colon`. One with a row to
    write in has a blank in place of each empty cell. Tables of few words, and those of the
    templates, stay as they are.
    """
    for table in list(root.iter("table")):
        names = table.findall("thead/tr/th")
        cells = [cell for cell in table.iter("td") if cell.getparent().index(cell)]
        longest = max((len(xhtml.words(cell)) for cell in cells), default=0)
        if not table.attrib and len(names) > 2 and longest > _WORDY:
            xhtml.replace(table, _rows(table, names, colon))


def _rows(table: Element, names: list[Element], colon: str) -> Element:
    content = xhtml.division()
    rows = etree.SubElement(content, "div", {"class": "table-rows"})
    to_write_in = any(not any(map(xhtml.words, row[1:])) for row in table.iterfind("tbody/tr"))
    kind = "table-row fill-in" if to_write_in else "table-row"
    for row in table.iterfind("tbody/tr"):
        block = etree.SubElement(rows, "div", {"class": kind})
        for number, (cell, name) in enumerate(zip(row, names, strict=False)):
            if to_write_in or xhtml.words(cell):
                block.append(_line(cell, name, colon, is_head=not number))
    return content


def _line(cell: Element, name: Element, colon: str, *, is_head: bool) -> Element:
    """Return a cell as a paragraph, with the name of its column where the words do not tell it."""
    line = deepcopy(cell)
    line.tag, line.tail = "p", None
    line.attrib.clear()
    if is_head:
        line.set("class", "row-head")
        if xhtml.words(cell).isdigit():
            line.text = f"{xhtml.words(name)} {line.text or ''}"
        return line
    label = etree.Element("b")
    label.text = f"{xhtml.words(name)}{colon}"
    label.tail = f" {line.text or ''}"
    line.text = None
    line.insert(0, label)
    if not xhtml.words(cell):
        etree.SubElement(line, "span", {"class": "blank"})
    return line


def mark_notes(root: Element, notes: Sequence[tuple[int, str]], source: SourceText) -> None:
    """Give the parts of footnotes their DPUB-ARIA roles; `notes` are those that are written."""
    for link in root.iter("a"):
        if link.get("class") == "footnote-ref":
            link.set("role", "doc-noteref")
        elif link.get("class") == "footnote-backref":
            link.set("role", "doc-backlink")
            link.attrib.pop("title", None)
    for box in [box for box in root.iter("div") if box.get("class") == "footnote"]:
        box.tag = "section"
        box.set("role", "doc-endnotes")
        for rule in box.findall("hr"):
            box.remove(rule)
    _check_notes(root, notes, source)


def _check_notes(root: Element, notes: Sequence[tuple[int, str]], source: SourceText) -> None:
    """Note footnotes that no text refers to, and those that are defined twice."""
    ids = {element.get("id") for element in root.iter("sup")}
    counts = Counter(name for _, name in notes)
    seen = set()
    for line, name in notes:
        if name in seen:
            fault = f"the footnote '[^{name}]' is written twice; give one another name"
            source.fault_at(line, fault)
        elif counts[name] == 1 and f"fnref-{name}" not in ids:
            fault = f"no text leads to the footnote '[^{name}]'; put [^{name}] where it belongs"
            source.fault_at(line, fault)
        seen.add(name)


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
