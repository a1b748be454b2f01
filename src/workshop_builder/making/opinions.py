"""How each judge is asked, and its answer read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_TICK = 0.1
"""Seconds between two looks at a judge that is at work."""
_FLAVOURS = {"2a": "PDF/A-2a", "ua1": "PDF/UA-1"}
"""What veraPDF calls the rules that every PDF of ours is to keep."""
_GRAVE = {"FATAL", "ERROR", "WARNING"}
_MOST_SAID = 200
"""Characters of what a judge has said that are told when it breaks down."""


class NoVerdict(Exception):  # noqa: N818  it is no error of ours
    """A judge broke down, took too long, or answered in words that are not known."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a judge says."""

    version: str
    """That of the judge."""
    faults: Mapping[Path, Sequence[str]]
    """What it has against each file; a file with nothing against it passes."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a judge has printed."""

    report: str
    """To the output."""
    said: str
    """Its exit code, with the beginning of what it said there or besides, for a human."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a judge is run."""

    command: tuple[str, ...]
    """The first words of its command line."""
    seconds: float
    """How long it may take."""
    tick: Callable[[], None] | None = None
    """Is called while it is at work."""

    def __call__(self, *words: str | Path) -> Printed:
        """Return what the judge prints; raises NoVerdict. Its exit code is no verdict."""
        try:
            process = subprocess.Popen(
                [*self.command, *map(str, words)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise NoVerdict(f"'{self.command[0]}' cannot be run: {error.strerror}") from error
        with _ended_with(process):
            out, err = self._wait(process)
        report, besides = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")
        said = f"it ended with {process.returncode}: {_shortly(besides) or _shortly(report)}"
        return Printed(report, said)

    def _wait(self, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
        until = time.monotonic() + self.seconds
        while True:
            if self.tick:
                self.tick()
            try:
                return process.communicate(timeout=_TICK)
            except subprocess.TimeoutExpired as error:
                if time.monotonic() > until:
                    raise NoVerdict(f"it took more than {self.seconds:g} seconds") from error


@contextmanager
def _ended_with(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Leave neither a judge nor what it has started behind."""
    try:
        yield
    finally:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


def _shortly(words: str) -> str:
    return " ".join(words.split())[:_MOST_SAID]


def verapdf(run: Run, paths: Sequence[Path]) -> Opinion:
    """Return veraPDF's opinion of PDFs as PDF/A-2a and as PDF/UA-1."""
    version = ""
    faults: dict[Path, list[str]] = {path: [] for path in paths}
    for flavour, rules in _FLAVOURS.items():
        report = _xml(run("--format", "xml", "--flavour", flavour, *paths))
        release = report.find(".//releaseDetails")
        version = release.get("version", "") if release is not None else ""
        jobs = {Path(job.findtext("item/name", "")).name: job for job in report.iter("job")}
        for path in paths:
            if path.name not in jobs:
                raise NoVerdict(f"it says nothing of {path.name}")
            faults[path] += (f"{rules} {fault}" for fault in _broken_rules(jobs[path.name]))
    return Opinion(_known(version), faults)


def _broken_rules(job: Element) -> Iterator[str]:
    """Yield each rule that a PDF breaks, in veraPDF's words, or why it could not be read."""
    report = job.find("validationReport")
    if report is None:
        said = job.findtext("taskException/exceptionMessage") or job.findtext("taskException") or ""
        yield f"cannot be judged ({' '.join(said.split())})"
        return
    broken = [rule for rule in report.iter("rule") if rule.get("status") != "passed"]
    for rule in broken:
        words = " ".join(rule.findtext("description", "").split())
        yield f"{rule.get('clause')}-{rule.get('testNumber')}: {words}"
    if not broken and report.get("isCompliant") != "true":
        yield "is not kept"


def epubcheck(run: Run, paths: Sequence[Path]) -> Opinion:
    """Return EPUBCheck's opinion of e-books; its warnings count."""
    version, faults = "", {}
    for path in paths:
        place = path.with_suffix(".epubcheck.json")
        report = _json(place, run("--json", place, path))
        with _read_as_known():
            version = str(report["checker"]["checkerVersion"])
            faults[path] = [_message(m) for m in report["messages"] if m["severity"] in _GRAVE]
    return Opinion(_known(version), faults)


def _message(message: Mapping[str, Any]) -> str:
    place = next(iter(message.get("locations") or ()), None)
    where = f" {place['path']}:{place['line']}" if place else ""
    return f"{message['ID']}{where}: {' '.join(message['message'].split())}"


def ace(run: Run, paths: Sequence[Path]) -> Opinion:
    """Return Ace's opinion of e-books."""
    version, faults = "", {}
    for path in paths:
        folder = path.with_suffix(".ace")
        printed = run("-s", "-f", "-o", folder, path)
        report = _json(folder / "report.json", printed)
        with _read_as_known():
            version = str(report["earl:assertedBy"]["doap:release"]["doap:revision"])
            faults[path] = [line for each in report["assertions"] for line in _failed(each)]
            if (report["earl:result"]["earl:outcome"] == "pass") == bool(faults[path]):
                raise NoVerdict("its report contradicts itself")
    return Opinion(_known(version), faults)


def _failed(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the tests that one document of an e-book fails."""
    for assertion in document["assertions"]:
        if assertion["earl:result"]["earl:outcome"] == "fail":
            said = " ".join(assertion["earl:result"]["dct:description"].split())
            where = document["earl:testSubject"]["url"]
            yield f"{assertion['earl:test']['dct:title']} {where}: {said}"


@contextmanager
def _read_as_known() -> Iterator[None]:
    """Raise NoVerdict where a report has not the parts that it is known by."""
    try:
        yield
    except (KeyError, TypeError, AttributeError) as error:
        raise NoVerdict(f"its report lacks {error}") from error


def _known(version: str) -> str:
    if not version:
        raise NoVerdict("it does not say its version")
    return version


def _xml(printed: Printed) -> Element:
    try:
        return ElementTree.fromstring(printed.report)  # noqa: S314  by a program that is trusted
    except ElementTree.ParseError as error:
        raise NoVerdict(printed.said) from error


def _json(path: Path, printed: Printed) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise NoVerdict(printed.said) from error
