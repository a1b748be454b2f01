"""A drawing made into pixels by resvg, with the shipped fonts and nothing from outside."""

from __future__ import annotations

import re

import resvg_py
from lxml import etree

from workshop_builder import resources
from workshop_builder.pictures.svg_allowed import SvgError

_FALLBACK = "Atkinson Hyperlegible"
"""The face of words whose own face is not shipped; the engine of the PDFs takes it too."""


def pixels(drawing: bytes, width: int, background: str | None = None) -> bytes:
    """Return a drawing out of `svg.clean_for_pixels` as a PNG file `width` pixels wide.

    Raises SvgError for a character that no shipped font has, and for what cannot be drawn.
    """
    words = _words(drawing)
    fonts = [str(path) for path in resources.font_files().values()] if words else []
    try:
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
                languages=["en"],
            )
        )
    except ValueError as error:
        raise SvgError(f"the drawing cannot be drawn ({error}); export it as PNG") from error


def check_words(drawing: bytes) -> None:
    """Raise SvgError for a character that no shipped font has."""
    known = resources.font_characters()
    missing = next((sign for sign in _words(drawing) if ord(sign) not in known), "")
    if missing:
        raise SvgError(
            f"has the character '{missing}' (U+{ord(missing):04X}), which is not in the fonts; "
            "turn its text into paths"
        )


def _words(drawing: bytes) -> str:
    """Return the signs that the texts of a drawing show."""
    texts = etree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")
    return re.sub(r"\s", "", "".join("".join(each.itertext()) for each in texts))
