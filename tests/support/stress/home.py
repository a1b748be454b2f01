"""A home for a build under stress: an old package, a changed workshop, a place for what passes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import small
from commands import command
from packages import version
from workshop_builder.errors import WorkshopError
from workshop_builder.output.verify import verify

_MOST_LINES = 200
"""Lines of one run, each about a cause of its own: a bomb has many."""
_LINE = re.compile(r"\S.*: \S.*|stopped; .+|Terminated|Hangup")


@dataclass(frozen=True, slots=True)
class Home:
    """A folder with `workshop/`, the package `dist/` that was made of it before, and `tmp/`."""

    folder: Path

    @classmethod
    def made(cls, folder: Path, products: str = "{epub: {}}") -> Home:
        """Build the small workshop in `folder`, then change it."""
        home = cls(folder)
        home.tmp.mkdir(parents=True)
        small.write(home.source, products)
        done = home.run("build")
        assert done.returncode == 0, done
        small.write(
            home.source, products, {"exercises/rest.md": small.EXERCISE.replace("2 min", "3 min")}
        )
        return home

    def copy(self, folder: Path) -> Home:
        """Return the same home at another place."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Home(folder)

    @property
    def source(self) -> Path:
        """The workshop."""
        return self.folder / "workshop"

    @property
    def dist(self) -> Path:
        """The package."""
        return self.folder / "dist"

    @property
    def tmp(self) -> Path:
        """Where the build puts what passes."""
        return self.folder / "tmp"

    def run(
        self,
        *words: str,
        first: Callable[[], object] = int,
        meanwhile: Callable[[int], object] = int,
    ) -> CompletedProcess[str]:
        """Run a command here; see `command`."""
        tmp = str(self.tmp)
        return command(*words, cwd=self.folder, first=first, meanwhile=meanwhile, TMPDIR=tmp)

    def left(self, *more: str) -> list[str]:
        """Return a line for each thing that a run has left behind, `more` left out."""
        known = {"workshop", "dist", "tmp", *more}
        found = [path for path in self.folder.iterdir() if path.name not in known]
        return [f"left behind: {path.name}" for path in [*found, *self.tmp.iterdir()]]

    def broken(self, versions: Collection[str]) -> list[str]:
        """Return what is wrong with the package: not whole, or of another version than these."""
        try:
            verify(self.dist)
        except WorkshopError as error:
            return [f"package: {problem}" for problem in error.problems]
        found = version(self.dist)
        return [] if found in versions else [f"package of another version: {found[:8]}"]

    def mended(self, new: str) -> list[str]:
        """Build again; return what is not as if nothing had happened."""
        done = self.run("build")
        faults = [] if done.returncode == 0 else [f"the next build fails: {done.stderr}"]
        return [*faults, *self.broken({new}), *(f"then {line}" for line in self.left())]


def misspoken(done: CompletedProcess[str], codes: Collection[int]) -> list[str]:
    """Return what is wrong with how a command ended and with what it said."""
    lines = done.stderr.splitlines()
    if "Traceback" in done.stderr:
        return [f"traceback: {lines[-1]}"]
    faults = [] if done.returncode in codes else [f"exit code {done.returncode}: {lines[:1]}"]
    if done.returncode == 1 and not lines:
        faults.append("failed without a word")
    if done.returncode == 0 and lines:
        faults.append(f"went well with words: {lines[0]}")
    faults += [f"not a line of ours: {line}" for line in lines if not _LINE.fullmatch(line)]
    if len(lines) > _MOST_LINES or len(set(lines)) < len(lines):
        faults.append(f"{len(lines)} lines, or one twice: {lines[0]}")
    return faults
