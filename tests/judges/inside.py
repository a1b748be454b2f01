"""A PDF from the inside: what it says of itself, its tags, and each piece of text with its size."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf

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


@dataclass(frozen=True, slots=True)
class Tag:
    """One element of the tree of tags."""

    kind: str
    alt: str
    scope: str
    """Of which cells a header cell is the head."""
    children: tuple[Tag, ...]

    def walk(self) -> Iterator[Tag]:
        """Yield this element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of one size that stand in one line."""

    text: str
    font: str
    size: float
    box: Box
    """Left, top, right and bottom in points, from the page's upper left corner."""
    page: int
    """Counted from 1."""


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
        )


def _titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def tags(path: Path) -> Tag:
    """Return the root of the tree of tags."""
    with pikepdf.open(path) as pdf:
        return _tag(pdf.Root.StructTreeRoot)


def _tag(element: Any) -> Tag:  # noqa: ANN401  pikepdf's objects have no narrower type
    below = element.get("/K", [])
    parts = below if isinstance(below, pikepdf.Array) else [below]
    kept = [part for part in parts if isinstance(part, pikepdf.Dictionary) and "/S" in part]
    return Tag(
        kind=str(element.get("/S", "")).removeprefix("/"),
        alt=str(element.get("/Alt", "")),
        scope=_scope(element.get("/A")),
        children=tuple(_tag(part) for part in kept),
    )


def _scope(attributes: Any) -> str:  # noqa: ANN401  as above
    if attributes is None:
        return ""
    several = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    found = [
        str(a["/Scope"]) for a in several if isinstance(a, pikepdf.Dictionary) and "/Scope" in a
    ]
    return found[0].removeprefix("/") if found else ""


def fonts(path: Path) -> dict[str, bool]:
    """Return the fonts by name, without the mark of a subset, and whether each is embedded."""
    table = run_well([program("pdffonts", "poppler-utils"), path]).splitlines()[2:]
    rows = [re.split(r"\s+", line.rstrip()) for line in table]
    return {re.sub(r"^[A-Z]{6}\+", "", row[0]): row[-5] == "yes" for row in rows}


def letters(path: Path) -> list[Letters]:
    """Return all text, cut where the font or its size changes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "text.xml")
        mutool = program("mutool", "mupdf-tools")
        run_well([mutool, "draw", "-q", "-F", "stext", "-o", file, path])
        root = ElementTree.fromstring(file.read_bytes())  # noqa: S314  MuPDF has written it
    return [
        _letters(piece, number)
        for number, page in enumerate(root.iter("page"), 1)
        for piece in page.iter("font")
    ]


def _letters(piece: ElementTree.Element, page: int) -> Letters:
    chars = list(piece.iter("char"))
    corners = [[float(number) for number in char.attrib["quad"].split()] for char in chars]
    xs = [x for corner in corners for x in corner[::2]]
    ys = [y for corner in corners for y in corner[1::2]]
    return Letters(
        text="".join(char.attrib["c"] for char in chars),
        font=piece.attrib["name"],
        size=float(piece.attrib["size"]),
        box=(min(xs), min(ys), max(xs), max(ys)),
        page=page,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One element of the tree of tags with the words that a screen reader speaks for it."""

    kind: str
    depth: int
    words: tuple[str, ...]
    """Its own and those of all below it, in reading order."""


def told(path: Path) -> list[Told]:
    """Return the tagged elements with their words, in reading order."""
    pdfinfo = program("pdfinfo", "poppler-utils")
    elements: list[tuple[str, int, list[str]]] = []
    opened: list[tuple[str, int, list[str]]] = []
    for line in run_well([pdfinfo, "-struct-text", "-enc", "UTF-8", path]).splitlines():
        depth = len(line) - len(line.lstrip())
        text = line.strip()
        opened = [element for element in opened if element[1] < depth]
        if text.startswith('"'):
            for _, _, words in opened:
                words.append(text.strip('"').strip())
        elif text and not text.startswith("/"):
            opened.append((re.split(r"[ :]", text)[0], depth, []))
            elements.append(opened[-1])
    return [Told(kind, depth, tuple(filter(None, words))) for kind, depth, words in elements]
