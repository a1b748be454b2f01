"""A long document, put together from runs that were made before or are made now, side by side."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint.urls import FatalURLFetchingError

from workshop_builder.errors import BuildError
from workshop_builder.output.store import Store
from workshop_builder.pdf.chapters.making import Layouts, MadeRun, Measure
from workshop_builder.pdf.chapters.place import RunExtent, RunPlace
from workshop_builder.pdf.chapters.whole import TOTAL
from workshop_builder.pdf.joining.draw import NotKept
from workshop_builder.workers import InlineWorkers, Workers

_TURNS = 8
"""How often runs are made until each begins where the one before it ends."""

_TYPICAL = 10
"""Where a run is measured whose place is not known: pages with numbers of two digits."""
_USUAL = 2
"""How many digits the number of a page has as a rule."""
_MOST = 48
"""How many runs one process makes: its memory grows with each, by some one megabyte."""


@dataclass(frozen=True, slots=True)
class _RunJob:
    """Something to be made of one run."""

    run: int
    key: tuple[str, ...]
    """All that it follows from."""
    make: str
    """The method of the layouts that makes it."""
    given: tuple[Any, ...]
    """Its arguments after the number of the run."""


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

        Those that may well be another length than measured come first, lest the rest be made twice.
        """
        runs = range(len(self.keys))
        told = self.layouts.whole.likely_digits()
        measures = self.measured(runs)
        extents = [each.extent for each in measures]
        for _ in range(_TURNS):
            _, numbers = _places(extents)
            for run, extent in enumerate(extents):
                digits = {name: len(str(numbers.get(name, 10))) for name in extent.refers}
                if any(told[run].get(name) != count for name, count in digits.items()):
                    told[run] = digits
            measures = self._all([self._to_measure(run, told[run]) for run in runs])
            close = [run for run in runs if measures[run].close]
            for run, each in zip(close, self._in_place(close, extents, measures), strict=True):
                extents[run] = each.extent
            places = _places(extents)
            made = self._in_place(runs, extents, measures)
            extents = [each.extent for each in made]
            if _places(extents) == places:
                return made
        raise NotKept

    def _in_place(
        self, runs: Sequence[int], extents: Sequence[RunExtent], measures: Sequence[Measure]
    ) -> list[MadeRun]:
        """Return some runs, each in its place if all are as long as in `extents`."""
        places, numbers = _places(extents)
        return self._all(
            [self._to_make(run, places[run], numbers, extents[run], measures[run]) for run in runs]
        )

    def measured(self, runs: Sequence[int]) -> list[Measure]:
        """Return what a first layout tells of some runs; raises NotKept as `made`."""
        told = self.layouts.whole.likely_digits()
        return self._all([self._to_measure(run, told[run]) for run in runs])

    def _to_measure(self, run: int, digits: Mapping[str, int]) -> _RunJob:
        """Return the job to measure a run where it refers to pages with so many digits."""
        unusual = {name: count for name, count in digits.items() if count != _USUAL}
        whole, page, told = self.layouts.whole, _TYPICAL, sorted(unusual.items())
        numbers = {name: 10 ** (unusual.get(name, _USUAL) - 1) for name in whole.names}
        if self.layouts.apart:
            page, numbers = run, whole.pages_apart()
            told = sorted((name, page) for name, page in numbers.items() if name in digits)
        key = (*self.keys[run], "measure", repr((page, told)))
        return _RunJob(run, key, "measure", (page, numbers))

    def _to_make(
        self,
        run: int,
        place: RunPlace,
        numbers: Mapping[str, int],
        extent: RunExtent,
        measure: Measure,
    ) -> _RunJob:
        """Return the job to make a run in its place."""
        told = extent.told(numbers)
        key = (*self.keys[run], "make", repr((place, told, measure.marks)))
        if made := measure.made_at(place, told):
            self._known.setdefault(key, made)
        return _RunJob(run, key, "make", (place, numbers, measure.marks))

    def _all(self, jobs: Sequence[_RunJob]) -> list[Any]:
        """Return what the jobs make, kept from before or made side by side."""
        store, missing = self.store, []
        for job in jobs:
            if job.key not in self._known:
                data = store.found(job.key) if store else None
                if data is None:
                    missing.append(job)
                else:
                    self._known[job.key] = _unpacked(data)
        for job, data in self._done(missing):
            self._known[job.key] = _unpacked(data)
            if store:
                store.keep(job.key, data)
        return [self._known[job.key] for job in jobs]

    def _done(self, jobs: Sequence[_RunJob]) -> Iterator[tuple[_RunJob, bytes]]:
        """Yield each job and what is made of it, by as many processes as may work."""
        least = (
            1 if self.layouts.apart else self.count
        )  # a page is done as soon as a process starts
        heaps = _shared_out(jobs, self.layouts.whole.sizes, least if self.count > 1 else 0)
        kind = Workers if len(heaps) > 1 else InlineWorkers
        with kind(self.count) as workers:
            for number, heap in enumerate(heaps):
                workers.start(str(number), _make, self.layouts, heap)
            try:
                results = workers.results()
            except BuildError as error:  # the whole document tells of it
                raise NotKept from error
        for number, heap in enumerate(heaps):
            if (made := results[str(number)]) is None:
                raise NotKept
            yield from zip(heap, made, strict=True)


def _unpacked(data: bytes) -> Any:  # noqa: ANN401
    """Return what was kept; only this user can have put it into the store."""
    return pickle.loads(data)  # noqa: S301


def _make(layouts: Layouts, jobs: Sequence[_RunJob]) -> list[bytes] | None:
    """Return what is made by each job, ready to be kept; None where that cannot be done."""
    try:
        return [pickle.dumps(getattr(layouts, job.make)(job.run, *job.given), 5) for job in jobs]
    except (NotKept, FatalURLFetchingError, ArithmeticError):  # the whole document tells of it
        return None


def _shared_out(jobs: Sequence[_RunJob], sizes: Sequence[int], least: int) -> list[list[_RunJob]]:
    """Return the jobs in heaps of about the same size, `least` or more; 0 for one at any rate."""
    few = max(least, -(-len(jobs) // _MOST)) if least else 1
    heaps: list[list[_RunJob]] = [[] for _ in range(min(few, len(jobs)))]
    loads = [0] * len(heaps)
    for job in sorted(jobs, key=lambda job: -sizes[job.run]):
        lightest = loads.index(min(loads))
        heaps[lightest].append(job)
        loads[lightest] += sizes[job.run]
    return heaps


def _places(extents: Sequence[RunExtent]) -> tuple[list[RunPlace], dict[str, int]]:
    """Return where each run begins, and the number of the page of each anchor."""
    places = [RunPlace()]
    numbers: dict[str, int] = {}
    for extent in extents:
        for name, page in extent.anchors:
            numbers.setdefault(name, places[-1].page + page + 1)
        places.append(extent.next_place(places[-1]))
    numbers[TOTAL] = places[-1].page
    return places[:-1], numbers
