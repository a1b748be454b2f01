"""Arms of which a file says nothing: they lie on the floor, or in the lap."""

from __future__ import annotations

from dataclasses import replace

from workshop_builder.figures.body.pose import POSITIONS, SIDES, BodySide, Pose
from workshop_builder.model.figure import PoseFigure

_LAP = 30.0
"""Degrees within which who sits has a lap for hands to lie on."""


def at_ease(pose: Pose, figure: PoseFigure) -> Pose:
    """Return a pose whose arms, where the file leaves them as they come, lie on something."""
    for side in SIDES:
        limb, usual = pose.limb(side), POSITIONS[pose.position].limb(side)
        changed = (limb.shoulder - usual.shoulder, limb.elbow - usual.elbow)
        own = figure.near if side == "near" else figure.far
        asked = own.hand or figure.both.hand
        if asked or limb.hand != "free" or any((*changed, limb.shoulder_out, limb.shoulder_turn)):
            continue
        if pose.position == "lying on the back":
            pose = _with_hand(pose, side, "floor")
        seated = pose.position == "sitting" and abs(limb.hip - 90) < _LAP and pose.pelvis == 90
        if seated and limb.knee > _LAP and abs(pose.spine) < _LAP:
            pose = _with_hand(pose, side, f"{side} thigh")
    return pose


def _with_hand(pose: Pose, side: BodySide, place: str) -> Pose:
    limb = replace(pose.limb(side), hand=place)
    return replace(pose, near=limb) if side == "near" else replace(pose, far=limb)
