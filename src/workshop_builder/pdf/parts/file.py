"""A PDF of one page that was put together from parts."""

from __future__ import annotations

import hashlib
import zlib
from xml.sax.saxutils import escape

from workshop_builder.pdf.parts import outline
from workshop_builder.pdf.parts.drawn import KINDS, TITLE, DrawnPart, SharedObjects
from workshop_builder.pdf.parts.numbers import local, reference, rounded
from workshop_builder.pdf.parts.placed import (
    OWNERS,
    PAGE,
    POINTS,
    TAG,
    Deflated,
    PageLayout,
    PageObjects,
    add_page,
    text,
    turned,
    write_tags,
)

_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_PAGES, _CATALOG, _INFO, _METADATA, _ROOT, _PARENTS, _OUTLINES, _CONTENT, _OBJECTS, _XREF = range(
    10
)
_OWN = 10
"""How many objects a file has of its own beside those of its page."""
_ENTRY = 7
"""Bytes of an entry of the table of cross-references."""


class FileWriter:
    """Writes PDFs from the parts of one kit."""

    def __init__(self, ground: SharedObjects) -> None:
        self.ground = ground
        self._first = rounded(ground.free + _OWN)
        """The number of the page."""
        self._common = _FileObjects(_HEAD)
        self._identity = hashlib.md5(usedforsecurity=False)
        """The sum of what all files share."""
        for number, each in ground.objects.items():
            self._identity.update(each)
            if number in ground.common:
                self._common.add(number, each)

    def around(self, layout: PageLayout, own: DrawnPart) -> FileAround:
        """Return what a PDF/A-2a and PDF/UA-1 with one page has around a part and its title."""
        ground, first = self.ground, self.ground.free
        body = self._common.copy()
        resources, needed = _resources(ground, layout)
        for number in needed:
            body.add(number, ground.objects[number])
        objects, count = self._objects(layout, resources)
        packed = objects.stream(self._first, count)
        body.add(first + _OBJECTS, packed)
        identity = self._identity.copy()
        identity.update(packed)
        stream = (first + _OBJECTS).to_bytes(4, "big")
        entries = dict(body.entries)
        for index, number in enumerate(objects.numbers):
            entries[self._first + number] = b"\x02%b%b" % (stream, index.to_bytes(2, "big"))
        return FileAround(layout, own, ground, body, entries, identity, self._first + count)

    def _objects(self, layout: PageLayout, resources: bytes) -> tuple[PageObjects, int]:
        """Return the objects of a file that are no streams, and how many the page takes."""
        ground, first = self.ground, self.ground.free
        objects = PageObjects([], [], [])
        tags = write_tags(objects, layout)
        root = b"%d 0 R" % (first + _OUTLINES)
        count, told = outline.write(objects, layout, root)
        catalog = b"<</Type /Catalog %s /Pages %d 0 R /Metadata %d 0 R /StructTreeRoot %d 0 R" % (
            ground.catalog,
            first + _PAGES,
            first + _METADATA,
            first + _ROOT,
        )
        catalog += b" /Outlines " + root if told else b""
        linked = b"".join([b" %s %s" % (local(a), reference(b)) for a, b in tags.links])
        said = {
            _PAGES: b"<</Type /Pages /Count 1 /Kids [%s]>>" % reference(PAGE),
            _CATALOG: catalog + _destinations(layout) + b">>",
            _ROOT: b"<</Type /StructTreeRoot /K [%s] /ParentTree %d 0 R>>"
            % (reference(TAG), first + _PARENTS),
            _PARENTS: b"<</Nums [0 %s%s]>>" % (reference(OWNERS), linked),
        }
        if told:
            said[_OUTLINES] = b"<<%s>>" % told
        for number, each in said.items():
            objects.add(first + number - self._first, each)
        about = (b"%d 0 R" % (first + _PAGES), b"0", resources, b"%d 0 R" % (first + _CONTENT))
        add_page(
            objects, layout, tags, *about, role=b"Document", around=b"%d 0 R" % (first + _ROOT)
        )
        return objects, count


class FileAround:
    """All of a file but the content of one part, which each file has its own of, and the title."""

    def __init__(
        self,
        layout: PageLayout,
        own: DrawnPart,
        ground: SharedObjects,
        body: _FileObjects,
        entries: dict[int, bytes],
        identity: hashlib._Hash,
        free: int,
    ) -> None:
        """Take what the file has of objects that are written, and what the table says of them."""
        parts = list(layout.parts)
        place = next(n for n, placed in enumerate(parts) if placed.part is own)
        self._ground, self._identity, self._size = ground, identity, free
        self._body = body.copy()
        self._slot = parts[place]
        self._before, self._after = Deflated(), Deflated()
        self._line = turned(layout)
        for placed in parts[:place]:
            self._before.put(self._line, placed)
            self._line = b"Q\n"
        for placed in parts[place + 1 :]:
            self._after.put(b"Q\n", placed)
        self._after.store(b"Q\n", last=True)
        late = [ground.free + each for each in (_CONTENT, _METADATA, _INFO, _XREF)]
        numbers = sorted([*entries, *late])
        self._runs = _runs(numbers)
        self._table = b"".join([entries.get(number, bytes(_ENTRY)) for number in numbers])
        self._places = {number: numbers.index(number) * _ENTRY for number in late}

    def filled(self, own: DrawnPart, title: str) -> bytes:
        """Return the file with the content of a part that is tagged as the first, and a title."""
        ground, first, body = self._ground, self._ground.free, self._body.copy()
        line = Deflated()
        line.put(self._line, self._slot._replace(part=own))
        packed = self._before.then(line).then(self._after).stream
        filled = b"<</Filter /FlateDecode /Length %d>>\nstream\n" % len(packed)
        body.add(first + _CONTENT, filled + packed + b"\nendstream")
        xmp = ground.metadata.replace(TITLE.encode(), escape(title).encode())
        about = b"<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n" % len(xmp)
        body.add(first + _METADATA, about + xmp + b"\nendstream")
        body.add(first + _INFO, b"<<%s /Title %s>>" % (ground.info, text(title)))
        return self._finished(body)

    def _finished(self, body: _FileObjects) -> bytes:
        """Return a file with its table of cross-references (ISO 32000-1, 7.5.8)."""
        first, start = self._ground.free, body.length
        table, identity = bytearray(self._table), self._identity.copy()
        for piece in body.pieces[1:]:
            identity.update(piece)
        for number, entry in (*body.entries, (first + _XREF, _in_bytes(start))):
            if (at := self._places.get(number)) is not None:
                table[at : at + _ENTRY] = entry
        packed = zlib.compress(table, 1)
        name = identity.hexdigest().encode()
        about = (
            b"<</Type /XRef /W [1 4 2] /Index [%s] /Size %d /Root %d 0 R /Info %d 0 R "
            b"/ID [<%s> <%s>] /Filter /FlateDecode /Length %d>>\nstream\n"
        ) % (
            self._runs,
            self._size,
            first + _CATALOG,
            first + _INFO,
            name,
            name,
            len(packed),
        )
        body.add(first + _XREF, about + packed + b"\nendstream")
        return b"".join([*body.pieces, b"startxref\n%d\n%%%%EOF\n" % start])


class _FileObjects:
    """The objects of a file, one after the other."""

    def __init__(self, head: bytes) -> None:
        self.pieces = [head]
        self.entries: list[tuple[int, bytes]] = []
        """What the table of cross-references says of each object, by its number."""
        self.length = len(head)

    def copy(self) -> _FileObjects:
        """Return the same, to go on with; its bytes are one piece."""
        other = _FileObjects(b"".join(self.pieces))
        other.entries = list(self.entries)
        self.pieces = other.pieces[:]
        return other

    def add(self, number: int, data: bytes) -> None:
        """Add an object."""
        self.entries.append((number, _in_bytes(self.length)))
        piece = b"%d 0 obj\n%s\nendobj\n" % (number, data)
        self.pieces.append(piece)
        self.length += len(piece)


def _in_bytes(place: int) -> bytes:
    """Return what the table says of an object that begins at a place."""
    return b"\x01%b\x00\x00" % place.to_bytes(4, "big")


def _resources(ground: SharedObjects, layout: PageLayout) -> tuple[bytes, list[int]]:
    """Return what the resources of a page say, and the numbers of the objects that they need."""
    used = sorted({pair for placed in layout.parts for pair in placed.part.names})
    needed = {number: None for pair in used for number in ground.named[pair][1]}
    kinds = [
        b"/%s <<%s>>"
        % (kind.encode(), b" ".join([ground.named[pair][0] for pair in used if pair[0] == kind]))
        for kind in KINDS
    ]
    return b"<<%s %s>>" % (ground.resources, b" ".join(kinds)), list(needed)


def _destinations(layout: PageLayout) -> bytes:
    """Return what the catalog says of the places that links may lead to."""
    named = [
        b"%s [%s /XYZ %.3f %.3f 0]"
        % (text(name), reference(PAGE), left * POINTS, (layout.size[1] - top) * POINTS)
        for name, left, top in sorted(layout.anchors)
    ]
    return b" /Names <</Dests <</Names [%s]>>>>" % b" ".join(named) if named else b""


def _runs(numbers: list[int]) -> bytes:
    """Return numbers as runs: the first of each and its length."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and sum(runs[-1]) == number:
            runs[-1][1] += 1
        else:
            runs.append([number, 1])
    return b" ".join([b"%d %d" % tuple(run) for run in runs])
