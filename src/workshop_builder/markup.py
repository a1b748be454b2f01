"""Markdown to clean XHTML, with every reference of it checked.

The way of a text: Python-Markdown (with the blocks of a workshop), nh3 against
harmful HTML, then a tree in which headings, tables, pictures and links are put
right, then text again. What leaves here is well-formed, harmless, and names
files by their path in the source folder.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

import lxml.html
import nh3
from lxml import etree
from markdown import Markdown

from workshop_builder import blocks
from workshop_builder.errors import Problem, did_you_mean
from workshop_builder.typography import bind_end, polish

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml has no public name for it

LONGEST_PARAGRAPH = 50_000
"""Characters without an empty line; more is no paragraph, and would hold up every engine."""

_TAGS = frozenset(
    ["a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var"]
)
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "div": {"data-box", "data-exercise", "data-exercises", "data-write"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_VERBATIM = {"code", "pre", "kbd", "var"}
_QUOTES = {
    "de": ("&sbquo;", "&rsquo;", "&bdquo;", "&ldquo;"),
    "fr": ("&lsquo;", "&rsquo;", "&laquo;&nbsp;", "&nbsp;&raquo;"),
    "es": ("&lsquo;", "&rsquo;", "&laquo;", "&raquo;"),
}
_QUOTE_NAMES = ("left-single-quote", "right-single-quote", "left-double-quote", "right-double-quote")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as clean XHTML, and what it refers to."""

    html: str
    """A well-formed fragment; headings start at h2; paths are those of the source folder."""
    pictures: tuple[str, ...] = ()
    """The pictures it shows."""


@dataclass(slots=True)
class _Page:
    """One text on its way: where it stands, what is around it, what is wrong with it."""

    path: str
    text: str
    offset: int
    files: frozenset[str]
    pictures: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, needle: str, text: str) -> None:
        """Note a fault at the first line that holds `needle`."""
        position = self.text.find(needle)
        line = self.text.count("\n", 0, max(position, 0)) + 1
        self.problems.append(Problem(self.path, line + self.offset, text))

    def resolve(self, address: str) -> str | None:
        """Return the path in the source folder that a relative `address` means, if it is inside."""
        plain = unquote(urlsplit(address).path)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), plain))
        outside = path.startswith(("../", "/")) or path == ".." or "\\" in plain or "\0" in plain
        return None if outside else path


def convert(
    path: str, text: str, offset: int, language: str, files: frozenset[str]
) -> tuple[Prose, list[Problem]]:
    """Turn the Markdown `text` of the file `path` into prose, with every problem of it.

    `offset` lines of the file stand above the text; `files` are all paths of the source folder.
    """
    page = _Page(path, text, offset, files)
    page.problems += blocks.problems(path, text, offset)
    if too_long := _overlong(text):
        fault = f"a paragraph of more than {LONGEST_PARAGRAPH} characters; divide it"
        page.problems.append(Problem(path, too_long + offset, fault))
        return Prose(""), page.problems
    root = _tree(_markdown(language).reset().convert(text))
    _level_headings(root)
    _scope_tables(root)
    _mark_notes(root)
    _mark_boxes(root)
    _place_pictures(root, page)
    _check_links(root, page)
    _polish(root)
    return Prose(inner(root), tuple(page.pictures)), page.problems


@lru_cache(maxsize=4096)
def inline(text: str, language: str) -> str:
    """Return a short text of a field (a step, a caution) as clean inline XHTML."""
    root = _tree(_markdown(language).reset().convert(bind_end(text)))
    _polish(root)
    for link in root.iter("a"):
        if not urlsplit(link.get("href", "")).scheme:
            link.attrib.pop("href", None)
    paragraphs = [child for child in root if child.tag == "p"]
    return "<br/>".join(inner(paragraph) for paragraph in paragraphs) or inner(root)


def plain(html: str) -> str:
    """Return the words of an XHTML fragment, without marks and with single blanks."""
    return " ".join("".join(tree(html).itertext()).split())


def tree(html: str) -> Element:
    """Return a well-formed XHTML fragment as the children of a `div`."""
    return etree.fromstring(f"<div>{html}</div>")


def inner(element: Element) -> str:
    """Return the content of `element` as text, without its own tags."""
    parts = [_escape(element.text or "")]
    parts += [etree.tostring(child, encoding="unicode", method="xml") for child in element]
    return "".join(parts)


def outer(element: Element) -> str:
    """Return `element` as text, with its own tags and without what follows it."""
    return etree.tostring(element, encoding="unicode", method="xml", with_tail=False)


def take_steps(html: str) -> tuple[tuple[str, ...], str]:
    """Take the first numbered list out of a fragment; return its items and the rest."""
    root = tree(html)
    steps = next((child for child in root if child.tag == "ol"), None)
    if steps is None:
        return (), html
    items = tuple(_step(item) for item in steps)
    root.remove(steps)
    return items, inner(root).strip()


def _step(item: Element) -> str:
    """Return a list item's words; the paragraphs of a loose list lose their frame."""
    if all(child.tag == "p" for child in item) and len(item) and not (item.text or "").strip():
        return " ".join(inner(paragraph).strip() for paragraph in item)
    return inner(item).strip()


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=8)
def _markdown(language: str) -> Markdown:
    """Return a converter with the quotes of `language`; it is reset before each text."""
    quotes = _QUOTES.get(language.split("-", maxsplit=1)[0])
    substitutions = dict(zip(_QUOTE_NAMES, quotes, strict=True)) if quotes else {}
    configs: Mapping[str, dict[str, object]] = {
        "smarty": {"substitutions": substitutions, "smart_angled_quotes": False},
        "footnotes": {"BACKLINK_TEXT": "↑", "SEPARATOR": "-"},
    }
    names = ["tables", "footnotes", "def_list", "attr_list", "sane_lists", "smarty"]
    return Markdown(
        extensions=[*names, blocks.WorkshopBlocks()],
        extension_configs=configs,
        output_format="xhtml",
    )


def _tree(html: str) -> Element:
    """Return Markdown's output, cleaned, as the children of a `div`."""
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return lxml.html.fragment_fromstring(clean, create_parent="div")


def _overlong(text: str) -> int:
    """Return the line on which a paragraph past all measure starts, or 0."""
    line = 1
    for paragraph in re.split(r"\n\s*\n", text):
        if len(paragraph) > LONGEST_PARAGRAPH:
            return line
        line += paragraph.count("\n") + 2
    return 0


def _level_headings(root: Element) -> None:
    """Let the headings start at h2 and never skip a level."""
    headings = [element for element in root.iter(*_HEADINGS)]
    if not headings:
        return
    top = min(int(str(heading.tag)[1]) for heading in headings)
    before = 1
    for heading in headings:
        level = min(int(str(heading.tag)[1]) - top + 2, before + 1, 6)
        heading.tag = f"h{level}"
        before = level


def _scope_tables(root: Element) -> None:
    """Say of each header cell what it heads."""
    for cell in root.iter("th"):
        row = cell.getparent()
        in_head = row is not None and all(other.tag == "th" for other in row)
        cell.set("scope", cell.get("scope") or ("col" if in_head else "row"))


def _mark_notes(root: Element) -> None:
    """Name the parts of footnotes by their roles, as readers know them (DPUB-ARIA)."""
    for link in root.iter("a"):
        if link.get("class") == "footnote-ref":
            link.set("role", "doc-noteref")
        elif link.get("class") == "footnote-backref":
            link.set("role", "doc-backlink")
            link.attrib.pop("title", None)
    for notes in [box for box in root.iter("div") if box.get("class") == "footnote"]:
        notes.tag = "section"
        notes.set("role", "doc-endnotes")
        for rule in notes.findall("hr"):
            notes.remove(rule)


def _mark_boxes(root: Element) -> None:
    """Let a box be a note, and not an `aside`: that would be a landmark without a name."""
    for box in root.iter("div"):
        if box.get("data-box"):
            box.set("role", "note")


def _place_pictures(root: Element, page: _Page) -> None:
    """Check each picture; one that stands alone becomes a figure, its title the caption."""
    for picture in list(root.iter("img")):
        source = picture.get("src", "")
        path = _check_picture(source, picture.get("alt") or "", page)
        if path:
            picture.set("src", path)
            page.pictures.append(path)
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


def _check_picture(source: str, alt: str, page: _Page) -> str | None:
    """Return the picture's path in the source folder; note what is wrong with it."""
    if urlsplit(source).scheme or source.startswith("//"):
        page.fault(source, f"the picture {source} is elsewhere; save it in pictures/ and name that")
        return None
    path = page.resolve(source)
    if path is None:
        page.fault(source, f"the picture '{source}' is outside the workshop; copy it to pictures/")
        return None
    if path not in page.files:
        page.fault(source, f"the picture '{path}' is not there{_near(path, page, 'pictures/')}")
        return None
    if not alt.strip():
        fault = "has no words for those who cannot see it; write what it shows between the [ ]"
        page.fault(source, f"the picture '{path}' {fault}")
    return path


def _near(path: str, page: _Page, folder: str) -> str:
    known = [file for file in page.files if file.startswith(folder)]
    return did_you_mean(path, known) or f"; put it into {folder} or mend the name"


def _check_links(root: Element, page: _Page) -> None:
    """Let a link within the workshop name the path of its file; note one that leads nowhere."""
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    for link in root.iter("a"):
        address = link.get("href")
        if address is None or urlsplit(address).scheme:
            continue
        if address.startswith("#"):
            if address[1:] not in ids:
                page.fault(address, f"the link '{address}' leads nowhere in this file; mend it")
            continue
        _check_path(link, address, page)


def _check_path(link: Element, address: str, page: _Page) -> None:
    path = None if address.startswith("//") else page.resolve(address)
    if path is None:
        page.fault(address, f"the link '{address}' leads out of the workshop; name a file of it")
    elif path not in page.files:
        hint = did_you_mean(path, page.files) or "; mend the name, or write https://… for the web"
        page.fault(address, f"the link to '{path}' leads to no file{hint}")
    elif not path.startswith(("chapters/", "exercises/")):
        page.fault(address, f"the link to '{path}' is no chapter or exercise; link to one of these")
    else:
        link.set("href", path)


def _polish(root: Element) -> None:
    """Set the small details in all text that is not verbatim."""
    for element in _worded(root):
        if element.text:
            element.text = polish(element.text)
        for child in element:
            if child.tail:
                child.tail = polish(child.tail)


def _worded(element: Element) -> Iterator[Element]:
    if element.tag in _VERBATIM or not isinstance(element.tag, str):
        return
    yield element
    for child in element:
        yield from _worded(child)
