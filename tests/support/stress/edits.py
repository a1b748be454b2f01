"""Edits of a workshop, with a crash, a second build or damage to what is kept in between.

What is built then, from all that was kept before, is what a clean build makes in another folder.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import small
from commands import command
from stress.home import misspoken
from stress.kind import Kind, Trial, chance
from workshop_builder.commands import new

_SAMPLE = Path(__file__).parents[3] / "workshop"
_MORE = {
    "chapters/02-rest.md": "---\ntitle: Rest\n---\n\n![A bar](../pictures/bar.svg)\n\nRest well.\n",
    "chapters/03-rise.md": "---\ntitle: Rise\n---\n\nRise as slowly as you lay down.\n",
    "pictures/bar.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<path d="M0 3h9v3H0z"/></svg>',
}


@dataclass(frozen=True, slots=True)
class _Place:
    """A workshop, its package, and what is kept of it."""

    folder: Path

    @property
    def source(self) -> Path:
        return self.folder / "workshop"

    @property
    def kept(self) -> Path:
        return self.folder / "cache" / "workshop-builder"

    @property
    def files(self) -> dict[str, bytes]:
        """The package."""
        dist = self.folder / "dist"
        paths = (path for path in dist.rglob("*") if path.is_file())
        return {path.relative_to(dist).as_posix(): path.read_bytes() for path in paths}

    def build(self, **more: object) -> tuple[int, str, list[str]]:
        """Build; return the exit code, what was said, and what is wrong with it."""
        cache_home = str(self.folder / "cache")
        done = command("build", cwd=self.folder, XDG_CACHE_HOME=cache_home, **more)  # type: ignore[arg-type]
        return done.returncode, done.stderr, misspoken(done, {0, 1, -signal.SIGKILL})


def _word(source: Path, by: random.Random) -> None:
    path = by.choice(sorted([*source.glob("chapters/*.md"), *source.glob("exercises/*.md")]))
    front, _, body = path.read_text("utf-8").partition("\n---\n")
    lines = body.splitlines(keepends=True)
    words = [n for n, line in enumerate(lines) if re.match(r"(\d\. )?[A-Z][a-z]+ ", line)]
    if words:
        number, word = by.choice(words), by.choice(("truly", "now"))
        lines[number] = re.sub(r"^(\d\. )?(\w+) ", rf"\g<1>\g<2> {word} ", lines[number])
    path.write_text(f"{front}\n---\n{''.join(lines)}", "utf-8")


def _dose(source: Path, by: random.Random) -> None:
    path = by.choice(sorted(source.glob("exercises/*.md")))
    often = f"frequency: {by.randint(2, 6)} times a week"
    path.write_text(re.sub(r"(?m)^frequency: .+$", often, path.read_text("utf-8")), "utf-8")


def _picture(source: Path, by: random.Random) -> None:
    for path in sorted(source.glob("pictures/*.svg"))[:1]:
        path.write_text(path.read_text("utf-8").replace("3", str(by.randint(1, 2)), 1), "utf-8")


def _style(source: Path, by: random.Random) -> None:
    (source / "styles").mkdir(exist_ok=True)
    (source / "styles/colours.css").write_text(f":root {{ --ink: #1b24{by.randint(10, 40)} }}\n")


def _chapter_added(source: Path, by: random.Random) -> None:
    text = "---\ntitle: More\n---\n\n" + "One more word, and another one.\n\n" * by.randint(1, 60)
    (source / f"chapters/{by.randint(1, 4):02}-more.md").write_text(text, "utf-8")


def _chapter_moved(source: Path, by: random.Random) -> None:
    path = by.choice(sorted(source.glob("chapters/*.md")))
    path.rename(path.with_name(f"{by.randint(1, 20):02}{path.name[2:]}"))


def _chapter_removed(source: Path, by: random.Random) -> None:
    by.choice(sorted(source.glob("chapters/*.md"))).unlink()


_EDITS = (_word, _word, _dose, _picture, _style, _chapter_added, _chapter_moved, _chapter_removed)


def _crash(place: _Place, by: random.Random) -> list[str]:
    after = by.uniform(0.05, 2)
    with suppress(FileNotFoundError):  # it was killed before it could say a word
        return place.build(meanwhile=partial(_killed, after))[2]
    return []


def _killed(seconds: float, process: int) -> None:
    time.sleep(seconds)
    with suppress(ProcessLookupError):  # it was quicker
        os.kill(process, signal.SIGKILL)


def _both(place: _Place, _: random.Random) -> list[str]:
    second: list[str] = []
    first = place.build(meanwhile=lambda _: second.extend(place.build()[2]))[2]
    return [line for line in (*first, *second) if "is being built" not in line]


def _damage(place: _Place, by: random.Random) -> list[str]:
    for path in sorted(path for path in place.kept.rglob("*") if path.is_file()):
        if by.random() < 0.3:
            data = bytearray(path.read_bytes())
            data[by.randrange(len(data))] ^= 1
            path.write_bytes(bytes(data[: by.choice((len(data), len(data) // 2))]))
    return []


def _nothing(_place: _Place, _: random.Random) -> list[str]:
    return []


_BETWEEN = (_nothing, _nothing, _crash, _both, _damage)


def _write(number: int, source: Path) -> None:
    """Write the workshop of a try: mostly a small one, else one to start from or the sample."""
    if number % 10 == 9:
        shutil.copytree(_SAMPLE, source)
    elif number % 10 > 6:
        new.copy(source, ("craft", "lesson")[number % 10 - 7])
    else:
        small.write(source, "{handout: {}, book: {}, epub: {}}", _MORE)


def _differing(files: dict[str, bytes], clean: dict[str, bytes]) -> list[str]:
    names = sorted(files.keys() | clean.keys())
    return [f"{name} differs" for name in names if files.get(name) != clean.get(name)]


@contextmanager
def _prepared(shared: Path) -> Iterator[Trial]:
    @cache
    def base(kind: int) -> _Place:
        place = _Place(shared / str(kind))
        _write(kind, place.source)
        assert place.build()[0] == 0
        return place

    def trial(number: int, folder: Path) -> Sequence[str]:
        by = chance("edits", number)
        first = base(max(number % 10, 6))
        place, clean = _Place(folder / "kept"), _Place(folder / "clean")
        shutil.copytree(first.folder, place.folder)
        edits, between = by.choices(_EDITS, k=by.randint(1, 2)), by.choice(_BETWEEN)
        for edit in edits:
            edit(place.source, by)
        faults = between(place, by)
        shutil.copytree(place.source, clean.source)
        if (first.kept / "figures").exists():
            shutil.copytree(first.kept / "figures", clean.kept / "figures")
        kept, anew = place.build(), clean.build()
        faults += [*kept[2], *anew[2]]
        if kept[:2] != anew[:2]:
            faults.append(f"said {kept[1]!r} in place of {anew[1]!r}")
        if anew[0] == 0:
            faults += _differing(place.files, clean.files)
        done = " and ".join(edit.__name__.strip("_") for edit in (*edits, between))
        return [f"{done}: {fault}" for fault in faults]

    yield trial


KIND = Kind("edits", "edits, with crashes and damage, against clean builds", 100, 1, _prepared)
