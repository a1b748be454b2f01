"""The outlines of masks of pixels, as closed lines along the corners of pixels."""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Indices, Mask
from workshop_builder.figures.tracing.morphology import box_of


def loops(mask: Mask) -> list[Array]:
    """Return the closed lines around a mask, the mask on the right hand.

    Their first point is their last again. Pixels that touch by a corner alone stay apart.
    """
    box = box_of(mask)
    if box is None:
        return []
    top, left = box[0].start, box[1].start
    inside = np.pad(mask[box], 1)
    wide = inside.shape[1] + 1
    starts, ways = _steps(inside, wide)
    after = _following(starts, ways, wide).tolist()
    seen = bytearray(len(starts))
    found = []
    for first in range(len(starts)):
        if seen[first]:
            continue
        line, at = [], first
        while not seen[at]:
            seen[at] = 1
            line.append(at)
            at = after[at]
        corners = starts[[*line, line[0]]]
        found.append(np.stack([corners % wide - 1 + left, corners // wide - 1 + top], axis=1) * 1.0)
    return found


def _steps(inside: Mask, wide: int) -> tuple[Indices, Indices]:
    """Return where each step along a border starts, and its way: 0 up, 1 right, 2 down, 3 left.

    `wide` is how many corners a row has; the outermost pixels lie outside.
    """
    row, columns = inside.ravel(), wide - 1
    at = np.flatnonzero(row[1:] != row[:-1]) + 1
    up, corner = row[at], at + at // columns
    starts, ways = [np.where(up, corner + wide, corner)], [np.where(up, 0, 2)]
    at = np.flatnonzero(row[columns:] != row[:-columns]) + columns
    below, corner = row[at], at + at // columns
    starts.append(np.where(below, corner, corner + 1))
    ways.append(np.where(below, 1, 3))
    return np.concatenate(starts), np.concatenate(ways)


def _following(starts: Indices, ways: Indices, wide: int) -> Indices:
    """Return the step that comes after each: to the right if it can be, else on, else left."""
    ends = starts + np.array([-wide, 1, wide, -1])[ways]
    keys = starts * 4 + ways
    order = np.argsort(keys)
    ordered = keys[order]
    after = np.full(len(starts), -1)
    for turn in (1, 0, 3):
        wanted = ends * 4 + (ways + turn) % 4
        at = np.minimum(np.searchsorted(ordered, wanted), len(starts) - 1)
        able = (ordered[at] == wanted) & (after < 0)
        after[able] = order[at[able]]
    return after


def area(line: Array) -> float:
    """Return the area within a closed line; its sign tells holes from what is around them."""
    x, y = line.T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2


def within(points: Array, ring: Array) -> Mask:
    """Return which points lie in a polygon, whose last point leads to its first."""
    x, y = points.T
    inside = np.zeros(len(points), bool)
    for (ax, ay), (bx, by) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if ay != by:
            inside ^= ((ay > y) != (by > y)) & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return inside


def pixels_in(line: Array, width: int) -> Indices:
    """Return the pixels within a closed line along their corners, in a picture that is so wide."""
    corners = line.astype(int)
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    steps = corners[:-1][np.diff(corners[:, 1]) != 0], corners[1:][np.diff(corners[:, 1]) != 0]
    y, x = np.minimum(*steps)[:, 1] - top, steps[0][:, 0] - left
    crossed = np.zeros((bottom - top, right - left + 1), bool)
    crossed[y, x] = True
    row, column = np.nonzero(np.logical_xor.accumulate(crossed, axis=1))
    found: Indices = (row + top) * width + column + left
    return found
