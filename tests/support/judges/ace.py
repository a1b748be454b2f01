"""Ace by DAISY: can an EPUB be used by people who cannot see it?"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from judges.tools import JudgeError, chromium, node_package, program, run


def ace(path: Path) -> list[str]:
    """Return Ace's objections to the EPUB, one line each; none: it passes."""
    report = json.loads(_report(path))
    found = [line for document in report["assertions"] for line in _failures(document)]
    if (report["earl:result"]["earl:outcome"] == "pass") == bool(found):
        raise JudgeError(f"Ace contradicts itself: {report['earl:result']} and {found}")
    return found


def _report(path: Path) -> bytes:
    """Let Ace write its report into a folder of its own, and return the report."""
    node = program("node", "nodejs")
    script = node_package("@daisy/ace-cli") / "bin" / "ace.js"
    with tempfile.TemporaryDirectory() as folder:
        command = [node, str(script), "-s", "-f", "-o", folder, str(path)]
        done = run(command, PUPPETEER_EXECUTABLE_PATH=str(chromium()))
        report = Path(folder, "report.json")
        if not report.exists():
            raise JudgeError(f"Ace gave no report: {done.stdout} {done.stderr}")
        return report.read_bytes()


def _failures(document: dict[str, Any]) -> Iterator[str]:
    """Put the failed tests of one content document into words."""
    where = document["earl:testSubject"]["url"]
    for assertion in document["assertions"]:
        if assertion["earl:result"]["earl:outcome"] == "fail":
            test, result = assertion["earl:test"], assertion["earl:result"]
            said = " ".join(result["dct:description"].split())
            yield f"{test['earl:impact']} {test['dct:title']} {where}: {said}"
