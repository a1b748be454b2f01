"""What `workshop print` does: finds a PDF, or the product's, made if need be, and sends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import typer

from workshop_builder.commands import progress
from workshop_builder.errors import PrintError, Problem, RequestError, did_you_mean
from workshop_builder.loading import load
from workshop_builder.model import products
from workshop_builder.model.products import Target
from workshop_builder.model.workshop import Workshop
from workshop_builder.output import package, printer
from workshop_builder.output.printer import SHEETS, Printer, Sheet
from workshop_builder.output.temporary import temporary_folder
from workshop_builder.source import fingerprint
from workshop_builder.source import folder as folders

_MILLIMETRES = 25.4 / 72
"""In a point."""
_TOLERANCE = 1.5
"""Millimetres by which a page may differ from the sheet that it is meant for."""


@dataclass(frozen=True, slots=True)
class Printable:
    """A PDF that can be printed."""

    file: Path
    sheet: Sheet
    pages: int
    two_sided: bool
    """Whether it is made for both sides of its sheets."""


def send(pdf: Printable, to: Printer, sides: str | None, copies: int) -> None:
    """Send a PDF to a printer, and say how, and what is not as one may expect.

    `sides` are those of each sheet, `one` or `both`; None for what the PDF is made for. Raises
    PrintError where the printer has no such sheet, or refuses it.
    """
    if not to.has(pdf.sheet):
        text = f"takes no {pdf.sheet.name}; name another printer with --printer, or another paper "
        raise PrintError([Problem(to.name, 0, f"{text}with --paper")])
    both = pdf.pages > 1 and (pdf.two_sided if sides is None else sides == "both")
    if both and to.is_one_sided:
        typer.echo(f"{to.name}: prints on one side only; turn the sheets by hand", err=True)
        both = False
    job = printer.send(pdf.file, to, pdf.sheet, copies, two_sided=both)
    pages = "1 page" if pdf.pages == 1 else f"{pdf.pages} pages"
    on = "on both sides, turned on the long edge" if both else "on one side"
    how = f"{pages} on {pdf.sheet.name}, {on}, at actual size"
    many = f", {copies} copies" if copies > 1 else ""
    typer.echo(f"{pdf.file.name}: {how}{many}; sent to {to.name} as {job}")
    if to.is_paused:
        typer.echo(f"{to.name}: is paused; what is sent waits until it goes on", err=True)


@contextmanager
def printable(
    what: str, source: Path, output: Path, edition: str | None, paper: str | None
) -> Iterator[Printable]:
    """Yield a PDF by its path, or that of a product: the one that is built, or one made now."""
    if what.lower().endswith(".pdf"):
        if edition or paper:
            text = "is of products; a PDF is printed as it is"
            raise RequestError([Problem("editions" if edition else "papers", 0, text)])
        yield _measured(Path(what), two_sided=True)
        return
    folder = folders.read(source)
    workshop = load.from_folder(folder)
    target = _target(workshop, what, edition, paper)
    built = package.up_to_date(output, fingerprint.compute(folder.digest))
    if target.file in built.entries:
        yield _measured(output / target.file, two_sided=target.product.two_sided)
        return
    with temporary_folder("print") as made:
        _make(workshop, target, made)
        yield _measured(made / target.file, two_sided=target.product.two_sided)


def _target(workshop: Workshop, name: str, edition: str | None, paper: str | None) -> Target:
    """Return the file of a product that is asked for; raises RequestError where there is none."""
    offered = products.offered(workshop)
    if name not in offered:
        hint = did_you_mean(name, offered) or f"; there are {', '.join(offered)}"
        raise RequestError([Problem("PRODUCT", 0, f"there is no product '{name}'{hint}")])
    chosen = products.select_targets(
        workshop, (name,), (edition or "standard",), (paper or workshop.settings.paper,)
    )
    for target in chosen:
        if target.product.name == name and target.sheet:
            return target
    if chosen:
        text = f"'{name}' is for screens, and made for no sheet of paper; print another product"
        raise RequestError([Problem("PRODUCT", 0, text)])
    known = ", ".join(offered[name][0].editions)
    raise RequestError([Problem("editions", 0, f"'{name}' comes in no {edition}; only in {known}")])


def _make(workshop: Workshop, target: Target, folder: Path) -> None:
    """Make one file into a folder of its own; the package of the workshop stays as it is."""
    with progress.shown() as watch:
        from workshop_builder import builder  # noqa: PLC0415  not for what is built

        only, edition, paper = (target.product.name,), (target.edition,), (target.paper,)
        builder.build(workshop, folder, only=only, editions=edition, papers=paper, watch=watch)


def _measured(file: Path, *, two_sided: bool) -> Printable:
    """Return a PDF with the sheet that its pages have the size of."""
    try:
        document = pypdfium2.PdfDocument(file.read_bytes())
        sizes = {document.get_page_size(number) for number in range(len(document))}
    except OSError as error:
        text = f"cannot be opened ({error.strerror}); check the name of the file"
        raise PrintError([Problem(str(file), 0, text)]) from error
    except pypdfium2.PdfiumError as error:
        raise PrintError([Problem(str(file), 0, "is no PDF that can be read")]) from error
    found = [sheet for sheet in SHEETS if all(_fits(size, sheet) for size in sizes)]
    if not found:
        known = ", ".join(sheet.name for sheet in SHEETS)
        text = f"has pages of another size than {known}; print it from a PDF reader"
        raise PrintError([Problem(str(file), 0, text)])
    return Printable(file, found[0], len(document), two_sided)


def _fits(size: tuple[float, float], sheet: Sheet) -> bool:
    """Return whether a page of this size in points, upright or across, is one of the sheet."""
    given = sorted(side * _MILLIMETRES for side in size)
    wanted = sorted(sheet.size)
    return all(abs(one - other) < _TOLERANCE for one, other in zip(given, wanted, strict=True))
