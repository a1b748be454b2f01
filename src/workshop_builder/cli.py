"""The command `workshop`: reads its arguments, calls one function, says what happened.

The modules that do the work are imported by the command that needs them:
`workshop --help` must not wait for engines.
"""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from workshop_builder.commands import cache, printing
from workshop_builder.commands.arguments.options import (
    FORMATS,
    SCHEMAS,
    DrawingOption,
    EditionOption,
    JobsOption,
    KindOption,
    NoOpenOption,
    OnlyOption,
    PaperOption,
    PortOption,
    PoseOption,
    SourceArgument,
)
from workshop_builder.commands.arguments.source import find_source
from workshop_builder.commands.boundary import OneOf, saying_when_stopped
from workshop_builder.commands.personal import personal

app = typer.Typer(
    help="Turn a workshop, written once as a folder of Markdown and pictures, into all that "
    "students need.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    suggest_commands=False,  # the boundary does
    context_settings={"help_option_names": ["-h", "--help"], "color": False},
)
app.add_typer(cache.app, name="cache")


def _version(wanted: bool) -> None:  # noqa: FBT001  typer's way to call back
    """Print the version and end, where `--version` is given."""
    if wanted:
        from workshop_builder import resources

        typer.echo(f"workshop {resources.version()}")
        raise typer.Exit


@app.callback()
def workshop(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", hidden=True)],
    kind: KindOption = "movement",
) -> None:
    """Start a workshop: a small complete one, to change into yours.

    DIR is a folder that is not there yet. A movement is a break from the
    desk, a craft a sourdough class, a lesson an hour of Spanish.
    """
    from workshop_builder.commands.new import copy

    copy(folder, kind)
    typer.echo(f"{folder}: a workshop to start from; next: workshop preview {quote(str(folder))}")


@app.command()
def build(
    source: SourceArgument = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Where the package goes.")
    ] = Path("dist"),
    only: OnlyOption = "",
    edition: EditionOption = None,
    paper: PaperOption = None,
    jobs: JobsOption = 0,
    *,
    judge: Annotated[
        bool,
        typer.Option("--judge", help="Ask veraPDF, EPUBCheck and Ace, where they are installed."),
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Make anew what was made before from the same.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell of each file why it was made, or was not.")
    ] = False,
) -> None:
    """Make everything, or --only some of it.

    SOURCE is the workshop's folder; left out, it is this folder, or workshop/ in it.
    """
    from workshop_builder.commands import build as command

    names = tuple(name.strip() for name in only.split(",") if name.strip())
    with saying_when_stopped("no package is left half done"):
        command.build(
            find_source(source),
            output,
            only=names,
            editions=edition or (),
            papers=paper or (),
            jobs=jobs,
            judge=judge,
            keep=not no_cache,
            explain=explain,
        )


@app.command()
def preview(
    source: SourceArgument = None,
    port: PortOption = 0,
    *,
    no_open: NoOpenOption = False,
) -> None:
    """Show all products in the browser, renewed at each save.

    SOURCE is the workshop's folder; left out, it is this folder, or workshop/ in it.
    """
    from workshop_builder.preview.server import serve as previews

    previews.run(find_source(source), port, open_browser=not no_open)


@app.command()
def studio(
    source: SourceArgument = None,
    port: PortOption = 0,
    *,
    no_open: NoOpenOption = False,
) -> None:
    """Make the sheet of one student in the browser, from pictures.

    SOURCE is the workshop's folder; left out, it is this folder, or workshop/ in it.
    """
    from workshop_builder.preview.server import serve as previews

    previews.run(find_source(source), port, open_browser=not no_open, has_studio=True)


@app.command()
def check(
    source: SourceArgument = None,
    form: Annotated[
        str,
        typer.Option("--format", click_type=OneOf(FORMATS), help="For people, or for programs."),
    ] = "text",
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with 1 if there is a remark.")
    ] = False,
) -> None:
    """Say what a careful editor and a careful teacher would remark.

    SOURCE is the workshop's folder; left out, it is this folder, or workshop/ in it. Remarks are
    no errors: docs/checking.md explains each by its name, and how to silence it.
    """
    from workshop_builder.commands.check import report

    said, count = report(find_source(source), form)
    typer.echo(said, nl=False)
    if strict and count:
        raise typer.Exit(1)


app.command()(personal)
app.command("print")(printing.command)


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
    from workshop_builder.publishing import publish as publishing

    with saying_when_stopped("the next run finishes what is left"):
        for line in publishing.run(find_source(source), output, to, dry_run=dry_run):
            typer.echo(line)


@app.command()
def figure(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", hidden=True)] = None,
    output: DrawingOption = None,
    *,
    ink_saver: Annotated[
        bool, typer.Option("--ink-saver", help="Outlines and hatching in place of tones.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="List the ready poses, and draw nothing.")
    ] = False,
    pose: PoseOption = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write the nearest possible pose into FILE.")
    ] = False,
) -> None:
    """Draw one figure by itself, or start one from a ready pose.

    FILE is a figure's file. Its words and people are those of the workshop that it lies in.
    """
    from workshop_builder.figures import gallery

    if listed:
        typer.echo("\n".join(gallery.lines()))
        return
    if file is None:
        raise typer.BadParameter("name a figure's file, or ask for --list", param_hint="FILE")
    if pose:
        gallery.write(pose, file)
        typer.echo(f"{file}: a figure to change; next: workshop figure {quote(str(file))}")
        return
    target = output or Path(file.stem + ".svg")
    if target.suffix.lower() not in {".svg", ".png"}:
        raise typer.BadParameter(f"'{target}' ends in neither .svg nor .png", param_hint="-o")
    from workshop_builder.commands import figure as one_figure

    if fix:
        typer.echo("\n".join(one_figure.fix(file)))
        return
    one_figure.draw(file, target, ink_saver=ink_saver)
    typer.echo(target)


@app.command()
def verify(
    package: Annotated[Path, typer.Argument(metavar="PACKAGE", hidden=True)],
) -> None:
    """Tell whether a package is whole, and what it is.

    PACKAGE is a folder with a manifest.json, or the bundle: a .zip with SHA256SUMS in it.
    """
    from workshop_builder.output.verify import describe

    typer.echo(describe(package))


@app.command()
def labels(
    language: Annotated[str, typer.Argument(metavar="LANGUAGE", hidden=True)],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Where it goes; else labels/ of the workshop."
        ),
    ] = None,
) -> None:
    """Write the words of a language, to be translated.

    LANGUAGE is its code, like nl or fr-CA. Each word has the English beside it; what the program
    or the workshop has of the language is in the files already.
    """
    from workshop_builder.commands.labels import write

    for line in write(language, output or find_source(None) / "labels"):
        typer.echo(line)


@app.command()
def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", click_type=OneOf(SCHEMAS), hidden=True)],
) -> None:
    """Print a JSON Schema, for completion in editors.

    NAME is 'workshop' for workshop.yaml, 'exercise' or 'chapter' for the front matter of one,
    'figure' for a file of figures/, or 'roster' for roster.yaml.
    """
    from workshop_builder.commands.schema import text

    typer.echo(text(name), nl=False)
