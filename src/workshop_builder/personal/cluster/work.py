"""What a worker does: it is asked for its version, takes a kit once, and makes shards."""

from __future__ import annotations

import gc
import hashlib
import pickle
import platform
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.loading.load import from_folder
from workshop_builder.making.pictures import Pictures
from workshop_builder.pdf.native_libraries import versions
from workshop_builder.personal import shards
from workshop_builder.personal.shards import Shard
from workshop_builder.personal.sheet import Kit
from workshop_builder.source import fingerprint
from workshop_builder.source.folder import Folder
from workshop_builder.workers import in_one_line

OTHER, NEW, READY = "other", "new", "ready"
"""What a worker answers: it has another version, or does not know the kit, or can begin."""

Answer: TypeAlias = tuple[bytes, tuple[Problem, ...]]
"""A packed shard, or what is wrong with its sheets."""

_kits: dict[str, Kit] = {}
"""Those of the latest runs, by their keys."""
_MOST = 4
"""How many of them a worker keeps."""
_turn = threading.Lock()
"""The engine does one thing at a time; a worker may have several threads."""


@dataclass(frozen=True, slots=True)
class SentKit:
    """What sheets are made with, as it is sent to workers; nothing of a roster is in it."""

    folder: Folder = field(repr=False)
    pictures: Pictures = field(repr=False)


def packed(kit: SentKit) -> tuple[str, bytes]:
    """Return a kit as it is sent, behind its key, which is its sum."""
    data = pickle.dumps(kit, protocol=5)
    return hashlib.sha256(data).hexdigest(), data


@cache
def program() -> str:
    """Return what the bytes of a sheet follow from beside the kit: the version of everything."""
    return f"{fingerprint.program()} {platform.python_version()} {versions()}"


def greet(expected: str, key: str) -> str:
    """Return whether this worker is of the `expected` version, and whether it has a kit."""
    if program() != expected:
        return OTHER
    return READY if key in _kits else NEW


def learn(key: str, data: bytes) -> str:
    """Take a kit, in place of one of an earlier run."""
    with _turn:
        kit: SentKit = pickle.loads(data)  # noqa: S301  from the client, whose functions are run anyway
        while len(_kits) >= _MOST:
            del _kits[next(iter(_kits))]
        _kits[key] = Kit.of(from_folder(kit.folder), kit.pictures)
    return READY


def make(key: str, shard: Shard) -> Answer:
    """Return a shard, packed, or what is wrong with them; neither without the kit."""
    with _turn:
        if key not in _kits:
            return b"", ()
        try:
            with _uncollected():
                return shards.make(shard, _kits[key]), ()
        except WorkshopError as error:
            return b"", error.problems
        except Exception as error:  # noqa: BLE001  whatever an engine throws becomes one line
            first = shard.sheets[0]
            return b"", (Problem(first.path, first.line, in_one_line(error)),)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let nothing be collected: what is laid out stays to the end, and would only be looked at."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
