"""The fonts as the web takes them: without hints, packed as WOFF2."""

from __future__ import annotations

import io
from functools import cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from workshop_builder import resources
from workshop_builder.pages import title_font

NAMES = ("AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold")


@cache
def files() -> dict[str, bytes]:
    """Return the fonts by file name; the same bytes each time, for their dates stay."""
    packed = {f"{name}.woff2": _packed(name) for name in NAMES}
    with TTFont(io.BytesIO(title_font.title_font()), recalcTimestamp=False) as font:
        return packed | {f"{title_font.NAME}.woff2": _woff2(font)}


def _packed(name: str) -> bytes:
    """Return a font without the hints that only screens of old need; its licence stays in it."""
    with TTFont(resources.font_files()[f"{name}.ttf"], recalcTimestamp=False) as font:
        lighter = Subsetter(Options(hinting=False, name_IDs=["*"], notdef_outline=True))
        lighter.populate(unicodes=font.getBestCmap())
        lighter.subset(font)
        return _woff2(font)


def _woff2(font: TTFont) -> bytes:
    packed = io.BytesIO()
    font.flavor = "woff2"
    font.save(packed)
    return packed.getvalue()
