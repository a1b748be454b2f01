"""The folders of `tests/samples/`, put together and built; test_samples.py says what they hold."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

import samples_made
from commands import command
from sample import MADE, alone

SAMPLES = Path(__file__).parents[1] / "samples"
BASE = SAMPLES / "base"
FOLDERS = sorted(path for path in SAMPLES.iterdir() if path != BASE)
KEYS = {"says", "without", "made", "build"}


@dataclass(frozen=True, slots=True)
class Case:
    """One sample folder."""

    folder: Path
    without: tuple[str, ...]
    made: tuple[str, ...]
    build: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether there is something to be made of it."""
        return not (self.folder / "problems.txt").exists()

    def source(self, place: Path) -> Path:
        """Put the case's source folder together in `place`; return it."""
        source = place / "source"
        shutil.copytree(BASE, source)
        for path in self.without:
            left_out = source / path
            shutil.rmtree(left_out) if left_out.is_dir() else left_out.unlink()
        own = self.folder / "source"
        if own.is_dir():
            shutil.copytree(own, source, dirs_exist_ok=True)
        for name in self.made:
            getattr(samples_made, name)(source)
        return source


def read_case(folder: Path) -> Case:
    """Return the case that lies in `folder`."""
    data = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    assert data["says"].endswith("."), "a case says what it shows"
    assert set(data) <= KEYS, f"unknown keys in {folder.name}/case.yaml"
    without, made, build = (tuple(data.get(key, ())) for key in ("without", "made", "build"))
    return Case(folder, without, made, build)


def package(case: Case) -> Path:
    """Return the folder with what is made of a case: what it says, or else its whole text.

    It stays from one test run to the next; the build knows whether it is still right.
    """
    products = ",".join(case.build or ("book", "epub"))
    folder = MADE / "cases" / f"{case.folder.name} ({products})"
    with alone(case.folder.name), tempfile.TemporaryDirectory() as place:
        done = command("build", case.source(Path(place)), "-o", folder, "--only", products)
    told = [line for line in done.stderr.splitlines() if not line.endswith("(no-safety)")]
    assert (done.returncode, told) == (0, [])
    return folder


def made(folder: Path) -> list[str]:
    """Return the files of a package, with the number of their pages where they have some."""
    files = json.loads((folder / "manifest.json").read_bytes())["files"]
    return sorted(
        f"{file['file']}, pages: {file['pages']}" if file.get("pages") else file["file"]
        for file in files
    )
