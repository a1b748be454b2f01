"""From the lines of a text to its blocks, by the rules of CommonMark and GitHub.

Each line is first held against the blocks that are open, from the outside in. What is left of it
may begin new blocks, or else it is words of the innermost one. Beyond CommonMark there are
footnotes, definition lists and our own blocks, and two blanks are enough to put something below
an item, whatever its mark.
"""

from __future__ import annotations

from workshop_builder.markup.markdown.structure import foreign_lines, lines, raw_html
from workshop_builder.markup.markdown.structure.nodes import BlockNode
from workshop_builder.markup.markdown.structure.open_blocks import CODE_INDENT, OpenBlocks
from workshop_builder.markup.markdown.structure.starts import STARTS


def parse(text: str) -> tuple[BlockNode, list[tuple[int, str]]]:
    """Return the blocks of a text, and each line with a fault, with what it is.

    Raises TooManyLevelsError.
    """
    blocks = OpenBlocks()
    for number, line in enumerate(text.split("\n"), 1):
        blocks.number, blocks.typed = number, line
        _read(blocks, lines.normal(line))
    blocks.finish()
    return blocks.root, blocks.faults


def _read(blocks: OpenBlocks, line: str) -> None:
    rest = blocks.match(line)
    if blocks.leaf and blocks.is_inside and _goes_on(blocks, blocks.leaf, rest):
        return
    if not rest.strip():
        gap = blocks.parent.kind != "quote"
        blocks.close()
        blocks.gap = gap
        return
    while rest:
        if end := lines.BOX_END.match(rest):
            blocks.end_box(end[1])
            return
        begun = (start(blocks, rest) for start in STARTS)
        further = next((left for left in begun if left is not None), None)
        if further is None:
            _add_words(blocks, rest)
            return
        rest = further if further.strip() else ""


def _goes_on(blocks: OpenBlocks, leaf: BlockNode, rest: str) -> bool:
    """Let code or HTML take a line, if it goes on with that."""
    if leaf.kind == "code" and leaf.mark:
        if lines.closes(leaf.mark, rest):
            blocks.leaf = None
        else:
            leaf.lines.append(blocks.as_typed(lines.without_indent(rest, leaf.margin)))
        return True
    if leaf.kind == "code":
        if rest.strip() and lines.indent(rest) < CODE_INDENT:
            return False
        blocks.gap = not rest.strip()
        leaf.lines.append(blocks.as_typed(rest[CODE_INDENT:]))
        return True
    if leaf.kind == "html" and not (leaf.mark.startswith("gap") and not rest.strip()):
        leaf.lines.append(blocks.as_typed(rest))
        blocks.leaf = None if raw_html.ends(leaf.mark, rest) else leaf
        return True
    return False


def _add_words(blocks: OpenBlocks, rest: str) -> None:
    """Add what is left of a line to the paragraph or table above, or begin a paragraph."""
    leaf = blocks.leaf
    if leaf and (leaf.kind == "paragraph" or (leaf.kind == "table" and blocks.is_inside)):
        blocks.gap = False
    else:
        leaf = BlockNode("paragraph", blocks.number)
        blocks.begin(leaf)
    if leaf.kind == "paragraph" and (fault := foreign_lines.fault_of_line(rest, leaf)):
        blocks.fault(fault)
    leaf.lines.append(rest)
