"""The built sample as a reader meets it: its cards, its pages, its chapters.

Each file is read once for all tests of a worker.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from judges import inside
from judges import tags as judged
from judges.inside import Letters
from judges.tags import Tag

Element: TypeAlias = Any
"""An element of a tree of lxml, which carries no types."""

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
printed = cache(inside.letters)
"""All text of a PDF, piece by piece (see `inside.letters`)."""
tags = cache(judged.tags)
"""The root of a PDF's tags."""
_PACKAGE = "EPUB/content.opf"
_DOSE = re.compile(r"(Hold|Do it|Rest|Keep moving for) \d|Do it once")
"""How the sentence of a dose begins."""


@dataclass(frozen=True, slots=True)
class Card:
    """One exercise as a product shows it, in the order of reading."""

    name: str
    steps: tuple[str, ...]
    dose: str
    """The sentence of its dose; empty where a product has none."""
    alt: str
    """What its picture shows, in words."""
    words: str
    """All that it says."""
    pages: tuple[int, ...] = ()
    """On paper: the pages on which name, picture, steps and caution stand."""


@cache
def cards(path: Path) -> tuple[Card, ...]:
    """Return the cards of a PDF, or of the e-book."""
    if path.suffix == ".epub":
        roots = documents(path).values()
        return tuple(_in_book(card) for root in roots for card in root.iterfind(".//{*}article"))
    return tuple(_on_paper(tag) for tag in tags(path).find("Art"))


def _on_paper(card: Tag) -> Card:
    lists = card.find("L")
    numbered = [items for items in lists if _mark(items)[:1].isdigit()]
    kept = [card.find(*HEADINGS)[0], *card.find("Figure")[:1], *numbered]
    kept += [tag for tag in card.find("P") if tag.words.startswith("Caution:")]
    return Card(
        name=unnumbered(kept[0].words),
        steps=tuple(item.words for items in numbered for item in items.find("LBody")),
        dose=next((_joined(tag.words) for tag in card.find("P") if _DOSE.match(tag.words)), ""),
        alt=next((figure.alt for figure in card.find("Figure")), ""),
        words=card.words,
        pages=tuple(sorted({page for tag in kept for page in tag.pages})),
    )


def _joined(words: str) -> str:
    """Return words without the blanks that stand where their tags, or two lines, meet."""
    return re.sub(r"(?<=–) | (?=[,.])", "", words)


def _mark(items: Tag) -> str:
    return next((mark.words for mark in items.find("Lbl")), "")


def _in_book(card: Element) -> Card:
    return Card(
        name=unnumbered(text(card.find(".//{*}h3"))),
        steps=tuple(text(step) for step in card.iterfind(".//{*}ol[@class='steps']/{*}li")),
        dose=text(card.find(".//{*}p[@class='dose']")),
        alt=next((str(image.get("alt")) for image in card.iterfind(".//{*}img")), ""),
        words=text(card),
    )


def unnumbered(heading: str) -> str:
    """Return a heading without the number before it."""
    return re.sub(r"^\d+\s+", "", heading)


def text(element: Element | None) -> str:
    """Return the words of an element, in one line."""
    return "" if element is None else one_line("".join(element.itertext()))


def one_line(words: str) -> str:
    """Return words with single plain blanks between them."""
    return " ".join(words.split())


@cache
def bare(words: str) -> str:
    """Return only letters and digits: line ends, hyphens and quotes do not count."""
    return re.sub(r"[\W_]", "", words)


@cache
def package(book: Path) -> Element:
    """Return what the e-book says of itself."""
    with zipfile.ZipFile(book) as archive:
        return etree.fromstring(archive.read(_PACKAGE))


@cache
def documents(book: Path) -> Mapping[str, Element]:
    """Return the content documents of the e-book by their names, in the order of reading."""
    root = package(book)
    files = {item.get("id"): str(item.get("href")) for item in root.iterfind(".//{*}item")}
    names = [files[item.get("idref")] for item in root.iterfind(".//{*}itemref")]
    with zipfile.ZipFile(book) as archive:
        return {name: etree.fromstring(archive.read(f"EPUB/{name}")) for name in names}


@cache
def full_text(path: Path) -> str:
    """Return all text of a PDF or of the e-book, in one line."""
    if path.suffix == ".epub":
        return one_line(" ".join(text(root) for root in documents(path).values()))
    return one_line(" ".join(piece.text for piece in printed(path)))


def spoken(path: Path) -> str:
    """Return all words of a PDF, or of the e-book, in the order of reading."""
    return full_text(path) if path.suffix == ".epub" else tags(path).words


@cache
def page_texts(path: Path) -> tuple[str, ...]:
    """Return the text of each page of a PDF, each in one line."""
    found: dict[int, list[str]] = {}
    for piece in printed(path):
        found.setdefault(piece.page, []).append(piece.text)
    return tuple(one_line(" ".join(found.get(n, ()))) for n in range(1, max(found) + 1))


@cache
def lines(path: Path) -> tuple[tuple[Letters, ...], ...]:
    """Return the lines of a PDF, each with its pieces, page after page."""
    found: dict[tuple[int, int], list[Letters]] = {}
    for piece in printed(path):
        found.setdefault((piece.page, piece.line), []).append(piece)
    return tuple(tuple(pieces) for pieces in found.values())


def leaves(tag: Tag) -> list[str]:
    """Return the words of each paragraph and each item of a list below a tag, in order."""
    below = [words for child in tag.children for words in leaves(child)]
    return below or ([tag.words] if tag.kind in ("P", "LBody") and tag.words else [])


def sentences(blocks: Iterable[str], fewest: int = 4) -> list[str]:
    """Return the sentences of blocks of text; blocks of less than `fewest` words hold none."""
    whole = [block for block in blocks if len(block.split()) >= fewest]
    return [part for block in whole for part in re.split(r"(?<=[.!?])\s+", block)]


def chapters(book: Path) -> dict[str, Tag]:
    """Return the chapters of the book's PDF by their titles."""
    found = (part for part in tags(book).find("Sect") if re.match(r"Chapter \d+ ", part.words))
    return {part.find("H1")[0].words: part for part in found}


@cache
def style_of(book: Path) -> str:
    """Return the e-book's style sheet."""
    with zipfile.ZipFile(book) as archive:
        return archive.read("EPUB/style.css").decode()
