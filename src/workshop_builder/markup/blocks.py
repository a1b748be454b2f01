"""Our blocks in the tree of a text: which there are, and the places that are filled later."""

from __future__ import annotations

from dataclasses import dataclass

from workshop_builder.errors import Problem
from workshop_builder.markup.markdown.build import LINE
from workshop_builder.markup.markdown.structure import boxes
from workshop_builder.markup.references import SourceText
from workshop_builder.markup.xhtml import Element


@dataclass(frozen=True, slots=True)
class BlockUse:
    """A block opened in a chapter."""

    name: str
    argument: str
    line: int
    """The line of the file."""


def uses(root: Element, source: SourceText) -> list[BlockUse]:
    """Return the blocks that a text opens, also by HTML.

    A slot is made bare on the way: it is filled later, and what it holds would be lost.
    """
    found = []
    for box in root.iter("div"):
        line = int(box.attrib.pop(LINE, "0"))
        name, argument = _block_of(box)
        if not name:
            continue
        # What is wrong with a block that is not written by HTML is known already.
        fault = "" if line else boxes.fault(name, argument)
        line = line + source.offset if line else source.line_of(f'data-{name}="{argument}"')
        found.append(BlockUse(name, argument, line))
        if name in boxes.NEEDS_ARGUMENT and (fault := fault or _fault_of_slot(box, name)):
            source.problems.append(Problem(source.path, line, fault))
    return found


def _block_of(box: Element) -> tuple[str, str]:
    """Return the name and argument of the block that `box` stands for, or empty ones."""
    if box.get("data-box"):
        title = box.find("p[@class='box-title']")
        return str(box.get("data-box")), "" if title is None else "".join(title.itertext())
    return slot_of(box)


def slot_of(box: Element) -> tuple[str, str]:
    """Return the name and argument of the slot that `box` stands for, or empty ones."""
    for name in boxes.NEEDS_ARGUMENT:
        if box.get(f"data-{name}") is not None:
            return name, str(box.get(f"data-{name}"))
    return "", ""


def _fault_of_slot(slot: Element, name: str) -> str:
    """Leave of a slot only its argument; return the fault if it held a text."""
    for attribute in slot.attrib:
        if attribute != f"data-{name}":
            del slot.attrib[attribute]
    if not "".join(slot.itertext()).strip() and slot.find(".//img") is None:
        slot.text = None
        del slot[:]
        return ""
    return f"the block '{name}' holds no text; close it with '///' on the next line"
