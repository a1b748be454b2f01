"""From joints to a rough surface of a body: each part is a row of ellipsoids.

It says where a body rests and what is impossible about a pose; what is drawn is the mesh. Lengths
are per cent of body height.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.pose import SIDES, BodySide
from workshop_builder.figures.body.proportions import Build, CrossSection
from workshop_builder.figures.body.skeleton import Limb, Skeleton
from workshop_builder.figures.body.vectors import Array, blended

SKULL = (5.6, 6.4, 4.9)
"""Half the length, height and width of a skull; by eye, within a head of 13 % of body height."""


@dataclass(frozen=True, slots=True, eq=False)
class Ellipsoids:
    """One part of the body, as ellipsoids in order."""

    centers: Array
    """n points."""
    axes: Array
    """n times three half-axes: forward, up, right."""

    def lowest(self) -> float:
        """Return the height of the part's lowest point above the floor."""
        reach = np.sqrt((self.axes[:, :, 1] ** 2).sum(axis=1))
        return float((self.centers[:, 1] - reach).min())

    def slice(self, start: int, stop: int | None = None) -> Ellipsoids:
        """Return those from `start` up to, but not including, `stop`."""
        return Ellipsoids(self.centers[start:stop], self.axes[start:stop])

    def moved(self, by: Array) -> Ellipsoids:
        """Return the part moved by a vector."""
        return Ellipsoids(self.centers + by, self.axes)


@dataclass(frozen=True, slots=True, eq=False)
class BodySurface:
    """The surface of a body, part by part."""

    trunk: Ellipsoids
    neck: Ellipsoids
    skull: Ellipsoids
    thighs: dict[BodySide, Ellipsoids]
    shanks: dict[BodySide, Ellipsoids]
    forearms: dict[BodySide, Ellipsoids]
    feet: dict[BodySide, Ellipsoids]

    def moved(self, by: Array) -> BodySurface:
        """Return the surface moved by a vector."""
        thighs, shanks, forearms, feet = (
            {side: part.moved(by) for side, part in limb.items()}
            for limb in (self.thighs, self.shanks, self.forearms, self.feet)
        )
        trunk, neck, skull = (part.moved(by) for part in (self.trunk, self.neck, self.skull))
        return BodySurface(trunk, neck, skull, thighs, shanks, forearms, feet)


_Sections: TypeAlias = tuple[CrossSection, ...]


def body_surface(skeleton: Skeleton, build: Build) -> BodySurface:
    """Return the surface of a body, given its skeleton and its build."""
    arms, legs = skeleton.arms, skeleton.legs
    thigh, shank, forearm = (
        build.limb_sections(sections)
        for sections in (
            proportions.THIGH_SECTIONS,
            proportions.SHANK_SECTIONS,
            proportions.FOREARM_SECTIONS,
        )
    )
    return BodySurface(
        _trunk(skeleton, build),
        _neck(skeleton),
        _skull(skeleton),
        {side: _upper_segment(legs[side], thigh) for side in SIDES},
        {side: _lower_segment(legs[side], shank) for side in SIDES},
        {side: _lower_segment(arms[side], forearm) for side in SIDES},
        {side: _foot(legs[side]) for side in SIDES},
    )


def _trunk(skeleton: Skeleton, build: Build) -> Ellipsoids:
    at, middle, half_depth, half_width = _measures(build.trunk_sections())
    points, frames = skeleton.spine_curve(at)
    axes = np.zeros_like(frames)
    axes[:, 0] = frames[:, 0] * half_depth[:, None]
    axes[:, 2] = frames[:, 2] * half_width[:, None]
    return Ellipsoids(points + frames[:, 0] * middle[:, None], axes)


def _neck(skeleton: Skeleton) -> Ellipsoids:
    end = skeleton.head - skeleton.head_frame[1] * proportions.HEAD
    frame = blended(skeleton.chest_frame, skeleton.head_frame, 0.5)
    return _tube(skeleton.neck_base, end, frame, proportions.NECK_SECTIONS)


def _skull(skeleton: Skeleton) -> Ellipsoids:
    return Ellipsoids(skeleton.head[None], (skeleton.head_frame * np.array(SKULL)[:, None])[None])


def _upper_segment(limb: Limb, sections: _Sections) -> Ellipsoids:
    """Return a thigh, round at the hip."""
    tube = _tube(limb.root, limb.middle, limb.upper, sections)
    return _with_ball(tube, limb.root, limb.upper, sections[0])


def _lower_segment(limb: Limb, sections: _Sections) -> Ellipsoids:
    """Return a shank or a forearm, round at knee or elbow."""
    tube = _tube(limb.middle, limb.end, limb.lower, sections)
    return _with_ball(tube, limb.middle, blended(limb.upper, limb.lower, 0.5), sections[0])


def _tube(start: Array, end: Array, frame: Array, sections: _Sections) -> Ellipsoids:
    """Return a straight segment as discs."""
    at, middle, half_depth, half_width = _measures(sections)
    centers = start + np.outer(at, end - start) + np.outer(middle, frame[0])
    axes = np.zeros((len(at), 3, 3))
    axes[:, 0] = np.outer(half_depth, frame[0])
    axes[:, 2] = np.outer(half_width, frame[2])
    return Ellipsoids(centers, axes)


def _with_ball(tube: Ellipsoids, joint: Array, frame: Array, section: CrossSection) -> Ellipsoids:
    """Return a tube with a ball at its first joint, so that no gap shows where it bends."""
    radius = (section.front + section.back) / 2
    center = joint + frame[0] * (section.front - section.back) / 2
    axes = np.array([frame[0] * radius, frame[1] * radius, frame[2] * section.half_width])
    return Ellipsoids(
        np.vstack([center[None], tube.centers]),
        np.vstack([axes[None], tube.axes]),
    )


@cache
def _measures(sections: _Sections) -> tuple[Array, Array, Array, Array]:
    """Return each section's place, how far forward its middle lies, half its depth and width."""
    return (
        np.array([each.at for each in sections]),
        np.array([(each.front - each.back) / 2 for each in sections]),
        np.array([(each.front + each.back) / 2 for each in sections]),
        np.array([each.half_width for each in sections]),
    )


_HALF_LENGTH = 1.3
"""Of each part of a foot, from its middle forward and back."""
_FOOT = (
    (-2.0, -2.2, 1.8, 1.7),
    (2.2, -2.0, 2.0, 1.9),
    (7.0, -2.8, 1.2, 2.3),
    (9.8, -3.1, 0.9, 2.1),
)
"""Heel, instep, ball and toes: how far forward and up from the ankle, half the height, half the
width. By eye; the sole is as far below the ankle as `proportions.ANKLE` says."""
FOOT_PARTS = len(_FOOT)
PARTS_TO_BALL = 3
"""The parts of a foot without its toes, which bend with the floor."""


def foot_lowest(leg: Limb, count: int = FOOT_PARTS) -> float:
    """Return the height above the floor of the lowest point of a foot's first `count` parts."""
    ankle, (forward, up, right) = float(leg.end[1]), leg.tip[:, 1].tolist()
    return min(
        ankle
        + float(forward) * x
        + float(up) * y
        - math.hypot(forward * _HALF_LENGTH, up * half_height, right * half_width)
        for x, y, half_height, half_width in _FOOT[:count]
    )


def _foot(leg: Limb) -> Ellipsoids:
    forward, up, right = leg.tip
    centers = [leg.end + forward * x + up * y for x, y, _, _ in _FOOT]
    axes = [[forward * _HALF_LENGTH, up * high, right * wide] for _, _, high, wide in _FOOT]
    return Ellipsoids(np.array(centers), np.array(axes))
