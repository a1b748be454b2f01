"""Quotes round the texts of YAML that are missing, curly, or closed too early."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

_OPENING = re.compile(r"(\s*(?:-[ ]+)*(?:[\w-]+[ ]*:[ ]+)?)([\"'“”„‘’«»])(.*)")
"""A line whose text begins with a quote, in three parts."""
_CLOSING = {
    '"': re.compile(r'(?:[^"\\]|\\.)*"'),
    "'": re.compile(r"(?:[^']|'')*'(?!')"),
}
_AFTER = re.compile(r"\s*(?:[,\]}].*|:.*|#.*|\s#.*)?")
"""What may stand behind a closing quote."""
_KEY = re.compile(r"\s*(?:-\s|[\w-]+\s*:(?:\s|$)|\.\.\.|---)")
_LEAD = re.compile(r"\s*(?:-\s+)*")
_BLOCK = re.compile(r".*(?::|-)\s+[|>][+-]?\d?\s*(?:#.*)?")
"""A line below which a text stands as it is, in lines that are indented."""

CURLY = "count as letters; write straight ones, or none"


def faults(lines: Sequence[str], *, broken: bool) -> Iterator[tuple[int, str]]:
    """Yield each line, counted from 1, on which quotes are at fault, with why.

    `broken` says that YAML could not read the text: then all that is odd is told, and else only
    a quote that has taken in the keys below it.
    """
    number = 0
    while number < len(lines):
        line, rest = lines[number], lines[number + 1 :]
        number += 1
        if _BLOCK.fullmatch(line):
            number += _lines_within(rest, _indentation(line))
        elif found := _OPENING.fullmatch(line):
            taken, fault, plain = _quoted(found, rest)
            if fault and (broken or not plain):
                yield number, fault
            number += 0 if fault else taken


def _quoted(found: re.Match[str], below: Sequence[str]) -> tuple[int, str, bool]:
    """Return how many lines below a quoted text goes on, its fault, and whether YAML sees it."""
    sign, text = found[2], found[3]
    if sign not in _CLOSING:
        return 0, f"the curly quotes in {sign}{text.rstrip()} {CURLY}", True
    closed = _CLOSING[sign].match(text)
    if closed:
        return 0, "" if _AFTER.fullmatch(text, closed.end()) else _goes_on(sign), True
    opened = f"the quote {sign} that opens here is not closed on this line"
    depth = len(found[0]) - len(_LEAD.sub("", found[0], count=1))
    fault = f"{opened}; write {sign} at the end of the text too, or leave it out"
    for count, line in enumerate(below, 1):
        if _KEY.match(line) and _indentation(line) <= depth:
            return 0, fault, False
        if closed := _CLOSING[sign].match(line):
            return count, "" if _AFTER.fullmatch(line, closed.end()) else fault, True
    return 0, fault, True


def _goes_on(sign: str) -> str:
    if sign == "'":
        return 'the text ends at its second \'; put it in " " where it has an apostrophe'
    return "words stand behind the closing quote; put quotes round the whole text, or none"


def _lines_within(lines: Sequence[str], depth: int) -> int:
    """Return how many lines are empty or indented by more than `depth`."""
    return sum(
        1 for _ in takewhile(lambda line: not line.strip() or _indentation(line) > depth, lines)
    )


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
