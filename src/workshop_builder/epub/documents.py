"""The XHTML files of the e-book: the parts of the book, each a file of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from workshop_builder.pages.links import Targets
from workshop_builder.pages.render import Page, Renderer
from workshop_builder.pages.sections import Section

_PROLOG = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    file: str
    """The file, with a fragment where it leads into the middle of one."""
    title: str
    below: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentDocument:
    """One XHTML file of the book."""

    name: str
    title: str
    page: Page = field(repr=False)
    """What is in it, with the pictures under the names that they have in the book."""

    @property
    def data(self) -> bytes:
        """The file as it goes into the book."""
        return (_PROLOG + self.page.html).encode()


def content_documents(renderer: Renderer, names: Mapping[str, str]) -> list[ContentDocument]:
    """Return the XHTML files in their order of reading; the contents come second.

    `names` are those of the pictures in the book, by their path in the source folder.
    """
    labels = renderer.labels
    fill = partial(_filled, renderer, names, _targets(renderer))
    sections = [renderer.section(chapter) for chapter in renderer.chapters]
    found = [fill(*part) for part in _parts(renderer, sections)]
    cover = fill("cover.xhtml", "cover", renderer.workshop.settings.title, {})
    entries = [Entry(cover.name, labels["cover"]), *_entries(renderer, found)]
    contents = fill("nav.xhtml", "nav", labels["contents"], {"entries": entries})
    return [cover, contents, *found]


_Part = tuple[str, str, str, Mapping[str, object]]
"""A file's name, the part of the template, the title, and the values for the template."""


def _parts(renderer: Renderer, sections: Sequence[Section]) -> list[_Part]:
    labels, settings = renderer.labels, renderer.workshop.settings
    parts: list[_Part] = [("safety.xhtml", "safety", labels["read_this_first"], {})]
    parts += [(f"{s.id}.xhtml", "chapter", s.title, {"section": s}) for s in sections]
    rest = {
        "exercises": bool(renderer.unplaced),
        "log": True,
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
    for element in page.root.iter("*"):
        if (path := element.get("src")) in names:
            element.set("src", names[path])
    return ContentDocument(name, title, page)


def _entries(renderer: Renderer, found: Sequence[ContentDocument]) -> list[Entry]:
    """Return the contents, with each exercise below the chapter that shows it."""
    shown = {f"{chapter.anchor}.xhtml": renderer.placed(chapter) for chapter in renderer.chapters}
    entries = []
    for file in found:
        exercises = shown.get(file.name, ())
        below = tuple(Entry(f"{file.name}#ex-{e.id}", e.fields.name) for e in exercises)
        entries.append(Entry(file.name, file.title, below))
    return entries


def _targets(renderer: Renderer) -> Targets:
    exercises = {e.path: f"exercises.xhtml#ex-{e.id}" for e in renderer.exercises}
    homes = {chapter.path: f"{chapter.anchor}.xhtml" for chapter in renderer.chapters}
    for chapter in reversed(renderer.chapters):
        for exercise in renderer.placed(chapter):
            exercises[exercise.path] = f"{homes[chapter.path]}#ex-{exercise.id}"
    return Targets(homes, exercises)
