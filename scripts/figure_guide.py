#!/usr/bin/env python3
"""The pictures of docs/figures.md, drawn from the figure files that the page shows.

`figure_guide.py` draws all of them into docs/pictures/figures.

A file is a `yaml` block that begins with its name: `# figures/leg-lift.yaml`. The pictures below
it, up to the next file, are of it. A picture in a table is of the file with some lines changed:
those in the row above, in the same column. A line replaces the one with the same key.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kept_drawings import noted

from workshop_builder import WorkshopError
from workshop_builder.commands import figure
from workshop_builder.commands.figure import FigureFile

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs/figures.md"
PICTURES = GUIDE.parent / "pictures/figures"

_FILE = re.compile(r"^```yaml\n(# (figures/[\w-]+\.yaml)\n.*?)^```$", re.DOTALL | re.MULTILINE)
_PICTURE = re.compile(r"!\[([^\]]*)\]\(pictures/figures/([\w-]+)\.svg\)")
_CODE = re.compile(r"`([^`]+)`")
_WORKSHOP = "title: Workshop\nlanguage: en\n"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the guide."""

    picture: str
    """Its name, without `.svg`."""
    alt: str
    file: str
    """The file that it shows, such as `figures/leg-lift.yaml`."""
    text: str
    """The text of the file, with the lines changed for this picture."""

    def read(self, folder: Path) -> FigureFile:
        """Write the file into `folder`, as the file of a workshop, and return it as read.

        Raises SourceError with every problem of the file.
        """
        path = folder / self.file
        path.parent.mkdir(exist_ok=True)
        (folder / "workshop.yaml").write_text(_WORKSHOP, encoding="utf-8")
        path.write_text(self.text, encoding="utf-8")
        return figure.read(path)

    def svg(self, folder: Path) -> bytes:
        """Return the drawing with its note; raises as `read` does."""
        return noted(self.read(folder).svg(ink_saver=False), self.text)


def shown(guide: str) -> list[Shown]:
    """Return the pictures of the guide; raises ValueError where a line replaces not just one."""
    files = list(_FILE.finditer(guide))
    ends = [*(file.start() for file in files[1:]), len(guide)]
    return [
        each
        for file, end in zip(files, ends, strict=True)
        for each in _pictures(file[2], file[1], guide[file.end() : end])
    ]


def _pictures(file: str, text: str, below: str) -> Iterator[Shown]:
    """Yield the pictures of one file, from the text below it."""
    changes: list[list[str]] = []
    for row in below.splitlines():
        in_table = row.startswith("|")
        cells = row.strip("|").split("|") if in_table else [row]
        if in_table and "`" in row:
            changes = [_CODE.findall(cell) for cell in cells]
        for number, cell in enumerate(cells):
            for alt, name in _PICTURE.findall(cell):
                yield Shown(name, alt, file, changed(text, changes[number]) if in_table else text)


def changed(text: str, lines: list[str]) -> str:
    """Return a file with some lines changed; each replaces the one with the same key.

    Raises ValueError where there is not exactly one.
    """
    for line in lines:
        key = re.escape(line.partition(":")[0])
        text, count = re.subn(rf"^( *){key}:.*$", rf"\g<1>{line}", text, flags=re.MULTILINE)
        if count != 1:
            name = text.partition("\n")[0]
            raise ValueError(f"'{line}' fits {count} lines of '{name}'; it has to fit one")
    return text


def main() -> None:
    """Write every picture of the guide, and remove those that it no longer shows."""
    try:
        wanted = shown(GUIDE.read_text(encoding="utf-8"))
    except ValueError as error:
        sys.exit(f"docs/figures.md: {error}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in {path.stem for path in PICTURES.iterdir()} - {each.picture for each in wanted}:
        (PICTURES / f"{old}.svg").unlink()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for each in wanted:
            try:
                (PICTURES / f"{each.picture}.svg").write_bytes(each.svg(Path(folder)))
            except WorkshopError as error:
                faults += [f"{each.picture}: {problem}" for problem in error.problems]
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
