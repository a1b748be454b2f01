"""Tables on a screen, which may be too narrow for their columns, and on which nobody can write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml import etree

from workshop_builder.markup import xhtml
from workshop_builder.markup.typography import NO_BREAK_SPACE
from workshop_builder.markup.xhtml import Element
from workshop_builder.pages.labels import Labels
from workshop_builder.pdf.tagging.page_starts import plain

_MANY_COLUMNS = 3
"""From which on a table may be too wide for a phone."""

_WIDE = 5
"""Columns from which on it is too wide for the column of a book on any screen."""

_FEW_LETTERS = 13
"""Up to which the words of a cell, such as "20–30 seconds", stay on one line."""


_NOTHING = frozenset("-–—")
"""What a cell has that says nothing."""


def name_cells(table: Element, labels: Labels, *, printed: bool = False) -> None:
    """Note the heading of its column at each cell, for narrow screens, where rows become lists.

    Cells of few words are marked, so that these stay on one line.

    Those of two columns stay what they are; one to fill in, with nothing or the same choices in
    all cells of a row, becomes a list of what to write down: a screen takes no pen. Where pages are
    `printed`, too, it stays for paper.
    """
    heads = [plain(cell) for cell in table.iterfind(".//{*}thead//{*}th")]
    rows = [row for row in table.iterfind("{*}tbody/{*}tr") if len(row) == len(heads)]
    if rows and all(_to_fill(row) for row in rows):
        told = _list(heads, rows, labels, table.tag.removesuffix("table"))
        table.addprevious(told)
        if printed:
            table.set("class", f"{table.get('class', '')} on-paper".strip())
        else:
            told.tail = table.tail
            table.getparent().remove(table)
        return
    if len(heads) < _MANY_COLUMNS or not all(plain(cell) for row in rows for cell in row):
        return
    kind = "listed many" if len(heads) >= _WIDE else "listed"
    table.set("class", f"{table.get('class', '')} {kind}".strip())
    for row in rows:
        for cell, head in zip(row, heads, strict=True):
            if head and (cell is not row[0] or plain(cell).isdecimal()):
                cell.set("data-head", head)
            kind = "nothing" if plain(cell) in _NOTHING else "few"
            if len(plain(cell)) <= _FEW_LETTERS:
                cell.set("class", f"{cell.get('class', '')} {kind}".strip())


def _to_fill(row: Element) -> bool:
    """Return whether the cells of a row are empty, or have the same choices to tick or circle."""
    words = {plain(cell) for cell in row[1:]}
    return words == {""} or (len(words) == 1 and len(row) >= _MANY_COLUMNS)


def _list(heads: Sequence[str], rows: Sequence[Element], labels: Labels, space: str) -> Element:
    """Return what the rows of a table to fill in are called, and for which columns."""
    box = etree.Element(f"{space}div", {"class": "on-screen"})
    etree.SubElement(box, f"{space}p").text = labels.with_colon("on_screen")
    columns = etree.SubElement(box, f"{space}p", {"class": "lines"})
    columns.text = _choices(filter(None, heads[1:]))
    names = etree.SubElement(box, f"{space}ul")
    for row in rows:
        name = etree.SubElement(names, f"{space}li")
        for part in deepcopy(row[0]):
            name.append(part)
        name.text = row[0].text
        if choices := _choices(filter(None, map(str.strip, row[-1].itertext()))):
            xhtml.append_text(name, f"{labels.colon} {choices}")
    return box


def _choices(words: Iterable[str]) -> str:
    """Return words of which each stays on a line."""
    return f"{NO_BREAK_SPACE}· ".join(each.replace(" ", NO_BREAK_SPACE) for each in words)
