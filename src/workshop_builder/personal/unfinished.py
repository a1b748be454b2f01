"""Shards that are finished while others are not: kept in the private folder, to be taken up again.

Each is a file of its own, whole or not there, and for the owner of the folder alone.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from workshop_builder.errors import OutputError, Problem
from workshop_builder.output.replace_folder import write_file
from workshop_builder.personal import private_folder, shards
from workshop_builder.personal.block import SheetBlock, block_of
from workshop_builder.personal.private_folder import UNFINISHED
from workshop_builder.personal.shards import Shard

SheetSaid: TypeAlias = tuple[int, tuple[str, ...]]
"""The pages of a sheet, and what the teacher is told of it."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The finished shards of a run that is not."""

    folder: Path

    def has(self, key: str) -> bool:
        """Return whether a shard is there, as it was kept."""
        try:
            return shards.is_whole((self.folder / key).read_bytes())
        except OSError:
            return False

    def keep(self, key: str, packed: bytes) -> None:
        """Keep a packed shard; raises OutputError where it cannot be written."""
        with private_folder.writing(self.folder.parent):
            new = self.folder / f".{key}.{os.getpid()}"
            with new.open("wb") as file:
                file.write(packed)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.folder / key)

    def put(self, found: Shard, names: Sequence[str], folder: Path) -> list[SheetSaid]:
        """Write the sheets of a shard that is there into a folder, by their names.

        Raises OutputError where that cannot be done.
        """
        said: list[SheetSaid] = []
        with private_folder.writing(self.folder.parent):
            for name, pdf in zip(names, shards.pdfs(self._packed(found)), strict=True):
                write_file(folder / name, pdf.data)
                said.append((pdf.pages, pdf.told))
        return said

    def room(self, found: Shard) -> int:
        """Return how many numbers the sheets of a shard take in one file, or more."""
        return shards.room_of(self._packed(found, shards.HEAD))

    def block(self, found: Shard, first: int, before: int, *, last: bool) -> SheetBlock:
        """Return a shard that is there as a part of one file; see `block_of`."""
        made = shards.parts(self._packed(found))
        named = zip([sheet.name for sheet in found.sheets], made, strict=True)
        return block_of(named, first, before, last=last)

    def _packed(self, found: Shard, size: int = -1) -> bytes:
        """Return a shard that is there, or so many bytes of it; raises OutputError without it."""
        with (
            private_folder.writing(self.folder.parent),
            (self.folder / found.key).open("rb") as file,
        ):
            return file.read(size)


@contextmanager
def in_folder(folder: Path) -> Iterator[Unfinished]:
    """Keep shards in a folder of sheets, which is made if need be, and goes again if none is.

    Raises OutputError where nothing can be written, and while another run is at work there.
    """
    with private_folder.writing(folder):
        made = private_folder.open_folder(folder)
        (folder / UNFINISHED).mkdir(exist_ok=True)
    with _alone(folder):
        try:
            yield Unfinished(folder / UNFINISHED)
        finally:
            with suppress(OSError):  # it holds shards, or the sheets are in its place
                (folder / UNFINISHED).rmdir()
                if made:
                    private_folder.remove(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one run at a time keep shards in a folder; raises OutputError while another does."""
    with private_folder.writing(folder):
        lock = os.open(folder / UNFINISHED, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks is no reason to stop
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                text = "sheets are being made here already; wait for them, or name another folder"
                raise OutputError([Problem(str(folder), 0, text)]) from error
        yield
    finally:
        os.close(lock)
