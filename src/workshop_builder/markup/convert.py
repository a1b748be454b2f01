"""From the Markdown of a file to a clean tree of XHTML, with every reference checked.

Python-Markdown converts the text, blocks included; harmful HTML is removed; headings,
tables, pictures and links are corrected on the tree. The result is harmless, and names
files by their path in the source folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from markdown import Markdown

from workshop_builder.errors import Problem
from workshop_builder.languages.language import Writing
from workshop_builder.markup import blocks, limits, references, sanitize, structure, unparsed
from workshop_builder.markup.blocks import BlockUse
from workshop_builder.markup.fragment import Fragment
from workshop_builder.markup.references import InternalLink, SourceText
from workshop_builder.markup.sanitize import TooDeepError
from workshop_builder.markup.typography import polish_words
from workshop_builder.markup.xhtml import Element

_QUOTE_NAMES = (
    "left-single-quote",
    "right-single-quote",
    "left-double-quote",
    "right-double-quote",
)


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
    source.problems += blocks.problems(path, text, offset)[: references.MOST_PROBLEMS]
    if len(source.problems) == references.MOST_PROBLEMS:
        source.problems.append(Problem(path, 0, references.AND_MORE))
        return Prose(), source.problems
    misread = bool(source.problems)
    if found := limits.overlong(text):
        source.problems.append(Problem(path, found[0] + offset, found[1]))
        return Prose(), source.problems
    try:
        html = to_html(text, writing)
        root = sanitize.clean(html)
    except (RecursionError, TooDeepError):
        fault = "lists, quotations or tags are nested too deep to be read; make them simpler"
        source.problems.append(Problem(path, offset + 1, fault))
        return Prose(), source.problems
    _note_dropped(html, source)
    _put_right(root, source)
    # The faults of blocks were found line by line already.
    if not misread:
        unparsed.check(root, source)
    uses = blocks.uses(root, source)
    polish_words(root, writing)
    ids = frozenset(str(element.get("id")) for element in root.iter() if element.get("id"))
    links, pictures = tuple(source.links), tuple(source.pictures)
    return Prose(Fragment(root), pictures, links, tuple(uses), ids), source.problems


def _note_dropped(html: str, source: SourceText) -> None:
    """Note what cleaning removes although it was meant to be seen."""
    uncleaned = sanitize.uncleaned(html)
    for name in sanitize.invented_tags(uncleaned, source.text):
        fault = f"'<{name}' is no tag and would vanish; write '&lt;' for the sign '<'"
        source.fault(f"<{name}", fault)
    if sanitize.holds_drawing(uncleaned):
        fault = "a drawing cannot stand in the text; save it in pictures/ and show it by ![ ]( )"
        source.fault("<svg" if "<svg" in source.text else "<math", fault)
    for tag, address, scheme in sanitize.refused_addresses(uncleaned):
        references.note_refused(source, tag, address, scheme)


def _put_right(root: Element, source: SourceText) -> None:
    structure.level_headings(root)
    structure.scope_tables(root)
    structure.mark_notes(root, source)
    structure.mark_boxes(root)
    structure.check_ids(root, source)
    references.place_pictures(root, source)
    references.check_links(root, source)


def to_html(text: str, writing: Writing) -> str:
    """Return Markdown as HTML with the quotation marks of a language, not cleaned yet."""
    return _markdown(writing).reset().convert(text)


@lru_cache(maxsize=8)
def _markdown(writing: Writing) -> Markdown:
    """Return a converter for a language, which must be reset before each text."""
    before, after, inner, _ = writing.quotes
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
