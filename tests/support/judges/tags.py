"""The tags of a PDF, each with the words below it: what a screen reader finds and speaks.

The words are read here and not by `pdfinfo -struct-text`, which reads a page anew for each of
its elements and takes minutes for the books of the sample; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

_OPERATORS = "BDC BMC EMC Tf Tj TJ"
_PAIR = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")

Object = Any
"""One of pikepdf's objects, which have no narrower type."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One element of the tree of tags."""

    kind: str
    alt: str
    scope: str
    """Of which cells a header cell is the head."""
    words: str
    """Its own and those of all below it, in reading order, each piece behind a blank.

    A figure is spoken by its alternative text, so that words drawn in it do not count.
    """
    pages: tuple[int, ...]
    """The pages on which it stands, counted from 1."""
    children: tuple[Tag, ...]

    def walk(self) -> Iterator[Tag]:
        """Yield this element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, *kinds: str) -> list[Tag]:
        """Return the elements of some kinds, this one among them, in reading order."""
        return [tag for tag in self.walk() if tag.kind in kinds]


def tags(path: Path) -> Tag:
    """Return the root of the tree of tags."""
    with pikepdf.open(path) as pdf:
        reader = _Reader(pdf)
        return reader.tag(pdf.Root.StructTreeRoot, 0)


class _Reader:
    """Reads the tags of one PDF."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._numbers = {page.objgen: n for n, page in enumerate(pdf.pages, 1)}
        self._fonts: dict[tuple[int, int], Mapping[bytes, str]] = {}
        self._marked = {n: self._of_page(page) for n, page in enumerate(pdf.pages, 1)}

    def tag(self, element: Object, page: int) -> Tag:
        """Return an element; `page` is that of the element above it."""
        page = self._page(element, page)
        kind = str(element.get("/S", "")).removeprefix("/")
        below = element.get("/K", [])
        words: list[str] = []
        pages: set[int] = set()
        children: list[Tag] = []
        for part in below if isinstance(below, pikepdf.Array) else [below]:
            if isinstance(part, pikepdf.Dictionary) and "/S" in part:
                child = self.tag(part, page)
                children.append(child)
                words.append(child.words)
                pages |= set(child.pages)
            elif not isinstance(part, pikepdf.Dictionary) or "/MCID" in part:
                number, here = self._mark(part, page)
                words.append("" if kind == "Figure" else self._marked[here].get(number, ""))
                pages.add(here)
        return Tag(
            kind=kind,
            alt=str(element.get("/Alt", "")),
            scope=_scope(element.get("/A")),
            words=" ".join(" ".join(words).split()),
            pages=tuple(sorted(pages)),
            children=tuple(children),
        )

    def _mark(self, part: Object, page: int) -> tuple[int, int]:
        """Return the number of a piece of marked content, and its page."""
        if isinstance(part, pikepdf.Dictionary):
            return int(part.MCID), self._page(part, page)
        return int(part), page

    def _page(self, element: Object, otherwise: int) -> int:
        return self._numbers[element.Pg.objgen] if "/Pg" in element else otherwise

    def _of_page(self, page: pikepdf.Page) -> dict[int, str]:
        """Return the words of each piece of marked content of a page, by its number."""
        found: dict[int, str] = {}
        opened: list[int | None] = []
        font: Mapping[bytes, str] = {}
        for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
            operands = instruction.operands
            match str(instruction.operator):
                case "BDC" | "BMC":
                    opened.append(_number(operands))
                case "EMC":
                    opened.pop()
                case "Tf":
                    font = self._font(page.Resources.Font[str(operands[0])])
                case _:
                    mark = next((n for n in reversed(opened) if n is not None), None)
                    if mark is not None:
                        found[mark] = f"{found.get(mark, '')} {_text(operands[0], font)}"
        return found

    def _font(self, font: Object) -> Mapping[bytes, str]:
        """Return what each code of two bytes stands for in a font."""
        if font.objgen not in self._fonts:
            table = bytes(font.ToUnicode.read_bytes())
            if b"beginbfrange" in table:
                raise ValueError("a font with ranges of codes; teach this module to read them")
            pairs = ((bytes.fromhex(a.decode()), b) for a, b in _PAIR.findall(table))
            decoded = {code: bytes.fromhex(b.decode()).decode("utf-16-be") for code, b in pairs}
            self._fonts[font.objgen] = decoded
        return self._fonts[font.objgen]


def _number(operands: Object) -> int | None:
    """Return the number with which marked content begins, if it has one."""
    last = operands[-1]
    return int(last.MCID) if isinstance(last, pikepdf.Dictionary) and "/MCID" in last else None


def _text(shown: Object, font: Mapping[bytes, str]) -> str:
    """Return the text that an operator shows."""
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(font[codes[n : n + 2]] for n in range(0, len(codes), 2))


def _scope(attributes: Object) -> str:
    if attributes is None:
        return ""
    several = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    found = [
        str(a["/Scope"]) for a in several if isinstance(a, pikepdf.Dictionary) and "/Scope" in a
    ]
    return found[0].removeprefix("/") if found else ""
