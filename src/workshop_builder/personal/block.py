"""Sheets that follow each other as a part of one file of all: each part is written by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from workshop_builder.pdf.engine import Pdf
from workshop_builder.pdf.parts.growing import GrowingFile
from workshop_builder.pdf.parts.pages import PagesOfParts
from workshop_builder.pdf.parts.pdf_file import (
    TEXT,
    PdfFile,
    PdfObject,
    read,
    reference,
    string,
)
from workshop_builder.pdf.parts.placed import boxes
from workshop_builder.personal.pieces.make import SheetOfParts

PAGES, DOCUMENT, OUTLINES = range(1, 4)
"""The numbers of objects that all sheets refer to: the tree of pages, the tag around all others,
and the root of the bookmarks."""
_KEY = re.compile(rb"\((?:\\.|[^\\()])*\)|(/StructParents?) (\d+)", re.DOTALL)
_ENTRY = re.compile(rb"(\d+) (\[[^\]]*\]|\d+ 0 R)")
_KID = re.compile(rb"(\d+) 0 R")
_NAMED = re.compile(rb"(%s) (\[[^\]]*\])" % TEXT, re.DOTALL)
_LEADS_TO = re.compile(rb"(/D(?:est)?) (%s)" % TEXT, re.DOTALL)
_NOTE = re.compile(rb"/ID \((note-\d+)\)")
_NOTED = re.compile(rb"\((note-\d+)\) (\d+ 0 R)")
_BOX = re.compile(rb"/MediaBox \[[^\]]*\]")


@dataclass(slots=True)
class SheetBlock:
    """Some sheets, written with the numbers that they have among all."""

    file: GrowingFile = field(repr=False)
    before: int = 0
    """How many sheets there are before these."""
    pages: list[int] = field(default_factory=list)
    box: bytes = b""
    """What the last page says of its size."""
    parts: list[int] = field(default_factory=list)
    """The tags of the sheets."""
    parents: list[tuple[int, bytes]] = field(default_factory=list)
    """The entries of the tree that leads from what is tagged to its tag, by their keys.

    A key is a number of an object, or another that was taken in the same way."""
    places: list[bytes] = field(default_factory=list)
    """The places to which links lead, each after its name."""
    notes: list[bytes] = field(default_factory=list)
    """The notes, likewise."""
    bookmarks: list[tuple[int, bytes]] = field(default_factory=list)
    """Those of the sheets: number, and what they say but for those beside them."""
    told: dict[str, bytes] = field(default_factory=dict)
    """What the first sheet says of all: of its colours, of its kind of PDF, and of the program."""
    said: list[tuple[str, ...]] = field(default_factory=list)
    """What the teacher is told of each sheet."""

    def bookmark(self, name: str, page: int, number: int, below: bytes) -> None:
        """Add a bookmark with a student's name; `below` is said of those below it."""
        said = b"<</Title %s/Parent %d 0 R/Dest [%d 0 R /Fit]" % (string(name), OUTLINES, page)
        self.bookmarks.append((number, said + re.sub(rb"/Count (\d+)", rb"/Count -\1", below)))

    def add_parts(self, name: str, sheet: SheetOfParts, kit: PagesOfParts) -> None:
        """Add a sheet that is put together from parts, which a kit writes."""
        self.told = self.told or {
            "catalogue": PdfObject(sheet.ground.catalog).numbered(kit.shared).head,
            "xmp": sheet.ground.metadata,
            "info": b"<<%s/Title ()>>" % sheet.ground.info,
        }
        number = self.file.take()
        made = kit.add(sheet.layout, number)
        self.pages.append(made.page)
        self.box = boxes(sheet.layout)
        self.parts.append(made.tag)
        self.parents += [(key, b"%d 0 R" % owner) for key, owner in made.owners]
        self.bookmark(name, made.page, number, made.outline)

    def add_blank(self) -> None:
        """Add the empty back of the last page, if its front is the last."""
        if len(self.pages) % 2:
            number = self.file.take()
            head = b"<</Type /Page/Parent %d 0 R %s/Resources <<>>>>" % (PAGES, self.box)
            self.file.add(number, PdfObject(head))
            self.pages.append(number)


def block_of(
    sheets: Iterable[tuple[str, Pdf | SheetOfParts]], first: int, before: int, *, last: bool
) -> SheetBlock:
    """Return sheets, each with a student's name, with numbers from `first` on.

    There are so many sheets before them. All but the `last` sheet of all have a back.
    """
    block = SheetBlock(GrowingFile(first, base=first), before)
    kits: dict[int, PagesOfParts] = {}
    for name, sheet in sheets:
        block.add_blank()
        block.said.append(sheet.told)
        if isinstance(sheet, Pdf):
            Arrival(read(sheet.data), block, f"{before + len(block.parts):06}").add(name)
            continue
        ground = sheet.ground
        if id(ground) not in kits:
            kits[id(ground)] = PagesOfParts(ground, block.file, PAGES, DOCUMENT)
        block.add_parts(name, sheet, kits[id(ground)])
    if not last:
        block.add_blank()
    block.file.pack()
    return block


class Arrival:
    """One sheet on its way into the whole."""

    def __init__(self, file: PdfFile, block: SheetBlock, mark: str) -> None:
        self.file = file
        self.block = block
        self.mark = mark.encode()
        """What sets its names apart from those of the others."""
        catalogue = file.objects[file.root].head
        tree = reference("StructTreeRoot", catalogue)
        self.tree = file.objects[tree].head
        self.parents = reference("ParentTree", self.tree)
        self.tag = next(iter(_kids(rb"/K \[", self.tree)))
        self.outlines = reference("Outlines", catalogue)
        self.pages = reference("Pages", catalogue)
        self.places = catalogue
        metadata = reference("Metadata", catalogue)
        self.numbers = {self.pages: PAGES, tree: DOCUMENT}
        self.keys: dict[int, int] = {}
        """The new key of each in the tree of parents."""
        left_behind = {self.pages, tree, self.parents, metadata, file.root, file.info}
        self.own = [number for number in file.objects if number not in left_behind]

    def add(self, name: str) -> None:
        """Add all that the sheet is made of."""
        file, objects = self.block.file, self.file.objects
        rest = [number for number in self.own if not self._is_alike(number)]
        for number in self.own:
            alike = number not in rest
            self.numbers[number] = file.share(objects[number]) if alike else file.take()
        entries = self._entries(objects[self.parents].head)
        self.keys = {int(found[1]): file.take() for found in entries}
        pages = list(_kids(rb"/Kids \[", objects[self.pages].head))
        change = self._changes()
        for number in rest:
            if number != self.outlines:
                file.add(self.numbers[number], change(number))
        self._tell_all()
        self.block.pages += (self.numbers[number] for number in pages)
        box = _BOX.search(objects[pages[-1]].head)
        self.block.box = box[0] if box else b""
        self.block.parts.append(self.numbers[self.tag])
        self._add_parents()
        self._add_names()
        below = change(self.outlines).head[2:-2] if self.outlines else b""
        number = self.numbers[self.outlines] if self.outlines else file.take()
        self.block.bookmark(name, self.numbers[pages[0]], number, below)

    def _tell_all(self) -> None:
        """Let the first sheet say what is true of all."""
        objects, root = self.file.objects, self.file.objects[self.file.root]
        metadata = objects[reference("Metadata", root.head)].content
        self.block.told = self.block.told or {
            "catalogue": root.numbered(lambda number: self.numbers.get(number, number)).head,
            "xmp": metadata,
            "info": objects[self.file.info].head,
        }

    def _is_alike(self, number: int) -> bool:
        """Return whether an object can be one of several sheets: it refers to no other."""
        each = self.file.objects[number]
        return each.stream is not None and not each.references and b"/Struct" not in each.head

    def _changes(self) -> Callable[[int], PdfObject]:
        keys = self.keys

        def keyed(found: re.Match[bytes]) -> bytes:
            return b"%s %d" % (found[1], keys[int(found[2])]) if found[1] else found[0]

        def change(number: int) -> PdfObject:
            each = self.file.objects[number].numbered(self.numbers.__getitem__)
            head = _KEY.sub(keyed, each.head)
            head = _NOTE.sub(rb"/ID (%s-\1)" % self.mark, head)
            if b"/Type /Annot" in head or number == self.outlines or b"/Dest" in head:
                head = _LEADS_TO.sub(lambda f: b"%s %s" % (f[1], self._marked(f[2])), head)
            if number == self.tag:
                head = head.replace(b"/S /Document", b"/S /Part", 1)
            return PdfObject(head, each.stream)

        return change

    def _marked(self, name: bytes) -> bytes:
        """Return the name of a place with what sets it apart."""
        return b"(%s-%s" % (self.mark, name[1:]) if name[:1] == b"(" else _hex(self.mark, name)

    def _add_parents(self) -> None:
        head = self.file.objects[self.parents].numbered(self.numbers.__getitem__).head
        for found in self._entries(head):
            self.block.parents.append((self.keys[int(found[1])], found[2]))

    @staticmethod
    def _entries(parents: bytes) -> Iterator[re.Match[bytes]]:
        return _ENTRY.finditer(parents, parents.index(b"[") + 1)

    def _add_names(self) -> None:
        start = self.places.find(b"/Dests")
        for name, place in _NAMED.findall(self.places, max(start, 0)) if start >= 0 else ():
            moved = PdfObject(place).numbered(self.numbers.__getitem__).head
            self.block.places.append(b"%s %s" % (self._marked(name), moved))
        moved = PdfObject(self.tree).numbered(lambda number: self.numbers.get(number, number)).head
        for name, tag in _NOTED.findall(moved):
            self.block.notes.append(b"(%s-%s) %s" % (self.mark, name, tag))


def _kids(begin: bytes, head: bytes) -> Iterator[int]:
    """Yield the numbers in the array of a dictionary that begins so."""
    found = re.search(begin + rb"([^\]]*)\]", head)
    yield from (int(each) for each in _KID.findall(found[1])) if found else ()


def _hex(mark: bytes, name: bytes) -> bytes:
    begun = "feff" + (mark + b"-").decode().encode("utf-16-be").hex()
    return b"<%s%s" % (begun.encode(), name[5:])
