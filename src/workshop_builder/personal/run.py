"""`workshop personal`: from a roster to a folder of sheets for its owner alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workshop_builder.errors import SourceError
from workshop_builder.loading.load import load
from workshop_builder.making.pictures import prepare_all
from workshop_builder.markup import typography
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.model.workshop import Workshop
from workshop_builder.pages.labels import Labels
from workshop_builder.pdf.engine import Pdf
from workshop_builder.personal import roster
from workshop_builder.personal.choosing import choose, told
from workshop_builder.personal.pieces.make import plan_all
from workshop_builder.personal.private_folder import refuse_public, write
from workshop_builder.personal.sheet import Kit, make_sheet
from workshop_builder.personal.together import join
from workshop_builder.source.characters import without_consequences
from workshop_builder.source.names import slugify
from workshop_builder.workers import Limits, Workers, cores

FOLDER = "personal"
"""Where sheets go unless another folder is named, beside the roster."""
TOGETHER = "sheets.pdf"
"""The file of all sheets together."""


@dataclass(frozen=True, slots=True)
class Made:
    """What has been made."""

    folder: Path
    pages: dict[str, int] = field(repr=False)
    """Of each file, by its name."""
    told: tuple[str, ...] = field(repr=False)
    """What the teacher is told: who was spared which exercise."""


def run(
    source: Path,
    given: Path | None,
    output: Path | None,
    *,
    together: bool = False,
    names: bool = False,
    jobs: int = 0,
    watch: Callable[[Sequence[str]], None] | None = None,
) -> Made:
    """Make a sheet for each student of a roster, by default that of the folder `source`.

    They are in `output` for its owner alone, in place of those that were made before: each a file
    named by the row, or with `names` by the student, or all `together` as one for printing on both
    sides. Nothing of them is kept elsewhere. Raises
    SourceError with every wrong row, BuildError with every sheet that cannot be made, and
    OutputError where they cannot be written, or would be published.
    """
    path = given or roster.find(source)
    folder = output or path.parent / FOLDER
    refuse_public(folder, source)
    workshop = load(source)
    sheets = decided(workshop, path)
    with Workers(jobs or cores(), Limits(), watch) as workers:
        inky = any(sheet.student.edition == "ink-saver" for sheet in sheets)
        kit = Kit.of(workshop, prepare_all(workshop, workers, ink_saver=inky))
        planned = plan_all(sheets, kit)
        for sheet in sheets:
            if sheet.row not in planned:
                workers.start(f"row {sheet.row}", make_sheet, sheet, kit)
        made = workers.results() | {f"row {row}": each.pdf() for row, each in planned.items()}
    pdfs: list[Pdf] = [made[f"row {sheet.row}"] for sheet in sheets]
    if together:
        files = {TOGETHER: _joined(workshop, sheets, pdfs)}
    else:
        files = dict(zip(_file_names(sheets, names=names), pdfs, strict=True))
    write(folder, {name: pdf.data for name, pdf in files.items()})
    said = tuple(line for sheet in sheets for line in told(sheet))
    return Made(folder, {name: pdf.pages for name, pdf in files.items()}, said)


def decided(workshop: Workshop, path: Path) -> list[PersonalSheet]:
    """Return the sheet of each student of a roster; raises SourceError with every wrong row."""
    rows, problems = roster.read(path, workshop)
    sheets = choose(workshop, rows, problems)
    if problems:
        raise SourceError(without_consequences(problems))
    return sheets


def _joined(workshop: Workshop, sheets: Sequence[PersonalSheet], pdfs: Sequence[Pdf]) -> Pdf:
    """Return all sheets as one PDF, which is called by the workshop's title."""
    labels = Labels(workshop.language)
    name = typography.polish(workshop.settings.title, workshop.language.writing)
    title = f"{name}{labels.colon} {labels['personal_sheets']}"
    named = ((sheet.name, pdf.data) for sheet, pdf in zip(sheets, pdfs, strict=True))
    return join(named, title, workshop.settings.language)


def _file_names(sheets: Sequence[PersonalSheet], *, names: bool) -> Iterator[str]:
    """Yield the name of each file: by the row, or else by the student, each once."""
    digits = max(3, len(str(len(sheets))))
    taken: set[str] = set()
    for sheet in sheets:
        row = f"sheet-{sheet.row:0{digits}}"
        name = (slugify(sheet.student.name) if names else "") or row
        name = f"{name}-{sheet.row:0{digits}}" if name in taken else name
        taken.add(name)
        yield f"{name}.pdf"
