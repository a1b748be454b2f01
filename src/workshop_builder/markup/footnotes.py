"""The footnotes of a text of which parts are left out: those that are referred to, in order."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from urllib.parse import unquote

from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element

_NOTES = ".//{*}section[@role='doc-endnotes']"


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
    for link in list(_references(root)):
        card = next((each for each in link.iterancestors() if each.get("data-card")), root)
        number = link.getparent()
        if number is not None and all(each.get("id") != _target(link) for each in card.iter("*")):
            xhtml.remove(number)


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
