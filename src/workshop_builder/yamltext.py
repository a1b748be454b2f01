"""YAML as a teacher types it: every scalar stays the text that stands in the file.

A general YAML loader reads `1:30` as 90, `010` as 8 and `no` as false, and
keeps the last of two equal keys. In a dose that is a wrong dose. This one
keeps text, refuses what is ambiguous, and remembers where everything stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from workshop_builder.errors import Problem, WorkshopError

Tree: TypeAlias = "str | None | list[Tree] | dict[str, Tree]"
Place: TypeAlias = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_SCALARS = {_TAG + kind for kind in ("str", "int", "float", "bool", "null", "timestamp", "value")}
_FENCE = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The data of one YAML text and the line of each part of it."""

    path: str
    """The file, as problems name it."""
    data: Tree
    """Mappings, lists and text; an empty value is None."""
    lines: dict[Place, int] = field(repr=False)
    """The line of each key or item, by its place such as `("session", 2, "minutes")`."""

    def line(self, place: Place) -> int:
        """Return the line of `place`, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


class _Reader:
    """Turns a tree of YAML nodes into plain data, collecting lines and problems."""

    def __init__(self, path: str, offset: int) -> None:
        self.path = path
        self.offset = offset
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def fault(self, node: yaml.Node, text: str) -> None:
        line = node.start_mark.line + 1 + self.offset
        self.problems.append(Problem(self.path, line, text))

    def read(self, node: yaml.Node, place: Place) -> Tree:
        self.lines.setdefault(place, node.start_mark.line + 1 + self.offset)
        if id(node) in self._seen:
            self.fault(node, "'*' and '&' (aliases) are not read here; write the value out")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*place, n)) for n, item in enumerate(node.value)]
        return self._scalar(node)

    def _scalar(self, node: yaml.Node) -> str | None:
        if node.tag not in _SCALARS:
            self.fault(node, f"the tag '{node.tag}' is not read here; leave it out")
        if node.tag == _TAG + "null" and not node.style:
            return None
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Tree]:
        data: dict[str, Tree] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.fault(key, "a key must be a plain word; quote the text or mend the brackets")
                continue
            name = str(key.value)
            if name in data:
                first = self.lines[(*place, name)]
                self.fault(key, f"'{name}' stands here twice (first in line {first}); remove one")
                continue
            self.lines[*place, name] = key.start_mark.line + 1 + self.offset
            data[name] = self.read(value, (*place, name))
        return data


def read(path: str, text: str, offset: int = 0) -> Sheet:
    """Read YAML `text` of the file `path`; `offset` lines of the file stand above it.

    Raises WorkshopError with every problem of the text.
    """
    reader = _Reader(path, offset)
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + 1 + offset
        raise WorkshopError([Problem(path, line, _in_words(error.problem or ""))]) from error
    except (yaml.YAMLError, RecursionError) as error:
        fault = "this is not YAML that can be read; look for odd characters or too deep nesting"
        raise WorkshopError([Problem(path, 1 + offset, fault)]) from error
    data = reader.read(node, ()) if node else {}
    if reader.problems:
        raise WorkshopError(reader.problems)
    return Sheet(path, data, reader.lines)


def _in_words(problem: str) -> str:
    """Say the parser's `problem` with what to do about it."""
    remedies = {
        "mapping values are not allowed": "quote a text that has ': ' in it",
        "found character '\\t'": "indent with spaces, not with tabs",
        "cannot start any token": "indent with spaces, and quote a text that starts with a sign",
        "found undefined alias": "quote a text that starts with '*'",
        "did not find expected key": "check the indentation of this line and the quotes before it",
        "could not find expected ':'": "write 'key: value', with a space after the colon",
        "unexpected end of stream": "close the quote or bracket that was opened",
    }
    remedy = next((do for start, do in remedies.items() if start in problem), None)
    return f"YAML: {problem}; {remedy or 'check quotes, brackets and indentation near this line'}"


def split(text: str) -> tuple[str | None, str, int]:
    """Split a Markdown file into front matter (or None), body, and the body's lines of offset."""
    found = _FENCE.match(text)
    if not found:
        return None, text, 0
    return found[1], text[found.end() :], text.count("\n", 0, found.end())
