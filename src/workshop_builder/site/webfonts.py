"""The shipped fonts as the web takes them: every character, without hints, packed as WOFF2."""

from __future__ import annotations

import io
from functools import cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from workshop_builder import resources

NAMES = ("AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold")


@cache
def files() -> dict[str, bytes]:
    """Return the fonts by file name; the same bytes each time, for their dates stay."""
    return {f"{name}.woff2": _packed(name) for name in NAMES}


def _packed(name: str) -> bytes:
    """Return a font without the hints that only screens of old need; its licence stays in it."""
    packed = io.BytesIO()
    with TTFont(resources.font_files()[f"{name}.ttf"], recalcTimestamp=False) as font:
        lighter = Subsetter(Options(hinting=False, name_IDs=["*"], notdef_outline=True))
        lighter.populate(unicodes=font.getBestCmap())
        lighter.subset(font)
        font.flavor = "woff2"
        font.save(packed)
    return packed.getvalue()
