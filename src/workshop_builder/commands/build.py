"""What `workshop build` does between its arguments and the work: the fast way out, the progress."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from workshop_builder.output import package
from workshop_builder.source import fingerprint
from workshop_builder.source import folder as folders


def build(
    source: Path,
    output: Path,
    only: Sequence[str],
    editions: Sequence[str],
    papers: Sequence[str],
    jobs: int,
) -> None:
    """Build the folder `source` into `output` unless what is asked for stands there already."""
    gc.disable()  # a short life: what is freed at its end need not be looked for before
    folder = folders.read(source)
    made_from = fingerprint.compute(folder.digest)
    asked = package.request_key(only, editions, papers)
    if asked in package.up_to_date(output, made_from).asked:
        typer.echo(f"{output}: nothing has changed")
        return
    from workshop_builder import builder  # noqa: PLC0415  not for "nothing has changed"
    from workshop_builder.loading import load  # noqa: PLC0415  likewise
    from workshop_builder.model.products import SITE  # noqa: PLC0415  likewise

    with _progress() as watch:
        files = builder.build(
            load.from_folder(folder),
            output,
            only=only,
            editions=editions,
            papers=papers,
            jobs=jobs,
            watch=watch,
        )
    for file in sorted(files, key=lambda file: file.name):
        if file.name.startswith(f"{SITE}/") and file.name != f"{SITE}/index.html":
            continue  # one line is enough for a website
        pages = file.facts.get("pages")
        said = f"{pages} pages" if pages and pages > 1 else "1 page" if pages else ""
        typer.echo(f"{output / file.name}  {said}".rstrip())


@contextmanager
def _progress() -> Iterator[Callable[[Sequence[str]], None] | None]:
    """Yield what is told of the jobs that run: a line on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  only for a terminal

    with Console(stderr=True).status("making …") as status:
        yield lambda names: status.update(f"making {', '.join(names)} …")
