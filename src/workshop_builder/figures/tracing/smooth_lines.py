"""Lines along the corners of pixels, made smooth."""

from __future__ import annotations

from functools import cache

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Indices

_ON_BORDER = 1e-6
"""How near to the border of a pixel a point counts as on it."""


@cache
def _bell(radius: int, sigma: float) -> Array:
    weights = np.exp(-(np.arange(-radius, radius + 1) ** 2) / (2 * sigma**2))
    found: Array = weights / weights.sum()
    return found


def smoothed(points: Array, sigma: float, *, closed: bool) -> Array:
    """Return a line smoothed by a Gaussian bell; the ends of an open line stay.

    A closed line has its first point again as its last, before and after.
    """
    radius = int(3 * sigma + 0.5)
    if closed:
        ring = points[:-1]
        turns = radius // len(ring) + 1
        longer = np.concatenate([ring] * (2 * turns + 1))
        start = turns * len(ring) - radius
        longer = longer[start : start + len(ring) + 2 * radius]
    else:
        reach = min(radius, len(points) - 1)
        if reach < 1:
            return points
        if reach < radius:
            sigma, radius = max(reach / 3, 0.3), reach
        before = 2 * points[0] - points[1 : radius + 1][::-1]
        after = 2 * points[-1] - points[-radius - 1 : -1][::-1]
        longer = np.concatenate([before, points, after])
    bell = _bell(radius, sigma)
    found = np.stack([np.convolve(longer[:, k], bell, "valid") for k in range(2)], axis=1)
    return np.concatenate([found, found[:1]]) if closed else found


def cells_of(points: Array) -> Indices:
    """Return the pixels in which points lie, as x and y; a point on a border is in the next one.

    A smoothed line may run along a border, and is off it by what machines differ in.
    """
    found: Indices = np.floor(points + _ON_BORDER).astype(int)
    return found


def thinned(points: Array, step: int) -> Array:
    """Return every so manieth point of a line, and its last."""
    kept = points[::step]
    return kept if (len(points) - 1) % step == 0 else np.concatenate([kept, points[-1:]])


def length(points: Array) -> float:
    """Return how long a line is."""
    steps = points[1:] - points[:-1]
    return float(np.sqrt((steps * steps).sum(axis=1)).sum())


def resampled(points: Array, count: int) -> Array:
    """Return so many points, evenly spaced along a line."""
    steps = points[1:] - points[:-1]
    along = np.concatenate([[0.0], np.cumsum(np.sqrt((steps * steps).sum(axis=1)))])
    at = np.linspace(0, along[-1], count)
    return np.stack([np.interp(at, along, points[:, k]) for k in range(2)], axis=1)
