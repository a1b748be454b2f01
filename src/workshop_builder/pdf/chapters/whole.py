"""A document with its parts, as the engine sees it while it lays some of them out.

The engine has no public door to this: functions of the version that `pdf.speed` knows are wrapped
for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from cssselect2 import Matcher
from weasyprint import css
from weasyprint.css.targets import TargetLookupItem

_ON_A_PAGE = 52
"""How many elements stand on a page, about: a guess at how long a run is before it is measured."""
_USUAL = "2"
"""A digit that is about as wide as most."""

TOTAL = ""
"""Stands for the end of a document among its anchors: its page is the number of all pages."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A document, and its parts."""

    html: Any
    """As the engine reads it."""
    container: Any
    """The element that holds the parts."""
    parts: tuple[Any, ...]
    places: Mapping[Any, int]
    """The parts, to look one up, and the place of each."""
    counted: bool = False
    """Whether the number of all pages is printed."""
    runs: list[list[Any]] = field(default_factory=list)
    """The parts in runs that can be laid out by themselves."""
    _matched: dict[tuple[int, Any], tuple[Any, Any]] = field(default_factory=dict)
    """The rules that match the frame and the parts, which take long to find: by the `id` of the
    engine's matcher, and element. The matcher is with them, so that no other gets its `id`."""

    @contextmanager
    def styled(self, run: Sequence[Any]) -> Iterator[Any]:
        """Yield it as the engine reads it, which styles the frame, and all in a run.

        It also styles the part behind the run; without a run, all parts.
        """
        html = copy(self.html)
        chosen = _Chosen([*self.chosen(run)])
        html.wrapper_element = chosen
        with (
            wrapped(css, "find_style_attributes", lambda find, _, *rest: find(chosen, *rest)),
            wrapped(Matcher, "match", self._match),
        ):
            yield html

    def _match(self, original: Callable[..., Any], matcher: Any, wrapper: Any) -> Any:  # noqa: ANN401
        element = wrapper.etree_element
        if wrapper.parent is not None and element not in self.places:
            return original(matcher, wrapper)
        key = id(matcher), element
        if key not in self._matched:
            self._matched[key] = matcher, original(matcher, wrapper)
        return self._matched[key][1]

    def chosen(self, run: Sequence[Any]) -> Iterator[Any]:
        """Yield the elements of the frame, all in a run, and the part behind it, in their order.

        Without a run, yield the frame and all parts.
        """
        parts = {*self.parts} if not run else {self.behind(run)}
        return self._chosen(self.html.wrapper_element, set(run), parts)

    def behind(self, run: Sequence[Any]) -> Any:  # noqa: ANN401
        """Return the part behind a run, which begins the next one and so is shown; or None."""
        place = self.places[run[-1]] + 1
        return self.parts[place] if place < len(self.parts) else None

    @property
    def names(self) -> set[str]:
        """The ids in the document, and its end if that counts."""
        found = {str(each.get("id")) for each in self.html.etree_element.iter() if each.get("id")}
        return found | ({TOTAL} if self.counted else set())

    @property
    def sizes(self) -> list[int]:
        """How many elements each run has."""
        return [sum(1 for part in run for _ in part.iter()) for run in self.runs]

    @property
    def lengths(self) -> list[int]:
        """How many letters each run has."""
        return [sum(len("".join(part.itertext())) for part in run) for run in self.runs]

    def pages_apart(self) -> dict[str, int]:
        """Return the number of the page of each anchor if each run is a page."""
        numbers = {TOTAL: len(self.runs)}
        for number, run in enumerate(self.runs, 1):
            names = {str(each.get("id")) for part in run for each in part.iter() if each.get("id")}
            numbers |= dict.fromkeys(sorted(names), number)
        return numbers

    def stand_ins(self) -> dict[str, int]:
        """Return a number for the page of each anchor, which has as many digits as that likely has.

        All of so many digits are one and the same, so that they seldom change, and of a digit that
        is about as wide as most.
        """
        numbers: dict[str, int] = {}
        before = 0
        for run in self.runs:
            elements = [each for part in run for each in part.iter()]
            for place, element in enumerate(elements):
                if name := element.get("id"):
                    numbers.setdefault(name, before + place // _ON_A_PAGE + 1)
            before += max(1, round(len(elements) / _ON_A_PAGE))
        numbers[TOTAL] = before
        return {name: int(_USUAL * len(str(number))) for name, number in numbers.items()}

    def linked(self, run: int) -> list[str]:
        """Return the anchors that a run may refer to, and the end of the document if it counts."""
        names = linked(self.runs[run]) & self.names
        return sorted(names | ({TOTAL} if self.counted else set()))

    def _chosen(self, wrapper: Any, run: set[Any], parts: set[Any]) -> Iterator[Any]:  # noqa: ANN401
        yield wrapper
        for child in wrapper.iter_children():
            if wrapper.etree_element is not self.container:
                yield from self._chosen(child, run, parts)
            elif child.etree_element in run:
                yield from child.iter_subtree()
            elif child.etree_element in parts:
                yield child


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Some elements of a document, where the engine asks for all."""

    wrappers: Sequence[Any]

    def iter_subtree(self) -> Sequence[Any]:
        return self.wrappers

    def query_all(self, *_: str) -> tuple[()]:
        """Return the style sheets that the document names: none."""
        return ()

    def iter(self) -> Iterator[Any]:
        return (each.etree_element for each in self.wrappers)


def linked(run: Sequence[Any]) -> set[str]:
    """Return the ids to which a run has links."""
    anchors = (anchor for part in run for anchor in part.iter("a"))
    return {anchor.get("href", "").removeprefix("#") for anchor in anchors}


def tell(collector: Any, parts: Sequence[Any], numbers: Mapping[str, int]) -> None:  # noqa: ANN401
    """Tell the engine the numbers of the pages of all anchors; those elsewhere have no box."""
    elements = [each for part in parts for each in part.iter()]
    own = {each.get("id") for each in elements}
    asked = {
        unquote(value.removeprefix("#")) for each in elements for value in each.attrib.values()
    }
    for name in (asked & numbers.keys()) - {TOTAL}:
        if name not in own:
            item = collector.target_lookup_items[name] = TargetLookupItem("up-to-date")
            item.target_box = SimpleNamespace(cached_counter_values={})
        if name in collector.target_lookup_items:
            known = {"pages": [0], "page": [numbers[name]]}
            collector.target_lookup_items[name].cached_page_counter_values = known
    collector.cache_target_page_counters = lambda *_: None


@contextmanager
def wrapped(module: Any, name: str, around: Callable[..., Any]) -> Iterator[None]:  # noqa: ANN401
    """Let `around` stand for a function of the engine, which it gets as its first argument."""
    original = getattr(module, name)
    setattr(module, name, lambda *given, **named: around(original, *given, **named))
    try:
        yield
    finally:
        setattr(module, name, original)
