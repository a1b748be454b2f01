"""Where a limb lies clear before what is behind it: a gap beside its edge parts the two."""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Indices, Mask
from workshop_builder.figures.pixels.label_picture import SHARP, LabelPicture
from workshop_builder.figures.pixels.labels import HEAD, LEGS, LEGS_FAR
from workshop_builder.figures.tracing.chains import Chain
from workshop_builder.figures.tracing.morphology import grown
from workshop_builder.figures.tracing.smooth_lines import cells_of, smoothed, thinned

_CLEAR = 2.6
"""How far, in per cent of body height, a limb is before what is behind it to lie clear of it."""
_APART, _IN_FACE = 6.0, 0.5
"""How far apart at rest the two are at least, so that no fold is meant; and the share of an edge
that is a chin's, which lies before the neck."""
_BEFORE = 1.2
"""Likewise where it is to be parted by a gap from what has its colour."""
_ASIDE, _ENDS = 1.35 * SHARP, 2 * SHARP
"""Pixels from the edge to the middle of the gap, and by how much it is shorter at both ends."""
_SHORTEST = 32 * SHARP
"""Pixels of the shortest edge that has a gap, and of the gap: a shorter one is a stray tick."""
_SOFTNESS = 2.0 * SHARP


def lies_clear(chain: Chain, picture: LabelPicture) -> bool:
    """Return whether a line within the body is the edge of what lies clear before the rest."""
    front, behind = _sides(chain, picture)
    if _of_head(front, picture):
        return False
    apart = ((picture.rest[:, front] - picture.rest[:, behind]) ** 2).sum(axis=0)
    clear = np.median(picture.depth[front] - picture.depth[behind]) > _CLEAR
    return bool(clear and np.median(apart) > _APART**2)


def is_chin(chain: Chain, picture: LabelPicture) -> bool:
    """Return whether a line is the edge of a face before the neck of its skin."""
    front, behind = _sides(chain, picture)
    skins = picture.colour[front] == picture.colour[behind]
    return _of_head(front, picture) and bool(skins.mean() > _IN_FACE)


def _of_head(pixels: Indices, picture: LabelPicture) -> bool:
    return bool((picture.part[pixels] == HEAD).mean() > _IN_FACE)


def _sides(chain: Chain, picture: LabelPicture) -> tuple[Indices, Indices]:
    """Return the pixels right before a line and right behind it, as depth has them."""
    x, y = chain.points.astype(int).T
    wide = picture.window.width
    around = np.stack([(y - down) * wide + x - right for down in (0, 1) for right in (0, 1)])
    depth = picture.depth[around]
    front, behind = (
        np.take_along_axis(around, pick[None], axis=0)[0]
        for pick in (depth.argmax(axis=0), depth.argmin(axis=0))
    )
    return front, behind


def gaps_beside(chain: Chain, picture: LabelPicture) -> list[Array]:
    """Return the middles of the gaps beside a line, in what lies behind.

    There is one wherever a leg passes before the other in one dark cloth, on which the line alone
    would not show; on a top or on skin it would look like a scratch, and beside a far leg that has
    its own tone like a seam.
    """
    if len(chain.points) < _SHORTEST or (picture.colour == LEGS_FAR).any():
        return []
    line = smoothed(chain.points, _SOFTNESS, closed=chain.closed)
    way = np.gradient(line, axis=0)
    aside = np.stack([-way[:, 1], way[:, 0]], axis=1)
    aside /= np.maximum(np.sqrt((aside * aside).sum(axis=1)), 1e-9)[:, None]
    one, other = (_pixels(picture, line + aside * step) for step in (_ASIDE, -_ASIDE))
    nearer = picture.depth[one] - picture.depth[other]
    alike = _passes(picture, one, other)
    runs = _runs(alike)
    return [
        picture.to_plane(thinned((line + aside * side)[start:end], 2))
        for start, end in runs
        for side in (-_ASIDE if np.median(nearer[start:end]) > 0 else _ASIDE,)
    ]


def _passes(picture: LabelPicture, one: Indices, other: Indices) -> Mask:
    """Return where one pixel of trousers lies clear before another, or the other before it."""
    apart = ((picture.rest[:, one] - picture.rest[:, other]) ** 2).sum(axis=0)
    clear = np.abs(picture.depth[one] - picture.depth[other]) > _BEFORE
    trousers = (picture.colour[one] == LEGS) & (picture.colour[other] == LEGS)
    found: Mask = trousers & (apart > _APART**2) & clear
    return found


def _runs(along: Mask) -> list[tuple[int, int]]:
    """Return the stretches of a line along which something holds, a little shorter at the ends."""
    row = grown(along[None], _ENDS)
    row = ~grown(~row, _ENDS)[0]
    ends = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(int), [0]]))).reshape(-1, 2)
    return [(a + _ENDS, b - _ENDS) for a, b in ends.tolist() if b - a > _SHORTEST]


def _pixels(picture: LabelPicture, points: Array) -> Indices:
    x, y = cells_of(points).T
    found: Indices = y * picture.window.width + x
    return found
