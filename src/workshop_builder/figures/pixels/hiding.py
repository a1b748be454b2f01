"""Furniture before a body: the pixels that a box or a cushion hides become ground."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.drawing.shapes import Pillow, SolidBox
from workshop_builder.figures.mesh.arrays import Indices, Mask
from workshop_builder.figures.pixels.label_picture import LabelPicture

_SLACK = 0.25
"""How much nearer to the reader a solid must be to hide what is there."""
_FLAT, _SINKS, _FLAT_SINKS, _BROAD = 0.5, 0.5, 0.4, 6.0
"""A solid below the first height is a mat. What a body lies or sits on gives way: by so much for a
seat, which is broad both ways, by so much for a mat."""


def hide(picture: LabelPicture, solids: Sequence[SolidBox | Pillow], camera: Camera) -> None:
    """Make ground of the pixels of a body that solids hide; what is painted before shows there."""
    at = np.nonzero(picture.colour)[0]
    wide = picture.window.width
    corners = np.stack([at % wide + 0.5, at // wide + 0.5], axis=1)
    across, up = np.ascontiguousarray(picture.to_plane(corners).T)
    seen = np.stack([across, up, picture.depth[at].astype(float)])
    back = np.linalg.inv(np.vstack([camera.plane, camera.toward]))
    hidden = np.zeros(len(at), bool)
    for solid in solids:
        if isinstance(solid, SolidBox):
            hidden[_boxed(solid, seen, back, camera)] = True
        else:
            hidden[_pillowed(solid, seen, back)] = True
    picture.clear(at[hidden])


def _boxed(box: SolidBox, seen: Array, back: Array, camera: Camera) -> Indices:
    """Return the numbers of the points that a box hides; a column of `seen` is one of them."""
    low, high = box.low, box.high.copy()
    broad = high[0] - low[0] > _BROAD and high[2] - low[2] > _BROAD
    high[1] -= _FLAT_SINKS if high[1] < _FLAT else _SINKS if broad else 0
    flat = camera.project(box.corners())
    (left, bottom), (right, top) = flat.min(axis=0), flat.max(axis=0)
    inside: Mask = (seen[0] > left) & (seen[0] < right) & (seen[1] > bottom) & (seen[1] < top)
    if back[1, 2] >= 0:
        # Seen level or from above, a box hides nothing that is above it.
        inside &= back[1] @ seen < high[1]
    found = np.nonzero(inside)[0]
    points = seen[:, found]
    enter, leave = np.full(len(found), -1e9), np.full(len(found), 1e9)
    for axis in range(3):
        start, step = back[axis, :2] @ points[:2], float(back[axis, 2])
        if abs(step) < 1e-9:
            leave[(start < low[axis]) | (start > high[axis])] = -1e9
            continue
        first, second = (low[axis] - start) / step, (high[axis] - start) / step
        enter = np.maximum(enter, np.minimum(first, second))
        leave = np.minimum(leave, np.maximum(first, second))
    before: Indices = found[(leave > enter) & (leave > points[2] + _SLACK)]
    return before


def _pillowed(pillow: Pillow, seen: Array, back: Array) -> Indices:
    """Return the numbers of the points that an ellipsoid hides."""
    step = back[:, 2] / pillow.radii
    start = (back[:, :2] @ seen[:2] - pillow.middle[:, None]) / pillow.radii[:, None]
    a, b, c = float(step @ step), step @ start, (start * start).sum(axis=0) - 1
    root = b * b - a * c
    nearest = (-b + np.sqrt(np.maximum(root, 0))) / a
    return np.nonzero((root > 0) & (nearest > seen[2] + _SLACK))[0]
