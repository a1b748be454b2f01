"""Furniture before a body: the pixels that a box or a cushion hides become ground."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.convex import Convex, Ellipsoid, Polyhedron
from workshop_builder.figures.drawing.projection import Camera, OnPlane
from workshop_builder.figures.mesh.arrays import Indices, Mask
from workshop_builder.figures.pixels.label_picture import SHARP, LabelPicture
from workshop_builder.figures.tracing import outlines
from workshop_builder.figures.tracing.morphology import grown

_SCRAP, _UNDER_OTHER = 60.0 * SHARP**2, 2 * SHARP
"""The area of a speck, in pixels, and how far beyond it a body ends, below the one painted over."""
_SLACK = 0.25
"""How much nearer to the reader a solid must be to hide what is there."""


def hide(
    picture: LabelPicture, solids: Sequence[Convex], camera: Camera, place: OnPlane | None = None
) -> None:
    """Make ground of the pixels of a body that solids hide; what is painted before shows there.

    `camera` is that of the solids; `place` is where the picture's plane lies in it.
    """
    at = np.nonzero(picture.colour)[0]
    flat, depth = _on_plane(picture, at, place)
    across, up = np.ascontiguousarray(flat.T)
    seen = np.stack([across, up, depth])
    back = np.linalg.inv(np.vstack([camera.plane, camera.toward]))
    hidden = np.zeros(len(at), bool)
    for solid in solids:
        if isinstance(solid, Polyhedron):
            hidden[_behind_faces(solid, seen, back, camera)] = True
        else:
            hidden[_behind_ball(solid, seen, back, camera)] = True
    picture.clear(at[hidden])


def hide_behind(picture: LabelPicture, other: LabelPicture, place: OnPlane) -> None:
    """Make ground of the pixels of a body that another body hides, which is painted before it.

    `place` is where the picture's plane lies in the other's.
    """
    at, there, depth = _in_both(picture, other, place)
    picture.clear(at[other.depth[there] > depth + _SLACK])


def drop_scraps(picture: LabelPicture, other: LabelPicture, place: OnPlane) -> None:
    """Make ground of what is seen of a body only in a speck, for another is painted over it.

    `place` is where the picture's plane lies in the other's.
    """
    seen = picture.body.copy()
    seen.ravel()[_in_both(picture, other, place)[0]] = False
    lines = outlines.loops(seen)
    outer = max((outlines.area(line) for line in lines), key=abs, default=0.0) > 0
    for line in lines:
        size = outlines.area(line)
        if (size > 0) == outer and abs(size) < _SCRAP:
            speck = np.zeros(seen.size, bool)
            speck[outlines.pixels_in(line, picture.window.width)] = True
            around = grown(picture.grid(speck), _UNDER_OTHER) & picture.body
            picture.clear(np.nonzero(around.ravel())[0])


def _in_both(
    picture: LabelPicture, other: LabelPicture, place: OnPlane
) -> tuple[Indices, Indices, Array]:
    """Return the pixels of a body that lie on another body, those of the other, and the depth."""
    at = np.nonzero(picture.colour)[0]
    flat, depth = _on_plane(picture, at, place)
    x, y = np.floor(other.to_pixels(flat)).astype(int).T
    inside = (x >= 0) & (y >= 0) & (x < other.window.width) & (y < other.window.height)
    there = y[inside] * other.window.width + x[inside]
    both = other.colour[there] > 0
    return at[inside][both], there[both], depth[inside][both]


def _on_plane(picture: LabelPicture, at: Indices, place: OnPlane | None) -> tuple[Array, Array]:
    """Return where pixels are in a plane, and how near to the reader."""
    wide = picture.window.width
    row = at // wide
    flat = picture.to_plane(np.stack([at - row * wide + 0.5, row + 0.5], axis=1))
    depth = picture.depth[at].astype(float)
    return (place.moved(flat), depth + place.nearer) if place else (flat, depth)


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


def _behind_ball(ball: Ellipsoid, seen: Array, back: Array, camera: Camera) -> Indices:
    """Return the numbers of the points that a ball hides."""
    radii = ball.radii - ball.gives
    middle, half = camera.plane @ ball.middle, np.sqrt(camera.plane**2 @ ball.radii**2)
    across, up = np.abs(seen[:2] - middle[:, None]) <= half[:, None]
    found = np.nonzero(across & up)[0]
    step = back[:, 2] / radii
    start = (back[:, :2] @ seen[:2, found] - ball.middle[:, None]) / radii[:, None]
    a, b, c = float(step @ step), step @ start, (start * start).sum(axis=0) - 1
    root = b * b - a * c
    nearest = (-b + np.sqrt(np.maximum(root, 0))) / a
    before: Indices = found[(root > 0) & (nearest > seen[2, found] + _SLACK)]
    return before
