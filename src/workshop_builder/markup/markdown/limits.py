"""How much work a text is for a Markdown parser: a few odd lines can keep one busy for hours.

A parser tries each bracket, star and quote against all that follows in the paragraph,
so the work grows with the square of its length; every line and every cell of a table
adds to it.
"""

from __future__ import annotations

import re

from workshop_builder.source.characters import LONG_WORD, TOO_LONG

LONGEST_PARAGRAPH = 50_000
"""The most characters without an empty line; more is no paragraph, and stalls every engine."""

_DEAREST = 1_000_000_000
"""The most work for one file, in signs times characters: some seconds."""

_BRACKET = 80
"""How much more work a bracket is than a star or a quote, as measured."""

_PART = 50_000
"""The work of one line, or of one cell of a table, as measured."""

_GAP = re.compile(r"\n[ \t]*\n")


def overlong(text: str) -> tuple[int, str] | None:
    """Return the line and the fault of the first paragraph that is too much work, if any."""
    total = 0
    line = 1
    for paragraph in _GAP.split(text):
        if len(paragraph) > LONGEST_PARAGRAPH:
            return line, f"a paragraph of more than {LONGEST_PARAGRAPH} characters; divide it"
        if word := LONG_WORD.search(paragraph):
            return line + paragraph.count("\n", 0, word.start()), TOO_LONG
        total += _cost(paragraph)
        if total > _DEAREST:
            return line, "more signs or lines than can be read; divide the file, or correct it here"
        line += paragraph.count("\n") + 2
    return None


def _cost(paragraph: str) -> int:
    brackets = paragraph.count("[") + paragraph.count("<")
    signs = sum(paragraph.count(sign) for sign in "*_`\"'@\\")
    parts = paragraph.count("\n") + 2 + paragraph.count("|")
    return len(paragraph) * (_BRACKET * brackets + signs) + _PART * parts
