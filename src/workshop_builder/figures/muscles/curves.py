"""Smooth lines through points: the outlines of bones, and the fibres of muscles.

A line is written as points with blanks between them, such as `12,30 14,28 20,26!`. It
runs softly through all of them, and turns sharply where a point has an exclamation mark.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from workshop_builder.figures.drawing.svg import Point, number

_KNOT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(!?)")
_REACH = 0.37
"""Length of a handle as a part of the way to the next point; four points then make a circle."""
_STEPS = 6
"""Straight pieces that stand for one piece of a curve where it is measured."""


@dataclass(frozen=True, slots=True)
class Knot:
    """A point that a line runs through."""

    x: float
    y: float
    sharp: bool = False
    """Whether the line turns sharply here."""

    @property
    def at(self) -> Point:
        """Return the point alone."""
        return self.x, self.y


@dataclass(frozen=True, slots=True)
class Move:
    """How a shape is taken to another place: turned and scaled about 0,0, then moved."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    turn: float = 0.0
    """Degrees, clockwise."""
    mirrored: bool = False
    """Whether left and right are exchanged first."""

    def of(self, knot: Knot) -> Knot:
        """Return where a point comes to lie."""
        x, y = (-knot.x if self.mirrored else knot.x) * self.scale, knot.y * self.scale
        cos, sin = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        return Knot(self.x + x * cos - y * sin, self.y + x * sin + y * cos, knot.sharp)


@dataclass(frozen=True, slots=True)
class Line:
    """A soft line through points."""

    knots: tuple[Knot, ...]
    closed: bool = False

    def moved(self, move: Move) -> Line:
        """Return the line in another place."""
        return Line(tuple(move.of(knot) for knot in self.knots), self.closed)

    def pieces(self) -> list[tuple[Point, Point, Point, Point]]:
        """Return cubic pieces: from, two handles, to."""
        knots = [*self.knots, self.knots[0]] if self.closed else list(self.knots)
        slopes = [self._slope(number) for number in range(len(self.knots))]
        ends = [*slopes, slopes[0]]
        return [
            _piece(*pair, ends[index], ends[index + 1])
            for index, pair in enumerate(pairwise(knots))
        ]

    def _slope(self, index: int) -> Point | None:
        """Return the direction of the line at a point; None where it turns sharply or ends."""
        count = len(self.knots)
        at_end = not self.closed and index in {0, count - 1}
        if self.knots[index].sharp or at_end:
            return None
        before, after = (self.knots[(index + step) % count].at for step in (-1, 1))
        span = math.dist(before, after) or 1.0
        return (after[0] - before[0]) / span, (after[1] - before[1]) / span

    def points(self) -> list[Point]:
        """Return points along the line, close enough to measure by."""
        found = [self.knots[0].at]
        for piece in self.pieces():
            found += [_on(piece, step / _STEPS) for step in range(1, _STEPS + 1)]
        return found

    def data(self) -> str:
        """Return the line as path data."""
        x, y = (round(value, 1) for value in self.knots[0].at)
        start, steps = (x, y), []
        for _, *handles, end in self.pieces():
            # Steps count from the rounded point before, so that rounding does not add up.
            steps += [(px - x, py - y) for px, py in (*handles, end)]
            x, y = round(x + round(steps[-1][0], 1), 1), round(y + round(steps[-1][1], 1), 1)
        return f"M{_pairs([start])}c{_pairs(steps)}{'z' if self.closed else ''}"


def _piece(
    start: Knot, end: Knot, first: Point | None, last: Point | None
) -> tuple[Point, Point, Point, Point]:
    (x0, y0), (x1, y1) = start.at, end.at
    reach = math.dist(start.at, end.at) * _REACH
    away = (x0 + first[0] * reach, y0 + first[1] * reach) if first else None
    back = (x1 - last[0] * reach, y1 - last[1] * reach) if last else None
    straight = ((x0 * 2 + x1) / 3, (y0 * 2 + y1) / 3), ((x0 + x1 * 2) / 3, (y0 + y1 * 2) / 3)
    # A free end leans towards the handle of the other end, so that the line keeps its bend.
    if away is None:
        away = _half(start.at, back) if back else straight[0]
    if back is None:
        back = _half(end.at, away) if first else straight[1]
    return start.at, away, back, end.at


def _half(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _on(piece: tuple[Point, Point, Point, Point], part: float) -> Point:
    rest = 1 - part
    weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    return (
        sum(weight * point[0] for weight, point in zip(weights, piece, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, piece, strict=True)),
    )


def _pairs(points: Sequence[Point]) -> str:
    """Return numbers as short as path data allows: `-` and `.` need no blank before them."""
    text = ""
    for value in (_short(side) for point in points for side in point):
        begins_anew = value.startswith("-") or (value.startswith(".") and "." in text[-2:])
        text += value if not text or begins_anew else f" {value}"
    return text


def _short(value: float) -> str:
    """Return a number without the nought before its decimal point."""
    text = number(value)
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def line(text: str, *, closed: bool = False) -> Line:
    """Read a line; a ValueError names what is no point."""
    found = [(_KNOT.fullmatch(word), word) for word in text.split()]
    wrong = [word for match, word in found if match is None]
    if wrong or len(found) < 2:
        raise ValueError(
            f"'{' '.join(wrong) or text}' is not a line; write points like 12,30 14,28"
        )
    knots = (Knot(float(match[1]), float(match[2]), bool(match[3])) for match, _ in found if match)
    return Line(tuple(knots), closed)


def through(points: Sequence[Point], *, closed: bool = False) -> Line:
    """Return the soft line through `points`."""
    return Line(tuple(Knot(x, y) for x, y in points), closed)


def evenly(points: Sequence[Point], count: int) -> list[Point]:
    """Return `count` points along straight pieces, equally far apart, both ends counted in."""
    lengths = list(accumulate((math.dist(a, b) for a, b in pairwise(points)), initial=0.0))
    found, index = [], 0
    for step in range(count):
        wanted = lengths[-1] * step / (count - 1)
        while index < len(points) - 2 and lengths[index + 1] < wanted:
            index += 1
        part = (wanted - lengths[index]) / ((lengths[index + 1] - lengths[index]) or 1.0)
        found.append(between(points[index], points[index + 1], part))
    return found


def between(a: Point, b: Point, part: float) -> Point:
    """Return the point `part` of the way from `a` to `b`."""
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
