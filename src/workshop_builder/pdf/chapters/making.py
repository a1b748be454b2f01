"""Makes a run of a document: laid out in its place, and drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from workshop_builder.pdf import spreads, visible_text, warnings_log
from workshop_builder.pdf.chapters.layout import RunLayout
from workshop_builder.pdf.chapters.place import RunExtent, RunPlace
from workshop_builder.pdf.chapters.whole import TOTAL, Whole
from workshop_builder.pdf.fitting import misfits, overflow
from workshop_builder.pdf.joining.draw import NotKept, draw
from workshop_builder.pdf.joining.drawn import DrawnRun
from workshop_builder.pdf.tagging.page_starts import PageStart, page_starts


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
    """The share of its fullest frame that is taken; above 1 that is too small."""


Marks: TypeAlias = dict[Any, dict[str, str]]
"""The attributes of the elements that get other ones to be laid out better."""


@dataclass(frozen=True, slots=True)
class BegunRun:
    """A run that is laid out in its place."""

    number: int
    run: RunLayout
    marks: Marks
    """What was marked in its elements for another layout."""

    @property
    def extent(self) -> RunExtent:
        """How much it takes."""
        return extent_of(self.run)


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
    _measured: dict[int, RunLayout] = field(default_factory=dict)
    """The runs that were laid out to be measured, and need not be better."""

    def stand_ins(self) -> Mapping[str, int]:
        """Return a number for the page of each anchor that is not known."""
        return self.whole.pages_apart() if self.apart else self.whole.stand_ins()

    def begun(self, number: int, place: RunPlace, numbers: Mapping[str, int]) -> BegunRun:
        """Lay a run out in its place, to see how much it takes, but for where paragraphs end.

        `numbers` are those of the pages of all anchors. Raises NotKept where it cannot be done.
        """
        marks: Marks = {}
        measured = self._measured.pop(number, None)
        if measured and _put(measured, place, numbers):
            return BegunRun(number, measured, marks)
        with _strict(), _marked(self.whole.runs[number], marks):
            return self._opened(number, self._laid_out(number, place, numbers), marks)

    def renumbered(self, begun: BegunRun, numbers: Mapping[str, int]) -> BegunRun:
        """Return what was begun as it is with other numbers of pages; raises NotKept."""
        run = begun.run
        if not begun.marks:
            with _strict(), _marked(run.parts, begun.marks):
                if run.renumber(numbers):
                    return self._opened(begun.number, run, begun.marks)
        return self.begun(begun.number, run.place, numbers)

    def evened(self, begun: BegunRun) -> BegunRun:
        """Return it with paragraphs that end well, and words in their places; raises NotKept."""
        run = begun.run
        with _strict(), _marked(run.parts, begun.marks):
            if not begun.marks:
                run = self._narrower(begun.number, run)
            found = misfits.find(run)
            for letters in misfits.LETTERS if found else ():
                if misfits.let_break(found, letters):
                    run = self._laid_out(begun.number, run.place, run.numbers, self.breaking)
                    found = misfits.find(run)
            if found:
                raise NotKept
        return BegunRun(begun.number, run, begun.marks)

    def drawn(self, evened: BegunRun) -> MadeRun:
        """Return a run that is laid out, drawn; raises NotKept where that cannot be done."""
        with _strict(), _marked(evened.run.parts, evened.marks):
            document = evened.run.finished()
            if misfits.in_margins(document):
                raise NotKept
            return self._made(evened.run, document)

    def measure(self, number: int, place: RunPlace, numbers: Mapping[str, int]) -> float:
        """Return the share that is taken of the fullest frame of a run; above 1 that is too small.

        Raises NotKept where it could be better, or goes on for more than its pages and yet fits:
        only all together can tell.
        """
        marks: Marks = {}
        with _strict(), _marked(self.whole.runs[number], marks):
            first = self._laid_out(number, place, numbers)
            run = self._opened(number, first, marks).run
            improved = run is not first or spreads.narrower(run)
            filled = overflow.share_filled([*run.pages, *run.rest], None)
            if improved or (run.rest and filled <= 1):
                raise NotKept
            self._measured[number] = run
            return filled

    def _opened(self, number: int, run: RunLayout, marks: Marks) -> BegunRun:
        """Return a run with the room that its openings should have."""
        if spreads.give_room(run) | spreads.put_in_line(run):
            spreads.set_narrower(spreads.narrower(run))
            run = self._laid_out(number, run.place, run.numbers)
        return BegunRun(number, run, marks)

    def _narrower(self, number: int, run: RunLayout) -> RunLayout:
        """Return a run as it is where paragraphs that end badly are narrower."""
        narrower = spreads.narrower(run)
        spreads.set_narrower(narrower)  # for a layout after this one
        if narrower and not run.narrow(narrower):
            return self._laid_out(number, run.place, run.numbers)
        return run

    def _made(self, run: RunLayout, document: Any) -> MadeRun:  # noqa: ANN401
        spare = [spreads.is_spare(page) for page in document.pages]
        if run.rest or (any(spare) and (self.whole.counted or not all(spare))):
            raise NotKept
        return MadeRun(
            extent_of(run),
            draw(document),
            page_starts(document.pages),
            visible_text.words_by_key(document),
            self.note(document) if self.note else None,
            all(spare),
            overflow.share_filled(document.pages, None),
        )

    def _laid_out(
        self,
        number: int,
        place: RunPlace,
        numbers: Mapping[str, int],
        *more: Any,  # noqa: ANN401
    ) -> RunLayout:
        run = RunLayout(self.whole, self.whole.runs[number], place, numbers)
        run.lay_out(self.fonts, [*self.sheets, *more], self.whole.html.images)
        return run


def _put(run: RunLayout, place: RunPlace, numbers: Mapping[str, int]) -> bool:
    """Put a run into another place, if it is laid out as there; return whether it is."""
    own = replace(run.place, counters=place.counters and run.began, heads=place.heads)
    if own != place or numbers != run.numbers or run.place.heads or run.rest:
        return False
    run.place = place
    run.heads = tuple({**dict(place.heads), **dict(run.heads)}.items())
    return True


def extent_of(run: RunLayout) -> RunExtent:
    """Return how much a run takes, and leaves to the next."""
    anchors: dict[str, int] = {}
    for number, page in enumerate(run.pages):
        for box in page._page_box.descendants():  # noqa: SLF001  it has no public door
            if name := box.style["anchor"]:
                anchors.setdefault(name, number)
    return RunExtent(
        len(run.pages),
        tuple(anchors.items()),
        run.began,
        run.counters,
        run.heads,
        run.ends,
        (*sorted(spreads.referred(run.pages)), *([TOTAL] if run.whole.counted else ())),
    )


@contextmanager
def _strict() -> Iterator[None]:
    """Raise NotKept where the engine warns: the whole document tells of it."""
    with warnings_log.collected() as log:
        yield
    if log.lines:
        raise NotKept


@contextmanager
def _marked(parts: Sequence[Any], marks: Marks) -> Iterator[None]:
    """Give elements the attributes of `marks` for a while, and note there what else they get."""
    elements = [element for part in parts for element in part.iter()]
    before = [dict(element.attrib) for element in elements]
    for element, attributes in marks.items():
        element.attrib.update(attributes)
    try:
        yield
    finally:
        for element, old in zip(elements, before, strict=True):
            if element.attrib != old:
                marks[element] = dict(element.attrib)
                element.attrib.clear()
                element.attrib.update(old)
