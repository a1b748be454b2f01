"""What is being made in the kiln, what has been, and which is to come next.

The product that is looked at comes first, a draft of it before the finished one. A job whose
order has been overtaken by a newer one is ended, unless it will be the next to show something:
so that even under one save after the other there is always something new to see.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workshop_builder.errors import Problem
from workshop_builder.preview.builder import jobs
from workshop_builder.preview.builder.drafts import Draft
from workshop_builder.preview.builder.jobs import Fired, Order
from workshop_builder.preview.builder.picture_cache import digest
from workshop_builder.preview.messages import Sheet, Shown
from workshop_builder.workers import JobResult, Workers

_SOON, _LATER = 5, 15
"""How far behind drafts, server and browser a finished product stands in the system's queue
(`nice`): the one that is looked at, and the others."""


@dataclass(frozen=True, slots=True)
class _Finished:
    """A product as it was made last."""

    order: Order
    fired: Fired
    pdf: str
    """Its fingerprint."""
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    """A job, or one to come."""

    order: Order
    base: _Finished | None = None
    """Of a draft: what it changes."""
    draft: Draft | None = None

    @property
    def name(self) -> str:
        """The name of its job, under which its faults are told."""
        return self.order.target.file + (" (draft)" if self.draft else "")


@dataclass(slots=True)
class Firing:
    """The jobs of a kiln."""

    workers: Workers
    looked: str = ""
    """The product that is being looked at; if there is none such, the first is."""
    orders: dict[str, Order] = field(default_factory=dict)
    """What the folder asks for, by product, in the order of the tabs."""
    _gathering: Order | None = None
    """What the folder asks of the website, which is ordered when there is something to offer."""
    _gathered: str = ""
    """The key of that as the website was ordered last."""
    _finished: dict[str, _Finished] = field(default_factory=dict)
    _failed: dict[str, tuple[str, Sequence[Problem]]] = field(default_factory=dict)
    """The orders that could not be made, as their keys, by product; with the reasons."""
    _drafted: dict[str, str] = field(default_factory=dict)
    """The orders of which a draft was made or cannot be, as their keys, by product."""
    _plans: dict[str, tuple[str, str, Draft | None]] = field(default_factory=dict)
    """The last plan for a draft by product: from which order to which."""
    _tasks: dict[str, _Task] = field(default_factory=dict)
    """What runs, by the names of the jobs."""
    _shown: dict[str, Shown] = field(default_factory=dict)
    """What was shown last of each product, without the bytes of pages."""

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return bool(self._tasks)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why products could not be made."""
        return tuple(problem for _, found in self._failed.values() for problem in found)

    def first(self, names: Sequence[str]) -> str:
        """Return which of some products is to be made first."""
        return self.looked if self.looked in names else next(iter(names), "")

    def ask(self, product: str, order: Order) -> None:
        """Take the order for a product."""
        if order.gathers:
            self._gathering = order
            return
        self.orders[product] = order
        known = self._finished.get(product)
        if known and known.order.key == order.key:
            self._failed.pop(product, None)

    def refuse(self, product: str, problems: Sequence[Problem]) -> None:
        """Note that there can be no order for a product; what it was before stays."""
        self._failed[product] = "", problems

    def keep(self, products: Sequence[str]) -> None:
        """Forget all products but these, and take their order."""
        if self._gathering and self._gathering.product not in products:
            self._gathering = None
        self.orders = {name: self.orders[name] for name in products if name in self.orders}
        for kept in (self._finished, self._failed, self._drafted, self._plans, self._shown):
            for name in kept.keys() - set(products):
                del kept[name]

    def start(self, most: int | None = None) -> None:
        """Start what is wanted and does not run yet, as far as there is room; or the `most`."""
        self._gather()
        wanted = list(self._wanted())
        self._end_overtaken(wanted)
        for rank, task in enumerate(wanted[:most]):
            if task.name not in self._tasks and self._room(wanted[: rank + 1]):
                self._light(task)

    def take(self, done: JobResult) -> Shown | None:
        """Take what a job has left; return what is to be shown of it."""
        task = self._tasks.pop(done.name)
        product = task.order.product
        if task.draft:
            return self._take_draft(task, done)
        fresh = product in self.orders and self.orders[product].key == task.order.key
        if done.problems:
            if fresh:
                self._failed[product] = task.order.key, done.problems
            return None
        if fresh:
            self._failed.pop(product, None)
        return self._take_finished(task.order, done.value)

    def _gather(self) -> None:
        """Order the website anew when all is made; once before, if it is looked at."""
        site = self._gathering
        if site is None:
            return
        others = [order for name, order in self.orders.items() if name != site.product]
        there = [self._finished.get(order.product) for order in others]
        made = [each for each in there if each]
        fresh = all(each.order.key == o.key for each, o in zip(made, others, strict=False))
        wanted = self.looked == site.product and self._gathered != site.key
        if len(made) == len(others) and (fresh or wanted):
            self._gathered = site.key
            self.orders[site.product] = site.of([(each.order, each.fired) for each in made])

    def _wanted(self) -> Iterator[_Task]:
        """Yield what is still to be made, what matters most first."""
        first = self.first(list(self.orders))
        for name in sorted(self.orders, key=lambda name: name != first):
            order = self.orders[name]
            known = self._finished.get(name)
            failed, _ = self._failed.get(name, ("", ()))
            if order.key == failed or (known and known.order.key == order.key):
                continue
            if name == first and known and (draft := self._plan(known, order)):
                yield _Task(order, known, draft)
            yield _Task(order)

    def _plan(self, known: _Finished, order: Order) -> Draft | None:
        """Return the plan for a draft of `order`; None where there is or can be none."""
        trace, name = known.fired.trace, order.product
        if trace is None or self._drafted.get(name) == order.key:
            return None
        start, end, draft = self._plans.get(name, ("", "", None))
        if (start, end) != (known.order.key, order.key):
            draft = jobs.plan(known.order, order, trace)
            self._plans[name] = known.order.key, order.key, draft
        return draft

    def _end_overtaken(self, wanted: Sequence[_Task]) -> None:
        """End the jobs of orders that no longer stand, unless one is the next to show something."""
        first = self.first(list(self.orders))
        drafting = any(task.draft for task in wanted)
        for name, task in list(self._tasks.items()):
            product = task.order.product
            order = self.orders.get(product)
            if order and order.key == task.order.key:
                continue
            if order and (task.draft or (product == first and not drafting)):
                continue
            self._end(name)

    def _end(self, name: str) -> None:
        self.workers.stop(name)
        del self._tasks[name]

    def _room(self, wanted: Sequence[_Task]) -> bool:
        """Return whether the last of `wanted` can start, be it in the place of a lesser job."""
        if len(self._tasks) < self.workers.count:
            return True
        before = {task.name for task in wanted}
        lesser = [
            name for name, task in self._tasks.items() if name not in before and not task.draft
        ]
        if not lesser or wanted[-1].order.product != self.first(list(self.orders)):
            return False
        self._end(lesser[-1])
        return True

    def _light(self, task: _Task) -> None:
        self._tasks[task.name] = task
        if task.draft and task.base:
            trace = task.base.fired.trace
            scale = trace.scale if trace else None
            self.workers.start(task.name, jobs.proof, task.order, task.draft, scale)
        else:
            looked = task.order.product == self.first(list(self.orders))
            self.workers.start(task.name, _behind, _SOON if looked else _LATER, *task.order.job)

    def _take_finished(self, order: Order, fired: Fired) -> Shown | None:
        product, trace = order.product, fired.trace
        pdf = digest(fired.data) if trace else ""
        sheets = tuple(Sheet(pdf, n) for n in range(len(trace.leaves))) if trace else ()
        self._finished[product] = _Finished(order, fired, pdf, sheets)
        draft = replace(_Task(order), draft=Draft("", (), ())).name
        if draft in self._tasks:
            self._end(draft)
        pdfs = {pdf: fired.data} if trace else {}
        return self._show(Shown(product, draft=False, sheets=sheets, pdfs=pdfs, files=fired.files))

    def _take_draft(self, task: _Task, done: JobResult) -> Shown | None:
        product, base, draft = task.order.product, task.base, task.draft
        if base is None or draft is None or self._finished.get(product) is not base:
            return None
        self._drafted[product] = task.order.key
        data, counts = done.value or (b"", ())
        if not data:
            return None
        pdf = digest(data)
        pages = [Sheet(pdf, number) for number in range(sum(counts))]
        sheets = _patched(base.sheets, draft, pages, counts) if draft.runs else pages
        pdfs = {base.pdf: base.fired.data, pdf: data}
        return self._show(Shown(product, draft=True, sheets=tuple(sheets), pdfs=pdfs))

    def _show(self, shown: Shown) -> Shown | None:
        """Return what is to be sent so that this is shown: no page that the last one showed too."""
        last = self._shown.get(shown.product)
        self._shown[shown.product] = kept = replace(shown, pdfs={})
        if last == kept:
            return None
        there = {sheet.pdf for sheet in last.sheets} if last else set()
        needed = {sheet.pdf for sheet in shown.sheets} - there
        return replace(shown, pdfs={pdf: shown.pdfs[pdf] for pdf in sorted(needed)})


def _behind(places: int, function: Callable[..., Fired], arguments: Sequence[Any]) -> Fired:
    """Make a finished product, some places behind all that somebody waits for."""
    os.nice(places)
    return function(*arguments)


def _patched(
    old: Sequence[Sheet], draft: Draft, new: Sequence[Sheet], counts: Sequence[int]
) -> list[Sheet]:
    """Return the pages of a draft: those of before, and in their places the new ones."""
    sheets: list[Sheet] = []
    place = taken = 0
    for run, count in zip(draft.runs, counts, strict=True):
        sheets += [*old[place : run.first], *new[taken : taken + count]]
        place, taken = run.behind, taken + count
    return [*sheets, *old[place:]]
