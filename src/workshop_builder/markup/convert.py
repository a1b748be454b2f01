"""Markdown to clean XHTML, with every reference of it checked.

The way of a text: Python-Markdown (with the blocks of a workshop), cleaned of
harmful HTML, then a tree in which headings, tables, pictures and links are put
right, then text again. What leaves here is well-formed, harmless, and names
files by their path in the source folder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from markdown import Markdown

from workshop_builder.errors import Problem
from workshop_builder.languages.read import read as read_language
from workshop_builder.markup import blocks, limits, references, sanitize, structure, unparsed
from workshop_builder.markup.blocks import BlockUse
from workshop_builder.markup.references import Link, Page
from workshop_builder.markup.sanitize import TooDeepError
from workshop_builder.markup.typography import bind_end, polish
from workshop_builder.markup.xhtml import Element, escape, inner, outer, parse

_BLOCK_SIGN = re.compile(r"^(\d*)([.)#>*+-])(?=\s)")
_MARKS = re.compile(r"[<\[\n]")
_QUOTE_NAMES = (
    "left-single-quote",
    "right-single-quote",
    "left-double-quote",
    "right-double-quote",
)


_FRAME_NAMES = (
    "blockquote div dd dl dt h1 h2 h3 h4 h5 h6 li ol p pre section table tbody td tfoot th thead"
    " tr ul"
)
_FRAMES = frozenset(_FRAME_NAMES.split())
"""Tags that cannot stand inside a sentence."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as clean XHTML, and what it refers to."""

    html: str
    """A well-formed fragment; headings start at h2; paths are those of the source folder."""
    pictures: tuple[str, ...] = ()
    """The pictures and figures it shows."""
    links: tuple[Link, ...] = ()
    """The links to other files of the workshop."""
    uses: tuple[BlockUse, ...] = ()
    """The blocks it opens, in order."""
    marks: frozenset[str] = frozenset()
    """The ids in it, to which links can lead."""


def convert(
    path: str,
    text: str,
    offset: int,
    language: str,
    files: frozenset[str],
    figures: Mapping[str, str] | None = None,
) -> tuple[Prose, list[Problem]]:
    """Turn the Markdown `text` of the file `path` into prose, with every problem of it.

    `offset` lines of the file stand above the text; `files` are all paths of the source folder,
    `figures` what those of them that are drawn show, in words.
    """
    page = Page(path, text, offset, files, figures or {})
    page.problems += blocks.problems(path, text, offset)[: references.MOST_PROBLEMS]
    if len(page.problems) == references.MOST_PROBLEMS:
        page.problems.append(Problem(path, 0, references.AND_MORE))
        return Prose(""), page.problems
    misread = bool(page.problems)
    if found := limits.overlong(text):
        page.problems.append(Problem(path, found[0] + offset, found[1]))
        return Prose(""), page.problems
    try:
        html = _markdown(language).reset().convert(text)
        root = sanitize.clean(html)
    except (RecursionError, TooDeepError):
        fault = "lists, quotations or tags are nested too deep to be read; make them simpler"
        page.problems.append(Problem(path, offset + 1, fault))
        return Prose(""), page.problems
    _note_dropped(html, page)
    _put_right(root, page)
    # The faults of blocks were found line by line already.
    if not misread:
        unparsed.check(root, page)
    uses = blocks.uses(root, page)
    _polish(root)
    marks = frozenset(str(element.get("id")) for element in root.iter() if element.get("id"))
    links, pictures = tuple(page.links), tuple(page.pictures)
    return Prose(inner(root), pictures, links, tuple(uses), marks), page.problems


def _note_dropped(html: str, page: Page) -> None:
    """Note what cleaning takes away though it was meant to be seen."""
    for name in sanitize.invented_tags(html):
        fault = f"'<{name}' is no tag and would vanish; write '&lt;' for the sign '<'"
        page.fault(f"<{name}", fault)
    if sanitize.holds_drawing(html):
        fault = "a drawing cannot stand in the text; save it in pictures/ and show it by ![ ]( )"
        page.fault("<svg" if "<svg" in page.text else "<math", fault)
    for tag, address, scheme in sanitize.refused_addresses(html):
        references.note_refused(page, tag, address, scheme)


def _put_right(root: Element, page: Page) -> None:
    structure.level_headings(root)
    structure.scope_tables(root)
    structure.mark_notes(root, page)
    structure.mark_boxes(root)
    structure.check_ids(root, page)
    references.place_pictures(root, page)
    references.check_links(root, page)


@lru_cache(maxsize=4096)
def inline(text: str, language: str) -> str:
    """Return a short text of a field (a step, a caution) as clean inline XHTML.

    A list or another block in it keeps its words, each part in a line of its own.
    """
    root = sanitize.clean(_markdown(language).reset().convert(bind_end(_one_line(text))))
    _polish(root)
    for link in root.iter("a"):
        if not link.get("href", "").startswith(("http:", "https:", "mailto:", "tel:")):
            link.attrib.pop("href", None)
    return "<br/>".join(_lines(root))


def _one_line(text: str) -> str:
    """Let a sentence that begins like a list or a heading, such as '5. Woche', stay a sentence."""
    return text if "\n" in text else _BLOCK_SIGN.sub(r"\1\\\2", text.strip())


def _lines(element: Element) -> list[str]:
    """Return the words of a block, or of each block in it, as inline XHTML."""
    if not any(child.tag in _FRAMES for child in element):
        words = inner(element).strip()
        return [words] if words else []
    lines = [escape(element.text.strip())] if (element.text or "").strip() else []
    for child in element:
        if child.tag in _FRAMES:
            lines += _lines(child)
        else:
            lines.append(outer(child))
        if (child.tail or "").strip():
            lines.append(escape(str(child.tail).strip()))
    return lines


def field_faults(text: str, language: str) -> list[str]:
    """Return what a short text of a field holds that cannot stand in a sentence."""
    if found := limits.overlong(text):
        return [found[1]]
    if not _MARKS.search(text):
        return []
    try:
        html = _markdown(language).reset().convert(_one_line(text))
        root = sanitize.clean(html)
    except (RecursionError, TooDeepError):
        return ["signs are nested too deep to be read; write plain sentences"]
    faults = [
        f"'<{name}' is no tag and would vanish; write '&lt;' for the sign '<'"
        for name in sanitize.invented_tags(html)
    ]
    if any(child.tag in _FRAMES - {"p"} for child in root):
        faults.append("a list, heading or table cannot stand here; write plain sentences")
    if next(root.iter("img"), None) is not None:
        faults.append("a picture cannot stand here; use the field 'picture', or a chapter")
    faults += [
        f"the link '{address}' cannot stand here; link to the web by https://…, or from a chapter"
        for address in (link.get("href") or "" for link in root.iter("a"))
        if not urlsplit(address).scheme
    ]
    return faults


def plain(html: str) -> str:
    """Return the words of an XHTML fragment, without marks and with single blanks."""
    return " ".join("".join(parse(html).itertext()).split())


@lru_cache(maxsize=8)
def _markdown(language: str) -> Markdown:
    """Return a converter with the quotes of `language`; it is reset before each text."""
    before, after, inner, _ = read_language(language)[0].writing.quotes
    # The sign after an inner quotation is the apostrophe too; `polish` tells them apart.
    substitutions = dict(zip(_QUOTE_NAMES, (inner, "’", before, after), strict=True))
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


def _polish(root: Element) -> None:
    """Set the small details in all text that is not verbatim."""
    for element in structure.worded(root):
        if element.text:
            element.text = polish(element.text)
        for child in element:
            if child.tail:
                child.tail = polish(child.tail)
