"""Smooth curves through points: the outlines of bones, and the fibres of muscles.

A spline is written as its points, such as `12,30 14,28 20,26!`. It runs smoothly through all of
them, but for a corner where a point has an exclamation mark.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias

from workshop_builder.figures.drawing.svg import Point

_KNOT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(!?)")
_HANDLE = 0.37
"""The length of a handle, as a share of the way to the next point; four points make a circle."""
FINE = 4
"""The steps of path data in a unit: on paper a twentieth of a millimetre."""
_STEPS = 6
"""The straight pieces by which one piece of a spline is measured."""
_Bezier: TypeAlias = tuple[Point, Point, Point, Point]
"""A cubic curve: its start, its two handles, its end."""


@dataclass(frozen=True, slots=True)
class Knot:
    """A point that a spline runs through."""

    x: float
    y: float
    sharp: bool = False
    """Whether the spline has a corner here."""

    @property
    def at(self) -> Point:
        """The point alone."""
        return self.x, self.y


@dataclass(frozen=True, slots=True)
class Transform:
    """How a shape is placed: mirrored, scaled and turned about 0,0, then moved by x and y."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    turn: float = 0.0
    """Degrees, clockwise."""
    mirrored: bool = False
    """Whether left and right are exchanged."""

    def apply(self, knot: Knot) -> Knot:
        """Return where a point is placed."""
        x, y = (-knot.x if self.mirrored else knot.x) * self.scale, knot.y * self.scale
        cos, sin = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        return Knot(self.x + x * cos - y * sin, self.y + x * sin + y * cos, knot.sharp)


@dataclass(frozen=True, slots=True)
class Spline:
    """A smooth curve through points."""

    knots: tuple[Knot, ...]
    closed: bool = False

    def moved(self, transform: Transform) -> Spline:
        """Return the spline in another place."""
        return Spline(tuple(transform.apply(knot) for knot in self.knots), self.closed)

    def pieces(self) -> list[_Bezier]:
        """Return the cubic curves from each knot to the next."""
        knots = [*self.knots, self.knots[0]] if self.closed else list(self.knots)
        slopes = [self._slope(number) for number in range(len(self.knots))]
        ends = [*slopes, slopes[0]]
        return [
            _piece(*pair, ends[index], ends[index + 1])
            for index, pair in enumerate(pairwise(knots))
        ]

    def _slope(self, index: int) -> Point | None:
        """Return the direction of the spline at a knot; None at a corner and at an end."""
        count = len(self.knots)
        at_end = not self.closed and index in {0, count - 1}
        if self.knots[index].sharp or at_end:
            return None
        before, after = (self.knots[(index + step) % count].at for step in (-1, 1))
        span = math.dist(before, after) or 1.0
        return (after[0] - before[0]) / span, (after[1] - before[1]) / span

    def points(self) -> list[Point]:
        """Return points along the spline, close enough to measure by."""
        found = [self.knots[0].at]
        for piece in self.pieces():
            found += [_on(piece, step / _STEPS) for step in range(1, _STEPS + 1)]
        return found

    def data(self) -> str:
        """Return the spline as SVG path data, in whole steps of which `FINE` make a unit."""
        ends = [_fine(knot.at) for knot in self.knots]
        at, found, command = ends[0], [f"M{_pairs(ends[:1])}"], "M"
        for piece in self.pieces():
            points = [_fine(point) for point in piece[1:]]
            steps = [(x - at[0], y - at[1]) for x, y in points]
            straight = _is_straight(piece)
            text = _pairs(steps[-1:] if straight else steps)
            joint = "" if text.startswith("-") else " "
            now = "l" if straight else "c"
            found.append(joint + text if now == command else now + text)
            at, command = points[-1], now
        return "".join(found) + ("z" if self.closed else "")


def _fine(point: Point) -> tuple[int, int]:
    x, y = point
    return round(x * FINE), round(y * FINE)


def _is_straight(piece: _Bezier) -> bool:
    """Return whether both handles of a curve lie on the line between its ends."""
    (x0, y0), *handles, (x1, y1) = piece
    return all(abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) < 1e-6 for x, y in handles)


def _piece(start: Knot, end: Knot, first: Point | None, last: Point | None) -> _Bezier:
    """Return the curve between two knots, given the directions there."""
    (x0, y0), (x1, y1) = start.at, end.at
    length = math.dist(start.at, end.at) * _HANDLE
    away = (x0 + first[0] * length, y0 + first[1] * length) if first else None
    back = (x1 - last[0] * length, y1 - last[1] * length) if last else None
    straight = ((x0 * 2 + x1) / 3, (y0 * 2 + y1) / 3), ((x0 + x1 * 2) / 3, (y0 + y1 * 2) / 3)
    # A free end leans towards the handle of the other end, so that the curve keeps its bend.
    if away is None:
        away = _half(start.at, back) if back else straight[0]
    if back is None:
        back = _half(end.at, away) if first else straight[1]
    return start.at, away, back, end.at


def _half(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _on(piece: _Bezier, share: float) -> Point:
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    return (
        sum(weight * point[0] for weight, point in zip(weights, piece, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, piece, strict=True)),
    )


def _pairs(points: Sequence[tuple[int, int]]) -> str:
    """Return points as short as path data allows: `-` needs no blank before it."""
    values = [value for point in points for value in point]
    return "".join(f" {n}" if at and n >= 0 else f"{n}" for at, n in enumerate(values))


def parse_spline(text: str, *, closed: bool = False) -> Spline:
    """Return the spline that `text` describes; raises ValueError where it is none."""
    found = [(_KNOT.fullmatch(word), word) for word in text.split()]
    wrong = [word for match, word in found if match is None]
    if wrong or len(found) < 2:
        raise ValueError(
            f"'{' '.join(wrong) or text}' is not a line; write points like 12,30 14,28"
        )
    knots = (Knot(float(match[1]), float(match[2]), bool(match[3])) for match, _ in found if match)
    return Spline(tuple(knots), closed)


def spline_through(points: Sequence[Point], *, closed: bool = False) -> Spline:
    """Return the spline through `points`, without corners."""
    return Spline(tuple(Knot(x, y) for x, y in points), closed)


def evenly_spaced(points: Sequence[Point], count: int) -> list[Point]:
    """Return `count` points at equal distances along straight pieces, both ends among them."""
    lengths = list(accumulate((math.dist(a, b) for a, b in pairwise(points)), initial=0.0))
    found, index = [], 0
    for step in range(count):
        wanted = lengths[-1] * step / (count - 1)
        while index < len(points) - 2 and lengths[index + 1] < wanted:
            index += 1
        share = (wanted - lengths[index]) / ((lengths[index + 1] - lengths[index]) or 1.0)
        found.append(interpolate(points[index], points[index + 1], share))
    return found


def interpolate(a: Point, b: Point, share: float) -> Point:
    """Return the point between `a` and `b` after a share of the way: 0 gives `a`, 1 gives `b`."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
