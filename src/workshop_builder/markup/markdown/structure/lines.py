"""What a line of Markdown begins with."""

from __future__ import annotations

import re

BULLETS = "•◦▪▫‣⁃●○■□·"
"""Signs that word processors and mail programs put before the items of a list."""

_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BEGINNING = re.compile(
    rf"^(?:[ {_BLANKS}]|>|(?:[-*+{BULLETS}]|\d{{1,9}}[.)]|\#{{1,6}})(?=[ {_BLANKS}])|"
    rf"\[[ {_BLANKS}xX]\](?=[ {_BLANKS}]))+"
)
_OTHER_BLANK = re.compile(f"[{_BLANKS}]")

QUOTE = re.compile(r" {0,3}> ?")
HEADING = re.compile(r" {0,3}(#{1,6})(?: +(.*?))??(?: +#+)? *$")
UNDERLINE = re.compile(r" {0,3}(=+|-+) *$")
RULE = re.compile(r" {0,3}([*_-])(?: *\1){2,} *$")
FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,}) *(.*?) *$")
ITEM = re.compile(
    rf" {{0,3}}(?:([-*+](?= |$)|[{BULLETS}](?=\s|$)|•)|(\d{{1,9}})([.)])(?= |$))( *)(.*)$"
)
BOX = re.compile(r" {0,3}(/{3,}) *([\w-]+) *(?:\| *(.*?) *)?$")
BOX_END = re.compile(r" {0,3}(/{3,}) *$")
NOTE = re.compile(r" {0,3}\[\^([^\]]*)\]:")
MEANING = re.compile(r" {0,3}:( {1,3})(?=\S)")
DELIMITERS = re.compile(r"(?=[^|]*\|) {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$")
"""The line below the head of a table."""
OPTION = re.compile(r" {4}\w+:(?: |$)")
"""A line by which other programs give options to a block."""
CALLOUT = re.compile(r"\[!(\w+)\][-+]? *(.*)$")
TASK = re.compile(r"\[([ xX])\] +(?=\S)")


def normal(line: str) -> str:
    """Return a line with plain blanks where other ones, or tabs, stand at its beginning."""
    line = line.expandtabs(4)
    begins = _BEGINNING.match(line)
    if not begins:
        return line
    return _OTHER_BLANK.sub(" ", begins[0]) + line[begins.end() :]


def as_typed(line: str, column: int) -> str:
    """Return what a line holds from a column on, with its tabs; one that is cut becomes blanks."""
    place = 0
    for number, sign in enumerate(line):
        if place >= column:
            return " " * (place - column) + line[number:]
        place += 4 - place % 4 if sign == "\t" else 1
    return " " * (place - column)


def indent(line: str) -> int:
    """Return the number of blanks at the beginning of a line."""
    return len(line) - len(line.lstrip(" "))


def without_indent(line: str, most: int) -> str:
    """Return a line without up to `most` blanks at its beginning."""
    return line[min(indent(line), most) :]


def closes(fence: str, line: str) -> bool:
    """Return whether a line ends the code that `fence` began."""
    sign = line.strip()
    return indent(line) <= 3 and len(sign) >= len(fence) and set(sign) == {fence[0]}
