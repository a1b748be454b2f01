"""What was made before, kept in the user's cache folder under all that it follows from.

Each file begins with the digest of the rest, is put in its place whole, and is made anew where it
was cut off or changed. The folder may be deleted at any time, and processes may share it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

_LEFT = 0.8
"""The share of the bytes that is left when room is made, so that it is not made each time."""
_UNSEEN = 0.02
"""The share of them that may be kept before this process looks again how many there are."""
_DIGEST = 64
"""How long a SHA-256 is in hex."""


@dataclass(frozen=True, slots=True)
class Store:
    """Things of one kind that are kept."""

    name: str
    """That of their folder."""
    most: int
    """Bytes of all of them; what was not used for longest goes."""

    def kept(self, parts: Sequence[str], make: Callable[[], bytes]) -> bytes:
        """Return what `make` returns, made before or now; it follows from `parts` alone."""
        data = self.found(parts)
        if data is None:
            data = make()
            self.keep(parts, data)
        return data

    def found(self, parts: Sequence[str]) -> bytes | None:
        """Return what is kept under `parts`; None where it must be made."""
        place = self._place(parts)
        return _read(place) if place else None

    def keep(self, parts: Sequence[str], data: bytes) -> None:
        """Keep something under `parts`, where there is a folder for it."""
        if place := self._place(parts):
            with suppress(OSError):
                _write(place, data)
                left = _unseen.get(place.parent, 0) - len(data)
                _unseen[place.parent] = left if left >= 0 else _make_room(place.parent, self.most)

    @property
    def folder(self) -> Path | None:
        """Where they are kept; None for a user without a home."""
        named = Path(os.environ.get("XDG_CACHE_HOME", ""))
        try:
            base = named if named.is_absolute() else Path.home() / ".cache"
        except RuntimeError:
            return None
        return base / "workshop-builder" / self.name

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return sum(size for _, size, _ in _files(self.folder))

    def clear(self) -> None:
        """Let all of it go; raises OSError where the system refuses."""
        for _, _, path in _files(self.folder):
            path.unlink(missing_ok=True)

    def _place(self, parts: Sequence[str]) -> Path | None:
        folder = self.folder
        return folder and folder / hashlib.sha256("\0".join(parts).encode()).hexdigest()


DRAWINGS = Store("figures", 48_000_000)
"""Drawings and films of figures, and drawings as PDFs have them, of some twenty large workshops."""
PRODUCTS = Store("products", 200_000_000)
"""Finished PDFs and e-books, of some twenty large workshops."""
CHAPTERS = Store("chapters", 300_000_000)
"""Chapters of long PDFs, drawn: some ten versions of a book of 400 pages."""
PIECES = Store("pieces", 100_000_000)
"""Small things that take long: texts as they were read, compiled templates, fonts with the letters
of a product alone, the fonts of websites and pictures of their pages."""
HISTORIES = Store("histories", 2_000_000)
"""From what the files of each output folder were made."""
ALL = (DRAWINGS, PRODUCTS, CHAPTERS, PIECES, HISTORIES)
_LET_GO = ("let go",)


def clear(*, but: Sequence[Store] = ()) -> None:
    """Let go of what is kept, but of some stores; raises OSError where the system refuses."""
    for each in ALL:
        if each not in but:
            each.clear()
    HISTORIES.keep(_LET_GO, b"")


def was_let_go() -> bool:
    """Return whether a user has once let go of what was kept."""
    return HISTORIES.found(_LET_GO) is not None


def lines() -> list[str]:
    """Return what is kept, in words: where, and how much of each kind."""
    return [
        f"{store.folder or store.name}: {store.size / 1e6:.1f} MB of at most {store.most / 1e6:.0f}"
        for store in ALL
    ]


def _read(place: Path) -> bytes | None:
    """Return what is kept in a file; None where there is none, or not as this user left it."""
    try:
        if not _is_private(place.parent):
            return None
        whole = place.read_bytes()
        digest, data = whole[:_DIGEST], whole[_DIGEST:]
        if hashlib.sha256(data).hexdigest().encode() != digest:
            return None
        os.utime(place)
    except OSError:
        return None
    return data


def _is_private(folder: Path) -> bool:
    """Return whether nobody but this user can put something into a folder."""
    found = folder.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(place: Path, data: bytes) -> None:
    """Keep something: the whole file, or none."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, delete=False) as file:
        try:
            file.write(hashlib.sha256(data).hexdigest().encode() + data)
            file.flush()
            Path(file.name).replace(place)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


_unseen: dict[Path, float] = {}
"""How many bytes may be kept in a folder before it is looked at again."""


def _make_room(folder: Path, most: int) -> float:
    """Let go of what was not used for longest, where there is too much; return what may be kept.

    That many bytes may be kept before it is asked again.
    """
    found = _files(folder)
    total = sum(size for _, size, _ in found)
    if total <= most:
        return min(most - total, most * _UNSEEN)
    for _, size, path in sorted(found):
        if total <= most * _LEFT:
            break
        path.unlink(missing_ok=True)
        total -= size
    return 0


def _files(folder: Path | None) -> list[tuple[int, int, Path]]:
    """Return when each file of a folder was last used, in nanoseconds, its bytes and its path."""
    if folder is None:
        return []
    try:
        with os.scandir(folder) as entries:
            found = [(entry.stat(follow_symlinks=False), Path(entry.path)) for entry in entries]
    except OSError:
        return []
    return [(info.st_mtime_ns, info.st_size, path) for info, path in found]
