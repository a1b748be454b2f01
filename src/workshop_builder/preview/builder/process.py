"""The loop of the build process: it reads each save, and runs the jobs for what has changed.

Whatever is wrong in the folder becomes a line in the browser; what was made last stays there.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from workshop_builder.checking.check import check
from workshop_builder.checking.remark import Remark
from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.preview.builder import checks, poses
from workshop_builder.preview.builder.catalogue import catalogue
from workshop_builder.preview.builder.forms import forms
from workshop_builder.preview.builder.scheduler import Scheduler
from workshop_builder.preview.builder.sheets import SheetMaker
from workshop_builder.preview.builder.snapshot import Snapshot, SnapshotReader
from workshop_builder.preview.messages import (
    CheckAsked,
    CheckMade,
    Idle,
    PoseAsked,
    ProblemLines,
    ProductViewed,
    RemarkLines,
    SheetAsked,
    SheetFault,
    SheetMade,
    SheetsWanted,
    SourceChanged,
    Tabs,
)
from workshop_builder.workers import JobResult, Limits, Workers, cores, in_one_line

_LIMITS = Limits(seconds=120)
_REMARKS = "remarks"
"""The job that finds them; it runs once all products have been made."""
_POSES = "poses"
"""The job that draws some of them; one runs at a time."""
_MOST_POSES = 4
"""Drawn in one job."""
_MEBIBYTE = 1024 * 1024
_CRASHED = "the engine crashed; take out what was added last, and report this"


def run(source: Path, pipe: Connection) -> None:
    """Make the products of the folder `source` until the other end of `pipe` is closed.

    To be called in a process of its own, of one thread. What goes through the pipe is in
    `preview.messages`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when to end
    gc.disable()  # it would run in the middle of a save; see `_become_idle`
    with suppress(ValueError, OSError):
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (_LIMITS.mebibytes * _MEBIBYTE, most))
    with suppress(EOFError, ConnectionError), Workers(cores(), _LIMITS) as workers:
        reader = SnapshotReader(source, _LIMITS)
        _BuildLoop(pipe, workers, reader, Scheduler(workers)).run()


@dataclass(slots=True)
class _BuildLoop:
    """Receives messages, reads the folder, runs jobs, and sends what comes of them."""

    pipe: Connection
    workers: Workers
    reader: SnapshotReader
    scheduler: Scheduler
    is_changed: bool = True
    """Whether the folder has to be read."""
    is_idle: bool = False
    digest: str = ""
    """The fingerprint of the folder as it was read last; empty where it could not be read."""
    source_problems: tuple[Problem, ...] = ()
    """What is wrong in the folder itself, before any product is made."""
    sent_tabs: Tabs | None = None
    sent_problems: ProblemLines | None = None
    sent_remarks: RemarkLines = field(default_factory=lambda: RemarkLines(()))
    unchecked: Snapshot | None = None
    """What has been read and is still to be checked for remarks."""
    snapshot: Snapshot | None = None
    """The last one without mistakes."""
    catalogued: Snapshot | None = None
    """That of which the catalogue was sent last."""
    has_studio: bool = False
    """Whether sheets are asked for."""
    sheets: SheetMaker | None = None
    asked: SheetAsked | None = None
    """The sheet that was asked for last, as long as it is not made."""
    poses: list[str] = field(default_factory=list)
    """The ready poses that are still to be drawn."""

    def run(self) -> None:
        """Go on until the pipe is closed; then raise EOFError or ConnectionError."""
        while True:
            self._receive()
            if self.is_changed:
                self.is_changed = self.is_idle = False
                self._read_source()
                self._send_problems()
            self._start_poses()
            self.scheduler.start_jobs()
            if not self.scheduler.is_busy:
                self._become_idle()
            sheets = [self.sheets.pipe] if self.sheets else []
            for result in self.workers.next_done(self.pipe, *sheets):
                self._take(result)
            self._send_sheets()

    def _take(self, result: JobResult) -> None:
        """Send what a job has made."""
        if result.name == _REMARKS:
            self._send_remarks(result)
        elif result.name == _POSES:
            for drawn in result.value or ():
                self.pipe.send(drawn)
        else:
            update = self.scheduler.collect(result)
            if update:
                self.pipe.send(update)
            self._send_problems()

    def _receive(self) -> None:
        """Take every message that is waiting; several changes are handled as one."""
        while self.pipe.poll():
            match self.pipe.recv():
                case ProductViewed(product):
                    self.scheduler.viewed = product
                case SourceChanged():
                    self.is_changed = True
                case SheetsWanted():
                    self.has_studio = True
                    self.pipe.send(forms())
                    self._start_sheets()
                case SheetAsked() as asked:
                    self._ask(asked)
                case CheckAsked(number, files):
                    self.pipe.send(CheckMade(number, self._faults(files)))
                case PoseAsked(name):
                    self.poses.append(name)

    def _ask(self, asked: SheetAsked) -> None:
        self.asked = asked
        if self.sheets and self.sheets.is_late:
            self._start_sheets()
        elif self.sheets:
            self.sheets.ask(asked)

    def _faults(self, files: Mapping[str, bytes | None]) -> tuple[Problem, ...]:
        """Return what some files would bring about in the folder."""
        try:
            return checks.faults(self.reader.read_folder(), files)
        except WorkshopError as error:
            return error.problems

    def _start_poses(self) -> None:
        """Draw some of the poses that were asked for, if a worker is free."""
        busy = self.workers.running
        if self.poses and self.snapshot and _POSES not in busy and len(busy) < self.workers.count:
            some, self.poses = self.poses[:_MOST_POSES], self.poses[_MOST_POSES:]
            self.workers.start(_POSES, poses.drawn, self.snapshot.workshop, some)

    def _read_source(self) -> None:
        """Read the folder and schedule its jobs; where it is wrong, the jobs stay as they are."""
        before, self.digest = self.digest, ""
        self.workers.stop(_REMARKS)
        try:
            folder = self.reader.read_folder()
            if folder.digest == before:
                self.digest = before
                return
            snapshot = self.reader.snapshot(folder)
        except WorkshopError as error:
            self.source_problems = error.problems
        except Exception as error:  # noqa: BLE001  whatever a file brings about is one line
            self.source_problems = (Problem(self.reader.name, 0, in_one_line(error)),)
        else:
            self.digest, self.source_problems = folder.digest, ()
            self.unchecked = self.snapshot = snapshot
            self._start_sheets()
            if snapshot.tabs != self.sent_tabs:
                self.sent_tabs = snapshot.tabs
                self.pipe.send(snapshot.tabs)
            self._send_problems()
            self._schedule(snapshot)

    def _start_sheets(self) -> None:
        """Have sheets made of the workshop as it was read last, if the studio is open."""
        if not self.has_studio or self.snapshot is None:
            return
        if self.sheets:
            self.sheets.close()
        if self.catalogued is not self.snapshot:
            self.catalogued = self.snapshot
            self.pipe.send(catalogue(self.snapshot))
        self.sheets = SheetMaker(self.snapshot)
        if self.asked:
            self.sheets.ask(self.asked)

    def _send_sheets(self) -> None:
        """Send the sheets that have been made; if their process has died, say so and start it."""
        while self.sheets and self.sheets.pipe.poll():
            made = self.sheets.received()
            number = made.number if made else self.asked and self.asked.number
            self.asked = self.asked if self.asked and self.asked.number != number else None
            if made is None:  # what was asked for has killed it
                made = SheetMade(number or 0, faults=(SheetFault((), _CRASHED),))
                self._start_sheets()
            self.pipe.send(made)

    def _schedule(self, snapshot: Snapshot) -> None:
        """Schedule the job of every product; the most urgent is started before the others."""
        products = [target.product.name for target in snapshot.targets]
        urgent = self.scheduler.most_urgent(products)
        for target in sorted(snapshot.targets, key=lambda each: each.product.name != urgent):
            name = target.product.name
            try:
                self.scheduler.add(snapshot.job(target))
            except WorkshopError as error:
                self.scheduler.reject(name, error.problems)
            except Exception as error:  # noqa: BLE001  likewise
                self.scheduler.reject(name, [Problem(target.file, 0, in_one_line(error))])
            if name == urgent:
                self.scheduler.start_jobs(1)  # rendering the next products needs a core too
        self.scheduler.retain(products)

    def _send_problems(self) -> None:
        """Send what is wrong, in the words of the build, unless the server knows it already."""
        problems = sorted(set(self.source_problems or self.scheduler.problems))
        message = ProblemLines(tuple(str(problem) for problem in problems))
        if message != self.sent_problems:
            self.sent_problems = message
            self.pipe.send(message)

    def _send_remarks(self, result: JobResult) -> None:
        """Send what could be better, or why that cannot be told, unless the server knows it."""
        message = RemarkLines(tuple(str(line) for line in result.problems or result.value))
        if message != self.sent_remarks:
            self.sent_remarks = message
            self.pipe.send(message)

    def _become_idle(self) -> None:
        """Say that everything has been made; look for remarks, and free memory, meanwhile."""
        if not self.is_idle:
            self.is_idle = True
            self.pipe.send(Idle())
            if self.unchecked:
                today = datetime.now().astimezone().date()
                snapshot, self.unchecked = self.unchecked, None
                self.workers.start(_REMARKS, _check, snapshot, today)
            gc.collect()
            if not gc.get_freeze_count():
                gc.freeze()  # what has been there from the start need not be examined again


def _check(snapshot: Snapshot, today: date) -> tuple[Remark, ...]:
    """Return the remarks on a workshop; whatever a save needs comes before this work."""
    os.nice(10)
    return check(snapshot.folder, snapshot.workshop, today)
