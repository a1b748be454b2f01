"""A terminal for a command to run on, and what a person sees on it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

_LINES, _COLUMNS = 24, 100
_STEERING = re.compile(r"\x1b\[([?\d;]*)([A-Za-z])|[\r\n\b\a]|[^\x1b\r\n\b\a]+|\x1b")


class Terminal:
    """A command on a terminal of its own; a context, at whose end it has ended."""

    def __init__(
        self,
        command: Sequence[str | Path],
        cwd: Path,
        stdout: IO[str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start the command; its stdout may lead elsewhere."""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", _LINES, _COLUMNS, 0, 0))
        _prepare(theirs)
        kept = {name: text for name, text in os.environ.items() if name not in _ABOUT_COLOURS}
        self._process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**kept, "TERM": "xterm-256color", **(environment or {})},
            stdin=theirs,
            stdout=stdout or theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: _hear_ctrl_c(theirs),  # noqa: PLW1509  there is no other way
        )
        os.close(theirs)
        self.written = ""
        """All that has come, with what steers a terminal."""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the command, if it still runs."""
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def type(self, keys: str) -> None:
        """Press some keys."""
        os.write(self._ours, keys.encode())

    def wait_for(self, pattern: str, seconds: float = 60) -> None:
        """Read until what has come matches `pattern`; fails after some time."""
        until = time.monotonic() + seconds
        while not re.search(pattern, self.written):
            assert time.monotonic() < until, f"{pattern!r} is not in {self.written!r}"
            assert self._read() or re.search(pattern, self.written), self.written

    def end(self, seconds: float = 60) -> int:
        """Wait for the end of the command; return its exit code."""
        until = time.monotonic() + seconds
        while self._read() and time.monotonic() < until:
            pass
        return self._process.wait(max(1.0, until - time.monotonic()))

    def _read(self) -> bool:
        """Take what has come within a second; return whether more may come."""
        if not select.select([self._ours], [], [], 1.0)[0]:
            return self._process.poll() is None
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # how Linux says that nobody writes here any more
            return False
        self.written += data.decode(errors="replace")
        return bool(data)

    @property
    def seen(self) -> list[str]:
        """What stands on the terminal, line by line, without the empty ones."""
        return [line.rstrip() for line in _screen(self.written) if line.strip()]


def _prepare(terminal: int) -> None:
    """Let a Ctrl-C neither throw away what is still on its way, nor show.

    A real terminal has read all by then. Linux writes `^C` after it has sent the signal: now and
    then behind what the command says about it.
    """
    settings = termios.tcgetattr(terminal)
    settings[3] = (settings[3] | termios.NOFLSH) & ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, settings)


def _hear_ctrl_c(terminal: int) -> None:
    """Let Ctrl-C on the terminal reach this process, even if the tests run in the background."""
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


_ABOUT_COLOURS = {"NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"}


def _screen(written: str) -> list[str]:
    """Return the lines that a terminal shows after all this was written to it."""
    lines, row, column = [""], 0, 0
    for part in _STEERING.finditer(written):
        text, what = part[0], part[2]
        if text == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif text == "\r":
            column = 0
        elif text == "\b":
            column = max(0, column - 1)
        elif what == "A":
            row = max(0, row - int(part[1] or 1))
        elif what == "K":
            lines[row] = "" if part[1] == "2" else lines[row][:column]
        elif what is None and text not in ("\a", "\x1b"):
            before = lines[row].ljust(column)
            lines[row] = before[:column] + text + before[column + len(text) :]
            column += len(text)
    return lines
