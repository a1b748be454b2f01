"""The blocks of a Markdown text, one inside the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "document",
    "quote",
    "list",
    "item",
    "box",
    "note",
    "terms",
    "term",
    "meaning",
    "paragraph",
    "heading",
    "rule",
    "code",
    "html",
    "table",
]
"""A box is a block of ours, a note a footnote; terms and meanings make a definition list."""

CONTAINERS = frozenset({"document", "quote", "list", "item", "box", "note", "terms", "meaning"})
"""Blocks that hold blocks; the others hold lines."""


@dataclass(slots=True)
class BlockNode:
    """A block while its text is read; line by line something is added to it."""

    kind: Kind
    line: int
    """Where it starts, counted from 1."""
    mark: str = ""
    """The sign that makes it: of a list its bullet or what follows its numbers, of a code block
    its fence, of a box its slashes, of HTML the kind of its end."""
    name: str = ""
    """Of a box or footnote its name, of a code block its language, of a list its first number."""
    argument: str = ""
    """What is written behind the name of a box."""
    margin: int = 0
    """The column of its mark; of a heading the level."""
    width: int = 0
    """The columns that its content is indented by."""
    after_gap: bool = False
    """Whether an empty line is above it."""
    lines: list[str] = field(default_factory=list)
    children: list[BlockNode] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return its lines as one text."""
        return "\n".join(self.lines)

    @property
    def last(self) -> BlockNode | None:
        """Return the last block in it, if there is one."""
        return self.children[-1] if self.children else None

    @property
    def loose(self) -> bool:
        """Return whether an empty line parts the blocks of a list or its items."""
        inner = (child for item in self.children for child in item.children[1:])
        return any(node.after_gap for node in (*self.children[1:], *inner))

    def walk(self) -> Iterator[BlockNode]:
        """Yield the node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()
