"""All sheets as one PDF, in the order of the roster: each begins on an odd page, for duplex."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from workshop_builder.pdf.engine import Pdf
from workshop_builder.personal import pdf_file
from workshop_builder.personal.pdf_file import (
    ACTUAL_SIZE,
    TEXT,
    PdfFile,
    PdfObject,
    compressed,
    reference,
)

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

    objects: dict[int, PdfObject] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    """The tags of the sheets."""
    parents: list[bytes] = field(default_factory=list)
    """The entries of the tree that leads from what is tagged to its tag."""
    keys: int = 0
    """How many keys that tree has used."""
    places: list[bytes] = field(default_factory=list)
    """The places to which links lead, each after its name."""
    notes: list[bytes] = field(default_factory=list)
    """The notes, likewise."""
    bookmarks: list[int] = field(default_factory=list)
    """Those of the sheets."""
    shared: dict[PdfObject, int] = field(default_factory=dict)
    """Fonts, pictures and profiles, which several sheets have alike."""

    def add(self, each: PdfObject) -> int:
        """Add an object; return its number."""
        number = len(self.objects) + _INFO + 1
        self.objects[number] = each
        return number


def join(sheets: Iterable[tuple[str, bytes]], title: str, language: str) -> Pdf:
    """Return sheets, each a student's name and a PDF, as one tagged PDF with a title."""
    joined = _Joined()
    first: PdfFile | None = None
    for name, data in sheets:
        if len(joined.pages) % 2:
            joined.pages.append(_blank(joined))
        file = pdf_file.read(data)
        first = first or file
        _Arrival(file, joined, f"{len(joined.parts):06}").add(name)
    if first is None:
        raise ValueError("there is no sheet to join")
    head = _catalogue(first, joined, title, language)
    shared = {
        _CATALOGUE: head,
        _PAGES: b"<</Type /Pages/Count %d/Kids [%s]>>" % (len(joined.pages), _list(joined.pages)),
        _TREE: _tree(joined),
        _DOCUMENT: b"<</Type /StructElem/S /Document/Lang (%s)/P %d 0 R/K [%s]>>"
        % (language.encode(), _TREE, _list(joined.parts)),
        _PARENTS: b"<</Nums [%s]>>" % b" ".join(joined.parents),
        _OUTLINES: _outlines(joined),
        _INFO: _TITLE.sub(lambda _: b"/Title " + pdf_file.string(title), _head_of_info(first)),
    }
    objects = {number: PdfObject(each) for number, each in shared.items()} | joined.objects
    return Pdf(pdf_file.write(PdfFile(objects, _CATALOGUE, _INFO)), len(joined.pages))


def _list(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _head_of_info(first: PdfFile) -> bytes:
    return first.objects[first.info].head


def _blank(joined: _Joined) -> int:
    """Add the empty back of the last page; return its number."""
    box = _BOX.search(joined.objects[joined.pages[-1]].head)
    size = box[0] if box else b""
    head = b"<</Type /Page/Parent %d 0 R%s/Resources <<>>>>" % (_PAGES, size)
    return joined.add(PdfObject(head))


def _tree(joined: _Joined) -> bytes:
    notes = b"/IDTree <</Names [%s]>>" % b" ".join(joined.notes) if joined.notes else b""
    return b"<</Type /StructTreeRoot/K [%d 0 R]/ParentTree %d 0 R%s>>" % (
        _DOCUMENT,
        _PARENTS,
        notes,
    )


def _outlines(joined: _Joined) -> bytes:
    marks = joined.bookmarks
    for number, before, after in zip(marks, [0, *marks], [*marks[1:], 0], strict=False):
        beside = b"/Prev %d 0 R" % before if before else b""
        beside += b"/Next %d 0 R" % after if after else b""
        head = joined.objects[number].head
        joined.objects[number] = PdfObject(head.removesuffix(b">>") + beside + b">>")
    return b"<</Count %d/First %d 0 R/Last %d 0 R>>" % (len(marks), marks[0], marks[-1])


def _catalogue(first: PdfFile, joined: _Joined, title: str, language: str) -> bytes:
    """Return the catalogue: that of the first sheet with what all of them have in common."""
    head = first.objects[first.root].head
    metadata = first.objects[reference("Metadata", head)]
    told = _XMP_TITLE.sub(lambda found: found[1] + escape(title).encode(), metadata.content)
    number = joined.add(compressed(b"<</Type /Metadata/Subtype /XML>>", told))
    intent = re.search(rb"/OutputIntents \[.*?>>\]", head, re.DOTALL)
    profile = joined.shared[first.objects[reference("DestOutputProfile", head)]]
    intents = re.sub(_KID, b"%d 0 R" % profile, intent[0]) if intent else b""
    places = b" ".join(sorted(joined.places))
    names = b"/Names <</Dests <</Names [%s]>>>>" % places if places else b""
    return (
        b"<</Type /Catalog/Pages %d 0 R/Lang (%s)/MarkInfo <</Marked true>>/StructTreeRoot %d 0 R"
        b"/ViewerPreferences <<%s/Duplex /DuplexFlipLongEdge>>"
        b"/Outlines %d 0 R/Metadata %d 0 R%s%s>>"
    ) % (_PAGES, language.encode(), _TREE, ACTUAL_SIZE, _OUTLINES, number, intents, names)


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
        left_behind = {self.pages, tree, self.parents, metadata, file.root, file.info}
        self.own = [number for number in file.objects if number not in left_behind]

    def add(self, name: str) -> None:
        """Add all that the sheet is made of."""
        for number in self.own:
            if self._is_alike(number):
                each = self.file.objects[number]
                if each not in self.joined.shared:
                    self.joined.shared[each] = self.joined.add(each)
                self.numbers[number] = self.joined.shared[each]
        rest = [number for number in self.own if number not in self.numbers]
        self.numbers |= {n: self.joined.add(self.file.objects[n]) for n in rest}
        pages = list(_kids(rb"/Kids \[", self.file.objects[self.pages].head))
        change = self._changes()
        for number in rest:
            self.joined.objects[self.numbers[number]] = change(number)
        self.joined.pages += (self.numbers[number] for number in pages)
        self.joined.parts.append(self.numbers[self.tag])
        self._add_parents()
        self._add_names()
        self._add_bookmark(name, self.numbers[pages[0]])

    def _is_alike(self, number: int) -> bool:
        """Return whether an object can be one of several sheets: it refers to no other."""
        each = self.file.objects[number]
        return each.stream is not None and not each.references and b"/Struct" not in each.head

    def _changes(self) -> Callable[[int], PdfObject]:
        first = self.joined.keys

        def keyed(found: re.Match[bytes]) -> bytes:
            return b"%s %d" % (found[1], int(found[2]) + first) if found[1] else found[0]

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
        entries = list(_ENTRY.finditer(head, head.index(b"[") + 1))
        for found in entries:
            self.joined.parents.append(b"%d %s" % (int(found[1]) + self.joined.keys, found[2]))
        self.joined.keys += 1 + max((int(found[1]) for found in entries), default=-1)

    def _add_names(self) -> None:
        start = self.places.find(b"/Dests")
        for name, place in _NAMED.findall(self.places, max(start, 0)) if start >= 0 else ():
            moved = PdfObject(place).numbered(self.numbers.__getitem__).head
            self.joined.places.append(b"%s %s" % (self._marked(name), moved))
        moved = PdfObject(self.tree).numbered(lambda number: self.numbers.get(number, number)).head
        for name, tag in _NOTED.findall(moved):
            self.joined.notes.append(b"(%s-%s) %s" % (self.mark, name, tag))

    def _add_bookmark(self, name: str, page: int) -> None:
        """Add a bookmark with the student's name, and those of the sheet below it."""
        own = b"/Title %s/Parent %d 0 R/Dest [%d 0 R /Fit]"
        more = own % (pdf_file.string(name), _OUTLINES, page)
        if not self.outlines:
            self.joined.bookmarks.append(self.joined.add(PdfObject(b"<<%s>>" % more)))
            return
        number = self.numbers[self.outlines]
        head = re.sub(rb"/Count (\d+)", rb"/Count -\1", self.joined.objects[number].head)
        self.joined.objects[number] = PdfObject(head.removesuffix(b">>") + more + b">>")
        self.joined.bookmarks.append(number)


def _kids(begin: bytes, head: bytes) -> Iterator[int]:
    """Yield the numbers in the array of a dictionary that begins so."""
    found = re.search(begin + rb"([^\]]*)\]", head)
    yield from (int(each) for each in _KID.findall(found[1])) if found else ()


def _hex(mark: bytes, name: bytes) -> bytes:
    begun = "feff" + (mark + b"-").decode().encode("utf-16-be").hex()
    return b"<%s%s" % (begun.encode(), name[5:])
