"""Drafts of a long PDF: only what has changed is laid out, and put among the pages of before.

A product consists of parts, the children of its `main`. `record_layout` notes on which pages
each part was laid out. When a part changes, `plan_draft` composes a document of the changed
parts and a placeholder for each run of the others. A placeholder fills as many pages, advances
counters as far and sets the same running heads, so that the engine numbers and heads the
changed pages as it will in the finished product.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from workshop_builder.pdf.fitting.copyfitting import Scale

_LARGEST_SHARE = 1 / 3
"""The share of all pages above which a draft saves too little time."""

_REACHES_OTHER_PAGES = re.compile(
    r"\b(?:running|element)\(|position\s*:\s*fixed|counter-set\s*:(?!\s*page)"
)
"""CSS by which one part shows on the pages of others; no placeholder can stand in for that."""

_PLACEHOLDER = "draft-placeholder"
_STYLE = "display:block;float:none;position:static;margin:0;border:0;padding:0"


@dataclass(frozen=True, slots=True)
class PartSpan:
    """The pages that a part was laid out on."""

    first: int
    """Counted from 0."""
    last: int
    counters: tuple[tuple[str, int], ...] = ()
    """How far the part advances each counter that goes on after it."""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What other pages may refer to on one page."""

    anchors: tuple[str, ...]
    """The identifiers that links can lead to."""
    strings: tuple[tuple[str, str], ...]
    """The named strings set for running heads, in their order."""


@dataclass(frozen=True, slots=True)
class LayoutRecord:
    """Where everything was when a product was last laid out."""

    scale: Scale | None
    parts: tuple[PartSpan, ...]
    pages: tuple[PageRecord, ...]


@dataclass(frozen=True, slots=True)
class PartRun:
    """Consecutive parts that share pages with each other, and with no other part."""

    start: int
    """The first part, counted from 0."""
    stop: int
    """The part after the last."""
    first_page: int
    """The first page of the parts when they were last laid out, counted from 0."""
    end_page: int
    """The page after their last one there, blank ones included."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What to lay out for a draft."""

    html: str
    """The changed parts, and placeholders for the others."""
    runs: tuple[PartRun, ...]
    """The runs of parts that have changed."""
    positions: tuple[tuple[int, int], ...]
    """For each of these runs the numbers of its first and last part in `html`."""

    def changed_pages(self, document: Any) -> list[list[int]]:  # noqa: ANN401  the engine is not typed
        """Return the pages of each changed run in `document`, which is `html` laid out."""
        parts = record_layout(document, None).parts
        return [
            list(range(parts[first].first, parts[last].last + 1)) for first, last in self.positions
        ]


def joined_layout(noted: Sequence[tuple[int, LayoutRecord | None]]) -> LayoutRecord:
    """Return how a document was laid out of which runs of parts were laid out by themselves.

    Of each run there is the number of its parts, and its record unless it was left out.
    """
    parts: list[PartSpan] = []
    pages: list[PageRecord] = []
    for count, record in noted:
        first, before = len(parts), len(pages)
        if record is None:
            parts += [PartSpan(before - 1, before - 1)] * count
            continue
        parts += (
            replace(part, first=part.first + before, last=part.last + before)
            for part in record.parts[first : first + count]
        )
        pages += record.pages
    return LayoutRecord(None, tuple(parts), tuple(pages))


def record_layout(document: Any, scale: Scale | None = None) -> LayoutRecord:  # noqa: ANN401
    """Return where the parts of a laid-out document are, and what is on its pages."""
    parts = list(_container(document._html.etree_element))  # noqa: SLF001  boxes and trees have no public door
    owners = {id(each): number for number, part in enumerate(parts) for each in part.iter()}
    spans: dict[int, tuple[int, int]] = {}
    advanced: list[dict[str, int]] = [{} for _ in parts]
    local: list[set[str]] = [set() for _ in parts]
    seen: set[tuple[int, str]] = set()
    pages = []
    for number, page in enumerate(document.pages):
        strings: list[tuple[str, str]] = []
        for box in page._page_box.descendants():  # noqa: SLF001
            strings += box.string_set or ()
            owner = owners.get(id(box.element))
            if owner is None:
                continue
            spans[owner] = (spans.get(owner, (number, number))[0], number)
            if (id(box.element), box.element_tag) not in seen:
                seen.add((id(box.element), box.element_tag))
                _add_counters(box.style, advanced[owner], local[owner])
        pages.append(PageRecord(tuple(page.anchors), tuple(strings)))
    return LayoutRecord(scale, tuple(_part_spans(spans, advanced)), tuple(pages))


def _add_counters(style: Mapping[str, Any], advanced: dict[str, int], local: set[str]) -> None:
    """Add the steps by which a box advances counters, save those that end with its part."""
    local |= {name for name, _ in _counter_steps(style["counter_reset"])}
    for name, step in _counter_steps(style["counter_increment"]):
        if name not in local:
            advanced[name] = advanced.get(name, 0) + step


def _counter_steps(value: object) -> Sequence[tuple[str, int]]:
    return value if isinstance(value, tuple | list) else ()


def _part_spans(
    spans: Mapping[int, tuple[int, int]], advanced: Sequence[dict[str, int]]
) -> Iterator[PartSpan]:
    """Yield the span of each part; one without a box is where the part before it ends."""
    page = 0
    for number, counters in enumerate(advanced):
        first, last = spans.get(number, (page, page))
        page = last
        yield PartSpan(first, last, tuple(counters.items()))


def _container(root: Any) -> Any:  # noqa: ANN401
    """Return the element whose children are the parts."""
    body = root.find("body")
    main = body.find("main")
    return body if main is None else main


def plan_draft(
    old: str,
    new: str,
    layout: LayoutRecord,
    changed_pictures: Sequence[str] = (),
    styles: Sequence[str] = (),
) -> Draft | None:
    """Return what to lay out to turn the pages of the document `old` into those of `new`.

    `layout` is how `old` was laid out; `changed_pictures` are the addresses of pictures that look
    different now. Returns None where too much has changed, or where a change in one part could
    show on the pages of another.
    """
    unused = any(f'"{name}"' not in new for name in changed_pictures)
    if unused or any(_REACHES_OTHER_PAGES.search(text) for text in [*styles, new]):
        return None
    before, after = ElementTree.fromstring(old), ElementTree.fromstring(new)  # noqa: S314  ours
    olds, news = list(_container(before)), list(_container(after))
    if not len(olds) == len(news) == len(layout.parts) or _frame(before) != _frame(after):
        return None
    texts = [(_text(one), _text(other)) for one, other in zip(olds, news, strict=True)]
    changed = [
        one != other or any(f'"{name}"' in other for name in changed_pictures)
        for one, other in texts
    ]
    runs = _part_runs(layout)
    wanted = [run for run in runs if any(changed[run.start : run.stop])]
    pages = sum(run.end_page - run.first_page for run in wanted)
    if not wanted or pages > _LARGEST_SHARE * len(layout.pages):
        return None
    return _compose(after, news, layout, runs, wanted)


def _text(element: ElementTree.Element) -> str:
    return ElementTree.tostring(element, encoding="unicode").rstrip()


def _frame(root: ElementTree.Element) -> str:
    """Return the text of a document without its parts."""
    emptied = copy.deepcopy(root)
    container = _container(emptied)
    for part in list(container):
        container.remove(part)
    return ElementTree.tostring(emptied, encoding="unicode")


def _part_runs(layout: LayoutRecord) -> list[PartRun]:
    """Return all parts, in runs that share no page with each other."""
    starts: list[int] = []
    reach = -1
    for number, part in enumerate(layout.parts):
        if part.first > reach:
            starts.append(number)
        reach = max(reach, part.last)
    runs = [
        PartRun(start, stop, layout.parts[start].first, len(layout.pages))
        for start, stop in pairwise([*starts, len(layout.parts)])
    ]
    return [
        *(replace(one, end_page=other.first_page) for one, other in pairwise(runs)),
        *runs[-1:],
    ]


def _compose(
    root: ElementTree.Element,
    parts: Sequence[ElementTree.Element],
    layout: LayoutRecord,
    runs: Sequence[PartRun],
    wanted: Sequence[PartRun],
) -> Draft:
    """Return the draft in which placeholders take the place of all runs but the wanted ones."""
    container = _container(root)
    known_ids = {
        each.get("id") for run in wanted for p in parts[run.start : run.stop] for each in p.iter()
    }
    for part in parts:
        container.remove(part)
    known_ids |= {each.get("id") for each in root.iter()}
    positions = []
    for run in runs:
        start = len(container)
        if run in wanted:
            container.extend(parts[run.start : run.stop])
            positions.append((start, len(container) - 1))
        else:
            container.append(_placeholder(run, layout, known_ids))
    html = ElementTree.tostring(root, encoding="unicode")
    return Draft(html, tuple(wanted), tuple(positions))


def _placeholder(
    run: PartRun, layout: LayoutRecord, known_ids: set[str | None]
) -> ElementTree.Element:
    """Return an element that fills the pages of `run` and affects other pages as it does.

    The anchors that it provides are added to `known_ids`; those already in there are left out.
    """
    whole = ElementTree.Element(_PLACEHOLDER, style=f"{_STYLE};break-after:page")
    for number in range(run.first_page, run.end_page):
        breaks = ";break-before:page" if number else ""
        page = ElementTree.SubElement(whole, _PLACEHOLDER, style=_STYLE + breaks)
        for name in dict.fromkeys(layout.pages[number].anchors):
            if name not in known_ids:
                known_ids.add(name)
                ElementTree.SubElement(page, _PLACEHOLDER, style=_STYLE, id=name)
        for name, text in layout.pages[number].strings:
            ElementTree.SubElement(
                page, _PLACEHOLDER, style=f"{_STYLE};string-set:{name} {_css_string(text)}"
            )
    steps = [step for part in layout.parts[run.start : run.stop] for step in part.counters]
    for name, step in steps:
        ElementTree.SubElement(
            whole, _PLACEHOLDER, style=f"{_STYLE};counter-increment:{name} {step}"
        )
    return whole


def _css_string(text: str) -> str:
    """Return a text as a string of CSS, in quotes."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"'
