"""From Markdown to HTML by Python-Markdown, with an extension that reads as CommonMark does.

The extension is its parser of blocks; inline patterns, references and footnotes are its own,
with what they lack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.util import ETX, STX

from workshop_builder.languages.language import Writing
from workshop_builder.markup.markdown import foreign_marks, inline
from workshop_builder.markup.markdown.build import Builder
from workshop_builder.markup.markdown.foreign_marks import Marks
from workshop_builder.markup.markdown.structure.nodes import BlockNode
from workshop_builder.markup.markdown.structure.parse import parse

_TAG = re.compile("<[^<>]*[\ue022\ue027][^<>]*>")


@dataclass(frozen=True, slots=True)
class ConvertedText:
    """A text as HTML that is not cleaned yet, and what was seen on the way."""

    text: str
    faults: tuple[tuple[int, str], ...] = ()
    """Each line of the Markdown with a fault, and what it is."""
    marks: tuple[tuple[str, str], ...] = ()
    """Each mark between words that is not read, and what is wrong with it."""
    notes: tuple[tuple[int, str], ...] = ()
    """Line and name of each footnote that is written."""


@dataclass(slots=True)
class _Found:
    """What a converter saw in the text that it read last."""

    faults: list[tuple[int, str]] = field(default_factory=list)
    marks: Marks = field(default_factory=list)
    notes: list[BlockNode] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Converters:
    """What reads the texts of a language."""

    whole: Markdown
    line: Markdown
    found: _Found
    """Where both put what they see."""

    def convert(self, markdown: Markdown, text: str) -> ConvertedText:
        """Return Markdown as HTML; raises TooManyLevelsError."""
        self.found.marks.clear()
        # Python-Markdown marks places by these two characters.
        html = markdown.reset().convert(text.replace(STX, "").replace(ETX, ""))
        html = _TAG.sub(_with_plain_signs, html)
        notes = ((note.line, note.name) for note in self.found.notes if " " not in note.name)
        faults = sorted(self.found.faults)
        return ConvertedText(html, tuple(faults), tuple(self.found.marks), tuple(notes))


def _with_plain_signs(tag: re.Match[str]) -> str:
    """Return a tag in whose attributes escaped signs are as they were typed."""
    plain = tag[0]
    for sign, stand_in in inline.KEPT_SIGNS.items():
        plain = plain.replace(stand_in, escape(sign))
    return plain


def from_text(text: str, writing: Writing) -> ConvertedText:
    """Return Markdown as HTML whose boxes name their line; raises TooManyLevelsError."""
    if not text.strip():
        return ConvertedText("")
    use = _converters(writing)
    return use.convert(use.whole, text)


def from_line(text: str, writing: Writing) -> ConvertedText:
    """Return a line of Markdown as a paragraph of HTML, whatever sign it begins with."""
    use = _converters(writing)
    return use.convert(use.line, text.strip())


class _Blocks(BlockParser):
    """Finds the blocks of a text in place of Python-Markdown's own processors."""

    def __init__(
        self, md: Markdown, writing: Writing, notes: FootnoteExtension, found: _Found
    ) -> None:
        super().__init__(md)
        self._writing = writing
        self._notes = notes
        self._found = found
        self._builder = Builder(md, writing)

    def parseDocument(self, lines: Iterable[str]) -> ElementTree[Element | None]:  # noqa: N802
        """Return the elements of a whole text."""
        document, faults = parse("\n".join(lines))
        self._builder = Builder(self.md, self._writing)
        root = Element(self.md.doc_tag)
        self._builder.fill(root, document.children)
        self._found.faults = faults + self._builder.faults
        self._found.notes = self._builder.notes
        for number, note in enumerate(self._builder.notes):
            self._notes.setFootnote(note.name, str(number))
        return ElementTree(root)

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802
        """Add the blocks of a footnote, of which `text` is the number."""
        self._builder.fill(parent, self._builder.notes[int(text)].children)


class _Line(BlockParser):
    """Takes a whole text as the words of one paragraph."""

    def __init__(self, md: Markdown, found: _Found) -> None:
        super().__init__(md)
        self._found = found

    def parseDocument(self, lines: Iterable[str]) -> ElementTree[Element | None]:  # noqa: N802
        """Return the paragraph."""
        self._found.faults, self._found.notes = [], []
        root = Element(self.md.doc_tag)
        SubElement(root, "p").text = "\n".join(lines).strip()
        return ElementTree(root)


class _CommonMark(Extension):
    """Lets Python-Markdown read blocks and words as CommonMark and GitHub do."""

    def __init__(self, parser: Callable[[Markdown], BlockParser], marks: Marks) -> None:
        super().__init__()
        self._parser = parser
        self._marks = marks

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put our parser of blocks in place, and complete the patterns of words."""
        for name in ("html_block", "normalize_whitespace"):
            md.preprocessors.deregister(name)
        md.parser = self._parser(md)
        inline.set_up(md)
        foreign_marks.watch(md, self._marks)


@lru_cache(maxsize=8)
def _converters(writing: Writing) -> _Converters:
    notes = FootnoteExtension(BACKLINK_TEXT="↑", SEPARATOR="-")
    found = _Found()
    whole = _CommonMark(lambda md: _Blocks(md, writing, notes, found), found.marks)
    line = _CommonMark(lambda md: _Line(md, found), found.marks)
    return _Converters(_converter(whole, notes), _converter(line), found)


def _converter(*extensions: Extension) -> Markdown:
    """Return a converter that must be reset before each text."""
    return Markdown(extensions=[*extensions, "attr_list"], output_format="xhtml")
