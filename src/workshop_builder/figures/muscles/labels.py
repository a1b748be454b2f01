"""The labels of a muscle picture, beside what they name, and the leaders that lead there.

Labels are left or right of the bones, above or below, and grow away from them: their leaders
begin at the edge that stays in place. Lengths are units of the drawing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from workshop_builder.figures.drawing import svg
from workshop_builder.figures.drawing.palette import INK
from workshop_builder.figures.drawing.svg import Point
from workshop_builder.figures.muscles.lettering import (
    LEADING,
    SIZE,
    Letter,
    draw_letters,
    letters,
    width,
    wrapped,
)
from workshop_builder.figures.muscles.plates import Landmark

_GAP = 5.0
"""Between a label and its leader, and between one label and the next."""
_EDGE = 4.0
"""Between a label and the edge of the picture, above and below."""
_CAP = 0.334
"""Half the height of a capital letter of the shipped font, in ems."""
_HALO = "#fff"
_LEADER_WIDTH, _HALO_WIDTH, _DOT_RADIUS, _DOT_HALO = 1.4, 4.4, 3.3, 1.3
_GROUND_HALF_HEIGHT, _GROUND_MARGIN = 9.5, 2.0
"""What is painted behind a line of text on a bone: half its height, and how far it goes beyond."""
_SHAFT_HALF_WIDTH, _POINT_HALF_WIDTH, _POINT_LENGTH = 5.5, 14, 24
"""The sizes of an arrow."""
_BESIDE = ("left", "right")
_BEFORE = {"left": 1.0, "right": 0.0}
"""The share of a line that is left of where its label stays in place, by the side; else half."""

LabelBox: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its place."""

    name: str
    """What it names, as the file calls it."""
    lines: tuple[str, ...]
    mark: Landmark
    shift: float
    """The x at which the step begins that it belongs to."""
    y: float
    """The middle of its height."""

    @property
    def x(self) -> float:
        """Where its lines begin or end, or have their middle, by its side."""
        return self.mark.place[0] + self.shift

    @property
    def spots(self) -> tuple[Point, ...]:
        """The points to which its leaders lead."""
        return tuple((x + self.shift, y) for x, y in self.mark.spots)

    @property
    def box(self) -> LabelBox:
        """The box that its lines fill."""
        wide = max(width(each, strong=self.mark.strong) for each in self.lines)
        left = {"left": self.x - wide, "right": self.x}.get(self.mark.side, self.x - wide / 2)
        high = len(self.lines) * LEADING / 2
        return left, self.y - high, left + wide, self.y + high

    @property
    def root(self) -> Point:
        """Where its leaders begin."""
        _, top, _, bottom = self.box
        x = self.x if self.mark.root is None else self.mark.root + self.shift
        roots = {
            "left": (x + _GAP, self.y),
            "right": (x - _GAP, self.y),
            "above": (x, bottom + 1),
            "below": (x, top - 1),
        }
        return roots.get(self.mark.side, (x, self.y))


def label_at(name: str, text: str, mark: Landmark, shift: float) -> Label:
    """Return the label of a landmark, with `text` broken into lines; `shift` as in `Label`."""
    lines = wrapped(text, mark.width, strong=mark.strong)
    half = len(lines) * LEADING / 2
    grown = {"above": -half, "below": half}.get(mark.side, 0.0)
    return Label(name, tuple(lines), mark, shift, mark.place[1] + grown)


def spread_labels(labels: Sequence[Label], height: float) -> list[Label]:
    """Return labels, those at the sides moved up or down so that none covers another.

    `height` is that of the picture.
    """
    beside = [each for each in labels if each.mark.side in _BESIDE]
    fixed = [each for each in labels if each.mark.side not in _BESIDE]
    for side in _BESIDE:
        column = sorted((each for each in beside if each.mark.side == side), key=lambda e: e.y)
        fixed += _pushed(_pushed(column, 1, height), -1, height)
    return fixed


def _pushed(column: Sequence[Label], sign: int, height: float) -> list[Label]:
    """Return a column of labels, each clear of the one before it: downwards, or upwards for -1."""
    order = column if sign > 0 else column[::-1]
    edge, done = (_EDGE if sign > 0 else _EDGE - height), []
    for each in order:
        half = len(each.lines) * LEADING / 2
        y = sign * max(each.y * sign, edge + half)
        done.append(replace(each, y=y))
        edge = y * sign + half + _GAP
    return done[::sign]


def _overlap(a: LabelBox, b: LabelBox) -> bool:
    """Return whether two boxes have an area in common."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def misfits(labels: Sequence[Label], size: Point) -> list[Label]:
    """Return the labels that leave a picture of this size, or that cover another label."""
    found = []
    for index, each in enumerate(labels):
        left, top, right, bottom = each.box
        inside = left >= 0 and top >= 0 and right <= size[0] and bottom <= size[1]
        if not inside or any(_overlap(each.box, other.box) for other in labels[:index]):
            found.append(each)
    return found


def draw_leaders(labels: Iterable[Label]) -> str:
    """Return the leaders of labels, each with a white halo, as SVG."""
    pairs = [(each.root, spot) for each in labels for spot in each.spots]
    data = "".join(svg.polygon(pair, closed=False) for pair in pairs)
    if not data:
        return ""
    parts = [
        svg.path(data, fill="none", stroke_width=_HALO_WIDTH),
        svg.path(data, fill="none", stroke=INK, stroke_width=_LEADER_WIDTH),
        *(svg.circle(spot, _DOT_RADIUS) for _, spot in pairs),
    ]
    return svg.group(parts, fill=INK, stroke=_HALO, stroke_width=_DOT_HALO, stroke_linecap="round")


def draw_ground(labels: Iterable[Label], colour: str) -> list[str]:
    """Return what is behind labels on a bone, so that no line runs through their text, as SVG."""
    found = []
    for each in labels:
        if each.mark.side == "on":
            left, _, right, _ = each.box
            left, right = left - _GROUND_MARGIN, right + _GROUND_MARGIN
            top, bottom = each.y - _GROUND_HALF_HEIGHT, each.y + _GROUND_HALF_HEIGHT
            corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
            found.append(svg.path(svg.polygon(corners), fill=colour))
    return found


def draw_texts(labels: Iterable[Label]) -> str:
    """Return the words of labels as outlines of their letters, as SVG."""
    return draw_letters([each for label in labels for each in _letters(label)], INK)


def _letters(label: Label) -> Iterator[Letter]:
    strong, before = label.mark.strong, _BEFORE.get(label.mark.side, 0.5)
    for number, text in enumerate(label.lines):
        x = label.x - width(text, strong=strong) * before
        y = label.y + (number - (len(label.lines) - 1) / 2) * LEADING + SIZE * _CAP
        yield from letters(text, (x, y), strong=strong)


def draw_arrow(path: Sequence[Point], colour: str) -> str:
    """Return a broad arrow along `path` as SVG."""
    (x, y), before = path[-1], path[-2]
    angle = math.atan2(y - before[1], x - before[0])
    cos, sin = math.cos(angle), math.sin(angle)
    point = [
        (x - sin * across + cos * ahead, y + cos * across + sin * ahead)
        for across, ahead in ((_POINT_HALF_WIDTH, 0), (0, _POINT_LENGTH), (-_POINT_HALF_WIDTH, 0))
    ]
    half = _SHAFT_HALF_WIDTH
    sides = [[_aside(path, n, reach) for n in range(len(path))] for reach in (half, -half)]
    corners = [*sides[0], *point, *reversed(sides[1])]
    return svg.path(svg.polygon(corners), fill=colour)


def _aside(path: Sequence[Point], index: int, reach: float) -> Point:
    """Return the point at a distance beside a path, at right angles to it."""
    a, b = path[max(index - 1, 0)], path[min(index + 1, len(path) - 1)]
    far = math.dist(a, b)
    x, y = path[index]
    return x - (b[1] - a[1]) / far * reach, y + (b[0] - a[0]) / far * reach
