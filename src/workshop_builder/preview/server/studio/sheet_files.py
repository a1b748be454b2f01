"""The sheets that are saved: `sheets/NAME.yaml` of the source folder, and nothing else.

A sheet is written whole or not at all. Whoever saves one says which version they had before them:
if another is there meanwhile, nothing is written. The folder is for its owner alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from workshop_builder.errors import WorkshopError
from workshop_builder.preview.server.studio.source_files import (
    ConflictError,
    content,
    locked,
    opened_folder,
    replace,
    version,
)
from workshop_builder.source import yaml_text
from workshop_builder.source.characters import as_text

FOLDER = "sheets"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_LARGEST = 1_000_000
"""Bytes of a sheet that is read."""
_HEAD = "# Made in the studio. Its sheet again: workshop personal {folder}/{name}.yaml\n"


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
        self._source, self._folder = source, source / FOLDER

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
            return SavedSheet(name, {}, version(data), lines)
        return SavedSheet(name, read if isinstance(read, dict) else {}, version(data))

    def save(self, name: str, student: Mapping[str, Any], seen: str) -> str:
        """Write a sheet, and return its version.

        `seen` is the version that is replaced, empty for a new sheet. Raises ConflictError where
        another is there, OSError where it cannot be written.
        """
        data = as_yaml(name, student)
        with suppress(FileExistsError):
            self._folder.mkdir(mode=0o700)
        with locked(self._source), opened_folder(self._source, FOLDER) as folder:
            if version(self._content(name)) != seen:
                raise ConflictError(name)
            replace(folder, f"{name}.yaml", data, 0o600)
        return version(data)

    def _content(self, name: str) -> bytes | None:
        try:
            with opened_folder(self._source, FOLDER) as folder:
                return content(folder, f"{name}.yaml", _LARGEST)
        except FileNotFoundError:
            return None


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
