"""Arcs: ways that bend evenly, also those that are as good as straight.

Lengths are per cent of body height, in the plane of a picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from workshop_builder.figures.body.vectors import Array

_STRAIGHT = 0.02
"""How much of its length a way bows out, and is still drawn straight."""
_LEAST_RADIUS, _FAR = 5.0, 1e4
"""The radius of the tightest bend, and of what is as good as straight."""
_POINTS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Arc:
    """A part of a circle; lengths along it count from its start, and go on beyond its ends."""

    center: Array
    radius: float
    first: float
    """The direction from the centre to the start, in radians."""
    turn: float
    """1 against the clock, -1 with it."""
    length: float

    @property
    def is_straight(self) -> bool:
        """Whether it is as good as straight."""
        return self.radius >= _FAR

    def line(self, start: float, length: float, outward: float = 0.0) -> Array:
        """Return points of a stretch of it, or of one further out from the centre."""
        found: Array = self.lines(np.array([[start, length, outward]]))[0]
        return found

    def lines(self, stretches: Array) -> Array:
        """Return points of many stretches: rows of start, length, and how much further out."""
        start, length, outward = stretches.T
        radius = np.maximum(self.radius + outward, _LEAST_RADIUS)
        # The stretch is as long further out as it is here, about the same middle.
        middle = self.first + self.turn * (start + length / 2) / self.radius
        half = self.turn * (length / radius / 2)
        angles = np.linspace(middle - half, middle + half, _POINTS, axis=1)
        ways = np.stack([np.cos(angles), np.sin(angles)], axis=2)
        points: Array = self.center + radius[:, None, None] * ways
        return points

    def along(self, point: Array) -> float:
        """Return how far along it a point of it is."""
        out = point - self.center
        turned = math.atan2(out[1], out[0]) - self.first
        turned = (turned + math.pi) % (2 * math.pi) - math.pi
        return self.turn * turned * self.radius

    def at(self, along: float) -> Array:
        """Return the point at a length along it."""
        angle = self.first + self.turn * along / self.radius
        point: Array = self.center + self.radius * np.array([math.cos(angle), math.sin(angle)])
        return point


def straight(start: Array, way: Array, length: float) -> Arc:
    """Return an arc that is as good as straight, along a direction of length 1."""
    aside = np.array([-way[1], way[0]])
    outward = -aside
    # Far away, its centre is to the left: it turns against the clock.
    return Arc(start + aside * _FAR, _FAR, math.atan2(outward[1], outward[0]), 1.0, length)


def around(pivot: Array, start: Array, sweep: float) -> Arc:
    """Return an arc from a point round a pivot, by an angle in radians."""
    out = start - pivot
    radius = max(float(np.linalg.norm(out)), _LEAST_RADIUS)
    first = math.atan2(out[1], out[0])
    return Arc(pivot, radius, first, math.copysign(1, sweep), abs(sweep) * radius)


def through(points: Array) -> Arc:
    """Return the arc through three points."""
    start, middle, end = points
    chord = end - start
    length = float(np.linalg.norm(chord))
    way = chord / max(length, 1e-6)
    aside = np.array([-way[1], way[0]])
    # Where a way bows out to its left, it turns with the clock.
    bow = float((middle - (start + end) / 2) @ aside)
    if abs(bow) < _STRAIGHT * length or length < 1e-3:
        return straight(start, way, length)
    radius = (length**2 / 4 + bow**2) / (2 * abs(bow))
    pivot = (start + end) / 2 + aside * (bow - math.copysign(radius, bow))
    half = math.asin(min(1.0, length / 2 / radius))
    sweep = 2 * (half if abs(bow) <= radius else math.pi - half)
    return around(pivot, start, -math.copysign(sweep, bow))
