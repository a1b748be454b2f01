"""Makes a run of a document: measured first, then laid out in its place, and drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from workshop_builder.pdf import spreads, visible_text, warnings_log
from workshop_builder.pdf.chapters.layout import RunLayout
from workshop_builder.pdf.chapters.place import RunExtent, RunPlace, Told
from workshop_builder.pdf.chapters.whole import TOTAL, Whole
from workshop_builder.pdf.fitting import misfits, overflow
from workshop_builder.pdf.joining.draw import NotKept, draw
from workshop_builder.pdf.joining.drawn import DrawnRun
from workshop_builder.pdf.tagging.page_starts import PageStart, page_starts

Marks: TypeAlias = tuple[tuple[int, str, str], ...]
"""Attributes that the next layout is to have: number of the element in its run, name, value."""


@dataclass(frozen=True, slots=True)
class MadeRun:
    """A run that is laid out in its place, and drawn."""

    extent: RunExtent
    drawn: DrawnRun = field(repr=False)
    starts: tuple[PageStart, ...]
    """Where its pages begin, counted from 1 in the run."""
    words: dict[str, str]
    """The words that are seen, by the key of their element."""
    noted: Any
    spare: bool
    """Whether it is left out where the number of pages would be odd."""
    filled: float
    """As of a measure."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a first layout tells of a run."""

    extent: RunExtent
    marks: Marks
    """How the second is better."""
    filled: float
    """The share of its fullest frame that is taken; above 1 that is too small."""
    made: MadeRun | None
    """The run itself, if each run is a page as a rule, and it was laid out at its own."""
    place: RunPlace
    """Where it was laid out."""
    told: Told
    """What it prints of other places."""
    close: bool
    """Whether it just fits, so that the numbers of pages it prints may make it a page longer."""

    def made_at(self, place: RunPlace, told: Told) -> MadeRun | None:
        """Return the run if it was laid out at this place, and told the same."""
        here = replace(self.place, counters=self.extent.began)
        same = here == replace(place, counters=place.counters or self.extent.began)
        return self.made if same and told == self.told else None


@dataclass(frozen=True, slots=True)
class Layouts:
    """All that runs are laid out with."""

    whole: Whole
    fonts: Any
    sheets: Sequence[Any]
    breaking: Any
    """The style sheet for words that may break."""
    note: Callable[[Any], Any] | None = None
    """What is noted of each run when it is laid out."""
    apart: bool = False
    """Whether each run is a page as a rule, such as a slide."""

    def measure(self, number: int, page: int, numbers: Mapping[str, int]) -> Measure:
        """Lay a run out as if it began at a page; raises NotKept where that cannot be done.

        `numbers` are those of the pages of all anchors.
        """
        parts = self.whole.runs[number]
        place = RunPlace(page, begins=("page", "")) if number else RunPlace()
        with _strict(), _unchanged(parts) as marks:
            run, document = self._laid_out(parts, place, numbers, bare=not self.apart)
            longer = spreads.give_room(document) | spreads.put_in_line(document)
            found = marks() if spreads.even_out(document) or longer else ()
            filled = overflow.share_filled([*document.pages, *run.rest], None)
            if run.rest and filled <= 1:
                raise NotKept
            if longer:
                run, document = self._laid_out(parts, place, numbers, bare=not self.apart)
            whole = self.apart and not found and filled <= 1 and not misfits.find(document)
            made = self._made(run, document) if whole else None
            extent = _extent(run, document)
            return Measure(extent, found, filled, made, place, extent.told(numbers), longer)

    def make(
        self, number: int, place: RunPlace, numbers: Mapping[str, int], marks: Marks
    ) -> MadeRun:
        """Lay a run out in its place; raises NotKept where that cannot be done."""
        parts = self.whole.runs[number]
        with _strict(), _unchanged(parts):
            _mark(parts, marks)
            run, document = self._laid_out(parts, place, numbers)
            found = misfits.find(document)
            for letters in misfits.LETTERS if found else ():
                if misfits.let_break(found, letters):
                    run, document = self._laid_out(parts, place, numbers, self.breaking)
                    found = misfits.find(document)
            if found:
                raise NotKept
            return self._made(run, document)

    def _made(self, run: RunLayout, document: Any) -> MadeRun:  # noqa: ANN401
        spare = [spreads.is_spare(page) for page in document.pages]
        if run.rest or (any(spare) and (self.whole.counted or not all(spare))):
            raise NotKept
        return MadeRun(
            _extent(run, document),
            draw(document),
            page_starts(document.pages),
            visible_text.words_by_key(document),
            self.note(document) if self.note else None,
            all(spare),
            overflow.share_filled(document.pages, None),
        )

    def _laid_out(
        self,
        parts: Sequence[Any],
        place: RunPlace,
        numbers: Mapping[str, int],
        *more: Any,  # noqa: ANN401
        bare: bool = False,
    ) -> tuple[RunLayout, Any]:
        run = RunLayout(self.whole, parts, place, numbers, bare)
        document = run.lay_out(self.fonts, [*self.sheets, *more], self.whole.html.images)
        return run, spreads.set_in_spreads(document, all_pages=True)


def _extent(run: RunLayout, document: Any) -> RunExtent:  # noqa: ANN401
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for name in page.anchors:
            anchors.setdefault(name, number)
    return RunExtent(
        len(document.pages),
        tuple(anchors.items()),
        run.began,
        run.counters,
        run.heads,
        run.ends,
        (*sorted(spreads.referred(document.pages)), *([TOTAL] if run.whole.counted else ())),
    )


@contextmanager
def _strict() -> Iterator[None]:
    """Raise NotKept where the engine warns: the whole document tells of it."""
    with warnings_log.collected() as log:
        yield
    if log.lines:
        raise NotKept


@contextmanager
def _unchanged(parts: Sequence[Any]) -> Iterator[Callable[[], Marks]]:
    """Yield what tells the attributes changed since; they are what they were at the end."""
    elements = [element for part in parts for element in part.iter()]
    before = [dict(element.attrib) for element in elements]

    def marks() -> Marks:
        return tuple(
            (number, name, value)
            for number, (element, old) in enumerate(zip(elements, before, strict=True))
            for name, value in element.items()
            if old.get(name) != value
        )

    try:
        yield marks
    finally:
        for element, old in zip(elements, before, strict=True):
            if element.attrib != old:
                element.attrib.clear()
                element.attrib.update(old)


def _mark(parts: Sequence[Any], marks: Marks) -> None:
    elements = [element for part in parts for element in part.iter()]
    for number, name, value in marks:
        elements[number].set(name, value)
