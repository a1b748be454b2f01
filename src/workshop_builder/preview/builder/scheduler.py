"""Decides which job of the build process runs next, and keeps what the jobs have made.

The product that is being viewed comes first, a draft of it before the finished one. A running
job that a newer one has superseded is cancelled, unless it will be the next to show something:
so even under one save after another there is always something new to see.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workshop_builder.errors import Problem
from workshop_builder.preview.builder import jobs
from workshop_builder.preview.builder.drafts import Draft
from workshop_builder.preview.builder.jobs import Artifact, Job
from workshop_builder.preview.builder.picture_cache import sha256
from workshop_builder.preview.messages import PdfPage, ProductUpdate
from workshop_builder.workers import JobResult, Workers

_NICE_VIEWED, _NICE_OTHERS = 5, 15
"""The niceness of a job for a finished product: drafts, server and browser go before it."""


@dataclass(frozen=True, slots=True)
class _Finished:
    """A product as it was made last."""

    job: Job
    artifact: Artifact
    pdf: str
    """The sha256 of a PDF; empty for other formats."""
    pages: tuple[PdfPage, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    """A job to be run, for the finished product or for a draft of it."""

    job: Job
    base: _Finished | None = None
    """Of a draft: the product whose pages it changes."""
    draft: Draft | None = None

    @property
    def name(self) -> str:
        """The name under which the workers run it, and report what goes wrong."""
        return self.job.target.file + (" (draft)" if self.draft else "")


@dataclass(slots=True)
class Scheduler:
    """The jobs of the build process: to be run, running and finished."""

    workers: Workers
    viewed: str = ""
    """The product that is being viewed; if there is no such product, the first counts."""
    _jobs: dict[str, Job] = field(default_factory=dict)
    """The jobs of the folder as it is now, by product, in the order of the tabs."""
    _website: Job | None = None
    """The website's job, which is scheduled when there is something for it to offer."""
    _website_key: str = ""
    """The key of that job when it was scheduled last."""
    _finished: dict[str, _Finished] = field(default_factory=dict)
    _failed: dict[str, tuple[str, Sequence[Problem]]] = field(default_factory=dict)
    """By product: the key of the job that failed, and the reasons."""
    _drafted: dict[str, str] = field(default_factory=dict)
    """By product: the key of the last job of which a draft was made, or cannot be."""
    _drafts: dict[str, tuple[str, str, Draft | None]] = field(default_factory=dict)
    """By product: the draft planned last, after the keys of the jobs from and to which it leads."""
    _running: dict[str, _Task] = field(default_factory=dict)
    """By the names under which the workers run them."""
    _updates: dict[str, ProductUpdate] = field(default_factory=dict)
    """By product: the last update that was sent, without the bytes of its PDFs."""

    @property
    def is_busy(self) -> bool:
        """Whether a job is running."""
        return bool(self._running)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why products could not be made."""
        return tuple(problem for _, found in self._failed.values() for problem in found)

    def most_urgent(self, products: Sequence[str]) -> str:
        """Return which of some products is to be made first; an empty text if there is none."""
        return self.viewed if self.viewed in products else next(iter(products), "")

    def add(self, job: Job) -> None:
        """Schedule a job in place of the one that made the same product before."""
        if job.needs_others:
            self._website = job
            return
        self._jobs[job.product] = job
        known = self._finished.get(job.product)
        if known and known.job.key == job.key:
            self._failed.pop(job.product, None)

    def reject(self, product: str, problems: Sequence[Problem]) -> None:
        """Note that a product has no job, and why; what was made of it before stays."""
        self._failed[product] = "", problems

    def retain(self, products: Sequence[str]) -> None:
        """Forget all products but these, and take over their order."""
        if self._website and self._website.product not in products:
            self._website = None
        self._jobs = {name: self._jobs[name] for name in products if name in self._jobs}
        for kept in (self._finished, self._failed, self._drafted, self._drafts, self._updates):
            for name in kept.keys() - set(products):
                del kept[name]

    def start_jobs(self, most: int | None = None) -> None:
        """Start what has to be made while workers are free; if given, `most` tasks at most."""
        self._schedule_website()
        wanted = list(self._wanted())
        self._cancel_superseded(wanted)
        for rank, task in enumerate(wanted[:most]):
            if task.name not in self._running and self._make_room(wanted[: rank + 1]):
                self._start(task)

    def collect(self, result: JobResult) -> ProductUpdate | None:
        """Take the outcome of a task; return what is new for the browser, if anything is."""
        task = self._running.pop(result.name)
        product = task.job.product
        if task.draft:
            return self._collect_draft(task, result)
        is_current = product in self._jobs and self._jobs[product].key == task.job.key
        if result.problems:
            if is_current:
                self._failed[product] = task.job.key, result.problems
            return None
        if is_current:
            self._failed.pop(product, None)
        return self._collect_finished(task.job, result.value)

    def _schedule_website(self) -> None:
        """Schedule the website when all others are made; sooner, but once, if it is viewed."""
        site = self._website
        if site is None:
            return
        others = [job for name, job in self._jobs.items() if name != site.product]
        made = [each for job in others if (each := self._finished.get(job.product))]
        is_current = all(each.job.key == o.key for each, o in zip(made, others, strict=False))
        is_awaited = self.viewed == site.product and self._website_key != site.key
        if len(made) == len(others) and (is_current or is_awaited):
            self._website_key = site.key
            self._jobs[site.product] = site.with_others([(e.job, e.artifact) for e in made])

    def _wanted(self) -> Iterator[_Task]:
        """Yield what is still to be made, the most urgent first."""
        urgent = self.most_urgent(list(self._jobs))
        for name in sorted(self._jobs, key=lambda name: name != urgent):
            job = self._jobs[name]
            known = self._finished.get(name)
            failed, _ = self._failed.get(name, ("", ()))
            if job.key == failed or (known and known.job.key == job.key):
                continue
            if name == urgent and known and (draft := self._planned_draft(known, job)):
                yield _Task(job, known, draft)
            yield _Task(job)

    def _planned_draft(self, known: _Finished, job: Job) -> Draft | None:
        """Return the draft to make of `job`; None where there was one already, or can be none."""
        layout, name = known.artifact.layout, job.product
        if layout is None or self._drafted.get(name) == job.key:
            return None
        start, end, draft = self._drafts.get(name, ("", "", None))
        if (start, end) != (known.job.key, job.key):
            draft = jobs.plan_draft(known.job, job, layout)
            self._drafts[name] = known.job.key, job.key, draft
        return draft

    def _cancel_superseded(self, wanted: Sequence[_Task]) -> None:
        """Cancel tasks of former jobs, unless one is the next to show something."""
        urgent = self.most_urgent(list(self._jobs))
        drafting = any(task.draft for task in wanted)
        for name, task in list(self._running.items()):
            product = task.job.product
            job = self._jobs.get(product)
            if job and job.key == task.job.key:
                continue
            if job and (task.draft or (product == urgent and not drafting)):
                continue
            self._cancel(name)

    def _cancel(self, name: str) -> None:
        self.workers.stop(name)
        del self._running[name]

    def _make_room(self, wanted: Sequence[_Task]) -> bool:
        """Return whether the last of `wanted` can start; a less urgent task may be cancelled."""
        if len(self._running) < self.workers.count:
            return True
        names = {task.name for task in wanted}
        lesser = [n for n, task in self._running.items() if n not in names and not task.draft]
        if not lesser or wanted[-1].job.product != self.most_urgent(list(self._jobs)):
            return False
        self._cancel(lesser[-1])
        return True

    def _start(self, task: _Task) -> None:
        self._running[task.name] = task
        job = task.job
        if task.draft and task.base and job.source:
            layout = task.base.artifact.layout
            scale = layout.scale if layout else None
            arguments = (job.target, job.source, task.draft, scale)
            self.workers.start(task.name, jobs.make_draft, *arguments)
        else:
            is_urgent = job.product == self.most_urgent(list(self._jobs))
            nice = _NICE_VIEWED if is_urgent else _NICE_OTHERS
            self.workers.start(task.name, _call_nicely, nice, *job.call)

    def _collect_finished(self, job: Job, artifact: Artifact) -> ProductUpdate | None:
        layout, files = artifact.layout, artifact.files
        pdf = sha256(artifact.data) if layout else ""
        pages = tuple(PdfPage(pdf, n) for n in range(len(layout.pages))) if layout else ()
        self._finished[job.product] = _Finished(job, artifact, pdf, pages)
        draft = replace(_Task(job), draft=Draft("", (), ())).name
        if draft in self._running:
            self._cancel(draft)
        pdfs = {pdf: artifact.data} if layout else {}
        return self._update(ProductUpdate(job.product, False, pages, pdfs, files))  # noqa: FBT003  a field

    def _collect_draft(self, task: _Task, result: JobResult) -> ProductUpdate | None:
        product, base, draft = task.job.product, task.base, task.draft
        if base is None or draft is None or self._finished.get(product) is not base:
            return None
        self._drafted[product] = task.job.key
        data, counts = result.value or (b"", ())
        if not data:
            return None
        pdf = sha256(data)
        changed = [PdfPage(pdf, number) for number in range(sum(counts))]
        pages = _replaced(base.pages, draft, changed, counts) if draft.runs else changed
        pdfs = {base.pdf: base.artifact.data, pdf: data}
        return self._update(ProductUpdate(product, is_draft=True, pages=tuple(pages), pdfs=pdfs))

    def _update(self, update: ProductUpdate) -> ProductUpdate | None:
        """Return `update` with only the PDFs that were not sent with the last; None if no news."""
        last = self._updates.get(update.product)
        self._updates[update.product] = kept = replace(update, pdfs={})
        if last == kept:
            return None
        sent = {page.pdf for page in last.pages} if last else set()
        needed = {page.pdf for page in update.pages} - sent
        return replace(update, pdfs={pdf: update.pdfs[pdf] for pdf in sorted(needed)})


def _call_nicely(
    nice: int, function: Callable[..., Artifact], arguments: Sequence[Any]
) -> Artifact:
    """Return what `function` makes, with a niceness that lets more urgent processes go first."""
    os.nice(nice)
    return function(*arguments)


def _replaced(
    old: Sequence[PdfPage], draft: Draft, changed: Sequence[PdfPage], counts: Sequence[int]
) -> list[PdfPage]:
    """Return the pages `old` with those of each changed run replaced.

    `counts` says how many of the `changed` pages each run has now.
    """
    pages: list[PdfPage] = []
    position = taken = 0
    for run, count in zip(draft.runs, counts, strict=True):
        pages += [*old[position : run.first_page], *changed[taken : taken + count]]
        position, taken = run.end_page, taken + count
    return [*pages, *old[position:]]
