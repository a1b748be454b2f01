"""Tagged PDF: the structure of a document that WeasyPrint laid out, for screen readers.

WeasyPrint tags boxes, page by page; here the HTML is tagged, by WeasyPrint's
public hooks (`Document.copy`, `Page.paint`, `finisher`):

1. `TagReader` builds the tree of tags from the boxes of the pages;
2. `TaggedPage`, which stands in for a page while the PDF is written, notes what is drawn for
   which box, makes artifacts of all that has no tag, and leaves WeasyPrint nothing to tag;
3. `tidy` makes the tree one that PDF/UA allows;
4. `_TreeWriter` puts it in place of WeasyPrint's empty one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import pydyf
from weasyprint.document import Document

from workshop_builder.pdf.tagging.painted import TaggedPage
from workshop_builder.pdf.tagging.read import TagReader
from workshop_builder.pdf.tagging.tidy import level_headings, tidy
from workshop_builder.pdf.tagging.tree import ContentItem, Tag


class PaintedPage(Protocol):
    """A page, once the engine has painted it."""

    height: float
    """In CSS pixels."""
    scale: float
    """Points in a CSS pixel."""
    stream: Any
    """Its content stream."""

    @property
    def contents(self) -> Mapping[Any, tuple[pydyf.Stream, int]]:
        """Of each box that has a tag: the stream and the number (MCID) of its marked content."""


def tagged(document: Document) -> tuple[list[TaggedPage], Tag]:
    """Return the pages of a document that WeasyPrint laid out, and the tree of their tags."""
    reader = TagReader()
    pages = [TaggedPage(page, number, reader) for number, page in enumerate(document.pages)]
    return pages, reader.root


def write_pdf(
    document: Document,
    pages: Sequence[PaintedPage],
    tags: Tag,
    finisher: Callable[[Document, pydyf.PDF], None] = lambda *_: None,
    **options: object,
) -> bytes:
    """Return `pages` of `document` with their `tags` as the bytes of a tagged PDF.

    `finisher` and `options` are those of `weasyprint.Document.write_pdf`.
    """

    def finish(written: Document, pdf: pydyf.PDF) -> None:
        tidy(tags)
        level_headings(tags)
        _TreeWriter(pdf, pages).write(tags)
        finisher(written, pdf)

    return bytes(document.copy(pages).write_pdf(finisher=finish, **options))


class _TreeWriter:
    """Writes a tree of tags into a PDF."""

    def __init__(self, pdf: pydyf.PDF, pages: Sequence[PaintedPage]) -> None:
        self.pdf = pdf
        self.pages = pages
        self.references = pdf.page_references
        self.root = self._object(pdf.catalog["StructTreeRoot"])
        self.owners: dict[int, tuple[pydyf.Stream, dict[int, bytes]]] = {}
        """Of each stream, by the number of its object: the tags of its marked contents."""
        self.annotations: list[tuple[pydyf.Dictionary, bytes]] = []
        """The annotations, each with its tag."""
        self.notes: list[tuple[str, bytes]] = []
        """The notes: ID and tag."""

    def _object(self, reference: bytes) -> pydyf.Object:
        """Return the object that a reference points to."""
        return self.pdf.objects[int(reference.split()[0])]

    def write(self, tag: Tag) -> None:
        """Write the tree below `tag`, and the parent tree that leads from pages back to it."""
        self._fill(self._object(self.root["K"][0]), tag)
        self._object(self.root["ParentTree"])["Nums"] = self._parent_tree()
        if self.notes:
            names = (part for name, ref in self.notes for part in (pydyf.String(name), ref))
            self.root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})

    def _element(self, tag: Tag, parent: bytes) -> bytes:
        """Write a tag and all below it; return the reference of its element."""
        element = pydyf.Dictionary({"S": f"/{tag.role}", "P": parent})
        self.pdf.add_object(element)
        self._fill(element, tag)
        return bytes(element.reference)

    def _fill(self, element: pydyf.Dictionary, tag: Tag) -> None:
        """Write the entries and the children of a tag into its element."""
        for key, text in (("Lang", tag.lang), ("Alt", tag.alt), ("E", tag.expansion)):
            if text:
                element[key] = pydyf.String(text)
        if tag.role == "Note":
            # PDF/UA wants each note to have a name of its own.
            self.notes.append((f"note-{len(self.notes):06}", element.reference))
            element["ID"] = pydyf.String(self.notes[-1][0])
        page = next((kid.page for kid in tag.kids if isinstance(kid, ContentItem)), None)
        if page is not None:
            element["Pg"] = self.references[page]
        if attributes := list(self._attributes(tag, page)):
            element["A"] = pydyf.Array(attributes)
        element["K"] = pydyf.Array()
        for kid in tag.kids:
            if isinstance(kid, Tag):
                element["K"].append(self._element(kid, element.reference))
            elif kid.link:
                element["K"].extend(self._annotation(kid, tag, element.reference))
            else:
                element["K"].extend(self._content(kid, page, element.reference))

    def _annotation(self, item: ContentItem, tag: Tag, owner: bytes) -> Iterator[pydyf.Dictionary]:
        """Yield the entry of a link's annotation; a link that leads nowhere has none."""
        annotation = item.box.link_annotation
        if annotation is not None:
            if tag.name:
                annotation["Contents"] = pydyf.String(tag.name)
            annotation["Rect"] = pydyf.Array(round(place, 2) for place in annotation["Rect"])
            self.annotations.append((annotation, owner))
            page = self.references[item.page]
            yield pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page})

    def _content(self, item: ContentItem, page: int | None, owner: bytes) -> Iterator[object]:
        """Yield the entry of marked content that a tag holds, on its own `page` or on another."""
        drawn = self.pages[item.page]
        if item.box not in drawn.contents:
            return
        stream, number = drawn.contents[item.box]
        self.owners.setdefault(stream.number, (stream, {}))[1][number] = owner
        if stream is drawn.stream and item.page == page:
            yield number
            return
        reference = {"Type": "/MCR", "Pg": self.references[item.page], "MCID": number}
        if stream is not drawn.stream:
            reference["Stm"] = stream.reference
        yield pydyf.Dictionary(reference)

    def _attributes(self, tag: Tag, page: int | None) -> Iterator[pydyf.Dictionary]:
        """Yield the attributes of a picture, a cell or a list."""
        if tag.bbox and page is not None:
            scale, height = self.pages[page].scale, self.pages[page].height
            left, top, right, bottom = tag.bbox
            box = (left, height - bottom, right, height - top)
            bbox = pydyf.Array(value * scale for value in box)
            yield pydyf.Dictionary({"O": "/Layout", "BBox": bbox})
        cell = {
            **({"Scope": f"/{tag.scope}"} if tag.scope else {}),
            **({"ColSpan": tag.columns} if tag.columns > 1 else {}),
            **({"RowSpan": tag.rows} if tag.rows > 1 else {}),
        }
        if cell:
            yield pydyf.Dictionary({"O": "/Table", **cell})
        if tag.numbering:
            yield pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{tag.numbering}"})

    def _parent_tree(self) -> pydyf.Array:
        """Return the parent tree: the tags of what each page, group and annotation holds."""
        numbers = pydyf.Array()
        for key, page in enumerate(self.pages):
            _, owners = self.owners.pop(page.stream.number, (None, {}))
            numbers.extend((key, _owner_list(owners)))
        for key, (stream, owners) in enumerate(self.owners.values(), len(self.pages)):
            stream.extra["StructParents"] = key
            numbers.extend((key, _owner_list(owners)))
        start = len(self.pages) + len(self.owners)
        for key, (annotation, owner) in enumerate(self.annotations, start):
            annotation["StructParent"] = key
            numbers.extend((key, owner))
        return numbers


def _owner_list(owners: dict[int, bytes]) -> pydyf.Array:
    """Return the tags of marked contents in order of their numbers; artifacts leave gaps."""
    return pydyf.Array(owners.get(number, "null") for number in range(max(owners, default=-1) + 1))
