"""The source folder as bytes: what is read, what is refused, and its digest.

Only the places that belong to a workshop are read, only regular files inside the
folder, and none that is larger than a file of its kind needs to be.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from workshop_builder.errors import Problem, SourceError
from workshop_builder.source import file_names
from workshop_builder.source.names import as_typed

SETTINGS_FILE = "workshop.yaml"
"""The file that makes a folder a workshop."""

SUFFIXES = {
    "chapters": (".md",),
    "exercises": (".md",),
    "figures": (".yaml",),
    "pictures": (".png", ".jpg", ".jpeg", ".webp", ".svg"),
    "labels": (".yaml",),
    "templates": (".html",),
    "styles": (".css",),
}
"""The endings of the files that are read, by their folder."""
_MEBIBYTE = 1024 * 1024
_LARGEST = {"pictures": 40 * _MEBIBYTE}
"""Bytes of a file, by its folder."""
_LARGEST_TEXT = 2 * _MEBIBYTE
"""Bytes of a file in any other folder."""
_MOST_FILES = 5000


class _UnreadableError(ValueError):
    """When what has been opened is not to be read; its text is what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a source folder."""

    name: str
    """The folder as the user named it."""
    files: Mapping[str, bytes]
    """Every file that belongs to the workshop, by its path in the folder, with forward slashes."""
    problems: tuple[Problem, ...] = field(default=())
    """What is in the folder and could not be read."""

    @property
    def digests(self) -> dict[str, str]:
        """The sha256 of each file, in hex, by its path."""
        return {path: hashlib.sha256(self.files[path]).hexdigest() for path in sorted(self.files)}

    @property
    def digest(self) -> str:
        """The sha256 of all names and contents, in hex."""
        total = hashlib.sha256()
        for path, content in self.digests.items():
            total.update(f"{content} {path}\0".encode())
        for problem in self.problems:
            total.update(str(problem).encode())
        return total.hexdigest()


def read(root: Path) -> Folder:
    """Return the files of the source folder `root`, with the problems of those that are unreadable.

    Raises SourceError where there is no source folder.
    """
    home = _home(root)
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in _listed(home, problems):
        name = _name(path, home)
        twice = (
            "is there twice, with a name that looks the same; remove one" if name in files else ""
        )
        fault = twice or _fault(path, home, name)
        if not fault and len(files) >= _MOST_FILES:
            fault = f"the workshop has more than {_MOST_FILES} files; move some out"
        try:
            if not fault:
                files[name] = _content(path, home, _largest(name))
        except _UnreadableError as error:
            fault = str(error)
        except OSError as error:
            fault = f"cannot be read ({error.strerror}); check the file"
        if fault:
            problems.append(Problem(name, 0, fault))
    problems += [*file_names.copies(files), *_misnamed(home)]
    return Folder(str(root), files, tuple(problems))


def places(root: Path) -> list[Path]:
    """Return where in a source folder the files are that belong to the workshop."""
    home = root.resolve()
    return [home / SETTINGS_FILE, *(home / name for name in SUFFIXES)]


def _home(root: Path) -> Path:
    """Return the source folder with links resolved; raises SourceError where there is none."""
    try:
        if (root / SETTINGS_FILE).exists():
            return root.resolve()
        text = f"there is no {SETTINGS_FILE} here; name the folder of your workshop, "
        text += "or start one with 'workshop new DIR'"
        if other := _taken_for_settings(root):
            text = f"there is a {other} here; rename it to {SETTINGS_FILE}"
    except OSError as error:
        text = f"cannot be opened ({error.strerror}); check the name of the folder"
    raise SourceError([Problem(str(root), 0, text)])


def _taken_for_settings(root: Path) -> str:
    """Return the name of a file that was meant to be the settings; empty where there is none."""
    names = sorted(path.name for path in root.iterdir()) if root.is_dir() else []
    stem = SETTINGS_FILE.removesuffix(".yaml")
    return next((name for name in names if name.partition(".")[0].lower() == stem), "")


def _misnamed(home: Path) -> Iterator[Problem]:
    """Yield a problem for each folder that would be passed over, and was meant to be read."""
    _, there, _ = next(os.walk(home), ("", [], []))
    for name in sorted(there):
        right = file_names.meant_folder(name, SUFFIXES, there)
        if not right or (home / name).is_symlink() or _is_one(home / name, home / right):
            continue
        _, _, files = next(os.walk(home / name), ("", [], []))
        if any(_is_of(each, right) for each in files):
            yield Problem(name, 0, f"this folder would not be read; rename it to '{right}'")


def _is_one(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one folder, as on a disk to which capitals are nothing."""
    return other.exists() and path.samefile(other)


def _is_of(name: str, folder: str) -> bool:
    """Return whether a file is called like those that are read in a folder."""
    return name.lower().endswith(SUFFIXES[folder]) and not name.startswith((".", "~"))


def _name(path: Path, home: Path) -> str:
    """Return a file's path in the folder, as keyboards type it."""
    return as_typed(path.relative_to(home).as_posix())


def _listed(home: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the paths that may belong to the workshop, folder by folder in order of their names."""

    def note(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            name = _name(Path(error.filename), home)
            text = f"cannot be opened ({error.strerror}); check this folder"
            problems.append(Problem(name, 0, text))

    yield home / SETTINGS_FILE
    for folder, suffixes in SUFFIXES.items():
        for place, subfolders, names in os.walk(home / folder, onerror=note):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            for path in (Path(place) / name for name in (*subfolders, *sorted(names))):
                if _is_of(path.name, folder) and path.name not in subfolders:
                    yield path
                elif fault := _unread(path, suffixes[0]):
                    problems.append(Problem(_name(path, home), 0, fault))


def _unread(path: Path, suffix: str) -> str:
    """Return what is wrong with a file or folder that is passed over; empty where nothing is."""
    if path.is_dir():
        return "is a link to a folder; put the folder itself here" if path.is_symlink() else ""
    name = file_names.meant(path.name, suffix)
    return f"would not be read; save it as plain text named '{name}'" if name else ""


def _can_be_written(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _fault(path: Path, home: Path, name: str) -> str:
    """Return why the file `path` cannot be read; empty where it can."""
    if not _can_be_written(name):
        return "this name is not UTF-8; rename the file"
    if any(unicodedata.category(sign) == "Cc" for sign in name):
        return "this name holds a tab or another sign that no keyboard shows; rename the file"
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "leads to nothing; replace this link by the file itself"
    if not real.is_relative_to(home):
        return "is a link out of the workshop's folder; copy the file itself here"
    return ""


def _largest(name: str) -> int:
    return _LARGEST.get(name.split("/", maxsplit=1)[0], _LARGEST_TEXT)


def _content(path: Path, home: Path, largest: int) -> bytes:
    """Return what is in a file below `home`, which is opened once, whatever takes its place then.

    Raises _UnreadableError for what is no plain file or too large, OSError for what has changed.
    """
    with ExitStack() as opened:
        place = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
        opened.callback(os.close, place)
        *folders, last = path.resolve().relative_to(home).parts
        for folder in folders:
            place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=place)
            opened.callback(os.close, place)
        file = os.open(last, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=place)
        with open(file, "rb") as content:  # noqa: PTH123  a descriptor
            if not stat.S_ISREG(os.fstat(file).st_mode):
                text = "is not a file that can be read; replace it by a plain file"
                raise _UnreadableError(text)
            data = content.read(largest + 1)
    if len(data) > largest:
        text = f"is larger than {largest // _MEBIBYTE} MB; save a smaller version"
        raise _UnreadableError(text)
    return data
