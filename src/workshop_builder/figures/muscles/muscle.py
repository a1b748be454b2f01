"""A muscle as it is painted: its outline, its tendons and its fibres, from its strands.

A strand runs from where the muscle starts to where it ends. The first and the last are
its edges. A place on it is given by `across` (0 on the first strand, 1 on the last) and
`along` (0 at the start, 1 at the end).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from workshop_builder.figures.drawing import svg
from workshop_builder.figures.drawing.palette import INK, Palette
from workshop_builder.figures.drawing.svg import Point
from workshop_builder.figures.muscles.curves import Knot, Line, between, evenly, through
from workshop_builder.figures.muscles.plates import Flesh, Muscle, Pattern

_PLACES = 17
"""Places along a strand between which it counts as straight."""
_FIBRE = 1.2
"""Width of a fibre."""
_DASHES: dict[Pattern, str] = {"dashed": "7 4.5"}


class Surface:
    """A muscle's surface."""

    def __init__(self, strands: Sequence[Line]) -> None:
        """Lay the strands side by side."""
        self._strands = [evenly(strand.points(), _PLACES) for strand in strands]

    def at(self, across: float, along: float) -> Point:
        """Return a place on the surface."""
        row = across * (len(self._strands) - 1)
        first = min(int(row), len(self._strands) - 2)
        a, b = (self._on(self._strands[first + step], along) for step in (0, 1))
        return between(a, b, row - first)

    def _on(self, strand: Sequence[Point], along: float) -> Point:
        step = along * (_PLACES - 1)
        first = min(int(step), _PLACES - 2)
        return between(strand[first], strand[first + 1], step - first)

    def fibre(self, across: float, start: float, end: float) -> Line:
        """Return the line along the muscle from `start` to `end`."""
        places = 5
        return through(
            [self.at(across, start + (end - start) * n / (places - 1)) for n in range(places)]
        )

    def stretch(self, start: float, end: float) -> Line:
        """Return the outline of a part of the muscle, such as its tendon."""
        steps = [start + (end - start) * n / 6 for n in range(7)]
        edge = [self.at(0, step) for step in steps]
        other = [self.at(1, step) for step in reversed(steps)]
        return Line(_sharp_ends(edge) + _sharp_ends(other), closed=True)


def _sharp_ends(points: Sequence[Point]) -> tuple[Knot, ...]:
    last = len(points) - 1
    return tuple(Knot(x, y, sharp=n in {0, last}) for n, (x, y) in enumerate(points))


def outline(strands: Sequence[Line]) -> Line:
    """Return the outline of a muscle: along one edge, over the ends, back along the other."""
    first, *middle, last = strands
    ends = [strand.knots[-1].at for strand in middle]
    starts = [strand.knots[0].at for strand in reversed(middle)]
    knots = [
        *_sharp_ends([knot.at for knot in first.knots]),
        *(Knot(*point) for point in ends),
        *_sharp_ends([knot.at for knot in reversed(last.knots)]),
        *(Knot(*point) for point in starts),
    ]
    return Line(tuple(knots), closed=True)


@dataclass(frozen=True, slots=True)
class Paths:
    """The path data of a muscle, whatever its colours."""

    border: str
    tendons: tuple[str, ...]
    fibres: str


@cache
def paths(flesh: Flesh) -> Paths:
    """Return what a muscle is painted with."""
    surface = Surface(flesh.strands)
    start, end = flesh.muscle.tendons
    tendons = [cut for cut in ((0.0, start), (end, 1.0)) if cut[0] < cut[1]]
    return Paths(
        outline(flesh.strands).data(),
        tuple(surface.stretch(*cut).data() for cut in tendons),
        "".join(fibre.data() for fibre in fibres(surface, flesh.muscle)),
    )


def draw(flesh: Flesh, palette: Palette) -> list[str]:
    """Return a muscle as SVG, to stand in a group whose lines are outlines."""
    tone, data = getattr(palette, flesh.muscle.tone), paths(flesh)
    lines = svg.path(
        data.fibres,
        fill="none",
        stroke=darker(tone),
        stroke_width=_FIBRE,
        stroke_dasharray=_DASHES.get(flesh.muscle.pattern),
    )
    return [
        svg.path(data.border, fill=tone, stroke="none"),
        *(svg.path(each, fill=palette.bone, stroke_width=_FIBRE) for each in data.tendons),
        lines,
        svg.path(data.border, fill="none"),
    ]


def draw_ghost(flesh: Flesh) -> str:
    """Return the dashed outline of a muscle that is hidden or taken away, as SVG."""
    border = paths(flesh).border
    return svg.path(border, fill="none", stroke_width=1.3, stroke_dasharray="5 4")


def fibres(surface: Surface, muscle: Muscle) -> list[Line]:
    """Return the lines that show which way a muscle pulls; their pattern tells muscles apart."""
    count = muscle.fibres
    start, end = muscle.tendons
    low, long = start + 0.05, end - start - 0.1
    if muscle.pattern in {"slanted", "slanted back"}:
        left, right = (0.12, 0.88) if muscle.pattern == "slanted" else (0.88, 0.12)
        rise = long / count
        steps = [low + rise * n for n in range(count)]
        return [through([surface.at(left, s), surface.at(right, s + rise)]) for s in steps]
    return [
        surface.fibre((n + 0.5) / count, low + 0.04 * (n % 2), low + long - 0.05 * ((n + 1) % 2))
        for n in range(count)
    ]


def darker(tone: str) -> str:
    """Return the colour of lines on `tone`: the tone with much ink in it, or ink on white."""
    if not tone.startswith("#") or len(tone) != 7 or tone.lower() == "#ffffff":
        return INK
    mixed = (
        round(int(tone[n : n + 2], 16) * 0.38 + int(INK[n : n + 2], 16) * 0.62) for n in (1, 3, 5)
    )
    return "#" + "".join(f"{value:02x}" for value in mixed)
