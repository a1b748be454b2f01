"""Where a limb lies clear before what is behind it: a gap beside its edge parts the two."""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.pixels.label_picture import SHARP, LabelPicture
from workshop_builder.figures.pixels.labels import HEAD
from workshop_builder.figures.tracing.chains import Chain
from workshop_builder.figures.tracing.smooth_lines import smoothed, thinned

_CLEAR = 2.6
"""How far, in per cent of body height, a limb is before what is behind it to lie clear of it."""
_APART, _IN_FACE = 6.0, 0.5
"""How far apart at rest the two are at least, so that no fold is meant; and the share of an edge
that is a chin's, which lies before the neck."""
_ASIDE, _ENDS = 1.35 * SHARP, 2.0 * SHARP
"""Pixels from the edge to the middle of the gap, and by how much it is shorter at both ends."""
_SHORTEST = 18 * SHARP
"""Pixels of the shortest edge that has a gap."""
_SOFTNESS = 2.0 * SHARP


def lies_clear(chain: Chain, picture: LabelPicture) -> bool:
    """Return whether a line within the body is the edge of what lies clear before the rest."""
    x, y = chain.points.astype(int).T
    wide = picture.window.width
    around = np.stack([(y - down) * wide + x - right for down in (0, 1) for right in (0, 1)])
    depth = picture.depth[around]
    front, behind = (
        np.take_along_axis(around, pick[None], axis=0)[0]
        for pick in (depth.argmax(axis=0), depth.argmin(axis=0))
    )
    if (picture.part[front] == HEAD).mean() > _IN_FACE:
        return False
    apart = ((picture.rest[:, front] - picture.rest[:, behind]) ** 2).sum(axis=0)
    clear = np.median(np.ptp(depth, axis=0)) > _CLEAR
    return bool(clear and np.median(apart) > _APART**2)


def gap_beside(chain: Chain, picture: LabelPicture) -> Array | None:
    """Return the middle of the gap beside an edge, in what lies behind; None of a short one."""
    if len(chain.points) < _SHORTEST:
        return None
    line = smoothed(chain.points, _SOFTNESS, closed=chain.closed)
    way = np.gradient(line, axis=0)
    aside = np.stack([-way[:, 1], way[:, 0]], axis=1)
    aside /= np.maximum(np.sqrt((aside * aside).sum(axis=1)), 1e-9)[:, None]
    left, right = (_depth(picture, line + aside * step) for step in (_ASIDE, -_ASIDE))
    beside = line + aside * (_ASIDE if np.median(left - right) < 0 else -_ASIDE)
    ends = round(_ENDS)
    kept = beside if chain.closed else beside[ends:-ends]
    return picture.to_plane(thinned(kept, 2))


def _depth(picture: LabelPicture, points: Array) -> Array:
    """Return how near to the reader is what is seen at points of a picture."""
    x, y = np.floor(points).astype(int).T
    found: Array = picture.grid(picture.depth)[y, x]
    return found
