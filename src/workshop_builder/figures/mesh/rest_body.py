"""A body at rest: its vertices, its joints, and the frames of its limbs before any pose."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np

from workshop_builder.figures.body.pose import OUTWARD, SIDES, BodySide
from workshop_builder.figures.body.vectors import UP, Array, cross, horizontal, unit
from workshop_builder.figures.mesh import smoothing
from workshop_builder.figures.mesh.arrays import framed
from workshop_builder.figures.mesh.data import EYE, LETTER, SKIN, mesh, shape

_EARS_UP = 1.3
"""How much higher ears are than the mesh has them, in per cent of body height."""
_RIGHT = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True, slots=True, eq=False)
class LimbFrames:
    """The frames of one side at rest, as those of `skeleton.Limb` are."""

    upper_arm: Array
    forearm: Array
    hand: Array
    """Its rows: the back of the hand, against the fingers, the thumb."""
    thigh: Array
    shank: Array
    foot: Array


@dataclass(frozen=True, slots=True, eq=False)
class RestBody:
    """A body of one build, standing with its arms half raised."""

    points: Array
    joints: Array
    """Where each bone begins."""
    ends: Array
    """Where each bone ends."""
    frames: dict[BodySide, LimbFrames]
    details: Array = field(repr=False)
    """What smoothing takes from the points, in the frames of the smooth surface."""

    def joint(self, name: str, side: BodySide | None = None) -> Array:
        """Return where a bone begins."""
        point: Array = self.joints[mesh().bones[f"{name}.{LETTER[side]}" if side else name]]
        return point

    def depth_of(self, *bones: str) -> float:
        """Return half the depth, in its middle, of the part that follows some bones."""
        x, y, z = self.points[mesh().share(*bones) > 0.5].T
        middle = (np.abs(y - y.mean()) < np.ptp(y) / 5) & (z > 0)
        return float(np.ptp(x[middle])) / 2

    @property
    def eyes(self) -> Array:
        """Forward and up of the eyes, and how far they are from the middle."""
        left, right = self.points[SKIN : SKIN + EYE].mean(0), self.points[SKIN + EYE :].mean(0)
        return np.array([*((left + right) / 2)[:2], abs(left[2])])


@cache
def rest_body(name: str) -> RestBody:
    """Return the body of a build and a sex, such as `full-f`."""
    points, bones = shape(name)
    points = _ears_up(points)
    joints, ends = bones[:, 0], bones[:, 1]
    body = RestBody(points, joints, ends, {}, smoothing.details(points))
    body.frames.update({side: _frames(body, side) for side in SIDES})
    return body


def _ears_up(points: Array) -> Array:
    """Return the points with the ears between the heights of brow and nose, as drawn ones are."""
    found = points.copy()
    for ear in ((mesh().ears > 0.5) & (points[:, 2] * side > 0) for side in (1, -1)):
        middle = points[ear].mean(axis=0)
        reach = np.sqrt(((points[ear] - middle) ** 2).sum(axis=1)).max()
        off = np.sqrt(((points - middle) ** 2).sum(axis=1)) / reach
        found[:, 1] += _EARS_UP * np.clip(2 - off, 0, 1)
    return found


def _frames(body: RestBody, side: BodySide) -> LimbFrames:
    hip, knee, ankle, toes, shoulder, elbow, wrist, index, middle, little = (
        body.joint(name, side)
        for name in (
            *("upperleg01", "lowerleg01", "foot", "toes", "upperarm01", "lowerarm01", "wrist"),
            *("finger2-1", "finger3-1", "finger5-1"),
        )
    )
    ahead = unit(horizontal(toes - ankle))
    upper, lower = unit(shoulder - elbow), elbow - wrist
    bend = unit(-lower + upper * float(lower @ upper))
    across = cross(bend, upper)
    fingers = unit(middle - wrist)
    thumb = index - little
    thumb = unit(thumb - fingers * float(thumb @ fingers))
    return LimbFrames(
        np.array([bend, upper, across]),
        framed(lower, across),
        np.array([cross(thumb, -fingers) * OUTWARD[side], -fingers, thumb]),
        framed(hip - knee, _RIGHT),
        framed(knee - ankle, _RIGHT),
        np.array([ahead, UP, cross(ahead, UP)]),
    )
