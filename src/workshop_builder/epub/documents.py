"""The XHTML documents of the e-book, one for each part of the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote

from lxml import etree

from workshop_builder.epub import page_list, screen_tables, screen_text
from workshop_builder.languages.kinds import MOVEMENT
from workshop_builder.markup import xhtml
from workshop_builder.model.base import Safety
from workshop_builder.pages import links
from workshop_builder.pages.links import Targets
from workshop_builder.pages.render import Page, Renderer
from workshop_builder.pages.sections import Section
from workshop_builder.pdf.tagging.page_starts import PageStart
from workshop_builder.source.addresses import address_of

_PROLOG = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the contents."""

    file: str
    """The file, with a fragment if the entry leads to a place in it."""
    title: str
    below: tuple[Entry, ...] = ()
    number: int = 0
    """Of a chapter, counted from 1, or of an exercise, as in all products; 0 of all else."""


@dataclass(frozen=True, slots=True)
class ContentDocument:
    """One XHTML document of the book."""

    name: str
    title: str
    page: Page = field(repr=False)
    """Its content, with pictures by the names that they have in the book."""

    @property
    def data(self) -> bytes:
        """The document as it is packed, written anew at each call."""
        return (_PROLOG + self.page.html).encode()


def content_documents(
    renderer: Renderer, names: Mapping[str, str], starts: Sequence[PageStart] = ()
) -> list[ContentDocument]:
    """Return the documents in reading order; the contents come second.

    `names` are those of the pictures in the book, by their path in the source folder, and `starts`
    tell where the pages of the printed book begin.
    """
    labels = renderer.labels
    fill = partial(_filled, renderer, names, _targets(renderer))
    sections = [renderer.section(chapter) for chapter in renderer.chapters]
    found = [fill(*part) for part in _parts(renderer, sections)]
    for file in found:
        _lead_to_terms(file, found, renderer)
        _lead_to_uses(file, found, renderer)
    cover = fill("cover.xhtml", "cover", renderer.workshop.settings.title, {})
    entries = [Entry(cover.name, labels["cover"]), *_entries(renderer, found)]
    names_of_parts = {entry.file: entry.title for entry in entries}
    pages = [page for file in found for page in page_list.mark(file.name, file.page.root, starts)]
    context = {
        "entries": entries,
        "titles": names_of_parts,
        "first": found[0].name,
        "pages": pages,
    }
    _tell_on_screen(found, renderer)
    contents = fill("nav.xhtml", "nav", labels["contents"], context)
    return [cover, contents, *found]


_Part = tuple[str, str, str, Mapping[str, object]]
"""A document's name, the part of the template, the title, and values for the template."""


def _parts(renderer: Renderer, sections: Sequence[Section]) -> list[_Part]:
    labels, settings = renderer.labels, renderer.workshop.settings
    parts: list[_Part] = []
    if settings.safety != Safety():
        parts.append(("safety.xhtml", "safety", labels["read_this_first"], {}))
    parts += [(f"{s.id}.xhtml", "chapter", s.title, {"section": s}) for s in sections]
    rest = {
        "exercises": bool(renderer.unplaced),
        "log": bool(renderer.exercises) or settings.kind != MOVEMENT,
        "glossary": bool(settings.glossary),
        "sources": bool(settings.sources),
        "colophon": True,
    }
    titles = {"log": "practice_log"}
    parts += [
        (f"{name}.xhtml", name, labels[titles.get(name, name)], {})
        for name, wanted in rest.items()
        if wanted
    ]
    return parts


def _filled(
    renderer: Renderer,
    names: Mapping[str, str],
    targets: Targets,
    name: str,
    part: str,
    title: str,
    more: Mapping[str, object],
) -> ContentDocument:
    page = renderer.part(targets, part=part, title=title, **more)
    placed = {address_of(path): name for path, name in names.items()}
    for element in page.root.iter("*"):
        if (address := element.get("src")) in placed:
            element.set("src", placed[address])
    for table in list(page.root.iter("{*}table")):
        screen_tables.name_cells(table, renderer.labels)
    return ContentDocument(name, title, page)


def _lead_to_terms(
    file: ContentDocument, found: Sequence[ContentDocument], renderer: Renderer
) -> None:
    """Put a link to the chapter that first speaks of a word behind the word in the glossary."""
    numbers = _chapter_numbers(renderer)
    for term, address in links.places_of_terms(
        file.page.root, {each.name: each.page.root for each in found}
    ):
        link = etree.Element(term.tag.replace("dt", "a"), {"href": address, "class": "place"})
        xhtml.append_text(term, " ")
        term.append(link)
        link.text = renderer.labels.say("chapter", n=numbers[address.partition("#")[0]])


def _lead_to_uses(
    file: ContentDocument, found: Sequence[ContentDocument], renderer: Renderer
) -> None:
    """Put links to the chapters that have a note on a source behind it in the list of sources."""
    numbers = _chapter_numbers(renderer)
    notes = {
        (each.name, unquote(address).partition("--fn-")[2]): address.lstrip("#")
        for each in found
        if each.name in numbers
        for link in each.page.root.iterfind(".//{*}a[@class='footnote-ref']")
        for address in [link.get("href", "")]
    }
    for item in file.page.root.iterfind(".//{*}ul[@class='sources']/{*}li"):
        uses = [
            (name, place) for (name, key), place in notes.items() if key == item.get("data-key")
        ]
        if not uses:
            continue
        told = etree.SubElement(item, item.tag.replace("li", "span"), {"class": "uses"})
        for name, place in uses:
            link = etree.SubElement(told, item.tag.replace("li", "a"))
            link.set("href", f"{name}#{place}")
            link.text = renderer.labels.say("chapter", n=numbers[name])
            link.tail = " "


def _tell_on_screen(found: Sequence[ContentDocument], renderer: Renderer) -> None:
    """Let chapters lead to the parts that they name, and tell signs; pages of paper are marked."""
    chapters = _chapter_numbers(renderer)
    places = {each.title: each.name for each in found if each.name not in chapters}
    for each in found:
        if each.name in chapters:
            screen_text.lead_to_parts(each.page.root, places)
            screen_text.tell_signs(
                each.page.root, renderer.workshop.settings.safety, renderer.labels
            )


def _chapter_numbers(renderer: Renderer) -> dict[str, int]:
    """Return the number of each chapter, from 1, by the name of its document."""
    return {f"{chapter.anchor}.xhtml": n for n, chapter in enumerate(renderer.chapters, 1)}


def _entries(renderer: Renderer, found: Sequence[ContentDocument]) -> list[Entry]:
    """Return the entries of the contents, exercises below the chapter that shows them first."""
    homes = _targets(renderer).exercises
    shown = {f"{chapter.anchor}.xhtml": renderer.placed(chapter) for chapter in renderer.chapters}
    numbers = _chapter_numbers(renderer)
    entries = []
    for file in found:
        places = [(f"{file.name}#ex-{e.id}", e) for e in shown.get(file.name, ())]
        below = [
            Entry(place, e.fields.name, number=renderer.number(e))
            for place, e in places
            if place == homes[e.path]
        ]
        entries.append(Entry(file.name, file.title, tuple(below), numbers.get(file.name, 0)))
    return entries


def _targets(renderer: Renderer) -> Targets:
    exercises = {e.path: f"exercises.xhtml#ex-{e.id}" for e in renderer.exercises}
    homes = {chapter.path: f"{chapter.anchor}.xhtml" for chapter in renderer.chapters}
    for chapter in reversed(renderer.chapters):
        for exercise in renderer.placed(chapter):
            exercises[exercise.path] = f"{homes[chapter.path]}#ex-{exercise.id}"
    return Targets(homes, exercises)
