"""PDF/A-2a, for keeping, and PDF/UA-1, for everybody, in one file.

WeasyPrint's variant for PDF/A brings the profile of sRGB (sRGB2014 of the International
Color Consortium, free to embed), the identifier of the file and links that print. Here
the metadata come to name both standards, and what was drawn is brought within the limits
of PDF/A. What cannot be is complained of where the engine complains, and so stops the
build: no file claims a standard that it does not meet.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from importlib import resources
from io import BytesIO
from itertools import accumulate
from typing import Any
from xml.etree import ElementTree

import pydyf
from weasyprint.css import ColorProfile
from weasyprint.document import Document, DocumentMetadata
from weasyprint.pdf.stream import Stream

from workshop_builder.pdf.streams import letters
from workshop_builder.pdf.streams.content import packed, slim
from workshop_builder.pdf.tagging import write
from workshop_builder.pdf.tagging.tree import Tag

LOGGER = logging.getLogger("weasyprint")
"""The caller takes WeasyPrint's complaints as errors; ours are of the same kind."""
DEEPEST = 28
"""How deep states of graphics may be nested in one stream."""
LONGEST = 16_000
"""Characters of a string; 32,767 bytes are allowed, and a character can take two of them."""

PROFILE = "sRGB2014"
_OPTIONS = {"pdf_variant": "pdf/a-2a", "output_intent": PROFILE}
_EVERYWHERE = (-1_000_000_000, -1_000_000_000, 1_000_000_000, 1_000_000_000)
_INKS = b"/DeviceCMYK"
_HUGE_NUMBER = re.compile(rb"[ \n\[-]\d{10,}[ \n\]]")
_TABLE = re.compile(
    rb"/W \[1 (?P<field>\d+) (?P<last>\d+)\].*?(?P<about>/Length (?P<length>\d+))>>\nstream\n",
    re.DOTALL,
)
"""The end of the dictionary of a table of objects, the last object of a file."""
_TOGETHER = re.compile(rb"/Type /ObjStm[^<>]*/Length (\d+)>>\nstream\n")
"""The end of the dictionary of objects that are packed together, the last but one."""
_UP = 2
"""Says of a row that it is written as it differs from the one above."""
_PREFIXES = {
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
"""Prefixes of PDF/A's extension schemas, which must be these; WeasyPrint names all others."""
for _prefix, _namespace in _PREFIXES.items():
    ElementTree.register_namespace(_prefix, _namespace)
_PDF_UA = """<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 pdfuaid:part="1"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""The claim of PDF/UA-1, and the schema that PDF/A asks of whoever claims more than PDF/A."""


def write_pdf(document: Document) -> bytes:
    """Return a document that WeasyPrint laid out as a PDF/A-2a that is a PDF/UA-1 as well."""
    return write_pages(document, *write.tagged(document))


def write_pages(document: Document, pages: Sequence[write.PaintedPage], tags: Tag) -> bytes:
    """Return `pages` of a document, with their tags, as such a PDF."""
    written = write.write_pdf(_claiming(document), pages, tags, finisher=_finish, **_OPTIONS)
    return _with_small_table(written)


def _with_small_table(pdf: bytes) -> bytes:
    """Return a PDF whose last two objects take less room, or as much: places need no wider field.

    The table tells how a row differs from the one above, which takes a fifth of the room.
    """
    table = _TABLE.search(pdf, pdf.rindex(b"/Type /XRef"))
    together = _TOGETHER.search(pdf, pdf.rindex(b"/Type /ObjStm"))
    if table is None or together is None:
        return pdf
    objects_end = together.end() + int(together[1])
    before = pdf[together.end() : objects_end]
    objects = min(before, packed(zlib.decompress(before)), key=len)
    start = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    moved = start - int(together[1]) + len(objects) + len(b"%d" % len(objects)) - len(together[1])
    field, last = int(table["field"]), int(table["last"])
    rows = zlib.decompress(pdf[table.end() : table.end() + int(table["length"])])
    rows = rows[: -field - last] + moved.to_bytes(field, "big") + rows[-last:]
    width = 1 + field + last
    differences = bytearray()
    for at in range(0, len(rows), width):
        above = rows[at - width : at] or bytes(width)
        pairs = zip(rows[at : at + width], above, strict=True)
        differences += bytes((_UP, *((here - there) % 256 for here, there in pairs)))
    smaller = packed(bytes(differences))
    about = b"/DecodeParms <</Predictor 12/Columns %d>>/Length %d" % (width, len(smaller))
    return b"".join(
        (
            pdf[: together.start(1)],
            b"%d>>\nstream\n" % len(objects),
            objects,
            pdf[objects_end : table.start("about")],
            about + b">>\nstream\n" + smaller,
            b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % moved,
        )
    )


def drawn(document: Document, pages: Sequence[Any], title: str) -> pydyf.PDF:
    """Return the objects of such a PDF of `pages` that stand in for those of a document.

    They are painted and have no tags. `title` is that of the PDF.
    """
    found = []

    def finish(written: Document, pdf: pydyf.PDF) -> None:
        _finish(written, pdf)
        found.append(pdf)

    document = document.copy()
    document.metadata = copy(document.metadata)
    document.metadata.title = title
    _claiming(document).copy(pages).write_pdf(finisher=finish, **_OPTIONS)
    return found[0]


def _claiming(document: Document) -> Document:
    """Return a document that claims to be both, in the colours of PDF/A."""
    document = document.copy()
    document.metadata = _claiming_both(document.metadata)
    document.color_profiles = {PROFILE: profile(), **document.color_profiles}
    document.output_intent = PROFILE
    return document


def profile() -> ColorProfile:
    """Return the profile of sRGB; from the same file as WeasyPrint, which leaves it open."""
    data = (resources.files("weasyprint.pdf") / f"{PROFILE}.icc").read_bytes()
    return ColorProfile(BytesIO(data), PROFILE, "relative-colorimetric", (["r"], ["g"], ["b"]))


def _claiming_both(metadata: DocumentMetadata) -> DocumentMetadata:
    """Return metadata that are written as one description, with the claim of PDF/UA-1 in it."""
    claiming = copy(metadata)

    def generate(variant: str, version: int, conformance: str) -> bytes:
        rdf = ElementTree.fromstring(  # noqa: S314  the engine has just written it
            metadata.generate_rdf_metadata(variant, version, conformance)
        )
        first, *others = [*rdf, ElementTree.fromstring(_PDF_UA)]  # noqa: S314  our own text
        for other in others:
            first.attrib.update(other.attrib)
            first.extend(other)
        rdf[:] = [first]
        return bytes(ElementTree.tostring(rdf, encoding="utf-8"))

    claiming.generate_rdf_metadata = generate
    return claiming


def _finish(_: Document, pdf: pydyf.PDF) -> None:
    """Bring what was drawn within the limits of PDF/A; complain of what cannot be."""
    if "AcroForm" in pdf.catalog:
        _complain("a form to fill in (appearance: auto)")
    for stream in [item for item in pdf.objects if isinstance(item, Stream)]:
        names = stream._resources  # noqa: SLF001 - the only way to what its content names
        stream.stream = _unnested(pdf, stream.stream, names)
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            _settle(item)
        elif isinstance(item, pydyf.Dictionary):
            _check(item)


def _complain(fault: str) -> None:
    """Log what no PDF/A can hold."""
    LOGGER.error("%s cannot be in a PDF/A", fault)


def _unnested(pdf: pydyf.PDF, items: list[object], resources: pydyf.Dictionary) -> list[object]:
    """Return a stream's items, those nested too deep as forms: streams that count anew."""
    if not _is_deep(items):
        return items
    depth = 0
    kept: list[object] = []
    deep: list[object] = []
    for item in items:
        depth += item == b"q"
        (deep if depth > DEEPEST else kept).append(item)
        depth -= item == b"Q"
        if deep and depth == DEEPEST:
            kept.append(_form(pdf, deep, resources))
            deep = []
    return kept


def _is_deep(items: Iterable[object]) -> bool:
    """Return whether states of graphics are nested too deep."""
    return depth(items) > DEEPEST


def depth(items: Iterable[object]) -> int:
    """Return how deep states of graphics are nested in the items of a stream."""
    steps = ((item == b"q") - (item == b"Q") for item in items)
    return max(accumulate(steps), default=0)


def _form(pdf: pydyf.PDF, items: list[object], resources: pydyf.Dictionary) -> bytes:
    """Add a form that draws what a part of a stream did; return what draws it there."""
    if any(isinstance(item, pydyf.Dictionary) for item in items):
        _complain("tagged text in so many boxes within each other")  # its tag names its stream
    form = pydyf.Stream(
        _unnested(pdf, items, resources),
        {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array(_EVERYWHERE),
            "Resources": resources.reference,
        },
        compress=True,
    )
    pdf.add_object(form)
    name = f"deep{form.number}"
    resources["XObject"][name] = form.reference
    return f"/{name} Do".encode()


def _settle(stream: pydyf.Stream) -> None:
    """Let pictures be drawn by their pixels alone, and pack the content of a stream.

    Unpacked, the engine would pack it twice: to write it, and for the identifier of the file.
    """
    if "Interpolate" in stream.extra:
        stream.extra["Interpolate"] = "false"
    _check(stream.extra)
    if not stream.compress:
        return
    content = _content(stream)
    if "Length1" in stream.extra:
        content = letters.shown(content)
        stream.extra["Length1"] = len(content)
    if isinstance(stream, Stream):
        check_content(content)
        stream.stream = [packed(content)]
    else:
        stream.stream = [zlib.compress(content, 9)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def pack(stream: Stream, deflate: Callable[[bytes], bytes] = packed) -> bytes | None:
    """Return the content of a stream, deflated; None where it is not within the limits of PDF/A."""
    content = _content(stream)
    deep = _is_deep(stream.stream)
    return None if deep or _INKS in content or _HUGE_NUMBER.search(content) else deflate(content)


def _content(stream: pydyf.Stream) -> bytes:
    content = b"\n".join(map(pydyf._to_bytes, stream.stream))  # noqa: SLF001 - as pydyf does it
    return slim(content) if isinstance(stream, Stream) else content


def check_content(content: bytes) -> None:
    """Complain of what a stream may not draw."""
    if _INKS in content:
        _complain("a colour of printing inks (device-cmyk)")
    if _HUGE_NUMBER.search(content):
        _complain("a length or a coordinate of ten digits")


def _check(item: pydyf.Dictionary) -> None:
    """Complain of what an object may not be or say."""
    if item.get("ColorSpace") == "/DeviceCMYK":
        _complain("a colour of printing inks (device-cmyk)")
    if item.get("Type") == "/Filespec":
        _complain("an attached file (rel=attachment)")
    action = item.get("A")
    texts = [*item.values(), action.get("URI") if isinstance(action, pydyf.Dictionary) else None]
    if any(isinstance(text, pydyf.String) and len(text.string) > LONGEST for text in texts):
        _complain(f"a heading, address or alternative text of over {LONGEST} characters")
