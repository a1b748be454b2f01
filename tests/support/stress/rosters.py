"""Random rosters: sheets that are put together from parts equal those laid out whole."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import alike
from sample import SOURCE
from stress.kind import Kind, Trial, chance
from workshop_builder.errors import BuildError
from workshop_builder.loading.load import load
from workshop_builder.making.pictures import prepare_all
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.model.workshop import Workshop
from workshop_builder.pdf.engine import Pdf
from workshop_builder.personal.choosing import choose
from workshop_builder.personal.pieces.make import SheetPress
from workshop_builder.personal.pieces.whole import make_sheet
from workshop_builder.personal.roster import read
from workshop_builder.personal.sheet import Kit
from workshop_builder.workers import InlineWorkers

_ROWS = 2
_NAMES = (
    "Ann Bell",
    "Søren Ó Súilleabháin-Vandenberghe of the long name",
    "李小龙 Lee",
    "สมชาย မောင်",
)
_NOTES = ("", "Go *gently* & smile.", "A little slower than on the last day that we met. " * 4)
_DOSES = ("3", "8", "12")


@contextmanager
def _prepared(_: Path) -> Iterator[Trial]:
    workshop = load(SOURCE)
    with InlineWorkers(1) as workers:
        press = SheetPress(Kit.of(workshop, prepare_all(workshop, workers, ink_saver=True)))

    def trial(number: int, folder: Path) -> Sequence[str]:
        path = folder / "roster.yaml"
        path.write_text(_roster(chance("rosters", number), workshop), encoding="utf-8")
        rows, problems = read(path, workshop)
        sheets = choose(workshop, rows, problems)
        return [fault for sheet in sheets for fault in _faults(sheet, press)]

    yield trial


def _roster(by: random.Random, workshop: Workshop) -> str:
    return "students:\n" + "".join(_row(by, workshop) for _ in range(_ROWS))


def _row(by: random.Random, workshop: Workshop) -> str:
    chosen = by.sample(sorted(workshop.exercises), by.randint(1, 6))
    counted = [name for name in chosen if workshop.exercises[name].fields.repeat]
    said = {
        "name": f'"{by.choice(_NAMES)}"',
        "exercises": f"[{', '.join(chosen)}]",
        "conditions": f"[{', '.join(by.sample(sorted(workshop.settings.conditions), 1))}]",
        "note": f'"{by.choice(_NOTES).strip()}"',
        "weeks": by.choice(("1", "4", "6", "8")),
        "paper": by.choice(("a4", "letter")),
        "language": by.choice(("en", "de", "fr", "es")),
        "edition": by.choice(("standard", "standard", "ink-saver")),
        "date": "2026-11-26",
        "next_visit": "2026-12-03 10:30",
    }
    optional = [key for key in said if key not in ("name", "exercises") and by.random() < 0.5]
    text = "".join(f"    {key}: {said[key]}\n" for key in ("name", "exercises", *optional))
    doses = "".join(f"      {name}: {{repeat: {by.choice(_DOSES)}}}\n" for name in counted[:2])
    return "  -\n" + text + (f"    doses:\n{doses}" if doses else "")


def _faults(sheet: PersonalSheet, press: SheetPress) -> Iterator[str]:
    made, whole = _made(sheet, press), _whole(sheet, press.kit)
    if isinstance(made, Pdf) and isinstance(whole, Pdf):
        said = [*alike.differences(made.data, whole.data)]
        said += ["what the teacher is told"] if made.told != whole.told else []
        yield from (f"row {sheet.row} ({', '.join(sheet.exercises)}): {each}" for each in said)
    elif made != whole:
        yield f"row {sheet.row}: {made} is not {whole}"


def _made(sheet: PersonalSheet, press: SheetPress) -> Pdf | str:
    try:
        return press.make(sheet)
    except BuildError as error:
        return str(error)


def _whole(sheet: PersonalSheet, kit: Kit) -> Pdf | str:
    try:
        return make_sheet(sheet, kit)
    except BuildError as error:
        return str(error)


KIND = Kind("rosters", "sheets put together from parts, against whole ones", 100, 1, _prepared)
