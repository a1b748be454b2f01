"""From the blocks of a text to elements, whose words Python-Markdown then reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import AtomicString, code_escape

from workshop_builder.languages.language import Writing
from workshop_builder.markup.markdown.structure import boxes, lines, reference_definitions, tables
from workshop_builder.markup.markdown.structure.nodes import BlockNode, Kind

LINE = "data-line"
"""The attribute that says in which line of the text a block of ours begins."""

_OPEN_BOX, _TICKED_BOX = "☐", "☑"


class Builder:
    """Makes the elements of one text, and keeps what it finds on the way."""

    def __init__(self, markdown: Markdown, writing: Writing) -> None:
        self.notes: list[BlockNode] = []
        """The footnotes, in the order in which they are written."""
        self.faults: list[tuple[int, str]] = []
        """Each line with a fault, with what it is."""
        self.markdown = markdown
        self.writing = writing

    def fill(self, parent: Element, nodes: Sequence[BlockNode], *, tight: bool = False) -> None:
        """Add the elements of `nodes`; where it is `tight`, words are not paragraphs."""
        for node in nodes:
            if node.kind == "paragraph":
                self._paragraph(parent, node, tight=tight)
            else:
                _BUILDERS[node.kind](self, parent, node)

    def _paragraph(self, parent: Element, node: BlockNode, *, tight: bool) -> None:
        text = reference_definitions.take(_joined(node.lines), self.markdown.references)
        if not text.strip():
            return
        if not tight:
            SubElement(parent, "p").text = text
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


def _joined(texts: Sequence[str]) -> str:
    """Return the lines of a paragraph without the blanks around them that mean nothing."""
    lines = (text.strip(" ") + ("  " if text.endswith("  ") else "") for text in texts)
    return "\n".join(lines).rstrip(" ")


def _heading(builder: Builder, parent: Element, node: BlockNode) -> None:
    text = reference_definitions.take(_joined(node.lines), builder.markdown.references)
    SubElement(parent, f"h{node.margin}").text = text


def _rule(_: Builder, parent: Element, __: BlockNode) -> None:
    SubElement(parent, "hr")


def _code(_: Builder, parent: Element, node: BlockNode) -> None:
    texts = list(node.lines)
    while not node.mark and texts and not texts[-1].strip():
        texts.pop()
    code = SubElement(SubElement(parent, "pre"), "code")
    if node.name:
        code.set("class", f"language-{node.name}")
    code.text = AtomicString(code_escape("".join(f"{text}\n" for text in texts)))


def _html(builder: Builder, parent: Element, node: BlockNode) -> None:
    SubElement(parent, "p").text = builder.markdown.htmlStash.store(node.text.lstrip(" "))


def _table(builder: Builder, parent: Element, node: BlockNode) -> None:
    for number in tables.build(parent, node.lines):
        fault = "this row has more cells than the head of its table; give the head as many"
        builder.faults.append((node.line + number, fault))


def _quote(builder: Builder, parent: Element, node: BlockNode) -> None:
    first = node.children[0] if node.children else None
    callout = lines.CALLOUT.match(first.lines[0]) if first and first.kind == "paragraph" else None
    if first is None or callout is None:
        builder.fill(SubElement(parent, "blockquote"), node.children)
        return
    del first.lines[0]
    kind = callout[1].lower()
    name = boxes.of_callout(kind)
    if not name:
        known = ", ".join(each.upper() for each in builder.writing.callouts)
        fault = f"there is no box '[!{callout[1]}]'; the boxes are {known}"
        builder.faults.append((node.line, fault))
    title = callout[2] or builder.writing.callouts.get(kind, "")
    children = node.children if first.lines else node.children[1:]
    box = BlockNode("box", node.line, name=name or "note", argument=title, children=children)
    _box(builder, parent, box)


def _box(builder: Builder, parent: Element, node: BlockNode) -> None:
    attributes = {LINE: str(node.line)}
    if node.name in boxes.NEEDS_ARGUMENT:
        attributes[f"data-{node.name}"] = node.argument
    else:
        attributes |= {"class": f"box {node.name}", "data-box": node.name}
    box = SubElement(parent, "div", attributes)
    if node.argument and node.name in boxes.TITLED:
        SubElement(box, "p", {"class": "box-title"}).text = node.argument
    builder.fill(box, node.children)


def _list(builder: Builder, parent: Element, node: BlockNode) -> None:
    items = SubElement(parent, "ol" if node.name else "ul")
    if node.name and int(node.name) != 1:
        items.set("start", str(int(node.name)))
    tight = not node.loose
    for child in node.children:
        item = SubElement(items, "li")
        _make_task(item, child)
        builder.fill(item, child.children, tight=tight)


def _make_task(item: Element, node: BlockNode) -> None:
    """Let an item that begins with `[ ]` have a box to tick."""
    first = node.children[0] if node.children else None
    found = lines.TASK.match(first.lines[0]) if first and first.kind == "paragraph" else None
    if first and found:
        item.set("class", "task")
        sign = _OPEN_BOX if found[1] == " " else _TICKED_BOX
        first.lines[0] = f"{sign} {first.lines[0][found.end() :]}"


def _terms(builder: Builder, parent: Element, node: BlockNode) -> None:
    terms = SubElement(parent, "dl")
    for child in node.children:
        if child.kind == "term":
            for line in child.lines:
                SubElement(terms, "dt").text = line.strip()
        else:
            loose = any(each.after_gap for each in (child, *child.children))
            builder.fill(SubElement(terms, "dd"), child.children, tight=not loose)


def _note(builder: Builder, _: Element, node: BlockNode) -> None:
    """Keep a footnote; it is filled below the text."""
    builder.notes.append(node)


_BUILDERS: dict[Kind, Callable[[Builder, Element, BlockNode], None]] = {
    "heading": _heading,
    "rule": _rule,
    "code": _code,
    "html": _html,
    "table": _table,
    "quote": _quote,
    "box": _box,
    "list": _list,
    "terms": _terms,
    "note": _note,
}
