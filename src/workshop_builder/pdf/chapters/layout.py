"""Lays out a run of the parts of a document as it is laid out in the whole.

The engine sees the whole document: selectors match in it as always. It makes boxes of the frame
around the parts and of the run alone, begins at the page and with the counters and strings that
the run has in the whole, and prints the numbers of pages that are known. An empty box stands for
the part behind the run, so that the break before it is found as always.

The engine is halted when the pages are made, before anything is in their margins: then it is known
where the next run begins, and a page on which a paragraph ends badly can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from weasyprint import DEFAULT_OPTIONS, layout
from weasyprint.css.counters import CounterStyle
from weasyprint.css.properties import Dimension
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.formatting_structure import boxes, build
from weasyprint.html import get_html_metadata

from workshop_builder.pdf import spreads
from workshop_builder.pdf.chapters.elsewhere import (
    BarePage,
    Elsewhere,
    counters_of,
    spread_over,
    to_be_made,
    untouched,
    way_to,
)
from workshop_builder.pdf.chapters.place import Break, CounterState, Heads, RunPlace
from workshop_builder.pdf.chapters.whole import TOTAL, Whole, tell, wrapped
from workshop_builder.pdf.joining.draw import NotKept


class _Halt(Exception):  # noqa: N818  it is no error
    """The pages are made, and nothing is in their margins yet."""


@dataclass(slots=True)
class RunLayout:
    """Parts that are laid out by themselves; not frozen: what is found out is noted in it."""

    whole: Whole
    parts: Sequence[Any]
    place: RunPlace
    numbers: Mapping[str, int]
    """The number of the page of each anchor of the document, and of its last page if it counts."""
    pages: list[BarePage] = field(default_factory=list)
    began: CounterState = (0, (), ())
    counters: CounterState = (0, (), ())
    """Behind the run."""
    heads: Heads = ()
    ends: Break = ("any", None)
    behind: Any = None
    """The box of the part behind it."""
    rest: list[BarePage] = field(default_factory=list)
    """The page of the part behind it, if something of the run goes on there."""
    _html: Any = None
    """The document as the engine reads it, its context, and the boxes that it lays out."""
    _context: Any = None
    _root: Any = None
    _footnotes: Sequence[Any] = ()
    _all: list[Any] = field(default_factory=list)
    """The boxes of all pages, those elsewhere included."""
    _moved: dict[Any, bool] = field(default_factory=dict)
    """The boxes of the pages that are set in their spread, and whether that moved something."""
    _elsewhere: Elsewhere = field(default_factory=Elsewhere)

    def lay_out(self, fonts: Any, sheets: Sequence[Any], images: Any) -> None:  # noqa: ANN401
        """Make the pages of the run; raises NotKept where it reaches further."""
        options = DEFAULT_OPTIONS | {"stylesheets": sheets, "cache": images}
        style = CounterStyle()
        with (
            self.whole.styled(self.parts) as html,
            wrapped(build, "element_to_box", self._boxes_of),
        ):
            context = Document._build_layout_context(html, fonts, style, {}, options)  # noqa: SLF001
            tell(context.target_collector, self.parts, self.numbers)
            self._root = build.build_formatting_structure(
                html.etree_element,
                context.style_for,
                context.get_image_from_uri,
                html.base_url,
                context.target_collector,
                style,
                context.footnotes,
            )
            self._expect(context.target_collector)
        self._html, self._context, self._footnotes = html, context, tuple(context.footnotes)
        self._make_pages()

    def narrow(self, paddings: Mapping[Any, float]) -> bool:
        """Give elements other paddings on the right, and make the pages again that show them.

        Return whether that can be done.
        """
        style_for = self._context.style_for
        styled = {
            box.element: box
            for box in self._root.descendants()
            if box.element in paddings and box.style is style_for(box.element)
        }
        if self._footnotes or styled.keys() != paddings.keys():
            return False
        for element, box in styled.items():  # elements alike have one style
            box.style = box.style.copy()
            box.style["padding_right"] = Dimension(paddings[element], "px")
        self._make_again(spread_over(self.pages, paddings.keys()))
        return True

    def renumber(self, numbers: Mapping[str, int]) -> bool:
        """Print other numbers of pages, and make the pages again that this may change.

        Return whether that can be done.
        """
        counted = self.whole.counted and self._total != numbers[TOTAL]
        if counted or self._footnotes or self.rest:
            return False
        if (changed := spreads.renumber(self._root, self.numbers, numbers)) is None:
            return False
        self.numbers = numbers
        if changed:
            tell(self._context.target_collector, self.parts, numbers)
            found = spread_over(self.pages, changed, (boxes.TableBox,))
            # What is less high may fit on the page before.
            self._make_again(found | {number - 1 for number in found if number})
        return True

    def _make_again(self, chosen: set[int]) -> None:
        """Make some pages again, counted from 0 in the run."""
        for number, page in enumerate(self.pages):
            # A picture in a line has one box, which is also laid out when the page before ends.
            again = self._context.page_maker[self.place.page + number][-1]
            again["content_changed"] = number in chosen or any(
                isinstance(box, boxes.InlineReplacedBox)
                for box in page._page_box.descendants(placeholders=True)  # noqa: SLF001
            )
        self._context.tables.clear()
        self._make_pages()

    def finished(self) -> Document:
        """Return the pages with all that is in their margins."""
        made = self._laid_out(lambda *_: self._all, self._margins_of)[: len(self.pages)]
        pages = [spreads.drawn_anew(box) if self._moved[box] else Page(box) for box in made]
        about = DocumentMetadata(**get_html_metadata(self._html))
        fonts = self._context.font_config
        document = Document(pages, about, self._html.url_fetcher, fonts, {}, None)
        document._html = self.whole.html  # noqa: SLF001
        return document

    def _make_pages(self) -> None:
        self._context.footnotes = [*self._footnotes]
        with suppress(_Halt):
            self._laid_out(self._make_all_pages, self._halt)
        made = [page for page in self._all if page is not self._elsewhere]
        self.pages = [BarePage(box) for box in self._ended(made, self._context)]
        boxes_now = [page._page_box for page in self.pages]  # noqa: SLF001
        self._moved = {
            box: self._moved[box] if box in self._moved else spreads.set_in_spread(box)
            for box in boxes_now
        }

    def _laid_out(self, make_all_pages: Callable[..., Any], margins: Callable[..., Any]) -> Any:  # noqa: ANN401
        with ExitStack() as stack:
            for name, around in (
                ("initialize_page_maker", self._initialize_page_maker),
                ("make_all_pages", make_all_pages),
                ("make_margin_boxes", margins),
                ("layout_backgrounds", self._unless_elsewhere),
                ("layout_fixed_boxes", self._unless_elsewhere),
            ):
                stack.enter_context(wrapped(layout, name, around))
            laid_out = layout.layout_document(self._html, self._root, self._context)
            return [page for page in laid_out if page is not self._elsewhere]

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
            self.counters = counters_of(given[-1])
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
        self.began = counters_of(state)

    def _initialize_page_maker(
        self,
        original: Callable[..., None],
        context: Any,  # noqa: ANN401
        root: Any,  # noqa: ANN401
    ) -> None:
        """Begin at the run's page, and at its first part."""
        context.string_set.clear()
        for name, value in self.place.heads:
            context.string_set[name][self.place.page] = [value]
        if self._all:
            return
        original(context, root)
        if self.place.begins is None:
            return
        before = self.place.page
        way, part = way_to(root, self.parts[0])
        if part.page_values()[0] != part.style["page"]:
            raise NotKept
        right = context.page_maker[0][2] ^ bool(before % 2)
        begins = dict(zip(("break", "page"), self.place.begins, strict=True))
        state: Any = ([0], {"pages": [0], "page": [before]}, [{"page", "pages"}], [])
        known = [untouched(way) for _ in range(before)]
        context.page_maker = [*known, (way, begins, right, state, to_be_made())]

    def _make_all_pages(
        self,
        original: Callable[..., Iterator[Any]],
        context: Any,  # noqa: ANN401
        root: Any,  # noqa: ANN401
        html: Any,  # noqa: ANN401
        pages: list[Any],
    ) -> Iterator[Any]:
        total = self._total
        pages = pages or self._all
        if not pages:
            context.page_maker[self.place.page][3][1]["pages"] = [total]
        made = [*original(context, root, html, pages or [self._elsewhere] * self.place.page)]
        behind = max(0, total - len(made))
        if len(made) + behind == total:  # as it was told: no page is made again for it
            for *_, again in context.page_maker:
                again["pages_wanted"] = False
        context.page_maker += (untouched(None) for _ in range(behind))
        self._all = [*made, *([self._elsewhere] * behind)]
        yield from self._all

    def _halt(self, _: object, __: object, page: Any, ___: object) -> tuple[()]:  # noqa: ANN401
        if page is not self._elsewhere:
            raise _Halt
        return ()

    def _margins_of(self, original: Callable[..., Any], context: Any, page: Any, state: Any) -> Any:  # noqa: ANN401
        """Return what is in the margins of a page, but for that of the part behind."""
        behind = self.behind is not None and context.page_maker[context.current_page][0] is None
        return () if behind else self._unless_elsewhere(original, context, page, state)

    def _unless_elsewhere(self, original: Callable[..., Any], *given: Any) -> Any:  # noqa: ANN401
        return () if self._elsewhere in given else original(*given)

    def _ended(self, made: list[Any], context: Any) -> list[Any]:  # noqa: ANN401
        """Return the pages of the run, and note what they leave to the next."""
        self.rest.clear()
        if self.behind is not None:
            own = {each for part in self.parts for each in part.iter()}
            behind = made.pop()
            if any(box.element in own for box in behind.descendants(placeholders=True)):
                self.rest.append(BarePage(behind))
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
