"""The tags of a part, and its links, as bytes with gaps for numbers and places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pydyf

from workshop_builder.pdf.parts.numbers import local, reference
from workshop_builder.pdf.tagging.tree import ContentItem, Tag

OWN, PAGE, PARENT, MARK, ACROSS, UP = range(6)
"""What is added to the number that a gap has of its own: the number of the part's first object,
that of the page, that of the tag around, the first marked content, how far it is moved to the
right, and how far up."""
_WIDTHS = (7, 7, 7, 5, 11, 11)
"""How many signs each of them takes."""

Gap: TypeAlias = tuple[int, float]
"""What is added, and to what."""

_GAP = b"\xff"
"""What stands for a gap; no text of a PDF has it."""
_OBJECT = _GAP + b" 0 R"


@dataclass(frozen=True, eq=False, slots=True)
class NumberedTags:
    """The tags of a part whose numbers on the page are known, but not its place."""

    pieces: tuple[bytes, ...]
    """Its objects, cut where lengths go."""
    lengths: tuple[Gap, ...]
    owners: bytes
    """References to the tag of each of its marked contents."""
    tops: bytes
    """References to its outermost tags."""
    links: tuple[tuple[int, int], ...]
    """The annotation of each link and its tag."""

    def written(self, across: float, up: float) -> bytes:
        """Return its objects, moved so far, in points."""
        if not self.lengths:
            return self.pieces[0]
        filled = [b"%11.3f" % ((up if kind == UP else across) + own) for kind, own in self.lengths]
        pairs = zip(self.pieces, [*filled, b""], strict=True)
        return b"".join([each for pair in pairs for each in pair])


@dataclass(eq=False, slots=True)
class TagBytes:
    """The tags of a part."""

    pieces: tuple[bytes, ...] = field(repr=False)
    """All its objects, one after the other, cut at the gaps."""
    gaps: tuple[Gap, ...] = field(repr=False)
    starts: tuple[int, ...]
    """Where each object starts in the bytes."""
    length: int
    tops: tuple[int, ...]
    """Of its outermost tags: the numbers among its objects."""
    owners: tuple[int, ...]
    """The tag of each marked content, likewise; -1 of what is an artifact."""
    links: tuple[tuple[int, int], ...]
    """The annotation of each link and its tag, likewise."""
    _numbered: dict[tuple[int, int, int], NumberedTags] = field(default_factory=dict, repr=False)

    @property
    def is_fixed(self) -> bool:
        """Whether they are the same wherever the part is moved to."""
        return not any(kind in (ACROSS, UP) for kind, _ in self.gaps)

    @property
    def form(self) -> object:
        """All of them, as a key."""
        return self.pieces, self.gaps, self.starts, self.tops, self.owners, self.links

    def numbered(self, own: int, first: int, parent: int) -> NumberedTags:
        """Return them with the numbers of the first object and marked content, and the tag above.

        They are the same on many pages, and made once.
        """
        key = (own, first, parent)
        if key not in self._numbered:
            self._numbered[key] = self._made(own, first, parent)
        return self._numbered[key]

    def _made(self, own: int, first: int, parent: int) -> NumberedTags:
        pieces = [self.pieces[0]]
        lengths: list[Gap] = []
        for (kind, value), piece in zip(self.gaps, self.pieces[1:], strict=True):
            if kind in (ACROSS, UP):
                lengths.append((kind, value))
                pieces.append(piece)
                continue
            number = int(value) + {OWN: own, PARENT: parent, MARK: first}.get(kind, 0)
            pieces[-1] += (b"%5d" % number if kind == MARK else local(number)) + piece
        return NumberedTags(
            tuple(pieces),
            tuple(lengths),
            b" ".join([reference(own + each) if each >= 0 else b"null" for each in self.owners]),
            b" ".join([reference(own + top) for top in self.tops]),
            tuple((own + link, own + tag) for link, tag in self.links),
        )


@dataclass(slots=True)
class _TagWriter:
    marks: Mapping[Any, int]
    height: float
    scale: float
    objects: list[tuple[bytes, list[Gap]]] = field(default_factory=list)
    owners: dict[int, int] = field(default_factory=dict)
    links: list[tuple[int, int]] = field(default_factory=list)

    def element(self, tag: Tag, parent: Gap) -> int:
        """Write a tag and all in it; return its number among the objects."""
        number = len(self.objects)
        self.objects.append((b"", []))
        head, gaps = b"<</Type /StructElem /S /%s /P %s" % (tag.role.encode(), _OBJECT), [parent]
        for key, text in (("Lang", tag.lang), ("Alt", tag.alt), ("E", tag.expansion)):
            if text:
                head += b" /%s %s" % (key.encode(), _text(text))
        if any(isinstance(kid, ContentItem) for kid in tag.kids):
            head += b" /Pg " + _OBJECT
            gaps.append((PAGE, 0))
        for attribute, places in self._attributes(tag):
            head += attribute
            gaps += places
        head += b" /K ["
        for kid in tag.kids:
            entry, more = self._kid(kid, tag, number)
            head += entry + b" "
            gaps += more
        self.objects[number] = head + b"]>>", gaps
        return number

    def _kid(self, kid: Tag | ContentItem, tag: Tag, number: int) -> tuple[bytes, list[Gap]]:
        if isinstance(kid, Tag):
            return _OBJECT, [(OWN, self.element(kid, (OWN, number)))]
        if kid.link:
            return self._link(kid, tag, number)
        if kid.box not in self.marks:
            return b"", []
        mark = self.marks[kid.box]
        self.owners[mark] = number
        return _GAP, [(MARK, mark)]

    def _link(self, item: ContentItem, tag: Tag, number: int) -> tuple[bytes, list[Gap]]:
        annotation = item.box.link_annotation
        if annotation is None:
            return b"", []
        said = {key: value for key, value in annotation.items() if key != "Rect"}
        if tag.name:
            said["Contents"] = pydyf.String(tag.name)
        left, first, right, second = annotation["Rect"]
        edge = self.height * self.scale
        own = len(self.objects)
        body: bytes = pydyf.Dictionary(said).data[:-2]
        body += b" /Rect [" + b" ".join([_GAP] * 4) + b"] /StructParent " + _GAP + b">>"
        places: list[Gap] = [
            (ACROSS, left),
            (UP, first - edge),
            (ACROSS, right),
            (UP, second - edge),
        ]
        self.objects.append((body, [*places, (OWN, own)]))
        self.links.append((own, number))
        entry = b"<</Type /OBJR /Obj " + _OBJECT + b" /Pg " + _OBJECT + b">>"
        return entry, [(OWN, own), (PAGE, 0)]

    def _attributes(self, tag: Tag) -> Iterator[tuple[bytes, list[Gap]]]:
        """Yield the attributes of a picture, a cell or a list, as `tagging.write` has them."""
        parts: list[bytes] = []
        gaps: list[Gap] = []
        if tag.bbox:
            left, top, right, bottom = tag.bbox
            box = (left, -bottom, right, -top)
            across, up, end, high = (value * self.scale for value in box)
            parts.append(b"<</O /Layout /BBox [" + b" ".join([_GAP] * 4) + b"]>>")
            gaps = [(ACROSS, across), (UP, up), (ACROSS, end), (UP, high)]
        cell = [
            b" /Scope /" + tag.scope.encode() if tag.scope else b"",
            b" /ColSpan %d" % tag.columns if tag.columns > 1 else b"",
            b" /RowSpan %d" % tag.rows if tag.rows > 1 else b"",
        ]
        if any(cell):
            parts.append(b"<</O /Table" + b"".join(cell) + b">>")
        if tag.numbering:
            parts.append(b"<</O /List /ListNumbering /%s>>" % tag.numbering.encode())
        if parts:
            yield b" /A [" + b" ".join(parts) + b"]", gaps


def tag_bytes(
    tags: Sequence[Tag | ContentItem],
    marks: Mapping[Any, int],
    count: int,
    height: float,
    scale: float,
) -> TagBytes:
    """Return tags as bytes. `marks` are the numbers of the marked contents of boxes, of `count`."""
    writer = _TagWriter(marks, height, scale)
    tops = tuple(writer.element(tag, (PARENT, 0)) for tag in tags if isinstance(tag, Tag))
    starts, length = [], 0
    for body, gaps in writer.objects:
        starts.append(length)
        length += len(body) + sum(_WIDTHS[kind] - 1 for kind, _ in gaps) + 1
    owners = [writer.owners.get(mark, -1) for mark in range(count)]
    return TagBytes(
        tuple(b"".join(body + b"\n" for body, _ in writer.objects).split(_GAP)),
        tuple(gap for _, gaps in writer.objects for gap in gaps),
        tuple(starts),
        length,
        tops,
        tuple(owners),
        tuple(writer.links),
    )


def _text(text: str) -> bytes:
    return bytes(pydyf.String(text).data)
