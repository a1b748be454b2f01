"""Lines that other programs read as more than words: each is told, with what to write instead."""

from __future__ import annotations

import re

from workshop_builder.markup.markdown.structure import lines
from workshop_builder.markup.markdown.structure.nodes import BlockNode

_BLOCK = "write a block, as in '/// note | Title', and end it with '///'"
_LINES = {
    r":::+ *(?=[{\w])": _BLOCK,
    r"(?:!!!|\?\?\?)(?=[+ ])": _BLOCK,
    r"\^\^\^": _BLOCK,
    r"/{3,} *[\w-]": "a block begins '/// name' or '/// name | title'",
    r"#{2,6}(?=[^\W\d])": "put a blank behind the signs, as in '## Heading'",
    r"\[?\[TOC\]\]?$": "leave it out, the contents are made for you",
    r"\+{3}$": "the head of a file stands between two lines '---'",
}
"""How a line begins that another program reads as more than words, and what to do."""

UNREAD = "'{mark}' is not read here and would be printed as it is; "
_STARTS = [(re.compile(begin, re.IGNORECASE), remedy) for begin, remedy in _LINES.items()]
_NUMBER = re.compile(r" *(\d{1,9})[.)] ")


def fault_of_line(line: str, paragraph: BlockNode) -> str:
    """Return what is wrong with a line that a paragraph is to take, or an empty string."""
    words = line.strip()
    for begin, remedy in _STARTS:
        if found := begin.match(words):
            return UNREAD.format(mark=found[0].strip()) + remedy
    if not paragraph.lines:
        return ""
    if lines.indent(line) >= 4 and lines.ITEM.match(words):
        return "this item is indented so far that it is read as text; move it to the left"
    before, here = _NUMBER.match(paragraph.lines[-1]), _NUMBER.match(line)
    if before and here and int(here[1]) == int(before[1]) + 1:
        return "a list that does not begin with 1 is read as text here; put an empty line above it"
    return ""
