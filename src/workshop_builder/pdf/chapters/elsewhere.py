"""Pages before and behind a run, and those that are not finished; where a run begins."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from workshop_builder.pdf.chapters.place import CounterState

_UNTOUCHED = {"content_changed": False, "pages_wanted": False, "anchors": (), "content_lookups": ()}
"""What the engine notes of a page that need not be made again."""


@dataclass(frozen=True, slots=True)
class BarePage:
    """A page as it is until something is in its margins."""

    _page_box: Any

    @property
    def width(self) -> float:
        """In CSS pixels, with what is around it."""
        return float(self._page_box.margin_width())

    @property
    def height(self) -> float:
        """As the width."""
        return float(self._page_box.margin_height())


class Elsewhere:
    """Stands for a page before or behind the run."""

    fixed_boxes = ()

    @property
    def children(self) -> tuple[Any, ...]:
        """The areas of a page, with nothing in them."""
        empty = SimpleNamespace(children=())
        return SimpleNamespace(children=()), empty, empty

    @children.setter
    def children(self, _: object) -> None:
        """Have none."""

    def descendants(self, **_: object) -> tuple[()]:
        """Return no boxes."""
        return ()


def untouched(way: Any) -> Any:  # noqa: ANN401
    """Return what the engine knows of the beginning of a page elsewhere."""
    return way, None, None, ([0], {}, [set()], []), dict(_UNTOUCHED)


def to_be_made() -> dict[str, Any]:
    """Return what the engine notes of a page that is still to be made."""
    return _UNTOUCHED | {"content_changed": True, "anchors": [], "content_lookups": []}


def counters_of(state: Any) -> CounterState:  # noqa: ANN401
    """Return what the engine counts, as it is kept."""
    quotes, values, scopes, _ = state
    stacks = tuple((name, tuple(stack)) for name, stack in values.items())
    return quotes[0], stacks, tuple(sorted(scopes[-1]))


def way_to(box: Any, element: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return where the engine goes on to come to the box of an element, and that box."""
    for number, child in enumerate(getattr(box, "children", ())):
        if child.element is element:
            return {number: None}, child
        way, found = way_to(child, element)
        if found is not None:
            return {number: way}, found
    return None, None


def spread_over(
    pages: Sequence[BarePage],
    elements: AbstractSet[Any],
    kinds: tuple[Any, ...] = (),
) -> set[int]:
    """Return the pages, counted from 0, that show some elements, or more of a box with them.

    Such boxes are of some kinds, of which what is on one page follows from what is on another.
    """
    shown = [[*page._page_box.descendants(placeholders=True)] for page in pages]  # noqa: SLF001
    found = {number for number, page in enumerate(shown) if _shows(page, elements)}
    split: set[Any] = set()
    for number in found:
        split |= {box.element for box in shown[number] if isinstance(box, kinds)}
    return found | {number for number, page in enumerate(shown) if _shows(page, split)}


def _shows(page: Sequence[Any], elements: AbstractSet[Any]) -> bool:
    return any(box.element in elements for box in page)
