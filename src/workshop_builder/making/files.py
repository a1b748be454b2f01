"""The files of a package: made side by side, joined by those that stay, bundled, offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing import Pipe
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_builder.errors import BuildError
from workshop_builder.making.binding import bind_once
from workshop_builder.making.evidence import evidence
from workshop_builder.making.films import make_films
from workshop_builder.making.history import Making
from workshop_builder.making.judges import Verdict
from workshop_builder.making.pictures import Pictures, Sizes
from workshop_builder.making.printing import BOOK, PrintedPdf, print_pdf
from workshop_builder.model import products
from workshop_builder.model.products import Target
from workshop_builder.model.workshop import Workshop
from workshop_builder.output import package
from workshop_builder.output.package import File, UpToDate
from workshop_builder.pages import stylesheets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer
from workshop_builder.pages.templates import Templates
from workshop_builder.pdf.tagging.page_starts import PageStart
from workshop_builder.workers import JobResult, Workers

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from workshop_builder.pdf.engine import PdfEngine


def get_ready() -> None:
    """Load the engine, and let it set up what it else does at its first page."""
    _ready()


@cache
def _ready() -> PdfEngine:
    """Return the engine without files, with the styles that all PDFs have."""
    from workshop_builder.pdf.engine import PdfEngine  # noqa: PLC0415  0.4 s, and not for an e-book

    engine = PdfEngine({})
    for name, text in stylesheets.of_all_pdfs():
        engine.style(name, text)
    return engine


def make_files(
    workshop: Workshop,
    targets: Sequence[Target],
    labels: Labels,
    pictures: Pictures,
    workers: Workers,
    *,
    keep: bool,
) -> tuple[list[File], dict[str, Making]]:
    """Return the files of all targets except a website, which is made from the others.

    With them comes, by their names, how they came about.

    The e-book comes after the printed book, whose pages it tells, and which is laid out for it even
    where it is not asked for. With `keep`, what was made before from the same is taken, and
    what is made is kept for later builds. Raises BuildError with every problem of all of them.
    """
    templates = Templates(workshop.overrides, workshop.language.writing)
    renderers = [Renderer(workshop, target, labels, templates) for target in targets]
    books = [each for each in renderers if each.target.product.format == "epub"]
    paged = [each for each in renderers if each.target.product.format == "pdf"]
    printed = _printed_book(workshop) if books else None
    if printed and printed not in targets:
        paged.append(Renderer(workshop, printed, labels, templates))
    if len(paged) > 1:  # a single one warms up what it needs itself
        templates.warm_up()
    ended = _ended(paged, books, printed, pictures, workers, keep=keep)
    if problems := [problem for job in ended.values() for problem in job.problems]:
        raise BuildError(problems)
    asked = [target for target in targets if target.file in ended]
    made = {target.file: ended[target.file].value for target in asked}
    return (
        [as_file(target, workshop, *_counted(made[target.file][0])) for target in asked],
        {name: making for name, (_, making) in made.items()},
    )


def _ended(
    paged: Sequence[Renderer],
    books: Sequence[Renderer],
    printed: Target | None,
    pictures: Pictures,
    workers: Workers,
    *,
    keep: bool,
) -> dict[str, JobResult]:
    """Return the results of the jobs for all PDFs and e-books, by their names.

    E-books wait until it is known where the pages of the `printed` book begin. If that is other
    in the end than it was told, they are made again.
    """
    named = printed.file if printed else ""
    ended: dict[str, JobResult] = {}
    waited_for = {each.target.file for each in paged}
    begun: Sequence[PageStart] | None = None
    told, telling = Pipe(duplex=False)
    with told, telling:
        if paged:
            _start_pdfs(paged, pictures, workers, keep=keep, telling={named: telling})
        if not printed:
            waited_for |= _start_books(books, pictures, (), workers, keep=keep)
        while waited_for:
            listening = [told] if printed and named not in ended else []
            done = {job.name: job for job in workers.next_done(*listening)}
            starts = _starts(done[named]) if named in done else None
            if starts is None and listening and told.poll():
                starts = told.recv()
            if starts is not None and starts != begun:
                for each in books:
                    workers.stop(each.target.file)
                    done.pop(each.target.file, None)
                begun = starts
                waited_for |= _start_books(books, pictures, starts, workers, keep=keep)
            waited_for -= done.keys()
            ended |= done
    return ended


def _starts(printed: JobResult) -> Sequence[PageStart]:
    """Return where the pages of a book begin; nothing of one that could not be made."""
    return printed.value[0].starts if printed.value else ()


def _counted(made: PrintedPdf | bytes) -> tuple[bytes, int | None]:
    """Return what was made, and the number of its pages if it has some."""
    return (made, None) if isinstance(made, bytes) else (made.data, made.pages)


def _start_books(
    renderers: Sequence[Renderer],
    pictures: Pictures,
    starts: Sequence[PageStart],
    workers: Workers,
    *,
    keep: bool,
) -> set[str]:
    """Start a job for each e-book; return their names."""
    for renderer in renderers:
        name = renderer.target.file
        workers.start(name, bind_once, renderer, pictures.screened, starts, keep)
    return {renderer.target.file for renderer in renderers}


def _printed_book(workshop: Workshop) -> Target | None:
    """Return the book that students print, whose pages the e-book tells; None without one."""
    found = products.offered(workshop).get(BOOK)
    if found is None or found[1].private:
        return None
    own = workshop.settings.paper
    (printed,) = products.select_targets(workshop, (BOOK,), ("standard",), (own,))
    return printed


def _start_pdfs(
    renderers: Sequence[Renderer],
    pictures: Pictures,
    workers: Workers,
    *,
    keep: bool,
    telling: Mapping[str, Connection | None],
) -> None:
    """Start a job for each PDF, forked from this process with the engine loaded.

    One whose name is in `telling` sends there where its pages begin.
    """
    from workshop_builder.pdf.served_files import Resource  # noqa: PLC0415  as the engine

    def printed(sizes: Mapping[str, Sizes]) -> dict[str, Resource]:
        return {n: Resource(pair[0].data, pair[0].media_type) for n, pair in sizes.items()}

    engine = _ready().with_files(printed(pictures.usual))
    ink_saver = engine.with_files(printed(pictures.ink_saver))
    for renderer in renderers:
        chosen = ink_saver if renderer.target.edition == "ink-saver" else engine
        name = renderer.target.file
        told = telling.get(name)
        workers.start(name, print_pdf, renderer, chosen, keep, workers.count, told)


def as_file(target: Target, workshop: Workshop, data: bytes, pages: int | None) -> File:
    """Return what was made, with the number of its pages if it has some, as a file."""
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

    templates = Templates(workshop.overrides, workshop.language.writing)
    renderer = Renderer(workshop, target, labels, templates)
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
