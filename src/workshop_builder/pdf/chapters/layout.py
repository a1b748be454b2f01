"""Lays out a run of the parts of a document as it is laid out in the whole.

The engine sees the whole document: selectors match in it as always. It makes boxes of the frame
around the parts and of the run alone, begins at the page and with the counters and strings that
the run has in the whole, and prints the numbers of pages that are known. An empty box stands for
the part behind the run, so that the break before it is found as always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from weasyprint import DEFAULT_OPTIONS, layout
from weasyprint.css.counters import CounterStyle
from weasyprint.css.targets import TargetLookupItem
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.formatting_structure import boxes, build
from weasyprint.html import get_html_metadata

from workshop_builder.pdf.chapters.place import Break, CounterState, Heads, RunPlace
from workshop_builder.pdf.chapters.whole import TOTAL, Whole, wrapped
from workshop_builder.pdf.joining.draw import NotKept

_UNTOUCHED = {"content_changed": False, "pages_wanted": False, "anchors": (), "content_lookups": ()}
"""What the engine notes of a page that need not be made again."""


class _Elsewhere:
    """Stands for a page before or behind the run."""

    fixed_boxes = ()

    @property
    def children(self) -> tuple[Any, ...]:
        empty = SimpleNamespace(children=())
        return SimpleNamespace(children=()), empty, empty

    @children.setter
    def children(self, _: object) -> None:
        """Have none."""

    def descendants(self, **_: object) -> tuple[()]:
        return ()


@dataclass(slots=True)
class RunLayout:
    """Parts that are laid out by themselves; not frozen: what is found out is noted in it."""

    whole: Whole
    parts: Sequence[Any]
    place: RunPlace
    numbers: Mapping[str, int]
    """The number of the page of each anchor of the document, and of its last page if it counts."""
    bare: bool = False
    """Whether what is in the margins of its pages is left out."""
    began: CounterState = (0, (), ())
    counters: CounterState = (0, (), ())
    """Behind the run."""
    heads: Heads = ()
    ends: Break = ("any", None)
    behind: Any = None
    """The box of the part behind it."""
    rest: list[Page] = field(default_factory=list)
    """The page of the part behind it, if something of the run goes on there."""
    _elsewhere: _Elsewhere = field(default_factory=_Elsewhere)

    def lay_out(self, fonts: Any, sheets: Sequence[Any], images: Any) -> Document:  # noqa: ANN401
        """Return the run as the engine lays it out; raises NotKept where it reaches further."""
        options = DEFAULT_OPTIONS | {"stylesheets": sheets, "cache": images}
        style = CounterStyle()
        with ExitStack() as stack:
            html = stack.enter_context(self.whole.styled(self.parts))
            context = Document._build_layout_context(html, fonts, style, {}, options)  # noqa: SLF001
            self._tell(context.target_collector)
            stack.enter_context(wrapped(build, "element_to_box", self._boxes_of))
            root = build.build_formatting_structure(
                html.etree_element,
                context.style_for,
                context.get_image_from_uri,
                html.base_url,
                context.target_collector,
                style,
                context.footnotes,
            )
            self._expect(context.target_collector)
            for name in ("initialize_page_maker", "make_all_pages"):
                stack.enter_context(wrapped(layout, name, getattr(self, f"_{name}")))
            stack.enter_context(wrapped(layout, "make_margin_boxes", self._margins_of))
            stack.enter_context(wrapped(layout, "layout_backgrounds", self._unless_elsewhere))
            laid_out = layout.layout_document(html, root, context)
            made = [page for page in laid_out if page is not self._elsewhere]
        pages = [Page(page) for page in self._ended(made, context)]
        about = DocumentMetadata(**get_html_metadata(html))
        document = Document(pages, about, html.url_fetcher, fonts, {}, None)
        document._html = self.whole.html  # noqa: SLF001
        return document

    def _tell(self, collector: Any) -> None:  # noqa: ANN401
        """Tell the numbers of the pages of all anchors; those elsewhere have no box."""
        own = {each.get("id") for part in self.parts for each in part.iter()}
        for name, number in self.numbers.items():
            if name not in own and name != TOTAL:
                item = collector.target_lookup_items[name] = TargetLookupItem("up-to-date")
                item.target_box = SimpleNamespace(cached_counter_values={})
            if name in collector.target_lookup_items:
                known = {"pages": [0], "page": [number]}
                collector.target_lookup_items[name].cached_page_counter_values = known
        collector.cache_target_page_counters = lambda *_: None

    def _expect(self, collector: Any) -> None:  # noqa: ANN401
        """Print the run's first page where its number is asked for; on others, it is made again."""
        for (_, where), item in collector.counter_lookup_items.items():
            if where == "content" and item.missing_counters:
                counters = {"pages": [self._total], "page": [self.place.page + 1]}
                item.cached_page_counter_values = counters
                item.parse_again(counters)

    @property
    def _total(self) -> int:
        return self.numbers[TOTAL] if self.whole.counted else 0

    def _boxes_of(self, original: Callable[..., Any], element: Any, *given: Any) -> Any:  # noqa: ANN401
        """Return the boxes of an element: of a part, only if it is of the run."""
        if element not in self.whole.places:
            return original(element, *given)
        if element in self.parts:
            if element is self.parts[0]:
                self._begin(given[-1])
            made = original(element, *given)
            self.counters = _counters(given[-1])
            return made
        if element is not self.whole.behind(self.parts):
            return []
        self.behind = build.make_box(element.tag, given[0](element), [], element)
        return [self.behind]

    def _begin(self, state: Any) -> None:  # noqa: ANN401
        """Give the counters the values that they have before the run."""
        quotes, values, scopes, _ = state
        if self.place.counters is not None:
            quotes[0], known, names = self.place.counters
            values.clear()
            values.update((name, list(stack)) for name, stack in known)
            scopes[-1].clear()
            scopes[-1].update(names)
        self.began = _counters(state)

    def _initialize_page_maker(
        self,
        original: Callable[..., None],
        context: Any,  # noqa: ANN401
        root: Any,  # noqa: ANN401
    ) -> None:
        """Begin at the run's page, and at its first part."""
        original(context, root)
        if self.place.begins is None:
            return
        before = self.place.page
        way, part = _way_to(root, self.parts[0])
        if part.page_values()[0] != part.style["page"]:
            raise NotKept
        right = context.page_maker[0][2] ^ bool(before % 2)
        begins = dict(zip(("break", "page"), self.place.begins, strict=True))
        state: Any = ([0], {"pages": [0], "page": [before]}, [{"page", "pages"}], [])
        again = _UNTOUCHED | {"content_changed": True, "anchors": [], "content_lookups": []}
        known = [_untouched(way) for _ in range(before)]
        context.page_maker = [*known, (way, begins, right, state, again)]
        for name, value in self.place.heads:
            context.string_set[name][before] = [value]

    def _make_all_pages(
        self,
        original: Callable[..., Iterator[Any]],
        context: Any,  # noqa: ANN401
        root: Any,  # noqa: ANN401
        html: Any,  # noqa: ANN401
        pages: list[Any],
    ) -> Iterator[Any]:
        total = self._total
        if not pages:
            context.page_maker[self.place.page][3][1]["pages"] = [total]
        made = [*original(context, root, html, pages or [self._elsewhere] * self.place.page)]
        behind = max(0, total - len(made))
        if len(made) + behind == total:  # as it was told: no page is made again for it
            for *_, again in context.page_maker:
                again["pages_wanted"] = False
        context.page_maker += (_untouched(None) for _ in range(behind))
        yield from (*made, *([self._elsewhere] * behind))

    def _margins_of(self, original: Callable[..., Any], context: Any, page: Any, state: Any) -> Any:  # noqa: ANN401
        """Return what is in the margins of a page, if that is to be seen."""
        behind = self.behind is not None and context.page_maker[context.current_page][0] is None
        return () if self.bare or behind else self._unless_elsewhere(original, context, page, state)

    def _unless_elsewhere(self, original: Callable[..., Any], *given: Any) -> Any:  # noqa: ANN401
        return () if self._elsewhere in given else original(*given)

    def _ended(self, made: list[Any], context: Any) -> list[Any]:  # noqa: ANN401
        """Return the pages of the run, and note what they leave to the next."""
        if self.behind is not None:
            own = {each for part in self.parts for each in part.iter()}
            behind = made.pop()
            if any(box.element in own for box in behind.descendants(placeholders=True)):
                self.rest.append(Page(behind))
            if not made or any(
                box.element is self.behind.element for box in made[-1].descendants()
            ):
                raise NotKept
            begins = context.page_maker[self.place.page + len(made)][1]
            self.ends = (begins["break"], begins["page"])
        last = self.place.page + len(made)
        heads = {
            name: max((page, values) for page, values in pages.items() if page <= last)[1][-1]
            for name, pages in context.string_set.items()
            if any(page <= last for page in pages)
        }
        self.heads = tuple(heads.items())
        return made


def _untouched(way: Any) -> Any:  # noqa: ANN401
    """Return what the engine knows of the beginning of a page elsewhere."""
    return way, None, None, ([0], {}, [set()], []), dict(_UNTOUCHED)


def _counters(state: Any) -> CounterState:  # noqa: ANN401
    quotes, values, scopes, _ = state
    stacks = tuple((name, tuple(stack)) for name, stack in values.items())
    return quotes[0], stacks, tuple(sorted(scopes[-1]))


def _way_to(box: Any, element: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return where the engine goes on to come to the box of an element, and that box."""
    for number, child in enumerate(box.children if isinstance(box, boxes.ParentBox) else ()):
        if child.element is element:
            return {number: None}, child
        way, found = _way_to(child, element)
        if found is not None:
            return {number: way}, found
    return None, None
