"""From pixels to shapes: flat colours, and the lines on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.mesh.arrays import Mask
from workshop_builder.figures.pixels.cracks import (
    CERTAIN,
    INNER,
    OUTER,
    OUTER_FINE,
    THIN,
    traced,
)
from workshop_builder.figures.pixels.label_picture import SHARP, LabelPicture
from workshop_builder.figures.pixels.labels import FINGERS_OF, TOES_OF, TONES, TOP
from workshop_builder.figures.pixels.overlaps import gaps_beside, is_chin, lies_clear
from workshop_builder.figures.tracing.chains import Chain, joined
from workshop_builder.figures.tracing.morphology import grown
from workshop_builder.figures.tracing.outlines import loops
from workshop_builder.figures.tracing.smooth_lines import smoothed, thinned

_OVER = 5
"""A kind of line within the body: the edge of what lies clear before the rest."""
_WIDTHS: Mapping[int, float] = {
    THIN: 0.46, INNER: 0.72, _OVER: 1.05, OUTER_FINE: 0.92, OUTER: 1.14,
}  # fmt: skip
"""Of each kind of line, as a share of a plain outline; in the order in which they are drawn."""
_GAP = 0.6
"""Of the gap beside such an edge, likewise."""
_TOLERANCE, _TOLERANCE_FILL, _TOLERANCE_WHOLE = 0.33, 0.7, 1.3
"""How far curves may be off, in units of the drawing: of a line, of a colour's edge, which a line
covers mostly, and of the whole body below the colours."""
_SOFTNESS, _SOFTNESS_THIN, _SOFTNESS_FILL = 1.15 * SHARP, 0.8 * SHARP, 1.0 * SHARP
"""Of the bell that smooths a line, in pixels."""
_WEAK = 2.2
"""The strength below which a line within the body is not drawn."""
_JOINT, _LOOSE = 4 * SHARP, 8 * SHARP
"""Pixels of the shortest closed line, and of one with a free end, when lines are joined."""
_SHORTEST: Mapping[int, float] = {OUTER: 14, OUTER_FINE: 10, INNER: 14, THIN: 22}
"""Units of the shortest closed line of each kind."""
_SHORTEST_THIN, _SHORTEST_FINGER, _DOT, _LONE = 6.0, 4.6, 3.4, 9.0
"""Units of the shortest thin line, of one between fingers, and of the extent below which a lone
line is a dot, or within the body a stray stroke."""
_LEAST_PIXELS, _LEAST_LINE = 40, 5.0
"""A colour has at least so many pixels; its edge is so many units long."""
_FOLD = 30.0
"""Units of the shortest line with a free end that is more than a fold."""
_HOOK = 40.0
"""Units of the shortest line with a free end below a chin, or along the outline of a top."""
_BESIDE_EDGE = 4 * SHARP
"""Pixels from the outline within which such a line is a tick."""
_TOE = 3.0
"""Units of the shortest line between two toes."""
_SCRAP = 2.5
"""Units of the shortest line within the body, whatever it joins."""


def coloured(picture: LabelPicture, whole: tuple[Array, ...]) -> list[Shape]:
    """Return the flat colours of a picture, over the body as a whole in ink: its edges."""
    shapes = [Shape(whole, "ink", "none", tolerance=_TOLERANCE_WHOLE)]
    for colour, tone in TONES.items():
        own = picture.grid(picture.colour == colour)
        if own.sum() >= _LEAST_PIXELS:
            lines = edges_of(picture, own, _LEAST_LINE)
            shapes.append(Shape(lines, tone, "none", tolerance=_TOLERANCE_FILL))
    return [shape for shape in shapes if shape.lines]


def edges_of(
    picture: LabelPicture, mask: Mask, least: float, softness: float = _SOFTNESS_FILL
) -> tuple[Array, ...]:
    """Return the smooth outlines of a mask in the plane of the drawing, the longer ones alone."""
    found = []
    for line in loops(mask):
        if len(line) < least * SHARP:
            continue
        smooth = smoothed(line, softness, closed=True)
        found.append(picture.to_plane(smooth[::3] if len(smooth) > 30 else smooth))
    return tuple(found)


def inked(picture: LabelPicture) -> tuple[list[Shape], list[Shape]]:
    """Return the lines within a picture's body, and those around it, the thinnest first."""
    chains = [each for each in traced(picture) if each.strength >= _WEAK or each.class_ == OUTER]
    loose = _meeting_points(chains)
    near = grown(~picture.body, _BESIDE_EDGE)
    chains = [c for c in chains if not _is_stray(c, picture, loose, near)]
    chains = joined(chains, _dangles, _JOINT)
    nodes = _meeting_points(chains)
    drawn = [c for c in chains if _says_something(c, nodes) or _is_between_digits(c, picture)]
    drawn = [_as_over(chain, picture, nodes) for chain in drawn]
    within: list[Shape] = []
    around: list[Shape] = []
    for kind, width in _WIDTHS.items():
        own = around if kind in {OUTER, OUTER_FINE} else within
        own += _gaps(picture, drawn) if kind == _OVER else []
        for closed in (True, False):
            lines = tuple(
                _smooth(picture, chain)
                for chain in drawn
                if chain.class_ == kind and chain.closed == closed
            )
            own += [_stroke(lines, width, closed=closed)] if lines else []
    return within, around


def _as_over(chain: Chain, picture: LabelPicture, nodes: AbstractSet[tuple[float, float]]) -> Chain:
    """Return a line of its kind, which its depth tells; a short one that ends free is a fold."""
    ends = {(x, y) for x, y in chain.points[[0, -1]].tolist()}
    fold = not chain.closed and len(chain.points) < _FOLD * SHARP and not ends <= nodes
    over = chain.class_ == INNER and not fold and lies_clear(chain, picture)
    return replace(chain, class_=_OVER) if over else chain


def _is_stray(
    chain: Chain, picture: LabelPicture, nodes: AbstractSet[tuple[float, float]], near: Mask
) -> bool:
    """Return whether a short line that ends free says nothing.

    A piece of a chin looks like a second mouth, a fold of a top `near` the outline like a tick.
    """
    ends = {(x, y) for x, y in chain.points[[0, -1]].tolist()}
    loose = chain.class_ in {INNER, THIN} and not chain.closed and not ends <= nodes
    if not loose or len(chain.points) >= _HOOK * SHARP:
        return False
    x, y = chain.points.astype(int).T
    tick = near[y, x] & (picture.grid(picture.colour)[y, x] == TOP)
    return bool(tick.all()) or is_chin(chain, picture)


def _gaps(picture: LabelPicture, chains: Sequence[Chain]) -> list[Shape]:
    """Return the pale gaps beside legs that lie before what has their colour."""
    own = (chain for chain in chains if chain.class_ in {_OVER, INNER})
    lines = tuple(line for chain in own for line in gaps_beside(chain, picture))
    shape = Shape(lines, "none", "legs_far", _GAP, closed=False, tolerance=_TOLERANCE)
    return [shape] if lines else []


def _stroke(lines: tuple[Array, ...], width: float, *, closed: bool) -> Shape:
    return Shape(lines, "none", "ink", width, closed=closed, tolerance=_TOLERANCE)


def thin_lines(picture: LabelPicture, lines: Sequence[Array]) -> list[Shape]:
    """Return lines that are given in pixels as thin ones."""
    flat = tuple(picture.to_plane(line) for line in lines)
    return [_stroke(flat, _WIDTHS[THIN], closed=False)] if flat else []


def _smooth(picture: LabelPicture, chain: Chain) -> Array:
    softness = _SOFTNESS_THIN if chain.class_ == THIN else _SOFTNESS
    smooth = smoothed(chain.points, softness, closed=chain.closed)
    return picture.to_plane(thinned(smooth, 2) if len(smooth) > 12 else smooth)


def _dangles(chain: Chain) -> bool:
    if chain.class_ == OUTER or (chain.strength >= CERTAIN and chain.class_ == INNER):
        return False
    certain = chain.strength >= CERTAIN and chain.class_ == THIN
    return len(chain.points) < (_TOE * SHARP if certain else _LOOSE)


def _meeting_points(chains: Sequence[Chain]) -> AbstractSet[tuple[float, float]]:
    """Return the corners of pixels through which more than one line passes."""
    lines = [chain.points[: -1 if chain.closed else None] for chain in chains]
    points = np.concatenate([np.zeros((0, 2)), *lines])
    places, times = np.unique(points[:, 0] + points[:, 1] * 1j, return_counts=True)
    return {(place.real, place.imag) for place in places[times > 1].tolist()}


def _is_between_digits(chain: Chain, picture: LabelPicture) -> bool:
    """Return whether a line that may be short parts two toes or fingers."""
    if chain.class_ != THIN or chain.closed:
        return False
    if np.ptp(chain.points, axis=0).max() < _TOE * SHARP:
        return False
    x, y = chain.points[len(chain.points) // 2].astype(int).tolist()
    around = picture.grid(picture.part)[y - 1 : y + 1, x - 1 : x + 1]
    if len(chain.points) < _SHORTEST_FINGER * SHARP:
        return bool((around >= TOES_OF["near"]).all())
    return bool((around > FINGERS_OF["near"]).all())


def _says_something(chain: Chain, nodes: AbstractSet[tuple[float, float]]) -> bool:
    """Return whether a line is more than a dot or a comma."""
    units = len(chain.points) / SHARP
    if chain.closed and units < _SHORTEST[chain.class_]:
        return False
    if chain.class_ == THIN and units < _SHORTEST_THIN:
        return False
    if chain.class_ not in {INNER, THIN}:
        return True
    extent = float(np.ptp(chain.points, axis=0).max()) / SHARP
    if units < _SCRAP or (chain.class_ == THIN and extent < _DOT):
        return False
    (ax, ay), (bx, by) = chain.points[0].tolist(), chain.points[-1].tolist()
    alone = chain.closed or nodes.isdisjoint([(ax, ay), (bx, by)])
    least = _LONE if chain.class_ == INNER else _DOT
    return not (alone and extent < least)
