"""What `workshop build` does between its arguments and the work: the fast way out, the files."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from workshop_builder.commands import progress
from workshop_builder.errors import OutputError, Problem
from workshop_builder.output import unchanged
from workshop_builder.source import fingerprint
from workshop_builder.source import folder as folders
from workshop_builder.source.folder import Folder
from workshop_builder.workers import Workers, cores

if TYPE_CHECKING:
    from workshop_builder.model.workshop import Workshop
    from workshop_builder.output.package import File


def build(
    source: Path,
    output: Path,
    only: Sequence[str],
    editions: Sequence[str],
    papers: Sequence[str],
    jobs: int,
    *,
    judge: bool,
    keep: bool,
    explain: bool,
) -> None:
    """Build the folder `source` into `output` unless what is asked for stands there already."""
    gc.disable()  # a short life: what is freed at its end need not be looked for before
    _refuse_inside(source, output)
    asked = tuple(only), tuple(editions), tuple(papers)
    key = (*(repr(sorted(names)) for names in asked), fingerprint.installed())
    before = unchanged.state([*folders.places(source), *fingerprint.places()])
    if keep and not judge and unchanged.stands(output, key, before):
        _tell_unchanged(output)
        return
    folder = folders.read(source)
    if keep and _stands(output, folder, asked, judge=judge):
        _tell_unchanged(output)
    else:
        _make(folder, output, asked, jobs, judge=judge, keep=keep, explain=explain)
    unchanged.note(output, key, before)


def _refuse_inside(source: Path, output: Path) -> None:
    """Raise OutputError for a folder from which the next build would read what this one made."""
    place = output.resolve()
    if {place, *place.parents} & set(folders.places(source)):
        text = "lies in a folder that is read as part of the workshop; name another folder"
        raise OutputError([Problem(str(output), 0, text)])


def _make(
    folder: Folder,
    output: Path,
    asked: tuple[Sequence[str], Sequence[str], Sequence[str]],
    jobs: int,
    *,
    judge: bool,
    keep: bool,
    explain: bool,
) -> None:
    """Build a folder, and tell of each file where it is."""
    only, editions, papers = asked
    reasons: dict[str, str] = {}
    with progress.shown() as watch:
        from workshop_builder import builder  # noqa: PLC0415  not for "nothing has changed"

        workshop = _loaded(folder)
        files = builder.build(
            workshop,
            output,
            only=only,
            editions=editions,
            papers=papers,
            jobs=jobs,
            judge=judge,
            keep=keep,
            watch=watch,
            explain=reasons.__setitem__ if explain else None,
        )
    _tell(output, files, reasons)
    _warn(folder, workshop)
    for file in files:
        _tell_judges(file.facts.get("judges", {}))


def _loaded(folder: Folder) -> Workshop:
    """Return what a folder holds; on a second core it is read while the engine gets ready."""
    from workshop_builder.loading import load  # noqa: PLC0415  not for "nothing has changed"
    from workshop_builder.making import files  # noqa: PLC0415  likewise

    workshop = None
    if cores() > 1:
        with Workers(1) as workers:
            workers.start(folders.SETTINGS_FILE, load.from_folder, folder)
            files.get_ready()
            (job,) = workers.next_done()
            workshop = job.value
    return workshop or load.from_folder(folder)  # which raises what is wrong


def _tell_unchanged(output: Path) -> None:
    from workshop_builder.output.replace_folder import clear_leftovers  # noqa: PLC0415  see `_stands`

    clear_leftovers(output)
    typer.echo(f"{output}: nothing has changed")


def _stands(
    output: Path,
    folder: Folder,
    asked: tuple[Sequence[str], Sequence[str], Sequence[str]],
    *,
    judge: bool,
) -> bool:
    """Return whether what is asked for was made from the same, and passed by the same judges.

    It is made anew where what was kept of it has been let go: the next change would find nothing.
    """
    from workshop_builder.making import history  # noqa: PLC0415  not where nothing is read
    from workshop_builder.output import package, store  # noqa: PLC0415  likewise

    if store.was_let_go() and not history.is_known(output):
        return False
    key = package.request_key(*asked)
    if judge:
        from workshop_builder.making import judges  # noqa: PLC0415  seldom

        key = package.judged_key(key, judges.at_hand())
    return key in package.up_to_date(output, fingerprint.compute(folder.digest)).asked


def _tell(output: Path, files: Iterable[File], reasons: Mapping[str, str]) -> None:
    """Tell of each file where it is, and why it was made if that is asked for."""
    for file in sorted(files, key=lambda file: file.name):
        if told := _told(file):
            typer.echo("  ".join(filter(None, (f"{output / told}", reasons.get(file.name)))))


def _warn(folder: Folder, workshop: Workshop) -> None:
    """Tell what is wrong with a workshop although it could be made."""
    from workshop_builder.checking import whole  # noqa: PLC0415  not for "nothing has changed"

    for warning in whole.warnings(folder, workshop, datetime.now().astimezone().date()):
        typer.echo(warning, err=True)


def _tell_judges(versions: Mapping[str, str | None]) -> None:
    """Tell what each judge has said, which is nothing but good, or that it is not installed."""
    for name, version in versions.items():
        if version:
            typer.echo(f"{name} {version}: nothing to object")
        else:
            missing = "is not installed, and has judged nothing; see docs/evidence.md"
            typer.echo(f"{name}: {missing}", err=True)


def _told(file: File) -> str:
    """Return what is told of a file, its pages counted; of a website its first page is enough."""
    from workshop_builder.model.products import SITE  # noqa: PLC0415  likewise

    if file.name.startswith(f"{SITE}/") and file.name != f"{SITE}/index.html":
        return ""
    pages = file.facts.get("pages")
    count = f"{pages} pages" if pages and pages > 1 else "1 page" if pages else ""
    return f"{file.name}  {count}".rstrip()
