"""A roster in shards: sheets that follow each other, made together and kept as one file.

What a shard becomes follows from its sheets and the workshop alone, so that it is the same in each
byte wherever it is made.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from workshop_builder.errors import WorkshopError
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.pdf.engine import Pdf
from workshop_builder.pdf.parts.pages import room
from workshop_builder.personal.pieces.make import SheetOfParts, SheetPress
from workshop_builder.personal.pieces.whole import make_sheet
from workshop_builder.personal.sheet import Kit
from workshop_builder.workers import InlineWorkers, JobResult, Workers

SIZE = 500
"""Sheets of a shard, unless another size is asked; the last one can have fewer.

What is laid out for so many with choices of their own takes about a gigabyte.
"""
_SUM = 32
"""Bytes of the sum at the beginning of a packed shard."""
_ROOM = 8
"""Bytes of the room that its sheets take in one file, likewise."""
HEAD = _SUM + _ROOM
_SIZE = re.compile(rb"/Size (\d+)")


@dataclass(frozen=True, slots=True)
class Shard:
    """Some sheets of a roster."""

    sheets: tuple[PersonalSheet, ...] = field(repr=False)
    key: str
    """What it becomes follows from: shards with the same are the same."""
    together: bool = False
    """Whether its sheets go into one file."""

    @property
    def name(self) -> str:
        """What it is called while it is made."""
        first, last = self.sheets[0].row, self.sheets[-1].row
        return f"row {first}" if first == last else f"rows {first} to {last}"

    def begins_as(self, other: Shard) -> bool:
        """Return whether what it begins with is the same as of another."""
        own, others = self.sheets, other.sheets
        return len(own) == len(others) == SIZE and own[0].done == others[0].done


def divide(
    sheets: Sequence[PersonalSheet], made_from: str, size: int = SIZE, *, together: bool = False
) -> list[Shard]:
    """Return sheets in shards; `made_from` is the fingerprint of the program and the workshop."""
    parts = (tuple(sheets[start : start + size]) for start in range(0, len(sheets), size))
    return [Shard(part, _key(part, made_from, together), together) for part in parts]


def _key(sheets: Sequence[PersonalSheet], made_from: str, together: bool) -> str:  # noqa: FBT001
    total = hashlib.sha256(f"{made_from} {together}".encode())
    for sheet in sheets:
        said = (sheet.row, sheet.exercises, sheet.student, sheet.left_out)
        total.update(f"{said}\n".encode())
    return total.hexdigest()


class _OneByOne(InlineWorkers):
    """Does each job at once and in this process; what is wrong is told when all are done."""

    def start(self, name: str, function: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401
        try:
            super().start(name, function, *arguments)
        except WorkshopError as error:
            self._done.append(JobResult(name, None, error.problems))


def begin(shard: Shard, kit: Kit) -> SheetPress:
    """Return what makes a shard, and any other that `begins_as` it does.

    Of a full one, which is seldom alone, what its first sheet shares with others is laid out.
    """
    press = SheetPress(kit)
    if len(shard.sheets) == SIZE:
        press.lay_out(shard.sheets[0])
    return press


def make(
    shard: Shard, kit: Kit, workers: Workers | None = None, begun: SheetPress | None = None
) -> bytes:
    """Return the sheets of a shard, packed; `workers` make those that have to be laid out whole.

    It can have been `begun`. Raises BuildError with every sheet that cannot be made.
    """
    workers = workers or _OneByOne(1)
    planned = (begun or begin(shard, kit)).plan_all(shard.sheets)
    for sheet in shard.sheets:
        if sheet.row not in planned:
            workers.start(f"row {sheet.row}", make_sheet, sheet, kit)
    whole = workers.results()
    rows = [sheet.row for sheet in shard.sheets]
    if shard.together:
        return pack_parts([planned[n].parts() if n in planned else whole[f"row {n}"] for n in rows])
    return pack([planned[n].pdf() if n in planned else whole[f"row {n}"] for n in rows])


def pack(pdfs: Sequence[Pdf]) -> bytes:
    """Return PDFs as one: of each what it has not alike with the first, after a sum of all."""
    first = pdfs[0].data
    alike = [0, *(_alike(first, pdf.data) for pdf in pdfs[1:])]
    rests = [pdf.data[same:] for same, pdf in zip(alike, pdfs, strict=True)]
    table = [
        (pdf.pages, same, len(rest), pdf.told)
        for pdf, same, rest in zip(pdfs, alike, rests, strict=True)
    ]
    return _with_sum(b"".join([json.dumps(table).encode(), b"\n", *rests]))


def pack_parts(sheets: Sequence[Pdf | SheetOfParts]) -> bytes:
    """Return sheets that go into one file, packed after a sum of all and the room they take."""
    whole = sum(_room_of(sheet.data) for sheet in sheets if isinstance(sheet, Pdf))
    parts = room((sheet.ground, sheet.layout) for sheet in sheets if not isinstance(sheet, Pdf))
    return _with_sum((whole + parts).to_bytes(_ROOM, "big") + pickle.dumps(sheets, protocol=5))


def _room_of(data: bytes) -> int:
    """Return how many numbers a PDF takes in a file of many, or more: its objects, and as keys."""
    return 3 * max(int(found[1]) for found in _SIZE.finditer(data))


def _with_sum(body: bytes) -> bytes:
    return hashlib.sha256(body).digest() + body


def _alike(one: bytes, other: bytes) -> int:
    """Return how many bytes at the beginning of two are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def is_whole(packed: bytes) -> bool:
    """Return whether a packed shard is as it was packed."""
    return hashlib.sha256(packed[_SUM:]).digest() == packed[:_SUM]


def pdfs(packed: bytes) -> Iterator[Pdf]:
    """Yield the sheets of a packed shard."""
    head = packed.index(b"\n", _SUM)
    start = head + 1
    first = b""
    for pages, same, length, told in json.loads(packed[_SUM:head]):
        data = first[:same] + packed[start : start + length]
        first = first or data
        start += length
        yield Pdf(data, pages, tuple(told))


def room_of(packed: bytes) -> int:
    """Return how many numbers the sheets of a packed shard take in a file, or more."""
    return int.from_bytes(packed[_SUM:HEAD], "big")


def parts(packed: bytes) -> list[Pdf | SheetOfParts]:
    """Return the sheets of a packed shard that go into one file."""
    found: list[Pdf | SheetOfParts] = pickle.loads(packed[HEAD:])  # noqa: S301  our own
    return found
