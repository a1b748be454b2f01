"""How much work it takes to draw an SVG, counted before any engine sees it.

A few lines of SVG can stand for millions of shapes: a group that uses a group that
uses a group, a marker of many shapes on a line of many corners, a pattern in a
pattern. What is counted here is what would be drawn, not what is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from workshop_builder.markup.xhtml import Element
from workshop_builder.pictures.svg_allowed import SvgError
from workshop_builder.pictures.svg_ids import HREF

MOST_SHAPES = 20_000
"""Shapes to draw, counted as often as they are drawn; an engine takes some seconds over them."""
MOST_CORNERS = 200_000
"""Corners of their outlines; a character of text counts as ten, for it takes as long."""
MOST_ELEMENTS = 50_000
"""Elements of a file, including those that do not draw."""
MOST_MATCHES = 2_000_000
"""Rules of the style sheets times elements, since an engine tries each rule on each element."""
LONGEST_SHEET = 100_000
"""Characters of the style sheets."""
MOST_LAYERS = 100
"""Filters, masks, blends and see-through groups, each of which is a picture of its own."""
DEEPEST = 100
"""Levels of elements in elements; what is used counts as if it were where it is used."""

_NUMBER = re.compile(r"[\d.]+")
_PROPERTY = re.compile(r"([\w-]+)\s*:")
_LAYERED = {"opacity", "filter", "mask", "mix-blend-mode", "isolation"}
_URL = re.compile(r"""url\(\s*["']?#([^"')\s]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cost:
    """What it takes to draw an element with all it holds and uses."""

    shapes: int
    corners: int
    layers: int
    """Pictures to be laid over each other."""
    height: int
    """Levels of elements in it, its own included."""


@dataclass(slots=True)
class _Count:
    """A count in progress."""

    named: dict[str, Element]
    """The elements that have an id, by it."""
    done: dict[Element, _Cost] = field(default_factory=dict)
    """The elements that are counted."""
    open: set[Element] = field(default_factory=set)
    """The elements whose content is being counted."""


def check_amount(source: Element) -> None:
    """Raise SvgError for a file that would take minutes to clean or to style."""
    elements = sum(1 for _ in source.iter())
    sheets = "".join(style.text or "" for style in source.iter("{*}style"))
    rules = sheets.count("{") + sheets.count(",")
    if elements > MOST_ELEMENTS:
        raise SvgError(f"the drawing has over {MOST_ELEMENTS} elements; export it as PNG")
    if len(sheets) > LONGEST_SHEET or rules * elements > MOST_MATCHES:
        raise SvgError("the drawing has too large a style sheet; export it as plain SVG")


def check_cost(drawing: Element) -> None:
    """Raise SvgError for a drawing that would take an engine minutes, or that contains itself."""
    cost = _total(drawing)
    if cost.shapes > MOST_SHAPES or cost.corners > MOST_CORNERS:
        raise SvgError(
            f"the drawing is too detailed ({cost.shapes} shapes, {cost.corners} corners); "
            f"simplify it to {MOST_SHAPES} shapes and {MOST_CORNERS} corners, or export it as PNG",
            drawing.sourceline,
        )


def check_layers(drawing: Element) -> None:
    """Raise SvgError for a drawing whose effects would take minutes to be made into a picture."""
    layers = _total(drawing).layers
    if layers > MOST_LAYERS:
        raise SvgError(
            f"the drawing has {layers} filters, masks and see-through groups, and {MOST_LAYERS} "
            "are the most; take some out, or export it as PNG",
            drawing.sourceline,
        )


def _total(drawing: Element) -> _Cost:
    count = _Count({name: each for each in drawing.iter() if (name := each.get("id"))})
    return _cost(drawing, count, 1)


def _cost(element: Element, count: _Count, depth: int) -> _Cost:
    """Return the cost of an element at `depth`, which is computed once."""
    if element in count.open:
        raise SvgError(
            "the drawing repeats itself without end; draw this part again", _line(element)
        )
    if element in count.done:
        cost = count.done[element]
    else:
        _check_depth(element, depth)
        count.open.add(element)
        cost = count.done[element] = _sum(element, count, depth + 1)
        count.open.remove(element)
    _check_depth(element, depth + cost.height)
    return cost


def _sum(element: Element, count: _Count, depth: int) -> _Cost:
    """Return the cost of an element: a pattern counts for each shape, a marker for each corner."""
    used = {each: _cost(each, count, depth) for each in _used(element, count.named)}
    parts = [_cost(child, count, depth) for child in element]
    parts += [cost for each, cost in used.items() if _kind(each) not in {"pattern", "marker"}]
    shapes = 1 + sum(cost.shapes for cost in parts)
    corners = _corners(element) + sum(cost.corners for cost in parts)
    places = {"pattern": shapes, "marker": corners}
    repeated = [(places[_kind(each)], cost) for each, cost in used.items() if _kind(each) in places]
    return _Cost(
        shapes + sum(times * cost.shapes for times, cost in repeated),
        corners + sum(times * cost.corners for times, cost in repeated),
        _layers(element)
        + sum(cost.layers for cost in parts)
        + sum(times * cost.layers for times, cost in repeated),
        1 + max((cost.height for cost in [*parts, *used.values()]), default=0),
    )


def _used(element: Element, named: dict[str, Element]) -> Iterator[Element]:
    """Yield what an element draws besides its children; raises SvgError where that is missing."""
    if href := element.get(HREF, "").removeprefix("#"):
        if href in named:
            yield named[href]
        elif _kind(element) == "use":
            raise SvgError(
                f"uses '#{href}', which the drawing lacks; draw it again", _line(element)
            )
    for value in element.attrib.values():
        yield from (named[name] for name in _URL.findall(value) if name in named)


def _corners(element: Element) -> int:
    """Return about how many corners an outline has; a line or a rectangle counts as two."""
    outline = f"{element.get('d', '')} {element.get('points', '')}"
    return 2 + len(_NUMBER.findall(outline)) // 2 + 10 * len(element.text or "")


def _layers(element: Element) -> int:
    """Return how many pictures of its own an element needs, beside those of its parts."""
    written = {*element.attrib, *_PROPERTY.findall(element.get("style", ""))}
    return len(written & _LAYERED) + _kind(element).startswith("fe")


def _check_depth(element: Element, depth: int) -> None:
    if depth > DEEPEST:
        raise SvgError(
            f"groups are nested more than {DEEPEST} levels deep; ungroup the drawing",
            _line(element),
        )


def _kind(element: Element) -> str:
    name: str = etree.QName(element).localname
    return name


def _line(element: Element) -> int:
    return element.sourceline or 0
