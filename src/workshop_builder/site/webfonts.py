"""The shipped fonts as the web takes them: without hints, packed as WOFF2.

The text has every character. Titles have those of Latin and the signs beside them, in one weight
for large sizes; any other character is shown in a serif of the reader's own.
"""

from __future__ import annotations

import io
from functools import cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from workshop_builder import resources

NAMES = ("AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold")
_TITLES = "SourceSerif4"
_IN_TITLES = frozenset(
    [*range(0x20, 0x180), *range(0x2010, 0x2027), 0x2030, 0x2032, 0x2033, 0x20AC, 0x2122, 0x2212]
)
"""Latin, and the punctuation and signs of its languages."""
_LOOK = {"wght": 600, "opsz": 32}


@cache
def files() -> dict[str, bytes]:
    """Return the fonts by file name; the same bytes each time, for their dates stay."""
    packed = {f"{name}.woff2": _packed(name) for name in NAMES}
    return packed | {f"{_TITLES}-Titles.woff2": _titles()}


def _packed(name: str) -> bytes:
    """Return a font without the hints that only screens of old need; its licence stays in it."""
    with TTFont(resources.font_files()[f"{name}.ttf"], recalcTimestamp=False) as font:
        return _woff2(_lighter(font, frozenset(font.getBestCmap())))


def _titles() -> bytes:
    """Return the serif of titles, with its axes fixed."""
    with TTFont(resources.font_files()[f"{_TITLES}.ttf"], recalcTimestamp=False) as font:
        for table in ("GSUB", "STAT"):
            del font[table]
        return _woff2(instancer.instantiateVariableFont(_lighter(font, _IN_TITLES), _LOOK))


def _lighter(font: TTFont, characters: frozenset[int]) -> TTFont:
    subsetter = Subsetter(Options(hinting=False, name_IDs=["*"], notdef_outline=True))
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _woff2(font: TTFont) -> bytes:
    packed = io.BytesIO()
    font.flavor = "woff2"
    font.save(packed)
    return packed.getvalue()
