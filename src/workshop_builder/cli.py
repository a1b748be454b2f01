"""The command `workshop`: reads its arguments, calls one function, says what happened.

The modules that do the work are imported by the command that needs them:
`workshop --help` must not wait for engines.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn, get_args

import typer
from click import Choice

from workshop_builder.errors import OutputError, RequestError, WorkshopError
from workshop_builder.model.editions import EditionName, PaperName

app = typer.Typer(
    name="workshop",
    help="Turn a workshop, written once as a folder of Markdown and pictures, into all that "
    "students need.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

SourceArgument = Annotated[
    Path | None,
    typer.Argument(help="The workshop's folder; '.' or else 'workshop/'.", show_default=False),
]


class SchemaName(StrEnum):
    """The files that a schema describes."""

    WORKSHOP = "workshop"
    EXERCISE = "exercise"
    CHAPTER = "chapter"
    FIGURE = "figure"


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet.")],
) -> None:
    """Start a workshop: a small complete one, to be changed into yours.

    DIR is a folder that is not there yet.
    """
    from workshop_builder.commands.new import copy  # noqa: PLC0415  see the module's first lines

    try:
        copy(folder)
    except WorkshopError as error:
        _fail(error)
    typer.echo(f"{folder}: a workshop to start from; next: workshop preview {folder}")


@app.command()
def build(
    source: SourceArgument = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Where the package goes.")
    ] = Path("dist"),
    only: Annotated[
        str, typer.Option(help="Products to make, with commas: handout,take-home")
    ] = "",
    edition: Annotated[
        list[str] | None,
        typer.Option(
            click_type=Choice(get_args(EditionName)),
            help="Edition of the PDFs; may be given again.",
        ),
    ] = None,
    paper: Annotated[
        list[str] | None,
        typer.Option(
            click_type=Choice(get_args(PaperName)), help="Paper of the PDFs; may be given again."
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=0, max=64, help="How many at a time; 0 for as many as cores.")
    ] = 0,
) -> None:
    """Make everything, or --only some of it.

    SOURCE is the workshop's folder; left out, it is this folder, or workshop/ in it.
    """
    from workshop_builder.commands import build as command  # noqa: PLC0415  see the module's first lines

    names = tuple(name.strip() for name in only.split(",") if name.strip())
    try:
        command.build(
            find_source(source),
            output,
            only=names,
            editions=edition or (),
            papers=paper or (),
            jobs=jobs,
        )
    except WorkshopError as error:
        _fail(error)
    except KeyboardInterrupt:
        typer.echo("stopped; the package that was there is untouched", err=True)
        raise typer.Exit(130) from None


@app.command()
def preview(
    source: SourceArgument = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where on this machine; 0 for any that is free.")
    ] = 0,
    *,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Print the address and leave the browser alone.")
    ] = False,
) -> None:
    """Show all products in the browser, renewed at each save.

    SOURCE is the workshop's folder; left out, it is this folder, or workshop/ in it.
    """
    from workshop_builder.preview.server import serve as previews  # noqa: PLC0415  see the module's first lines

    try:
        previews.run(find_source(source), port, open_browser=not no_open)
    except WorkshopError as error:
        _fail(error)


@app.command()
def publish(
    source: SourceArgument = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Where the package is.")
    ] = Path("dist"),
    to: Annotated[
        str | None,
        typer.Option(metavar="TARGET", help="A folder or a host; else what workshop.yaml says."),
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be copied, and do nothing.")
    ] = False,
) -> None:
    """Copy the website to its host, only what has changed.

    SOURCE is the workshop's folder; left out, it is this folder, or workshop/ in it.
    """
    from workshop_builder.publishing import publish as publishing  # noqa: PLC0415  see the module's first lines

    try:
        for line in publishing.run(find_source(source), output, to, dry_run=dry_run):
            typer.echo(line)
    except WorkshopError as error:
        _fail(error)
    except KeyboardInterrupt:
        typer.echo("stopped; the next run finishes what is left", err=True)
        raise typer.Exit(130) from None


@app.command()
def figure(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file such as figures/name.yaml.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            help="The drawing to write, ending in .svg or .png; else FILE's name with .svg.",
        ),
    ] = None,
    *,
    ink_saver: Annotated[
        bool, typer.Option("--ink-saver", help="Outlines and hatching in place of tones.")
    ] = False,
) -> None:
    """Draw one figure by itself, to try it out.

    FILE is a figure's file. Its words and people are those of the workshop that it lies in.
    """
    target = output or Path(file.stem + ".svg")
    if target.suffix.lower() not in {".svg", ".png"}:
        raise typer.BadParameter(f"'{target}' ends in neither .svg nor .png", param_hint="-o")
    from workshop_builder.commands.figure import draw  # noqa: PLC0415  see the module's first lines

    try:
        draw(file, target, ink_saver=ink_saver)
    except WorkshopError as error:
        _fail(error)
    typer.echo(target)


@app.command()
def schema(
    name: Annotated[SchemaName, typer.Argument(help="Which file the schema describes.")],
) -> None:
    """Print a JSON Schema, for completion in editors.

    NAME says of what: workshop.yaml, the front matter of an exercise or a chapter, or a figure.
    """
    from workshop_builder.commands.schema import text  # noqa: PLC0415  see the module's first lines

    typer.echo(text(name.value), nl=False)


def find_source(given: Path | None) -> Path:
    """Return the folder that was named, else `.`, else `workshop/` where that holds one."""
    if given is not None:
        return given
    here = Path()
    beside = here / "workshop"
    return beside if not (here / "workshop.yaml").exists() and beside.is_dir() else here


_OPTIONS = {"only": "--only", "editions": "--edition", "papers": "--paper", "jobs": "--jobs"}
"""The options behind the arguments of the functions."""


def _fail(error: WorkshopError) -> NoReturn:
    """Say what is wrong in the command's own words, and end with the exit code for it."""
    misused = isinstance(error, RequestError)
    for problem in error.problems:
        path = _OPTIONS.get(problem.path, problem.path) if misused else problem.path
        remedy = " with -o" if isinstance(error, OutputError) else ""
        typer.echo(replace(problem, path=path, text=problem.text + remedy), err=True)
    raise typer.Exit(2 if misused else 1)
