"""The other position of a body: a pale figure, its outline dashed where it is not this one's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workshop_builder.figures.body.pose import SIDES, BodySide, Pose
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.mesh.arrays import Indices, Mask
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.pixels.cracks import OUTER, OUTER_FINE, traced
from workshop_builder.figures.pixels.inking import edges_of
from workshop_builder.figures.pixels.label_picture import SHARP, LabelPicture
from workshop_builder.figures.pixels.labels import SKIN
from workshop_builder.figures.tracing.chains import Chain, joined
from workshop_builder.figures.tracing.morphology import closed, grown, opened
from workshop_builder.figures.tracing.outlines import area, loops, pixels_in
from workshop_builder.figures.tracing.smooth_lines import cells_of, smoothed

_TOUCHES = round(1.4 * SHARP)
"""Pixels from this body within which the other's lines are left out."""
_CLEAR = 3 * SHARP
"""Pixels from what is kept of the other within which its lines are drawn."""
_APART = 6 * SHARP
"""Pixels from this body that a part of the other must come to somewhere, to show a movement."""
_TURNS = 4 * SHARP
"""Pixels at the end of a line within which it may turn along what covers it."""
_JOINT, _LOOSE, _SHORTEST = 6 * SHARP, 8 * SHARP, 10 * SHARP
"""Pixels of the shortest closed line, of one with a free end, and of a stretch that is drawn."""
_SOFTNESS = 3.0
_TOLERANCE = 0.3
_OUTLINE = 0.8
"""The width of its line, as a share of a plain outline."""
_LEAST_AREA = 30.0
_SCRAP = 1.0
"""Half the width, in per cent of body height, of what is a scrap."""
_TAPERS = 9
"""How many times as far as that a piece goes on as a strip."""
_BIT = 0.2
"""The share of the largest piece of a ghost below which a piece is left out."""
_HOLE, _GAP = 20.0, 0.8
"""The area of a hole that is left out, in squares of a per cent of body height, and half the width
of a gap."""
_BESIDE_LINE = 3
"""Pixels from a line within which what it surrounds begins."""
_AT_BODY = 2
"""Pixels from this body within which a gap lies at it."""
_SLIGHT = 12.0
"""Per cent of body height that a twentieth of the body moves at least, for it to be seen."""
_MOVED, _CELL = 1.5, 1.4
"""Per cent of body height: what differs by more has moved; and the fineness of a silhouette."""


def ghost_shapes(ghost: LabelPicture, body: LabelPicture) -> list[Shape]:
    """Return the other position of a body, to be painted before it; both have one window."""
    ghost.colour[_gaps(ghost, body)] = SKIN
    ghost.colour[_holes(ghost.body, ghost)] = SKIN
    kept = _kept(ghost, body)
    covered, beside = grown(body.body, _TOUCHES), grown(body.body, _APART)
    covered |= ~grown(kept, _CLEAR)
    moved = ghost.body & grown(kept, _CLEAR)
    chips = np.zeros(moved.size, bool)
    chips[_holes(moved | body.body, ghost)] = True
    moved |= ghost.grid(chips) & ghost.body
    chains = [chain for chain in traced(ghost) if chain.class_ in {OUTER, OUTER_FINE}]
    parts = [
        part
        for chain in joined(chains, _dangles, _JOINT)
        for part in _free(chain, covered, beside, body.body)
    ]
    moved.ravel()[_leaks(ghost, body, parts)] = False
    pale = Shape(edges_of(ghost, moved, _LEAST_AREA), "ghost", "none", tolerance=_TOLERANCE)
    lines = tuple(ghost.to_plane(part) for part in parts)
    dashed = Shape(
        lines, "none", "ghost_line", _OUTLINE, dashed=True, closed=False, tolerance=_TOLERANCE
    )
    return [shape for shape in (pale, dashed) if shape.lines]


def _gaps(ghost: LabelPicture, body: LabelPicture) -> Indices:
    """Return the pixels of narrow gaps in a ghost, but for the tips of wedges at the body.

    Filled, such a tip would have a blunt end, along which the ghost's line turns.
    """
    narrow = closed(ghost.body, round(_GAP * ghost.density)) & ~ghost.body
    at_body = grown(body.body, _AT_BODY).ravel()
    pieces = [pixels_in(line, ghost.window.width) for line in loops(narrow)]
    apart = [piece for piece in pieces if not at_body[piece].any()]
    within = np.concatenate([np.zeros(0, int), *apart])
    found: Indices = within[narrow.ravel()[within]]
    return found


def _holes(mask: Mask, ghost: LabelPicture) -> Indices:
    """Return the pixels of the smaller holes in a mask."""
    lines = loops(mask)
    areas = [area(line) for line in lines]
    outer = max(areas, key=abs, default=0.0) > 0
    inside = [
        pixels_in(line, ghost.window.width)
        for line, size in zip(lines, areas, strict=True)
        if (size > 0) != outer and abs(size) < _HOLE * ghost.density**2
    ]
    within = np.concatenate([np.zeros(0, int), *inside])
    found: Indices = within[~mask.ravel()[within]]
    return found


def _leaks(ghost: LabelPicture, body: LabelPicture, lines: Sequence[Array]) -> Indices:
    """Return the pixels of pieces of a ghost in gaps of the body, along which no line tells it."""
    away = ghost.body & ~body.body
    telling = np.zeros(away.shape, bool)
    high, wide = away.shape
    for line in lines:
        x, y = np.clip(cells_of(line), 0, [wide - 1, high - 1]).T
        telling[y, x] = True
    telling = grown(telling, _BESIDE_LINE)
    pieces = [pixels_in(line, ghost.window.width) for line in loops(away)]
    small = [piece for piece in pieces if not telling.ravel()[piece].any()]
    within = np.concatenate([np.zeros(0, int), *small])
    found: Indices = within[away.ravel()[within]]
    return found


def going_along(pose: Pose) -> list[BodySide]:
    """Return the sides of the arms that only go along with a leg they hold; a ghost has none."""
    return [side for side in SIDES if pose.limb(side).hand.startswith("behind")]


def _kept(ghost: LabelPicture, body: LabelPicture) -> Mask:
    """Return what of a ghost is away from the body, without strips and scraps."""
    away = ghost.body & ~body.body
    reach = round(_SCRAP * ghost.density)
    kept = away & grown(opened(away, reach), _TAPERS * reach)
    lines = loops(kept)
    areas = [abs(area(line)) for line in lines]
    for line, size in zip(lines, areas, strict=True):
        if size < _BIT * max(areas):
            kept.ravel()[pixels_in(line, ghost.window.width)] = False
    return kept


def seen_share(ghost: PosedBody, body: PosedBody, camera: Camera) -> float:
    """Return which share of what differs in a ghost is seen beside the body."""
    moved = np.linalg.norm(ghost.points - body.points, axis=1) > _MOVED
    if not moved.any():
        return 0.0
    cells = [
        np.floor(camera.project(points) / _CELL).astype(int)
        for points in (body.points, ghost.points)
    ]
    least = np.minimum(cells[0].min(axis=0), cells[1].min(axis=0)) - 1
    wide, high = np.maximum(cells[0].max(axis=0), cells[1].max(axis=0)) - least + 2
    covered = np.zeros((high, wide), bool)
    x, y = (cells[0] - least).T
    covered[y, x] = True
    x, y = (cells[1][moved] - least).T
    return float((~grown(covered, 1)[y, x]).mean())


def is_slight(ghost: PosedBody, body: PosedBody) -> bool:
    """Return whether a body is so little elsewhere that two pictures of it would look alike."""
    moved = np.sort(np.linalg.norm(ghost.points - body.points, axis=1))
    return float(moved[-len(moved) // 20]) < _SLIGHT


def _dangles(chain: Chain) -> bool:
    return len(chain.points) < _LOOSE and chain.class_ != OUTER


def _free(chain: Chain, covered: Mask, beside: Mask, body: Mask) -> list[Array]:
    """Return the stretches of a line that lie clear of the body, but for those just beside it."""
    line = smoothed(chain.points, _SOFTNESS, closed=chain.closed)
    high, wide = covered.shape
    x, y = np.clip(cells_of(line), 0, [wide - 1, high - 1]).T
    free = ~covered[y, x]
    if chain.closed and free.any() and not free.all():
        first = int(np.argmin(free))
        line = np.concatenate([line[first:-1], line[: first + 1]])
        free = np.concatenate([free[first:-1], free[: first + 1]])
    edges = np.flatnonzero(np.diff(np.concatenate([[0], free.astype(int), [0]]))).reshape(-1, 2)
    x, y = np.clip(cells_of(line), 0, [wide - 1, high - 1]).T
    apart = ~beside[y, x]
    return [
        _led_to(body, _led_to(body, line[a:b])[::-1])[::-1][::2]
        for a, b in edges.tolist()
        if b - a >= _SHORTEST and apart[a:b].any()
    ]


def _led_to(body: Mask, line: Array) -> Array:
    """Return a line that leads straight on to the body at its end, where it may turn aside."""
    kept = line[:-_TURNS]
    way = kept[-1] - kept[-_TURNS]
    way /= max(float(np.hypot(*way)), 1e-9)
    steps = kept[-1] + way * np.arange(1, 2 * _TURNS)[:, None]
    high, wide = body.shape
    x, y = np.clip(cells_of(steps), 0, [wide - 1, high - 1]).T
    within = body[y, x]
    return np.concatenate([kept, steps[: int(within.argmax())]]) if within.any() else line
