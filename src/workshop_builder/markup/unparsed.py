"""Marks that Markdown did not recognize and left as plain text: each is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workshop_builder.markup.references import SourceText
from workshop_builder.markup.xhtml import Element, worded

_ITEM = re.compile(r"\n[ \t]*((?:[-*+]|\d{1,2}[.)])[ \t]+[\w ]*)")
_NOTE = re.compile(r"\[\^[^\]\n]+\]")
_REFERENCE = re.compile(r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]")
_SLASHES = re.compile(r"(?:^|\n)[ \t]*(/{3,}[ \t]*[\w-]+)")

_RULES = (
    (
        _ITEM,
        (
            "'{mark}' is read as text, not as an item; put an empty line before the list, and "
            "indent by four blanks what belongs to an item"
        ),
    ),
    (_NOTE, "the footnote '{mark}' is written nowhere; add a line '{mark}: …'"),
    (_REFERENCE, "the link '{mark}' has no address; write it like [words](address)"),
    (
        _SLASHES,
        "'{mark}' is read as text, not as a block; check this line and the one below it",
    ),
)


def check(root: Element, source: SourceText) -> None:
    """Note each mark that was left in the text as it was typed."""
    for text in _texts(root):
        for pattern, fault in _RULES:
            for found in pattern.finditer(text):
                mark = found[found.re.groups].strip()
                source.fault(mark, fault.format(mark=mark), source.count_use(mark))


def _texts(root: Element) -> Iterator[str]:
    for element in worded(root):
        # A link's own words are as the author wants them.
        if element.text and element.tag != "a":
            yield element.text
        for child in element:
            if child.tail:
                yield child.tail
