"""What a text would cost to read: a few odd lines can hold up every reader of Markdown for hours.

A reader tries each bracket, star and quote against all that follows it in the
paragraph, so the work grows with the square of what stands there; and each line
and each cell of a table takes its share.
"""

from __future__ import annotations

import re

LONGEST_PARAGRAPH = 50_000
"""Characters without an empty line; more is no paragraph, and would hold up every engine."""

_DEAREST = 1_000_000_000
"""The work of a whole file, in signs times characters: some seconds."""

_BRACKET = 80
"""How much more work a bracket is than a star or a quote, as measured."""

_PART = 50_000
"""The work of one line, or of one cell of a table, as measured."""

_GAP = re.compile(r"\n[ \t]*\n")


def overlong(text: str) -> tuple[int, str] | None:
    """Return the line and the fault of the first paragraph that is past all measure."""
    total = 0
    line = 1
    for paragraph in _GAP.split(text):
        if len(paragraph) > LONGEST_PARAGRAPH:
            return line, f"a paragraph of more than {LONGEST_PARAGRAPH} characters; divide it"
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
