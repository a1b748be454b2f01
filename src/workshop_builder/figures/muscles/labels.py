"""The words of a muscle picture beside what they name, and the lines that lead there.

Words stand left, right, above or below of the bones, and grow away from them: their
lines begin at the side that stays where it is, even if a reader's font is wider.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workshop_builder.figures.drawing import svg
from workshop_builder.figures.drawing.palette import INK
from workshop_builder.figures.drawing.svg import Point
from workshop_builder.figures.muscles.plates import Mark
from workshop_builder.figures.muscles.text_width import LEADING, SIZE, width, wrapped

_GAP = 5.0
"""Between words and their line, and between one label and the next."""
_EDGE = 4.0
"""Between words and the edge of the picture."""
_CAP = 0.334
"""Half the height of a capital letter, in ems."""
_ANCHORS = {"left": "end", "right": "start"}

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """Words at their place."""

    name: str
    """What they name, as the file calls it."""
    lines: tuple[str, ...]
    mark: Mark
    shift: float
    """How far to the right the picture begins that they belong to."""
    y: float
    """The middle of their height."""

    @property
    def x(self) -> float:
        """Return where their lines begin, end or have their middle, as their side has it."""
        return self.mark.place[0] + self.shift

    @property
    def spots(self) -> tuple[Point, ...]:
        """Return what they name."""
        return tuple((x + self.shift, y) for x, y in self.mark.spots)

    @property
    def box(self) -> Box:
        """Return left, top, right, bottom of the words."""
        wide = max(width(each, strong=self.mark.strong) for each in self.lines)
        left = {"left": self.x - wide, "right": self.x}.get(self.mark.side, self.x - wide / 2)
        high = len(self.lines) * LEADING / 2
        return left, self.y - high, left + wide, self.y + high

    @property
    def root(self) -> Point:
        """Return where the lines to the spots begin."""
        _, top, _, bottom = self.box
        x = self.x if self.mark.root is None else self.mark.root + self.shift
        roots = {
            "left": (x + _GAP, self.y),
            "right": (x - _GAP, self.y),
            "above": (x, bottom + 1),
            "below": (x, top - 1),
        }
        return roots.get(self.mark.side, (x, self.y))


def label(name: str, text: str, mark: Mark, shift: float = 0.0) -> Label:
    """Return `text` at the place of a mark."""
    lines = wrapped(text, mark.width, strong=mark.strong)
    half = len(lines) * LEADING / 2
    grown = {"above": -half, "below": half}.get(mark.side, 0.0)
    return Label(name, tuple(lines), mark, shift, mark.place[1] + grown)


def settled(labels: Sequence[Label], height: float) -> list[Label]:
    """Return the labels, those at the sides moved up or down so that none covers another."""
    beside = [each for each in labels if each.mark.side in _ANCHORS]
    fixed = [each for each in labels if each.mark.side not in _ANCHORS]
    for side in _ANCHORS:
        column = sorted((each for each in beside if each.mark.side == side), key=lambda e: e.y)
        fixed += _pushed(_pushed(column, 1, height), -1, height)
    return fixed


def _pushed(column: Sequence[Label], sign: int, height: float) -> list[Label]:
    """Return a column's labels, each clear of the one before: downwards, or upwards with -1."""
    order = column if sign > 0 else column[::-1]
    edge, done = (_EDGE if sign > 0 else _EDGE - height), []
    for each in order:
        half = len(each.lines) * LEADING / 2
        y = sign * max(each.y * sign, edge + half)
        done.append(replace(each, y=y))
        edge = y * sign + half + _GAP
    return done[::sign]


def do_overlap(a: Box, b: Box) -> bool:
    """Return whether two boxes have a part in common."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def misfits(labels: Sequence[Label], size: Point) -> list[Label]:
    """Return the labels that leave the picture, or that cover another."""
    found = []
    for index, each in enumerate(labels):
        left, top, right, bottom = each.box
        inside = left >= 0 and top >= 0 and right <= size[0] and bottom <= size[1]
        if not inside or any(do_overlap(each.box, other.box) for other in labels[:index]):
            found.append(each)
    return found


def draw_lines(labels: Iterable[Label], paint_over: str = "#fff") -> list[str]:
    """Return the lines from words to what they name, each with a halo, as SVG."""
    pairs = [(each.root, spot) for each in labels for spot in each.spots]
    data = "".join(svg.polygon(pair, closed=False) for pair in pairs)
    if not data:
        return []
    return [
        svg.path(data, fill="none", stroke=paint_over, stroke_width=4.4),
        svg.path(data, fill="none", stroke=INK, stroke_width=1.4),
        *(
            svg.circle(spot, 3.3, fill=INK, stroke=paint_over, stroke_width=1.3)
            for _, spot in pairs
        ),
    ]


def draw_ground(labels: Iterable[Label], colour: str) -> list[str]:
    """Return what lies behind words that stand on a bone, so that no line runs through them."""
    found = []
    for each in labels:
        if each.mark.side == "on":
            left, _, right, _ = each.box
            corners = [(x, each.y + y) for y in (-7.5, 7.5) for x in (left - 2, right + 2)]
            order = [corners[n] for n in (0, 1, 3, 2)]
            found.append(svg.path(svg.polygon(order), fill=colour))
    return found


def draw_words(labels: Iterable[Label]) -> list[str]:
    """Return the words as SVG."""
    return [
        svg.text_line(
            (each.x, each.y + (number - (len(each.lines) - 1) / 2) * LEADING + SIZE * _CAP),
            text,
            text_anchor=_ANCHORS.get(each.mark.side, "middle"),
            font_weight="bold" if each.mark.strong else None,
        )
        for each in labels
        for number, text in enumerate(each.lines)
    ]


def draw_arrow(path: Sequence[Point], colour: str) -> str:
    """Return a broad arrow along `path` as SVG."""
    (x, y), before = path[-1], path[-2]
    angle = math.atan2(y - before[1], x - before[0])
    cos, sin = math.cos(angle), math.sin(angle)
    head = [(x - sin * w + cos * h, y + cos * w + sin * h) for w, h in ((14, 0), (0, 24), (-14, 0))]
    sides = [[_aside(path, n, reach) for n in range(len(path))] for reach in (5.5, -5.5)]
    corners = [*sides[0], *head, *reversed(sides[1])]
    return svg.path(svg.polygon(corners), fill=colour)


def _aside(path: Sequence[Point], index: int, reach: float) -> Point:
    """Return a point beside the path, square to its direction."""
    a, b = path[max(index - 1, 0)], path[min(index + 1, len(path) - 1)]
    far = math.dist(a, b)
    x, y = path[index]
    return x - (b[1] - a[1]) / far * reach, y + (b[0] - a[0]) / far * reach
