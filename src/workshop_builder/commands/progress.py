"""What a build is doing, shown on a terminal while it works. In a pipe nothing is said."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

_LATEST = 5
"""How many of the jobs that have ended are still shown."""


@dataclass(slots=True)
class Progress:
    """The jobs that are running and those that have ended, and how long each took."""

    begun: float = field(default_factory=time.monotonic)
    running: dict[str, float] = field(default_factory=dict)
    """When each job started."""
    ended: dict[str, float] = field(default_factory=dict)
    """How many seconds each job took."""

    def take(self, names: Sequence[str]) -> None:
        """Take note of the jobs that are running now."""
        now = time.monotonic()
        for name in self.running.keys() - set(names):
            self.ended[name] = now - self.running.pop(name)
        for name in names:
            self.running.setdefault(name, now)

    def __rich__(self) -> Table:
        """Return the lines to show: the latest jobs done, those running, and the total."""
        from rich.table import Table  # noqa: PLC0415  only on a terminal

        now = time.monotonic()
        lines = Table.grid(padding=(0, 2))
        lines.add_column(no_wrap=True, min_width=len("making"))
        lines.add_column(no_wrap=True, overflow="ellipsis")
        lines.add_column(no_wrap=True, justify="right")
        for name, seconds in list(self.ended.items())[-_LATEST:]:
            lines.add_row("[green]done[/]", name, f"{seconds:.1f} s")
        for name, begun in self.running.items():
            lines.add_row("making", name, f"{now - begun:.1f} s")
        doing = f"{len(self.ended)} done" if self.ended or self.running else "reading the workshop"
        lines.add_row("", doing, f"{now - self.begun:.1f} s")
        return lines


@contextmanager
def shown() -> Iterator[Callable[[Sequence[str]], None] | None]:
    """Yield the `watch` of a build that shows its progress, or None if stderr is no terminal.

    The lines are cleared when the work is done or has been stopped.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  only on a terminal
    from rich.live import Live  # noqa: PLC0415  likewise

    progress = Progress()
    # Without rich's own thread: a process that has threads should not be forked.
    live = Live(progress, console=Console(stderr=True), auto_refresh=False, transient=True)

    def watch(names: Sequence[str]) -> None:
        with _interrupt_postponed():  # else rich would not know how much of it has been written
            progress.take(names)
            live.refresh()

    with live:
        live.console.show_cursor()  # nobody would bring it back if we were killed
        live.refresh()
        yield watch


@contextmanager
def _interrupt_postponed() -> Iterator[None]:
    """Let a Ctrl-C wait until a step is done; to be used in the main thread."""
    caught: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: caught.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if caught:
        signal.raise_signal(signal.SIGINT)
