"""Runs `workshop` for a test, and returns how it ended and what it said.

Most tests ask what a command does, and not how it starts. Theirs are forked from a process that
has imported the program once for all of them, as an import takes longer than most commands.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from workshop_builder.figures import draw
from workshop_builder.making import files
from workshop_builder.pdf import engine
from workshop_builder.site import collect

COMMAND = (str(Path(sys.executable).with_name("workshop")),)
"""How a command is started, for a test that has to watch or to stop it."""
PATIENCE = 300
"""Seconds after which a command is taken for stuck."""

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(
    ["workshop_builder.cli", "warm", *(each.__name__ for each in (collect, draw, engine, files))]
)


def command(
    *arguments: str | Path,
    cwd: Path | None = None,
    first: Callable[[], object] = int,
    meanwhile: Callable[[int], object] = int,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run `workshop` in a forked process, and return how it ended and what it said.

    The process calls `first` before it becomes the command; `meanwhile` is called here with its
    number, and may watch it.
    """
    words = [str(argument) for argument in arguments]
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "stdout"), Path(folder, "stderr")
        settings = (words, cwd or Path.cwd(), {**os.environ, **environment}, said, first)
        process = _FORKED.Process(target=_be_the_command, args=settings)
        process.start()
        meanwhile(process.pid or 0)
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutError(f"workshop {words} does not end")
        stdout, stderr = (path.read_text(encoding="utf-8") for path in said)
    return subprocess.CompletedProcess(words, process.exitcode, stdout, stderr)


def _be_the_command(
    words: Sequence[str],
    cwd: Path,
    environment: Mapping[str, str],
    said: Sequence[Path],
    first: Callable[[], object],
) -> None:
    """Do in this process what the command does in its own, with files for its two streams."""
    for number, path in enumerate(said, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # it was asked for when the program was imported
    sys.argv = ["workshop", *words]
    from workshop_builder.__main__ import main  # noqa: PLC0415  Typer warns, which stops pytest

    first()
    main()


def command_from_scratch(
    *arguments: str | Path, cwd: Path, umask: int = -1, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Start `workshop` as a user does, where the settings of its start matter."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        umask=umask,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
