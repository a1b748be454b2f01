"""The source folder as bytes: what is read, what is refused, and its fingerprint.

Only the places that the contract names are read, only regular files inside the
folder, and none that is larger than its kind can need.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop_builder.errors import Problem, SourceError

SETTINGS_FILE = "workshop.yaml"
_SUFFIXES = {
    "chapters": (".md",),
    "exercises": (".md",),
    "pictures": (".png", ".jpg", ".jpeg", ".webp", ".svg"),
    "labels": (".yaml",),
    "templates": (".html",),
    "styles": (".css",),
}
_MEBIBYTE = 1024 * 1024
_LARGEST = {"pictures": 40 * _MEBIBYTE}
_LARGEST_TEXT = 2 * _MEBIBYTE
_MOST_FILES = 5000


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a source folder."""

    name: str
    """How the user named the folder."""
    files: Mapping[str, bytes]
    """Every file that belongs to the workshop, by its path with forward slashes."""

    @property
    def digest(self) -> str:
        """The fingerprint of all names and contents, as sha256 in hex."""
        total = hashlib.sha256()
        for path in sorted(self.files):
            content = hashlib.sha256(self.files[path]).digest()
            total.update(len(path.encode()).to_bytes(4, "big") + path.encode() + content)
        return total.hexdigest()


def read(root: Path) -> Folder:
    """Read the source folder `root`; raises SourceError with every file that cannot be read."""
    if not (root / SETTINGS_FILE).exists():
        text = (
            f"there is no {SETTINGS_FILE} here; name the folder of your workshop, "
            "or start one with 'workshop new DIR'"
        )
        raise SourceError([Problem(str(root), 0, text)])
    home = root.resolve()
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in _listed(home):
        name = path.relative_to(home).as_posix()
        fault = _fault(path, home, name)
        if not fault and len(files) >= _MOST_FILES:
            fault = f"the workshop has more than {_MOST_FILES} files; move some out"
        if fault:
            problems.append(Problem(name, 0, fault))
            continue
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            problems.append(Problem(name, 0, f"cannot be read ({error.strerror}); check the file"))
    if problems:
        raise SourceError(problems)
    return Folder(str(root), files)


def _listed(home: Path) -> Iterator[Path]:
    """Yield the paths that may belong to the workshop, in order of their names."""
    yield home / SETTINGS_FILE
    for folder, suffixes in _SUFFIXES.items():
        for place, subfolders, names in os.walk(home / folder):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            for name in sorted(names):
                if name.lower().endswith(suffixes) and not name.startswith((".", "~")):
                    yield Path(place) / name


def _fault(path: Path, home: Path, name: str) -> str:
    """Return why `path` cannot be taken, or an empty string."""
    try:
        real = path.resolve(strict=True)
        status = real.stat()
    except (OSError, RuntimeError):
        return "leads to nothing; replace this link by the file itself"
    if not real.is_relative_to(home):
        return "is a link out of the workshop's folder; copy the file itself here"
    if not stat.S_ISREG(status.st_mode):
        return "is not a file that can be read; replace it by a plain file"
    largest = _LARGEST.get(name.split("/", maxsplit=1)[0], _LARGEST_TEXT)
    if status.st_size > largest:
        return f"is larger than {largest // _MEBIBYTE} MB; save a smaller version"
    return ""
