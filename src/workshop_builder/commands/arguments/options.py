"""The arguments and options that several commands share, and what some of them can be."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workshop_builder.commands.arguments.completion import poses, products
from workshop_builder.commands.boundary import Number, OneOf
from workshop_builder.languages.kinds import KINDS
from workshop_builder.model.editions import EDITIONS, PAPERS

SCHEMAS = ("workshop", "exercise", "chapter", "figure", "roster")
"""The files that a schema describes."""

FORMATS = ("text", "json")
"""How remarks are printed."""

# Arguments are hidden from the list below a help, which would show them without a word: the text
# above it says what they are.
SourceArgument = Annotated[Path | None, typer.Argument(hidden=True)]
OnlyOption = Annotated[
    str,
    typer.Option(
        metavar="NAMES",
        autocompletion=products,
        help="Products to make, with commas: handout,take-home",
    ),
]
EditionOption = Annotated[
    list[str] | None,
    typer.Option(click_type=OneOf(EDITIONS), help="Edition of the PDFs; may be given again."),
]
PaperOption = Annotated[
    list[str] | None,
    typer.Option(click_type=OneOf(PAPERS), help="Paper of the PDFs; may be given again."),
]
KindOption = Annotated[
    str,
    typer.Option(click_type=OneOf(KINDS), help="What the workshop is about."),
]
JobsOption = Annotated[
    int,
    typer.Option(click_type=Number(0, 64), help="Files to make at a time; 0 for one on each core."),
]
PortOption = Annotated[
    int,
    typer.Option(
        click_type=Number(0, 65535), help="Where on this machine; 0 for any that is free."
    ),
]
NoOpenOption = Annotated[
    bool, typer.Option("--no-open", help="Print the address and leave the browser alone.")
]
DrawingOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="OUT",
        help="The drawing to write, ending in .svg or .png; else FILE's name with .svg.",
    ),
]
PoseOption = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="NAME",
        autocompletion=poses,
        help="Write this ready pose to FILE, to be changed.",
    ),
]
