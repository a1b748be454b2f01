"""The words of labels: how wide they are set, where lines break, and their letters as outlines.

Letters are drawn, so that every reader shows the same, whatever fonts it has.
"""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, groupby

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from workshop_builder import resources
from workshop_builder.figures.drawing import svg
from workshop_builder.figures.drawing.svg import Point

SIZE = 20.5
"""The size of all words, in units of the drawing: 9 pt in a picture printed 78 mm wide."""
LEADING = 23.5
"""From one line to the next."""
_FINE = 5
"""The steps of path data in a unit."""
SOFT_HYPHEN = "\u00ad"


@cache
def _font(*, strong: bool) -> TTFont:
    name = f"AtkinsonHyperlegible-{'Bold' if strong else 'Regular'}.ttf"
    return TTFont(resources.font_files()[name])


@cache
def _face(*, strong: bool) -> dict[int, float]:
    """Return the width of each character of a shipped font, in ems."""
    font = _font(strong=strong)
    advance, em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {sign: advance[glyph][0] / em for sign, glyph in font.getBestCmap().items()}


def width(text: str, *, strong: bool = False) -> float:
    """Return the width of a line of text in units of the drawing; `strong` text is bold."""
    widths = _face(strong=strong)
    return SIZE * sum(widths.get(ord(sign), 1.0) for sign in text)


def wrapped(text: str, room: float, *, strong: bool = False) -> list[str]:
    """Return `text` in lines that are at most `room` wide; a longer word has a line of its own.

    A line may break at a blank, and at a soft hyphen, which then becomes a hyphen.
    """
    lines = [""]
    for word in text.split(" "):
        pieces = word.split(SOFT_HYPHEN)
        for at, piece in enumerate(pieces):
            joined = lines[-1] + (" " if lines[-1] and not at else "") + piece
            hyphen = "-" if at + 1 < len(pieces) else ""
            if not lines[-1] or width(joined + hyphen, strong=strong) <= room:
                lines[-1] = joined
            else:
                lines[-1] += "-" if at else ""
                lines.append(piece)
    return lines


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in its place."""

    sign: str
    strong: bool
    """Whether it is bold."""
    at: Point
    """Where its baseline begins."""


def letters(text: str, place: Point, *, strong: bool = False) -> Iterator[Letter]:
    """Yield the letters of a line that have a shape; `place` is where its baseline begins."""
    widths, (x, y) = _face(strong=strong), place
    for sign in text:
        if not sign.isspace():
            yield Letter(sign, strong, (x, y))
        x += SIZE * widths.get(ord(sign), 1.0)


def draw_letters(placed: Sequence[Letter], colour: str) -> str:
    """Return letters as SVG: the outline of each kind once, and each line alike once."""
    kinds = sorted({(each.strong, each.sign) for each in placed})
    names = _names()
    named = dict(zip(kinds, names, strict=False))
    outlines = (svg.path(_outline(sign, strong=strong), id=named[strong, sign])
                for strong, sign in kinds)  # fmt: skip
    lines = [
        _LetterRow(*_steps(line[0].at), tuple(
            (named[each.strong, each.sign], round((each.at[0] - line[0].at[0]) * _FINE))
            for each in line
        ))
        for line in (list(group) for _, group in groupby(placed, lambda each: each.at[1]))
    ]  # fmt: skip
    inside = f"<defs>{''.join(outlines)}</defs>{''.join(_drawn(lines, names))}" if placed else ""
    return svg.group([inside], **svg.XLINK, transform=f"scale({1 / _FINE})", fill=colour)


@dataclass(frozen=True, slots=True)
class _LetterRow:
    """A line of letters, in whole steps."""

    x: int
    y: int
    """Where it begins."""
    letters: tuple[tuple[str, int], ...]
    """The name of each, and how far from there it is."""


def _drawn(lines: Sequence[_LetterRow], names: Iterator[str]) -> Iterator[str]:
    """Yield lines as SVG; one that came before is shown anew."""
    often = Counter(line.letters for line in lines)
    known: dict[tuple[tuple[str, int], ...], str] = {}
    for line in lines:
        place = f"translate({line.x} {line.y})"
        if line.letters in known:
            yield svg.group([svg.use(known[line.letters])], transform=place)
            continue
        seen = "".join(svg.use(name, x=str(x) if x else None) for name, x in line.letters)
        if often[line.letters] > 1:
            known[line.letters] = next(names)
            seen = svg.group([seen], id=known[line.letters])
        yield svg.group([seen], transform=place)


def _steps(point: Point) -> tuple[int, int]:
    return round(point[0] * _FINE), round(point[1] * _FINE)


def _names() -> Iterator[str]:
    """Yield short names without end."""
    return (f"{letter}{number or ''}" for number in count() for letter in string.ascii_letters)


@cache
def _outline(sign: str, *, strong: bool) -> str:
    """Return the outline of a letter as path data in whole steps."""
    font = _font(strong=strong)
    pen = _StepsPen(font)
    font.getGlyphSet()[font.getBestCmap().get(ord(sign), ".notdef")].draw(pen)
    return pen.data()


class _StepsPen(BasePen):
    """Writes an outline of a glyph as path data in whole steps."""

    def __init__(self, font: TTFont) -> None:
        super().__init__(font.getGlyphSet())
        self._scale = SIZE * _FINE / font["head"].unitsPerEm
        self._at = self._bend = (0, 0)
        self._steps: list[str] = []
        self._command = ""

    def data(self) -> str:
        """Return what was written."""
        return "".join(self._steps)

    def _steps_of(self, point: Point) -> tuple[int, int]:
        return round(point[0] * self._scale), round(-point[1] * self._scale)

    def _write(self, command: str, steps: Sequence[int]) -> None:
        text = "".join(f" {n}" if at and n >= 0 else f"{n}" for at, n in enumerate(steps))
        joint = " " if command == self._command and text[0] != "-" else ""
        self._steps.append(joint + text if command == self._command else command + text)
        self._command = command

    def _moveTo(self, pt: Point) -> None:  # noqa: N802  the name that a pen has
        self._at = self._bend = self._steps_of(pt)
        self._write("M", self._at)

    def _lineTo(self, pt: Point) -> None:  # noqa: N802  the name that a pen has
        (x, y), (old_x, old_y) = self._steps_of(pt), self._at
        self._at = self._bend = (x, y)
        if x == old_x or y == old_y:
            self._write("v" if x == old_x else "h", [y - old_y if x == old_x else x - old_x])
        else:
            self._write("l", [x - old_x, y - old_y])

    def _qCurveToOne(self, pt1: Point, pt2: Point) -> None:  # noqa: N802  likewise
        (x, y), bend, end = self._at, self._steps_of(pt1), self._steps_of(pt2)
        ahead = (2 * x - self._bend[0], 2 * y - self._bend[1])
        self._at = end
        if max(abs(ahead[0] - bend[0]), abs(ahead[1] - bend[1])) <= 2 and self._command in "qt":
            # The bend goes on as it was: it need not be told.
            self._bend = ahead
            self._write("t", [end[0] - x, end[1] - y])
        else:
            self._bend = bend
            self._write("q", [bend[0] - x, bend[1] - y, end[0] - x, end[1] - y])

    def _closePath(self) -> None:  # noqa: N802  the name that a pen has
        self._steps.append("z")
        self._command = "z"
