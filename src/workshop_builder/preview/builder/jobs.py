"""What a source folder asks for as it stands: one order for each product, ready to be made.

A warm process reads the folder again and again: what has not changed since the last time
(texts, pictures, templates, styles, the engine with its fonts) is not made anew.
"""

from __future__ import annotations

import html
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from workshop_builder.errors import BuildError, Problem, WorkshopError
from workshop_builder.loading import load
from workshop_builder.making.files import as_file, bind, with_bundle
from workshop_builder.making.pictures import Sizes
from workshop_builder.model.products import SITE, Target, offered, select_targets
from workshop_builder.model.workshop import Workshop
from workshop_builder.pages import stylesheets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Page, Renderer
from workshop_builder.pages.templates import Templates
from workshop_builder.pdf import copyfitting
from workshop_builder.pdf.engine import PdfEngine, Resource
from workshop_builder.pictures.prepare import Picture
from workshop_builder.preview.builder import drafts
from workshop_builder.preview.builder.drafts import Draft, Trace
from workshop_builder.preview.builder.picture_cache import Stock, digest
from workshop_builder.preview.messages import Tab, Tabs
from workshop_builder.source import folder as folders
from workshop_builder.source.folder import SETTINGS_FILE, Folder
from workshop_builder.workers import InlineWorkers, Limits

_LONGEST = 30.0
"""Seconds that reading the folder, or filling a template, may take: one can go in circles."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A finished product."""

    files: Mapping[str, bytes] = field(repr=False)
    """Its file by name; all files of a website."""
    trace: Trace | None = None
    """Of a PDF."""

    @property
    def data(self) -> bytes:
        """The bytes of its first file: of all that it is, unless it is a website."""
        return next(iter(self.files.values()))


@dataclass(frozen=True, slots=True)
class Order:
    """A product as one state of the folder asks for it."""

    target: Target
    key: str
    """A fingerprint of all that goes into it."""
    job: tuple[Callable[..., Fired], tuple[Any, ...]] = field(repr=False)
    """What makes it: a function and its arguments."""
    page: Page | None = field(default=None, repr=False)
    """Of a PDF."""
    styles: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    pictures: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The pictures that it shows, by their path, as fingerprints."""
    engine: PdfEngine | None = field(default=None, repr=False)

    @property
    def product(self) -> str:
        """Its name in workshop.yaml."""
        return self.target.product.name

    @property
    def gathers(self) -> bool:
        """Whether it is made from the finished files of the others: the website."""
        return self.target.product.format == "site"

    def of(self, made: Sequence[tuple[Order, Fired]]) -> Order:
        """Return the order for a website that offers what was `made`."""
        pages = [(order.target, fired.data, fired.trace) for order, fired in made]
        files = [(m, data, len(trace.leaves) if trace else None) for m, data, trace in pages]
        key = digest(" ".join([self.key, *(digest(data) for _, data, _ in files)]).encode())
        function, arguments = self.job
        return replace(self, key=key, job=(function, (*arguments, files)))


@dataclass(frozen=True, slots=True)
class Batch:
    """A workshop with all that its products are made from."""

    folder: Folder
    workshop: Workshop
    labels: Labels
    templates: Templates
    sizes: Mapping[str, Sizes]
    engine: PdfEngine
    targets: tuple[Target, ...]
    """One for each product, in the order of their tabs."""

    @property
    def tabs(self) -> Tabs:
        """What the page is told of the products."""
        settings = self.workshop.settings
        tabs = [
            Tab(m.product.name, self.labels.product(m.product), m.product.format, m.file)
            for m in self.targets
        ]
        return Tabs(settings.title, settings.language, tuple(tabs))

    def order(self, target: Target) -> Order:
        """Return the order for a product; raises BuildError where it cannot be rendered."""
        with _at_most(_LONGEST):
            return self._order(target)

    def _order(self, target: Target) -> Order:
        renderer = Renderer(self.workshop, target, self.labels, self.templates)
        if target.product.format != "pdf":
            screened = {name: pair[1] for name, pair in self.sizes.items()}
            key = digest(f"{self.folder.digest} {target!r}".encode())
            function = _bound if target.product.format == "epub" else _gathered
            return Order(target, key, (function, (renderer, screened)))
        page = renderer.page()
        styles = tuple(stylesheets.for_target(self.workshop, target))
        shown = self._shown([page.html, *(text for _, text in styles)])
        goods = (page.html, page.required, page.codes, styles, shown, target)
        key = digest(repr(goods).encode())
        for name, text in styles:
            with suppress(WorkshopError):  # the job finds the same, and tells it
                self.engine.style(name, text)
        job = (_printed, (self.engine, page, target, styles))
        return Order(target, key, job, page, styles, shown, self.engine)

    def _shown(self, texts: list[str]) -> dict[str, str]:
        """Return the fingerprints of the pictures that are named in `texts`."""
        text = "\n".join(texts)
        return {
            name: digest(pair[0].data)
            for name, pair in self.sizes.items()
            if any(each in text for each in (name, html.escape(name), quote(name)))
        }


class Desk:
    """Reads the folder, and remembers what it can use again."""

    def __init__(self, place: Path, limits: Limits) -> None:
        self._place = place
        self._stock = Stock(limits)
        self._engine = PdfEngine({})
        self._templates: tuple[object, Templates] | None = None

    @property
    def name(self) -> str:
        """How the user named the folder."""
        return str(self._place)

    def folder(self) -> Folder:
        """Return the folder as it is; raises SourceError where there is none."""
        return folders.read(self._place)

    def batch(self, folder: Folder) -> Batch:
        """Return what `folder` asks for; raises WorkshopError with everything wrong in it."""
        with _at_most(_LONGEST):
            workshop = load.from_folder(folder)
        found = select_targets(workshop)
        wanted = [
            next(target for target in found if target.product.name == name)
            for name in offered(workshop)
        ]
        labels = Labels(workshop.language)
        sizes = self._stock.sizes(folder, workshop)
        printed = {n: Resource(pair[0].data, pair[0].media_type) for n, pair in sizes.items()}
        engine = self._engine.with_files(printed)
        templates = self._ready(workshop)
        return Batch(folder, workshop, labels, templates, sizes, engine, tuple(wanted))

    def _ready(self, workshop: Workshop) -> Templates:
        """Return the templates, those of the last time if none has changed."""
        language = workshop.settings.language
        mark = (language, {p: d for p, d in workshop.overrides.items() if p.startswith("templ")})
        if self._templates is None or self._templates[0] != mark:
            self._templates = mark, Templates(workshop.overrides, language)
        return self._templates[1]


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise BuildError in what takes longer."""

    def ring(*_: object) -> None:
        text = f"took over {seconds:.0f} s to be read and was stopped; undo the last change"
        raise BuildError([Problem(SETTINGS_FILE, 0, text)])

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _bound(renderer: Renderer, screened: Mapping[str, Picture]) -> Fired:
    """Make the e-book."""
    return Fired({renderer.target.file: bind(renderer, screened)[0]})


def _gathered(
    renderer: Renderer,
    screened: Mapping[str, Picture],
    made: Sequence[tuple[Target, bytes, int | None]],
) -> Fired:
    """Make the website that offers what was made."""
    from workshop_builder.site import collect  # noqa: PLC0415  heavy, and not for the other products

    workshop = renderer.workshop
    files = [as_file(target, workshop, (data, pages)) for target, data, pages in made]
    with InlineWorkers(1) as workers:
        found = collect.site_files(renderer, with_bundle(workshop, files), screened, workers)
    return Fired({file.name.removeprefix(f"{SITE}/"): file.data for file in found})


def _printed(
    engine: PdfEngine, page: Page, target: Target, styles: tuple[tuple[str, str], ...]
) -> Fired:
    """Make a PDF, and note how it came to stand on its pages."""
    traces: list[Trace] = []
    made = engine.make_pdf(page, target, styles, lambda *laid: traces.append(drafts.trace(*laid)))
    return Fired({target.file: made.data}, traces[0])


def plan(old: Order, new: Order, known: Trace) -> Draft | None:
    """Return what to lay out for a draft of `new`, of which `old` was made; None for no draft."""
    if old.page is None or new.page is None or old.target != new.target:
        return None
    if new.target.pages is not None:
        return Draft(new.page.html, (), ())
    if old.styles != new.styles or old.page.codes != new.page.codes:
        return None
    changed = [name for name in new.pictures if old.pictures.get(name) != new.pictures[name]]
    return drafts.plan(
        old.page.html, new.page.html, known, changed, [text for _, text in new.styles]
    )


def proof(order: Order, draft: Draft, scale: copyfitting.Scale | None) -> tuple[bytes, list[int]]:
    """Make a draft; return its pages as a PDF, and how many each changed run takes.

    Of a product with promised pages these are all its pages, if it keeps the promise as it is
    set; no pages are returned where it does not.
    """
    counts: list[int] = []
    promise = order.target.pages

    def choose(document: Any) -> list[int]:  # noqa: ANN401  the engine is not typed
        if promise is None:
            pages = draft.pages(document)
        else:
            count = len(document.pages)
            pages = [list(range(count))] if promise.low <= count <= promise.high else []
        counts.extend(len(run) for run in pages)
        return [number for run in pages for number in run]

    if order.page is None or order.engine is None:
        return b"", []
    page = replace(order.page, html=draft.html)
    return order.engine.draft_pages(page, order.target, order.styles, scale, choose), counts
