"""Arrays of many vectors at once, and rotations of space.

A rotation is a matrix that turns columns; a frame has the directions of a part as its rows.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from workshop_builder.figures.body.vectors import Array, cross, unit

Indices: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
Pixels: TypeAlias = NDArray[Any]
"""A number for each pixel of a picture."""

_HALF_UP = 0.5 + 1e-5
"""What is added before numbers are cut, so that exact halves do not tip either way."""

_ONE_THREAD = 1 << 18
"""The multiplications up to which a product of matrices is left to one thread."""


def snapped(values: Array, parts: int) -> Array:
    """Return numbers rounded to the nearest 1/`parts`, the same on every machine."""
    rounded: Array = np.floor(values * parts + _HALF_UP) / parts
    return rounded


def product(rows: Array, matrix: Array) -> Array:
    """Return the product of many rows and a matrix, as `@` does, by one thread.

    Larger products are shared out to threads, which wait longer for one another than they work.
    """
    step = _ONE_THREAD // matrix.size
    parts = [rows[start : start + step] @ matrix for start in range(0, len(rows), step)]
    return np.concatenate(parts) if parts else rows @ matrix


def dots(first: Array, second: Array) -> Array:
    """Return the scalar product of each pair of rows."""
    total: Array = first[:, 0] * second[:, 0] + first[:, 1] * second[:, 1]
    return total + first[:, 2] * second[:, 2]


def crosses(first: Array, second: Array) -> Array:
    """Return the vector product of each pair of rows."""
    (a, b, c), (d, e, f) = first.T, second.T
    return np.stack([b * f - c * e, c * d - a * f, a * e - b * d], axis=1)


def units(rows: Array) -> Array:
    """Return rows of length 1 in the same directions."""
    lengths: Array = np.maximum(np.sqrt(dots(rows, rows)), 1e-12)[:, None]
    return rows / lengths


def rotation(axis: Array, angle: float) -> Array:
    """Return the rotation about an axis, by an angle in radians (Rodrigues' formula)."""
    x, y, z = unit(axis).tolist()
    c, s = math.cos(angle), math.sin(angle)
    d = 1 - c
    return np.array([
        [c + d * x * x, d * x * y - s * z, d * x * z + s * y],
        [d * x * y + s * z, c + d * y * y, d * y * z - s * x],
        [d * x * z - s * y, d * y * z + s * x, c + d * z * z],
    ])  # fmt: skip


def _vector(turn: Array) -> Array:
    return np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]])


def between(first: Array, last: Array, share: float) -> Array:
    """Return the rotation that is `share` of the way from one to another."""
    turn = last @ first.T
    angle = math.acos(max(-1.0, min(1.0, (float(np.trace(turn)) - 1) / 2)))
    axis = _vector(turn)
    if angle < 1e-6 or float(axis @ axis) < 1e-18:
        return first
    return rotation(axis, angle * share) @ first


def twist_about(turn: Array, axis: Array) -> float:
    """Return by what angle, in radians, a rotation turns about an axis."""
    half = math.sqrt(max(0.0, 1 + float(np.trace(turn)))) / 2
    if half < 1e-6:
        return math.pi
    return 2 * math.atan2(float(_vector(turn) @ unit(axis)) / (4 * half), half)


def framed(up: Array, right: Array) -> Array:
    """Return the frame whose up is given, its right as close to `right` as can be."""
    up = unit(up)
    right = unit(right - up * float(right @ up))
    return np.array([cross(up, right), up, right])
