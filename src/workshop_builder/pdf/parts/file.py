"""A PDF of one page that was put together from parts."""

from __future__ import annotations

import hashlib
import zlib
from xml.sax.saxutils import escape

from workshop_builder.pdf.parts import outline
from workshop_builder.pdf.parts.drawn import KINDS, TITLE, SharedObjects
from workshop_builder.pdf.parts.numbers import local, reference, rounded
from workshop_builder.pdf.parts.placed import (
    OWNERS,
    PAGE,
    POINTS,
    TAG,
    PageLayout,
    PageObjects,
    add_page,
    content,
    text,
    write_tags,
)

_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_PAGES, _CATALOG, _INFO, _METADATA, _ROOT, _PARENTS, _OUTLINES, _CONTENT, _OBJECTS, _XREF = range(
    10
)
_OWN = 10
"""How many objects a file has of its own beside those of its page."""
_OF_ONE = 3
"""The last of its pieces are of this file alone: content, metadata, and all that is no stream."""


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

    def write(self, layout: PageLayout, title: str) -> bytes:
        """Return a PDF/A-2a and PDF/UA-1 with one page."""
        ground, first = self.ground, self.ground.free
        body = self._common.copy()
        resources, needed = _resources(ground, layout)
        for number in needed:
            body.add(number, ground.objects[number])
        packed = content(layout)
        filled = b"<</Filter /FlateDecode /Length %d>>\nstream\n" % len(packed)
        body.add(first + _CONTENT, filled + packed + b"\nendstream")
        xmp = ground.metadata.replace(TITLE.encode(), escape(title).encode())
        about = b"<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n" % len(xmp)
        body.add(first + _METADATA, about + xmp + b"\nendstream")
        objects, count = self._objects(layout, resources, title)
        body.add(first + _OBJECTS, objects.stream(self._first, count))
        return self._finished(body, objects, self._first + count)

    def _objects(self, layout: PageLayout, resources: bytes, title: str) -> tuple[PageObjects, int]:
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
            _INFO: b"<<%s /Title %s>>" % (ground.info, text(title)),
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

    def _finished(self, body: _FileObjects, objects: PageObjects, free: int) -> bytes:
        """Return a file with its table of cross-references (ISO 32000-1, 7.5.8)."""
        first = self.ground.free
        entries = {number: b"\x01%b\x00\x00" % p.to_bytes(4, "big") for number, p in body.places}
        stream = (first + _OBJECTS).to_bytes(4, "big")
        for index, number in enumerate(objects.numbers):
            entries[self._first + number] = b"\x02%b%b" % (stream, index.to_bytes(2, "big"))
        entries[first + _XREF] = b"\x01%b\x00\x00" % body.length.to_bytes(4, "big")
        numbers = sorted(entries)
        packed = zlib.compress(b"".join([entries[number] for number in numbers]), 1)
        identity = self._identity.copy()
        for piece in body.pieces[-_OF_ONE:]:
            identity.update(piece)
        name = identity.hexdigest().encode()
        about = (
            b"<</Type /XRef /W [1 4 2] /Index [%s] /Size %d /Root %d 0 R /Info %d 0 R "
            b"/ID [<%s> <%s>] /Filter /FlateDecode /Length %d>>\nstream\n"
        ) % (
            _runs(numbers),
            free,
            first + _CATALOG,
            first + _INFO,
            name,
            name,
            len(packed),
        )
        start = body.length
        body.add(first + _XREF, about + packed + b"\nendstream")
        return b"".join([*body.pieces, b"startxref\n%d\n%%%%EOF\n" % start])


class _FileObjects:
    """The objects of a file, one after the other."""

    def __init__(self, head: bytes) -> None:
        self.pieces = [head]
        self.places: list[tuple[int, int]] = []
        self.length = len(head)

    def copy(self) -> _FileObjects:
        """Return the same, to go on with; its bytes are one piece."""
        other = _FileObjects(b"".join(self.pieces))
        other.places = list(self.places)
        self.pieces = other.pieces[:]
        return other

    def add(self, number: int, data: bytes) -> None:
        """Add an object."""
        self.places.append((number, self.length))
        piece = b"%d 0 obj\n%s\nendobj\n" % (number, data)
        self.pieces.append(piece)
        self.length += len(piece)


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
