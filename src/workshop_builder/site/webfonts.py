"""The fonts as the web takes them: what a website needs of them, packed as WOFF2."""

from __future__ import annotations

import io
from functools import cache, partial

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from workshop_builder import resources
from workshop_builder.output.store import PIECES
from workshop_builder.pages import title_font
from workshop_builder.source import fingerprint

NAMES = ("AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold")


_TYPED = frozenset(map(chr, range(0x20, 0x7F)))
"""What a visitor may type besides."""


@cache
def files(characters: frozenset[str]) -> dict[str, bytes]:
    """Return the fonts by file name, with these characters and what a visitor may type.

    They are the same bytes each time, for their dates stay.
    """
    fonts: dict[str, str | io.BytesIO] = {
        name: str(resources.font_files()[f"{name}.ttf"]) for name in NAMES
    }
    fonts[title_font.NAME] = io.BytesIO(title_font.title_font())
    needed = "".join(sorted(characters | _TYPED))
    return {
        f"{name}.woff2": PIECES.kept(
            ("font", fingerprint.program(), name, needed), partial(_packed, font, needed)
        )
        for name, font in fonts.items()
    }


def _packed(source: str | io.BytesIO, characters: str) -> bytes:
    """Return a font without the hints that only screens of old need; its licence stays in it."""
    packed = io.BytesIO()
    with TTFont(source, recalcTimestamp=False) as font:
        lighter = Subsetter(Options(hinting=False, name_IDs=["*"], notdef_outline=True))
        lighter.populate(text=characters)
        lighter.subset(font)
        font.flavor = "woff2"
        font.save(packed)
    return packed.getvalue()
