"""Tables on a screen, which may be too narrow for their columns, and on which nobody can write."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element
from workshop_builder.pages.labels import Labels
from workshop_builder.pdf.tagging.page_starts import plain

_MANY_COLUMNS = 3
"""From which on a table may be too wide for a phone."""

_WIDE = 5
"""Columns from which on it is too wide for the column of a book on any screen."""

_FEW_LETTERS = 13
"""Up to which the words of a cell, such as "20–30 seconds", stay on one line."""


def name_cells(table: Element, labels: Labels) -> None:
    """Note the heading of its column at each cell, for narrow screens, where rows become lists.

    Cells of few words are marked, so that these stay on one line.

    Those of two columns stay what they are; one to fill in, with nothing or the same choices in
    all cells of a row, becomes a list of what to write down: a screen takes no pen.
    """
    heads = [plain(cell) for cell in table.iterfind(".//{*}thead//{*}th")]
    rows = [row for row in table.iterfind("{*}tbody/{*}tr") if len(row) == len(heads)]
    if rows and all(_to_fill(row) for row in rows):
        _list(table, heads, rows, labels)
        return
    if len(heads) < _MANY_COLUMNS or not all(plain(cell) for row in rows for cell in row):
        return
    kind = "listed many" if len(heads) >= _WIDE else "listed"
    table.set("class", f"{table.get('class', '')} {kind}".strip())
    for row in rows:
        for cell, head in zip(row, heads, strict=True):
            if head and (cell is not row[0] or plain(cell).isdecimal()):
                cell.set("data-head", head)
            if len(plain(cell)) <= _FEW_LETTERS:
                cell.set("class", f"{cell.get('class', '')} few".strip())


def _to_fill(row: Element) -> bool:
    """Return whether the cells of a row are empty, or have the same choices to tick or circle."""
    words = {plain(cell) for cell in row[1:]}
    return words == {""} or (len(words) == 1 and len(row) >= _MANY_COLUMNS)


def _list(table: Element, heads: Sequence[str], rows: Sequence[Element], labels: Labels) -> None:
    """Put in place of a table to fill in what its rows are called, and for which columns."""
    space = table.tag.removesuffix("table")
    told, names, columns = (etree.Element(space + tag) for tag in ("p", "ul", "ul"))
    told.text = labels.with_colon("on_screen")
    columns.set("class", "lines")
    for head in filter(None, heads[1:]):
        etree.SubElement(columns, f"{space}li").text = f"{head}{labels.colon} …"
    for row in rows:
        name = etree.SubElement(names, f"{space}li")
        xhtml.append(name, row[0])
        if choices := " / ".join(filter(None, map(str.strip, row[-1].itertext()))):
            xhtml.append_text(name, f"{labels.colon} {choices}")
    for part in table:
        table.remove(part)
    table.tag, table.text = f"{space}div", None
    table.set("class", "on-screen")
    table.extend([told, names, columns])
