"""The files of a package: made side by side, joined by those that stay, bundled, offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_builder.epub import archive
from workshop_builder.making.evidence import evidence
from workshop_builder.making.films import make_films
from workshop_builder.making.judges import Verdict
from workshop_builder.making.pictures import Pictures, Sizes
from workshop_builder.model.products import Target
from workshop_builder.model.workshop import Workshop
from workshop_builder.output import package
from workshop_builder.output.package import File, UpToDate
from workshop_builder.pages import stylesheets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer
from workshop_builder.pages.templates import Templates
from workshop_builder.pictures.prepare import Picture
from workshop_builder.workers import Workers

if TYPE_CHECKING:
    from workshop_builder.pdf.engine import PdfEngine


def make_files(
    workshop: Workshop,
    targets: Sequence[Target],
    labels: Labels,
    pictures: Pictures,
    workers: Workers,
) -> list[File]:
    """Return the files of all targets except a website, which is made from the others.

    The e-book is started first, so that the PDF engine is imported while it is made. Raises
    BuildError with every problem of all of them.
    """
    templates = Templates(workshop.overrides, workshop.language.writing)
    templates.warm_up()
    paged = []
    for target in targets:
        renderer = Renderer(workshop, target, labels, templates)
        if target.product.format == "epub":
            workers.start(target.file, bind, renderer, pictures.screened)
        elif target.product.format == "pdf":
            paged.append(renderer)
    if paged:
        _start_pdfs(paged, pictures, workers)
    made = workers.results()
    return [
        as_file(target, workshop, made[target.file]) for target in targets if target.file in made
    ]


def _start_pdfs(renderers: Sequence[Renderer], pictures: Pictures, workers: Workers) -> None:
    """Start a job for each PDF, forked from this process with the engine loaded."""
    from workshop_builder.pdf.engine import PdfEngine, Resource  # noqa: PLC0415  0.4 s, and not for an e-book

    def printed(sizes: Mapping[str, Sizes]) -> dict[str, Resource]:
        return {n: Resource(pair[0].data, pair[0].media_type) for n, pair in sizes.items()}

    engine = PdfEngine(printed(pictures.usual))
    ink_saver = engine.with_files(printed(pictures.ink_saver))
    for renderer in renderers:
        chosen = ink_saver if renderer.target.edition == "ink-saver" else engine
        workers.start(renderer.target.file, print_pdf, renderer, chosen)


def bind(renderer: Renderer, screened: Mapping[str, Picture]) -> tuple[bytes, None]:
    """Return the e-book, and None, since it has no pages to count."""
    sheets = stylesheets.for_target(renderer.workshop, renderer.target)
    return archive.make_epub(renderer, screened, stylesheets.flattened(sheets)), None


def print_pdf(renderer: Renderer, engine: PdfEngine) -> tuple[bytes, int]:
    """Return one PDF and the number of its pages."""
    sheets = stylesheets.for_target(renderer.workshop, renderer.target)
    made = engine.make_pdf(renderer.page(), renderer.target, sheets)
    return made.data, made.pages


def as_file(target: Target, workshop: Workshop, made: tuple[bytes, int | None]) -> File:
    """Return what was `made`, its bytes and the number of its pages, as a file of the package."""
    data, pages = made
    facts = {
        "product": target.product.name,
        "edition": target.edition,
        "paper": target.sheet,
        "language": workshop.settings.language,
        "pages": pages,
        "title": workshop.settings.title,
    }
    return File(target.file, data, facts, offered=target.offered)


def kept_files(output: Path, old: UpToDate, replaced: Sequence[File]) -> list[File]:
    """Return the files in `output` that are up to date and have not just been replaced."""
    kept = []
    for name, entry in old.entries.items():
        if name not in {file.name for file in replaced} and entry["product"] != "bundle":
            facts = {key: value for key, value in entry.items() if key not in package.COUNTED}
            kept.append(File(name, (output / name).read_bytes(), facts, entry["offered"]))
    return kept


def with_bundle(
    workshop: Workshop, files: Sequence[File], verdicts: Mapping[str, Verdict | None]
) -> list[File]:
    """Return `files` with the bundle of those that are offered, and of the evidence for them.

    `verdicts` are those of the judges that were asked.
    """
    settings = workshop.settings
    facts = {
        "product": "bundle",
        "language": settings.language,
        "title": settings.title,
        "judges": {name: each.version if each else None for name, each in verdicts.items()},
    }
    data = package.bundle([*files, *evidence(workshop, files, verdicts)])
    return [*files, File(f"{workshop.slug}.zip", data, facts, offered=False)]


def with_site(
    workshop: Workshop,
    targets: Sequence[Target],
    labels: Labels,
    pictures: Pictures,
    files: Sequence[File],
    workers: Workers,
) -> list[File]:
    """Return `files` with the website that offers them, if it is a target; an old one goes."""
    target = next((target for target in targets if target.product.format == "site"), None)
    if target is None:
        return list(files)
    from workshop_builder.site import collect  # noqa: PLC0415  what it makes pictures with is heavy

    renderer = Renderer(workshop, target, labels)
    others = [file for file in files if file.facts["product"] != target.product.name]
    films = make_films(workshop, workers)
    return [*others, *collect.site_files(renderer, others, pictures.screened, films, workers)]


def manifest(workshop: Workshop, origin: package.Origin, files: Sequence[File]) -> bytes:
    """Return the manifest of a package with these files."""
    settings = workshop.settings
    about = {
        "title": settings.title,
        "slug": workshop.slug,
        "language": settings.language,
        "version": settings.version,
        "date": settings.date.isoformat() if settings.date else None,
    }
    return package.manifest(about, origin, files)
