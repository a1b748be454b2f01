"""Furniture before a body: the pixels that a box or a cushion hides become ground."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.convex import Convex, Ellipsoid, Polyhedron
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.mesh.arrays import Indices, Mask
from workshop_builder.figures.pixels.label_picture import LabelPicture

_SLACK = 0.25
"""How much nearer to the reader a solid must be to hide what is there."""


def hide(picture: LabelPicture, solids: Sequence[Convex], camera: Camera) -> None:
    """Make ground of the pixels of a body that solids hide; what is painted before shows there."""
    at = np.nonzero(picture.colour)[0]
    wide = picture.window.width
    corners = np.stack([at % wide + 0.5, at // wide + 0.5], axis=1)
    across, up = np.ascontiguousarray(picture.to_plane(corners).T)
    seen = np.stack([across, up, picture.depth[at].astype(float)])
    back = np.linalg.inv(np.vstack([camera.plane, camera.toward]))
    hidden = np.zeros(len(at), bool)
    for solid in solids:
        if isinstance(solid, Polyhedron):
            hidden[_behind_faces(solid, seen, back, camera)] = True
        else:
            hidden[_behind_ball(solid, seen, back)] = True
    picture.clear(at[hidden])


def _behind_faces(solid: Polyhedron, seen: Array, back: Array, camera: Camera) -> Indices:
    """Return the numbers of the points that a solid hides; a column of `seen` is one of them."""
    flat = camera.project(solid.corners)
    (left, bottom), (right, top) = flat.min(axis=0), flat.max(axis=0)
    inside: Mask = (seen[0] > left) & (seen[0] < right) & (seen[1] > bottom) & (seen[1] < top)
    if back[1, 2] >= 0:
        # Seen level or from above, a solid hides nothing that is above it.
        inside &= back[1] @ seen < solid.corners[:, 1].max() - solid.gives
    found = np.nonzero(inside)[0]
    points = seen[:, found]
    enter, leave = np.full(len(found), -1e9), np.full(len(found), 1e9)
    for normal, offset in zip(solid.normals, solid.offsets, strict=True):
        # Where the line of sight through each point crosses the plane of a face.
        sinks = solid.gives if normal[1] > 0.5 else 0.0
        room = offset - sinks - (normal @ back[:, :2]) @ points[:2]
        step = float(normal @ back[:, 2])
        if abs(step) < 1e-9:
            leave[room < 0] = -1e9
        elif step > 0:
            leave = np.minimum(leave, room / step)
        else:
            enter = np.maximum(enter, room / step)
    before: Indices = found[(leave > enter) & (leave > points[2] + _SLACK)]
    return before


def _behind_ball(ball: Ellipsoid, seen: Array, back: Array) -> Indices:
    """Return the numbers of the points that a ball hides."""
    radii = ball.radii - ball.gives
    step = back[:, 2] / radii
    start = (back[:, :2] @ seen[:2] - ball.middle[:, None]) / radii[:, None]
    a, b, c = float(step @ step), step @ start, (start * start).sum(axis=0) - 1
    root = b * b - a * c
    nearest = (-b + np.sqrt(np.maximum(root, 0))) / a
    return np.nonzero((root > 0) & (nearest > seen[2] + _SLACK))[0]
