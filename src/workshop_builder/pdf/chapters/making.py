"""Makes a run of a document: laid out in its place, and drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

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

    def stand_ins(self) -> Mapping[str, int]:
        """Return a number for the page of each anchor that is not known."""
        return self.whole.pages_apart() if self.apart else self.whole.stand_ins()

    def make(
        self,
        number: int,
        place: RunPlace,
        numbers: Mapping[str, int],
        pass_on: Callable[[RunExtent], bool] = lambda _: True,
    ) -> MadeRun | None:
        """Lay a run out in its place, and draw it; raises NotKept where that cannot be done.

        `numbers` are those of the pages of all anchors. `pass_on` is called as soon as it is known
        how much the run takes. If it returns False, that is all, and the run is not drawn.
        """
        parts = self.whole.runs[number]
        with _strict(), _unchanged(parts):
            run, _ = self._improved(parts, place, numbers)
            found = misfits.find(run)
            for letters in misfits.LETTERS if found else ():
                if misfits.let_break(found, letters):
                    run = self._laid_out(parts, place, numbers, self.breaking)
                    found = misfits.find(run)
            if found:
                raise NotKept
            if not pass_on(_extent(run)):
                return None
            document = run.finished()
            if misfits.in_margins(document):
                raise NotKept
            return self._made(run, document)

    def measure(self, number: int, place: RunPlace, numbers: Mapping[str, int]) -> float:
        """Return the share that is taken of the fullest frame of a run; above 1 that is too small.

        Raises NotKept where it could be better, or goes on for more than its pages and yet fits:
        only all together can tell.
        """
        parts = self.whole.runs[number]
        with _strict(), _unchanged(parts):
            run, improved = self._improved(parts, place, numbers)
            filled = overflow.share_filled([*run.pages, *run.rest], None)
            if improved or (run.rest and filled <= 1):
                raise NotKept
            return filled

    def _improved(
        self, parts: Sequence[Any], place: RunPlace, numbers: Mapping[str, int]
    ) -> tuple[RunLayout, bool]:
        """Return a run as its first layout asks for it, and whether that was made again."""
        run = self._laid_out(parts, place, numbers)
        longer = spreads.give_room(run) | spreads.put_in_line(run)
        narrower = spreads.narrower(run)
        spreads.set_narrower(narrower)  # for this layout, or one after it
        if longer or (narrower and not run.narrow(narrower)):
            run = self._laid_out(parts, place, numbers)
        return run, bool(longer or narrower)

    def _made(self, run: RunLayout, document: Any) -> MadeRun:  # noqa: ANN401
        spare = [spreads.is_spare(page) for page in document.pages]
        if run.rest or (any(spare) and (self.whole.counted or not all(spare))):
            raise NotKept
        extent = _extent(run)
        return MadeRun(
            extent,
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
    ) -> RunLayout:
        run = RunLayout(self.whole, parts, place, numbers)
        run.lay_out(self.fonts, [*self.sheets, *more], self.whole.html.images)
        return run


def _extent(run: RunLayout) -> RunExtent:
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
def _unchanged(parts: Sequence[Any]) -> Iterator[None]:
    """See to it that the attributes of all elements are at the end what they were."""
    elements = [element for part in parts for element in part.iter()]
    before = [dict(element.attrib) for element in elements]
    try:
        yield
    finally:
        for element, old in zip(elements, before, strict=True):
            if element.attrib != old:
                element.attrib.clear()
                element.attrib.update(old)
