"""Pages put together from parts, in one file of many: what they share is in the file once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from workshop_builder.pdf.parts import outline
from workshop_builder.pdf.parts.drawn import KINDS, SharedObjects
from workshop_builder.pdf.parts.growing import GrowingFile
from workshop_builder.pdf.parts.numbers import STEP, in_file, rounded
from workshop_builder.pdf.parts.pdf_file import PdfObject
from workshop_builder.pdf.parts.placed import (
    OWNERS,
    TAG,
    PageLayout,
    PageObjects,
    Placed,
    add_page,
    moved,
    turned,
    write_tags,
)

_SINGLE = 4
"""How many numbers a page takes beside, at most: its stream, its bookmark, its back and a share in
the stream of that."""


@dataclass(frozen=True, slots=True)
class PageInFile:
    """A page that is in the file."""

    page: int
    """Its number, as of an object; it is its key in the tree of parents, too."""
    linked: tuple[tuple[int, int], ...]
    """Each of its links, whose number is its key, and its tag."""
    outline: bytes
    """What the entry above its headings says of them."""

    @property
    def tag(self) -> int:
        """The number of the tag around all others."""
        return self.page + TAG

    @property
    def owners(self) -> list[tuple[int, int]]:
        """The entries of the page in the tree of parents."""
        return [(self.page, self.page + OWNERS), *self.linked]


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

    def add(self, layout: PageLayout, bookmark: int) -> PageInFile:
        """Add a page with its tags and its headings, which stand below the entry `bookmark`."""
        objects = PageObjects([], [], [])
        tags = write_tags(objects, layout)
        count, told = outline.write(objects, layout, b"%d 0 R" % bookmark)
        first = self.file.take_page(count)
        contents = b"[%s]" % self._content(layout)
        about = (b"%d 0 R" % self.parent, b"%d" % first, self._all_resources(), contents)
        around = b"%d 0 R" % self.document
        add_page(objects, layout, tags, *about, role=b"Part", around=around)
        self.file.add_page(first, objects.numbers, objects.stream(first, count))
        linked = tuple((first + link, first + tag) for link, tag in tags.links)
        return PageInFile(first, linked, in_file(told, first, count))

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


def room(layouts: Iterable[tuple[SharedObjects, PageLayout]]) -> int:
    """Return how many numbers pages take in a file, or more, with all that they share."""
    pages = 0
    grounds: dict[int, int] = {}
    streams: set[object] = set()
    for ground, layout in layouts:
        grounds[id(ground)] = len(ground.objects) + 1
        headings = sum(len(placed.part.bookmarks) for placed in layout.outline)
        pages += rounded(layout.count + headings) + _SINGLE
        for number, placed in enumerate(layout.parts):
            streams.add((id(placed.part), placed.first))
            streams.add((not number, layout.size, placed.across, placed.moved))
    return STEP + pages + sum(grounds.values()) + len(streams) + 1
