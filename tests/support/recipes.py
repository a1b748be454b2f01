"""The recipes of CONTRIBUTING.md, carried out word for word in a copy of the program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

TOP = Path(__file__).parents[2]
_CHANGE = re.compile(r"^```diff\n--- (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "foliate")


def carry_out(heading: str, folder: Path) -> list[str]:
    """Copy the program into `folder`, and change it as a section says; return the changed files.

    Each `diff` block of the section names a file. Its plain lines must be there exactly once.
    """
    for name in ("src/workshop_builder", "styles", "templates"):
        shutil.copytree(TOP / name, folder / name, ignore=_LEFT_OUT)
    text = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    changes = _CHANGE.findall(section)
    for name, lines in changes:
        _change(folder / name, lines.splitlines(keepends=True))
    return [name for name, _ in changes]


def _change(path: Path, lines: list[str]) -> None:
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    before = "".join(line[1:] for line in lines if not line.startswith("+"))
    after = "".join(line[1:] for line in lines if not line.startswith("-"))
    assert not text or text.count(before) == 1, f"{path.name} has not, or not once:\n{before}"
    path.write_text(text.replace(before, after) if text else after, encoding="utf-8")
