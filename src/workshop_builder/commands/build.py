"""What `workshop build` does between its arguments and the work: the fast way out, the files."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from workshop_builder.commands import progress
from workshop_builder.output import package
from workshop_builder.output.package import File
from workshop_builder.output.replace_folder import clear_leftovers
from workshop_builder.source import fingerprint
from workshop_builder.source import folder as folders
from workshop_builder.source.folder import Folder

if TYPE_CHECKING:
    from workshop_builder.model.workshop import Workshop


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
    folder = folders.read(source)
    asked = package.request_key(only, editions, papers)
    if keep and _stands(output, folder, asked, judge=judge):
        clear_leftovers(output)
        typer.echo(f"{output}: nothing has changed")
        return
    reasons: dict[str, str] = {}
    with progress.shown() as watch:
        from workshop_builder import builder  # noqa: PLC0415  not for "nothing has changed"
        from workshop_builder.loading import load  # noqa: PLC0415  likewise

        workshop = load.from_folder(folder)
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


def _stands(output: Path, folder: Folder, asked: str, *, judge: bool) -> bool:
    """Return whether what is asked for was made from the same, and passed by the same judges."""
    if judge:
        from workshop_builder.making import judges  # noqa: PLC0415  seldom

        asked = package.judged_key(asked, judges.at_hand())
    return asked in package.up_to_date(output, fingerprint.compute(folder.digest)).asked


def _tell(output: Path, files: Iterable[File], reasons: Mapping[str, str]) -> None:
    """Tell of each file where it is, and why it was made if that is asked for."""
    for file in sorted(files, key=lambda file: file.name):
        if told := _told(file):
            typer.echo("  ".join(filter(None, (f"{output / told}", reasons.get(file.name)))))


def _warn(folder: Folder, workshop: Workshop) -> None:
    """Tell what is wrong with a workshop although it could be made."""
    from workshop_builder.checking import check  # noqa: PLC0415  not for "nothing has changed"

    for warning in check.warnings(folder, workshop, datetime.now().astimezone().date()):
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
