"""How far joints go: the widest that healthy adults reach, some degrees beyond the usual norms.

The norms are those of the American Academy of Orthopaedic Surgeons (hip flexion 120,
knee 135, and so on); what weight, a hand or long practice adds is allowed for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from workshop_builder.figures.body.pose import SIDES
from workshop_builder.figures.body.skeleton import Limb, Skeleton
from workshop_builder.model.figure import Limbs, Posture

JOINTS: Mapping[str, tuple[float, float]] = {
    "hip": (-30, 145),
    "hip_out": (-35, 70),
    "hip_turn": (-50, 90),
    "knee": (-5, 160),
    "ankle": (-70, 35),
    "shoulder": (-65, 190),
    "shoulder_out": (-45, 185),
    "shoulder_turn": (-95, 95),
    "elbow": (-5, 155),
    "spine": (-45, 75),
    "side_bend": (-40, 40),
    "twist": (-65, 65),
    "neck": (-65, 75),
    "neck_tilt": (-50, 50),
    "neck_turn": (-90, 90),
}
"""The least and the greatest angle of each joint, in degrees."""

_NAMES = {"hip_out": "hip out", "hip_turn": "hip turn", "side_bend": "side bend"}


def beyond(posture: Posture, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each angle that no one can do: its place, and what is wrong; what to do."""
    yield from _beyond(posture, place)
    for side in ("both", *SIDES):
        yield from _beyond(getattr(posture, side), (*place, side))


def _beyond(
    angles: Posture | Limbs, place: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, (least, most) in JOINTS.items():
        value = getattr(angles, name, None)
        if value is not None and not least <= value <= most:
            fault = f"{name}: {value:g} is further than people can go"
            yield (*place, name), f"{fault}; write an angle from {least:g} to {most:g}"


def overbent(bones: Skeleton) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each knee and elbow that had to fold up to reach what it should."""
    for side in SIDES:
        for limb, joint, end in (
            (bones.legs[side], "knee", "foot"),
            (bones.arms[side], "elbow", "hand"),
        ):
            if _folded(limb) > JOINTS[joint][1] + 8:
                fault = f"the {side} {joint} cannot bend so far as this {end} asks"
                yield (side, end), f"{fault}; move the hips or shoulders further away from it"


def _folded(limb: Limb) -> float:
    """Return how far a limb is bent in its middle, in degrees."""
    upper, lower = limb.middle - limb.root, limb.end - limb.middle
    cosine = float(upper @ lower) / float(np.linalg.norm(upper) * np.linalg.norm(lower))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
