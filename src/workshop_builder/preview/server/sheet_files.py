"""The sheets that are saved: `sheets/NAME.yaml` of the source folder, and nothing else.

A sheet is written whole or not at all. Whoever saves one says which version they had before them:
if another is there meanwhile, nothing is written. The folder is for its owner alone.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from workshop_builder.errors import WorkshopError
from workshop_builder.source import yaml_text
from workshop_builder.source.characters import as_text

FOLDER = "sheets"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_LARGEST = 1_000_000
"""Bytes of a sheet that is read."""
_HEAD = "# Made in the studio. Its sheet again: workshop personal {folder}/{name}.yaml\n"


class ConflictError(Exception):
    """A sheet was to be saved over a version that its writer has not seen."""


@dataclass(frozen=True, slots=True)
class SavedSheet:
    """A sheet as it lies in the folder."""

    name: str
    """That of its file, without `.yaml`."""
    student: Mapping[str, Any] = field(repr=False)
    """What it says; empty where it cannot be read."""
    version: str
    """A short name for its contents."""
    problems: tuple[str, ...] = ()
    """Why it cannot be read, line by line."""


class SheetFiles:
    """The folder `sheets/` of a workshop."""

    def __init__(self, source: Path) -> None:
        """Read and write below the folder `source`; nothing is made before a sheet is saved."""
        self._folder = source / FOLDER

    def all(self) -> list[SavedSheet]:
        """Return every sheet that is saved, by name; raises OSError where they cannot be read."""
        if not self._folder.is_dir():
            return []
        names = sorted(path.stem for path in self._folder.glob("*.yaml"))
        return [sheet for name in names if is_name(name) if (sheet := self.read(name))]

    def read(self, name: str) -> SavedSheet | None:
        """Return a sheet; None where there is no such file."""
        data = self._content(name)
        if data is None:
            return None
        path = f"{FOLDER}/{name}.yaml"
        try:
            read = yaml_text.read(path, as_text(path, data, [])).data
        except WorkshopError as error:
            lines = tuple(str(problem) for problem in error.problems)
            return SavedSheet(name, {}, _version(data), lines)
        return SavedSheet(name, read if isinstance(read, dict) else {}, _version(data))

    def save(self, name: str, student: Mapping[str, Any], version: str) -> str:
        """Write a sheet, and return its version.

        `version` is the one that is replaced, empty for a new sheet. Raises ConflictError where
        another is there, OSError where it cannot be written.
        """
        data = as_yaml(name, student)
        with self._locked() as folder:
            found = self._content(name)
            if (found is None) != (not version) or (
                found is not None and _version(found) != version
            ):
                raise ConflictError(name)
            _replace(folder, f"{name}.yaml", data)
        return _version(data)

    def _content(self, name: str) -> bytes | None:
        try:
            file = os.open(self._folder / f"{name}.yaml", os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            return None
        with os.fdopen(file, "rb") as opened:
            return opened.read(_LARGEST)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """Yield the folder, opened, in which nobody else saves meanwhile."""
        with suppress(FileExistsError):
            self._folder.mkdir(mode=0o700)
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            with suppress(OSError):  # a file system without locks is no reason to stop
                fcntl.flock(folder, fcntl.LOCK_EX)
            yield folder
        finally:
            os.close(folder)


def is_name(name: str) -> bool:
    """Return whether a sheet can have this name."""
    return _NAME.fullmatch(name) is not None


def as_yaml(name: str, student: Mapping[str, Any]) -> bytes:
    """Return a student as the text of a file of `sheets/`."""
    text = yaml.dump(
        dict(student), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    return (_HEAD.format(folder=FOLDER, name=name) + text).encode()


class _Dumper(yaml.SafeDumper):
    """Writes a text of several lines as it is typed."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _replace(folder: int, name: str, data: bytes) -> None:
    """Write a file into an opened folder, whole or not at all."""
    draft = f".{name}.draft"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    try:
        file = os.open(draft, flags, 0o600, dir_fd=folder)
        with os.fdopen(file, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(draft, dir_fd=folder)
        raise
    os.fsync(folder)


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
