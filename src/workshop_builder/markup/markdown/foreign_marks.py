"""Marks of other programs that are not read here: each is told, with what to write instead."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import STX

from workshop_builder.markup.markdown.structure.foreign_lines import UNREAD

Marks = list[tuple[str, str]]
"""Each mark that is not read, with what is wrong with it."""

_FILLED = "write out what should be printed"
_FORMULA = "write the formula in words, or show it as a picture"
_WORDS = {
    r"!\[\[[^\]\n]+\]\]": "write ![what it shows](../pictures/name.jpg)",
    r"(?<!!)\[\[[^\]\n]+\]\]": "write [words](name-of-chapter.md)",
    r"(?<![^\s(*_])==(?=[^\s=])[^=\n]+==": "write **bold** or *slanted* words",
    r"(?<![^\s(*_])\+\+(?=[^\s+])[^+\n]+\+\+": "write <ins>words</ins>",
    r"\^\[[^\]\n]+\]": "write [^1] here, and below a line '[^1]: …'",
    r"(?<=\w)\^[\w+-]{1,9}\^": "write <sup>2</sup> for what is raised",
    r"(?<=\w)~[\w+-]{1,9}~(?!~)": "write <sub>2</sub> for what is lowered",
    r"(?<![~\w])~(?=[^\s~])[^~\n]*[^\s~]~(?![~\w])": "write ~~words~~ to strike them out",
    r"(?<![\w:]):[a-z][a-z0-9_]{1,30}:(?![\w:])": "write the sign itself, or leave it out",
    r"\{\{[^}\n]*\}\}": _FILLED,
    r"\{%[^}\n]*%\}": _FILLED,
    r"%%[^%\n]+%%": "leave it out, or make it a comment: <!-- … -->",
    r"\$\$[^$]+\$\$": _FORMULA,
    r"\[[^\]\n]+\]\{[.#][^}\n]*\}": "leave out what stands in braces",
}
"""Marks between words, and what to do."""
_UNDEFINED = {
    r"\[\^[^\]\n]*\]": "the footnote '{mark}' is written nowhere; add a line '{mark}: …'",
    r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]": (
        "the link '{mark}' has no address; write it like [words](address)"
    ),
}
"""Marks that are read, but lead to nothing."""

_LAST = 20
"""The order among the patterns of Python-Markdown: what is still there then is words."""


class _Mark(InlineProcessor):
    """Finds a mark that stands among the words, and leaves it there."""

    def __init__(self, pattern: str, fault: str, found: Marks) -> None:
        super().__init__(pattern)
        self._fault = fault
        self._found = found

    def handleMatch(  # type: ignore[override]  # noqa: N802  as its base class does
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002  the caller's
    ) -> tuple[None, None, None]:
        """Keep the mark with its fault."""
        mark = m[0].partition(STX)[0]
        self._found.append((mark, self._fault.format(mark=mark)))
        return None, None, None


def watch(markdown: Markdown, found: Marks) -> None:
    """Let a converter add to `found` each mark between words that is not read, with its fault."""
    rules = {pattern: UNREAD + remedy for pattern, remedy in _WORDS.items()} | _UNDEFINED
    for number, (pattern, fault) in enumerate(rules.items()):
        markdown.inlinePatterns.register(_Mark(pattern, fault, found), f"mark {number}", _LAST)
