"""Pages put together from parts, in one file of many: what they share is in the file once."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop_builder.pdf.parts import outline
from workshop_builder.pdf.parts.drawn import KINDS, SharedObjects
from workshop_builder.pdf.parts.pdf_file import GrowingFile, PdfObject
from workshop_builder.pdf.parts.placed import (
    PageLayout,
    PageObjects,
    Placed,
    boxes,
    moved,
    text,
    turned,
    write_tags,
)

_OWN = 3
"""How many objects a page has of its own beside its tags, links and outline."""


@dataclass(frozen=True, slots=True)
class PageInFile:
    """A page that is in the file."""

    page: int
    """Its number, as of an object; the numbers of its tag and its marked contents follow it."""
    linked: tuple[int, ...]
    """The tag of each of its links."""
    outline: bytes
    """What the entry above its headings says of them."""

    @property
    def tag(self) -> int:
        """The number of the tag around all others."""
        return self.page + 1

    @property
    def owners(self) -> int:
        """The number of the list of the tag of each marked content."""
        return self.page + 2


@dataclass(slots=True)
class PagesOfParts:
    """Writes pages of the parts of one kit into a file."""

    ground: SharedObjects = field(repr=False)
    file: GrowingFile = field(repr=False)
    parent: int
    """The number of the tree of pages."""
    document: int
    """The number of the tag around those of all pages."""
    _numbers: dict[int, int] = field(default_factory=dict, repr=False)
    """The number of each object of the ground in the file."""
    _contents: dict[object, bytes] = field(default_factory=dict, repr=False)
    """A reference to each piece of content that is in the file."""
    _resources: bytes = b""

    def add(self, layout: PageLayout, key: int, bookmark: int) -> PageInFile:
        """Add a page with its tags, whose first key in the tree of parents is `key`.

        The entry `bookmark` stands above its headings.
        """
        first = self.file.free
        objects = PageObjects([], [], [])
        tags = write_tags(objects, layout, first, first + 1, first + _OWN, key + 1)
        free, told = outline.write(objects, layout, first, tags.free, bookmark)
        self.file.take(free - first)
        links = b" ".join(b"%d 0 R" % number for number in tags.annotations)
        page = b"<</Type /Page /Parent %d 0 R %s /Tabs /S /StructParents %d" % (
            self.parent,
            boxes(layout),
            key,
        )
        page += b" /Resources %s /Contents [%s]" % (self._all_resources(), self._content(layout))
        objects.add(first, page + (b" /Annots [%s]>>" % links if links else b">>"))
        part = b"<</Type /StructElem /S /Part /P %d 0 R /Lang %s /K [%s]>>"
        objects.add(first + 1, part % (self.document, text(layout.lang), tags.tops))
        objects.add(first + 2, b"[%s]" % tags.owners)
        self.file.add_packed(objects.numbers, objects.stream())
        return PageInFile(first, tags.linked, told)

    def shared(self, number: int) -> int:
        """Return the number in the file of an object of the ground, which is added if need be."""
        if number not in self._numbers:
            each = PdfObject.of(self.ground.objects[number])
            self._numbers[number] = self.file.share(each.numbered(self.shared))
        return self._numbers[number]

    def _all_resources(self) -> bytes:
        """Return a reference to the resources of all pages."""
        if not self._resources:
            named = self.ground.named
            kinds = [
                b"/%s <<%s>>"
                % (kind.encode(), b" ".join(named[pair][0] for pair in named if pair[0] == kind))
                for kind in KINDS
            ]
            said = PdfObject(b"<<%s %s>>" % (self.ground.resources, b" ".join(kinds)))
            number = self.file.share(said.numbered(self.shared))
            self._resources = b"%d 0 R" % number
        return self._resources

    def _content(self, layout: PageLayout) -> bytes:
        """Return references to the content of a page: its parts, and between them their places."""
        found: list[bytes] = []
        line = turned(layout)
        for placed in layout.parts:
            found += (self._place(line + moved(placed)), self._part(placed))
            line = b"Q\n"
        found.append(self._place(line))
        return b" ".join(found)

    def _place(self, line: bytes) -> bytes:
        if line not in self._contents:
            self._contents[line] = b"%d 0 R" % self.file.share(PdfObject(b"<<>>", line))
        return self._contents[line]

    def _part(self, placed: Placed) -> bytes:
        key = (id(placed.part), placed.first)
        if key not in self._contents:
            packed, check, _ = placed.part.content(placed.first)
            stream = b"\x78\xda" + packed + b"\x03\x00" + check.to_bytes(4, "big")
            number = self.file.share(PdfObject(b"<</Filter /FlateDecode>>", stream))
            self._contents[key] = b"%d 0 R" % number
        return self._contents[key]
