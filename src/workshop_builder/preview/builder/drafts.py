"""Drafts of a long product: what changed is set anew, and stands among the pages of before.

`trace` notes where the parts of a product (the children of its `main`) came to stand when it
was last laid out. Where a part has changed, `plan` makes a page of the changed parts alone;
for the others it puts in blanks that take as many pages, count as far and set the same running
heads, so that the engine numbers and heads the changed ones as it will in the finished product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from workshop_builder.pdf.copyfitting import Scale

_MOST = 1 / 3
"""The share of the pages above which a draft is not worth its while."""

_BEYOND = re.compile(r"\b(?:running|element)\(|position\s*:\s*fixed|counter-set\s*:(?!\s*page)")
"""What lets one part of a page show on the pages of others; no blank can stand in for that."""

_BLANK = "blank-part"
_STYLE = "display:block;float:none;position:static;margin:0;border:0;padding:0"


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part of a product stands."""

    first: int
    """Its first page, counted from 0."""
    last: int
    counted: tuple[tuple[str, int], ...] = ()
    """How far it has moved each of the counters that go on after it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a page holds for others."""

    names: tuple[str, ...]
    """What links can lead to."""
    strings: tuple[tuple[str, str], ...]
    """The named strings for running heads that are set on it, in their order."""


@dataclass(frozen=True, slots=True)
class Trace:
    """How a product came to stand on its pages."""

    scale: Scale | None
    parts: tuple[Part, ...]
    leaves: tuple[Leaf, ...]
    """Its pages."""


@dataclass(frozen=True, slots=True)
class Run:
    """Parts that share pages with each other, and with no other part."""

    start: int
    """The first of them, counted from 0."""
    stop: int
    """The one behind the last."""
    first: int
    """Their first page in the product of before."""
    behind: int
    """The page behind their last one there, blank ones counted in."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be laid out for a draft."""

    html: str
    """The changed parts, and blanks for the others."""
    runs: tuple[Run, ...]
    """The changed ones."""
    places: tuple[tuple[int, int], ...]
    """For each of them its first and last part in `html`."""

    def pages(self, document: Any) -> list[list[int]]:  # noqa: ANN401  the engine is not typed
        """Return the pages that each of the changed runs takes in a laid-out document."""
        parts = trace(document, None).parts
        return [
            list(range(parts[first].first, parts[last].last + 1)) for first, last in self.places
        ]


def trace(document: Any, scale: Scale | None) -> Trace:  # noqa: ANN401
    """Return how a laid-out document came to stand on its pages."""
    parts = list(_container(document._html.etree_element))  # noqa: SLF001  boxes and trees have no public door
    owners = {id(each): number for number, part in enumerate(parts) for each in part.iter()}
    spans: dict[int, tuple[int, int]] = {}
    counted: list[dict[str, int]] = [{} for _ in parts]
    kept: list[set[str]] = [set() for _ in parts]
    seen: set[tuple[int, str]] = set()
    leaves = []
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
                _count(box.style, counted[owner], kept[owner])
        leaves.append(Leaf(tuple(page.anchors), tuple(strings)))
    return Trace(scale, tuple(_parts(spans, counted)), tuple(leaves))


def _count(style: Mapping[str, Any], counted: dict[str, int], kept: set[str]) -> None:
    """Add what a box does to counters; one that is begun in a part ends with it."""
    kept |= {name for name, _ in _moves(style["counter_reset"])}
    for name, step in _moves(style["counter_increment"]):
        if name not in kept:
            counted[name] = counted.get(name, 0) + step


def _moves(value: object) -> Sequence[tuple[str, int]]:
    return value if isinstance(value, tuple | list) else ()


def _parts(
    spans: Mapping[int, tuple[int, int]], counted: Sequence[dict[str, int]]
) -> Iterator[Part]:
    """Yield the parts; one that shows nothing stands where the one before it ends."""
    page = 0
    for number, moves in enumerate(counted):
        first, last = spans.get(number, (page, page))
        page = last
        yield Part(first, last, tuple(moves.items()))


def _container(root: Any) -> Any:  # noqa: ANN401
    """Return the element whose children are the parts."""
    body = root.find("body")
    main = body.find("main")
    return body if main is None else main


def plan(
    old: str, new: str, known: Trace, changed: Sequence[str] = (), styles: Sequence[str] = ()
) -> Draft | None:
    """Return what to lay out to see a product's page turn from `old` to `new`.

    `known` is the trace of the old one, `changed` are the addresses of pictures that look
    otherwise than before. None where too much has changed, or where parts are not to be told
    apart.
    """
    unseen = any(f'"{name}"' not in new for name in changed)
    if unseen or any(_BEYOND.search(text) for text in [*styles, new]):
        return None
    before, after = ElementTree.fromstring(old), ElementTree.fromstring(new)  # noqa: S314  ours
    olds, news = list(_container(before)), list(_container(after))
    if len(olds) != len(news) or len(news) != len(known.parts) or _frame(before) != _frame(after):
        return None
    texts = [(_text(one), _text(other)) for one, other in zip(olds, news, strict=True)]
    touched = [
        one != other or any(f'"{name}"' in other for name in changed) for one, other in texts
    ]
    runs = _runs(known)
    wanted = [run for run in runs if any(touched[run.start : run.stop])]
    pages = sum(run.behind - run.first for run in wanted)
    if not wanted or pages > _MOST * len(known.leaves):
        return None
    return _composed(after, news, known, runs, wanted)


def _text(element: ElementTree.Element) -> str:
    return ElementTree.tostring(element, encoding="unicode").rstrip()


def _frame(root: ElementTree.Element) -> str:
    """Return all of a page but its parts."""
    text = ElementTree.tostring(root, encoding="unicode")
    inside = "".join(ElementTree.tostring(part, encoding="unicode") for part in _container(root))
    return text.replace(inside, "") if inside else text


def _runs(known: Trace) -> list[Run]:
    """Return the parts in runs that share no page."""
    starts: list[int] = []
    reach = -1
    for number, part in enumerate(known.parts):
        if part.first > reach:
            starts.append(number)
        reach = max(reach, part.last)
    runs = [
        Run(start, stop, known.parts[start].first, len(known.leaves))
        for start, stop in pairwise([*starts, len(known.parts)])
    ]
    return [
        *(replace(one, behind=other.first) for one, other in pairwise(runs)),
        *runs[-1:],
    ]


def _composed(
    root: ElementTree.Element,
    parts: Sequence[ElementTree.Element],
    known: Trace,
    runs: Sequence[Run],
    wanted: Sequence[Run],
) -> Draft:
    """Put blanks in the place of all runs but the wanted ones."""
    container = _container(root)
    here = {
        each.get("id") for run in wanted for p in parts[run.start : run.stop] for each in p.iter()
    }
    for part in parts:
        container.remove(part)
    here |= {each.get("id") for each in root.iter()}
    places = []
    for run in runs:
        start = len(container)
        if run in wanted:
            container.extend(parts[run.start : run.stop])
            places.append((start, len(container) - 1))
        else:
            container.append(_blank(run, known, here))
    html = ElementTree.tostring(root, encoding="unicode")
    return Draft(html, tuple(wanted), tuple(places))


def _blank(run: Run, known: Trace, elsewhere: set[str | None]) -> ElementTree.Element:
    """Return what takes the pages of `run` and does to all others what it does."""
    whole = ElementTree.Element(_BLANK, style=f"{_STYLE};break-after:page")
    for number in range(run.first, run.behind):
        breaks = ";break-before:page" if number else ""
        page = ElementTree.SubElement(whole, _BLANK, style=_STYLE + breaks)
        for name in dict.fromkeys(known.leaves[number].names):
            if name not in elsewhere:
                elsewhere.add(name)
                ElementTree.SubElement(page, _BLANK, style=_STYLE, id=name)
        for name, text in known.leaves[number].strings:
            ElementTree.SubElement(
                page, _BLANK, style=f"{_STYLE};string-set:{name} {_quoted(text)}"
            )
    moves = [move for part in known.parts[run.start : run.stop] for move in part.counted]
    for name, step in moves:
        ElementTree.SubElement(whole, _BLANK, style=f"{_STYLE};counter-increment:{name} {step}")
    return whole


def _quoted(text: str) -> str:
    """Return a text as a string of CSS."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"'
