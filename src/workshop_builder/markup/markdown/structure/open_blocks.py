"""Which blocks are open while a text is read line by line, and what a line goes on with."""

from __future__ import annotations

from workshop_builder.markup.markdown.structure import lines
from workshop_builder.markup.markdown.structure.nodes import BlockNode, Kind

DEEPEST = 40
"""The most blocks inside each other."""

LEAST_INDENT = 2
"""Blanks that are enough to put something below an item."""

CODE_INDENT = 4
"""Blanks that make a code block."""


class TooManyLevelsError(ValueError):
    """Raised for blocks nested deeper than any reader follows."""

    def __init__(self, line: int, fault: str) -> None:
        """Keep the line, counted from 1, and what is wrong with it."""
        super().__init__(fault)
        self.line = line
        self.fault = fault


class OpenBlocks:
    """The blocks of a text while it is read line by line, and which of them are open."""

    def __init__(self) -> None:
        self.root = BlockNode("document", 1)
        self.faults: list[tuple[int, str]] = []
        """Each line that has something wrong in it, with what it is."""
        self.number = 0
        """The line that is read, from 1."""
        self.typed = ""
        """That line as it stands in the file."""
        self.leaf: BlockNode | None = None
        """The block in the innermost open one that takes lines."""
        self.depth = 1
        """How many of the open blocks the line belongs to, as far as is known."""
        self.gap = False
        """Whether the line before was empty."""
        self._open = [self.root]

    @property
    def parent(self) -> BlockNode:
        """Return the innermost block that the line belongs to."""
        return self._open[self.depth - 1]

    @property
    def is_inside(self) -> bool:
        """Return whether the line belongs to all blocks that are open."""
        return self.depth == len(self._open)

    @property
    def paragraph(self) -> BlockNode | None:
        """Return the paragraph that the line would go on with, if it begins nothing else."""
        leaf = self.leaf if self.is_inside else None
        return leaf if leaf and leaf.kind == "paragraph" else None

    def as_typed(self, rest: str) -> str:
        """Return the `rest` of the line that is read with the tabs in it."""
        if "\t" not in self.typed:
            return rest
        return lines.as_typed(self.typed, len(self.typed.expandtabs(4)) - len(rest))

    def leaf_is(self, kind: Kind) -> bool:
        """Return whether the innermost open block is of a kind."""
        return self.leaf is not None and self.leaf.kind == kind

    def fault(self, text: str) -> None:
        """Note what is wrong with the line that is read."""
        self.faults.append((self.number, text))

    def open(self, node: BlockNode) -> None:
        """Begin a block that holds blocks."""
        self._add(node)
        self._open.append(node)
        self.depth += 1
        if len(self._open) > DEEPEST:
            fault = "lists and quotations are nested too deep to be read; make them simpler"
            raise TooManyLevelsError(self.number, fault)

    def begin(self, node: BlockNode) -> None:
        """Begin a block that holds lines."""
        self._add(node)
        self.leaf = node

    def reopen(self, node: BlockNode) -> None:
        """Go on with the last block of the one that the line belongs to."""
        self.close()
        self._open.append(node)
        self.depth += 1

    def _add(self, node: BlockNode) -> None:
        wanted = {"item": "list", "meaning": "terms"}.get(node.kind, "")
        while self.parent.kind in ("list", "terms") and self.parent.kind != wanted:
            self.depth -= 1
        self.close()
        node.after_gap, self.gap = self.gap, False
        self.parent.children.append(node)

    def close(self) -> None:
        """Close the open blocks that the line does not belong to."""
        for node in self._open[self.depth :]:
            if node.kind == "box":
                fault = f"the block '{node.name}' is never closed; end it with '{node.mark}'"
                self.faults.append((node.line, fault))
        del self._open[self.depth :]
        self.leaf = None

    def finish(self) -> None:
        """Close all blocks; note what swallows the rest of the text because it has no end."""
        leaf = self.leaf
        if leaf and leaf.kind == "code" and leaf.mark:
            fault = f"the code has no end; close it with a line '{leaf.mark}'"
            self.faults.append((leaf.line, fault))
        if leaf and leaf.kind == "html" and not leaf.mark.startswith("gap"):
            fault = f"what begins here has no end; close it with '{leaf.mark}'"
            self.faults.append((leaf.line, fault))
            leaf.lines.append(leaf.mark)
        self.depth = 1
        self.close()

    def end_box(self, slashes: str) -> None:
        """Close the block of ours that a line of `slashes` ends, or note that there is none."""
        inner = [n for n, node in enumerate(self._open[: self.depth]) if node.kind == "box"]
        if not inner or self._open[inner[-1]].mark != slashes:
            self.fault(f"'{slashes}' closes no block; remove it, or count the slashes")
            return
        self.depth = inner[-1] + 1
        self.close()
        self._open.pop()
        self.depth -= 1

    def boxes(self) -> int:
        """Return how many blocks of ours are open."""
        return sum(node.kind == "box" for node in self._open)

    def match(self, line: str) -> str:
        """Find out to how many of the open blocks a line belongs; return the rest of the line."""
        self.depth = 1
        for node in self._open[1:]:
            rest = self._continued(node, line)
            if rest is None:
                break
            line = rest
            self.depth += 1
        return line

    def _continued(self, node: BlockNode, line: str) -> str | None:
        """Return the rest of a line that goes on with a block; None where it does not."""
        if node.kind == "quote":
            mark = lines.QUOTE.match(line)
            return line[mark.end() :] if mark else None
        if node.kind in ("list", "terms", "box"):
            return line
        if not line.strip():
            return "" if node.children else None
        indent = lines.indent(line)
        if indent >= node.width:
            return line[node.width :]
        if node.kind == "item" and indent >= node.margin + LEAST_INDENT and self._is_below(line):
            # So far in is what is below this item from here on.
            node.width = indent
            return line[indent:]
        return None

    def _is_below(self, line: str) -> bool:
        """Return whether a line that is indented a little belongs to the item above it."""
        mark = lines.ITEM.match(line.lstrip(" "))
        if mark and mark[2]:
            return self.parent.mark not in (".", ")")
        return bool(mark) or self.gap
