"""`workshop personal`: a take-home sheet for each student of a roster."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from workshop_builder.commands.arguments.options import JobsOption
from workshop_builder.commands.arguments.source import find_source
from workshop_builder.commands.boundary import saying_when_stopped

ClusterOption: TypeAlias = Annotated[
    str,
    typer.Option(metavar="ADDRESS", help="Let a Dask cluster make them (docs/scale.md)."),
]


def personal(
    source: Annotated[Path | None, typer.Argument(hidden=True)] = None,
    roster: Annotated[Path | None, typer.Argument(hidden=True)] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Where they go; else personal/ by the roster."
        ),
    ] = None,
    jobs: JobsOption = 0,
    cluster: ClusterOption = "",
    *,
    together: Annotated[
        bool,
        typer.Option("--together", help="All in one PDF, ready to be printed on both sides."),
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="Name files by the students, and not by the rows.")
    ] = False,
) -> None:
    """Make a take-home sheet for each student, for you alone.

    SOURCE is the workshop's folder; left out, it is this folder, or workshop/ in it. ROSTER is a
    file ending in .yaml, .csv or .xlsx, or a folder with a .yaml file for each student; left
    out, it is roster.yaml, roster.csv or roster.xlsx in SOURCE. docs/personal.md explains them.
    """
    from workshop_builder.commands import progress  # noqa: PLC0415  not for `workshop --help`
    from workshop_builder.personal.run import run  # noqa: PLC0415  likewise

    folder, given = places(source, roster)
    gc.disable()  # what is laid out stays until the process ends, and would only be looked at
    with saying_when_stopped("the sheets are as they were"), progress.shown() as watch:
        asked = {"together": together, "names": names}
        made = run(folder, given, output, **asked, jobs=jobs, cluster=cluster, watch=watch)
    for name, count in made.pages.items():
        typer.echo(f"{made.folder / name}  {count} page{'s' if count > 1 else ''}")
    for line in made.told:
        typer.echo(line, err=True)


def places(source: Path | None, roster: Path | None) -> tuple[Path, Path | None]:
    """Return the source folder and the roster, if one is named; one name alone can be either.

    A roster named alone belongs to the workshop in whose folder it lies.
    """
    from workshop_builder.source.folder import SETTINGS_FILE  # noqa: PLC0415  not for --help

    if roster is not None or source is None or (source / SETTINGS_FILE).is_file():
        return find_source(source), roster
    homes = (each for each in source.resolve().parents if (each / SETTINGS_FILE).is_file())
    here = find_source(None)
    return (here if (here / SETTINGS_FILE).is_file() else next(homes, here)), source
