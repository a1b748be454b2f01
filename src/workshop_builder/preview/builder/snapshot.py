"""One state of the source folder, read into all that its products are made from.

The build process reads the folder again and again. Whatever has stayed the same since the last
time (texts, pictures, templates, style sheets, fonts) is used again and not made anew.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from workshop_builder.errors import BuildError, Problem, WorkshopError
from workshop_builder.loading import load
from workshop_builder.making.pictures import Sizes
from workshop_builder.model.products import Target, offered, select_targets
from workshop_builder.model.workshop import Workshop
from workshop_builder.pages import stylesheets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer
from workshop_builder.pages.templates import Templates
from workshop_builder.pdf.engine import PdfEngine
from workshop_builder.pdf.served_files import Resource
from workshop_builder.preview.builder import jobs
from workshop_builder.preview.builder.jobs import Job, PdfSource
from workshop_builder.preview.builder.picture_cache import PictureCache, sha256
from workshop_builder.preview.messages import Tab, Tabs
from workshop_builder.source import folder as folders
from workshop_builder.source.addresses import address_of
from workshop_builder.source.folder import SETTINGS_FILE, Folder
from workshop_builder.workers import Limits

_TIME_LIMIT = 30.0
"""Seconds that reading the folder, or filling a template, may take: one can go in circles."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A workshop as one state of the folder has it, with all that its products are made from."""

    folder: Folder
    workshop: Workshop
    labels: Labels
    templates: Templates
    pictures: Mapping[str, Sizes]
    """Every picture by its path, for print and for screens."""
    engine: PdfEngine
    targets: tuple[Target, ...]
    """One for each product, in the order of their tabs."""

    @property
    def tabs(self) -> Tabs:
        """The tabs of the browser's page."""
        settings = self.workshop.settings
        tabs = [
            Tab(
                each.product.name, self.labels.product(each.product), each.product.format, each.file
            )
            for each in self.targets
        ]
        return Tabs(settings.title, settings.language, tuple(tabs))

    def job(self, target: Target) -> Job:
        """Return the job that makes a product; raises BuildError where it cannot be rendered."""
        with time_limit(_TIME_LIMIT):
            return self._job(target)

    def _job(self, target: Target) -> Job:
        renderer = Renderer(self.workshop, target, self.labels, self.templates)
        if target.product.format == "pdf":
            return jobs.pdf_job(target, self._pdf_source(renderer))
        screen_pictures = {path: sizes[1] for path, sizes in self.pictures.items()}
        key = sha256(f"{self.folder.digest} {target!r}".encode())
        job = jobs.ebook_job if target.product.format == "epub" else jobs.website_job
        return job(renderer, key, screen_pictures)

    def _pdf_source(self, renderer: Renderer) -> PdfSource:
        page = renderer.page()
        styles = tuple(stylesheets.for_target(self.workshop, renderer.target))
        for name, text in styles:
            with suppress(WorkshopError):  # the job finds the same problems, and reports them
                self.engine.style(name, text)
        pictures = self._pictures_in("\n".join([page.html, *(text for _, text in styles)]))
        return PdfSource(page, styles, pictures, self.engine)

    def _pictures_in(self, text: str) -> dict[str, str]:
        """Return the sha256 of each picture whose path is in `text`."""
        return {
            path: sha256(sizes[0].data)
            for path, sizes in self.pictures.items()
            if path in text or address_of(path) in text
        }


class SnapshotReader:
    """Reads the source folder, and keeps what it can use again the next time."""

    def __init__(self, place: Path, limits: Limits) -> None:
        """Read the folder at `place`; `limits` are those of the processes that prepare pictures."""
        self._place = place
        self._pictures = PictureCache(limits)
        self._engine = PdfEngine({})
        self._templates: tuple[object, Templates] | None = None

    @property
    def name(self) -> str:
        """The folder as the user named it."""
        return str(self._place)

    def read_folder(self) -> Folder:
        """Return the files of the folder; raises SourceError where it is no workshop."""
        return folders.read(self._place)

    def snapshot(self, folder: Folder) -> Snapshot:
        """Return the workshop in `folder`; raises WorkshopError with everything wrong in it."""
        with time_limit(_TIME_LIMIT):
            workshop = load.from_folder(folder)
        found = select_targets(workshop)
        targets = [
            next(target for target in found if target.product.name == name)
            for name in offered(workshop)
        ]
        labels = Labels(workshop.language)
        pictures = self._pictures.prepare(folder, workshop)
        print_files = {
            path: Resource(sizes[0].data, sizes[0].media_type) for path, sizes in pictures.items()
        }
        engine = self._engine.with_files(print_files)
        templates = self._templates_for(workshop)
        return Snapshot(folder, workshop, labels, templates, pictures, engine, tuple(targets))

    def _templates_for(self, workshop: Workshop) -> Templates:
        """Return the templates: those of the last time, if none has changed."""
        own = {path: data for path, data in workshop.overrides.items() if path.startswith("templ")}
        key = own, workshop.language.writing
        if self._templates is None or self._templates[0] != key:
            self._templates = key, Templates(workshop.overrides, workshop.language.writing)
        return self._templates[1]


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise BuildError in a block that runs for longer than `seconds`."""

    def stop(*_: object) -> None:
        text = f"took more than {seconds:.0f} s to read and was stopped; undo the last change"
        raise BuildError([Problem(SETTINGS_FILE, 0, text)])

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
