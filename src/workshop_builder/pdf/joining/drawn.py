"""Pages that are drawn already: values that can be kept, and written into any PDF.

To the engine each is a page like another. Where it would be painted, it gives what was painted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import PageBox

from workshop_builder.pdf.joining.lettering import Lettering
from workshop_builder.pdf.joining.named import Drawing, Names, Put
from workshop_builder.pdf.tagging.tree import Tag

_NAMED = re.compile(
    rb"/(?:(?P<XObject>x\d+)(?= Do)|(?P<Shading>s\d+)(?= sh)|(?P<ExtGState>s\d+)(?= gs)"
    rb"|(?P<Pattern>p\d+)(?= scn| SCN))"
)
"""What draws something that the engine names by its number in the document."""


class BoxMark:
    """Stands for a laid-out box: of what a tag holds, or of a link."""

    __slots__ = ("link_annotation",)

    link_annotation: pydyf.Dictionary | None
    """The link's annotation in the PDF that is being written; the engine sets it."""

    def __init__(self) -> None:
        self.link_annotation = None


@dataclass(slots=True, eq=False)
class DrawnPage:
    """A page; not frozen, since each PDF that it is written into leaves its marks on it."""

    width: float
    """In CSS pixels, as all lengths."""
    height: float
    bleed: Mapping[str, float]
    bookmarks: list[tuple[int, str, tuple[float, float], str]]
    """Level, words, place and state of each."""
    links: list[tuple[str, str, tuple[float, float, float, float], BoxMark]]
    """Kind, address, area and mark of each."""
    anchors: dict[str, tuple[float, float, float, float]]
    content: bytes | list[Any]
    """The operators, deflated; bare where they name what is numbered anew in each document."""
    held: Mapping[BoxMark, tuple[Drawing | None, int]]
    """The marked contents: the drawing that they are in, if it is not the page, and number."""
    run: DrawnRun = field(repr=False)
    """The run that it is a page of."""
    scale: float = 1.0
    stream: Any = None
    contents: dict[BoxMark, tuple[pydyf.Stream, int]] = field(default_factory=dict)

    @property
    def forms(self) -> dict[None, list[object]]:
        """No fields to fill in."""
        return {None: []}

    @property
    def _page_box(self) -> PageBox:
        """An empty box, in which the engine finds nothing to tag."""
        box = PageBox.__new__(PageBox)
        box.element, box.element_tag, box.children = None, None, []
        return box

    def paint(self, stream: pydyf.Stream, scale: float = 1) -> None:
        """Put what was drawn on a stream of a PDF."""
        self.stream, self.scale = stream, scale
        put = self.run.put_into(stream)
        if isinstance(self.content, bytes):
            stream.stream, stream.compress = [self.content], False
            stream.extra["Filter"] = "/FlateDecode"
        else:
            stream.stream = [_renamed(item, put.names) for item in self.content]
        self.contents = {
            mark: (put.streams[drawing] if drawing else stream, number)
            for mark, (drawing, number) in self.held.items()
        }


@dataclass(slots=True, eq=False)
class DrawnRun:
    """Pages that follow each other, drawn together."""

    tags: Tag
    """The tree of their tags, in which their numbers are counted from 0."""
    pages: list[DrawnPage] = field(default_factory=list)
    letterings: dict[int, Lettering] = field(default_factory=dict)
    """What they are set in, by the engine's key of each."""
    named: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What they draw by name, by its kind and name."""
    pictures: dict[str, pydyf.Stream] = field(default_factory=dict)
    """Pictures of pixels and figures, by their name, which is the same in each PDF."""
    font_map: Any = None
    """Where the engine finds the fonts, once the pages are to be written."""
    _put: Put | None = None

    def put_into(self, stream: Any) -> Put:  # noqa: ANN401  the engine is not typed
        """Put into the PDF of a stream, once, what the pages are drawn with."""
        if self._put is None or self._put.images is not stream._images:  # noqa: SLF001
            for key, lettering in self.letterings.items():
                lettering.put_into(stream, key, self.font_map)
            self._put = Put.into(stream, self.named, self.pictures)
        return self._put


def is_named(item: object) -> bool:
    """Return whether an item of a stream draws something by a number in its document."""
    return bool(_NAMED.search(_bytes(item)))


def _renamed(item: object, names: Names) -> object:
    """Return an item of a stream with the names of this document."""

    def new(found: re.Match[bytes]) -> bytes:
        kind = str(found.lastgroup)
        return b"/" + names[kind, found[kind].decode()].encode()

    return _NAMED.sub(new, _bytes(item)) if names and is_named(item) else item


def _bytes(item: object) -> bytes:
    """Return an item of operators; of what is no such, nothing."""
    return item.encode() if isinstance(item, str) else item if isinstance(item, bytes) else b""
