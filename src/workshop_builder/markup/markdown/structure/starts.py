"""The beginnings of blocks: each function begins one of a kind, if the line does.

It returns what is left of the line, which may begin another block inside; None where the line
does not begin such a block.
"""

from __future__ import annotations

from collections.abc import Callable

from workshop_builder.markup.markdown.structure import boxes, lines, raw_html, reference_definitions
from workshop_builder.markup.markdown.structure.nodes import BlockNode
from workshop_builder.markup.markdown.structure.open_blocks import (
    CODE_INDENT,
    OpenBlocks,
    TooManyLevelsError,
)
from workshop_builder.markup.markdown.structure.tables import is_head

_MOST_BLANKS = 4
"""Blanks behind the mark of an item that can belong to the mark; more belong to code."""


def _quote(blocks: OpenBlocks, rest: str) -> str | None:
    mark = lines.QUOTE.match(rest)
    if not mark:
        return None
    blocks.open(BlockNode("quote", blocks.number))
    return rest[mark.end() :]


def _heading(blocks: OpenBlocks, rest: str) -> str | None:
    found = lines.HEADING.match(rest)
    if not found:
        return None
    level = len(found[1])
    blocks.begin(BlockNode("heading", blocks.number, margin=level, lines=[found[2] or ""]))
    blocks.leaf = None
    return ""


def _fence(blocks: OpenBlocks, rest: str) -> str | None:
    found = lines.FENCE.match(rest)
    if not found:
        return None
    margin, language = lines.indent(rest), found[2].split(" ")[0]
    blocks.begin(BlockNode("code", blocks.number, mark=found[1], name=language, margin=margin))
    return ""


def _html(blocks: OpenBlocks, rest: str) -> str | None:
    end = raw_html.end_of(rest, in_paragraph=blocks.leaf_is("paragraph"))
    if not end:
        return None
    blocks.begin(BlockNode("html", blocks.number, mark=end, lines=[blocks.as_typed(rest)]))
    if raw_html.ends(end, rest):
        blocks.leaf = None
    return ""


def _underline(blocks: OpenBlocks, rest: str) -> str | None:
    """Make a heading of the paragraph above the line."""
    found = lines.UNDERLINE.match(rest)
    above = blocks.paragraph
    if not found or not above or not reference_definitions.take(above.text, {}):
        return None
    above.kind, above.margin = "heading", 1 if found[1][0] == "=" else 2
    blocks.leaf = None
    return ""


def _table(blocks: OpenBlocks, rest: str) -> str | None:
    """Make a table of the last line of the paragraph above the line."""
    above = blocks.paragraph
    if not above or not lines.DELIMITERS.match(rest) or not is_head(above.lines[-1], rest):
        return None
    head = above.lines.pop()
    if not above.lines:
        blocks.parent.children.remove(above)
        blocks.gap = above.after_gap
    blocks.begin(BlockNode("table", blocks.number - 1, lines=[head.strip(), rest.strip()]))
    return ""


def _rule(blocks: OpenBlocks, rest: str) -> str | None:
    if not lines.RULE.match(rest):
        return None
    blocks.begin(BlockNode("rule", blocks.number))
    blocks.leaf = None
    return ""


def _note(blocks: OpenBlocks, rest: str) -> str | None:
    found = lines.NOTE.match(rest)
    if not found:
        return None
    name = found[1]
    if not name or any(sign.isspace() for sign in name):
        better = "-".join(name.split()) or "1"
        blocks.fault(
            f"a footnote cannot be named '[^{name}]'; use a name without blanks, like '[^{better}]'"
        )
    blocks.open(BlockNode("note", blocks.number, name=name, width=CODE_INDENT))
    return rest[found.end() :].lstrip(" ")


def _meaning(blocks: OpenBlocks, rest: str) -> str | None:
    """Begin the meaning of the terms above the line."""
    found = lines.MEANING.match(rest)
    if not found or not _take_terms(blocks):
        return None
    margin = lines.indent(rest)
    blocks.open(
        BlockNode("meaning", blocks.number, margin=margin, width=margin + 1 + len(found[1]))
    )
    return rest[found.end() :]


def _take_terms(blocks: OpenBlocks) -> bool:
    """Make a definition list of the paragraph above; return whether there is such a list."""
    if blocks.parent.kind == "terms":
        return True
    above = blocks.parent.last
    open_paragraph = blocks.leaf is not None and blocks.leaf is above and blocks.is_inside
    if not above or above.kind != "paragraph" or not (open_paragraph or blocks.leaf is None):
        return False
    siblings = blocks.parent.children
    siblings.remove(above)
    above.kind = "term"
    if siblings and siblings[-1].kind == "terms":
        blocks.reopen(siblings[-1])
    else:
        loose, blocks.gap = blocks.gap, above.after_gap
        blocks.open(BlockNode("terms", above.line))
        blocks.gap = loose
    blocks.parent.children.append(above)
    return True


def _item(blocks: OpenBlocks, rest: str) -> str | None:
    found = lines.ITEM.match(rest)
    if not found:
        return None
    bullet, number, behind, blanks, content = found.groups()
    if blocks.paragraph and (not content or (number and int(number) != 1)):
        return None
    mark = bullet or behind
    size = len(number or "") + 1
    most = 1 if not content or len(blanks) > _MOST_BLANKS else len(blanks)
    margin = lines.indent(rest)
    if blocks.parent.kind != "list" or blocks.parent.mark != mark:
        blocks.open(BlockNode("list", blocks.number, mark=mark, name=number or ""))
    blocks.open(BlockNode("item", blocks.number, margin=margin, width=margin + size + max(most, 1)))
    return " " * (len(blanks) - most) + content


def _box(blocks: OpenBlocks, rest: str) -> str | None:
    found = lines.BOX.match(rest)
    if not found:
        return None
    name, argument = found[2].lower(), found[3] or ""
    if blocks.boxes() == (most := boxes.MOST_NESTED):
        fault = f"more than {most} blocks inside each other; close one with '///'"
        raise TooManyLevelsError(blocks.number, fault)
    if fault := boxes.fault(name, argument):
        blocks.fault(fault)
    box = BlockNode("box", blocks.number, mark=found[1], name=name, argument=argument)
    blocks.open(box)
    return ""


def _code(blocks: OpenBlocks, rest: str) -> str | None:
    """Begin code that is indented; below a paragraph an indented line goes on with that."""
    if lines.indent(rest) < CODE_INDENT or blocks.leaf_is("paragraph"):
        return None
    box = blocks.parent
    if box.kind == "box" and box.line == blocks.number - 1 and lines.OPTION.match(rest):
        blocks.fault("options of a block are not read here; leave this line out")
    blocks.begin(BlockNode("code", blocks.number, lines=[blocks.as_typed(rest[CODE_INDENT:])]))
    return ""


Start = Callable[[OpenBlocks, str], str | None]
STARTS: tuple[Start, ...] = (
    *(_quote, _heading, _fence, _html, _underline, _rule, _note, _meaning, _item, _table, _box),
    _code,
)
"""In the order in which they are tried."""
