"""What a build takes after an edit, and what a book of 400 pages takes, for tests/bench.py."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WORKSHOP = Path(sys.executable).parent / "workshop"
CHAPTER = "chapters/05-the-three-stretches.md"
EXERCISE = "exercises/knees-to-chest.md"
LONG = 200
"""Chapters of the long book, of two pages each."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took."""

    wall: float
    """Seconds on the clock."""
    cpu: float
    """Seconds of the processors, user and system, with all its children."""


def cost(command: Sequence[str | Path], kept: Path | None = None) -> Cost:
    """Run `command` to its end and return what it took; raises CalledProcessError.

    `kept` is the cache folder that it uses in place of the user's.
    """
    settings = os.environ | ({"XDG_CACHE_HOME": str(kept)} if kept else {})
    settings.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program keeps what it compiled
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=-3, stderr=-3, env=settings)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(wall, spent)


def measure(sample: Path, folder: Path, drawings: Path) -> dict[str, Cost]:
    """Return what builds of the sample take from its drawings alone, and after edits, by name.

    The first call makes the `drawings`, which take minutes; later ones have them from there.
    """
    source, kept, out = folder / "source", folder / "kept", folder / "dist"
    drawn = kept / "workshop-builder" / "figures"
    if drawings.exists():
        shutil.copytree(drawings, drawn)
    shutil.copytree(sample, source)
    (source / "styles").mkdir(exist_ok=True)
    shutil.copy(sample.parent / "styles" / "colours.css", source / "styles")
    build: list[str | Path] = [WORKSHOP, "build", source, "-o", out]
    sheet: list[str | Path] = [
        WORKSHOP,
        "build",
        source,
        "--only",
        "take-home",
        "-o",
        folder / "sheet",
    ]
    cost(build, kept)
    if not drawings.exists():
        shutil.copytree(drawn, drawings)
    costs: dict[str, Cost] = {}

    def take(name: str, command: Sequence[str | Path]) -> None:
        costs[name] = cost(command, kept)

    cost([WORKSHOP, "cache", "clear", "--but-drawings"], kept)
    take("the sheet", sheet)
    _edit(source / "workshop.yaml", "    weeks: 4\n", "    weeks: 3\n")
    take("the sheet after its word", sheet)
    cost([WORKSHOP, "cache", "clear", "--but-drawings"], kept)
    shutil.rmtree(out)
    take("everything", build)
    take("nothing", build)
    _edit(source / CHAPTER, "let it be these", "let them be these")
    take("a word in a chapter", build)
    _edit(source / EXERCISE, "1. Lie ", "1. Lie down ")
    take("a word in an exercise", build)
    _edit(source / "styles" / "colours.css", "--ink: #1b2428", "--ink: #1b2429")
    take("a colour", build)
    take("help", [WORKSHOP, "--help"])
    return costs


def book_size(folder: Path) -> int:
    """Return the bytes of the sample's book in the folder of a round."""
    return next((folder / "dist").glob("*-book.pdf")).stat().st_size


def write_long_book(folder: Path) -> None:
    """Write a workshop that is a book of about 400 pages."""
    chance = random.Random(400)
    (folder / "chapters").mkdir(parents=True)
    (folder / "workshop.yaml").write_text(
        "title: The long book\nlanguage: en\nkind: lesson\nproducts: {book: {}}\n", "utf-8"
    )
    words = Path(__file__).read_text("utf-8").split()
    plain = [word for word in words if word.isalpha()]
    for number in range(1, LONG + 1):
        paragraphs = [" ".join(chance.choices(plain, k=90)) + "." for _ in range(8)]
        text = "\n\n".join(paragraphs)
        path = folder / "chapters" / f"{number:03}-chapter.md"
        path.write_text(f"---\ntitle: Chapter {number}\n---\n\n{text}\n", "utf-8")


def measure_long(folder: Path) -> Mapping[str, Cost]:
    """Return what the long book takes whole, and after an edit of one chapter, by name."""
    source, kept = folder / "long", folder / "long-kept"
    build: list[str | Path] = [WORKSHOP, "build", source, "-o", folder / "long-dist"]
    whole = cost(build, kept)
    path = source / "chapters" / "100-chapter.md"
    path.write_text(path.read_text("utf-8") + "\nOne more word.\n", "utf-8")
    return {"the long book": whole, "a chapter of the long book": cost(build, kept)}


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if old not in text:
        raise ValueError(f"{path} has no '{old}'")
    path.write_text(text.replace(old, new, 1), "utf-8")
