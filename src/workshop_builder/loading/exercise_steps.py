"""The steps of an exercise: one numbered list, and the text below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from workshop_builder.errors import Problem
from workshop_builder.markup import xhtml
from workshop_builder.markup.fragment import Fragment
from workshop_builder.markup.typography import bind_end
from workshop_builder.markup.xhtml import Element

_NUMBERED = re.compile(r" {0,3}\d+\. ")


@dataclass(frozen=True, slots=True)
class Steps:
    """The body of an exercise in its two parts."""

    items: tuple[Fragment, ...]
    """The numbered steps, without their numbers."""
    text: Fragment
    """The text below them."""


def split(body: Fragment, exercise: str) -> Steps:
    """Return the numbered list at the top of an exercise's body, and the rest.

    Each step is marked by the exercise's id, `data-step`, so that a page that prints it, by
    whatever template, is known to show the exercise. Pages take the marks away again.
    """
    root = body.copy()
    steps = next((child for child in root if child.tag == "ol"), None)
    if steps is None:
        return Steps((), body)
    items = tuple(_step(item, exercise) for item in list(steps))
    root.remove(steps)
    xhtml.strip(root)
    return Steps(items, Fragment(root))


def problems(path: str, body: str, offset: int, written: Fragment) -> list[Problem]:
    """Return what is wrong with the order of an exercise's body.

    Text above the steps, or in a second numbered list, would be missing from every card.
    """
    parts = [str(child.tag) for child in written.root]
    lines = body.split("\n")
    numbered = [n for n, line in enumerate(lines) if _NUMBERED.match(line)]
    first_text = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if "ol" not in parts:
        text = "has no steps; number them below the front matter, like '1. Lie on your back.'"
        return [Problem(path, first_text + offset + 1, text)]
    found = []
    if parts[0] != "ol":
        text = "text stands above the steps; move it below them"
        found.append(Problem(path, first_text + offset + 1, text))
    if parts.count("ol") > 1:
        text = (
            "a second numbered list; keep the steps in one list, what stands between two steps "
            "indented by four blanks, and mark other lists by '-'"
        )
        found.append(Problem(path, _second_start(lines, numbered) + offset + 1, text))
    return found


def _second_start(lines: list[str], numbered: list[int]) -> int:
    """Return the line where numbering restarts after a line that belongs to no step."""
    for before, here in pairwise(numbered):
        between = lines[before + 1 : here]
        if any(line.strip() and not line.startswith("  ") for line in between):
            return here
    return numbered[0] if numbered else 0


def _step(item: Element, exercise: str) -> Fragment:
    """Return the content of a list item, marked, without the paragraphs of a loose list."""
    loose = all(child.tag == "p" for child in item) and not (item.text or "").strip()
    step = xhtml.division()
    for number, part in enumerate(list(item) if loose and len(item) else [item]):
        xhtml.strip(part)
        xhtml.append_text(step, " " if number else "")
        xhtml.append(step, part)
    bind_end(step)
    step.tag = "span"
    step.set("data-step", exercise)
    marked = xhtml.division()
    marked.append(step)
    return Fragment(marked)
