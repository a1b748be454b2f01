"""Drawings that were made before, kept in the user's cache folder.

A drawing is kept under the digest of all that it follows from: the figure, who is drawn, the words
and the program itself. Each file begins with the digest of the rest, is put in its place whole, and
is made anew where it was cut off or changed. The folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from workshop_builder import resources
from workshop_builder.languages.language import Language
from workshop_builder.model.figure import Figure, Person, PoseFigure

_MOST = 48_000_000
"""Bytes of all that is kept: the drawings and films of some twenty large workshops."""
_LEFT = 0.8
"""The share of them that is left when room is made, so that it is not made each time."""
_DIGEST = 64
"""How long a SHA-256 is in hex."""


def drawn(figure: Figure, default: Person, language: Language, *, ink_saver: bool) -> bytes:
    """Return a figure as `draw.draw` does, in no time where it was drawn before.

    It is drawn in colour and to save ink at once, since most that ask for one will want the other.
    """
    from workshop_builder.figures import draw  # noqa: PLC0415  shapely and all, for a new one only

    if not isinstance(figure, PoseFigure):
        return draw.draw(figure, default, language, ink_saver=ink_saver)
    parts = figure.model_dump_json(), default.model_dump_json(), language.code, _words(language)
    data = found((*parts, str(ink_saver)))
    if data is not None:
        return data
    both = draw.draw_both(figure, default, language)
    for inky, made in zip((False, True), both, strict=True):
        _keep((*parts, str(inky)), made)
    return both[ink_saver]


@cache
def _words(language: Language) -> str:
    """Return all from which a figure is described."""
    return json.dumps([language.figures, language.writing.semicolon])


def kept(parts: tuple[str, ...], make: Callable[[], bytes]) -> bytes:
    """Return what `make` returns, made before or now; it follows from `parts` and the program."""
    data = found(parts)
    if data is None:
        data = make()
        _keep(parts, data)
    return data


def found(parts: tuple[str, ...]) -> bytes | None:
    """Return what is kept under `parts`; None where it must be made."""
    place = _place(parts)
    return _read(place) if place else None


def _keep(parts: tuple[str, ...], data: bytes) -> None:
    place = _place(parts)
    if place:
        with suppress(OSError):
            _write(place, data)
            _make_room(place.parent)


def _place(parts: tuple[str, ...]) -> Path | None:
    folder = _folder()
    return folder and folder / hashlib.sha256("\0".join((_program(), *parts)).encode()).hexdigest()


def _folder() -> Path | None:
    """Return where drawings are kept; None for a user without a home."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        base = named if named.is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return None
    return base / "workshop-builder" / "figures"


@cache
def _program() -> str:
    """Return the digest of all that draws: the code of the figures, what it is told, the body."""
    own = resources.folder("figures")
    told = [own.parent / "model" / name for name in ("figure.py", "posture.py", "props.py")]
    total = hashlib.sha256()
    for path in sorted([*own.rglob("*.py"), *own.rglob("*.npz"), *told]):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _read(place: Path) -> bytes | None:
    """Return what is kept in a file; None where there is none, or not as it was."""
    try:
        whole = place.read_bytes()
        digest, data = whole[:_DIGEST], whole[_DIGEST:]
        if hashlib.sha256(data).hexdigest().encode() != digest:
            return None
        os.utime(place)
    except OSError:
        return None
    return data


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


def _make_room(folder: Path) -> None:
    """Let go of what was not used for longest, where there is too much."""
    with os.scandir(folder) as entries:
        found = [(info.st_mtime_ns, info.st_size, name) for name, info in map(_entry, entries)]
    total = sum(size for _, size, _ in found)
    if total <= _MOST:
        return
    for _, size, name in sorted(found):
        if total <= _MOST * _LEFT:
            break
        (folder / name).unlink(missing_ok=True)
        total -= size


def _entry(entry: os.DirEntry[str]) -> tuple[str, os.stat_result]:
    return entry.name, entry.stat(follow_symlinks=False)
