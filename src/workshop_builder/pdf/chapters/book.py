"""A long document, put together from runs that were made before or are made now, side by side."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from weasyprint.urls import FatalURLFetchingError

from workshop_builder.errors import BuildError
from workshop_builder.output.store import Store
from workshop_builder.pdf.chapters.making import BegunRun, Layouts, MadeRun
from workshop_builder.pdf.chapters.place import RunExtent, RunPlace
from workshop_builder.pdf.chapters.turns import Turn, Turns
from workshop_builder.pdf.chapters.whole import TOTAL
from workshop_builder.pdf.joining.draw import NotKept
from workshop_builder.workers import InlineWorkers, Workers

_TURNS = 8
"""How often runs are made until each prints the right numbers of pages."""
_MOST = 48
"""How many runs one process makes that need not know of each other, and how many pages apart: such
a page is done as soon as a process starts."""
_FIRST = "first"
"""By what it is kept how much a run takes before its paragraphs end well."""
_FAULTS = (NotKept, FatalURLFetchingError, ArithmeticError)
"""What is wrong with a run; the whole document tells of it."""


@dataclass(frozen=True, slots=True)
class _RunJob:
    """Something to be made of one run."""

    run: int
    key: tuple[str, ...]
    """All that it follows from, but for the numbers of pages elsewhere."""
    make: str
    """The method of the layouts that makes it."""
    place: RunPlace
    numbers: Mapping[str, int]
    """Those of the pages of all anchors."""


@dataclass(frozen=True, slots=True)
class Binder:
    """Makes the runs of a document."""

    layouts: Layouts
    keys: Sequence[tuple[str, ...]]
    """Of each run, all that its layout follows from but for its place."""
    store: Store | None
    """Where they are kept."""
    count: int
    """How many may be made at a time."""
    _known: dict[tuple[str, ...], Any] = field(default_factory=dict)
    """What was made before, by its key."""

    def made(self) -> list[MadeRun]:
        """Return all runs, each in its place; raises NotKept where that cannot be done.

        They are laid out one behind the other, so that each has its place: first with stand-ins for
        the numbers of pages behind them, which are printed anew when all are known, and if that
        changes how much a run takes, with those that were found. What was kept of it is taken, so
        that it always comes to the same.
        """
        count = len(self.keys)
        turn = Turn(self.layouts.stand_ins(), [1] * count if self.layouts.apart else ())
        for _ in range(_TURNS):
            extents = self._in_order(turn)
            places, numbers = _places(extents)
            keys = [self.key(run, place, numbers) or () for run, place in enumerate(places)]
            made = [each for each in map(self._found, keys) if isinstance(each, MadeRun)]
            if len(made) == count:
                if extents == (extents := [each.extent for each in made]):
                    return made
                _, numbers = _places(extents)
            turn = Turn(numbers, [each.pages for each in extents])
        raise NotKept

    def measured(self, runs: Sequence[int]) -> list[float]:
        """Return how full the frames of some runs are, of which each is a page as a rule."""
        numbers = self.layouts.whole.pages_apart()
        jobs = []
        for run in runs:
            place = RunPlace(run, begins=("page", "")) if run else RunPlace()
            told = repr(sorted((name, numbers[name]) for name in self.layouts.whole.linked(run)))
            key = (*self.keys[run], "measure", repr(place), told)
            jobs.append(_RunJob(run, key, "measure", place, numbers))
        self._do(jobs)
        return [self._found(job.key) for job in jobs]

    def next_missing(self, turn: Turn) -> Turn:
        """Return the turn of the first run from one on that was not laid out before like that."""
        while turn.run < len(self.keys) and (extent := self._extent(turn)):
            turn = turn.after(extent)
        return turn

    def _extent(self, turn: Turn) -> RunExtent | None:
        """Return how much the run takes whose turn it is, if that was found out before.

        If it was told the right numbers, it was also made then.
        """
        if (key := self.key(turn.run, turn.place, turn.numbers)) is None:
            return None
        if not turn.guessed:
            first: RunExtent | None = self._found((*key, _FIRST))
            return first
        found: RunExtent | MadeRun | None = self._found(key)
        if isinstance(found, MadeRun):
            return found.extent
        return found if found and not turn.is_told(found) else None

    def key(self, run: int, place: RunPlace, numbers: Mapping[str, int]) -> tuple[str, ...] | None:
        """Return all that a run in its place follows from, if it is known what it refers to."""
        refers = self._found((*self.keys[run], "refers"))
        if refers is None:
            return None
        return (*self.keys[run], repr((place, [(name, numbers.get(name)) for name in refers])))

    def _in_order(self, first: Turn) -> list[RunExtent]:
        """Return how much each run takes behind those before it."""
        unknown = sum(self._found((*key, "refers")) is None for key in self.keys)
        with closing(Turns()) as turns:
            for alone in (True, False) if unknown == 1 else (False,):
                turn = self.next_missing(first)
                if turn.run < len(self.keys):
                    turns.pass_on(turn)
                    self._make_from(turn.run, turns, alone=alone)
        extents = []
        turn = first
        while turn.run < len(self.keys):
            if (extent := self._extent(turn)) is None:
                raise NotKept
            extents.append(extent)
            turn = turn.after(extent)
        return extents

    def _make_from(self, first: int, turns: Turns, *, alone: bool) -> None:
        """Lay out the runs from one on of which it is not known how much they take, or that one."""
        left = len(self.keys) - first
        few = alone or (self.layouts.apart and left <= _MOST)
        count = 1 if few else min(self.count, left)
        work = partial(_lay_out_in_turn, self, turns, 1 if alone else len(self.keys))
        for heap in self._worked([work] * count):
            for each in heap:
                self._keep((*self.keys[each.run], "refers"), pickle.dumps(each.refers, 5))
                key = self.key(each.run, each.place, each.numbers) or ()
                self._keep((*key, *each.kind), each.data)

    def _found(self, key: tuple[str, ...]) -> Any:  # noqa: ANN401
        """Return what was made before; None where nothing was."""
        if key not in self._known:
            data = self.store.found(key) if self.store else None
            if data is None:
                return None
            self._known[key] = _unpacked(data)
        return self._known[key]

    def _keep(self, key: tuple[str, ...], data: bytes) -> None:
        """Keep what was made."""
        self._known[key] = _unpacked(data)
        if self.store:
            self.store.keep(key, data)

    def _do(self, jobs: Sequence[_RunJob]) -> None:
        """Do what was not done before, and keep it."""
        for job, data in self._done([job for job in jobs if self._found(job.key) is None]):
            self._keep(job.key, data)

    def _done(self, jobs: Sequence[_RunJob]) -> Iterator[tuple[_RunJob, bytes]]:
        """Yield each job and what is made of it, by as many processes as may work."""
        heaps = _shared_out(jobs, self.layouts.whole.sizes, self.count)
        made = self._worked([partial(_make, self.layouts, heap) for heap in heaps])
        for heap, each in zip(heaps, made, strict=True):
            yield from zip(heap, each, strict=True)

    def _worked(self, works: Sequence[Callable[[], list[Any] | None]]) -> list[list[Any]]:
        """Return what comes of some work that is done side by side; raises NotKept."""
        kind = Workers if len(works) > 1 else InlineWorkers
        with kind(self.count) as workers:
            for number, work in enumerate(works):
                workers.start(str(number), work)
            try:
                results = workers.results()
            except BuildError as error:  # the whole document tells of it
                raise NotKept from error
        made = [results[str(number)] for number in range(len(works))]
        if any(each is None for each in made):
            raise NotKept
        return made


def _unpacked(data: bytes) -> Any:  # noqa: ANN401
    """Return what was kept; only this user can have put it into the store."""
    return pickle.loads(data)  # noqa: S301


def _make(layouts: Layouts, jobs: Sequence[_RunJob]) -> list[bytes] | None:
    """Return what is made by each job, ready to be kept; None where that cannot be done."""
    try:
        return [
            pickle.dumps(getattr(layouts, job.make)(job.run, job.place, job.numbers), 5)
            for job in jobs
        ]
    except _FAULTS:
        return None


@dataclass(frozen=True, slots=True)
class _Finding:
    """Something that was found out about a run in its place, ready to be kept."""

    run: int
    place: RunPlace
    numbers: Mapping[str, int]
    refers: tuple[str, ...]
    data: bytes
    kind: tuple[str, ...] = ()


def _lay_out_in_turn(binder: Binder, turns: Turns, most: int) -> list[_Finding] | None:
    """Return what is found out about the runs whose turn came to this process, `most` of them.

    Those that print a guess wait until all is known. It is None where something is wrong.
    """
    done: list[_Finding] = []
    waiting: list[BegunRun] = []
    try:
        while taken := turns.take():
            turn = binder.next_missing(taken)
            if turn.run == len(binder.keys) or not most:
                turns.pass_on(turn)
                if turn.run == len(binder.keys):
                    done += (_renumbered(binder.layouts, each, turn.found) for each in waiting)
                break
            most -= 1
            done += _laid_out(binder.layouts, turns, turn, waiting)
    except _FAULTS:
        turns.give_up()
        return None
    return done


def _laid_out(
    layouts: Layouts, turns: Turns, turn: Turn, waiting: list[BegunRun]
) -> Iterator[_Finding]:
    """Lay a run out, let the one behind it be laid out, and yield what is found out.

    If it prints a guess, it is not drawn: in the first turn it is `waiting` for the numbers.
    """
    about = turn.run, turn.place, turn.numbers
    begun = layouts.begun(*about)
    first = not turn.guessed
    if not first:
        begun = layouts.evened(begun)
    extent = begun.extent
    turns.pass_on(turn.after(extent))
    if first:
        yield _Finding(*about, extent.refers, pickle.dumps(extent, 5), (_FIRST,))
    if turn.is_told(extent):
        made = layouts.drawn(layouts.evened(begun) if first else begun)
        yield _Finding(*about, extent.refers, pickle.dumps(made, 5))
    elif first:
        waiting.append(begun)
        turns.give_way()
    else:
        yield _Finding(*about, extent.refers, pickle.dumps(extent, 5))


def _renumbered(layouts: Layouts, begun: BegunRun, numbers: Mapping[str, int]) -> _Finding:
    """Return a run as it is made with the right numbers."""
    made = layouts.drawn(layouts.evened(layouts.renumbered(begun, numbers)))
    about = begun.number, begun.run.place, numbers
    return _Finding(*about, made.extent.refers, pickle.dumps(made, 5))


def _shared_out(jobs: Sequence[_RunJob], sizes: Sequence[int], count: int) -> list[list[_RunJob]]:
    """Return the jobs in heaps of about the same size, one where `count` allows no more."""
    few = -(-len(jobs) // _MOST) if count > 1 else min(1, len(jobs))
    heaps: list[list[_RunJob]] = [[] for _ in range(min(few, len(jobs)))]
    loads = [0] * len(heaps)
    for job in sorted(jobs, key=lambda job: -sizes[job.run]):
        lightest = loads.index(min(loads))
        heaps[lightest].append(job)
        loads[lightest] += sizes[job.run]
    return heaps


def _places(extents: Sequence[RunExtent]) -> tuple[list[RunPlace], dict[str, int]]:
    """Return where each run begins, and the number of the page of each anchor."""
    turn = Turn({})
    places = []
    for extent in extents:
        places.append(turn.place)
        turn = turn.after(extent)
    return places, {**turn.numbers, TOTAL: turn.place.page}
