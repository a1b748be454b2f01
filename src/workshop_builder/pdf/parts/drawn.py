"""Parts, drawn once: the bytes of each, with gaps for all that depends on where it is put.

All parts of a kit are drawn into one PDF, which gives them the same fonts and pictures. Numbers in
the bytes have a fixed width, so that lengths and places in a file are known before they are.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.document import Page

from workshop_builder.pdf import conformance
from workshop_builder.pdf.parts.laid_out import LaidPart
from workshop_builder.pdf.parts.tags import TagBytes, tag_bytes
from workshop_builder.pdf.streams.content import slim
from workshop_builder.pdf.tagging.painted import TaggedPage
from workshop_builder.pdf.tagging.read import TagReader
from workshop_builder.pdf.tagging.tidy import tidy
from workshop_builder.pdf.tagging.tree import Tag

KINDS = ("XObject", "ExtGState", "Pattern", "Shading")
"""What the content of a part may name, beside fonts and spaces of colour."""
_NAMED = re.compile(rb"/([^\s/\[\]<>()]+) (?:Do|gs|scn|SCN|sh)\b")


class NotComposable(Exception):  # noqa: N818  it is no error: the sheet is laid out whole
    """A part has what depends on the page around it."""


@dataclass(eq=False, slots=True)
class DrawnPart:
    """A part, ready to be put on pages."""

    chunks: tuple[bytes, ...] = field(repr=False)
    """Its content, cut where the numbers of its marked contents go."""
    names: tuple[tuple[str, str], ...]
    """The kind and name of each object that its content names."""
    tags: TagBytes
    bookmarks: tuple[tuple[int, str, float, float], ...]
    """Level, words, left and top of each of its headings, in CSS pixels."""
    top: float
    """Where it begins in its content, in CSS pixels."""
    packed: dict[int, tuple[bytes, int, int]] = field(default_factory=dict, repr=False)
    """Its content by the number of its first marked content; see `content`."""

    @property
    def marks(self) -> int:
        """The number of its marked contents."""
        return len(self.chunks) - 1

    @property
    def around(self) -> object:
        """What is said of it on a page beside its content, as a key."""
        fixed = self.tags.is_fixed and not self.bookmarks
        return (self.tags.form, self.names, self.marks) if fixed else id(self)

    def content(self, first: int) -> tuple[bytes, int, int]:
        """Return its content as a part of a deflated stream, and the sum and length of it plain."""
        if first not in self.packed:
            numbers = [b"%d" % (first + n) for n in range(self.marks)] + [b""]
            whole = b"".join(x for pair in zip(self.chunks, numbers, strict=True) for x in pair)
            deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = deflate.compress(whole) + deflate.flush(zlib.Z_FULL_FLUSH)
            self.packed[first] = packed, zlib.adler32(whole), len(whole)
        return self.packed[first]


@dataclass(eq=False, slots=True)
class SharedObjects:
    """What all parts of a kit share: the objects of one PDF by their numbers, as bytes."""

    objects: dict[int, bytes] = field(repr=False)
    common: tuple[int, ...]
    """The numbers of those that every file needs."""
    named: dict[tuple[str, str], tuple[bytes, tuple[int, ...]]] = field(repr=False)
    """By kind and name: what the resources of a page say of it, and the objects that it needs."""
    resources: bytes
    """What the resources of a page say of fonts and spaces of colour."""
    catalog: bytes
    """What the catalog says beside its pages, tags, metadata and outlines."""
    info: bytes
    metadata: bytes
    """The XMP, with `TITLE` for the title."""
    free: int
    """The first number of an object that is not taken."""


TITLE = "@title@"
"""What stands for the title of a file in its metadata."""


class _PartPage(TaggedPage):
    """A part as a page of its own."""

    def __init__(self, part: LaidPart, number: int, reader: TagReader) -> None:
        page_box = part.page._page_box.copy_with_children([part.box])  # noqa: SLF001
        super().__init__(Page(page_box), number, reader)
        self.items: list[Any] = []

    def paint(self, stream: pydyf.Stream, scale: float = 1) -> None:
        """Paint the part, and take what was painted."""
        before = len(stream.stream)
        super().paint(stream, scale)
        if any(each is not stream for each, _ in self.contents.values()):
            raise NotComposable
        self.items = stream.stream[before:]
        del stream.stream[before:]


def draw(parts: Sequence[LaidPart]) -> tuple[list[DrawnPart], SharedObjects]:
    """Return parts of documents of the same engine, drawn, and what they share.

    Raises NotComposable where one depends on the page around it.
    """
    document = parts[0].document
    documents = {id(part.document): part.document for part in parts}
    readers = {number: _reader(each) for number, each in documents.items()}
    pages = [
        _PartPage(part, number, readers[id(part.document)]) for number, part in enumerate(parts)
    ]
    pdf = conformance.drawn(document, pages, TITLE)
    drawn = [
        _drawn(part, page, readers[id(part.document)])
        for part, page in zip(parts, pages, strict=True)
    ]
    return drawn, _ground(pdf)


def _reader(document: Any) -> TagReader:  # noqa: ANN401
    reader = TagReader()
    reader.note_elements(document._html.etree_element)  # noqa: SLF001  it has no public door
    return reader


def _drawn(part: LaidPart, page: _PartPage, reader: TagReader) -> DrawnPart:
    if conformance.depth(page.items) >= conformance.DEEPEST:
        raise NotComposable
    chunks, numbers = _chunks(page.items)
    holder = Tag("Document")
    tag = reader.tag_of(part.box.element)
    holder.kids = [tag] if tag else []
    tidy(holder)
    if part.inner:
        holder.kids = [
            kid for around in holder.kids if isinstance(around, Tag) for kid in around.kids
        ]
    content = b"".join(chunks)
    conformance.check_content(content)
    resources: Any = page.stream._resources  # noqa: SLF001  the only way to what content names
    found = {name.decode() for name in _NAMED.findall(content)}
    names = tuple((kind, name) for kind in KINDS for name in sorted(found & resources[kind].keys()))
    marks = {box: numbers[number] for box, (_, number) in page.contents.items()}
    listed: Any = page.bookmarks
    bookmarks = tuple((level, label, x, y) for level, label, (x, y), _ in listed)
    if any(kind == "Pattern" for kind, _ in names):
        raise NotComposable  # its tiles would stay where they are
    tags = tag_bytes(holder.kids, marks, len(chunks) - 1, page.height, page.scale)
    return DrawnPart(tuple(chunks), names, tags, bookmarks, part.top)


def _chunks(items: Sequence[Any]) -> tuple[list[bytes], dict[int, int]]:
    """Return painted items as bytes, cut at the numbers of marked contents, and their order."""
    chunks: list[bytes] = []
    numbers: dict[int, int] = {}
    line = bytearray()
    for item in items:
        if type(item) is pydyf.Dictionary and "MCID" in item:
            numbers[item["MCID"]] = len(numbers)
            others = {key: value for key, value in item.items() if key != "MCID"}
            line += pydyf.Dictionary(others).data[:-2] + b" /MCID "
            chunks.append(bytes(line))
            line = bytearray(b">>\n")
        else:
            line += pydyf._to_bytes(item) + b"\n"  # noqa: SLF001 - as pydyf does it
    return [slim(chunk) for chunk in [*chunks, bytes(line)]], numbers


def _ground(pdf: pydyf.PDF) -> SharedObjects:
    page = pdf.objects[int(pdf.page_references[0].split()[0])]
    resources = pdf.objects[_number(page["Resources"])]
    dropped = {"Pages", "StructTreeRoot", "Metadata", "Outlines", "Names", "Type"}
    catalog = {key: value for key, value in pdf.catalog.items() if key not in dropped}
    shared = {key: value for key, value in resources.items() if key not in KINDS}
    common = _needed(pdf, [catalog, shared])
    named = {}
    for kind in KINDS:
        for name, value in resources.get(kind, {}).items():
            needs = tuple(n for n in _needed(pdf, [value]) if n not in common)
            named[kind, name] = b"/%s %s" % (name.encode(), pydyf._to_bytes(value)), needs  # noqa: SLF001
    wanted = {*common, *(n for _, needs in named.values() for n in needs)}
    metadata = pdf.objects[_number(pdf.catalog["Metadata"])]
    return SharedObjects(
        {number: pdf.objects[number].data for number in wanted},
        tuple(sorted(common)),
        named,
        pydyf.Dictionary(shared).data[2:-2],
        pydyf.Dictionary(catalog).data[2:-2],
        pydyf.Dictionary({k: v for k, v in pdf.info.items() if k != "Title"}).data[2:-2],
        _unpacked(metadata),
        len(pdf.objects),
    )


def _unpacked(stream: pydyf.Stream) -> bytes:
    content = b"".join(map(pydyf._to_bytes, stream.stream))  # noqa: SLF001 - as pydyf does it
    return zlib.decompress(content) if "Filter" in stream.extra else content


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _needed(pdf: pydyf.PDF, values: Sequence[object]) -> set[int]:
    """Return the numbers of all objects that values refer to, and those refer to."""
    found: set[int] = set()
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, pydyf.Stream):
            waiting.append(value.extra)
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, (list, tuple)):
            waiting.extend(value)
        elif isinstance(value, bytes) and re.fullmatch(rb"\d+ 0 R", value):
            number = _number(value)
            if number not in found:
                found.add(number)
                waiting.append(pdf.objects[number])
    return found
