"""The serif of titles as a small font: Latin in one weight, for the website and the e-book."""

from __future__ import annotations

import io
from functools import cache
from importlib.metadata import version

from workshop_builder import resources
from workshop_builder.figures import kept

NAME = "SourceSerif4-Titles"
_SOURCE = "SourceSerif4.ttf"
_IN_TITLES = frozenset(
    [*range(0x20, 0x180), *range(0x2010, 0x2027), 0x2030, 0x2032, 0x2033, 0x20AC, 0x2122, 0x2212]
)
"""Latin, and the punctuation and signs of its languages; others have a serif of the reader's."""
_LOOK = {"wght": 600, "opsz": 32}


@cache
def title_font() -> bytes:
    """Return the font as TrueType; it is kept, for it takes some seconds to make."""
    parts = "font of titles", version("fonttools"), version("fontpkg-source-serif-4")
    return kept.kept((*parts, repr(sorted(_LOOK.items()))), _made)


def _made() -> bytes:
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415  for a new one only
    from fontTools.ttLib import TTFont  # noqa: PLC0415  likewise
    from fontTools.varLib import instancer  # noqa: PLC0415  likewise

    with TTFont(resources.font_files()[_SOURCE], recalcTimestamp=False) as font:
        for table in ("GSUB", "STAT"):
            del font[table]
        subsetter = Subsetter(Options(hinting=False, name_IDs=["*"], notdef_outline=True))
        subsetter.populate(unicodes=_IN_TITLES)
        subsetter.subset(font)
        packed = io.BytesIO()
        instancer.instantiateVariableFont(font, _LOOK).save(packed)
    return packed.getvalue()
