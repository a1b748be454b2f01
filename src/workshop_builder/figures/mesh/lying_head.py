"""The head of a body that lies: it comes down by its neck to what carries it, or up from below it.

Lengths are per cent of body height, angles are degrees.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import numpy as np

from workshop_builder.figures.body.placement import has, support_height
from workshop_builder.figures.body.pose import Pose
from workshop_builder.figures.body.resting import raised
from workshop_builder.figures.body.skeleton import Skeleton, head_frame
from workshop_builder.figures.mesh.arrays import Indices
from workshop_builder.figures.mesh.bones import NO_GOALS, PosedBones
from workshop_builder.figures.mesh.data import LETTER, mesh
from workshop_builder.figures.mesh.skin import posed_bones, rough_skin
from workshop_builder.model.figure import PoseFigure

_ROUNDS, _NEAR, _SKULL, _TUCKED = 5, 0.25, 11.0, 24.0
"""How often a head is let down, how near is enough, and how far the back of the skull is from the
neck, of who lies on a side and on the back, where the neck goes down further than the head."""
_DOWN, _UP, _ANYHOW = 36.0, 14.0, 36.0
"""By how much a neck may be bent to let a head down or up, and where it surely is to rest."""
_ARM_RAISED, _ON_ARM, _ON_HAND = 110.0, 4.2, 2.4
"""Of the lower arm of who lies on a side: from which angle it is below the head, its height, and
that of its hand."""
_DELTOID = 3.8
"""From the joint of a shoulder to its skin."""
_STRAY = 8
"""So many of the lowest vertices of a skull do not count."""


@cache
def _skull() -> Indices:
    return np.nonzero(mesh().share("head") > 0.8)[0]


def rough_heights(bones: PosedBones, parts: Iterable[str]) -> dict[str, float]:
    """Return how high head and shoulders are, by their names."""
    return {part: _rough_height(bones, part) for part in parts}


def _rough_height(bones: PosedBones, part: str) -> float:
    if part == "head":
        return _lowest(bones, _skull())
    letter = LETTER["near" if part.startswith("near") else "far"]
    return float(bones.place(f"upperarm01.{letter}")[1]) - _DELTOID


def _lowest(bones: PosedBones, part: Indices) -> float:
    return float(np.sort(rough_skin(bones, part)[:, 1])[_STRAY])


def head_down(pose: Pose, figure: PoseFigure, skeleton: Skeleton, bones: PosedBones) -> Pose:
    """Return a pose whose head rests; `skeleton` and `bones` are those of the pose before."""
    asked = pose.on_side or pose.position == "lying on the back"
    support, turn = _support(pose, figure), raised(skeleton.chest_frame)
    least, most = (-_ANYHOW, _ANYHOW) if pose.on_side else (-_DOWN, _UP)
    found, total, reach = pose, 0.0, _SKULL if pose.on_side else _TUCKED
    for _ in range(_ROUNDS):
        above = _lowest(bones, _skull()) - support
        if abs(above) < _NEAR or (above > 0 and not asked):
            break
        total -= float(np.degrees(np.arctan2(above, reach)))
        total = round(min(max(total, least), most), 3)
        found = turn(pose, total)
        skeleton = replace(skeleton, head_frame=head_frame(skeleton.chest_frame, found))
        bones = posed_bones(bones.rest, skeleton, found, NO_GOALS)
    return found


def _support(pose: Pose, figure: PoseFigure) -> float:
    """Return how high the head of a body lies."""
    if not pose.on_side:
        along = (prop for prop in figure.props if prop.prop in {"bolster", "block"})
        return support_height(tuple(along), "back", "head")
    if has(figure.props, "cushion", "head"):
        return support_height(figure.props, "head")
    if pose.far.hand == "side of head":
        return _ON_HAND
    return _ON_ARM if pose.far.shoulder > _ARM_RAISED else 0.0


def carried(pose: Pose, figure: PoseFigure) -> bool:
    """Return whether the head rests on something to which the neck brings it."""
    if pose.on_side:
        return not pose.pelvis and pose.far.hand in {"free", "floor", "side of head"}
    return not has(figure.props, "cushion", "head")
