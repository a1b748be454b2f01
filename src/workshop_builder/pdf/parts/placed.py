"""Parts that were put on a page: what the page shows and says of them, as bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import pydyf

from workshop_builder.pdf.parts.drawn import DrawnPart
from workshop_builder.pdf.parts.numbers import in_file, reference

POINTS = 0.75
"""Points in a CSS pixel."""
PAGE, TAG, OWNERS, OWN = range(4)
"""The numbers of a page, of the tag around all that is on it, and of the list of the tag of each
marked content, counted from that of the page; all others follow."""
_ADLER = 65521
"""The largest prime number of 16 bits, by which the sum of a stream is taken."""


class Placed(NamedTuple):
    """A part on a page."""

    part: DrawnPart
    top: float
    """Where it stands, in CSS pixels from the upper edge of the page."""
    first: int
    """The number of its first marked content on the page."""
    own: int
    """The number of its first object, counted from that of the page."""
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
    own: int
    """The number of the tag, counted from that of the page."""


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
    count: int
    """How many numbers its objects have, with those of its own."""

    @property
    def parts(self) -> Iterator[Placed]:
        """All parts of the page."""
        for node in self.nodes:
            yield from node.parts if isinstance(node, Group) else (node,)


@dataclass(slots=True)
class Deflated:
    """A piece of a deflated stream: parts that are deflated already, one after another.

    Between them stand blocks that are not (RFC 1951, 3.2.4), with where the next is put.
    """

    pieces: list[bytes] = field(default_factory=list)
    check: int = 1
    """The sum (RFC 1950, 8.2) of what it is unpacked."""
    length: int = 0
    """The length of that."""

    def put(self, line: bytes, placed: Placed) -> None:
        """Add a line, and a part with what moves it to its place."""
        self.store(line + moved(placed))
        self.add(*placed.part.content(placed.first))

    def store(self, line: bytes, *, last: bool = False) -> None:
        """Add a line as it is; the `last` one ends the stream."""
        self.add(_stored(line, last=last), zlib.adler32(line), len(line))

    def add(self, packed: bytes, check: int, length: int) -> None:
        """Add bytes that are deflated, with the sum and length of what they are unpacked."""
        self.pieces.append(packed)
        self.check = _sum_of_both(self.check, check, length)
        self.length += length

    def then(self, other: Deflated) -> Deflated:
        """Return the same with what follows it."""
        check = _sum_of_both(self.check, other.check, other.length)
        return Deflated([*self.pieces, *other.pieces], check, self.length + other.length)

    @property
    def stream(self) -> bytes:
        """The whole stream, if it has a last line."""
        return b"".join([b"\x78\xda", *self.pieces, self.check.to_bytes(4, "big")])


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

    def add_part(self, own: int, starts: Sequence[int], data: bytes) -> None:
        """Add the objects of a part, whose first is `own`."""
        length = self.length
        self.numbers += range(own, own + len(starts))
        self.starts += [length + start for start in starts]
        self.data.append(data)
        self.length += len(data)

    def stream(self, first: int, count: int) -> bytes:
        """Return them as the object stream (ISO 32000-1, 7.5.7) that holds them.

        `first` is the number of the page, which takes so many.
        """
        pairs = [0] * (2 * len(self.numbers))
        pairs[::2] = [first + number for number in self.numbers]
        pairs[1::2] = self.starts
        head = " ".join(map(str, pairs)).encode() + b"\n"
        packed = zlib.compress(head + in_file(b"".join(self.data), first, count), 1)
        about = b"<</Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d>>\nstream\n"
        return about % (len(self.numbers), len(head), len(packed)) + packed + b"\nendstream"


@dataclass(frozen=True, slots=True)
class PageTags:
    """What was written of the tags of a page. Numbers are counted from that of the page."""

    tops: bytes
    """References to its outermost tags."""
    owners: bytes
    """The tag of each marked content, by its number."""
    links: tuple[tuple[int, int], ...]
    """Each link, whose number is its key in the tree of parents, and its tag."""


def write_tags(objects: PageObjects, layout: PageLayout) -> PageTags:
    """Add the tags and links of a page to `objects`."""
    tops: list[bytes] = []
    links: list[tuple[int, int]] = []
    marks: list[tuple[int, int, bytes]] = []

    def put(placed: Placed, parent: int) -> bytes:
        tags, own, first = placed.part.tags, placed.own, placed.first
        made = tags.numbered(own, first, parent)
        across, up = placed.across * POINTS, (layout.size[1] - placed.moved) * POINTS
        objects.add_part(own, tags.starts, made.written(across, up))
        if tags.owners:
            marks.append((first, first + len(tags.owners), made.owners))
        links.extend(made.links)
        return made.tops

    for node in layout.nodes:
        if isinstance(node, Placed):
            tops.append(put(node, TAG))
            continue
        kids = b" ".join([put(placed, node.own) for placed in node.parts])
        said = (node.role.encode(), reference(TAG), kids)
        objects.add(node.own, b"<</Type /StructElem /S /%s /P %s /K [%s]>>" % said)
        tops.append(reference(node.own))
    return PageTags(b" ".join(tops), _owners(marks), tuple(links))


def add_page(
    objects: PageObjects,
    layout: PageLayout,
    tags: PageTags,
    parent: bytes,
    key: bytes,
    resources: bytes,
    contents: bytes,
    *,
    role: bytes,
    around: bytes,
) -> None:
    """Add a page and the tag around what is on it to `objects`.

    `parent`, `contents` and `around`, which is above the tag, are references.
    """
    page = b"<</Type /Page /Parent %s %s /Tabs /S /StructParents %s /Resources %s /Contents %s" % (
        parent,
        boxes(layout),
        key,
        resources,
        contents,
    )
    links = b" ".join([reference(link) for link, _ in tags.links])
    objects.add(PAGE, page + (b" /Annots [%s]>>" % links if links else b">>"))
    tag = b"<</Type /StructElem /S /%s /P %s /Lang %s /K [%s]>>"
    objects.add(TAG, tag % (role, around, text(layout.lang), tags.tops))
    objects.add(OWNERS, b"[%s]" % tags.owners)


def _owners(marks: list[tuple[int, int, bytes]]) -> bytes:
    """Return the tag of each marked content: those of parts, each with its first and its end."""
    found: list[bytes] = []
    end = 0
    for first, after, owners in sorted(marks):
        found += [b"null"] * (first - end)
        found.append(owners)
        end = after
    return b" ".join(found)


@lru_cache(maxsize=4096)
def text(words: str) -> bytes:
    """Return words as a string of PDF."""
    return bytes(pydyf.String(words).data)
