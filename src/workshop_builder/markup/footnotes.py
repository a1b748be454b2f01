"""The footnotes of a text of which parts are left out, and notes that stand beside their text."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from urllib.parse import unquote

from lxml import etree

from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element

_NOTES = ".//{*}section[@role='doc-endnotes']"
_BELOW = "note-below"
_JOINER = "\u2060"
"""Keeps the number of a note on the line of its word."""
_IN_LINE = frozenset(
    ["p", "li", "ul", "ol", "div", "blockquote", "em", "strong", "b", "i", "dd", "dl"]
)
"""What may be around a number whose note stands beside its line: no table, heading or caption."""


def with_own_notes(part: Element, whole: Element) -> Element:
    """Return a copy of a part of a text that is shown alone, with the notes it refers to."""
    alone = deepcopy(part)
    alone.tail = None
    for notes in whole.iterfind(_NOTES):
        if any(_target(link) in _by_id(notes) for link in _references(alone)):
            alone.append(deepcopy(notes))
    settle(alone)
    return alone


def settle(root: Element) -> None:
    """Keep the notes that the text of a tree refers to, numbered in the order in which it does."""
    for notes in list(root.iterfind(_NOTES)):
        found = _by_id(notes)
        inside = set(notes.iter())
        outer = (link for link in _references(root) if link not in inside)
        order = _in_order([_target(link) for link in outer], found)
        if order:
            _keep(notes, [found[name] for name in order])
        else:
            xhtml.remove(notes)
        for link in _references(root):
            if _target(link) in order:
                link.text = str(order.index(_target(link)) + 1)
    _drop_ways_back(root)


def drop_references_to_nothing(root: Element) -> None:
    """Take out the numbers of notes that are not in a document, or not in the same card."""
    names: dict[Element, set[str | None]] = {}
    for link in list(_references(root)):
        card = next((each for each in link.iterancestors() if each.get("data-card")), root)
        if card not in names:
            names[card] = {each.get("id") for each in card.iter("*")}
        number = link.getparent()
        if number is not None and _target(link) not in names[card]:
            xhtml.remove(number)


def set_beside(root: Element) -> None:
    """Put the notes of the chapters that ask for it next to their numbers in the text.

    A note to a table, a heading or a caption comes below it. A note of several blocks stays at
    the end of its chapter, and so do those of a card, and all where one refers to another.
    """
    for chapter in list(root.iterfind(".//{*}section[@data-notes='beside']")):
        _tie(chapter)
        for notes in list(chapter.iterfind(_NOTES)):
            in_card = any(each.get("data-card") for each in notes.iterancestors())
            if not in_card and next(_references(notes), None) is None:
                _place(chapter, notes)


def _tie(chapter: Element) -> None:
    """Let no line begin with the number of a note."""
    for link in _references(chapter):
        mark = next(each for each in link.iterancestors() if each.tag == "sup")
        mark.text = _JOINER + (mark.text or "")


def _place(chapter: Element, notes: Element) -> None:
    marks = {_target(link): link for link in reversed(list(_references(chapter)))}
    items = list(notes.iterfind("./{*}ol/{*}li"))
    for number, item in enumerate(items, 1):
        mark = marks.get(item.get("id", ""))
        if len(item) == 1 and item[0].tag == "p" and mark is not None:
            _move(item, str(number), mark, chapter)
        else:
            item.set("style", f"counter-set: list-item {number}")
    if all(item.getparent() is None for item in items):
        xhtml.remove(notes)


def _move(item: Element, number: str, link: Element, chapter: Element) -> None:
    """Put a note behind the number that leads to it, or below the block that has no room.

    It does not come between words of safety, which must be shown as they are.
    """
    mark = next(each for each in link.iterancestors() if each.tag == "sup")
    inside = set(chapter.iterdescendants())
    around = [each for each in mark.iterancestors() if each in inside]
    beside = all(each.tag in _IN_LINE and not each.get("data-safe") for each in around)
    note = item.makeelement("span" if beside else "p", {"class": "sidenote" if beside else _BELOW})
    note.attrib.update({"id": item.get("id", ""), "role": "doc-footnote", "data-pdf": "Note"})
    label = etree.SubElement(note, "sup")
    label.text, label.tail = number, "\u00a0"
    for back in list(item[0].iterfind(".//a[@class='footnote-backref']")):
        xhtml.remove(back)
    xhtml.strip(item[0])
    xhtml.append(note, item[0])
    item.getparent().remove(item)
    place = mark if beside else _last_note_below(around[-1])
    note.tail, place.tail = place.tail, None
    place.addnext(note)


def _last_note_below(block: Element) -> Element:
    """Return the last of the notes that follow a block, or the block."""
    below = block.getnext()
    return _last_note_below(below) if below is not None and below.get("class") == _BELOW else block


def _references(root: Element) -> Iterator[Element]:
    return (link for link in root.iter("{*}a") if link.get("class") == "footnote-ref")


def _target(link: Element) -> str:
    return unquote(str(link.get("href", "")).removeprefix("#"))


def _by_id(notes: Element) -> dict[str, Element]:
    """Return the notes of a section by their id."""
    return {str(note.get("id")): note for note in notes.iterfind("./{*}ol/{*}li")}


def _in_order(names: list[str], found: dict[str, Element]) -> list[str]:
    """Return the notes that are referred to, also by one another, each once."""
    order: list[str] = []
    while names:
        name, *names = names
        if name in found and name not in order:
            order.append(name)
            names += [_target(link) for link in _references(found[name])]
    return order


def _keep(notes: Element, kept: list[Element]) -> None:
    """Leave some notes in a section, in this order."""
    places = notes.find("./{*}ol")
    if places is not None:
        between = kept[0].tail
        for note in list(places):
            places.remove(note)
        for note in kept:
            note.tail = between
            places.append(note)


def _drop_ways_back(root: Element) -> None:
    """Take out the ways back to places that are not in a tree."""
    ids = {element.get("id") for element in root.iter("*")}
    for link in list(root.iter("{*}a")):
        if link.get("class") == "footnote-backref" and _target(link) not in ids:
            xhtml.remove(link)
