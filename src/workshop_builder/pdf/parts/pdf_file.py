"""PDFs that the program wrote, as numbered objects: read, and numbered anew."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

TEXT = rb"\((?:\\.|[^\\()])*\)|<[0-9a-fA-F]+>"
"""A string: its signs, or their bytes in hex."""
_REFERENCE = re.compile(rb"\((?:\\.|[^\\()])*\)|(\d+) 0 R", re.DOTALL)
LENGTH = re.compile(rb"/Length (\d+)")
_STREAM = b"stream\n"


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
    entries = _entries(_rows(table, sum(widths)), widths, len(numbers))
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


def _rows(table: PdfObject, size: int) -> bytes:
    """Return the rows of a table, which may be written as they differ from those above them."""
    if b"/Predictor 12" not in table.head:
        return table.content
    rows = bytearray(size)
    for at in range(0, len(table.content), size + 1):
        pairs = zip(table.content[at + 1 : at + 1 + size], rows[-size:], strict=True)
        rows += bytes((more + above) % 256 for more, above in pairs)
    return bytes(rows[size:])


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
    length = LENGTH.search(head)
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


def compressed(head: bytes, content: bytes | bytearray, level: int = -1) -> PdfObject:
    """Return a stream with the entries of `head` and the content, packed."""
    packed = zlib.compress(content, level)
    return PdfObject(head.removesuffix(b">>") + b"/Filter /FlateDecode>>", packed)
