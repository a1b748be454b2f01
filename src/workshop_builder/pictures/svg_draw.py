"""A drawing made into pixels by resvg, with the shipped fonts and nothing from outside."""

from __future__ import annotations

import os
import re
import resource
import signal
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import NoReturn

import resvg_py
from lxml import etree
from PIL import Image

from workshop_builder import resources
from workshop_builder.errors import refused_by_system
from workshop_builder.output.store import DRAWINGS
from workshop_builder.pictures.prepare import is_drawing
from workshop_builder.pictures.svg_allowed import SvgError
from workshop_builder.source import fingerprint

_FALLBACK = "Atkinson Hyperlegible"
"""The face of words whose own face is not shipped; the engine of the PDFs takes it too."""


MOST_SECONDS = 5
"""Of a processor, for one drawing; a filter of a few characters can take hours."""
_TOO_LONG = (
    f"takes more than {MOST_SECONDS} s to draw, mostly for its filters; "
    "make them smaller, or export the drawing as PNG"
)
_CRASHED = "cannot be drawn: what draws it crashed; export it as PNG"
_LOOKED_AT = 320
"""Pixels: how wide a drawing is made to see where it shows something."""
_ROOM = 0.012
"""The share of its width that is left on each side of what a close-up shows."""


@lru_cache(maxsize=64)
def close_up(picture: bytes) -> bytes:
    """Return a clean drawing without the empty room around what it shows.

    A picture of pixels comes back as it is, and so does a drawing that shows nothing.
    """
    if not is_drawing(picture):
        return picture
    parts = "close", fingerprint.program(), sha256(picture).hexdigest()
    return DRAWINGS.kept(parts, lambda: _close_up(picture))


def _close_up(picture: bytes) -> bytes:
    with Image.open(BytesIO(pixels(picture, _LOOKED_AT))) as seen:
        ink = seen.getchannel("A").getbbox() if "A" in seen.getbands() else None
        wide, high = seen.size
    if ink is None:
        return picture
    root = etree.fromstring(picture)
    left, top, width, _ = map(float, root.get("viewBox", "").split())
    unit, room = width / wide, width * _ROOM
    near = [max(edge * unit - room, 0) for edge in ink[:2]]
    far = [
        min(edge * unit + room, most * unit)
        for edge, most in zip(ink[2:], (wide, high), strict=True)
    ]
    size = [f"{b - a:.1f}" for a, b in zip(near, far, strict=True)]
    root.set("viewBox", f"{left + near[0]:.1f} {top + near[1]:.1f} {' '.join(size)}")
    for name, length in zip(("width", "height"), size, strict=True):
        root.set(name, length)
    return bytes(etree.tostring(root))


def pixels(drawing: bytes, width: int, background: str | None = None) -> bytes:
    """Return a drawing out of `svg.clean_for_pixels` as a PNG file `width` pixels wide.

    Raises SvgError for what cannot be drawn, or not in `MOST_SECONDS`.
    """
    try:
        return _in_time(lambda: _drawn(drawing, width, background))
    except ValueError as error:
        raise SvgError(f"the drawing cannot be drawn ({error}); export it as PNG") from error


def _drawn(drawing: bytes, width: int, background: str | None) -> bytes:
    words = _words(drawing)
    fonts = [str(path) for path in resources.font_files().values()] if words else []
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing.decode(),
            width=width,
            background=background,
            dpi=96,
            skip_system_fonts=True,
            font_files=fonts,
            font_family=_FALLBACK,
            serif_family=_FALLBACK,
            sans_serif_family=_FALLBACK,
            cursive_family=_FALLBACK,
            fantasy_family=_FALLBACK,
            monospace_family=_FALLBACK,
        )
    )


def _in_time(draw: Callable[[], bytes]) -> bytes:
    """Return what `draw` returns, in a process of its own, for nothing else can end a drawing.

    Raises ValueError where `draw` does, and SvgError where it crashes or takes too long.
    """
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError as error:
        os.close(reading)
        os.close(writing)
        raise SvgError(refused_by_system(error) or "cannot be drawn now; try again") from error
    if child == 0:
        _answer(writing, draw)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        over = os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL}
        raise SvgError(_TOO_LONG if over else _CRASHED)
    if status:
        raise ValueError(said.decode())
    return said


def _answer(writing: int, draw: Callable[[], bytes]) -> NoReturn:
    """Write what `draw` returns, or the words of its error, and end this process."""
    failed = 1
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
        with os.fdopen(writing, "wb") as answer:
            try:
                said, failed = draw(), 0
            except ValueError as error:
                said = str(error).encode()
            answer.write(said)
    finally:
        os._exit(failed)


def check_words(drawing: bytes) -> None:
    """Raise SvgError for a character that no shipped font has."""
    words = _words(drawing)
    known = resources.font_characters() if words else frozenset()
    missing = next((sign for sign in words if ord(sign) not in known), "")
    if missing:
        raise SvgError(
            f"has the character '{missing}' (U+{ord(missing):04X}), which is not in the fonts; "
            "turn its text into paths"
        )


def _words(drawing: bytes) -> str:
    """Return the signs that the texts of a drawing show."""
    texts = etree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")
    return re.sub(r"\s", "", "".join("".join(each.itertext()) for each in texts))
