"""Makes the sheets of the studio, one after the other, in a process that stays warm for them.

The process is forked from the build process at each save, with all that it has read. While it
makes a sheet, others may be asked for: of these only the last is made.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any

from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.making.pictures import prepare_all
from workshop_builder.model.personal.student import Student
from workshop_builder.model.validate import validate
from workshop_builder.model.workshop import Workshop
from workshop_builder.pdf.engine import PdfEngine
from workshop_builder.pdf.parts.growing import at_actual_size
from workshop_builder.pdf.served_files import Resource
from workshop_builder.personal.choosing import choose, told
from workshop_builder.personal.pieces.make import SheetPress
from workshop_builder.personal.row import Row
from workshop_builder.personal.sheet import Kit
from workshop_builder.preview.builder.snapshot import Snapshot, time_limit
from workshop_builder.preview.messages import SheetAsked, SheetFault, SheetMade
from workshop_builder.source.characters import without_consequences
from workshop_builder.source.yaml_text import KeyPath, YamlDocument
from workshop_builder.workers import InlineWorkers, end_with_parent, in_one_line

_TIME_LIMIT = 60.0
"""Seconds that one sheet may take."""
_LATE = 1.5
"""Seconds after which what is being made is given up for what was asked for meanwhile."""
_PATH = "sheet"
"""In place of the name of a file: the sheet may have none yet."""


class SheetMaker:
    """A process that makes sheets."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Start it, for the workshop as `snapshot` has it."""
        context = get_context("fork")
        self.pipe, theirs = context.Pipe()
        self._process: ForkProcess = context.Process(
            target=_serve, args=(snapshot, theirs), daemon=True
        )
        self._process.start()
        theirs.close()
        self._asked_at: float | None = None

    @property
    def is_late(self) -> bool:
        """Whether it has been at work on a sheet for so long that a new process is quicker."""
        return self._asked_at is not None and time.monotonic() - self._asked_at > _LATE

    def ask(self, asked: SheetAsked) -> None:
        """Have a sheet made; what comes of it can be read from `pipe`."""
        self._asked_at = self._asked_at or time.monotonic()
        with suppress(OSError):
            self.pipe.send(asked)

    def received(self) -> SheetMade | None:
        """Return what has been made; None where the process has died of it."""
        self._asked_at = None
        try:
            made: SheetMade = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return made

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _serve(snapshot: Snapshot, pipe: Connection) -> None:
    """Make what is asked for until the other end of `pipe` is closed."""
    end_with_parent()
    kits = _Kits(snapshot)
    with suppress(EOFError, OSError):
        while True:
            asked = pipe.recv()
            while pipe.poll():
                asked = pipe.recv()
            pipe.send(_answer(asked, kits))


class _Kits:
    """What sheets are made with: outlines for the edition ink-saver only when it is asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        engine = snapshot.engine
        self._usual = SheetPress(Kit(snapshot.workshop, snapshot.templates, engine, engine))
        self._ink_saver: SheetPress | None = None

    @property
    def workshop(self) -> Workshop:
        """The workshop whose sheets they are."""
        return self._snapshot.workshop

    def press(self, edition: str) -> SheetPress:
        """Return what makes the sheets of an edition."""
        if edition != "ink-saver":
            return self._usual
        if self._ink_saver is None:
            with InlineWorkers(1) as workers:
                pictures = prepare_all(self.workshop, workers, ink_saver=True).ink_saver
            files = {n: Resource(each[0].data, each[0].media_type) for n, each in pictures.items()}
            engine: PdfEngine = self._snapshot.engine
            outlined = engine.with_files(files)
            kit = Kit(self.workshop, self._snapshot.templates, engine, outlined)
            self._ink_saver = SheetPress(kit)
        return self._ink_saver


def _answer(asked: SheetAsked, kits: _Kits) -> SheetMade:
    """Return a sheet, or what is wrong with it."""
    places = dict(enumerate(_places(asked.student, ()), 1))
    problems: list[Problem] = []
    try:
        with time_limit(_TIME_LIMIT):
            return _made(asked, kits, {place: line for line, place in places.items()}, problems)
    except WorkshopError as error:
        problems = list(error.problems)
    except Exception as error:  # noqa: BLE001  whatever an engine throws becomes one line
        problems = [Problem(_PATH, 0, in_one_line(error))]
    faults = (SheetFault(_names(places.get(each.line, ())), each.text) for each in problems)
    return SheetMade(asked.number, faults=tuple(faults))


def _made(
    asked: SheetAsked, kits: _Kits, lines: Mapping[KeyPath, int], problems: list[Problem]
) -> SheetMade:
    """Return a sheet; raises WorkshopError with all that is wrong, each at its number in `lines`.

    The numbers stand in for the lines of a file: so problems are those of the file that is saved.
    """
    workshop = kits.workshop
    document = YamlDocument(_PATH, dict(asked.student), dict(lines))
    breath = workshop.settings.breath
    student = validate(Student, document, {"name": "…"}, problems, workshop.language, breath=breath)
    sheets = choose(workshop, [Row(1, document, student)], problems)
    if problems or not sheets:
        raise WorkshopError(without_consequences(problems))
    pdf = kits.press(student.edition).make(sheets[0])
    said = tuple(line.partition(": ")[2] for line in (*told(sheets[0]), *pdf.told))
    return SheetMade(asked.number, at_actual_size(pdf.data), pdf.pages, told=said)


def _places(value: Any, place: KeyPath) -> Iterator[KeyPath]:  # noqa: ANN401  what was typed
    """Yield the place of each part of what was typed."""
    yield place
    listed = enumerate(value) if isinstance(value, list) else ()
    for key, below in value.items() if isinstance(value, dict) else listed:
        yield from _places(below, (*place, key))


def _names(place: KeyPath) -> tuple[str, ...]:
    return tuple(map(str, place))
