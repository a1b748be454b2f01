"""YAML as a teacher types it: every scalar stays the text that was typed.

The usual YAML loader reads `1:30` as 90, `010` as 8 and `no` as false, and keeps
the last of two equal keys. In a dose that is a wrong dose. This one works from the
parser's events: it keeps text, refuses what is ambiguous, and notes the line of
everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.source import plain_text, quotes
from workshop_builder.source.characters import (
    LONG_WORD,
    TOO_LONG,
    first_unprintable,
    unprintable,
    unprintable_characters,
)

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
"""The data of YAML: mappings, lists and text; None for an empty value."""
KeyPath: TypeAlias = tuple[str | int, ...]
"""The way to a part of a tree, by keys and by numbers from 0: `("session", 2, "minutes")`."""

DEEPEST = 20
"""Levels of lists and mappings; no file of a workshop has more than five."""

_LONGEST_KEY = 100
_TEXT_TAG = "tag:yaml.org,2002:str"
EMPTY = {"", "~", "null", "Null", "NULL"}
_FENCE = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPEN_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")

_REMEDIES = {
    "mapping values are not allowed": "quote a text that has ': ' in it",
    "found character that cannot start any token": (
        "indent with spaces and not with tabs, and quote a text that starts with a sign"
    ),
    "did not find expected key": (
        "begin this line below the one it belongs with, and quote a text that starts with a bracket"
    ),
    "could not find expected ':'": "write 'key: value', with a space after the colon",
    "unexpected end of stream": "close the quote or bracket that was opened here",
    "did not find expected ',' or": "close the bracket that was opened here, or quote the text",
    "did not find expected <document start>": "remove the line '...' or '---' above it",
    "did not find expected alphabetic": "quote a text that starts with '*' or '&'",
    "unknown escape character": "use single quotes where a text has a backslash in it",
    "did not find expected node content": "quote a text that starts with a sign",
    "block sequence entries": "begin the list on the next line, each item with '- '",
    "found a tab character": "indent with spaces and not with tabs",
    "unknown directive": "quote a text that starts with '%'",
}


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The data of one YAML text and the line of each part of it."""

    path: str
    """The file, relative to the source folder."""
    data: Tree
    """The whole of it; empty items of lists are left out."""
    lines: dict[KeyPath, int] = field(repr=False)
    """The line of each key and item, counted from 1."""

    def line(self, keys: KeyPath) -> int:
        """Return the line of what is at `keys`, or of the nearest thing around it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


class _EventReader:
    """Turns the parser's events into a tree, and collects lines and problems."""

    def __init__(self, path: str, offset: int, text: str) -> None:
        self.path = path
        self.offset = offset
        self.text_lines = [*text.split("\n"), ""]
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []

    def fault(self, event: yaml.Event, text: str) -> None:
        self.problems.append(Problem(self.path, self._line(event), text))

    def _line(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + 1 + self.offset

    def document(self) -> Tree:
        """Return the tree of the only document; an empty mapping where there is none."""
        data: Tree = {}
        for count, event in enumerate(self._starts()):
            if count:
                self.fault(
                    event, "a second '---' begins here; put what follows into a file of its own"
                )
                break
            data = self.read(next(self.events), ())
        return data

    def _starts(self) -> Iterator[yaml.Event]:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                yield event

    def read(self, event: yaml.Event, keys: KeyPath) -> Tree:
        self.lines.setdefault(keys, self._line(event))
        self._refuse_syntax(event)
        if len(keys) > DEEPEST:
            self.fault(event, "brackets or indentation go too deep; check them")
            raise WorkshopError(self.problems)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(keys)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(keys)
        return self._scalar(event, keys)

    def _refuse_syntax(self, event: yaml.Event) -> None:
        """Note as faults the anchors, aliases and tags of YAML, which a teacher means as text."""
        if anchor := getattr(event, "anchor", None):
            sign, word = ("*", "alias") if isinstance(event, yaml.AliasEvent) else ("&", "anchor")
            remedy = f"write the value out, or quote a text that starts with '{sign}'"
            self.fault(event, f"'{sign}{anchor}' is an {word}, which is not read here; {remedy}")
        tag = getattr(event, "tag", None)
        if tag not in (None, _TEXT_TAG):
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self.fault(
                event, f"the tag '{short}' is not read here; leave it out, or quote the text"
            )

    def _scalar(self, event: yaml.Event, keys: KeyPath) -> str | None:
        value = str(getattr(event, "value", ""))
        if isinstance(event, yaml.ScalarEvent) and not event.style and not event.tag:
            for line, text in plain_text.faults(self.text_lines, event, keys):
                self.problems.append(Problem(self.path, line + 1 + self.offset, text))
            if value in EMPTY:
                return None
        if odd := first_unprintable(value):
            self.fault(event, unprintable(odd))
        if LONG_WORD.search(value):
            self.fault(event, TOO_LONG)
        return value

    def syntax_problems(self, error: yaml.MarkedYAMLError) -> list[Problem]:
        """Return what stopped the parser; nothing if that comes of a fault right above."""
        line = _line_of(error, "\n".join(self.text_lines))
        for number, fault in quotes.faults(self.text_lines, broken=True):
            if number <= line:
                return [Problem(self.path, number + self.offset, fault)]
        if any(problem.line - self.offset in (line - 1, line) for problem in self.problems):
            return []
        for odd in (line, line - 1):
            if odd and (fault := plain_text.odd_blank(self.text_lines[odd - 1])):
                return [Problem(self.path, odd + self.offset, fault)]
        line, fault = _near(error, self.text_lines, line)
        return [Problem(self.path, line + self.offset, fault)]

    def _sequence(self, keys: KeyPath) -> list[Tree]:
        items: list[Tree] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            inner = (*keys, len(items))
            self.lines[inner] = self._line(event)
            item = self.read(event, inner)
            if item is not None:
                items.append(item)
        return items

    def _mapping(self, keys: KeyPath) -> dict[str, Tree]:
        data: dict[str, Tree] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name = self._key(event, data, keys)
            inner = (*keys, name if name is not None else "")
            if name is not None:
                self.lines[inner] = self._line(event)
            value = self.read(next(self.events), inner)
            if name is not None:
                data[name] = value
        return data

    def _key(self, event: yaml.Event, data: dict[str, Tree], keys: KeyPath) -> str | None:
        """Return a key; None, with its fault noted, where it cannot be one."""
        if not isinstance(event, yaml.ScalarEvent) or len(event.value) > _LONGEST_KEY:
            self.fault(event, "a key must be a plain word; quote the text or correct the brackets")
            self.read(event, (*keys, ""))
            return None
        name = str(event.value)
        self._refuse_syntax(event)
        if name == "<<":
            self.fault(event, "'<<' (merging) is not read here; write the keys out")
            return None
        if name.strip() != name and not event.style:
            self.fault(
                event, f"a blank that is no plain one stands at '{name.strip()}'; type it again"
            )
            return None
        if name in data:
            first = self.lines[(*keys, name)]
            self.fault(event, f"'{name}' is given twice (first in line {first}); remove one")
            return None
        return name


def read(path: str, text: str, offset: int = 0) -> YamlDocument:
    """Return YAML `text` of the file `path` as a tree with its lines.

    `offset` lines of the file come before `text`. Raises WorkshopError with every problem found.
    """
    if odd := unprintable_characters(path, text, offset):
        raise WorkshopError(odd)
    reader = _EventReader(path, offset, text)
    try:
        data = reader.document()
    except yaml.MarkedYAMLError as error:
        raise WorkshopError([*reader.problems, *reader.syntax_problems(error)]) from error
    for line, fault in quotes.faults(reader.text_lines, broken=False):
        reader.problems.append(Problem(path, line + offset, fault))
    if reader.problems:
        raise WorkshopError(reader.problems)
    return YamlDocument(path, data, reader.lines)


def _line_of(error: yaml.MarkedYAMLError, text: str) -> int:
    """Return the line of an error; for a quote or bracket left open, that of its beginning."""
    problem, context = error.problem_mark, error.context_mark
    if context and ("end of stream" in str(error.problem) or "',' or" in str(error.problem)):
        return int(context.line) + 1
    mark = problem or context
    last = text.rstrip().count("\n")
    return min(int(mark.line), last) + 1 if mark else 1


def _near(error: yaml.MarkedYAMLError, lines: list[str], line: int) -> tuple[int, str]:
    """Return the line that made the parser stop at `line`, and what to do about it."""
    problem, mark, context = str(error.problem), error.problem_mark, error.context_mark
    if (
        "mapping values" in problem
        and mark
        and (found := plain_text.goes_on(lines, line, mark.column))
    ):
        return found
    if "expected ':'" in problem and context and (fault := plain_text.no_key(lines[context.line])):
        return context.line + 1, fault
    if "<document start>" in problem and not lines[line - 2].startswith(("...", "---")):
        return line, "this line begins further left than the first; begin both below each other"
    return line, _in_words(problem)


def _in_words(problem: str) -> str:
    """Return the parser's `problem` with what to do about it."""
    remedy = next((do for start, do in _REMEDIES.items() if start in problem), None)
    return f"YAML: {problem}; {remedy or 'check quotes, brackets and indentation near this line'}"


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """Return the front matter of a Markdown file (or None), its body, and the lines before that."""
    found = _FENCE.match(text)
    if not found:
        return None, text, 0
    return found[1], text[found.end() :], text.count("\n", 0, found.end())


def front_matter_is_open(text: str) -> bool:
    """Return whether a Markdown file has a front matter that never ends."""
    return bool(_OPEN_FENCE.match(text)) and not _FENCE.match(text)
