"""From joints to a body's surface: cuts through its parts, as ellipsoids in space.

A cut is an ellipsoid with a centre and three half-axes. Seen from anywhere, it is an
ellipse; a part of the body is what lies between its ellipses.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.pose import SIDES, SideOf
from workshop_builder.figures.body.proportions import Build, Station
from workshop_builder.figures.body.skeleton import Limb, Skeleton
from workshop_builder.figures.body.vectors import Array, between


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """Cuts through one part, in order."""

    centers: Array
    """n points."""
    axes: Array
    """n times three half-axes."""
    thin: bool = False
    """Whether they lie flat across a line, but for the ball of a joint."""
    ball: bool = False
    """Whether the first is the ball of a joint."""

    def lowest(self) -> float:
        """Return how far down the part reaches."""
        reach = np.sqrt((self.axes[:, :, 1] ** 2).sum(axis=1))
        return float((self.centers[:, 1] - reach).min())

    def slice(self, start: int, stop: int | None) -> Cuts:
        """Return some of the cuts."""
        ball = self.ball and start == 0
        return Cuts(self.centers[start:stop], self.axes[start:stop], self.thin, ball)


def cut(center: Array, frame: Array, station: Station, thick: float = 0.0) -> tuple[Array, Array]:
    """Return one cut: its centre and half-axes (forward, up, right)."""
    middle = center + frame[0] * (station.front - station.back) / 2
    deep = (station.front + station.back) / 2
    return middle, np.array([frame[0] * deep, frame[1] * thick, frame[2] * station.wide])


def joined(cuts: Sequence[tuple[Array, Array]]) -> Cuts:
    """Return single cuts as one value."""
    return Cuts(np.array([c for c, _ in cuts]), np.array([a for _, a in cuts]))


def tube(start: Array, end: Array, frame: Array, stations: tuple[Station, ...]) -> Cuts:
    """Return the cuts of a straight segment."""
    at, middle, deep, wide = _measures(stations)
    centers = start + np.outer(at, end - start) + np.outer(middle, frame[0])
    axes = np.zeros((len(at), 3, 3))
    axes[:, 0] = np.outer(deep, frame[0])
    axes[:, 2] = np.outer(wide, frame[2])
    return Cuts(centers, axes, thin=True)


@cache
def _measures(stations: tuple[Station, ...]) -> tuple[Array, Array, Array, Array]:
    """Return each cut's place, how far forward its middle lies, half its depth and width."""
    return (
        np.array([s.at for s in stations]),
        np.array([(s.front - s.back) / 2 for s in stations]),
        np.array([(s.front + s.back) / 2 for s in stations]),
        np.array([s.wide for s in stations]),
    )


def ball(center: Array, frame: Array, station: Station) -> tuple[Array, Array]:
    """Return a round cut that fills a joint."""
    return cut(center, frame, station, (station.front + station.back) / 2)


@dataclass(frozen=True, slots=True, eq=False)
class Flesh:
    """The surface of a body, part by part."""

    trunk: Cuts
    neck: Cuts
    skull: Cuts
    thighs: dict[SideOf, Cuts]
    shanks: dict[SideOf, Cuts]
    upper_arms: dict[SideOf, Cuts]
    forearms: dict[SideOf, Cuts]
    feet: dict[SideOf, Cuts]


def _segment(limb: Limb, stations: tuple[Station, ...], *, lower: bool) -> Cuts:
    """Return the cuts of one segment, rounded at its upper joint."""
    start, end = (limb.middle, limb.end) if lower else (limb.root, limb.middle)
    frame = limb.lower if lower else limb.upper
    joint = between(limb.upper, limb.lower, 0.5) if lower else frame
    center, axes = ball(start, joint, stations[0])
    rest = tube(start, end, frame, stations)
    centers = np.vstack([center[None], rest.centers])
    return Cuts(centers, np.vstack([axes[None], rest.axes]), thin=True, ball=True)


_FOOT = (
    (-2.0, -2.2, 1.8, 1.7),
    (2.2, -2.0, 2.0, 1.9),
    (7.0, -2.8, 1.2, 2.3),
    (9.8, -3.1, 0.9, 2.1),
)
"""Heel, instep, ball and toes: forward and up from the ankle, half the height, half the width."""
_FOOT_LONG = 1.3


def foot_lowest(limb: Limb, count: int = 4) -> float:
    """Return how far down the first `count` cuts of a foot reach."""
    ankle, (forward, up, right) = float(limb.end[1]), limb.tip[:, 1].tolist()
    return min(
        ankle
        + float(forward) * x
        + float(up) * y
        - math.hypot(forward * _FOOT_LONG, up * high, right * wide)
        for x, y, high, wide in _FOOT[:count]
    )


def foot_cuts(limb: Limb) -> Cuts:
    """Return a foot as four rounded cuts."""
    forward, up = limb.tip[0], limb.tip[1]
    return joined(
        [
            (
                limb.end + forward * x + up * y,
                np.array([forward * _FOOT_LONG, up * high, limb.tip[2] * wide]),
            )
            for x, y, high, wide in _FOOT
        ]
    )


def _trunk(bones: Skeleton, build: Build) -> Cuts:
    at, middle, deep, wide = _measures(build.trunk_flesh())
    points, frames = bones.trunk_line(at)
    axes = np.zeros_like(frames)
    axes[:, 0] = frames[:, 0] * deep[:, None]
    axes[:, 2] = frames[:, 2] * wide[:, None]
    return Cuts(points + frames[:, 0] * middle[:, None], axes, thin=True)


def flesh(bones: Skeleton, build: Build) -> Flesh:
    """Return the surface of a body."""
    neck_end = bones.head - bones.head_frame[1] * proportions.HEAD
    neck_frame = between(bones.chest_frame, bones.head_frame, 0.5)
    f = bones.head_frame
    skull = (bones.head, np.array([f[0] * 5.6, f[1] * 6.4, f[2] * 4.9]))
    thigh, shank = (
        build.limb_flesh(proportions.THIGH_FLESH),
        build.limb_flesh(proportions.SHANK_FLESH),
    )
    upper, fore = (
        build.limb_flesh(proportions.UPPER_ARM_FLESH),
        build.limb_flesh(proportions.FOREARM_FLESH),
    )
    return Flesh(
        _trunk(bones, build),
        tube(bones.shoulders, neck_end, neck_frame, proportions.NECK_FLESH),
        joined([skull]),
        {s: _segment(bones.legs[s], thigh, lower=False) for s in SIDES},
        {s: _segment(bones.legs[s], shank, lower=True) for s in SIDES},
        {s: _segment(bones.arms[s], upper, lower=False) for s in SIDES},
        {s: _segment(bones.arms[s], fore, lower=True) for s in SIDES},
        {s: foot_cuts(bones.legs[s]) for s in SIDES},
    )
