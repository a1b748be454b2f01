"""Drawings that were made before, kept in the user's cache folder.

A drawing is kept under the digest of all that it follows from: the figure, who is drawn, the words
and the program itself. What was cut off or changed on the disk is drawn anew, and the folder may be
deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from workshop_builder import resources
from workshop_builder.figures.describe import describe_pose
from workshop_builder.languages.language import Language
from workshop_builder.model.figure import Figure, Person, PoseFigure

_MOST = 600
"""How many drawings are kept: about 9 MB, and twice what a large workshop has."""
_DIGEST = 64
"""How long a SHA-256 is in hex."""


def drawn(figure: Figure, default: Person, language: Language, *, ink_saver: bool) -> bytes:
    """Return a figure as `draw.draw` does, in no time where it was drawn before."""
    from workshop_builder.figures import draw  # noqa: PLC0415  shapely and all, for a new one only

    if not isinstance(figure, PoseFigure):
        return draw.draw(figure, default, language, ink_saver=ink_saver)
    place = _folder() / _name(figure, default, language, ink_saver=ink_saver)
    data = _read(place)
    if data is None:
        data = draw.draw(figure, default, language, ink_saver=ink_saver)
        with suppress(OSError):
            _write(place, data)
    return data


def _folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    base = Path(home) if home else Path("~/.cache").expanduser()
    return base / "workshop-builder" / "figures"


def _name(figure: PoseFigure, default: Person, language: Language, *, ink_saver: bool) -> str:
    parts = (
        _program(), figure.model_dump_json(), default.model_dump_json(), language.code,
        describe_pose(figure, language), str(ink_saver),
    )  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def _program() -> str:
    """Return the digest of all that draws: the code of the figures, what it is told, the body."""
    own = resources.folder("figures")
    told = [own.parent / "model" / name for name in ("figure.py", "props.py")]
    total = hashlib.sha256()
    for path in sorted([*own.rglob("*.py"), *own.rglob("*.npz"), *told]):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _read(place: Path) -> bytes | None:
    """Return a drawing as it was kept; None where there is none, or not as it was."""
    try:
        data = place.read_bytes()
    except OSError:
        return None
    digest, drawing = data[:_DIGEST], data[_DIGEST:]
    return drawing if hashlib.sha256(drawing).hexdigest().encode() == digest else None


def _write(place: Path, data: bytes) -> None:
    """Keep a drawing, and let go of the oldest where there are too many."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(hashlib.sha256(data).hexdigest().encode() + data)
    Path(file.name).replace(place)
    kept = list(place.parent.iterdir())
    if len(kept) > _MOST:
        for path in sorted(kept, key=lambda each: each.stat().st_mtime)[: len(kept) - _MOST]:
            path.unlink(missing_ok=True)
