"""Vectors and frames in space, as numpy arrays.

x points to the right of a side view, y up, z towards the reader. A frame has three rows of
length 1: the directions forward, up and right of a part of the body.
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]

UP: Array = np.array([0.0, 1.0, 0.0])
_HORIZONTAL: Array = np.array([1.0, 0.0, 1.0])


def horizontal(vector: Array) -> Array:
    """Return a vector with its height taken away."""
    return np.asarray(vector * _HORIZONTAL)


def cross(a: Array, b: Array) -> Array:
    """Return the vector at right angles to two others; numpy's own takes ten times as long."""
    (ax, ay, az), (bx, by, bz) = a.tolist(), b.tolist()
    return np.array([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])


def unit(vector: Array) -> Array:
    """Return the vector of length 1 in the same direction; a vector of length 0 as it is."""
    length = math.sqrt(float(vector @ vector))
    return vector / length if length > 1e-9 else vector


def upright_frame(direction: float) -> Array:
    """Return the frame of a body seen from its side whose upper end points to `direction`.

    The direction is in degrees, from 0 on the right over 90 at the top to 180 on the left.
    """
    c, s = math.cos(math.radians(direction)), math.sin(math.radians(direction))
    return np.array([[s, -c, 0.0], [c, s, 0.0], [0.0, 0.0, 1.0]])


def sideways_frame(direction: float) -> Array:
    """Return the frame of a body that lies on its left side, its front towards the reader.

    Its upper end points to `direction`: 0 is level, on the right; 90 would be upright.
    """
    c, s = math.cos(math.radians(direction)), math.sin(math.radians(direction))
    return np.array([[0.0, 0.0, 1.0], [c, s, 0.0], [-s, c, 0.0]])


def _rotated(frame: Array, first: int, second: int, degrees: float) -> Array:
    """Return a frame whose row `first` is turned towards its row `second`."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    new = frame.copy()
    new[first] = frame[first] * c + frame[second] * s
    new[second] = frame[second] * c - frame[first] * s
    return new


def flexed(frame: Array, degrees: float) -> Array:
    """Return a frame turned so that what hangs down from a joint swings forward."""
    return _rotated(frame, 0, 1, degrees)


def abducted(frame: Array, degrees: float) -> Array:
    """Return a frame turned so that what hangs down from a joint swings to the body's right."""
    return _rotated(frame, 2, 1, degrees)


def twisted(frame: Array, degrees: float) -> Array:
    """Return a frame turned about its up axis so that its front looks to the body's right."""
    return _rotated(frame, 0, 2, degrees)


def segment_frame(down: Array, right: Array) -> Array:
    """Return the frame of a limb's segment that leads along `down`, its right close to `right`."""
    up = -unit(down)
    side = unit(right - up * float(right @ up))
    return np.array([cross(up, side), up, side])


def blended(first: Array, second: Array, share: float) -> Array:
    """Return a frame between two: 0 gives the first, 1 the second."""
    mixed = first * (1 - share) + second * share
    up = unit(mixed[1])
    side = unit(mixed[2] - up * float(mixed[2] @ up))
    return np.array([cross(up, side), up, side])
