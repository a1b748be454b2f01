"""Printed numbers of pages, each of which is that of the page where its target begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import unquote

from weasyprint import DEFAULT_OPTIONS
from weasyprint.document import Document

from workshop_builder.errors import Problem
from workshop_builder.model.products import Target
from workshop_builder.pdf.spreads.boxes import Box, children

_TURNS = 8
"""How often a document is laid out until its printed numbers are right."""

_NUMBER = re.compile(r"\d+")

Counters: TypeAlias = Mapping[str, list[int]]
"""What the engine counts, such as `page`, where a page ends."""


@dataclass(frozen=True, slots=True)
class Misprint:
    """A printed number that is not that of its target's page."""

    words: str
    """The words that lead to the target."""
    text: str
    """The text with the wrong number."""
    page: int
    """The number of the page where the target begins."""

    def problem(self, target: Target) -> Problem:
        """Return what is wrong in a product's file, and what helps."""
        fault = f"'{self.text}' is printed for '{self.words}', which is on page {self.page}"
        remedy = "make a text on the pages before it a line shorter or longer"
        return Problem(target.file, 0, f"{fault}, and with the right number it moves; {remedy}")


def lay_out(
    html: Any,  # noqa: ANN401
    fonts: Any,  # noqa: ANN401
    sheets: Sequence[Any],
    images: dict[str, Any] | None = None,
    numbers: dict[str, Counters] | None = None,
) -> tuple[Document, list[Misprint]]:
    """Return a document as it is laid out, and its numbers of pages that no turn got right.

    `images` are known to the engine by their addresses, and others come to be in it. `numbers`
    are those of an earlier layout, and become those of this one: few pages have to be made again
    for them. The engine does not always see that a page has moved since its number was printed.
    All is then laid out anew, with the numbers that are known by now in their places.
    """
    known: Mapping[str, Counters] = dict(numbers or {})
    options = {"stylesheets": sheets, "cache": images}
    for turn in range(_TURNS):
        document, counted = _laid_out(html, fonts, options, known, settled=turn > 0)
        known = _targets(document.pages, counted)
        if not (wrong := _wrong(document.pages, known)):
            break
    if numbers is not None:
        numbers |= known
    return document, wrong


def lay_out_as_told(html: Any, fonts: Any, sheets: Sequence[Any]) -> Document:  # noqa: ANN401
    """Return a document as it is laid out with its `numbers` of pages, right or wrong."""
    options = {"stylesheets": sheets, "cache": html.images}
    return _laid_out(html, fonts, options, html.numbers, settled=True)[0]


def _laid_out(
    html: Any,  # noqa: ANN401
    fonts: Any,  # noqa: ANN401
    options: Mapping[str, Any],
    known: Mapping[str, Counters],
    *,
    settled: bool,
) -> tuple[Document, list[Counters]]:
    """Return a document that prints what is `known` of its anchors, and what each page counts.

    The engine has no public door to either: this is `Document._render` of the version that
    constraints.txt pins, which is asked for its context. It finds what is not known, and what is
    no longer so unless it is `settled`.
    """
    contexts = []

    class Knowing(Document):
        @classmethod
        def _build_layout_context(cls, *given: object) -> Any:  # noqa: ANN401
            context = super()._build_layout_context(*given)
            collector = context.target_collector
            for anchor, counters in known.items():
                collector.target_lookup_items[anchor].cached_page_counter_values = counters
            if settled:
                collector.cache_target_page_counters = lambda *_: None
            contexts.append(context)
            return context

    document = Knowing._render(html, fonts, None, None, DEFAULT_OPTIONS | options)  # noqa: SLF001
    return document, [state[1] for *_, state, _ in contexts[0].page_maker[1:]]


def _targets(pages: Sequence[Any], counted: Sequence[Counters]) -> dict[str, Counters]:
    """Return for each anchor of laid-out pages what is `counted` on the page it begins on."""
    found: dict[str, Counters] = {}
    for page, counters in zip(pages, counted, strict=True):
        for anchor in page.anchors:
            found.setdefault(anchor, counters)
    return found


def _wrong(pages: Sequence[Any], known: Mapping[str, Counters]) -> list[Misprint]:
    """Return the numbers on laid-out pages that are not those of their targets."""
    printed: dict[tuple[Any, str], tuple[list[str], str]] = {}
    for page in pages:
        for box, names in _references(page._page_box):  # noqa: SLF001  it has no public door
            # One that is broken at the end of a line is printed in several boxes.
            _, text = printed.get((box.element, box.element_tag), ("", ""))
            printed[box.element, box.element_tag] = names, text + _text(box)
    return [
        Misprint(" ".join("".join(element.itertext()).split()), text.strip(), number)
        for (element, _), (names, text) in printed.items()
        for name in names
        if name in known
        and (number := known[name]["page"][-1]) not in map(int, _NUMBER.findall(text))
    ]


def referred(pages: Sequence[Any]) -> set[str]:
    """Return the ids of which the numbers of pages are printed on laid-out pages."""
    return {
        name
        for page in pages
        for _, names in _references(page._page_box)  # noqa: SLF001
        for name in names
    }


def renumber(root: Box, old: Mapping[str, int], new: Mapping[str, int]) -> set[Any] | None:
    """Print other numbers of pages in boxes that are not laid out yet; return the elements with it.

    `old` and `new` are the numbers by the ids of their targets. It is None where a number cannot
    be told from other digits.
    """
    found = set()
    for box, names in _references(root):
        before = [str(old.get(name)) for name in names]
        after = [str(new.get(name)) for name in names]
        if before == after:
            continue
        texts = [each for each in box.descendants() if hasattr(each, "text")]
        printed = [number for each in texts for number in _NUMBER.findall(each.text)]
        if printed != before or len(printed) > 1:
            return None
        for each in texts:
            each.text = _NUMBER.sub(after[0], each.text)
        found.add(box.element)
    return found


def _references(box: Box) -> Iterator[tuple[Box, list[str]]]:
    """Yield what a style adds with numbers of pages, and the ids of the targets."""
    content = box.style["content"]
    added = "::" in str(box.element_tag) and isinstance(content, (list, tuple))
    if added and (names := [*_names(box, content)]):
        yield box, names
    else:
        for child in children(box):
            yield from _references(getattr(child, "_box", child))


def _names(box: Box, content: Any) -> Iterator[str]:  # noqa: ANN401  the engine is not typed
    for kind, value in content:
        if kind == "target-counter()" and value[1] == "page" and value[-1] == "decimal":
            (where, name), *_ = value
            address = box.element.get(name[0], "") if where == "attr()" else str(name)
            yield unquote(address.removeprefix("#"))


def _text(box: Box) -> str:
    return "".join([getattr(box, "text", ""), *map(_text, children(box))])
