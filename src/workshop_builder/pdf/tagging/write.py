"""Tagged PDF: what a screen reader is told of a document that WeasyPrint laid out.

WeasyPrint tags boxes, page by page; here the HTML is tagged. The way, all by
WeasyPrint's public hooks (`Document.copy`, `Page.paint`, `finisher`):

1. `tagreader` grows the tree of tags from the boxes of the pages;
2. `_Page`, which stands in for a page while the PDF is made, notes what is drawn for
   which box, makes artifacts of all that has no tag, and leaves WeasyPrint nothing to tag;
3. `tagtree.tidy` makes the tree one that PDF/UA allows;
4. `_Writer` puts it in place of WeasyPrint's empty one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pydyf
from weasyprint.document import Document, Page

from workshop_builder.pdf.tagging.read import Reader
from workshop_builder.pdf.tagging.tree import Mark, Tag, tidy

HYPHEN = "\N{HYPHEN}"
"""What WeasyPrint puts where it breaks a word; keyboards type another character."""
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
"""What such a hyphen is to readers, who are to hear the word whole."""


def write_pdf(document: Document, **options: object) -> bytes:
    """Return a document that WeasyPrint laid out as a PDF/UA-1.

    The options are those of `weasyprint.Document.write_pdf`, but for `finisher`.
    """
    reader = Reader()
    pages = [_Page(page, number, reader) for number, page in enumerate(document.pages)]

    def finish(_: Document, pdf: pydyf.PDF) -> None:
        tidy(reader.root)
        _Writer(pdf, pages).write(reader.root)

    options = {"pdf_variant": "pdf/ua-1", **options}
    return bytes(document.copy(pages).write_pdf(finisher=finish, **options))


class _Page:
    """A page that remembers what it drew."""

    def __init__(self, page: Page, number: int, reader: Reader) -> None:
        self._page = page
        page_box = page._page_box  # noqa: SLF001 - the only way from a page to its boxes
        self._reading = reader.read(number, page_box, page.links)
        self._page_box = page_box.copy_with_children([])  # all that WeasyPrint sees to tag
        self.links = self._reading.links
        self.height: float = page.height
        self.scale = 1.0
        """Points in a CSS pixel."""
        self.stream: Any = None
        """The content stream, once the page is painted."""
        self.marks: dict[Any, tuple[pydyf.Stream, int]] = {}
        """The stream and the number of the marked content of each box that has a tag."""
        for *_, box in self.links:
            box.link_annotation = None  # WeasyPrint sets it if the target exists

    def __getattr__(self, name: str) -> object:
        """Be the page in all other respects."""
        return getattr(self._page, name)

    def paint(self, stream: pydyf.Stream, scale: float = 1) -> None:
        """Draw the page, and sort what was drawn into tagged content and artifacts."""
        forms = stream._resources["XObject"]  # noqa: SLF001 - groups of this page go here
        before = len(forms)
        self.stream, self.scale = stream, scale
        self._page.paint(stream, scale)
        numbered = stream._tags  # noqa: SLF001 - the only note of which box was drawn where
        boxes = {drawn["mcid"]: box for box, drawn in numbered.items()}
        for part in (stream, *_groups(islice(forms.values(), before, None))):
            self._sort(part, boxes)
        numbered.clear()

    def _sort(self, stream: pydyf.Stream, boxes: dict[int, Any]) -> None:
        """Note the marked content of tagged boxes, make artifacts of all other."""
        items = stream.stream
        places = [i for i, item in enumerate(items) if type(item) is pydyf.Dictionary]
        for place in places:
            number = items[place].get("MCID")
            box: Any = boxes.get(number)
            if box in self._reading.drawn:
                self.marks[box] = stream, number
                if getattr(box, "text", "").endswith(HYPHEN):
                    text = box.text.rstrip(HYPHEN + SOFT_HYPHEN) + SOFT_HYPHEN
                    items[place]["ActualText"] = pydyf.String(text)
            elif number is not None:
                items[place - 1 : place + 2] = "/Artifact", b"", b"BMC"


def _groups(forms: Iterable[pydyf.Stream | None]) -> Iterator[pydyf.Stream]:
    """Return the streams of transparency groups, which hold what is drawn with opacity."""
    for form in forms:
        if isinstance(form, pydyf.Stream):
            yield form
            inner = getattr(form, "_resources", {}).get("XObject", {})
            yield from _groups(inner.values())


class _Writer:
    """Writes a tree of tags into a PDF."""

    def __init__(self, pdf: pydyf.PDF, pages: list[_Page]) -> None:
        self.pdf = pdf
        self.pages = pages
        self.references = pdf.page_references
        self.root = self._object(pdf.catalog["StructTreeRoot"])
        self.owners: dict[int, tuple[pydyf.Stream, dict[int, bytes]]] = {}
        """The tags of the marked contents of each stream, by the number of its object."""
        self.annotations: list[tuple[pydyf.Dictionary, bytes]] = []
        """The annotations, each with its tag."""
        self.notes: list[tuple[str, bytes]] = []
        """The notes by their ID."""

    def _object(self, reference: bytes) -> pydyf.Object:
        """Return the object to which a reference leads."""
        return self.pdf.objects[int(reference.split()[0])]

    def write(self, tag: Tag) -> None:
        """Write the tree, and the ways from the pages back into it."""
        self._fill(self._object(self.root["K"][0]), tag)
        self._object(self.root["ParentTree"])["Nums"] = self._parent_tree()
        if self.notes:
            names = (part for name, ref in self.notes for part in (pydyf.String(name), ref))
            self.root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})

    def _element(self, tag: Tag, parent: bytes) -> bytes:
        """Write a tag and all below it; return its reference."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{tag.role}", "P": parent})
        self.pdf.add_object(element)
        self._fill(element, tag)
        return bytes(element.reference)

    def _fill(self, element: pydyf.Dictionary, tag: Tag) -> None:
        """Write what a tag says and holds."""
        for key, text in (("Lang", tag.lang), ("Alt", tag.alt), ("E", tag.expansion)):
            if text:
                element[key] = pydyf.String(text)
        if tag.role == "Note":
            # PDF/UA wants each note to have a name of its own.
            self.notes.append((f"note-{len(self.notes):06}", element.reference))
            element["ID"] = pydyf.String(self.notes[-1][0])
        page = next((kid.page for kid in tag.kids if isinstance(kid, Mark)), None)
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

    def _annotation(self, mark: Mark, tag: Tag, owner: bytes) -> Iterator[pydyf.Dictionary]:
        """Write a link's area; a link that leads nowhere has none."""
        annotation = mark.box.link_annotation
        if annotation is not None:
            if tag.name:
                annotation["Contents"] = pydyf.String(tag.name)
            self.annotations.append((annotation, owner))
            page = self.references[mark.page]
            yield pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page})

    def _content(self, mark: Mark, page: int | None, owner: bytes) -> Iterator[object]:
        """Write which marked content a tag holds, on its own `page` or on another."""
        drawn = self.pages[mark.page]
        if mark.box not in drawn.marks:
            return
        stream, number = drawn.marks[mark.box]
        self.owners.setdefault(stream.number, (stream, {}))[1][number] = owner
        if stream is drawn.stream and mark.page == page:
            yield number
            return
        reference = {"Type": "/MCR", "Pg": self.references[mark.page], "MCID": number}
        if stream is not drawn.stream:
            reference["Stm"] = stream.reference
        yield pydyf.Dictionary(reference)

    def _attributes(self, tag: Tag, page: int | None) -> Iterator[pydyf.Dictionary]:
        """Write the attributes of pictures, cells and lists."""
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
        """Return the way back from pages, groups and annotations to the tags they are in."""
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
    """Return the owners of marked contents by their numbers, which artifacts left with gaps."""
    return pydyf.Array(owners.get(number, "null") for number in range(max(owners, default=-1) + 1))
