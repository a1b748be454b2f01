"""Joint limits: how far healthy adults can go, with help.

They start from the norms of the American Academy of Orthopaedic Surgeons (hip flexion 120
degrees, knee 135, and so on), and add what body weight, a pulling hand or long practice adds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from workshop_builder.figures.body.faults import folded
from workshop_builder.figures.body.pose import SIDES
from workshop_builder.figures.body.skeleton import Limb, Skeleton
from workshop_builder.model.figure import FigureFault
from workshop_builder.model.posture import Limbs, Posture

JOINTS: Mapping[str, tuple[float, float]] = {
    "hip": (-30, 145),
    "hip_out": (-35, 70),
    "hip_turn": (-50, 90),
    "knee": (-5, 160),
    "ankle": (-70, 35),
    "shoulder": (-65, 190),
    "shoulder_out": (-45, 185),
    "shoulder_turn": (-95, 95),
    "shoulder_lift": (-15, 35),
    "shoulder_forward": (-25, 35),
    "elbow": (-5, 155),
    "forearm_turn": (-90, 90),
    "wrist": (-80, 85),
    "spine": (-45, 75),
    "side_bend": (-40, 40),
    "twist": (-65, 65),
    "neck": (-65, 75),
    "neck_tilt": (-50, 50),
    "neck_turn": (-90, 90),
}
"""The least and the greatest angle of each joint, in degrees."""
_FOLDING_SLACK = 8.0
"""Degrees beyond its limit to which a hinge may bend for a contact before it shows."""


def exceeded(posture: Posture) -> Iterator[FigureFault]:
    """Yield a fault for each angle of a posture that is beyond what people can do."""
    yield from _exceeded(posture)
    for side in ("both", *SIDES):
        yield from _exceeded(getattr(posture, side), side)


def _exceeded(angles: Posture | Limbs, *keys: str) -> Iterator[FigureFault]:
    for name, (least, most) in JOINTS.items():
        value = getattr(angles, name, None)
        if value is not None and not least <= value <= most:
            over = max(least - value, value - most)
            fault = f"{name}: {value:g} is {over:g}° further than people can go"
            remedy = f"write an angle from {least:g} to {most:g}"
            yield FigureFault((*keys, name), f"{fault}; {remedy}")


def overbent(skeleton: Skeleton) -> Iterator[FigureFault]:
    """Yield a fault for each knee and elbow that is bent too far for the sake of a contact."""
    for side in SIDES:
        for limb, joint, end in (
            (skeleton.legs[side], "knee", "foot"),
            (skeleton.arms[side], "elbow", "hand"),
        ):
            over = _flexion(limb) - JOINTS[joint][1] - _FOLDING_SLACK
            yield from folded(side, joint, end, over)


def _flexion(limb: Limb) -> float:
    """Return how far a knee or elbow is bent, in degrees."""
    upper, lower = limb.middle - limb.root, limb.end - limb.middle
    cosine = float(upper @ lower) / float(np.linalg.norm(upper) * np.linalg.norm(lower))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
