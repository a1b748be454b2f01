"""Letters of a variable font, of which most are empty (`fontTools.varLib.instancer`).

The engine keeps the places of the letters that a document does not show, and then has every one
of them made anew for its weight and size. Of an empty one that does not vary nothing changes. It
copies the whole file of a font for each document that shows it (`Font` of `pdf/fonts.py`). And it
says of lists of letters how long they are, so that each is of another type, which is read anew.
"""

from __future__ import annotations

from typing import Any

from fontTools.varLib import instancer
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz

_MOST = 32
"""Files whose copies are kept; then it begins anew."""

_instantiate = instancer._instantiateGvarGlyph  # noqa: SLF001
_data = fonts.get_hb_object_data
_copies: dict[int, tuple[Any, bytes | None]] = {}
"""The content of a file with what holds it in memory, by its place there."""


def leave_empty_ones() -> None:
    """Make only letters anew in which there is something."""
    instancer._instantiateGvarGlyph = _instantiate_shown  # noqa: SLF001


def _instantiate_shown(name: str, glyf: Any, gvar: Any, *rest: Any, **named: Any) -> None:  # noqa: ANN401
    if glyf[name].numberOfContours or gvar.variations.get(name):
        _instantiate(name, glyf, gvar, *rest, **named)
    else:
        gvar.variations.pop(name, None)


def count_not() -> None:
    """Leave it to the lists how long they are."""
    fonts.ffi = _Lists()


class _Lists:
    """The engine's door to its libraries, with one type for lists of any length."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(ffi, name)

    def new(self, kind: str, *given: Any) -> Any:  # noqa: ANN401
        """Return what is asked for; a list is as long as what is given for it."""
        name, bracket, _ = kind.partition("[")
        return ffi.new(f"{name}[]" if bracket and given else kind, *given)


def copy_once() -> None:
    """Take the copy of a file that was made before."""
    fonts.get_hb_object_data = _data_once


def _data_once(held: Any, *part: Any) -> bytes | None:  # noqa: ANN401
    if part:
        return _data(held, *part)  # type: ignore[no-any-return]
    blob = ffi.gc(harfbuzz.hb_face_reference_blob(held), harfbuzz.hb_blob_destroy)
    place = int(ffi.cast("uintptr_t", blob))
    if place not in _copies:
        if len(_copies) >= _MOST:
            _copies.clear()
        with ffi.new("unsigned int *") as length:
            data = harfbuzz.hb_blob_get_data(blob, length)
            copied = None if data == ffi.NULL else ffi.unpack(data, int(length[0]))
        _copies[place] = blob, copied
    return _copies[place][1]
