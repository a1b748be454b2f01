"""The text of a field, such as a caution: a sentence or two of Markdown, read once at load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from workshop_builder.languages.language import Writing
from workshop_builder.markup import addresses, sanitize, typography, xhtml
from workshop_builder.markup.markdown import limits
from workshop_builder.markup.markdown.html import ConvertedText, from_line, from_text
from workshop_builder.markup.markdown.structure.open_blocks import TooManyLevelsError
from workshop_builder.markup.sanitize import TooDeepError
from workshop_builder.markup.xhtml import Element

_BLOCK_NAMES = (
    "blockquote div dd dl dt h1 h2 h3 h4 h5 h6 li ol pre section table tbody td tfoot th thead"
    " tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Tags that cannot stand inside a sentence."""
_REMEMBERED = 4096
"""Texts that are kept as they were read last, for a process that reads a folder again."""


@dataclass(frozen=True, slots=True)
class RichText:
    """A short text with emphasis and links; templates print it as it is."""

    source: str
    """What was typed."""
    inline: str
    """Clean inline XHTML, with a line for each paragraph, for use among other words."""
    xhtml: str
    """The same for use by itself: a short last word is tied to the one before."""
    plain: str
    """Its words, without tags and with single spaces."""

    def __html__(self) -> str:
        """Return the XHTML, which a template prints unescaped."""
        return self.xhtml

    def __str__(self) -> str:
        """Return the words without tags."""
        return self.plain


class RichTextError(ValueError):
    """Raised for a text with something in it that is not allowed in a sentence."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep each fault: what is wrong, and what to do."""
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@lru_cache(maxsize=_REMEMBERED)
def read(text: str, writing: Writing) -> RichText:
    """Return Markdown as a rich text, typeset as `writing` says; raises RichTextError."""
    if found := limits.overlong(text):
        raise RichTextError([found[1]])
    try:
        html = (from_text if "\n" in text.strip() else from_line)(text, writing)
        root = sanitize.clean(html.text)
    except (RecursionError, TooManyLevelsError, TooDeepError):
        fault = "signs are nested too deep to be read; write plain sentences"
        raise RichTextError([fault]) from None
    if faults := list(_faults(text, html, root)):
        raise RichTextError(faults)
    addresses.link_all(root)
    typography.polish_words(root, writing)
    inline = _lines(root)
    typography.bind_end(root)
    return RichText(text, inline, _lines(root), xhtml.words(root))


def _faults(text: str, html: ConvertedText, root: Element) -> Iterator[str]:
    """Yield what is wrong with a text; `root` is its `html` after cleaning."""
    yield from dict.fromkeys(fault for _, fault in (*html.faults, *html.marks))
    uncleaned = sanitize.uncleaned(html.text) if "<" in text else xhtml.division()
    for _, fault in (*sanitize.invented_tags(uncleaned, text), *sanitize.lost_tags(uncleaned)):
        yield fault
    if any(element.tag in _BLOCKS for element in root.iterdescendants()):
        yield "a list, heading or table cannot stand here; write plain sentences"
    if next(root.iter("img"), None) is not None:
        yield "a picture cannot stand here; use the field 'picture', or a chapter"
    for link in root.iter("a"):
        address = link.get("href") or ""
        if not urlsplit(address).scheme:
            remedy = "link to the web by https://…, or from a chapter"
            yield f"the link '{address}' cannot stand here; {remedy}"


def _lines(root: Element) -> str:
    """Return inline XHTML with a line for each paragraph, and for text between paragraphs."""
    lines = [xhtml.escape(root.text or "")]
    for child in root:
        lines.append(xhtml.inner(child) if child.tag == "p" else xhtml.outer(child))
        lines.append(xhtml.escape(child.tail or ""))
    return "<br/>".join(line.strip() for line in lines if line.strip())
