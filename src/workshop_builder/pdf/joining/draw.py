"""Draws laid-out pages, so that they can be kept."""

from __future__ import annotations

from typing import Any

import pydyf
from weasyprint.document import Document
from weasyprint.pdf.stream import Stream
from weasyprint.text.fonts import get_pango_font_key

from workshop_builder.pdf import conformance
from workshop_builder.pdf.joining.drawn import BoxMark, DrawnPage, DrawnRun, is_named
from workshop_builder.pdf.joining.lettering import Lettering, description_of
from workshop_builder.pdf.joining.named import KINDS, Drawing, Keeping
from workshop_builder.pdf.tagging import write
from workshop_builder.pdf.tagging.painted import TaggedPage
from workshop_builder.pdf.tagging.tree import ContentItem, Tag

_SCALE = 0.75
"""Points in a CSS pixel."""
_FIRST = len(pydyf.PDF().objects)
"""The number of the first object that the engine puts into a PDF: the profile of sRGB."""


class NotKept(Exception):  # noqa: N818  it is no error: the pages are written at once
    """Some pages have what cannot be kept."""


class _PageStream(Stream):
    """The stream of a page or of a group; it notes which fonts are used."""

    described: dict[int, str]

    def add_font(self, pango_font: Any) -> Any:  # noqa: ANN401
        key = get_pango_font_key(pango_font)[0]
        if key not in self.described:
            self.described[key] = description_of(pango_font)
        return super().add_font(pango_font)

    def clone(self, **changed: Any) -> Stream:  # noqa: ANN401
        other = super().clone(**changed)
        other.__class__, other.described = _PageStream, self.described
        return other


def draw(document: Document) -> DrawnRun:
    """Return the pages of a laid-out document, drawn; raises NotKept where they cannot be kept."""
    if any(any(page.forms.values()) for page in document.pages) or document.color_profiles:
        raise NotKept
    pages, tags = write.tagged(document)
    drawer = _Drawer()
    run = DrawnRun(tags)
    for page in pages:
        stream = drawer.painted(page)
        run.pages.append(drawer.drawn(page, stream, run))
    _let_go(tags, drawer.marks)
    keeping = drawer.keeping
    keeping.keep_pictures(drawer.images)
    run.named = {kind: keeping.kept(drawer.resources[kind]) for kind in KINDS}
    run.pictures = keeping.pictures
    run.letterings = {key: drawer.lettering(key) for key in drawer.fonts}
    return run


class _Drawer:
    """Paints pages one after the other, into no PDF."""

    def __init__(self) -> None:
        profile = conformance.profile()
        profile.pdf_reference = f"{_FIRST} 0 R".encode()
        self.profiles = {conformance.PROFILE: profile}
        self.resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in KINDS})
        self.resources["ColorSpace"] = f"{_FIRST + 1} 0 R".encode()
        self.fonts: dict[int, Any] = {}
        self.images: dict[str, Any] = {}
        self.described: dict[int, str] = {}
        self.keeping = Keeping()
        self.marks: dict[Any, BoxMark] = {}
        """The mark of each box that is known to tags or links."""

    def painted(self, page: TaggedPage) -> Stream:
        """Return the stream of a page, painted as the engine does it."""
        area = tuple(
            part / _SCALE
            for part in (
                -_SCALE * page.bleed["left"],
                -_SCALE * page.bleed["top"],
                _SCALE * (page.width + page.bleed["left"] + page.bleed["right"]),
                _SCALE * (page.height + page.bleed["top"] + page.bleed["bottom"]),
            )
        )
        marked: dict[Any, Any] = {}
        names = (self.resources, self.images, marked, self.profiles, conformance.PROFILE)
        stream = _PageStream(self.fonts, area, *names, compress=True)
        stream.described = self.described
        stream.transform(d=-1, f=page.height * _SCALE)
        page.paint(stream, _SCALE)
        return stream

    def drawn(self, page: TaggedPage, stream: Stream, run: DrawnRun) -> DrawnPage:
        """Return a painted page as it is kept."""
        held: dict[BoxMark, tuple[Drawing | None, int]] = {
            self.mark(box): (None if where is stream else self.keeping.kept(where), number)
            for box, (where, number) in page.contents.items()
        }
        links = [(*link[:3], self.mark(link[3])) for link in page.links]
        content = None if any(map(is_named, stream.stream)) else conformance.pack(stream)
        return DrawnPage(
            page.width,
            page.height,
            dict(page.bleed),
            page.bookmarks,
            links,
            page.anchors,
            content or [self.keeping.kept(item) for item in stream.stream],
            held,
            run,
        )

    def mark(self, box: Any) -> BoxMark:  # noqa: ANN401
        """Return the mark that stands for a box."""
        if box not in self.marks:
            self.marks[box] = BoxMark()
        return self.marks[box]

    def lettering(self, key: int) -> Lettering:
        """Return a font as it is kept; raises NotKept where a letter is missing in it."""
        font = self.fonts[key]
        if font.missing or font.bitmap:
            raise NotKept
        return Lettering(self.described[key], font.widths, font.to_unicode)


def _let_go(tag: Tag, marks: dict[Any, BoxMark]) -> None:
    """Let a tree of tags hold marks in place of boxes."""
    tag.parent = None
    for place, kid in enumerate(tag.kids):
        if isinstance(kid, Tag):
            _let_go(kid, marks)
        else:
            mark = marks.setdefault(kid.box, BoxMark())
            tag.kids[place] = ContentItem(kid.page, mark, link=kid.link)
