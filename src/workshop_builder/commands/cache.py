"""`workshop cache`: how much is kept for later builds, and how to let it go."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    help="Tell how much is kept for later builds, or let it go.", invoke_without_command=True
)


@app.callback()
def tell(context: typer.Context) -> None:
    """Tell where drawings and products are kept for later builds, and how much."""
    from workshop_builder.output import store  # noqa: PLC0415  not for `workshop --help`

    if context.invoked_subcommand is None:
        typer.echo("\n".join(store.lines()))


@app.command()
def clear(
    *,
    but_drawings: Annotated[
        bool, typer.Option("--but-drawings", help="Keep the drawings, which take longest to make.")
    ] = False,
) -> None:
    """Let go of what is kept; later builds make it anew."""
    from workshop_builder.output import store  # noqa: PLC0415  not for `workshop --help`

    store.clear(but=[store.DRAWINGS] if but_drawings else [])
    typer.echo("\n".join(store.lines()))
