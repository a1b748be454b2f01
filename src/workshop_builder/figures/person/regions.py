"""Where on the resting body the regions are in which an exercise is felt.

A region is a soft ball around a muscle, in per cent of body height, by eye on the body `medium-f`.
Places on an arm are counted along that arm, so that they are its front or back however it hangs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

import numpy as np

from workshop_builder.figures.body.pose import OUTWARD, BodySide
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.arrays import product
from workshop_builder.figures.mesh.rest_body import RestBody, rest_body

_MIDLINE = -0.6
"""How far across the middle of the body a region of one side goes."""
_FITTED_TO = "medium-f"
_CountedIn: TypeAlias = Literal["body", "upper arm", "forearm"]
_Triple: TypeAlias = tuple[float, float, float]
_HIP, _KNEE, _ANKLE, _TOES = "upperleg01", "lowerleg01", "foot", "toes"
_SHOULDER, _ELBOW, _WRIST, _FINGER = "upperarm01", "lowerarm01", "wrist", "finger3-1"
_NECK, _HEAD = "neck01", "head"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a region is on the resting body."""

    start: str
    """The joint from which it is counted; empty for the middle between the hips."""
    end: str
    along: float
    """How far it is from `start` to another joint."""
    off: _Triple
    """Forward, up and outward from there."""
    radii: _Triple
    parts: frozenset[str]
    """Where it shows: on head, trunk, arm, hand, leg."""
    one_sided: bool
    limb: _CountedIn
    """What forward, up and outward are counted in."""

    def nearness(self, rest: RestBody, side: BodySide, places: Array) -> Array:
        """Return for spots at rest (columns) how far off they are: less than 1 is within."""
        radii = np.array(self.radii) * self._girth(rest)
        off = (places - self._middle(rest, side)[:, None]).T
        away = product(off, self._axes(rest, side).T).T
        across = self.one_sided & (places[2] * OUTWARD[side] < _MIDLINE)
        total: Array = ((away / radii[:, None]) ** 2).sum(axis=0)
        return np.where(across, np.inf, total)

    def _middle(self, rest: RestBody, side: BodySide) -> Array:
        start = np.zeros(3)
        if self.start:
            start = rest.joint(self.start, None if self.start in {_NECK, _HEAD} else side)
        if self.end:
            start = start + (rest.joint(self.end, side) - start) * self.along
        off = np.array(self.off) * self._girth(rest)
        found: Array = start + off @ self._axes(rest, side)
        return found

    def _axes(self, rest: RestBody, side: BodySide) -> Array:
        """Return the directions forward, up and outward of what it lies on."""
        frames = rest.frames[side]
        axes = {"upper arm": frames.upper_arm, "forearm": frames.forearm}.get(self.limb, np.eye(3))
        found: Array = axes * np.array([[1], [1], [OUTWARD[side]]])
        return found

    def _girth(self, rest: RestBody) -> Array:
        """Return how thick a body is there, as shares of the one that the spots were fitted to."""
        bones = "upperleg" if self.start in {_HIP, _KNEE} else "spine"
        return np.array([_girth(rest, bones), 1, 1])


@cache
def _girth(rest: RestBody, bones: str) -> float:
    return rest.depth_of(bones) / rest_body(_FITTED_TO).depth_of(bones)


def _spot(
    parts: str, off: _Triple, radii: _Triple, start: str = "", end: str = "", along: float = 0,
    *, both: bool = False, limb: _CountedIn = "body",
) -> Spot:  # fmt: skip
    return Spot(start, end, along, off, radii, frozenset(parts.split()), not both, limb)


SPOTS: Mapping[str, Spot] = {
    "jaw": _spot("head", (1.2, -2.2, 3.6), (3.4, 2.6, 3.4), _HEAD),
    "throat": _spot("trunk head", (3.6, 1.8, 0), (3.2, 3.6, 3.2), _NECK, both=True),
    "neck": _spot("trunk", (-0.5, 2.6, 4.2), (4.2, 4.8, 5.0), _NECK),
    "back of neck": _spot("trunk head", (-4.2, 2.6, 0), (3.6, 4.4, 4.0), _NECK, both=True),
    "between shoulder blades": _spot(
        "trunk", (-8.5, -8.0, 0), (7.0, 6.6, 5.6), _NECK, both=True
    ),
    "upper back": _spot("trunk", (-8.5, -7.0, 0), (6.5, 6.5, 10.0), _NECK, both=True),
    "side of back": _spot("trunk", (-4.5, -15.0, 8.2), (6.0, 6.4, 5.0), _NECK),
    "low back": _spot("trunk", (-7.5, 10.0, 0), (7.0, 6.4, 11.0), both=True),
    "chest": _spot("trunk", (6.5, -7.5, 0), (6.5, 5.0, 10.0), _NECK, both=True),
    "abdomen": _spot("trunk", (8.5, 7.5, 0), (7.0, 7.0, 9.0), both=True),
    "waist": _spot("trunk", (0.5, 13.0, 8.0), (8.0, 6.0, 5.6)),
    "shoulder": _spot("trunk arm", (0, 0.4, 2.2), (6.0, 5.6, 5.6), _SHOULDER),
    "back of shoulder": _spot("trunk arm", (-4.2, 0.2, 0.6), (4.4, 4.8, 5.2), _SHOULDER),
    "front upper arm": _spot(
        "arm", (2.4, 0, 0), (2.9, 5.4, 3.4), _SHOULDER, _ELBOW, 0.6, limb="upper arm"
    ),
    "back upper arm": _spot(
        "arm", (-2.4, 0, 0), (2.9, 5.4, 3.4), _SHOULDER, _ELBOW, 0.6, limb="upper arm"
    ),
    "front forearm": _spot(
        "arm", (1.8, 0, -0.4), (2.4, 4.8, 2.9), _ELBOW, _WRIST, 0.36, limb="forearm"
    ),
    "back forearm": _spot(
        "arm", (-1.8, 0, 0.4), (2.4, 4.8, 2.9), _ELBOW, _WRIST, 0.36, limb="forearm"
    ),
    "hand": _spot("arm hand", (0, 0, 0), (3.6, 3.6, 3.6), _WRIST, _FINGER, 0.7),
    "buttock": _spot("trunk leg", (-7.0, 1.8, 2.0), (7.0, 7.0, 9.0), _HIP),
    "outer hip": _spot("trunk leg", (-0.5, 1.0, 4.5), (7.0, 7.0, 6.0), _HIP),
    "front hip": _spot("trunk leg", (5.5, -2.2, 1.0), (4.6, 7.2, 4.4), _HIP),
    "groin": _spot("trunk leg", (3.8, -4.6, -3.2), (5.0, 4.4, 3.0), _HIP),
    "back thigh": _spot("trunk leg", (-5.2, 0, 0), (5.6, 10.0, 7.6), _HIP, _KNEE, 0.52),
    "front thigh": _spot("trunk leg", (5.2, 0, 0), (5.4, 9.5, 7.0), _HIP, _KNEE, 0.45),
    "inner thigh": _spot("trunk leg", (0, 0, -4.0), (5.0, 9.0, 4.0), _HIP, _KNEE, 0.4),
    "outer thigh": _spot("trunk leg", (0, 0, 5.0), (3.8, 9.0, 4.0), _HIP, _KNEE, 0.52),
    "knee": _spot("leg", (3.6, 0.4, 0), (4.0, 4.2, 4.4), _KNEE),
    "calf": _spot("leg", (-4.2, 0, 0), (4.6, 8.0, 6.0), _KNEE, _ANKLE, 0.32),
    "shin": _spot("leg", (2.8, 0, 0.8), (3.2, 7.6, 4.0), _KNEE, _ANKLE, 0.42),
    "ankle": _spot("leg", (0, 0.4, 1.6), (3.4, 3.0, 3.4), _ANKLE),
    "sole": _spot("leg foot", (0, -2.0, 0), (6.0, 2.4, 4.0), _ANKLE, _TOES, 0.5),
}  # fmt: skip
"""Every region by its name, without the side."""
