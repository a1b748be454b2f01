"""The blocks of a chapter: `/// name | argument`, text, `///`.

pymdownx does the parsing. This module defines the blocks, and scans the raw lines
for what the parser would silently print as text: an unknown name, a missing
argument, a block that is never closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from xml.etree import ElementTree

from markdown import Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from workshop_builder.errors import Problem, did_you_mean
from workshop_builder.markup.references import SourceText
from workshop_builder.markup.xhtml import Element

MOST_LINES = 40
"""The most ruled lines one `write` block may ask for: about a page."""

MOST_NESTED = 6
"""The most blocks inside each other; the parser calls itself for each."""

_START = re.compile(r" {0,3}(/{3,}) *([\w-]+) *(?:\| *(.*?) *)?$")
_END = re.compile(r" {0,3}(/{3,}) *$")
_ANYWHERE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*/{3,} *([\w-]+) *(?:\| *(.*?) *)?$")
_NEEDS_ARGUMENT = {
    "exercise": "name an exercise, like '/// exercise | knees-to-chest'",
    "exercises": "name a group, like '/// exercises | core'",
    "write": "say how many lines, like '/// write | 6'",
}
_BARE = ("teacher",)
_BOXES = ("safety", "note", "tip", "question")
NAMES = (*_NEEDS_ARGUMENT, *_BARE, *_BOXES)


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening line of a block."""

    name: str
    argument: str
    line: int
    """Counted from 1 in the text that was scanned."""


@dataclass(frozen=True, slots=True)
class BlockUse:
    """A block opened in a chapter."""

    name: str
    argument: str
    line: int
    """The line of the file."""


def scan(text: str) -> Iterator[Opening | tuple[int, str]]:
    """Yield each block's opening and, as (line, text), each fault of the blocks in `text`."""
    stack: list[tuple[str, Opening]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if start := _START.match(line):
            opening = Opening(start[2].lower(), start[3] or "", number)
            stack.append((start[1], opening))
            fault = _fault(opening)
            if len(stack) == MOST_NESTED + 1:
                fault = f"more than {MOST_NESTED} blocks inside each other; close one with '///'"
            yield (number, fault) if fault else opening
        elif end := _END.match(line):
            if not stack or stack[-1][0] != end[1]:
                yield number, f"'{end[1]}' closes no block; remove it, or count the slashes"
            else:
                stack.pop()
    for slashes, opening in stack:
        yield opening.line, f"the block '{opening.name}' is never closed; end it with '{slashes}'"


def _fault(opening: Opening) -> str:
    """Return what is wrong with a block's opening, or an empty string."""
    name, argument = opening.name, opening.argument
    if name not in NAMES:
        known = ", ".join(NAMES)
        hint = did_you_mean(name, NAMES) or f"; the blocks are {known}"
        return f"unknown block '{name}'{hint}"
    if name in _NEEDS_ARGUMENT and not argument:
        return f"the block '{name}' has nothing after it; {_NEEDS_ARGUMENT[name]}"
    if name in _BARE and argument:
        return f"the block '{name}' takes no title; remove '| {argument}'"
    if name == "write" and not (argument.isdecimal() and 1 <= int(argument) <= MOST_LINES):
        return f"'{argument}' is no number of lines; write a number from 1 to {MOST_LINES}"
    return ""


def problems(path: str, text: str, offset: int) -> list[Problem]:
    """Return the faults of the blocks in `text`, which starts `offset` lines into the file."""
    found = (item for item in scan(text) if isinstance(item, tuple))
    return [Problem(path, line + offset, fault) for line, fault in found]


def uses(root: Element, source: SourceText) -> list[BlockUse]:
    """Return the blocks that the parser found, in lists and quotations too.

    Slots are emptied on the way: filling them later would overwrite what they hold.
    """
    written = _written(source.text)
    found = []
    for box in root.iter("div"):
        name, argument = _block_of(box)
        if not name:
            continue
        lines = written.get((name, "" if name in (*_BOXES, *_BARE) else argument), [])
        line = (
            lines.pop(0) + source.offset if lines else source.line_of(f'data-{name}="{argument}"')
        )
        found.append(BlockUse(name, argument, line))
        if name in _NEEDS_ARGUMENT:
            fault = _fault(Opening(name, argument, line)) or _fault_of_slot(box, name)
            if fault:
                source.problems.append(Problem(source.path, line, fault))
    return found


def _written(text: str) -> dict[tuple[str, str], list[int]]:
    """Return the lines that look like the opening of each block, boxes by their name alone."""
    lines: dict[tuple[str, str], list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if found := _ANYWHERE.match(line):
            name = found[1].lower()
            argument = (found[2] or "") if name in _NEEDS_ARGUMENT else ""
            lines.setdefault((name, argument), []).append(number)
    return lines


def _block_of(box: Element) -> tuple[str, str]:
    """Return the name and argument of the block that `box` stands for, or empty ones."""
    if box.get("data-box"):
        title = box.find("p[@class='box-title']")
        return str(box.get("data-box")), "" if title is None else "".join(title.itertext())
    return slot_of(box)


def slot_of(box: Element) -> tuple[str, str]:
    """Return the name and argument of the slot that `box` stands for, or empty ones."""
    for name in _NEEDS_ARGUMENT:
        if box.get(f"data-{name}") is not None:
            return name, str(box.get(f"data-{name}"))
    return "", ""


def _fault_of_slot(slot: Element, name: str) -> str:
    """Strip a slot of all but its argument; return the fault if there was text in it."""
    for attribute in slot.attrib:
        if attribute != f"data-{name}":
            del slot.attrib[attribute]
    if not "".join(slot.itertext()).strip() and slot.find(".//img") is None:
        slot.text = None
        del slot[:]
        return ""
    return f"the block '{name}' holds no text; close it with '///' on the next line"


class _Box(Block):
    """A titled box: safety, note, tip or question."""

    ARGUMENT: ClassVar[bool | None] = None

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        box = ElementTree.SubElement(parent, "div", {"class": f"box {self.NAME}"})
        box.set("data-box", self.NAME)
        if self.argument:
            ElementTree.SubElement(box, "p", {"class": "box-title"}).text = self.argument
        return box


class _Teacher(Block):
    """Text that only the teacher's guide shows."""

    NAME = "teacher"
    ARGUMENT: ClassVar[bool | None] = False

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        marks = {"class": "box teacher", "data-box": "teacher"}
        return ElementTree.SubElement(parent, "div", marks)


class _Slot(Block):
    """A placeholder for cards of exercises or ruled lines, filled when a product is made."""

    ARGUMENT: ClassVar[bool | None] = True

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        return ElementTree.SubElement(parent, "div", {f"data-{self.NAME}": self.argument})


def _named(base: type[Block], name: str) -> type[Block]:
    return type(name.title(), (base,), {"NAME": name})


class WorkshopBlocks(BlocksExtension):
    """Python-Markdown's extension for all blocks of a workshop."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: ANN401, ARG002, N802
        """Register the blocks; pymdownx prescribes the name and the arguments."""
        boxes = [_named(_Box, name) for name in _BOXES]
        slots = [_named(_Slot, name) for name in _NEEDS_ARGUMENT]
        for block in (*boxes, _Teacher, *slots):
            block_mgr.register(block, self.getConfigs())
