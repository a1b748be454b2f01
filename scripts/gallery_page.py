#!/usr/bin/env python3
"""The page of the ready poses: docs/gallery.md, with a drawing of each in docs/pictures/gallery.

`gallery_page.py` writes both anew, and removes the drawings of poses that are no more.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from kept_drawings import noted

from workshop_builder import WorkshopError
from workshop_builder.commands import figure
from workshop_builder.figures import gallery

PAGE = Path(__file__).resolve().parents[1] / "docs/gallery.md"
PICTURES = PAGE.parent / "pictures/gallery"
MOST = 25_000
"""Bytes of a drawing, at most."""

_HEAD = """# Ready poses

{count} figures to start from, from head to foot. Take the one that is nearest to \
what you teach, and change its angles; [Drawing figures](figures.md) tells what each line means.

```sh
workshop figure --list
workshop figure --from bird-dog figures/mine.yaml
workshop figure figures/mine.yaml -o mine.png
```

The first line lists what is here, the second writes a pose as a file of yours, \
the third draws it. A pose is a picture, no advice: whom it suits, \
and how far and how often, is for you to say.

{contents}
"""
_PER_ROW = 3


def page(alts: Mapping[str, str]) -> str:
    """Return the text of the page; `alts` says in words what the drawing of each pose shows."""
    regions = groupby(gallery.poses().items(), lambda item: gallery.region(item[1]))
    parts = {name: list(_rows(list(poses), alts)) for name, poses in regions}
    contents = "\n".join(f"- [{name.capitalize()}](#{name})" for name in parts)
    head = _HEAD.format(count=len(gallery.poses()), contents=contents)
    tables = (f"## {name.capitalize()}\n\n" + "\n".join(rows) for name, rows in parts.items())
    return "\n".join([head, *(f"{table}\n" for table in tables)])


def _rows(poses: list[tuple[str, Path]], alts: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a table: names, drawings and words of a few poses each."""
    for first in range(0, len(poses), _PER_ROW):
        shown = poses[first : first + _PER_ROW]
        empty = [""] * (min(len(poses), _PER_ROW) - len(shown))
        yield _row([f"`{name}`" for name, _ in shown] + empty)
        if not first:
            yield "|---" * len(shown) + "|"
        yield _row([f"![{alts[name]}](pictures/gallery/{name}.svg)" for name, _ in shown] + empty)
        yield _row([_words(file) for _, file in shown] + empty)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _words(file: Path) -> str:
    """Return what a pose is, as a sentence."""
    words = gallery.about(file).partition(":")[2].strip()
    return f"{words[0].upper()}{words[1:]}."


def drawing(file: Path) -> bytes:
    """Return the drawing of a pose with its note; raises SourceError with its problems."""
    svg = figure.read(file).svg(ink_saver=False)
    return noted(svg, file.read_text(encoding="utf-8"))


def alt(file: Path) -> str:
    """Return what a pose shows, in words; raises SourceError with its problems."""
    return figure.read(file).alt


def _drawn(alts: dict[str, str]) -> Iterator[str]:
    """Write the drawings and fill `alts`; yield what is wrong."""
    for name, file in gallery.poses().items():
        try:
            svg, alts[name] = drawing(file), alt(file)
        except WorkshopError as error:
            yield from (str(problem) for problem in error.problems)
            continue
        (PICTURES / f"{name}.svg").write_bytes(svg)
        if len(svg) > MOST:
            yield f"{name}: {len(svg)} bytes"


def main() -> None:
    """Write the page and its drawings."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in {path.stem for path in PICTURES.iterdir()} - gallery.poses().keys():
        (PICTURES / f"{old}.svg").unlink()
    alts: dict[str, str] = {}
    if faults := list(_drawn(alts)):
        sys.exit("\n".join(faults))
    PAGE.write_text(page(alts), encoding="utf-8")


if __name__ == "__main__":
    main()
