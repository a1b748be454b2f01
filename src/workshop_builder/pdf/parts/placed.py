"""Parts that were put on a page: what the page shows and says of them, as bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import pydyf

from workshop_builder.pdf.parts.drawn import DrawnPart

POINTS = 0.75
"""Points in a CSS pixel."""
_ADLER = 65521
"""The largest prime number of 16 bits, by which the sum of a stream is taken."""


class Placed(NamedTuple):
    """A part on a page."""

    part: DrawnPart
    top: float
    """Where it stands, in CSS pixels from the upper edge of the page."""
    first: int
    """The number of its first marked content on the page."""
    across: float = 0
    """How far it is moved to the right from where it was drawn, in CSS pixels."""

    @property
    def moved(self) -> float:
        """How far down it is moved from where it was drawn, in CSS pixels."""
        return self.top - self.part.top


class Group(NamedTuple):
    """Parts that a tag stands around."""

    role: str
    parts: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class PageLayout:
    """What is put on a page."""

    size: tuple[float, float]
    """Its width and height, in CSS pixels."""
    nodes: tuple[Placed | Group, ...]
    """In the order in which they are read aloud."""
    outline: tuple[Placed, ...]
    """The same parts in the order in which their headings are listed."""
    lang: str
    anchors: tuple[tuple[str, float, float], ...]
    """Name, left and top of each place that a link may lead to."""

    @property
    def parts(self) -> Iterator[Placed]:
        """All parts of the page."""
        for node in self.nodes:
            yield from node.parts if isinstance(node, Group) else (node,)


def content(layout: PageLayout) -> bytes:
    """Return the content of a page, deflated: parts that are deflated already, one after another.

    Between them stand blocks that are not (RFC 1951, 3.2.4), with where the next is put.
    """
    packed = [b"\x78\xda"]
    check = 1
    line = turned(layout)
    for placed in layout.parts:
        line += moved(placed)
        inner, own, length = placed.part.content(placed.first)
        packed += (_stored(line), inner)
        check = _sum_of_both(zlib.adler32(line, check), own, length)
        line = b"Q\n"
    check = zlib.adler32(line, check)
    packed += (_stored(line, last=True), check.to_bytes(4, "big"))
    return b"".join(packed)


def turned(layout: PageLayout) -> bytes:
    """Return what turns a page upside down: parts are drawn from its upper edge on."""
    return b"1 0 0 -1 0 %.4f cm\n" % (layout.size[1] * POINTS)


def moved(placed: Placed) -> bytes:
    """Return what moves a part to its place, until `Q`."""
    return b"q\n1 0 0 1 %.6f %.6f cm\n" % (placed.across * POINTS, placed.moved * POINTS)


def boxes(layout: PageLayout) -> bytes:
    """Return what a page says of its size."""
    box = b"[0 0 %.4f %.4f]" % (layout.size[0] * POINTS, layout.size[1] * POINTS)
    return b"/MediaBox %s /TrimBox %s /BleedBox %s" % (box, box, box)


def _sum_of_both(one: int, other: int, length: int) -> int:
    """Return the sum (RFC 1950, 8.2) of bytes and others behind them, of which there are so many.

    It is known from the sums of both.
    """
    low = one & 0xFFFF
    high = (one >> 16) + (other >> 16) + length * (low - 1)
    return high % _ADLER << 16 | (low + (other & 0xFFFF) - 1) % _ADLER


def _stored(data: bytes, *, last: bool = False) -> bytes:
    size = len(data)
    head = b"\x01" if last else b"\x00"
    return head + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + data


@dataclass(slots=True)
class PageObjects:
    """The objects that a page needs beside its content, packed together in one stream."""

    numbers: list[int]
    data: list[bytes]
    starts: list[int]
    """Where each of them starts."""
    length: int = 0

    def add(self, number: int, data: bytes) -> None:
        """Add one object."""
        self.numbers.append(number)
        self.starts.append(self.length)
        self.data.append(data + b"\n")
        self.length += len(data) + 1

    def add_part(self, placed: Placed, added: Sequence[float]) -> None:
        """Add the tags and links of a part; `added` fills their gaps."""
        tags = placed.part.tags
        own, length = int(added[0]), self.length
        self.numbers += range(own, own + len(tags.starts))
        self.starts += [length + start for start in tags.starts]
        self.data.append(tags.written(added))
        self.length += tags.length

    def stream(self) -> bytes:
        """Return them as the object stream (ISO 32000-1, 7.5.7) that holds them."""
        pairs = zip(self.numbers, self.starts, strict=True)
        head = b" ".join([b"%d %d" % pair for pair in pairs]) + b"\n"
        packed = zlib.compress(head + b"".join(self.data), 1)
        about = b"<</Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d>>\nstream\n"
        return about % (len(self.numbers), len(head), len(packed)) + packed + b"\nendstream"


@dataclass(frozen=True, slots=True)
class PageTags:
    """What was written of the tags of a page."""

    tops: bytes
    """References to its outermost tags."""
    owners: bytes
    """The tag of each marked content, by its number."""
    annotations: tuple[int, ...]
    """The links."""
    linked: tuple[int, ...]
    """The tag of each link."""
    free: int
    """The first number that is not taken."""


def write_tags(
    objects: PageObjects, layout: PageLayout, page: int, document: int, first: int, key: int
) -> PageTags:
    """Add the tags and links of a page to `objects`.

    `page` and `document` are the numbers of the page and of the tag around its tags, `first` is the
    first free one, and `key` the first key for links in the tree of parents.
    """
    number = first
    tops: list[int] = []
    links: list[tuple[int, int]] = []
    count = max((each.first + each.part.marks for each in layout.parts), default=0)
    owners = [b"null"] * count

    def put(placed: Placed, parent: int) -> list[int]:
        nonlocal number
        tags = placed.part.tags
        x, y = placed.across * POINTS, (layout.size[1] - placed.moved) * POINTS
        objects.add_part(placed, (number, page, parent, placed.first, x, y, key + len(links)))
        for mark, owner in enumerate(tags.owners, placed.first):
            if owner >= 0:
                owners[mark] = b"%d 0 R" % (number + owner)
        links.extend((number + link, number + tag) for link, tag in tags.links)
        own = [number + top for top in tags.tops]
        number += len(tags.starts)
        return own

    for node in layout.nodes:
        if isinstance(node, Placed):
            tops += put(node, document)
            continue
        around, number = number, number + 1
        kids = [kid for placed in node.parts for kid in put(placed, around)]
        body = b"<</Type /StructElem /S /%s /P %d 0 R /K [%s]>>"
        objects.add(around, body % (node.role.encode(), document, _references(kids)))
        tops.append(around)
    return PageTags(
        _references(tops),
        b" ".join(owners),
        tuple(link for link, _ in links),
        tuple(tag for _, tag in links),
        number,
    )


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join([b"%d 0 R" % number for number in numbers])


@lru_cache(maxsize=4096)
def text(words: str) -> bytes:
    """Return words as a string of PDF."""
    return bytes(pydyf.String(words).data)
