"""Tables as GitHub reads them; Python-Markdown knows how their rows are divided."""

from __future__ import annotations

from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.tables import TableProcessor


@cache
def _processor() -> TableProcessor:
    return TableProcessor(Markdown().parser, {"use_align_attribute": True})


def is_head(head: str, delimiters: str) -> bool:
    """Return whether two lines begin a table: names of columns, and as many dashes below."""
    rows = f"{_bordered(head)}\n{_bordered(delimiters)}"
    return "|" in head and _processor().test(Element("div"), rows)


def _bordered(row: str) -> str:
    """Return a row with a sign at both ends."""
    row = row.strip()
    end = "" if TableProcessor.RE_END_BORDER.search(row) else "|"
    return f"{'' if row.startswith('|') else '|'}{row}{end}"


def build(parent: Element, lines: list[str]) -> list[int]:
    """Add the table that `lines` make; return which of them have more cells than its head.

    What such a line has too much would not be shown.
    """
    processor = _processor()
    rows = [_bordered(line) for line in lines]
    processor.test(parent, "\n".join(rows[:2]))
    processor.separator = [*processor.separator, ""]  # type: ignore[assignment]
    processor.run(parent, ["\n".join(rows)])
    table = parent[-1]
    extra = [(row, row[-1]) for row in table.iter("tr")]
    for row, cell in extra:
        row.remove(cell)
    for cell in (cell for row in table.iter("tr") for cell in row):
        # A sign that would divide the row may be escaped even in code.
        cell.text = (cell.text or "").replace("\\|", "|")
        if align := cell.attrib.pop("align", ""):
            cell.set("class", f"align-{align}")
    if len(rows) == 2:
        table.remove(table[-1])
    return [n + 1 for n, (_, cell) in enumerate(extra) if n and cell.text]
