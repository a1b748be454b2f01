"""Turning and moving in space: points and frames as numpy arrays.

x points to the right of a side view, y up, z towards the reader. A frame has three
rows: forward, up and right of a part of the body, each of length 1.
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]


def cross(a: Array, b: Array) -> Array:
    """Return the vector at right angles to two others; numpy's own takes ten times as long."""
    (ax, ay, az), (bx, by, bz) = a.tolist(), b.tolist()
    return np.array([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])


def upright(direction: float) -> Array:
    """Return the frame of a body whose upper end points to `direction`, in degrees."""
    c, s = math.cos(math.radians(direction)), math.sin(math.radians(direction))
    return np.array([[s, -c, 0.0], [c, s, 0.0], [0.0, 0.0, 1.0]])


def _turned(frame: Array, first: int, second: int, degrees: float) -> Array:
    """Turn the row `first` of a frame towards the row `second`."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    new = frame.copy()
    new[first] = frame[first] * c + frame[second] * s
    new[second] = frame[second] * c - frame[first] * s
    return new


def flexed(frame: Array, degrees: float) -> Array:
    """Swing what hangs down from a joint forward."""
    return _turned(frame, 0, 1, degrees)


def spread(frame: Array, degrees: float) -> Array:
    """Swing what hangs down from a joint to the body's right."""
    return _turned(frame, 2, 1, degrees)


def rolled(frame: Array, degrees: float) -> Array:
    """Turn a part about its own length so that its front looks to the body's right."""
    return _turned(frame, 0, 2, degrees)


def unit(vector: Array) -> Array:
    """Return a vector of length 1 in the same direction; one of no length stays."""
    length = math.sqrt(float(vector @ vector))
    return vector / length if length > 1e-9 else vector


def along(down: Array, right: Array) -> Array:
    """Return the frame of a limb that leads along `down`, its right near to `right`."""
    up = -unit(down)
    side = unit(right - up * float(right @ up))
    return np.array([cross(up, side), up, side])


def between(first: Array, second: Array, part: float) -> Array:
    """Return a frame between two, `part` of the way."""
    mixed = first * (1 - part) + second * part
    up = unit(mixed[1])
    side = unit(mixed[2] - up * float(mixed[2] @ up))
    return np.array([cross(up, side), up, side])
