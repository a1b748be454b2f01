"""The order of the work, from a workshop to the package; the only writer of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from workshop_builder import resources
from workshop_builder.epub import archive
from workshop_builder.errors import BuildError, Problem
from workshop_builder.model.editions import EditionName, PaperName
from workshop_builder.model.products import Target, select_targets
from workshop_builder.model.workshop import Workshop
from workshop_builder.output import package
from workshop_builder.output.package import File, Origin, UpToDate
from workshop_builder.pages import stylesheets
from workshop_builder.pages.labels import FALLBACK, Labels, read_labels
from workshop_builder.pages.render import Renderer
from workshop_builder.pages.templates import Templates
from workshop_builder.pictures.prepare import (
    PRINT_WIDTH,
    SCREEN_WIDTH,
    Picture,
    PictureError,
    prepare_picture,
)
from workshop_builder.source.folder import SETTINGS_FILE
from workshop_builder.workers import Limits, Workers, cores

if TYPE_CHECKING:
    from workshop_builder.pdf.engine import PdfEngine

Sizes: TypeAlias = tuple[Picture, ...]
"""A picture as it is printed and as a screen shows it."""

_HEAVY = 100_000
"""Bytes from which a picture is worth a process of its own."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be made; empty fields leave it to workshop.yaml."""

    only: tuple[str, ...] = ()
    editions: tuple[EditionName, ...] = ()
    papers: tuple[PaperName, ...] = ()
    jobs: int = 0
    """How many jobs side by side; 0 for as many as there are cores."""
    limits: Limits = field(default_factory=Limits)

    @property
    def key(self) -> str:
        """What was asked for, in one word."""
        return package.request_key(self.only, self.editions, self.papers)


def build(
    workshop: Workshop,
    output: Path,
    request: Request | None = None,
    made_from: str = "",
    on_done: Callable[[str], None] = lambda _: None,
) -> list[File]:
    """Make the products of `workshop` and put them into the folder `output`; return the files.

    Files of other products stay if they were `made_from` the same. `on_done` hears of each job
    that is done. Raises BuildError with every problem, and then leaves `output` as it was.
    """
    wish = request or Request()
    wanted = select_targets(workshop, wish.only, wish.editions, wish.papers)
    labels = load_labels(workshop)
    with Workers(wish.jobs or cores(), wish.limits, on_done) as workers:
        inky = any(target.edition == "ink-saver" for target in wanted)
        prepared = _prepare_pictures(workshop, workers)
        ink_saving = _prepare_figures(workshop, workers, ink_saver=True) if inky else {}
        _start(workers, workshop, wanted, labels, prepared, prepared | ink_saving)
        made = workers.results()
        files = [finished(m, workshop, made[m.file]) for m in wanted if m.product.format != "site"]
        old = package.up_to_date(output, made_from)
        everything = bundled(workshop, [*files, *_kept(output, old, files)])
        everything = _with_site(workshop, wanted, labels, prepared, everything, workers)
    return _put(workshop, output, Origin(made_from, (*old.asked, wish.key)), everything)


def load_labels(workshop: Workshop) -> Labels:
    """Return the labels in the workshop's language.

    Raises BuildError with what is wrong in them.
    """
    language = workshop.settings.language
    english = resources.files("labels")[f"{FALLBACK}.yaml"].read_text(encoding="utf-8")
    reference, _ = read_labels("labels/en.yaml", english, FALLBACK, None)
    path, text = _catalogue(workshop, language)
    labels, problems = read_labels(path, text, language, reference.words)
    if problems:
        raise BuildError(problems)
    return labels


def _catalogue(workshop: Workshop, language: str) -> tuple[str, str]:
    """Return the path and text of the catalogue: the studio's before ours, the region's first."""
    ours = resources.files("labels")
    for name in (f"{language}.yaml", f"{language.partition('-')[0]}.yaml"):
        own = workshop.overrides.get(f"labels/{name}")
        if own is not None:
            return f"labels/{name}", own.decode("utf-8", "replace")
        if name in ours:
            return f"labels/{name}", ours[name].read_text(encoding="utf-8")
    text = (
        f"there are no labels in the language '{language}'; "
        f"add labels/{language}.yaml with the keys of the English ones"
    )
    raise BuildError([Problem(SETTINGS_FILE, 0, text)])


def _prepare_pictures(workshop: Workshop, workers: Workers) -> dict[str, Sizes]:
    """Return each picture, drawn ones too, as it is printed and as a screen shows it.

    They are in the order of their names, whichever was ready first: products go by it.
    """
    heavy = {name for name, data in workshop.pictures.items() if len(data) > _HEAVY}
    for name in sorted(heavy):
        workers.start(name, prepare, name, workshop.pictures[name])
    light = {n: prepare(n, d) for n, d in workshop.pictures.items() if n not in heavy}
    ready = light | workers.results() | _prepare_figures(workshop, workers)
    return dict(sorted(ready.items()))


def _prepare_figures(
    workshop: Workshop, workers: Workers, *, ink_saver: bool = False
) -> dict[str, Sizes]:
    """Return each figure as a picture, drawn by as many workers as there are."""
    paths = sorted(workshop.figures)
    for number in range(min(workers.count, len(paths))):
        share = paths[number :: workers.count]
        workers.start(f"figures, part {number + 1}", _draw, workshop, share, ink_saver)
    return {name: sizes for part in workers.results().values() for name, sizes in part.items()}


def _draw(workshop: Workshop, paths: Sequence[str], ink_saver: bool) -> dict[str, Sizes]:  # noqa: FBT001  a job's arguments have no names
    """Return some of the figures as pictures."""
    found = drawn(workshop, paths, ink_saver=ink_saver)
    return {name: prepare(name, data) for name, data in found.items()}


def drawn(
    workshop: Workshop, paths: Iterable[str] | None = None, *, ink_saver: bool = False
) -> dict[str, bytes]:
    """Return the figures in use, or some of them, as drawings under the paths of their files."""
    if not workshop.figures:
        return {}
    from workshop_builder.figures import draw  # noqa: PLC0415  half a second

    who, language = workshop.settings.figures, workshop.settings.language
    chosen = workshop.figures if paths is None else paths
    return {
        path: draw.draw(workshop.figures[path], who, language, ink_saver=ink_saver)
        for path in chosen
    }


def prepare(name: str, data: bytes) -> Sizes:
    """Return a picture at both sizes; raises BuildError where it cannot be shown."""
    try:
        return prepare_picture(name, data, (PRINT_WIDTH, SCREEN_WIDTH))
    except PictureError as error:
        line = getattr(error, "line", 0) or 0
        raise BuildError([Problem(name, line, str(error))]) from error


def _start(
    workers: Workers,
    workshop: Workshop,
    wanted: Sequence[Target],
    labels: Labels,
    prepared: Mapping[str, Sizes],
    ink_saving: Mapping[str, Sizes],
) -> None:
    """Start a job for each file; the e-book first, so that the engine is imported beside it.

    `ink_saving` are the pictures of the edition that saves ink.
    """
    templates = Templates(workshop.overrides, workshop.settings.language)
    templates.warm_up()
    screened = {name: pair[1] for name, pair in prepared.items()}
    jobs = [(target, Renderer(workshop, target, labels, templates)) for target in wanted]
    for target, renderer in jobs:
        if target.product.format == "epub":
            workers.start(target.file, bind, renderer, screened)
    if not any(target.product.format == "pdf" for target in wanted):
        return
    from workshop_builder.pdf.engine import PdfEngine, Resource  # noqa: PLC0415  0.4 s, and not for an e-book

    def printed(sizes: Mapping[str, Sizes]) -> dict[str, Resource]:
        return {n: Resource(pair[0].data, pair[0].media_type) for n, pair in sizes.items()}

    engine = PdfEngine(printed(prepared))
    ink_saver = engine.with_files(printed(ink_saving))
    for target, renderer in jobs:
        if target.product.format == "pdf":
            chosen = ink_saver if target.edition == "ink-saver" else engine
            workers.start(target.file, print_pdf, renderer, chosen)


def bind(renderer: Renderer, screened: Mapping[str, Picture]) -> tuple[bytes, None]:
    """Make the e-book; it has no pages to count."""
    sheets = stylesheets.for_target(renderer.workshop, renderer.target)
    return archive.make(renderer, screened, stylesheets.flattened(sheets)), None


def print_pdf(renderer: Renderer, engine: PdfEngine) -> tuple[bytes, int]:
    """Make one PDF; return it and the number of its pages."""
    sheets = stylesheets.for_target(renderer.workshop, renderer.target)
    made = engine.make_pdf(renderer.page(), renderer.target, sheets)
    return made.data, made.pages


def finished(target: Target, workshop: Workshop, made: tuple[bytes, int | None]) -> File:
    """Return what was `made`, its bytes and the number of its pages, as a file of the package."""
    data, pages = made
    paged = target.product.format == "pdf"
    facts = {
        "product": target.product.name,
        "edition": target.edition,
        "paper": target.paper if paged else None,
        "language": workshop.settings.language,
        "pages": pages,
        "title": workshop.settings.title,
    }
    return File(target.file, data, facts, offered=not target.product.for_teacher)


def _kept(output: Path, old: UpToDate, replaced: Sequence[File]) -> list[File]:
    """Return the files in `output` that were made from the same and are not made anew."""
    kept = []
    for name, entry in old.entries.items():
        if name not in {file.name for file in replaced} and entry["product"] != "bundle":
            facts = {key: value for key, value in entry.items() if key not in package.COUNTED}
            kept.append(File(name, (output / name).read_bytes(), facts, entry["offered"]))
    return kept


def bundled(workshop: Workshop, files: Sequence[File]) -> list[File]:
    """Return `files` and the bundle of those that are offered."""
    settings = workshop.settings
    facts = {"product": "bundle", "language": settings.language, "title": settings.title}
    return [*files, File(f"{workshop.slug}.zip", package.bundle(files), facts, offered=False)]


def _with_site(
    workshop: Workshop,
    wanted: Sequence[Target],
    labels: Labels,
    prepared: Mapping[str, Sizes],
    files: Sequence[File],
    workers: Workers,
) -> list[File]:
    """Return `files` and, if it is wanted, the website that offers them, in place of an old one."""
    target = next((m for m in wanted if m.product.format == "site"), None)
    if target is None:
        return list(files)
    from workshop_builder.site import collect  # noqa: PLC0415  what it makes pictures with is heavy

    renderer = Renderer(workshop, target, labels)
    screened = {name: sizes[1] for name, sizes in prepared.items()}
    others = [file for file in files if file.facts["product"] != target.product.name]
    return [*others, *collect.site_files(renderer, others, screened, workers)]


def _put(workshop: Workshop, output: Path, origin: Origin, files: list[File]) -> list[File]:
    """Add the manifest, and put everything into `output`."""
    settings = workshop.settings
    about = {
        "title": settings.title,
        "slug": workshop.slug,
        "language": settings.language,
        "version": settings.version,
        "date": settings.date.isoformat() if settings.date else None,
    }
    contents = {file.name: file.data for file in files}
    contents[package.MANIFEST] = package.manifest(about, origin, files)
    package.write(output, contents)
    return files
