"""A depth buffer: which triangle is seen at each pixel, and where on it.

Corners lie on a grid of 1/16 pixel and edge functions are whole numbers below 2^24, so that
32-bit numbers are exact and the same pixels are hit on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import Indices, Mask, Pixels

_GRID = 16
_SIZES = (2, 4, 6, 9, 13, 20, 30, 45, 64, 100)
"""Triangles are drawn together with others that fit the same rectangle of pixels."""
_AT_ONCE = 40_000
"""How many pixels of such rectangles are tried together."""
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
    """How near the spot is to each corner of the triangle: three rows."""
    depth: Pixels

    def off_edges(self, window: PixelWindow, width: int) -> Hits:
        """Return what is seen but for the outermost pixels of the window."""
        inner = np.zeros((window.height, window.width), bool)
        inner[width:-width, width:-width] = True
        keep = inner.ravel()[self.pixels]
        pixels, triangles, depth = (
            each[keep] for each in (self.pixels, self.triangles, self.depth)
        )
        return Hits(pixels, triangles, self.weights[:, keep], depth)


@dataclass(frozen=True, slots=True, eq=False)
class _Triangles:
    """Triangles that may be seen: their number, corners in parts of a pixel, and place."""

    numbers: Indices
    corners: tuple[Pixels, ...]
    """x and y of each corner in turn, from the upper left pixel of the triangle."""
    area: Pixels
    left: Indices
    top: Indices
    wide: Indices
    high: Indices
    """The sides of the rectangle of pixels that it is tried in."""


def rasterized(
    points: Array, depth: Array, triangles: Indices, window: PixelWindow, two_sided: int
) -> Hits:
    """Return what is seen of triangles in a window; `points` are its pixels, y down.

    Triangles from the number `two_sided` on are seen from both sides.
    """
    seen = _facing(points, triangles, window, two_sided)
    depths = depth.astype(np.float32)[triangles[seen.numbers].T]
    found = [_covered(seen, depths, window, *batch) for batch in _batches(seen)]
    pixels, ids, first, second, deep = (np.concatenate(each) for each in zip(*found, strict=True))
    # One whole number says depth first, then which triangle comes first.
    key = (np.rint(deep * _DEPTH_PARTS).astype(np.int64) << 32) - ids
    nothing = np.iinfo(np.int64).min
    nearest = np.full(window.size, nothing)
    np.maximum.at(nearest, pixels, key)
    won = np.flatnonzero(nearest[pixels] == key)
    hit = np.flatnonzero(nearest > nothing)
    nearest[pixels[won]] = won
    at = nearest[hit]
    first, second = first[at], second[at]
    return Hits(hit, ids[at], np.stack([first, second, 1 - first - second]), deep[at])


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
    wide, high = _side(right[numbers] - left + 1), _side(bottom[numbers] - top + 1)
    corners = tuple(
        (value[numbers] - start * _GRID).astype(np.float32)
        for value, start in ((ax, left), (ay, top), (bx, left), (by, top), (cx, left), (cy, top))
    )
    return _Triangles(numbers, corners, area[numbers].astype(np.float32), left, top, wide, high)


def _side(pixels: Indices) -> Indices:
    """Return the sides of rectangles that hold so many pixels."""
    sizes = np.append(_SIZES, max(_SIZES[-1], int(pixels.max(initial=0))))
    found: Indices = sizes[np.searchsorted(sizes, pixels)]
    return found


def _span(a: Indices, b: Indices, c: Indices) -> tuple[Indices, Indices]:
    """Return the first and the last pixel whose middle may lie between three corners."""
    low = (np.minimum(np.minimum(a, b), c) + _GRID // 2 - 1) >> 4
    high = (np.maximum(np.maximum(a, b), c) - _GRID // 2) >> 4
    return low, high


def _batches(seen: _Triangles) -> Iterator[tuple[Indices, int, int]]:
    """Yield some triangles of a size, and the sides of the rectangle that they fit."""
    sizes = seen.high.astype(np.int64) << 32 | seen.wide
    for number in np.unique(sizes).tolist():
        chosen = np.flatnonzero(sizes == number)
        high, wide = number >> 32, number & 0xFFFFFFFF
        step = max(1, _AT_ONCE // (high * wide))
        for start in range(0, len(chosen), step):
            yield chosen[start : start + step], high, wide


def _covered(
    seen: _Triangles, depths: Pixels, window: PixelWindow, chosen: Indices, high: int, wide: int
) -> tuple[Indices, Indices, Pixels, Pixels, Pixels]:
    """Return the pixels of triangles: number, triangle, nearness to two corners, and depth."""
    ax, ay, bx, by, cx, cy = (corner[chosen, None] for corner in seen.corners)
    area = seen.area[chosen]
    first, second, third = (
        _inside(*corners, np.sign(area)[:, None], high, wide)
        for corners in ((bx, by, cx, cy), (cx, cy, ax, ay), (ax, ay, bx, by))
    )
    hit = np.flatnonzero(np.minimum(np.minimum(first, second), third) >= 0)
    row = hit // (high * wide)
    area = np.abs(area)[row]
    first, second = first.ravel()[hit] / area, second.ravel()[hit] / area
    corner = seen.top[chosen] * window.width + seen.left[chosen]
    offset = np.arange(high)[:, None] * window.width + np.arange(wide)
    pixels = corner[row] + offset.ravel()[hit - row * (high * wide)]
    one, two, three = depths[:, chosen]
    depth = one[row] * first + two[row] * second + three[row] * (1 - first - second)
    return pixels, seen.numbers[chosen][row], first, second, depth


def _inside(
    ax: Pixels, ay: Pixels, bx: Pixels, by: Pixels, sign: Pixels, high: int, wide: int
) -> Pixels:
    """Return how far within an edge from a to b each pixel of a rectangle is, times its length."""
    middles = np.arange(max(high, wide), dtype=np.float32) * _GRID + _GRID // 2
    down = (bx - ax) * sign * (middles[:high] - ay)
    across = (by - ay) * sign * (middles[:wide] - ax)
    found: Pixels = down[:, :, None] - across[:, None, :]
    return found
