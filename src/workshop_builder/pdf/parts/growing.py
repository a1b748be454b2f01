"""PDFs while they are written: objects, numbered anew, one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

from workshop_builder.pdf.parts.numbers import rounded
from workshop_builder.pdf.parts.pdf_file import LENGTH, PdfFile, PdfObject, compressed, read

ACTUAL_SIZE = b"/DisplayDocTitle true/PrintScaling /None"
"""What a sheet wishes of a reader: its title above the window, and no scaling when printed."""
_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_ENTRY = 7
"""Bytes of an entry of the table."""
_IN_ONE = 200
"""How many objects are packed together."""


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

    def __init__(self, free: int, base: int = 0) -> None:
        """Begin one whose objects below `free` have numbers already.

        With a `base`, it is a part of another file: what has numbers from there on.
        """
        self.free = free
        """The first number that is not taken."""
        self._base = base
        self._out = bytearray(b"" if base else _HEAD)
        self._starts: list[tuple[int, int]] = []
        """Each object with a stream, and where it begins."""
        self._table = bytearray()
        """What the table says of each number from `base` on; nothing of one without an object."""
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
            self.pack()

    def share(self, each: PdfObject) -> int:
        """Return the number of an object, which is added unless one like it was shared before."""
        if each not in self._shared:
            self._shared[each] = number = self.take()
            self.add(number, each)
        return self._shared[each]

    def add_bytes(self, number: int, data: bytes) -> None:
        """Add an object with a stream, as it is written."""
        self._starts.append((number, len(self._out)))
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

    def _note(self, first: int, entries: bytes | bytearray) -> None:
        """Let the table have entries from a number on."""
        start = (first - self._base) * _ENTRY
        self._table += bytes(max(0, start + len(entries) - len(self._table)))
        self._table[start : start + len(entries)] = entries

    def pack(self) -> None:
        """Write what waits to be packed."""
        if self._small:
            begin = self._add_packed(_whole(_packed(list(self._small), self._small)))
            for number, place in zip(self._small, _places(len(self._small)), strict=True):
                self._note(number, begin + place)
            self._small.clear()

    def append(self, part: GrowingFile) -> None:
        """Add a part that was written by itself, and packed."""
        moved = len(self._out)
        self._out += part._out
        self._starts += [(number, start + moved) for number, start in part._starts]
        self._note(part._base, part._table)
        self.free = max(self.free, part.free)

    def finish(self, root: int, info: int) -> bytes:
        """Return the PDF (ISO 32000-1, 7.5.8); nothing can be added any more."""
        self.pack()
        start, number = len(self._out), self.take()
        for each, place in (*self._starts, (number, start)):
            self._note(each, b"\x01%b\0\0" % place.to_bytes(4, "big"))
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
    head = LENGTH.sub(b"", each.head).removesuffix(b">>") + b"/Length %d>>" % len(stream)
    return head + b"\nstream\n" + stream + b"\nendstream"
