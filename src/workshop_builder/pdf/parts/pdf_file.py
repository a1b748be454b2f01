"""PDFs that the program wrote, as numbered objects: read, numbered anew, and written."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from workshop_builder.pdf.parts.numbers import rounded

TEXT = rb"\((?:\\.|[^\\()])*\)|<[0-9a-fA-F]+>"
"""A string: its signs, or their bytes in hex."""
_REFERENCE = re.compile(rb"\((?:\\.|[^\\()])*\)|(\d+) 0 R", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)")
ACTUAL_SIZE = b"/DisplayDocTitle true/PrintScaling /None"
"""What a sheet wishes of a reader: its title above the window, and no scaling when printed."""
_STREAM = b"stream\n"
_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_ENTRY = 7
"""Bytes of an entry of the table."""
_IN_ONE = 200
"""How many objects are packed together."""


@dataclass(frozen=True, slots=True)
class PdfObject:
    """One object."""

    head: bytes
    """A dictionary, an array or another value."""
    stream: bytes | None = None
    """What follows a dictionary, as it is packed."""

    def numbered(self, number: Callable[[int], int]) -> PdfObject:
        """Return it with another number for each object that it refers to."""

        def changed(found: re.Match[bytes]) -> bytes:
            return b"%d 0 R" % number(int(found[1])) if found[1] else found[0]

        return PdfObject(_REFERENCE.sub(changed, self.head), self.stream)

    @classmethod
    def of(cls, written: bytes) -> PdfObject:
        """Return an object as the engine writes it."""
        head, begun, rest = written.partition(b"\nstream\n")
        return cls(head, rest.removesuffix(b"\nendstream")) if begun else cls(head)

    @property
    def references(self) -> list[int]:
        """The numbers of the objects that it refers to."""
        return [int(found[1]) for found in _REFERENCE.finditer(self.head) if found[1]]

    @property
    def content(self) -> bytes:
        """Its stream, unpacked."""
        packed = self.stream or b""
        return zlib.decompress(packed) if b"/FlateDecode" in self.head else packed


@dataclass(frozen=True, slots=True)
class PdfFile:
    """The objects of a PDF."""

    objects: dict[int, PdfObject]
    """By their numbers."""
    root: int
    """The number of the catalogue."""
    info: int
    """The number of what is told of the file."""


def reference(name: str, head: bytes) -> int:
    """Return the number of the object that an entry of a dictionary refers to."""
    found = re.search(rb"/%s (\d+) 0 R" % name.encode(), head)
    return int(found[1]) if found else 0


def string(text: str) -> bytes:
    """Return a text as a string of a PDF."""
    return b"<feff%s>" % text.encode("utf-16-be", "replace").hex().encode()


def read(data: bytes) -> PdfFile:
    """Return the objects of a PDF that the engine or we wrote, with its table as a stream."""
    table = _object_at(data, int(data[data.rindex(b"startxref") :].split()[1]))
    widths = [int(each) for each in _array("W", table.head)]
    runs = [int(each) for each in _array("Index", table.head)]
    numbers = [n for at in range(0, len(runs), 2) for n in range(runs[at], sum(runs[at : at + 2]))]
    objects: dict[int, PdfObject] = {}
    packed: set[int] = set()
    entries = _entries(table.content, widths, len(numbers))
    for number, (kind, place) in zip(numbers, entries, strict=True):
        if kind == 1:
            objects[number] = _object_at(data, place)
        elif kind == 2:
            packed.add(place)
    objects = {number: each for number, each in objects.items() if each.head != table.head}
    for number in packed:
        objects.update(_unpacked(objects.pop(number)))
    return PdfFile(objects, reference("Root", table.head), reference("Info", table.head))


def _array(name: str, head: bytes) -> list[bytes]:
    found = re.search(rb"/%s \[([^\]]*)\]" % name.encode(), head)
    return found[1].split() if found else []


def _entries(content: bytes, widths: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    size = sum(widths)
    for start in range(0, size * count, size):
        kind = int.from_bytes(content[start : start + widths[0]], "big")
        place = content[start + widths[0] : start + widths[0] + widths[1]]
        yield kind, int.from_bytes(place, "big")


def _object_at(data: bytes, place: int) -> PdfObject:
    start = data.index(b"obj\n", place) + 4
    end = data.index(b"endobj", start)
    begun = data.find(_STREAM, start, end)
    if begun < 0:
        return PdfObject(data[start:end].strip())
    head = data[start:begun].strip()
    length = _LENGTH.search(head)
    body = begun + len(_STREAM)
    return PdfObject(head, data[body : body + int(length[1])] if length else b"")


def _unpacked(group: PdfObject) -> Iterator[tuple[int, PdfObject]]:
    """Yield the number and the object of each that was packed into one."""
    content = group.content
    first = re.search(rb"/First (\d+)", group.head)
    start = int(first[1]) if first else 0
    table = [int(each) for each in content[:start].split()]
    places = [*table[1::2], len(content) - start]
    for number, begin, end in zip(table[::2], places, places[1:], strict=False):
        yield number, PdfObject(content[start + begin : start + end].strip())


def at_actual_size(data: bytes) -> bytes:
    """Return a PDF that the engine wrote, with the wish to be printed as large as it is."""
    file = read(data)
    numbers = {number: place for place, number in enumerate(file.objects, 1)}
    objects = {
        numbers[number]: each.numbered(lambda other: numbers.get(other, 0))
        for number, each in file.objects.items()
    }
    root = numbers[file.root]
    wish = objects[root].head.replace(b"/DisplayDocTitle true", ACTUAL_SIZE)
    objects[root] = PdfObject(wish)
    return write(PdfFile(objects, root, numbers[file.info]))


def write(file: PdfFile) -> bytes:
    """Return a PDF of objects, which are numbered from 1 without gaps."""
    growing = GrowingFile(len(file.objects) + 1)
    for number, each in file.objects.items():
        growing.add(number, each)
    return growing.finish(file.root, file.info)


class GrowingFile:
    """A PDF while it is written: what has been added is in its bytes, and nowhere else."""

    def __init__(self, free: int) -> None:
        """Begin one whose objects below `free` have numbers already."""
        self.free = free
        """The first number that is not taken."""
        self._out = bytearray(_HEAD)
        self._table = bytearray()
        """What the table says of each number; nothing of one without an object."""
        self._spare: list[int] = []
        """Numbers before `free` that are not taken."""
        self._small: dict[int, PdfObject] = {}
        """Those that wait to be packed together."""
        self._shared: dict[PdfObject, int] = {}

    def take(self) -> int:
        """Return a number that was free."""
        if self._spare:
            return self._spare.pop()
        self.free += 1
        return self.free - 1

    def take_page(self, count: int) -> int:
        """Return the first of so many numbers for the objects of a page."""
        first = rounded(self.free)
        self._spare += range(self.free, first)
        self.free = first + count
        return first

    def add(self, number: int, each: PdfObject) -> None:
        """Add an object with a number that was taken."""
        if each.stream is not None:
            self.add_bytes(number, _whole(each))
            return
        self._small[number] = each
        if len(self._small) == _IN_ONE:
            self._pack()

    def share(self, each: PdfObject) -> int:
        """Return the number of an object, which is added unless one like it was shared before."""
        if each not in self._shared:
            self._shared[each] = number = self.take()
            self.add(number, each)
        return self._shared[each]

    def add_bytes(self, number: int, data: bytes) -> None:
        """Add an object with a stream, as it is written."""
        self._note(number, b"\x01%b\0\0" % len(self._out).to_bytes(4, "big"))
        self._out += b"%d 0 obj\n%b\nendobj\n" % (number, data)

    def add_page(self, first: int, numbers: Sequence[int], data: bytes) -> None:
        """Add the objects of a page that are packed in a stream, in the order of `numbers`.

        They are counted from `first`.
        """
        begin = self._add_packed(data)
        entries = [bytes(_ENTRY)] * (max(numbers) + 1)
        for number, place in zip(numbers, _places(len(numbers)), strict=True):
            entries[number] = begin + place
        self._note(first, b"".join(entries))

    def _add_packed(self, data: bytes) -> bytes:
        """Add a stream of objects; return how the entry of each of them begins."""
        holder = self.take()
        self.add_bytes(holder, data)
        return b"\x02%b" % holder.to_bytes(4, "big")

    def _note(self, first: int, entries: bytes) -> None:
        """Let the table have entries from a number on."""
        self._table += bytes(max(0, self.free * _ENTRY - len(self._table)))
        self._table[first * _ENTRY : first * _ENTRY + len(entries)] = entries

    def _pack(self) -> None:
        begin = self._add_packed(_whole(_packed(list(self._small), self._small)))
        for number, place in zip(self._small, _places(len(self._small)), strict=True):
            self._note(number, begin + place)
        self._small.clear()

    def finish(self, root: int, info: int) -> bytes:
        """Return the PDF (ISO 32000-1, 7.5.8); nothing can be added any more."""
        if self._small:
            self._pack()
        start, number = len(self._out), self.take()
        self._note(number, b"\x01%b\0\0" % start.to_bytes(4, "big"))
        identity = hashlib.sha256(self._out).hexdigest()[:32].encode()
        head = (
            b"<</Type /XRef/W [1 4 2]/Index [0 %d]/Size %d/Root %d 0 R/Info %d 0 R/ID [(%s) (%s)]>>"
        ) % (self.free, self.free, root, info, identity, identity)
        table = compressed(head, self._table, level=1)
        self._out += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
            number,
            _whole(table),
            start,
        )
        return bytes(self._out)


@cache
def _places(count: int) -> tuple[bytes, ...]:
    """Return the places in a stream of so many packed objects, as the table has them."""
    return tuple(place.to_bytes(2, "big") for place in range(count))


def compressed(head: bytes, content: bytes | bytearray, level: int = -1) -> PdfObject:
    """Return a stream with the entries of `head` and the content, packed."""
    packed = zlib.compress(content, level)
    return PdfObject(head.removesuffix(b">>") + b"/Filter /FlateDecode>>", packed)


def _packed(group: Sequence[int], objects: dict[int, PdfObject]) -> PdfObject:
    table: list[int] = []
    size = 0
    for number in group:
        table += (number, size)
        size += len(objects[number].head) + 1
    first = b" ".join(b"%d" % each for each in table) + b"\n"
    head = b"<</Type /ObjStm/N %d/First %d>>" % (len(group), len(first))
    return compressed(head, first + b"\n".join(objects[number].head for number in group))


def _whole(each: PdfObject) -> bytes:
    """Return an object with a stream as it is written."""
    stream = each.stream or b""
    head = _LENGTH.sub(b"", each.head).removesuffix(b">>") + b"/Length %d>>" % len(stream)
    return head + b"\nstream\n" + stream + b"\nendstream"
