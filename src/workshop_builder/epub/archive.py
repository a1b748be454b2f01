"""Packs the e-book as EPUB 3.3, by EbookLib.

Files are packed as they are, since EbookLib's own handling of XHTML loses and
changes parts of it. What the package states about its accessibility is derived
from its content.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from ebooklib import epub
from lxml import etree

from workshop_builder import resources
from workshop_builder.epub import cover
from workshop_builder.epub.documents import ContentDocument, content_documents
from workshop_builder.errors import BuildError, Problem
from workshop_builder.markup.typography import polish
from workshop_builder.markup.xhtml import Element
from workshop_builder.model.base import Evaluation
from workshop_builder.model.workshop import Settings
from workshop_builder.output import media_types
from workshop_builder.output.archive import ArchiveEntry, zipped
from workshop_builder.pages import (
    accessibility,
    hidden_text,
    safety,
    stylesheets,
    title_font,
    used_files,
)
from workshop_builder.pages.render import Renderer
from workshop_builder.pdf.tagging.page_starts import PageStart
from workshop_builder.pictures.file_names import published_names
from workshop_builder.pictures.prepare import Picture
from workshop_builder.publishing.publication import NO_DATE, identifier

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SVG = "http://www.w3.org/2000/svg"
_CODE = ("{*}code", "{*}kbd")
_PAGE_MARK = ".//{*}span[@role='doc-pagebreak']"
_CODE_FACE = re.compile(r'@font-face \{[^}]*"Source Code Pro"[^}]*\}\n*')
"""The face of code, which is too heavy for a book without any."""
_OPF = "http://www.idpf.org/2007/opf"


class _PackageWriter(epub.EpubWriter):
    """EbookLib's writer, with the language of the package and without attributes of its own."""

    def _write_opf_file(self, root: Element) -> None:
        root.set(_XML_LANG, self.book.language)
        for element in root.iter("{*}creator"):
            for name in list(element.attrib):
                if name != "id":
                    del element.attrib[name]
        super()._write_opf_file(root)


def make_epub(
    renderer: Renderer,
    pictures: Mapping[str, Picture],
    style: str,
    starts: Sequence[PageStart] = (),
) -> bytes:
    """Return the e-book; `pictures` are those for screens, by their path in the source folder.

    `starts` tell where the pages of the printed book begin, if there is one. Raises BuildError if
    a template is at fault or words of safety would not be shown.
    """
    names = published_names(pictures)
    files = content_documents(renderer, names, starts)
    if not any(next(file.page.root.iter(*_CODE), None) is not None for file in files):
        style = _CODE_FACE.sub("", style)
    items = list(_resources(renderer, files, pictures, names, style))
    items.append((cover.NAME, _cover(renderer, pictures), ["cover-image"]))
    _check_used_files(files, style, {name for name, *_ in items}, renderer)
    _check_shown(files, style, renderer)
    book = _package(renderer, files)
    for resource in items:
        _add(book, *resource)
    options = {"mtime": _modified(renderer.workshop.settings), "epub3_pages": False}
    buffer = io.BytesIO()
    writer = _PackageWriter(buffer, book, options)
    writer.process()
    writer.write()
    return _repacked(buffer)


def _check_shown(files: Sequence[ContentDocument], style: str, renderer: Renderer) -> None:
    """Raise BuildError if words of safety are missing or hidden."""
    required: dict[str, str] = {}
    shown: dict[str, str] = {}
    hiding: dict[str, str] = {}
    for file in files:
        required |= file.page.required
        shown |= hidden_text.shown_words(file.page.root, style, hiding)
    lost = safety.missing(required, shown)
    if lost:
        raise BuildError(safety.not_shown(lost, renderer.target, hiding))


def _check_used_files(
    files: Sequence[ContentDocument], style: str, inside: set[str], renderer: Renderer
) -> None:
    """Raise BuildError if the book uses a file that is not in it."""
    shown = {address for file in files for address in used_files.in_page(file.page.root)}
    wrong = shown - inside
    elsewhere = set(used_files.in_sheet(style)) - inside
    problems = [Problem(_template(renderer), 0, _not_inside(address)) for address in wrong]
    sheet = f"styles/{renderer.target.product.style}"
    problems += [Problem(sheet, 0, _not_inside(address)) for address in elsewhere]
    if problems:
        raise BuildError(problems)


def _not_inside(address: str) -> str:
    return f"'{address}' is not a file of the workshop; save it there"


def _template(renderer: Renderer) -> str:
    return f"templates/{renderer.target.product.template}"


def _package(renderer: Renderer, files: Sequence[ContentDocument]) -> epub.EpubBook:
    settings = renderer.workshop.settings
    book = epub.EpubBook()
    book.set_identifier(identifier(renderer.workshop))
    book.set_title(polish(settings.title, renderer.workshop.language.writing))
    book.set_language(settings.language)
    book.add_metadata(None, "meta", "", {"name": "cover", "content": _uid(cover.NAME)})
    book.metadata[_OPF].pop("generator", None)
    _describe(book, settings)
    _describe_access(book, files, renderer)
    items = [_add(book, file.name, file.data, _properties(file)) for file in files]
    book.spine = items
    book.toc = [epub.Link(file.name, file.title, f"toc-{n}") for n, file in enumerate(files)]
    book.add_item(epub.EpubNcx())
    return book


def _describe(book: epub.EpubBook, settings: Settings) -> None:
    """Add metadata: who made the book, when, and what it is about."""
    if settings.author:
        book.add_author(settings.author)
    if settings.description:
        book.add_metadata("DC", "description", settings.description.plain)
    if settings.rights:
        book.add_metadata("DC", "rights", settings.rights.plain)
    if settings.studio:
        book.add_metadata("DC", "publisher", settings.studio.name)
    if settings.date:
        book.add_metadata("DC", "date", settings.date.isoformat())


def _describe_access(
    book: epub.EpubBook, files: Sequence[ContentDocument], renderer: Renderer
) -> None:
    """Add metadata about accessibility, as far as the content supports it.

    Its terms are those of schema.org and EPUB Accessibility 1.1.
    """
    images = [image for file in files for image in file.page.root.iter("{*}img")]
    access = accessibility.assess([image.get("alt") or "" for image in images], renderer.labels)
    contents, *own = accessibility.OWN_FEATURES["epub"]
    features = [contents, *accessibility.NAVIGATION, *own, *access.alternatives]
    if any(file.page.root.find(_PAGE_MARK) is not None for file in files):
        features += accessibility.PAGES
        printed = f"{renderer.workshop.slug}-book.pdf"
        book.add_metadata(None, "meta", printed, {"property": "pageBreakSource"})
    statements = [
        *(("schema:accessMode", mode) for mode in access.modes),
        *(("schema:accessModeSufficient", ",".join(modes)) for modes in access.sufficient),
        *(("schema:accessibilityFeature", feature) for feature in features),
        ("schema:accessibilityHazard", accessibility.HAZARD),
        ("schema:accessibilitySummary", access.summary),
    ]
    for name, value in statements:
        book.add_metadata(None, "meta", value, {"property": name})
    if renderer.workshop.settings.evaluated:
        _claim(book, renderer.workshop.settings.evaluated)


def _claim(book: epub.EpubBook, evaluated: Evaluation) -> None:
    """Add what a person claims who has evaluated the book (EPUB Accessibility 1.1, 5.3 and 5.4)."""
    claim = {"property": "dcterms:conformsTo", "id": "conformance"}
    book.add_metadata(None, "meta", evaluated.standard, claim)
    evaluator = {"property": "a11y:certifiedBy", "refines": "#conformance", "id": "evaluator"}
    book.add_metadata(None, "meta", evaluated.by, evaluator)
    day = {"property": "dcterms:date", "refines": "#evaluator"}
    book.add_metadata(None, "meta", evaluated.date.isoformat(), day)


def _properties(file: ContentDocument) -> list[str]:
    has_svg = next(file.page.root.iter(f"{{{_SVG}}}svg"), None) is not None
    return [*(["nav"] if file.name == "nav.xhtml" else []), *(["svg"] if has_svg else [])]


def _cover(renderer: Renderer, pictures: Mapping[str, Picture]) -> bytes:
    settings = renderer.workshop.settings
    return cover.draw_cover(
        settings, pictures.get(settings.cover or ""), stylesheets.variables(_colours(renderer))
    )


def _colours(renderer: Renderer) -> list[tuple[str, str]]:
    return stylesheets.colours(renderer.workshop)


def _on_paper(drawing: bytes, paper: str) -> bytes:
    """Return a drawing with its ground in it, since readers in the dark take those of styles."""
    root = etree.fromstring(drawing)
    left, top, width, height = root.get("viewBox").split()
    ground = etree.Element(f"{{{_SVG}}}rect", x=left, y=top, width=width, height=height, fill=paper)
    root.insert(0, ground)
    return bytes(etree.tostring(root, encoding="UTF-8")) + b"\n"


def _resources(
    renderer: Renderer,
    files: Sequence[ContentDocument],
    pictures: Mapping[str, Picture],
    names: Mapping[str, str],
    style: str,
) -> Iterator[tuple[str, bytes, list[str]]]:
    """Yield the name, bytes and properties of each file that the documents use."""
    yield "style.css", style.encode(), []
    for name, font in resources.font_files().items():
        if f"fonts/{name}" in style:
            yield f"fonts/{name}", font.read_bytes(), []
    if f"fonts/{title_font.NAME}.ttf" in style:
        yield f"fonts/{title_font.NAME}.ttf", title_font.title_font(), []
    paper = stylesheets.variables(_colours(renderer))["--paper"]
    used = {str(image.get("src")) for file in files for image in file.page.root.iter("{*}img")}
    for path, picture in pictures.items():
        if names[path] in used:
            drawn = picture.media_type == "image/svg+xml"
            yield names[path], _on_paper(picture.data, paper) if drawn else picture.data, []
    codes = {name: data for file in files for name, data in file.page.codes.items()}
    for name in sorted(used & set(codes)):
        yield name, _on_paper(codes[name], "#ffffff"), []


def _add(book: epub.EpubBook, name: str, data: bytes, properties: list[str]) -> epub.EpubItem:
    item = epub.EpubItem(_uid(name), name, media_types.media_type(name), data)
    item.properties = properties
    item.is_linear = True
    book.add_item(item)
    return item


def _uid(name: str) -> str:
    return "f-" + name.replace("/", "-").replace(".", "-")


def _modified(settings: Settings) -> datetime.datetime:
    """Return when the book was last changed: the date of the text, and not of the build."""
    return datetime.datetime.combine(settings.date or NO_DATE, datetime.time(), datetime.UTC)


def _repacked(buffer: io.BytesIO) -> bytes:
    """Return the archive packed anew, with the same bytes on every machine."""
    with zipfile.ZipFile(buffer) as written:
        return zipped(
            ArchiveEntry(
                each.filename, written.read(each), each.compress_type != zipfile.ZIP_STORED
            )
            for each in written.infolist()
        )
