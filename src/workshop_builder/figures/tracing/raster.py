"""A depth buffer: which triangle is seen at each pixel, and where on it.

Corners lie on a grid of 1/16 pixel and edge functions are whole numbers below 2^24, so that
32-bit numbers are exact and the same pixels are hit on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Indices, Mask, Pixels

_GRID = 16
_SIZES = (1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 24, 32, 48, 64, 100)
"""Triangles are drawn together with others that fit the same square of pixels."""
_AT_ONCE = 40_000
"""How many pixels of such squares are tried together."""
_DEPTH_PARTS = 1024


@dataclass(frozen=True, slots=True)
class PixelWindow:
    """A rectangle of pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def size(self) -> int:
        """How many pixels it has."""
        return self.width * self.height

    @property
    def corner(self) -> Array:
        """Its upper left corner."""
        return np.array([self.left, self.top], float)


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """What is seen: one entry for each pixel on which there is something."""

    pixels: Indices
    """The pixel's number, row by row."""
    triangles: Indices
    weights: Pixels
    """How near the spot is to each corner of the triangle."""
    depth: Pixels

    def off_edges(self, window: PixelWindow, width: int) -> Hits:
        """Return what is seen but for the outermost pixels of the window."""
        rows, columns = self.pixels // window.width, self.pixels % window.width
        keep = (rows >= width) & (rows < window.height - width)
        keep &= (columns >= width) & (columns < window.width - width)
        return Hits(self.pixels[keep], self.triangles[keep], self.weights[keep], self.depth[keep])


@dataclass(frozen=True, slots=True, eq=False)
class _Triangles:
    """Triangles that may be seen: their number, corners in parts of a pixel, and place."""

    numbers: Indices
    corners: tuple[Pixels, ...]
    """x and y of each corner in turn, from the upper left pixel of the triangle."""
    area: Pixels
    left: Indices
    top: Indices
    class_: Indices


def rasterized(
    points: Array, depth: Array, triangles: Indices, window: PixelWindow, two_sided: int
) -> Hits:
    """Return what is seen of triangles in a window; `points` are its pixels, y down.

    Triangles from the number `two_sided` on are seen from both sides.
    """
    seen = _facing(points, triangles, window, two_sided)
    depths = depth.astype(np.float32)[triangles[seen.numbers]]
    found = [_covered(seen, chosen, depths, window, size) for chosen, size in _batches(seen)]
    pixels, ids, first, second, deep = (np.concatenate(each) for each in zip(*found, strict=True))
    # One whole number says depth first, then which comes first.
    key = (np.rint(deep * _DEPTH_PARTS).astype(np.int64) << 32) | np.arange(len(pixels), 0, -1)
    nothing = np.iinfo(np.int64).min
    nearest = np.full(window.size, nothing)
    np.maximum.at(nearest, pixels, key)
    hit = np.nonzero(nearest > nothing)[0]
    at = len(pixels) - (nearest[hit] & 0xFFFFFFFF)
    weights = np.stack([first[at], second[at], 1 - first[at] - second[at]], axis=1)
    return Hits(hit, ids[at], weights, deep[at])


def _facing(points: Array, triangles: Indices, window: PixelWindow, two_sided: int) -> _Triangles:
    """Return the triangles that face the reader and lie in the window."""
    grid = np.floor(points * _GRID + (0.5 + 1e-6)).astype(np.int32)
    x, y = (np.ascontiguousarray(grid[:, k]) for k in range(2))
    first, second, third = triangles.T
    ax, ay, bx, by, cx, cy = x[first], y[first], x[second], y[second], x[third], y[third]
    area = (bx - ax).astype(np.int64) * (cy - ay) - (by - ay).astype(np.int64) * (cx - ax)
    keep: Mask = area < 0
    keep[two_sided:] |= area[two_sided:] > 0
    left, right = _span(ax, bx, cx)
    top, bottom = _span(ay, by, cy)
    keep &= (right >= left) & (bottom >= top) & (left >= 0) & (top >= 0)
    keep &= (right < window.width) & (bottom < window.height)
    numbers = np.nonzero(keep)[0]
    left, top = left[numbers], top[numbers]
    widest = np.maximum(right[numbers] - left, bottom[numbers] - top) + 1
    corners = tuple(
        (value[numbers] - start * _GRID).astype(np.float32)
        for value, start in ((ax, left), (ay, top), (bx, left), (by, top), (cx, left), (cy, top))
    )
    return _Triangles(
        numbers, corners, area[numbers].astype(np.float32), left, top,
        np.where(widest > _SIZES[-1], widest, np.searchsorted(_SIZES, widest)),
    )  # fmt: skip


def _span(a: Indices, b: Indices, c: Indices) -> tuple[Indices, Indices]:
    """Return the first and the last pixel whose middle may lie between three corners."""
    low = (np.minimum(np.minimum(a, b), c) + _GRID // 2 - 1) >> 4
    high = (np.maximum(np.maximum(a, b), c) - _GRID // 2) >> 4
    return low, high


def _batches(seen: _Triangles) -> Iterator[tuple[Indices, int]]:
    """Yield some triangles of a size, and the side of the square that they fit."""
    for number in np.unique(seen.class_).tolist():
        size = _SIZES[number] if number < len(_SIZES) else number
        chosen = np.nonzero(seen.class_ == number)[0]
        step = max(1, _AT_ONCE // size**2)
        for start in range(0, len(chosen), step):
            yield chosen[start : start + step], size


@cache
def _square(size: int) -> tuple[Indices, Indices, Pixels, Pixels]:
    """Return x and y of the pixels of a square, and of their middles in parts of a pixel."""
    y, x = (axis.ravel() for axis in np.mgrid[0:size, 0:size])
    middles = ((axis * _GRID + _GRID // 2).astype(np.float32)[None] for axis in (x, y))
    return x, y, *middles


def _covered(
    seen: _Triangles, chosen: Indices, depths: Pixels, window: PixelWindow, size: int
) -> tuple[Indices, Indices, Pixels, Pixels, Pixels]:
    """Return the pixels of triangles: number, triangle, nearness to two corners, and depth."""
    x, y, middle_x, middle_y = _square(size)
    ax, ay, bx, by, cx, cy = (corner[chosen][:, None] for corner in seen.corners)
    area = seen.area[chosen][:, None]
    sign = np.sign(area)
    first = ((cx - bx) * (middle_y - by) - (cy - by) * (middle_x - bx)) * sign
    second = ((ax - cx) * (middle_y - cy) - (ay - cy) * (middle_x - cx)) * sign
    area = np.abs(area)
    row, column = np.nonzero((first >= 0) & (second >= 0) & (area - first - second >= 0))
    first, second = first[row, column] / area[row, 0], second[row, column] / area[row, 0]
    owner = chosen[row]
    pixels = (seen.top[owner] + y[column]) * window.width + seen.left[owner] + x[column]
    deep = depths[owner]
    depth = deep[:, 0] * first + deep[:, 1] * second + deep[:, 2] * (1 - first - second)
    return pixels, seen.numbers[owner], first, second, depth
