"""All sheets as one PDF, in the order of the roster: each begins on an odd page, for duplex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from workshop_builder.pdf.engine import Pdf
from workshop_builder.pdf.parts.drawn import TITLE
from workshop_builder.pdf.parts.growing import ACTUAL_SIZE, GrowingFile
from workshop_builder.pdf.parts.pdf_file import (
    TEXT,
    PdfObject,
    compressed,
    string,
)
from workshop_builder.personal.block import DOCUMENT, OUTLINES, PAGES, SheetBlock

_CATALOGUE, _TREE, _PARENTS, _INFO = range(OUTLINES + 1, OUTLINES + 5)
"""The other objects that all sheets share."""
FIRST = _INFO + 1
"""The first number for what the sheets have of their own."""
_TITLE = re.compile(rb"/Title (%s)" % TEXT, re.DOTALL)
_XMP_TITLE = re.compile(rb"(<dc:title><rdf:Alt><rdf:li [^>]*>)[^<]*")


def join(blocks: Sequence[SheetBlock], title: str, language: str) -> Pdf:
    """Return the sheets of blocks as one tagged PDF with a title."""
    file = GrowingFile(FIRST)
    for block in blocks:
        file.append(block.file)
    pages = [number for block in blocks for number in block.pages]
    parts = [number for block in blocks for number in block.parts]
    parents = sorted(entry for block in blocks for entry in block.parents)
    told = blocks[0].told
    shared = {
        _CATALOGUE: _catalogue(file, blocks, title, language),
        PAGES: b"<</Type /Pages/Count %d/Kids [%s]>>" % (len(pages), _list(pages)),
        _TREE: _tree(blocks),
        DOCUMENT: b"<</Type /StructElem/S /Document/Lang (%s)/P %d 0 R/K [%s]>>"
        % (language.encode(), _TREE, _list(parts)),
        _PARENTS: b"<</Nums [%s]>>" % b" ".join([b"%d %s" % entry for entry in parents]),
        OUTLINES: _outlines(file, blocks),
        _INFO: _TITLE.sub(lambda _: b"/Title " + string(title), told["info"]),
    }
    for number, each in shared.items():
        file.add(number, PdfObject(each))
    return Pdf(file.finish(_CATALOGUE, _INFO), len(pages))


def _list(numbers: Iterable[int]) -> bytes:
    return b" ".join([b"%d 0 R" % number for number in numbers])


def _tree(blocks: Sequence[SheetBlock]) -> bytes:
    notes = b" ".join(note for block in blocks for note in block.notes)
    named = b"/IDTree <</Names [%s]>>" % notes if notes else b""
    tree = b"<</Type /StructTreeRoot/K [%d 0 R]/ParentTree %d 0 R%s>>"
    return tree % (DOCUMENT, _PARENTS, named)


def _outlines(file: GrowingFile, blocks: Sequence[SheetBlock]) -> bytes:
    """Add the bookmarks; return what stands above them."""
    listed = [bookmark for block in blocks for bookmark in block.bookmarks]
    marks = [number for number, _ in listed]
    for (number, said), before, after in zip(listed, [0, *marks], [*marks[1:], 0], strict=False):
        beside = b"/Prev %d 0 R" % before if before else b""
        beside += b"/Next %d 0 R" % after if after else b""
        file.add(number, PdfObject(said + beside + b">>"))
    return b"<</Count %d/First %d 0 R/Last %d 0 R>>" % (len(marks), marks[0], marks[-1])


def _catalogue(file: GrowingFile, blocks: Sequence[SheetBlock], title: str, language: str) -> bytes:
    """Return the catalogue: that of the first sheet with what all of them have in common."""
    told = blocks[0].told["xmp"].replace(TITLE.encode(), b"")
    told = _XMP_TITLE.sub(lambda found: found[1] + escape(title).encode(), told)
    number = file.share(compressed(b"<</Type /Metadata/Subtype /XML>>", told))
    intents = re.search(rb"/OutputIntents \[.*?>>\]", blocks[0].told["catalogue"], re.DOTALL)
    places = b" ".join(sorted(place for block in blocks for place in block.places))
    names = b"/Names <</Dests <</Names [%s]>>>>" % places if places else b""
    return (
        b"<</Type /Catalog/Pages %d 0 R/Lang (%s)/MarkInfo <</Marked true>>/StructTreeRoot %d 0 R"
        b"/ViewerPreferences <<%s/Duplex /DuplexFlipLongEdge>>"
        b"/Outlines %d 0 R/Metadata %d 0 R%s%s>>"
    ) % (
        PAGES,
        language.encode(),
        _TREE,
        ACTUAL_SIZE,
        OUTLINES,
        number,
        intents[0] if intents else b"",
        names,
    )
