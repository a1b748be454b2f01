"""`workshop print`: sends a product, or a PDF, to a printer, and says what it sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workshop_builder.commands.arguments.completion import printers, product
from workshop_builder.commands.arguments.options import SourceArgument
from workshop_builder.commands.arguments.source import find_source
from workshop_builder.commands.boundary import Number, OneOf, saying_when_stopped
from workshop_builder.model.editions import EDITIONS, PAPERS


def command(
    what: Annotated[str, typer.Argument(metavar="PRODUCT", hidden=True, autocompletion=product)],
    source: SourceArgument = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Where the package is.")
    ] = Path("dist"),
    copies: Annotated[int, typer.Option(click_type=Number(1, 999), help="How many copies.")] = 1,
    name: Annotated[
        str | None,
        typer.Option(
            "--printer",
            metavar="NAME",
            autocompletion=printers,
            help="The printer; else the default.",
        ),
    ] = None,
    edition: Annotated[
        str | None, typer.Option(click_type=OneOf(EDITIONS), help="Edition of the product.")
    ] = None,
    paper: Annotated[
        str | None, typer.Option(click_type=OneOf(PAPERS), help="Paper of the product.")
    ] = None,
    sides: Annotated[
        str | None,
        typer.Option(
            click_type=OneOf(("one", "both")), help="Sides of each sheet; else as is usual for it."
        ),
    ] = None,
) -> None:
    """Print a product, or a PDF, at actual size.

    PRODUCT is a name such as take-home, or a PDF such as a personal sheet. SOURCE is the
    workshop's folder; left out, it is this folder, or workshop/ in it. What is built is taken,
    else it is made. Paper and sides are those that it is made for.
    """
    from workshop_builder.commands import printed  # noqa: PLC0415  not for `workshop --help`
    from workshop_builder.output import printer  # noqa: PLC0415  likewise

    with saying_when_stopped("nothing was sent"):
        chosen = printer.find(name)
        with printed.printable(what, find_source(source), output, edition, paper) as pdf:
            printed.send(pdf, chosen, sides, copies)
