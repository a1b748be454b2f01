"""A second person's mesh: posed alone, then with hands laid on the skin of the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from workshop_builder.figures.body.hand_contact import HandTarget
from workshop_builder.figures.body.pose import BodySide, pose_of
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh.bones import NO_GOALS, ArmGoal
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.posed_body import PosedBody, pose_body, pressed
from workshop_builder.figures.mesh.skin import posed_bones, skin
from workshop_builder.figures.partner.stance import (
    Stance,
    alone,
    floor_of,
    held,
    laid,
    stance_of,
    target_of,
)
from workshop_builder.model.figure import BuildName, Partner, PoseFigure

_ROUNDS = 3
"""How often hands are laid on."""
_PALM, _AROUND, _NEAR = 4.5, 2.6, 9.0
"""From the wrist to the middle of the palm; how far about it skin is looked at, aside and along."""
_UNDER, _OVER, _PRESSED = 8, 98, 0.15
"""The percentile of a hand's own distances that counts, that of the skin's below it, and how far
the hand presses in."""
_FEWEST = 5
"""So many vertices say where a surface is."""

Targets = Mapping[BodySide, HandTarget]


@dataclass(frozen=True, slots=True, eq=False)
class Second:
    """A second person beside the first."""

    body: PosedBody
    """In a space of their own."""
    stance: Stance


def pose_partner(
    partner: Partner, figure: PoseFigure, first: PosedBody, build: BuildName, name: str
) -> Second:
    """Return the second person of a figure; `name` is that of the mesh's body."""
    own = alone(figure, partner)
    body = pose_body(pose_of(own), own, build, name)
    joints = first.placed.skeleton
    stance = stance_of(partner, joints, body.placed.skeleton, floor_of(figure))
    targets = {
        side: target_of(side, part, stance, joints, body.placed.skeleton)
        for side, part in laid(body.placed.pose)
    }
    for _ in range(_ROUNDS if targets else 0):
        body = _with_hands(body, targets, stance)
        points = stance.to_first(body.points)
        targets = {side: _nearer(side, each, points, first) for side, each in targets.items()}
    return Second(body, stance)


def _with_hands(body: PosedBody, targets: Targets, stance: Stance) -> PosedBody:
    """Return a body with its hands at targets, which are in the first person's space."""
    skeleton, goals = body.placed.skeleton, dict(NO_GOALS)
    for side, target in targets.items():
        arm, _ = held(skeleton.arms[side], target, stance)
        skeleton = replace(skeleton, arms={**skeleton.arms, side: arm})
        goals[side] = ArmGoal(wrist=stance.to_own(target.wrist))
    bones = posed_bones(body.bones.rest, skeleton, body.placed.pose, goals)
    placed = replace(body.placed, skeleton=skeleton)
    return PosedBody(placed, bones, pressed(skin(bones)), body.grips)


def _nearer(side: BodySide, target: HandTarget, own: Array, first: PosedBody) -> HandTarget:
    """Return a target from which a hand is neither off the skin below it nor within."""
    middle = target.wrist + target.fingers * _PALM
    hand = own[mesh().limb(side, "wrist", "finger") > 0.5]
    below, above = (_along(points, middle, target.back) for points in (hand, first.points))
    if len(below) < _FEWEST or len(above) < _FEWEST:
        return target
    gap = float(np.percentile(below, _UNDER) - np.percentile(above, _OVER)) - _PRESSED
    return replace(target, wrist=target.wrist - target.back * gap)


def _along(points: Array, middle: Array, way: Array) -> Array:
    """Return how far along a direction those points are that lie about a line."""
    off = points - middle
    along = off @ way
    beside = np.linalg.norm(off - along[:, None] * way, axis=1)
    found: Array = along[(beside < _AROUND) & (np.abs(along) < _NEAR)]
    return found
