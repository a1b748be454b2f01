"""Advice in words: which joint, which way, by how many degrees, and what to write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workshop_builder.figures.advice.angles import Angle, changeable
from workshop_builder.figures.advice.nearest import Body, Change, joint_changes, single_changes
from workshop_builder.figures.body.pose import Pose
from workshop_builder.model.figure import FigureFault, PoseFigure, SideName
from workshop_builder.model.posture import Posture

_WAYS: Mapping[str, tuple[str, str, str]] = {
    "pelvis": ("tip the pelvis {n}° back",) + ("tip the pelvis {n}° forward",) * 2,
    "spine": (
        "round the back {n}° more", "round the back {n}° less", "hollow the back {n}° more",
    ),
    "side_bend": ("bend the chest {n}° to its right",) + ("bend the chest {n}° to its left",) * 2,
    "twist": ("twist {n}° further to the right",) + ("twist {n}° further to the left",) * 2,
    "neck": (
        "bring the chin {n}° nearer to the chest",
        "lift the chin {n}°",
        "lift the chin {n}°",
    ),
    "neck_tilt": ("tilt the head {n}° to its right",) + ("tilt the head {n}° to its left",) * 2,
    "neck_turn": ("turn the face {n}° to its right",) + ("turn the face {n}° to its left",) * 2,
    "hip": ("bend {hip} {n}° more", "bend {hip} {n}° less", "take {thigh} {n}° further back"),
    "hip_out": ("take {thigh} {n}° further out",) + ("bring {thigh} {n}° further in",) * 2,
    "hip_turn": ("turn {thigh} {n}° outward",) + ("turn {thigh} {n}° inward",) * 2,
    "knee": ("bend {knee} {n}° more",) + ("bend {knee} {n}° less",) * 2,
    "ankle": ("draw the toes of {foot} up {n}°",) + ("point {foot} {n}° further down",) * 2,
    "shoulder": ("raise {arm} {n}°", "lower {arm} {n}°", "take {arm} {n}° further back"),
    "shoulder_out": ("take {arm} {n}° further out",) + ("bring {arm} {n}° further in",) * 2,
    "shoulder_turn": ("turn {upper_arm} {n}° outward",) + ("turn {upper_arm} {n}° inward",) * 2,
    "elbow": ("bend {elbow} {n}° more",) + ("bend {elbow} {n}° less",) * 2,
}  # fmt: skip
"""What to do for a larger angle, for a smaller one, and for one below 0."""
_PARTS = {
    "hip": "hips", "thigh": "thighs", "knee": "knees", "foot": "feet", "arm": "arms",
    "upper_arm": "upper arms", "elbow": "elbows",
}  # fmt: skip
_OTHER_WAY = 2.5
"""How many times as many degrees another way may take that is told too."""
_SIDED = re.compile(r"('[^']*')|\b(near|far) (?!\()")


def advised(
    faults: Sequence[FigureFault], pose: Pose, posture: Posture, figure: PoseFigure
) -> list[FigureFault]:
    """Return faults that say by which angles they would be mended, where any do."""
    body = Body(figure)
    elbows = any(fault.keys[-1] == "elbow" for fault in faults)
    angles = list(changeable(pose, posture, elbows=elbows))
    return [_advised(fault, pose, angles, body) if fault.kind else fault for fault in faults]


def _advised(fault: FigureFault, pose: Pose, angles: list[Angle], body: Body) -> FigureFault:
    measure = body.burden_of(fault, pose)
    singles = single_changes(pose, angles, measure)
    if singles:
        text = " or ".join(phrase(*change, pose) for change in _told(singles, fault))
    else:
        together = joint_changes(pose, angles, measure)
        if not together:
            return fault
        text = " and ".join(phrase(*change, pose) for change in together)
    wrong, _, _ = fault.text.partition("; ")
    return fault._replace(text=f"{wrong}; {text}")


def _told(singles: list[Change], fault: FigureFault) -> list[Change]:
    """Return two changes of two joints: that of the faulty part itself, if any, and the least."""
    ranked = sorted(singles, key=lambda change: abs(change[1]))
    own = [change for change in ranked if change[0].joint == fault.keys[-1]]
    first, by = (own or ranked)[0]
    others = [
        change
        for change in ranked
        if change[0].joint != first.joint and abs(change[1]) <= abs(by) * _OTHER_WAY
    ]
    return [(first, by), *others[:1]]


def phrase(angle: Angle, by: int, pose: Pose) -> str:
    """Return what to do to change an angle, and what to write for it."""
    value = angle.of(pose) + by
    more, less, beyond = _WAYS[angle.joint]
    way = more if by > 0 else less if value >= 0 else beyond
    both = len(angle.sides) > 1
    side = "" if both or not angle.sides else angle.sides[0]
    parts = {
        part: f"both {many}" if both else f"the {side} {part.replace('_', ' ')}"
        for part, many in _PARTS.items()
    }
    return f"{way.format(n=abs(by), **parts)} ({angle.joint}: {value:g})"


def with_sides(text: str, near: SideName) -> str:
    """Return a text that says of `near` and `far` whether it is the right or the left."""
    sides = {"near": near, "far": "left" if near == "right" else "right"}

    def told(match: re.Match[str]) -> str:
        quoted, side = match.groups()
        return quoted or f"{side} ({sides[side]}) "

    return _SIDED.sub(told, text)
