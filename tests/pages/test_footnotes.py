"""Footnotes of chapters of which a product leaves parts out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from languages import language_of
from workshop_builder.loading.load import from_folder
from workshop_builder.markup.xhtml import Element, text
from workshop_builder.model.products import select_targets
from workshop_builder.model.workshop import Workshop
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer
from workshop_builder.pages.templates import Templates
from workshop_builder.source.folder import Folder

TEMPLATES = Templates({}, language_of("en").writing)
NAMES = ("a", "b", "c", "d")
PART = st.tuples(st.booleans(), st.lists(st.sampled_from(NAMES), max_size=3))
"""Whether a paragraph is for the teacher alone, and the notes it refers to."""


def _workshop(parts: list[tuple[bool, list[str]]], *, chained: bool) -> Workshop:
    """Return a workshop of one chapter with these paragraphs, and a note for each name used."""
    used = {name for _, names in parts for name in names}
    open_names = {name for secret, names in parts for name in names if not secret}
    if chained and used:
        used.add("e")
    blocks = [_paragraph(secret, names) for secret, names in parts]
    for name in sorted(used, reverse=True):
        # One note refers to another, which is as open as the first.
        more = "[^e]" if chained and name == min(used - {"e"}) else ""
        is_open = name in open_names or (name == "e" and min(used - {"e"}) in open_names)
        blocks.append(f"[^{name}]: {'note' if is_open else 'SECRET'} {name}.{more}")
    chapter = "---\ntitle: One\n---\n\n" + "\n\n".join(blocks) + "\n"
    files = {
        "workshop.yaml": b"title: Notes\nlanguage: en\n",
        "chapters/01.md": chapter.encode(),
    }
    return from_folder(Folder("notes", files))


def _paragraph(secret: bool, names: list[str]) -> str:  # noqa: FBT001  a part of a drawn pair
    marks = "".join(f"[^{name}]" for name in names)
    return f"/// teacher\nSECRET words.{marks}\n///" if secret else f"Open words.{marks}"


def _page(workshop: Workshop, product: str) -> Element:
    target = select_targets(workshop, (product,), (), ())[0]
    return Renderer(workshop, target, Labels(workshop.language), TEMPLATES).page().root


def _numbers(root: Element) -> list[tuple[str, str]]:
    """Return number and note of each reference, in reading order, those in notes last."""
    links = [a for a in root.iter("{*}a") if a.get("class") == "footnote-ref"]
    return [(text(link), str(link.get("href")).removeprefix("#")) for link in links]


def _notes(root: Element) -> list[str]:
    sections = [s for s in root.iter("{*}section") if s.get("role") == "doc-endnotes"]
    beside = [note for note in root.iter("*") if note.get("role") == "doc-footnote"]
    beside.sort(key=lambda note: int(note.findtext("sup") or 0))
    at_the_end = [note for each in sections for note in each.iter("{*}li")]
    return [str(note.get("id")) for note in (*beside, *at_the_end)]


@settings(max_examples=80)
@given(st.lists(PART, max_size=6), st.booleans())
def test_students_get_the_notes_of_their_text(
    parts: list[tuple[bool, list[str]]],
    chained: bool,  # noqa: FBT001  drawn
) -> None:
    """The book has exactly the notes that it refers to, from 1 in reading order, and no secret."""
    root = _page(_workshop(parts, chained=chained), "book")
    assert "SECRET" not in text(root)
    notes, numbers = _notes(root), _numbers(root)
    assert list(dict.fromkeys(name for _, name in numbers)) == notes
    assert all(notes[int(number) - 1] == name for number, name in numbers)
    ids = {element.get("id") for element in root.iter("*")}
    ways = [a.get("href") for a in root.iter("{*}a") if a.get("class") == "footnote-backref"]
    assert {str(way).removeprefix("#") for way in ways} <= ids


@settings(max_examples=30)
@given(st.lists(PART, max_size=6))
def test_the_guide_has_the_notes_of_its_boxes(parts: list[tuple[bool, list[str]]]) -> None:
    """Each reference in the teacher's guide leads to a note in it."""
    root = _page(_workshop(parts, chained=False), "teacher")
    assert {name for _, name in _numbers(root)} == set(_notes(root))
    assert text(root).count("SECRET words") == sum(secret for secret, _ in parts)


def test_a_part_that_is_shown_alone_has_no_numbers() -> None:
    """Where no note follows, as on the class handout, the text has no number either."""
    files = {
        "workshop.yaml": b"title: Notes\nlanguage: en\n",
        "chapters/01.md": (
            b"---\ntitle: One\n---\n\n/// tip\nRest.[^a]\n///\n\n"
            b"/// exercise | rolls\n///\n\n[^a]: A note.\n"
        ),
        "exercises/rolls.md": b"---\nname: Rolls\n---\n\n1. Roll.[^b]\n\n[^b]: Slowly.\n",
    }
    workshop = from_folder(Folder("notes", files))
    for product in ("handout", "take-home"):
        root = _page(workshop, product)
        assert {name for _, name in _numbers(root)} <= set(_notes(root))


def test_exercises_may_name_their_notes_alike() -> None:
    """Notes of one name in two exercises, or in one that is shown twice, are each found."""
    chapter = b"---\ntitle: C\n---\n" + b"\n/// exercise | a\n///\n\n/// exercise | b\n///\n" * 2
    files = {"workshop.yaml": b"title: Notes\nlanguage: en\n", "chapters/01.md": chapter}
    for name in ("a", "b"):
        body = f"---\nname: {name}\n---\n\n1. Do.[^1]\n\n[^1]: Note {name}.\n"
        files[f"exercises/{name}.md"] = body.encode()
    root = _page(from_folder(Folder("notes", files)), "book")
    ids = [str(each.get("id")) for each in root.iter("*") if each.get("id")]
    assert len(set(ids)) == len(ids)
    found = {str(each.get("id")): text(each) for each in root.iter("{*}li")}
    told = [found[name].split()[1] for _, name in _numbers(root)]
    assert told == ["a.", "b."] * (len(told) // 2)
    assert len(told) >= 4


def test_notes_of_the_book_stand_beside_their_lines() -> None:
    """A note follows its number; those of a table come below it, and no note is among safety."""
    chapter = """---
title: One
---

Words[^a] and more.

| A[^b] | B[^c] |
|---|---|
| a | b |

/// safety
Stop.[^d]
///

[^a]: First.
[^b]: Second.
[^c]: Third.
[^d]: Fourth.
"""
    files = {
        "workshop.yaml": b"title: Notes\nlanguage: en\n",
        "chapters/01.md": chapter.encode(),
    }
    root = _page(from_folder(Folder("notes", files)), "book")
    found = [each for each in root.iter("*") if each.get("role") == "doc-footnote"]
    assert [text(note).split("\u00a0")[1] for note in found] == [
        "First.",
        "Second.",
        "Third.",
        "Fourth.",
    ]
    before = [note.getprevious() for note in found]
    assert [each.tag for each in before if each is not None] == ["sup", "table", "p", "div"]
