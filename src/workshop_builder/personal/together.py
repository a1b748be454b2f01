"""All sheets as one PDF, in the order of the roster: each begins on an odd page, for duplex."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from workshop_builder.pdf.engine import Pdf
from workshop_builder.pdf.parts.drawn import TITLE
from workshop_builder.pdf.parts.pages import PagesOfParts
from workshop_builder.pdf.parts.pdf_file import (
    ACTUAL_SIZE,
    TEXT,
    GrowingFile,
    PdfFile,
    PdfObject,
    compressed,
    read,
    reference,
    string,
)
from workshop_builder.pdf.parts.placed import boxes
from workshop_builder.personal.pieces.make import SheetOfParts

_CATALOGUE, _PAGES, _TREE, _DOCUMENT, _PARENTS, _OUTLINES, _INFO = range(1, 8)
"""The objects that all sheets share: their numbers come first."""
_KEY = re.compile(rb"\((?:\\.|[^\\()])*\)|(/StructParents?) (\d+)", re.DOTALL)
_ENTRY = re.compile(rb"(\d+) (\[[^\]]*\]|\d+ 0 R)")
_KID = re.compile(rb"(\d+) 0 R")
_NAMED = re.compile(rb"(%s) (\[[^\]]*\])" % TEXT, re.DOTALL)
_LEADS_TO = re.compile(rb"(/D(?:est)?) (%s)" % TEXT, re.DOTALL)
_NOTE = re.compile(rb"/ID \((note-\d+)\)")
_NOTED = re.compile(rb"\((note-\d+)\) (\d+ 0 R)")
_TITLE = re.compile(rb"/Title (%s)" % TEXT, re.DOTALL)
_XMP_TITLE = re.compile(rb"(<dc:title><rdf:Alt><rdf:li [^>]*>)[^<]*")
_BOX = re.compile(rb"/MediaBox \[[^\]]*\]")


@dataclass(slots=True)
class _Joined:
    """What has been joined so far."""

    file: GrowingFile = field(default_factory=lambda: GrowingFile(_INFO + 1))
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
    kits: dict[int, PagesOfParts] = field(default_factory=dict)
    """What writes sheets of parts, by the `id` of what they share."""

    def bookmark(self, name: str, page: int, number: int, below: bytes) -> None:
        """Add a bookmark with a student's name; `below` is said of those below it."""
        said = b"<</Title %s/Parent %d 0 R/Dest [%d 0 R /Fit]" % (string(name), _OUTLINES, page)
        self.bookmarks.append((number, said + re.sub(rb"/Count (\d+)", rb"/Count -\1", below)))

    def add_parts(self, name: str, sheet: SheetOfParts) -> None:
        """Add a sheet that is put together from parts."""
        ground, layout = sheet.ground, sheet.layout
        if id(ground) not in self.kits:
            self.kits[id(ground)] = PagesOfParts(ground, self.file, _PAGES, _DOCUMENT)
        kit = self.kits[id(ground)]
        self.told = self.told or {
            "catalogue": PdfObject(ground.catalog).numbered(kit.shared).head,
            "xmp": ground.metadata,
            "info": b"<<%s/Title ()>>" % ground.info,
        }
        number = self.file.take()
        made = kit.add(layout, number)
        self.pages.append(made.page)
        self.box = boxes(layout)
        self.parts.append(made.tag)
        self.parents += [(key, b"%d 0 R" % owner) for key, owner in made.owners]
        self.bookmark(name, made.page, number, made.outline)


def join(sheets: Iterable[tuple[str, Pdf | SheetOfParts]], title: str, language: str) -> Pdf:
    """Return sheets, each with a student's name, as one tagged PDF with a title."""
    joined = _Joined()
    for name, sheet in sheets:
        if len(joined.pages) % 2:
            joined.pages.append(_blank(joined))
        if isinstance(sheet, Pdf):
            _Arrival(read(sheet.data), joined, f"{len(joined.parts):06}").add(name)
        else:
            joined.add_parts(name, sheet)
    if not joined.pages:
        raise ValueError("there is no sheet to join")
    shared = {
        _CATALOGUE: _catalogue(joined, title, language),
        _PAGES: b"<</Type /Pages/Count %d/Kids [%s]>>" % (len(joined.pages), _list(joined.pages)),
        _TREE: _tree(joined),
        _DOCUMENT: b"<</Type /StructElem/S /Document/Lang (%s)/P %d 0 R/K [%s]>>"
        % (language.encode(), _TREE, _list(joined.parts)),
        _PARENTS: b"<</Nums [%s]>>"
        % b" ".join(b"%d %s" % entry for entry in sorted(joined.parents)),
        _OUTLINES: _outlines(joined),
        _INFO: _TITLE.sub(lambda _: b"/Title " + string(title), joined.told["info"]),
    }
    for number, each in shared.items():
        joined.file.add(number, PdfObject(each))
    return Pdf(joined.file.finish(_CATALOGUE, _INFO), len(joined.pages))


def _list(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _blank(joined: _Joined) -> int:
    """Add the empty back of the last page; return its number."""
    number = joined.file.take()
    head = b"<</Type /Page/Parent %d 0 R %s/Resources <<>>>>" % (_PAGES, joined.box)
    joined.file.add(number, PdfObject(head))
    return number


def _tree(joined: _Joined) -> bytes:
    notes = b"/IDTree <</Names [%s]>>" % b" ".join(joined.notes) if joined.notes else b""
    return b"<</Type /StructTreeRoot/K [%d 0 R]/ParentTree %d 0 R%s>>" % (
        _DOCUMENT,
        _PARENTS,
        notes,
    )


def _outlines(joined: _Joined) -> bytes:
    """Add the bookmarks; return what stands above them."""
    marks = [number for number, _ in joined.bookmarks]
    for (number, said), before, after in zip(
        joined.bookmarks, [0, *marks], [*marks[1:], 0], strict=False
    ):
        beside = b"/Prev %d 0 R" % before if before else b""
        beside += b"/Next %d 0 R" % after if after else b""
        joined.file.add(number, PdfObject(said + beside + b">>"))
    return b"<</Count %d/First %d 0 R/Last %d 0 R>>" % (len(marks), marks[0], marks[-1])


def _catalogue(joined: _Joined, title: str, language: str) -> bytes:
    """Return the catalogue: that of the first sheet with what all of them have in common."""
    told = joined.told["xmp"].replace(TITLE.encode(), b"")
    told = _XMP_TITLE.sub(lambda found: found[1] + escape(title).encode(), told)
    number = joined.file.share(compressed(b"<</Type /Metadata/Subtype /XML>>", told))
    intents = re.search(rb"/OutputIntents \[.*?>>\]", joined.told["catalogue"], re.DOTALL)
    places = b" ".join(sorted(joined.places))
    names = b"/Names <</Dests <</Names [%s]>>>>" % places if places else b""
    return (
        b"<</Type /Catalog/Pages %d 0 R/Lang (%s)/MarkInfo <</Marked true>>/StructTreeRoot %d 0 R"
        b"/ViewerPreferences <<%s/Duplex /DuplexFlipLongEdge>>"
        b"/Outlines %d 0 R/Metadata %d 0 R%s%s>>"
    ) % (
        _PAGES,
        language.encode(),
        _TREE,
        ACTUAL_SIZE,
        _OUTLINES,
        number,
        intents[0] if intents else b"",
        names,
    )


class _Arrival:
    """One sheet on its way into the whole."""

    def __init__(self, file: PdfFile, joined: _Joined, mark: str) -> None:
        self.file = file
        self.joined = joined
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
        self.numbers = {self.pages: _PAGES, tree: _DOCUMENT}
        self.keys: dict[int, int] = {}
        """The new key of each in the tree of parents."""
        left_behind = {self.pages, tree, self.parents, metadata, file.root, file.info}
        self.own = [number for number in file.objects if number not in left_behind]

    def add(self, name: str) -> None:
        """Add all that the sheet is made of."""
        file, objects = self.joined.file, self.file.objects
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
        self.joined.pages += (self.numbers[number] for number in pages)
        box = _BOX.search(objects[pages[-1]].head)
        self.joined.box = box[0] if box else b""
        self.joined.parts.append(self.numbers[self.tag])
        self._add_parents()
        self._add_names()
        below = change(self.outlines).head[2:-2] if self.outlines else b""
        number = self.numbers[self.outlines] if self.outlines else file.take()
        self.joined.bookmark(name, self.numbers[pages[0]], number, below)

    def _tell_all(self) -> None:
        """Let the first sheet say what is true of all."""
        objects, root = self.file.objects, self.file.objects[self.file.root]
        metadata = objects[reference("Metadata", root.head)].content
        self.joined.told = self.joined.told or {
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
            self.joined.parents.append((self.keys[int(found[1])], found[2]))

    @staticmethod
    def _entries(parents: bytes) -> Iterator[re.Match[bytes]]:
        return _ENTRY.finditer(parents, parents.index(b"[") + 1)

    def _add_names(self) -> None:
        start = self.places.find(b"/Dests")
        for name, place in _NAMED.findall(self.places, max(start, 0)) if start >= 0 else ():
            moved = PdfObject(place).numbered(self.numbers.__getitem__).head
            self.joined.places.append(b"%s %s" % (self._marked(name), moved))
        moved = PdfObject(self.tree).numbered(lambda number: self.numbers.get(number, number)).head
        for name, tag in _NOTED.findall(moved):
            self.joined.notes.append(b"(%s-%s) %s" % (self.mark, name, tag))


def _kids(begin: bytes, head: bytes) -> Iterator[int]:
    """Yield the numbers in the array of a dictionary that begins so."""
    found = re.search(begin + rb"([^\]]*)\]", head)
    yield from (int(each) for each in _KID.findall(found[1])) if found else ()


def _hex(mark: bytes, name: bytes) -> bytes:
    begun = "feff" + (mark + b"-").decode().encode("utf-16-be").hex()
    return b"<%s%s" % (begun.encode(), name[5:])
