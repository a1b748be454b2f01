"""The kiln of the preview: a process with the engine kept warm, which makes what is looked at.

It hears of changes through a pipe, reads the folder, and has each product made whose goods have
changed. Whatever is wrong in the folder is a line of faults; what was made last stays.
"""

from __future__ import annotations

import gc
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.preview.builder.jobs import Batch, Desk
from workshop_builder.preview.builder.scheduler import Firing
from workshop_builder.preview.messages import Changed, Faults, Look, Rest, Tabs
from workshop_builder.workers import Limits, Workers, cores, in_one_line

_LIMITS = Limits(seconds=120)
_MEBIBYTE = 1024 * 1024


def run(source: Path, pipe: Connection) -> None:
    """Make the products of the folder `source` until the other end of `pipe` is closed.

    To be run in a process of its own, of one thread; what is said is told in `live`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever holds the other end decides
    gc.disable()  # it would run in the middle of a save; see `_rest`
    with suppress(ValueError, OSError):
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (_LIMITS.mebibytes * _MEBIBYTE, most))
    with suppress(EOFError, ConnectionError), Workers(cores(), _LIMITS) as workers:
        _Kiln(pipe, workers, Desk(source, _LIMITS), Firing(workers)).work()


@dataclass(slots=True)
class _Kiln:
    """Reads what is said and what is saved, and says what has become of it."""

    pipe: Connection
    workers: Workers
    desk: Desk
    firing: Firing
    changed: bool = True
    """Whether the folder is to be read."""
    resting: bool = False
    read: str = ""
    """The fingerprint of the folder as it was read last, if it was in order."""
    wrong: tuple[Problem, ...] = ()
    """What is wrong in the folder, before anything is made of it."""
    tabs: Tabs | None = None
    """The tabs that were told last."""
    faults: Faults | None = None
    """The faults that were told last."""

    def work(self) -> None:
        """Go on until the pipe is closed; then raise EOFError or ConnectionError."""
        while True:
            self._hear()
            if self.changed:
                self.changed = self.resting = False
                self._look_again()
                self._tell_faults()
            self.firing.start()
            if not self.firing.busy:
                self._rest()
            for done in self.workers.next_done(self.pipe):
                shown = self.firing.take(done)
                if shown:
                    self.pipe.send(shown)
                self._tell_faults()

    def _hear(self) -> None:
        """Take all that has been said; what was said twice is done once."""
        while self.pipe.poll():
            message = self.pipe.recv()
            if isinstance(message, Look):
                self.firing.looked = message.product
            elif isinstance(message, Changed):
                self.changed = True

    def _look_again(self) -> None:
        """Read the folder; where it is wrong, all stays as it is."""
        before, self.read = self.read, ""
        try:
            folder = self.desk.folder()
            if folder.digest == before:
                self.read = before
                return
            batch = self.desk.batch(folder)
        except WorkshopError as error:
            self.wrong = error.problems
        except Exception as error:  # noqa: BLE001  whatever a file brings about is one line
            self.wrong = (Problem(self.desk.name, 0, in_one_line(error)),)
        else:
            self.read, self.wrong = folder.digest, ()
            if batch.tabs != self.tabs:
                self.tabs = batch.tabs
                self.pipe.send(batch.tabs)
            self._tell_faults()
            self._order(batch)

    def _order(self, batch: Batch) -> None:
        """Order every product anew; the one that matters most is begun before the others."""
        products = [target.product.name for target in batch.targets]
        first = self.firing.first(products)
        for target in sorted(batch.targets, key=lambda target: target.product.name != first):
            name = target.product.name
            try:
                self.firing.ask(name, batch.order(target))
            except WorkshopError as error:
                self.firing.refuse(name, error.problems)
            except Exception as error:  # noqa: BLE001  likewise
                self.firing.refuse(name, [Problem(target.file, 0, in_one_line(error))])
            if name == first:
                self.firing.start(1)  # alone: the next orders need a core too
        self.firing.keep(products)

    def _tell_faults(self) -> None:
        """Tell what is wrong, in the lines of the build, if it is not what was told last."""
        problems = sorted(set(self.wrong or self.firing.problems))
        faults = Faults(tuple(str(problem) for problem in problems))
        if faults != self.faults:
            self.faults = faults
            self.pipe.send(faults)

    def _rest(self) -> None:
        """Say that all is made, and tidy up while nobody waits."""
        if not self.resting:
            self.resting = True
            self.pipe.send(Rest())
            gc.collect()
            if not gc.get_freeze_count():
                gc.freeze()  # what is there from the first is not looked through again
