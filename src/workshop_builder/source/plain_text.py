"""Texts without quotes from which YAML cuts words, or to which it joins others, unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

_SAFETY = {"caution", "safety"}
"""Keys whose texts no note may follow: words of safety must not be taken for one."""
_NOTE = re.compile(r"[ \t]+#")
_SIGN_AND_WORD = re.compile(r"[ \t]+#+[^\s#]")
_OF_A_LIST = re.compile(r"\s*[-*•·▪◦‣]\s+\S")
_WITH_DASH = re.compile(r"\s*(?:[–—]\s+|-)\S")
"""Likewise, where the text is itself the item of a list."""
_ODD_BLANK = re.compile(r"\s*(?:-|\w+\s*:)[^\S \t\n]|[ \t]*[^\S \t\n]\s*(?:- |\w+:)")
"""A mark of YAML beside a blank that YAML does not know, such as one where no line breaks."""
_LONGEST_QUOTE = 30
LISTS = frozenset(
    ["avoid_with", "by_week", "chapters", "conditions", "cues", "exercises", "goals",
     "mistakes", "muscles", "needs", "notes", "read", "record", "stop_if", "targets"]
)  # fmt: skip
"""Keys of lists of texts, of which one may stand without a dash; others of their names are none."""
_NO_COLON = re.compile(r"\s*(?:-\s+)?(\w[\w-]*)(?:\s*[\s:;=：]\s*(\S.*))?")
"""What was meant as a key and its text."""
_NO_BLANK = re.compile(r"\s*-([^\s-].*)")


def faults(
    lines: Sequence[str], event: yaml.ScalarEvent, keys: Sequence[str | int]
) -> Iterator[tuple[int, str]]:
    """Yield the lines, counted from 0, where the text of `event` is not as it looks, with why.

    `lines` are those of the YAML, and `keys` lead to the text.
    """
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return
    first, last = start.line, end.line
    rest = lines[last][end.column :]
    below = _line_below(lines, last)
    note = _NOTE if " " in event.value and _SAFETY.intersection(keys) else _SIGN_AND_WORD
    if note.match(rest):
        yield last, _cut(rest)
    elif event.value and _is_inside(lines[first], below):
        yield last + 1, _cut(below)
    in_list = isinstance(keys[-1], int) if keys else False
    parts = [lines[first][start.column :], *lines[first + 1 : last + 1]]
    faulty = [_joined(line, is_first=n == 0, in_list=in_list) for n, line in enumerate(parts)]
    yield from ((first + number, fault) for number, fault in enumerate(faulty) if fault)
    below_key = keys and keys[-1] in LISTS and not lines[first][: start.column].strip()
    if below_key and last > first and not any(faulty):
        yield first, "these lines would be joined to one text; begin each with '- '"


def no_key(line: str) -> str:
    """Return what to write in place of a line that was meant as a key, or an item, and is none."""
    if found := _NO_BLANK.fullmatch(line):
        return f"there is no blank behind the '-'; write '- {found[1].strip()}'"
    if ": " in line or not (found := _NO_COLON.fullmatch(line)):
        return ""
    return f"there is no ': ' in this line; write '{found[1]}: {found[2] or '…'}'"


def goes_on(lines: Sequence[str], line: int, column: int) -> tuple[int, str] | None:
    """Return the line, from 1, that makes line `line` go on with the text above it, and why.

    `column` is where a key ends that cannot be there; None where its words are of a text.
    """
    if len(lines[line - 1][:column].split()) != 1:
        return None
    above = next((n for n in range(line - 1, 0, -1) if lines[n - 1].strip()), 0)
    if above and (fault := no_key(lines[above - 1])):
        return above, fault
    if above and _indentation(lines[line - 1]) > _indentation(lines[above - 1]):
        return (
            line,
            "this line begins further right than the one above; begin both below each other",
        )
    return None


def _line_below(lines: Sequence[str], last: int) -> str:
    return lines[last + 1] if last + 1 < len(lines) else ""


def _is_inside(line: str, below: str) -> bool:
    """Return whether `below` is a note that by its indentation seems to go on with `line`."""
    return bool(_SIGN_AND_WORD.match(below)) and _indentation(below) > _indentation(line)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _cut(words: str) -> str:
    words = words.strip()
    if len(words) > _LONGEST_QUOTE:
        words = words[:_LONGEST_QUOTE].rstrip() + "…"
    remedy = "put the whole text in quotes, or the note on a line of its own after '# '"
    return f"'{words}' would be left out as a note; {remedy}"


def odd_blank(line: str) -> str:
    """Return what is wrong with a blank at a mark of YAML; empty where nothing is."""
    if _ODD_BLANK.match(line):
        return "a blank that is no plain one stands beside '-' or ':'; type it again"
    return ""


def _joined(line: str, *, is_first: bool, in_list: bool) -> str:
    """Return why a line of a text seems to begin something of its own; empty where it does not."""
    if fault := odd_blank(line):
        return fault
    if not is_first and (_OF_A_LIST.match(line) or (in_list and _WITH_DASH.match(line))):
        return (
            "this would be joined to the line above; begin each item of a list with '- ' "
            "right below the first, or put the whole text in quotes"
        )
    return ""
