"""A PDF from the inside: what it says of itself, its fonts, and each piece of its text."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pikepdf
from lxml import etree

from judges.tools import program, run_well

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF says of itself as a whole."""

    title: str
    author: str
    language: str
    shows_title: bool
    """Whether a reader's window shows the title and not the file's name."""
    bookmarks: tuple[str, ...]
    """The lines of the outline, the lower ones after those above them."""
    dates: tuple[str, ...]
    """The times it holds, which would tell when it was made."""
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page, in points."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of one font, size and colour that stand in one line."""

    text: str
    font: str
    size: float
    colour: str
    """Like `#1b2428`."""
    box: Box
    """Left, top, right and bottom in points, from the page's upper left corner."""
    page: int
    """Counted from 1."""
    line: int
    """Which line of its page; pieces of one line stand beside each other."""


def about(path: Path) -> About:
    """Return what the PDF says of itself."""
    with pikepdf.open(path) as pdf:
        with pdf.open_outline() as outline:
            bookmarks = tuple(_titles(outline.root))
        info = pdf.docinfo
        metadata = bytes(pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else b""
        dates = re.findall(r"(?:Create|Modify|Metadata)Date", metadata.decode())
        return About(
            title=str(info.get("/Title", "")),
            author=str(info.get("/Author", "")),
            language=str(pdf.Root.get("/Lang", "")),
            shows_title=bool(pdf.Root.ViewerPreferences.get("/DisplayDocTitle", False)),
            bookmarks=bookmarks,
            dates=(*(key for key in ("/CreationDate", "/ModDate") if key in info), *dates),
            sizes=tuple(_size(page) for page in pdf.pages),
        )


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = map(float, page.mediabox)
    return right - left, top - bottom


def _titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def fonts(path: Path) -> dict[str, bool]:
    """Return the fonts by name, without the mark of a subset, and whether each is embedded."""
    table = run_well([program("pdffonts", "poppler-utils"), path]).splitlines()[2:]
    rows = [re.split(r"\s+", line.rstrip()) for line in table]
    return {re.sub(r"^[A-Z]{6}\+", "", row[0]): row[-5] == "yes" for row in rows}


def letters(path: Path) -> list[Letters]:
    """Return all text, cut where the line, the font, its size or its colour changes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "text.xml")
        mutool = program("mutool", "mupdf-tools")
        run_well([mutool, "draw", "-q", "-F", "stext", "-o", file, path])
        root = etree.parse(file).getroot()
    return [
        _letters(piece, list(chars), page, line)
        for page, sheet in enumerate(root.iter("page"), 1)
        for line, row in enumerate(sheet.iter("line"))
        for piece in row.iter("font")
        for _, chars in groupby(piece.iter("char"), key=lambda char: char.attrib["color"])
    ]


def _letters(piece: etree._Element, chars: list[etree._Element], page: int, line: int) -> Letters:
    # All letters between the first and the last have their height.
    corners = [float(n) for char in (chars[0], chars[-1]) for n in char.attrib["quad"].split()]
    xs, ys = corners[::2], corners[1::2]
    return Letters(
        text="".join(char.attrib["c"] for char in chars),
        font=piece.attrib["name"],
        size=float(piece.attrib["size"]),
        colour=chars[0].attrib["color"],
        box=(min(xs), min(ys), max(xs), max(ys)),
        page=page,
        line=line,
    )
