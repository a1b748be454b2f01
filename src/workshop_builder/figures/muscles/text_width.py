"""The text of labels: how wide it is set, and where its lines break."""

from __future__ import annotations

from functools import cache

from fontTools.ttLib import TTFont

from workshop_builder import resources

FAMILY = "Atkinson Hyperlegible, sans-serif"
SIZE = 16
"""The size of all text, in units of the drawing: 8.5 pt in a picture printed 90 mm wide."""
LEADING = 18.5
"""From one line to the next."""
SOFT_HYPHEN = "\u00ad"
_SPARE = 1.05
"""How much wider than ours the text is taken to be, for a reader with another font."""


@cache
def _widths(name: str) -> tuple[dict[int, float], float]:
    """Return the width of each character of a shipped font, and of one that it lacks, in ems."""
    with TTFont(resources.font_files()[name], lazy=True) as font:
        advance, em = font["hmtx"].metrics, font["head"].unitsPerEm
        known = {sign: advance[glyph][0] / em for sign, glyph in font.getBestCmap().items()}
    return known, 1.0


def width(text: str, *, strong: bool = False) -> float:
    """Return the width of a line of text in units of the drawing; `strong` text is bold."""
    known, other = _widths(f"AtkinsonHyperlegible-{'Bold' if strong else 'Regular'}.ttf")
    return SIZE * sum(known.get(ord(sign), other) for sign in text)


def wrapped(text: str, room: float, *, strong: bool = False) -> list[str]:
    """Return `text` in lines that are at most `room` wide; a longer word has a line of its own.

    A line may break at a blank, and at a soft hyphen, which then becomes a hyphen.
    """
    lines = [""]
    for word in text.split(" "):
        pieces = word.split(SOFT_HYPHEN)
        for number, piece in enumerate(pieces):
            joined = lines[-1] + (" " if lines[-1] and not number else "") + piece
            hyphen = "-" if number + 1 < len(pieces) else ""
            if not lines[-1] or width(joined + hyphen, strong=strong) * _SPARE <= room:
                lines[-1] = joined
            else:
                lines[-1] += "-" if number else ""
                lines.append(piece)
    return lines
