"""From the Markdown of a file to a clean tree of XHTML, with every reference checked.

Python-Markdown converts the text, blocks included; harmful HTML is removed; headings,
tables, pictures and links are corrected on the tree. The result is harmless, and names
files by their path in the source folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop_builder.errors import Problem
from workshop_builder.languages.language import Writing
from workshop_builder.markup import addresses, blocks, references, sanitize, structure
from workshop_builder.markup.blocks import BlockUse
from workshop_builder.markup.fragment import Fragment
from workshop_builder.markup.markdown import limits
from workshop_builder.markup.markdown.html import ConvertedText, from_text
from workshop_builder.markup.markdown.structure.open_blocks import TooManyLevelsError
from workshop_builder.markup.references import InternalLink, SourceText
from workshop_builder.markup.sanitize import TooDeepError
from workshop_builder.markup.typography import bind_ends, polish_words
from workshop_builder.markup.xhtml import Element


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as clean XHTML, and what it refers to."""

    body: Fragment = field(default_factory=Fragment)
    """The text; headings start at h2; paths are those of the source folder."""
    pictures: tuple[str, ...] = ()
    """The pictures and figures it shows."""
    links: tuple[InternalLink, ...] = ()
    """The links to other files of the workshop."""
    uses: tuple[BlockUse, ...] = ()
    """The blocks it opens, in order."""
    ids: frozenset[str] = frozenset()
    """Those of its elements, to which links can lead."""


def convert(
    path: str,
    text: str,
    offset: int,
    writing: Writing,
    files: frozenset[str],
    figures: Mapping[str, str] | None = None,
) -> tuple[Prose, list[Problem]]:
    """Return the Markdown `text` of the file `path` as prose, and every problem in it.

    `offset` lines of the file stand above the text, which is typeset as `writing` says; `files`
    are all paths of the source folder, `figures` what those of them that are drawn show, in words.
    """
    source = SourceText(path, text, offset, files, figures or {})
    if found := limits.overlong(text):
        source.fault_at(*found)
        return Prose(), source.problems
    try:
        html = from_text(text, writing)
        root = sanitize.clean(html.text)
    except TooManyLevelsError as error:
        source.fault_at(error.line, error.fault)
        return Prose(), source.problems
    except (RecursionError, TooDeepError):
        source.fault_at(1, "tags are nested too deep to be read; make them simpler")
        return Prose(), source.problems
    _note_unread(html, source)
    _note_dropped(html.text, source)
    _put_right(root, html, source)
    uses = blocks.uses(root, source)
    addresses.link_all(root)
    polish_words(root, writing)
    bind_ends(root)
    ids = frozenset(str(element.get("id")) for element in root.iter() if element.get("id"))
    links, pictures = tuple(source.links), tuple(source.pictures)
    return Prose(Fragment(root), pictures, links, tuple(uses), ids), source.problems


def _note_unread(html: ConvertedText, source: SourceText) -> None:
    """Note what was meant for another program, or is written wrongly."""
    for line, fault in html.faults:
        source.fault_at(line, fault)
    for mark, fault in html.marks:
        source.fault(mark, fault, source.count_use(mark))


def _note_dropped(html: str, source: SourceText) -> None:
    """Note what cleaning removes although it was meant to be seen."""
    uncleaned = sanitize.uncleaned(html)
    for name, fault in sanitize.invented_tags(uncleaned, source.text):
        source.fault(f"<{name}", fault)
    for name, fault in sanitize.lost_tags(uncleaned):
        source.fault(f"<{name}", fault, source.count_use(f"<{name}"))
    if sanitize.holds_drawing(uncleaned):
        fault = "a drawing cannot stand in the text; save it in pictures/ and show it by ![ ]( )"
        source.fault("<svg" if "<svg" in source.text else "<math", fault)
    for tag, address, scheme in sanitize.refused_addresses(uncleaned):
        references.note_refused(source, tag, address, scheme)


def _put_right(root: Element, html: ConvertedText, source: SourceText) -> None:
    structure.level_headings(root)
    structure.scope_tables(root)
    structure.mark_notes(root, html.notes, source)
    structure.mark_boxes(root)
    structure.check_ids(root, source)
    references.place_pictures(root, source)
    references.check_links(root, source)
