"""Words that leave their place on laid-out pages, and how they may break where they do.

A page is first laid out as its style says. Where a word is wider than its place, its element is
marked, and the page is laid out anew with `BREAKING`: what fits is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from workshop_builder.errors import BuildError, Problem
from workshop_builder.model.products import Target
from workshop_builder.pages.render import Page
from workshop_builder.source.characters import line_of
from workshop_builder.source.folder import SETTINGS_FILE

_MARK = "data-tight"
BREAKING = """
[data-tight=word], [data-tight=exact] {
  overflow-wrap: anywhere !important; white-space: normal !important }
[data-tight=word] { hyphens: auto !important; hyphenate-character: "-" !important;
  hyphenate-limit-chars: 10 4 4 !important }
[data-tight=exact] { hyphens: manual !important }
pre[data-tight], pre [data-tight] { white-space: pre-wrap !important }
table[data-tight] th, table[data-tight] td {
  padding-left: 1mm !important; padding-right: 1mm !important }
body:not(.large-print) table[data-tight] { font-size: 0.8rem !important }
"""
"""The style of marked elements; addresses and code break without a hyphen, which would be read."""

LETTERS = (16, 8, 4, 1, 1)
"""By round of layout: the least letters of a word that lets its cell of a table break."""

_SLACK = 1.5
"""CSS pixels by which a word may leave its place: differences of rounding."""
_UNSEEN = 2.0
"""CSS pixels; a box that is no wider hides its words from the eye on purpose."""

_PUNCTUATION = ".,;:!?()'\"„“”’"
_BLOCKS = frozenset(["BlockBox", "InlineBlockBox", "TableCellBox", "TableCaptionBox"])
"""Kinds of boxes that hold lines or blocks."""
_NAMES = ("id", "data-card", "data-part")
"""The attributes that name what is around words."""

BoxElement: TypeAlias = Any
_Span: TypeAlias = tuple[float, float]
"""Left and right, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Words that leave their place."""

    word: str
    """The longest of them, whole."""
    element: BoxElement
    """The element that holds them."""
    block: BoxElement
    """The block that it stands in."""
    table: BoxElement | None
    """The innermost table around it whose columns are as wide as their words."""
    homes: tuple[str, ...]
    """The ids and names of cards and parts around it, from the outermost."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the words of a box may stand."""

    paper: _Span
    bottom: float
    """The lower edge of the paper."""
    frame: _Span
    """The innermost of the page between its margins, columns, cells and borders around it."""
    block: _Span
    element: BoxElement = None
    table: BoxElement | None = None
    homes: tuple[str, ...] = ()


def find(document: Any) -> list[Misfit]:  # noqa: ANN401  the engine is not typed
    """Return the words of a laid-out WeasyPrint document that leave their place."""
    return [misfit for page in document.pages for misfit in _on_page(page)]


def in_margins(document: Any) -> bool:  # noqa: ANN401
    """Return whether words do that which are in the margins of a page."""
    return any(True for page in document.pages for _ in _on_page(page, margins=True))


def let_break(misfits: Iterable[Misfit], letters: int) -> bool:
    """Mark where words may break, in tables those of `letters` at least; return if that is new."""
    new = False
    for misfit in misfits:
        table = misfit.table
        if table is None or not _cells(table):
            kind = _kind(misfit.word)
            new |= any([_mark(misfit.element, kind), _mark(misfit.block, kind)])
            continue
        words = {cell: _longest("".join(cell.itertext())) for cell in _cells(table)}
        wordy = {cell: word for cell, word in words.items() if len(word) >= letters}
        new |= any([_mark(table, "table"), *(_mark(c, _kind(word)) for c, word in wordy.items())])
    return new


def check(found: Iterable[Misfit], page: Page, target: Target) -> None:
    """Raise BuildError for words that were found to leave their place though they may break."""
    if problems := dict.fromkeys(_problem(misfit, target, page) for misfit in found):
        raise BuildError(problems)


def _problem(misfit: Misfit, target: Target, page: Page) -> Problem:
    """Return the problem of words that cannot break, with the file and line that has them."""
    homes = (page.sources[name] for name in reversed(misfit.homes) if name in page.sources)
    home = next(homes, "")
    path, line = _place_of(misfit.word, home, page.texts)
    where = f" in {target.file}" if path else ""
    text = f"the word '{misfit.word}' does not fit its place{where}; shorten or divide it"
    return Problem(path or target.file, line, text)


def _place_of(word: str, home: str, texts: Mapping[str, str]) -> tuple[str, int]:
    """Return the file and line that has a word: its own file, else the first of the others."""
    others = sorted(
        texts, key=lambda path: (path != SETTINGS_FILE, path.startswith("styles/"), path)
    )
    for path in (home, *others):
        if line := line_of(word, texts.get(path, "")):
            return path, line
    return home, 0


def _mark(element: BoxElement, kind: str) -> bool:
    known = element.get(_MARK)
    if known in {kind, "exact"}:
        return False
    element.set(_MARK, kind)
    return True


def _cells(table: BoxElement) -> list[BoxElement]:
    return [cell for cell in table.iter() if cell.tag in {"td", "th"}]


def _kind(word: str) -> str:
    """Return how a word may break: at a hyphen, or as it is where it is no word of a language."""
    return "word" if word.strip(_PUNCTUATION).isalpha() else "exact"


def _longest(text: str) -> str:
    return max(text.split(), key=len, default="")


def _whole(part: str, element: BoxElement) -> str:
    """Return the word of `element` of which a line shows `part`, or that part."""
    words = (word for text in element.itertext() for word in text.split())
    return next((word for word in words if part in word), part)


def _on_page(page: Any, *, margins: bool = False) -> Iterator[Misfit]:  # noqa: ANN401
    """Yield the words on a page that leave their place, or only those in its `margins`."""
    box = page._page_box  # noqa: SLF001  the laid-out boxes have no public door
    paper = (0.0, float(page.width))
    left = box.content_box_x()
    inner = (left, left + box.width)
    for child in box.children:
        flows = type(child).__name__ != "MarginBox"
        if not (flows and margins):
            yield from _walk(child, _Place(paper, page.height, inner if flows else paper, paper))


def _walk(box: Any, place: _Place) -> Iterator[Misfit]:  # noqa: ANN401
    """Yield the words in `box` that leave `place`."""
    box = getattr(box, "_box", box)
    if "::marker" in str(box.element_tag):
        return
    if "::" in str(box.element_tag):  # what a style adds may hang out, but on the paper
        place = replace(place, frame=place.paper, block=place.paper)
    if hasattr(box, "text"):
        if _leaves(box, place):
            added = "::" in str(box.element_tag)
            part = _longest(box.text)
            word = part if added else _whole(part, place.element)
            yield Misfit(word, box.element, place.element, place.table, place.homes)
        return
    if not hasattr(box, "children"):
        return
    place = _inside(box, place)
    split = {box.style["column_count"], box.style["column_width"]} != {"auto"}
    for child in box.children:
        narrow = split and child.element is box.element and _is_block(child)
        yield from _walk(child, _framed(place, _edges(child)) if narrow else place)


def _leaves(box: Any, place: _Place) -> bool:  # noqa: ANN401
    if not box.text.strip() or box.style["visibility"] != "visible" or place.element is None:
        return False
    shown = len(box.text.rstrip()) / len(box.text)  # blanks at the end of a line may hang over
    left, right = box.position_x, box.position_x + box.width * shown
    spans = (place.paper, place.frame, place.block)
    return bool(
        left < max(span[0] for span in spans) - _SLACK
        or right > min(span[1] for span in spans) + _SLACK
        or box.position_y + box.height > place.bottom + _SLACK
    )


def _inside(box: Any, place: _Place) -> _Place:  # noqa: ANN401
    """Return where the words in `box` may stand, which itself stands in `place`."""
    if hasattr(box.element, "get"):
        names = tuple(filter(None, map(box.element.get, _NAMES)))
        place = replace(place, homes=place.homes + names) if names else place
    if box.style["position"] not in {"static", "relative"}:
        place = replace(place, frame=place.paper, block=place.paper)
    if type(box).__name__ in {"TableBox", "InlineTableBox"}:
        fixed = box.style["table_layout"] == "fixed"
        place = replace(place, table=None if fixed else box.element)
    if not _is_block(box):
        return place
    edges = _edges(box)
    if edges[1] - edges[0] <= _UNSEEN:
        return replace(place, element=None)
    element = box.element if hasattr(box.element, "get") else place.element
    place = replace(place, block=edges, element=element)
    return _framed(place, edges) if _has_frame(box) else place


def _is_block(box: Any) -> bool:  # noqa: ANN401
    """Return whether `box` holds lines or blocks; parts of a line and of a table do not."""
    return type(box).__name__ in _BLOCKS


def _has_frame(box: Any) -> bool:  # noqa: ANN401
    style = box.style
    return (
        type(box).__name__ == "TableCellBox"
        or style["overflow"] != "visible"
        or style["border_right_width"] > 0
        or style["background_color"] == "currentcolor"
        or style["background_color"].alpha > 0
    )


def _framed(place: _Place, edges: _Span) -> _Place:
    left, right = place.frame
    return replace(place, frame=(max(left, edges[0]), min(right, edges[1])))


def _edges(box: Any) -> _Span:  # noqa: ANN401
    left = box.border_box_x()
    return left, left + box.border_width()
