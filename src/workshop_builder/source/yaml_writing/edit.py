"""Changes values of a YAML text and leaves every other sign of it as it was typed.

A text is written anew only where its data differ: comments, order, quotes and indentation stay.
What is written is read again; what would not be read as it was meant is never returned.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeAlias

import yaml

from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.source import yaml_text
from workshop_builder.source.yaml_text import Tree
from workshop_builder.source.yaml_writing import scalars

_Edit: TypeAlias = tuple[int, int, str]
"""From where to where in the text, and what stands there from now on."""


def edited(text: str, data: Mapping[str, Tree]) -> str:
    """Return the YAML `text` of a mapping with the data `data` in place of its own.

    A new key comes behind the one that is before it in `data`. Raises WorkshopError where `text` is
    no mapping that can be read, or cannot be changed in this way.
    """
    before = yaml_text.read("", text).data
    if not isinstance(before, dict):
        raise WorkshopError([Problem("", 1, "this is not a list of 'key: value' lines")])
    for edits in (_edits, _whole_values):
        done = _applied(text, edits(text, data))
        if _reads_as(done, data):
            return done
    raise WorkshopError([Problem("", 1, "this cannot be written from a form; change the file")])


def tree(text: str) -> Tree:
    """Return the data of a YAML text, with the empty items of its lists."""
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    return {} if root is None else _data(root)


def _reads_as(text: str, wanted: Mapping[str, Tree]) -> bool:
    try:
        return yaml_text.read("", text).data == _without_empty_items(wanted)
    except WorkshopError:
        return False


def _without_empty_items(data: Tree | Mapping[str, Tree]) -> Tree:
    if isinstance(data, Mapping):
        return {key: _without_empty_items(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_without_empty_items(each) for each in data if each is not None]
    return data


def _applied(text: str, edits: Iterator[_Edit]) -> str:
    """Return a text with edits; of two at one place, the first comes first."""
    in_order = sorted(edits, key=lambda edit: edit[:2])
    for start, end, new in in_order[::-1]:
        text = text[:start] + new + text[end:]
    return text


def _edits(text: str, wanted: Mapping[str, Tree]) -> Iterator[_Edit]:
    """Yield the least that must be written."""
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    if isinstance(root, yaml.MappingNode):
        yield from _EditedText(text).mapping(root, wanted)
    else:
        begun = "" if not text or text.endswith("\n") else "\n"
        yield len(text), len(text), begun + scalars.block(wanted, 0).lstrip("\n") + "\n"


def _whole_values(text: str, wanted: Mapping[str, Tree]) -> Iterator[_Edit]:
    """Yield each value that differs as a whole."""
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    page = _EditedText(text)
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value in wanted and wanted[key.value] != _data(value):
                yield page.value(key, value, wanted[key.value], root.start_mark.column)
        kept = {key.value: _data(value) for key, value in root.value}
        yield from page.mapping(root, {key: kept.get(key, wanted[key]) for key in wanted})


def _data(node: yaml.Node) -> Tree:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _data(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_data(item) for item in node.value]
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    return None if plain and node.value in yaml_text.EMPTY else str(node.value)


def _in_brackets(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


@dataclass(frozen=True, slots=True)
class _EditedText:
    """A YAML text, and what is to be changed in it."""

    text: str

    def change(self, node: yaml.Node, new: Tree) -> Iterator[_Edit] | None:
        """Return what changes a value in its place; None where it must be written as a whole."""
        old = _data(node)
        if old == new:
            return iter(())
        if isinstance(node, yaml.ScalarNode) and isinstance(old, str) and isinstance(new, str):
            return iter([self._scalar(node, new)])
        if isinstance(node, yaml.ScalarNode):
            return None
        if _in_brackets(node) or not new:
            return self._within_brackets(node, new)
        if isinstance(node, yaml.MappingNode) and isinstance(new, dict):
            return self.mapping(node, new)
        if isinstance(node, yaml.SequenceNode) and isinstance(new, list):
            return self._sequence(node, new)
        return None

    def _within_brackets(self, node: yaml.Node, new: Tree) -> Iterator[_Edit] | None:
        """Return what changes a value in brackets, which stays in one line."""
        if not _in_brackets(node) or not isinstance(new, dict | list):
            return None
        return iter([(node.start_mark.index, node.end_mark.index, scalars.flow(new))])

    def _scalar(self, node: yaml.ScalarNode, new: str) -> _Edit:
        start, end = node.start_mark.index, self.end(node)
        rest = self._rest(end)
        in_flow = rest.startswith((",", "]", "}"))
        indent = self._indent(start)
        written = scalars.scalar(new, node.style, indent, one_line=bool(rest), in_flow=in_flow)
        return start, end, written

    def mapping(self, node: yaml.MappingNode, new: Mapping[str, Tree]) -> Iterator[_Edit]:
        """Yield what changes the entries of a mapping that is not in brackets."""
        old = {key.value: (key, value) for key, value in node.value}
        indent = node.start_mark.column
        for number, (key, value) in enumerate(node.value):
            if key.value not in new:
                yield self._without(node.value, number)
            elif (edits := self.change(value, new[key.value])) is not None:
                yield from edits
            else:
                yield self.value(key, value, new[key.value], indent)
        yield from self._added(old, new, indent)

    def value(self, key: yaml.Node, value: yaml.Node, new: Tree, indent: int) -> _Edit:
        """Return what writes the value of a key as a whole."""
        colon = self.text.index(":", key.end_mark.index) + 1
        end = max(colon, self.end(value))
        return colon, end, scalars.after_key(new, indent, one_line=bool(self._rest(end)))

    def _without(self, entries: list[tuple[yaml.Node, yaml.Node]], number: int) -> _Edit:
        """Return what takes an entry out, with its line; its comments above stay."""
        key, value = entries[number]
        start = key.start_mark.index
        line = self.text.rfind("\n", 0, start) + 1
        if self.text[line:start].strip() and number + 1 < len(entries):  # it stands behind a dash
            return start, entries[number + 1][0].start_mark.index, ""
        return line, self._line_end(max(self.end(value), key.end_mark.index + 1), whole=True), ""

    def _added(
        self, old: Mapping[str, Any], new: Mapping[str, Tree], indent: int
    ) -> Iterator[_Edit]:
        """Yield the new entries, each behind the one before it that is there already."""
        after = ""
        written: dict[str, str] = {}
        for key, value in new.items():
            if key in old:
                after = key
            else:
                line = f"{' ' * indent}{scalars.key(key)}:"
                written[after] = written.get(after, "") + line
                written[after] += f"{scalars.after_key(value, indent)}\n"
        for key, lines in written.items():
            found = old[key][1] if key else None
            place = self._line_end(self.end(found), whole=True) if found else self._first(old)
            yield place, place, ("\n" if place and self.text[place - 1] != "\n" else "") + lines

    def _first(self, old: Mapping[str, Any]) -> int:
        key, _ = next(iter(old.values()))
        return self.text.rfind("\n", 0, key.start_mark.index) + 1

    def _sequence(self, node: yaml.SequenceNode, new: list[Tree]) -> Iterator[_Edit]:
        """Yield what changes the items of a list that is not in brackets."""
        items, indent = node.value, node.start_mark.column
        old = [json.dumps(_data(item)) for item in items]
        steps = SequenceMatcher(None, old, [json.dumps(each) for each in new], autojunk=False)
        for kind, a, b, c, d in steps.get_opcodes():
            if kind == "equal":
                continue
            pairs = min(b - a, d - c)
            for number in range(pairs):
                yield from self._item(items[a + number], new[c + number], indent)
            yield from (self._without_item(items[number]) for number in range(a + pairs, b))
            if c + pairs < d:
                yield self._inserted(items, b, new[c + pairs : d], indent)

    def _item(self, item: yaml.Node, new: Tree, indent: int) -> Iterator[_Edit]:
        edits = self.change(item, new)
        if edits is not None:
            return edits
        start = self._dash(item) + 1
        end = max(start, self.end(item))
        written = scalars.after_dash(new, indent, one_line=bool(self._rest(end)))
        return iter([(start, end, written)])

    def _without_item(self, item: yaml.Node) -> _Edit:
        start = self._dash(item)
        end = self._line_end(max(self.end(item), start + 1), whole=True)
        return self.text.rfind("\n", 0, start) + 1, end, ""

    def _inserted(self, items: list[yaml.Node], number: int, new: list[Tree], indent: int) -> _Edit:
        lines = (f"{' ' * indent}-{scalars.after_dash(each, indent)}\n" for each in new)
        if number < len(items):
            place = self.text.rfind("\n", 0, self._dash(items[number])) + 1
        else:
            last = items[-1]
            place = self._line_end(max(self.end(last), self._dash(last) + 1), whole=True)
        begun = "\n" if place and self.text[place - 1] != "\n" else ""
        return place, place, begun + "".join(lines)

    def _dash(self, item: yaml.Node) -> int:
        return self.text.rindex("-", 0, item.start_mark.index)

    def end(self, node: yaml.Node) -> int:
        """Return where a value ends; the parser has the blanks and comments behind it, too."""
        if isinstance(node, yaml.ScalarNode) or _in_brackets(node):
            last = self.text[node.start_mark.index : node.end_mark.index].rstrip()
            return int(node.start_mark.index + len(last))
        parts = node.value[-1] if node.value else ()
        last_part = parts[1] if isinstance(parts, tuple) else parts
        if not parts:
            return int(node.end_mark.index)
        before = parts[0].end_mark.index + 1 if isinstance(parts, tuple) else 0
        return max(before, self.end(last_part))

    def _line_end(self, place: int, *, whole: bool = False) -> int:
        """Return where the line of a place ends, or, for the whole line, the next one begins."""
        found = self.text.find("\n", place)
        return len(self.text) if found < 0 else found + whole

    def _rest(self, place: int) -> str:
        """Return what follows in the line of a place."""
        return self.text[place : self._line_end(place)].lstrip()

    def _indent(self, place: int) -> int:
        """Return how far the line of a place is indented, dashes among it."""
        line = self.text[self.text.rfind("\n", 0, place) + 1 : place]
        return len(line) - len(line.lstrip(" -"))
