"""The tags of a part, and its links, as bytes with gaps for numbers and places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pydyf

from workshop_builder.pdf.tagging.tree import ContentItem, Tag

OWN, PAGE, PARENT, MARK, ACROSS, UP, KEY = range(7)
"""What is added to the number that a gap has of its own: the number of the part's first object,
that of the page, that of the tag around, the first marked content, how far it is moved to the
right, how far up, and the first key of its links in the tree of parents."""

Gap: TypeAlias = tuple[int, float]
"""What is added, and to what."""

_OBJECT = b"%7d 0 R"
_POINT = b"%11.3f"


@dataclass(eq=False, slots=True)
class TagBytes:
    """The tags of a part."""

    pattern: bytes = field(repr=False)
    """All its objects, one after the other."""
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

    def written(self, added: Sequence[float]) -> bytes:
        """Return the objects with their gaps filled; `added` is in the order of the constants."""
        return self.pattern % tuple([added[kind] + own for kind, own in self.gaps])


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
        return b"%5d", [(MARK, mark)]

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
        body = _escaped(pydyf.Dictionary(said).data[:-2])
        body += b" /Rect [" + b" ".join([_POINT] * 4) + b"] /StructParent %7d>>"
        places: list[Gap] = [
            (ACROSS, left),
            (UP, first - edge),
            (ACROSS, right),
            (UP, second - edge),
        ]
        self.objects.append((body, [*places, (KEY, len(self.links))]))
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
            parts.append(b"<</O /Layout /BBox [" + b" ".join([_POINT] * 4) + b"]>>")
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
    tags: Sequence[Tag | ContentItem], marks: Mapping[Any, int], height: float, scale: float
) -> TagBytes:
    """Return tags as bytes. `marks` are the numbers of the marked contents of boxes."""
    writer = _TagWriter(marks, height, scale)
    tops = tuple(writer.element(tag, (PARENT, 0)) for tag in tags if isinstance(tag, Tag))
    starts, length = [], 0
    for body, gaps in writer.objects:
        starts.append(length)
        length += len(body % tuple([0] * len(gaps))) + 1
    return TagBytes(
        b"".join(body + b"\n" for body, _ in writer.objects),
        tuple(gap for _, gaps in writer.objects for gap in gaps),
        tuple(starts),
        length,
        tops,
        tuple(writer.owners.get(mark, -1) for mark in range(max(marks.values(), default=-1) + 1)),
        tuple(writer.links),
    )


def _text(text: str) -> bytes:
    return _escaped(pydyf.String(text).data)


def _escaped(data: bytes) -> bytes:
    return data.replace(b"%", b"%%")
