"""A muscle as SVG: its outline, its tendons and its fibres, all from its strands.

A strand runs from where the muscle starts to where it ends; the first and the last are its
edges. A place on a muscle is `across` (0 on the first strand, 1 on the last) and `along` (0 at
the start, 1 at the end).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from workshop_builder.figures.drawing import svg
from workshop_builder.figures.drawing.palette import INK, Palette
from workshop_builder.figures.drawing.svg import Point
from workshop_builder.figures.muscles.curves import (
    FINE,
    Knot,
    Spline,
    evenly_spaced,
    interpolate,
    spline_through,
)
from workshop_builder.figures.muscles.plates import FibrePattern, Muscle, PaintedMuscle

_SAMPLES = 17
"""The points of a strand between which it is taken as straight."""
_FIBRE_WIDTH = 1.2 * FINE
_DASHES: dict[FibrePattern, str] = {"dashed": "28 18"}
_GHOST_WIDTH, _GHOST_DASHES = 1.3 * FINE, "20 16"
_FIBRE_POINTS, _TENDON_STEPS = 5, 5
"""The points of a fibre, and the steps along each edge of a tendon."""
_FIBRE_INSET = 0.05
"""How far from the tendons fibres stay, along the muscle."""
_STAGGER = (0.04, 0.05)
"""How much later every other fibre starts, and how much earlier the others end."""
_SLANT = (0.12, 0.88)
"""From where to where across the muscle slanted fibres run."""
_INK_SHARE = 0.62
"""How much ink is mixed into the tone of a muscle for its fibres."""


class MuscleSurface:
    """The area of a muscle, by places across and along it."""

    def __init__(self, strands: Sequence[Spline]) -> None:
        """Span the area between strands that lie side by side."""
        self._strands = [evenly_spaced(strand.points(), _SAMPLES) for strand in strands]

    def at(self, across: float, along: float) -> Point:
        """Return the point at a place."""
        row = across * (len(self._strands) - 1)
        first = min(int(row), len(self._strands) - 2)
        a, b = (self._on(self._strands[first + step], along) for step in (0, 1))
        return interpolate(a, b, row - first)

    def _on(self, strand: Sequence[Point], along: float) -> Point:
        step = along * (_SAMPLES - 1)
        first = min(int(step), _SAMPLES - 2)
        return interpolate(strand[first], strand[first + 1], step - first)

    def fibre(self, across: float, start: float, end: float) -> Spline:
        """Return the line along the muscle from `start` to `end`."""
        last = _FIBRE_POINTS - 1
        return spline_through(
            [self.at(across, start + (end - start) * n / last) for n in range(_FIBRE_POINTS)]
        )

    def tendon(self, start: float, end: float) -> Spline:
        """Return the outline of the muscle between two places along it."""
        count = _TENDON_STEPS
        steps = [start + (end - start) * n / count for n in range(count + 1)]
        edge = [self.at(0, step) for step in steps]
        other = [self.at(1, step) for step in reversed(steps)]
        return Spline(_sharp_ends(edge) + _sharp_ends(other), closed=True)


def _sharp_ends(points: Sequence[Point]) -> tuple[Knot, ...]:
    last = len(points) - 1
    return tuple(Knot(x, y, sharp=n in {0, last}) for n, (x, y) in enumerate(points))


def muscle_outline(strands: Sequence[Spline]) -> Spline:
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
    return Spline(tuple(knots), closed=True)


@dataclass(frozen=True, slots=True)
class MusclePaths:
    """The path data of a muscle, in whatever colours."""

    border: str
    tendons: tuple[str, ...]
    fibres: str


@cache
def muscle_paths(painted: PaintedMuscle) -> MusclePaths:
    """Return the path data of a muscle; the same value each time."""
    surface = MuscleSurface(painted.strands)
    start, end = painted.muscle.tendons
    tendons = [each for each in ((0.0, start), (end, 1.0)) if each[0] < each[1]]
    return MusclePaths(
        muscle_outline(painted.strands).data(),
        tuple(surface.tendon(*each).data() for each in tendons),
        "".join(fibre.data() for fibre in muscle_fibres(surface, painted.muscle)),
    )


def draw_muscle(painted: PaintedMuscle, palette: Palette, name: str) -> list[str]:
    """Return a muscle as SVG, for a group of outlines that is filled as bones; `name` is its id."""
    tone, data = getattr(palette, painted.muscle.tone), muscle_paths(painted)
    lines = svg.path(
        data.fibres,
        fill="none",
        stroke=fibre_colour(tone),
        stroke_width=_FIBRE_WIDTH,
        stroke_dasharray=_DASHES.get(painted.muscle.pattern),
    )
    if not data.tendons:
        return [svg.path(data.border, fill=tone), lines]
    return [
        svg.group([svg.path(data.border, id=name)], fill=tone, stroke="none"),
        *(svg.path(each, stroke_width=_FIBRE_WIDTH) for each in data.tendons),
        lines,
        svg.use(name, fill="none"),
    ]


def draw_ghost(painted: PaintedMuscle) -> str:
    """Return the dashed outline of a muscle that is hidden or taken off, as SVG."""
    border = muscle_paths(painted).border
    return svg.path(border, fill="none", stroke_width=_GHOST_WIDTH, stroke_dasharray=_GHOST_DASHES)


def muscle_fibres(surface: MuscleSurface, muscle: Muscle) -> list[Spline]:
    """Return the lines that show which way a muscle pulls; their pattern tells muscles apart."""
    count = muscle.fibres
    start, end = muscle.tendons
    low, long = start + _FIBRE_INSET, end - start - 2 * _FIBRE_INSET
    if muscle.pattern in {"slanted", "slanted back"}:
        left, right = _SLANT if muscle.pattern == "slanted" else _SLANT[::-1]
        rise = long / count
        steps = [low + rise * n for n in range(count)]
        return [spline_through([surface.at(left, s), surface.at(right, s + rise)]) for s in steps]
    late, early = _STAGGER
    return [
        surface.fibre((n + 0.5) / count, low + late * (n % 2), low + long - early * ((n + 1) % 2))
        for n in range(count)
    ]


def fibre_colour(tone: str) -> str:
    """Return the colour of fibres on a tone: the tone with much ink in it, or ink on white."""
    if not tone.startswith("#") or len(tone) != 7 or tone.lower() == "#ffffff":
        return INK
    mixed = (
        round(int(tone[n : n + 2], 16) * (1 - _INK_SHARE) + int(INK[n : n + 2], 16) * _INK_SHARE)
        for n in (1, 3, 5)
    )
    return "#" + "".join(f"{value:02x}" for value in mixed)
