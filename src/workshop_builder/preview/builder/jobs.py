"""The jobs of the preview: what each product is made from, and the functions that make it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workshop_builder.making.binding import bind
from workshop_builder.making.files import as_file, with_bundle
from workshop_builder.making.films import make_films
from workshop_builder.making.printing import BOOK
from workshop_builder.markup import xhtml
from workshop_builder.model.products import SITE, Target
from workshop_builder.output.store import CHAPTERS
from workshop_builder.pages.render import Page, Renderer
from workshop_builder.pdf.chapters.bound import bind as bind_chapters
from workshop_builder.pdf.engine import PdfEngine
from workshop_builder.pdf.fitting.copyfitting import Scale
from workshop_builder.pictures.prepare import Picture
from workshop_builder.preview.builder import drafts
from workshop_builder.preview.builder.drafts import Draft, LayoutRecord
from workshop_builder.preview.builder.picture_cache import sha256
from workshop_builder.workers import InlineWorkers, cores


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished product."""

    files: Mapping[str, bytes] = field(repr=False)
    """Its one file by name; of a website all its files."""
    layout: LayoutRecord | None = None
    """Of a PDF: how its pages were laid out."""

    @property
    def data(self) -> bytes:
        """The bytes of its file; of a website those of its first file."""
        return next(iter(self.files.values()))


@dataclass(frozen=True, slots=True)
class PdfSource:
    """What a PDF is made from."""

    page: Page
    styles: tuple[tuple[str, str], ...] = field(repr=False)
    """Names and texts of its style sheets."""
    pictures: Mapping[str, str] = field(repr=False)
    """The sha256 of each picture that it shows, by path."""
    engine: PdfEngine = field(repr=False)


@dataclass(frozen=True, slots=True)
class Job:
    """How to make a product from one state of the source folder."""

    target: Target
    key: str
    """A fingerprint of everything that the product is made from."""
    call: tuple[Callable[..., Artifact], tuple[Any, ...]] = field(repr=False)
    """The function that makes it, and its arguments."""
    source: PdfSource | None = field(default=None, repr=False)
    """Of a PDF."""

    @property
    def product(self) -> str:
        """The product's name in workshop.yaml."""
        return self.target.product.name

    @property
    def needs_others(self) -> bool:
        """Whether the product is made from the finished files of the others: the website."""
        return self.target.product.format == "site"

    def with_others(self, made: Sequence[tuple[Job, Artifact]]) -> Job:
        """Return the job for a website that offers what was `made` by other jobs."""
        files = [
            (job.target, artifact.data, len(artifact.layout.pages) if artifact.layout else None)
            for job, artifact in made
        ]
        key = sha256(" ".join([self.key, *(sha256(data) for _, data, _ in files)]).encode())
        function, arguments = self.call
        return replace(self, key=key, call=(function, (*arguments, files)))


def ebook_job(renderer: Renderer, key: str, screen_pictures: Mapping[str, Picture]) -> Job:
    """Return the job for the e-book."""
    return Job(renderer.target, key, (_make_ebook, (renderer, screen_pictures)))


def website_job(renderer: Renderer, key: str, screen_pictures: Mapping[str, Picture]) -> Job:
    """Return the job for the website, which cannot be run before `with_others`."""
    return Job(renderer.target, key, (_make_website, (renderer, screen_pictures)))


def pdf_job(target: Target, source: PdfSource) -> Job:
    """Return the job for a PDF."""
    page = source.page
    parts = (page.html, page.required, page.codes, source.styles, source.pictures, target)
    return Job(target, sha256(repr(parts).encode()), (_make_pdf, (target, source)), source)


def _make_ebook(renderer: Renderer, screen_pictures: Mapping[str, Picture]) -> Artifact:
    return Artifact({renderer.target.file: bind(renderer, screen_pictures)})


def _make_website(
    renderer: Renderer,
    screen_pictures: Mapping[str, Picture],
    made: Sequence[tuple[Target, bytes, int | None]],
) -> Artifact:
    from workshop_builder.site import collect  # noqa: PLC0415  heavy, and not for the other products

    workshop = renderer.workshop
    files = [as_file(target, workshop, data, pages) for target, data, pages in made]
    with InlineWorkers(1) as workers:
        files = with_bundle(workshop, files, {})
        films = make_films(workshop, workers)
        found = collect.site_files(renderer, files, screen_pictures, films, workers)
    return Artifact({file.name.removeprefix(f"{SITE}/"): file.data for file in found})


def _make_pdf(target: Target, source: PdfSource) -> Artifact:
    layouts: list[LayoutRecord] = []

    def record(document: Any, scale: Scale | None) -> None:  # noqa: ANN401  the engine is not typed
        layouts.append(drafts.record_layout(document, scale))

    if target.product.name == BOOK:
        note = drafts.record_layout
        bound = bind_chapters(
            source.engine, source.page, target, source.styles, CHAPTERS, cores(), note
        )
        if bound is not None:
            return Artifact({target.file: bound.data}, drafts.joined_layout(bound.noted))
    pdf = source.engine.make_pdf(source.page, target, source.styles, record)
    return Artifact({target.file: pdf.data}, layouts[0])


def plan_draft(old: Job, new: Job, layout: LayoutRecord) -> Draft | None:
    """Return what to lay out for a draft of the job `new`.

    `layout` is how the product was laid out when it was made by `old`. Returns None where there
    can be no draft.
    """
    before, after = old.source, new.source
    if before is None or after is None or old.target != new.target:
        return None
    if new.target.pages is not None:
        return Draft(after.page.html, (), ())
    if before.styles != after.styles or before.page.codes != after.page.codes:
        return None
    changed = [
        path for path, digest in after.pictures.items() if before.pictures.get(path) != digest
    ]
    styles = [text for _, text in after.styles]
    return drafts.plan_draft(before.page.html, after.page.html, layout, changed, styles)


def make_draft(
    target: Target, source: PdfSource, draft: Draft, scale: Scale | None
) -> tuple[bytes, list[int]]:
    """Return the changed pages as a PDF, and the number of pages of each changed run.

    A product with a promised number of pages is laid out as a whole, as one run. Where its pages
    are more or fewer than promised, the PDF is empty.
    """
    counts: list[int] = []
    promise = target.pages

    def choose(document: Any) -> list[int]:  # noqa: ANN401  the engine is not typed
        if promise is None:
            runs = draft.changed_pages(document)
        else:
            count = len(document.pages)
            runs = [list(range(count))] if promise.low <= count <= promise.high else []
        counts.extend(len(run) for run in runs)
        return [number for run in runs for number in run]

    page = replace(source.page, root=xhtml.parse_document(draft.html))
    return source.engine.draft_pages(page, target, source.styles, scale, choose), counts
