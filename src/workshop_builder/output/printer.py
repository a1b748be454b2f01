"""Printing through CUPS: which printers there are, what they can do, and a PDF sent to one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop_builder.errors import PrintError, Problem, RequestError, did_you_mean

_PATIENCE = 60
"""Seconds after which a printing system that says nothing is given up."""

_ACTUAL_SIZE = ("print-scaling=none", "number-up=1", "collate=true")
"""Whatever else somebody has set for a printer; and each copy whole before the next."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of paper."""

    name: str
    size: tuple[float, float]
    """Width and height in millimetres."""
    media: str
    """Its name in the standard that printers go by, PWG 5101.1."""
    called: tuple[str, ...]
    """What the drivers call it, each in lower case; other words may stand around that."""


SHEETS = (
    Sheet("A4", (210, 297), "iso_a4_210x297mm", ("a4",)),
    Sheet("Letter", (215.9, 279.4), "na_letter_8.5x11in", ("letter",)),
    Sheet("A3", (297, 420), "iso_a3_297x420mm", ("a3",)),
    Sheet("Tabloid", (279.4, 431.8), "na_ledger_11x17in", ("tabloid", "ledger", "11x17")),
)
"""What our products come on."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer that can be asked for."""

    name: str
    choices: Mapping[str, str]
    """What its driver lets one choose, by key, in lower case; empty where it does not say."""
    is_paused: bool
    """Whether what is sent to it waits until somebody lets it go on."""

    @property
    def is_one_sided(self) -> bool:
        """Whether it cannot print on the back of a sheet by itself, as far as is known."""
        return bool(self.choices) and "duplex" not in self.choices and "sides" not in self.choices

    def has(self, sheet: Sheet) -> bool:
        """Return whether it takes a sheet, as far as is known."""
        sizes = self.choices.get("pagesize", "")
        return not sizes or any(name in sizes for name in sheet.called)


def names() -> list[str]:
    """Return the names of all printers; raises PrintError where CUPS is not there."""
    return _run("lpstat", "-e").stdout.split()


def find(name: str | None) -> Printer:
    """Return the printer `name`; the default or only one, where that is None.

    Raises PrintError where there is none, or nothing to ask it by, and RequestError where `name`
    is none of them, or one of them has to be named.
    """
    known = names()
    if not known:
        raise PrintError([Problem("printer", 0, "there is none; add one in the system's settings")])
    chosen = name or _default(known)
    if chosen not in known:
        fault = f"there is no printer '{chosen}'" if chosen else "none is the default; name one"
        hint = did_you_mean(chosen, known) or f"; there are {', '.join(known)}"
        raise RequestError([Problem("printer", 0, f"{fault}{hint}")])
    said = _run("lpoptions", "-p", chosen, "-l").stdout.lower()
    choices = dict(re.findall(r"^(\w+)[^:\n]*: *(.*)$", said, re.MULTILINE))
    return Printer(chosen, choices, " disabled " in _run("lpstat", "-p", chosen).stdout)


def send(file: Path, printer: Printer, sheet: Sheet, copies: int, *, two_sided: bool) -> str:
    """Send a PDF to a printer at its actual size; return the number that its job has got.

    Raises PrintError where the printer refuses it.
    """
    sides = "two-sided-long-edge" if two_sided else "one-sided"
    options = [f"media={sheet.media}", f"sides={sides}", *_ACTUAL_SIZE]
    given = [part for option in options for part in ("-o", option)]
    done = _run("lp", "-d", printer.name, "-n", str(copies), *given, str(file.absolute()))
    if done.returncode:
        reason = re.sub(r"^\S*lp: |\.?\s*$", "", done.stderr)
        text = f"has refused it: {reason}; mend that, or name another with --printer"
        raise PrintError([Problem(printer.name, 0, text)])
    found = re.search(r"request id is (\S+)", done.stdout)
    return found[1] if found else ""


def _default(known: list[str]) -> str:
    """Return the printer that is used where none is named; empty where that is not clear."""
    said = _run("lpstat", "-d").stdout
    found = re.search(r": (\S+)", said)
    return found[1] if found else known[0] if len(known) == 1 else ""


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program of CUPS, and return what it said, in English."""
    path = shutil.which(program)
    if path is None:
        text = "is not installed; install CUPS (Debian: cups-client), or print the PDF at 100 %"
        raise PrintError([Problem(program, 0, text)])
    try:
        return subprocess.run(
            [path, *arguments],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"},
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        text = f"has not answered for {_PATIENCE} s; see to the printing system, and try again"
        raise PrintError([Problem(program, 0, text)]) from error
