"""Links within a workshop, and where they lead in one product."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree
from lxml.etree import QName

from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element
from workshop_builder.model.figure import AnatomyFigure
from workshop_builder.source.addresses import CLOSE, address_of, path_at

_STRESSED = frozenset({"em", "strong"})
_PASSAGES = _STRESSED | {"p", "li", "td", "th", "dt", "dd"}


@dataclass(frozen=True, slots=True)
class Targets:
    """Where links within the workshop lead in one product."""

    chapters: Mapping[str, str]
    """The address of each chapter that is shown, by the chapter's path."""
    exercises: Mapping[str, str]
    """The address of each exercise that is shown, by the exercise's path."""

    def find(self, link: str) -> str | None:
        """Return the address for a link to a file of the source folder; None if it is not shown."""
        encoded, _, fragment = link.partition("#")
        path = unquote(encoded)
        address = self.chapters.get(path) or self.exercises.get(path)
        if address and fragment and path in self.chapters:
            file, _, anchor = address.partition("#")
            if anchor.startswith("page="):  # of a PDF, in which nothing smaller can be named
                return address
            chapter = anchor or file.removesuffix(".xhtml")
            return f"{file}#{_prefixed(chapter, fragment)}"
        return address


def _prefixed(chapter: str, name: str) -> str:
    """Return an id for something in a chapter that no other chapter has."""
    return f"{chapter}--{name}"


def prefix_ids(root: Element, chapter: str) -> None:
    """Make the ids in a chapter unique in the product, and change its links to itself likewise."""
    for element in root.iter():
        name = element.get("id")
        if name:
            element.set("id", _prefixed(chapter, name))
    for link in root.iter("a"):
        address = link.get("href", "")
        if address.startswith("#"):
            link.set("href", "#" + _prefixed(chapter, address[1:]))


def separate_cards(root: Element) -> None:
    """Rename the ids in a card that stand in one before it, and change its own links likewise."""
    seen: set[str] = set()
    cards = [card for card in root.iter("*") if card.get("data-card")]
    for number, card in enumerate(cards, 1):
        named = {str(each.get("id")): each for each in card.iter("*") if each.get("id")}
        twice = {name: f"{name}-{number}" for name in named if name in seen}
        for name, new in twice.items():
            named[name].set("id", new)
        for link in card.iter("{*}a") if twice else ():
            name = unquote(link.get("href", "").removeprefix("#"))
            if name in twice and link.get("href", "").startswith("#"):
                link.set("href", f"#{twice[name]}")
        seen |= named.keys()


def resolve(root: Element, targets: Targets, sources: Container[str]) -> None:
    """Make links to the files in `sources` lead to their place in the product.

    Of links to files that it does not show, only the words stay.
    """
    for link in list(root.iter("{*}a")):
        address = link.get("href", "")
        if found := targets.find(address):
            link.set("href", found)
        elif unquote(address.partition("#")[0]) in sources:
            xhtml.unwrap(link)


def lead_to_parts(root: Element) -> None:
    """Let the title of a part of the document, where a chapter names it, lead to that part.

    Such a title stands alone in italics: *Read this first*.
    """
    parts = [part for part in root.iterfind(".//{*}section[@id]") if _is_part(part)]
    heads = ((next(part.iter("h1"), None), part.get("id", "")) for part in parts)
    places = {xhtml.text(head): name for head, name in heads if head is not None}
    for words in root.iterfind(".//{*}section[@data-notes]//{*}em"):
        if (name := places.get(xhtml.text(words))) and not len(words):
            link = etree.SubElement(words, "a", {"href": f"#{name}"})
            link.text, words.text = words.text, None


def _is_part(section: Element) -> bool:
    return "part" in section.get("class", "").split()


def lead_from_back(root: Element, word: str) -> None:
    """Let what stands behind the chapters lead to them: terms, and sources by `word` for a page."""
    lead_to_terms(root, {"": root})
    lead_to_citations(root, word)


def lead_to_terms(glossary: Element, texts: Mapping[str, Element]) -> None:
    """Let each term of a glossary lead to where the chapters first speak of it."""
    for term, address in places_of_terms(glossary, texts):
        link = etree.Element(term.tag.replace("dt", "a"), {"href": address})
        xhtml.append(link, term)
        term.text = None
        term.append(link)


def places_of_terms(
    glossary: Element, texts: Mapping[str, Element]
) -> Iterator[tuple[Element, str]]:
    """Yield the terms of a glossary that chapters speak of, and the address where they first do.

    That is where it stands in italics or bold, as a word does that is explained; else its first
    paragraph. `texts` are the documents, by their addresses.
    """
    places = [(file, each) for file, root in texts.items() for each in _passages(root)]
    stressed = [each for each in places if QName(each[1]).localname in _STRESSED]
    for number, term in enumerate(glossary.iterfind(".//{*}dl[@class='glossary']/{*}dt"), 1):
        words = r"\s+".join(map(re.escape, xhtml.text(term).split()))
        word = re.compile(rf"(?<!\w){words}\w?(?!\w)", re.IGNORECASE)
        explained = (each for each in stressed if word.fullmatch(xhtml.text(each[1])))
        told = (each for each in places if word.search(xhtml.text(each[1])))
        if found := next(explained, None) or next(told, None):
            file, place = found
            place.set("id", place.get("id") or f"term-{number}")
            yield term, f"{file}#{place.get('id')}"


def _passages(root: Element) -> Iterator[Element]:
    """Yield the paragraphs of the chapters, and the stressed words in them."""
    for chapter in root.iterfind(".//{*}section[@class='chapter']"):
        yield from (each for each in chapter.iter("{*}*") if QName(each).localname in _PASSAGES)


def lead_to_citations(root: Element, word: str) -> None:
    """Let each source lead to where a chapter first cites it, by a note with its key."""
    places: dict[str, list[Element]] = {}
    for chapter in root.iterfind(".//{*}section[@class='chapter']"):
        cited: dict[str, Element] = {}
        for link in chapter.iterfind(".//{*}a[@class='footnote-ref']"):
            cited.setdefault(unquote(link.get("href", "")).partition("--fn-")[2], link)
        for key, link in cited.items():
            places.setdefault(key, []).append(link)
    for source in root.iterfind(".//{*}ul[@class='sources']/{*}li[@data-key]"):
        found = places.get(source.attrib.pop("data-key"), [])
        parts = etree.SubElement(source, "span", {"class": "cited"}) if found else source
        for link in found:
            link.set("id", link.get("id") or f"cited-{link.get('href', '').lstrip('#')}")
            etree.SubElement(parts, "a", {"href": f"#{link.get('id')}"}).text = word


def number_exercises(root: Element, numbers: Mapping[str, int]) -> None:
    """Note at each link to a card the number of its exercise, given by the exercise's name."""
    for link in root.iter("{*}a"):
        if number := numbers.get(link.get("href", "").removeprefix("#ex-")):
            link.set("data-number", str(number))


def look_close(root: Element, paths: Container[str]) -> None:
    """Let the picture of each exercise fill its frame (see `address_pictures`)."""
    for picture in root.iterfind(".//*[@data-card]//img"):
        name = picture.get("src", "")
        if name in paths:
            picture.set("src", name + CLOSE)


def address_pictures(root: Element, paths: Container[str]) -> None:
    """Let each picture of the workshop be at the encoded address of its path.

    Templates give paths as they are, on paper with `CLOSE` behind one that is to fill its frame.
    """
    for element in root.iter("*"):
        name = element.get("src") or ""
        close = CLOSE if name.endswith(CLOSE) else ""
        name = name.removesuffix(close)
        if path := name if name in paths else path_at(name, paths):
            element.set("src", address_of(path) + close)


def mark_plates(root: Element, figures: Mapping[str, object]) -> None:
    """Mark the pictures of muscles, whose words are to have one size: by the class `plate`."""
    plates = {address_of(name) for name, each in figures.items() if isinstance(each, AnatomyFigure)}
    for picture in root.iter("{*}img"):
        if picture.get("src") in plates:
            picture.set("class", "plate")


def unwrap_dead(root: Element) -> None:
    """Keep only the words of links to ids that are not in the document."""
    ids = {element.get("id") for element in root.iter("*")}
    for link in list(root.iter("{*}a")):
        address = link.get("href", "")
        if address.startswith("#") and unquote(address[1:]) not in ids:
            xhtml.unwrap(link)


def print_addresses(root: Element) -> None:
    """Note at each link to the web whose words are others the address that paper has to show."""
    for link in root.iter("{*}a"):
        scheme, _, address = link.get("href", "").rstrip("/").partition("://")
        if scheme in {"http", "https"} and address not in xhtml.text(link):
            link.set("data-address", address)
