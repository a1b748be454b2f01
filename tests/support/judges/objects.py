"""What stands where on the pages of a PDF: its text, pictures, boxes and links, with their edges.

PDFium reads them, which takes about a millisecond a page. What a page repeats at its edges (running
heads, folios, the strip of stop rules) is tagged as an artifact and is told apart by that.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pypdfium2 as pdfium
from pypdfium2 import raw

MM = 25.4 / 72
"""Millimetres in a point."""

Kind: TypeAlias = Literal["text", "box", "picture"]
_KINDS: dict[int, Kind] = {
    raw.FPDF_PAGEOBJ_TEXT: "text",
    raw.FPDF_PAGEOBJ_PATH: "box",
    raw.FPDF_PAGEOBJ_SHADING: "box",
    raw.FPDF_PAGEOBJ_IMAGE: "picture",
    raw.FPDF_PAGEOBJ_FORM: "picture",
}


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, in millimetres from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def overlaps(self, other: Area) -> bool:
        """Return whether the two share more than an edge."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0
        )


@dataclass(frozen=True, slots=True)
class Thing:
    """A piece of text, a path or a picture."""

    kind: Kind
    area: Area
    """Of text, its ink."""
    marks: tuple[str, ...]
    """The tags right around it: `Artifact` is what no reader speaks."""
    text: str = ""
    size: float = 0
    """The size of text, in points."""
    baseline: float = 0
    """Of text, in millimetres from the upper edge."""

    @property
    def spoken(self) -> bool:
        """Whether it is content and no decoration."""
        return "Artifact" not in self.marks


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page that leads elsewhere."""

    area: Area
    page: int | None
    """The page of the same PDF that it leads to, counted from 1."""
    address: str
    """Or the address on the web."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    number: int
    """Counted from 1."""
    width: float
    height: float
    things: tuple[Thing, ...]
    links: tuple[Link, ...]

    @property
    def texts(self) -> tuple[Thing, ...]:
        """The pieces of text, without empty ones."""
        return tuple(t for t in self.things if t.kind == "text" and t.text.strip())


def read(path: Path) -> tuple[Page, ...]:
    """Return the pages of a PDF."""
    document = pdfium.PdfDocument(path)
    try:
        return tuple(_page(document, number) for number in range(len(document)))
    finally:
        document.close()


def _page(document: Any, index: int) -> Page:  # noqa: ANN401  ctypes
    page = document[index]
    words = page.get_textpage()
    width, height = page.get_size()
    found = page.get_objects(max_depth=1)
    things = (_thing(item, words, height) for item in found if item.type in _KINDS)
    return Page(
        index + 1, width * MM, height * MM, tuple(things), tuple(_links(document, page, height))
    )


def _thing(item: Any, words: Any, height: float) -> Thing:  # noqa: ANN401
    kind = _KINDS[item.type]
    area = _area(item.get_bounds(), height)
    marks = tuple(_marks(item.raw))
    if kind != "text":
        return Thing(kind, area, marks)
    matrix = item.get_matrix()
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(item.raw, size)
    scale = (matrix.c**2 + matrix.d**2) ** 0.5
    baseline = (height - matrix.f) * MM
    return Thing(kind, area, marks, _text(item.raw, words.raw), size.value * scale, baseline)


def _text(item: Any, words: Any) -> str:  # noqa: ANN401
    length = raw.FPDFTextObj_GetText(item, words, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFTextObj_GetText(item, words, buffer, length)
    return bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "replace")


def _marks(item: Any) -> Iterator[str]:  # noqa: ANN401
    for number in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, number)
        buffer, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
        yield bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le")


def _links(document: Any, page: Any, height: float) -> Iterator[Link]:  # noqa: ANN401
    place, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, place, link):
        edges = raw.FS_RECTF()
        raw.FPDFLink_GetAnnotRect(link, edges)
        area = _area((edges.left, edges.bottom, edges.right, edges.top), height)
        target = raw.FPDFLink_GetDest(document.raw, link)
        index = raw.FPDFDest_GetDestPageIndex(document.raw, target) if target else -1
        yield Link(area, index + 1 if index >= 0 else None, _address(document, link))


def _address(document: Any, link: Any) -> str:  # noqa: ANN401
    action = raw.FPDFLink_GetAction(link)
    length = raw.FPDFAction_GetURIPath(document.raw, action, None, 0) if action else 0
    buffer = ctypes.create_string_buffer(length + 1)
    if length:
        raw.FPDFAction_GetURIPath(document.raw, action, buffer, length)
    return buffer.value.decode()


def _area(bounds: tuple[float, float, float, float], height: float) -> Area:
    left, one, right, other = bounds
    top, bottom = height - max(one, other), height - min(one, other)
    return Area(left * MM, top * MM, right * MM, bottom * MM)
