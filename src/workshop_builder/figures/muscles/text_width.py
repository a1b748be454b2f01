"""The words of a muscle picture: how wide they are, and where a line of them breaks."""

from __future__ import annotations

from functools import cache

from fontTools.ttLib import TTFont

from workshop_builder import resources

FAMILY = "Atkinson Hyperlegible, sans-serif"
SIZE = 16
"""Of all words, in units of the drawing; 8.5 pt where a picture is printed 90 mm wide."""
LEADING = 18.5
"""From one line to the next."""
SOFT_HYPHEN = "\u00ad"
_SPARE = 1.05
"""How much wider than ours a reader's own font may be."""


@cache
def _widths(name: str) -> tuple[dict[int, float], float]:
    """Return the width of each character of a shipped font, and that of one it lacks, in ems."""
    with TTFont(resources.font_files()[name], lazy=True) as font:
        advance, em = font["hmtx"].metrics, font["head"].unitsPerEm
        known = {sign: advance[glyph][0] / em for sign, glyph in font.getBestCmap().items()}
    return known, 1.0


def width(text: str, *, strong: bool = False) -> float:
    """Return how wide a line of text is set, in units of the drawing."""
    known, other = _widths(f"AtkinsonHyperlegible-{'Bold' if strong else 'Regular'}.ttf")
    return SIZE * sum(known.get(ord(sign), other) for sign in text)


def wrapped(text: str, room: float, *, strong: bool = False) -> list[str]:
    """Return the lines of `text` that fit into `room`; a word that is too long has its own.

    A line may break at a blank, and at a soft hyphen, which then shows as a hyphen.
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
