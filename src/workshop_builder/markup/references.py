"""The pictures and links in a text, each checked against the files of the workshop."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from lxml import etree

from workshop_builder.errors import Problem, did_you_mean_file
from workshop_builder.markup.xhtml import Element
from workshop_builder.source.addresses import address_of, readings

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".svg")
"""How the files of pictures/ that are read may end."""

ALT_LENGTHS = (40, 400)
"""Characters in the words for a figure: enough to see it by, and not too long to listen to."""

_MOST_PROBLEMS = 200
"""Of one text; more are a file of another kind, and no one reads on."""

_AND_MORE = "has more faults than can be told at once; correct these first"


@dataclass(frozen=True, slots=True)
class InternalLink:
    """A link from one file of the workshop to another."""

    path: str
    """The file it leads to."""
    fragment: str
    """The id in that file; empty for the file as a whole."""
    line: int
    """The line on which the link is."""


@dataclass(slots=True)
class SourceText:
    """The Markdown of one file while it is converted, with what was found in it."""

    path: str
    text: str
    offset: int
    """Lines of the file above the text."""
    files: frozenset[str]
    figures: Mapping[str, str] = field(default_factory=dict)
    """What each figure shows, by its path."""
    pictures: list[str] = field(default_factory=list)
    links: list[InternalLink] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _uses: Counter[str] = field(default_factory=Counter)
    _places: dict[str, list[int]] = field(default_factory=dict)

    def fault(self, needle: str, text: str, nth: int = 0) -> None:
        """Note a fault on the line where `needle` occurs for the `nth` time, counted from 0."""
        self.fault_at(self.line_of(needle, nth) - self.offset, text)

    def fault_at(self, line: int, text: str) -> None:
        """Note a fault on a line of the text, counted from 1."""
        if len(self.problems) == _MOST_PROBLEMS:
            line, text = -self.offset, _AND_MORE
        if len(self.problems) <= _MOST_PROBLEMS:
            self.problems.append(Problem(self.path, line + self.offset, text))

    def line_of(self, needle: str, nth: int = 0) -> int:
        """Return the line of the file where `needle` occurs for the `nth` time, or 0."""
        if needle not in self._places:
            whole = rf"(?<![\w:./%-]){re.escape(needle)}(?![\w/%-])"
            starts = [found.start() for found in re.finditer(whole, self.text)]
            self._places[needle] = starts or [self.text.find(needle)]
        starts = self._places[needle]
        start = starts[min(nth, len(starts) - 1)]
        return self.text.count("\n", 0, start) + 1 + self.offset if needle and start >= 0 else 0

    def count_use(self, address: str) -> int:
        """Count one more use of `address`; return how often it was used before."""
        self._uses[address] += 1
        return self._uses[address] - 1

    def resolve(self, address: str) -> str | None:
        """Return the path in the source folder to which an `address` leads; None outside it.

        It is read as seen from the file's own folder, and else from that of the workshop.
        """
        here = posixpath.dirname(self.path)
        for folder in (here, "", "pictures"):
            for plain in readings(address):
                path = posixpath.normpath(posixpath.join(folder, plain.removeprefix("/")))
                if path in self.files and (folder != "pictures" or path.lower().endswith(PICTURES)):
                    return path
        plain = next(readings(address))
        path = posixpath.normpath(
            posixpath.join(here if plain.startswith(".") or "/" not in plain else "", plain)
        )
        outside = path.startswith(("../", "/")) or path == ".." or "\\" in plain or "\0" in plain
        return None if outside or _split(address) is None else path


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def is_elsewhere(address: str) -> bool:
    """Return whether `address` leads to the web, or cannot be read."""
    parts = _split(address)
    return parts is None or bool(parts.scheme or parts.netloc) or address.startswith("//")


def note_refused(source: SourceText, tag: str, address: str, scheme: str) -> None:
    """Note a link or picture whose address has a scheme that is not allowed."""
    nth = source.count_use(address)
    if tag == "img" and not address:
        remedy = "write it like ![what it shows](../pictures/name.jpg)"
        source.fault(_needle(source.text), f"a picture names no file; {remedy}")
    elif tag == "img":
        _elsewhere(source, address, nth)
    else:
        fault = f"the link '{address}' begins with '{scheme}:'; name a file of the workshop, "
        source.fault(address, fault + "or a page of the web by https://…", nth)


def _needle(text: str) -> str:
    """Return how a picture without an address begins in `text`."""
    return "<img" if "<img" in text else "]()"


def place_pictures(root: Element, source: SourceText) -> None:
    """Check each picture; turn one that is alone in its paragraph into a figure.

    Its title becomes the caption.
    """
    for picture in list(root.iter("img")):
        address = picture.get("src")
        path = _check_picture(address, picture, source) if address else None
        if path:
            picture.set("src", path)
            source.pictures.append(path)
        parent = picture.getparent()
        if parent is not None and parent.tag == "p" and _alone(picture, parent):
            _make_figure(picture, parent)


def _alone(picture: Element, parent: Element) -> bool:
    around = (parent.text or "") + (picture.tail or "")
    return len(parent) == 1 and not around.strip()


def _make_figure(picture: Element, paragraph: Element) -> None:
    paragraph.tag = "figure"
    paragraph.text = picture.tail = None
    caption = picture.attrib.pop("title", None)
    if caption:
        etree.SubElement(paragraph, "figcaption").text = str(caption)


def _check_picture(address: str, picture: Element, source: SourceText) -> str | None:
    """Return the picture's path in the source folder; note what is wrong with it.

    A figure without an alternative text gets the description of what is drawn.
    """
    nth = source.count_use(address)
    if is_elsewhere(address):
        _elsewhere(source, address, nth)
        return None
    path = source.resolve(address)
    if path is None or path not in source.files or not path.startswith(("pictures/", "figures/")):
        source.fault(address, missing_picture(path or address, source.files), nth)
        return None
    own = (picture.get("alt") or "").strip()
    picture.set("alt", alt := own or source.figures.get(path, ""))
    if path in source.figures:
        words = (path, alt, picture.get("title") or "", "between the [ ]")
        if fault := figure_words_fault(*words, own=bool(own)):
            source.fault(address, fault, nth)
    elif not alt and not is_figure(path):
        fault = "has no words for those who cannot see it; write what it shows between the [ ]"
        source.fault(address, f"the picture '{path}' {fault}", nth)
    return path


def _elsewhere(source: SourceText, address: str, nth: int) -> None:
    fault = f"the picture '{address}' is elsewhere; save it in pictures/ and name that"
    source.fault(address, fault, nth)


def is_figure(path: str) -> bool:
    """Return whether `path` is that of a file from which a figure is drawn."""
    return path.startswith("figures/")


def figure_words_fault(path: str, alt: str, caption: str, where: str, *, own: bool) -> str:
    """Return what is wrong with the alternative text of a figure, or an empty string.

    `where` says where it is written; a text that is not the `own` of that place has its length.
    """
    least, most = ALT_LENGTHS
    told = f"the words for those who cannot see the figure '{path}'"
    if own and not least <= len(alt) <= most:
        return f"{told} are {len(alt)} characters long; write {least} to {most} {where}"
    if _bare(alt) == _bare(caption):
        return f"{told} are those of its caption; say what it shows {where}, or change the caption"
    return ""


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def missing_figure(path: str, files: frozenset[str]) -> str:
    """Say that the figure `path` is not there, and what to do."""
    if path in files:
        return f"'{path}' is a figure; write 'figure: …' for it, or name a file of pictures/"
    named = path.lower().removesuffix(".yaml")
    if named.endswith(PICTURES):
        name = posixpath.basename(path)[: -len(".yaml")]
        return f"'{name}' is a picture and no figure; write 'picture: {name}'"
    remedy = did_you_mean_file(path, [file for file in files if is_figure(file)])
    return (
        f"the figure '{path}' is not there{remedy or '; put it into figures/ or correct the name'}"
    )


def missing_picture(path: str, files: frozenset[str]) -> str:
    """Say that the picture `path` is not there, and what to do."""
    if "\\" in path:
        return f"the picture '{path}' has a \\ in it; write / between the parts of a path"
    if unquote(path).startswith(("../", "/")):
        return f"the picture '{path}' is outside the workshop; copy it to pictures/"
    if is_figure(path):
        return missing_figure(path, files)
    if path.lower().endswith(".yaml"):
        remedy = "put it there, and name it by 'figure: …', in a chapter by '../figures/…'"
        return f"'{path}' looks like a figure, which lies in figures/; {remedy}"
    if not path.lower().endswith(PICTURES):
        return f"the picture '{path}' is of no kind that is read; save it as PNG, JPEG, WebP or SVG"
    known = [file for file in files if file.startswith("pictures/")]
    remedy = did_you_mean_file(path, known) or "; put it into pictures/ or correct the name"
    return f"the picture '{path}' is not there{remedy}"


def check_links(root: Element, source: SourceText) -> None:
    """Make links within the workshop name the path of their file; note those that lead nowhere."""
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    for link in root.iter("a"):
        address = link.get("href")
        # The ways to a footnote and back are ours.
        if address is None or link.get("class") in ("footnote-ref", "footnote-backref"):
            continue
        nth = source.count_use(address)
        if address.startswith("#"):
            if unquote(address[1:]) not in ids:
                fault = f"the link '{address}' leads nowhere in this file; correct it"
                source.fault(address, fault, nth)
        elif _split(address) is None:
            source.fault(address, f"the link '{address}' is no address; correct it", nth)
        elif not urlsplit(address).scheme:
            _check_path(link, address, source, nth)


def _check_path(link: Element, address: str, source: SourceText, nth: int) -> None:
    path = None if is_elsewhere(address) else source.resolve(address)
    fault = _path_fault(address, path, source.files)
    if fault or path is None:
        source.fault(address or "]()", fault, nth)
        return
    fragment = _fragment(address, path)
    link.set("href", address_of(path) + (f"#{fragment}" if fragment else ""))
    source.links.append(InternalLink(path, fragment, source.line_of(address, nth)))


def _fragment(address: str, path: str) -> str:
    """Return the part of the file at `path` that is named, and not a # in the file's own name."""
    fragment = unquote(urlsplit(address).fragment)
    return "" if path.endswith(f"#{fragment}") else fragment


def _path_fault(address: str, path: str | None, files: frozenset[str]) -> str:
    if not address:
        return "a link has no address; write it between the ( )"
    if "\\" in address:
        return f"the link '{address}' has a \\ in it; write / between the parts of a path"
    if path is None:
        return f"the link '{address}' leads out of the workshop; name a file of it"
    if path not in files:
        known = [file for file in files if file.startswith(("chapters/", "exercises/"))]
        web = "; correct the name, or write https://… for the web"
        return f"the link to '{path}' leads to no file{did_you_mean_file(path, known) or web}"
    if not path.startswith(("chapters/", "exercises/")):
        return f"the link to '{path}' is no chapter or exercise; link to one of these"
    if path.startswith("exercises/") and _fragment(address, path):
        return f"the link '{address}' names a part of an exercise; leave out '#…'"
    return ""
