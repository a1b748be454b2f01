"""Contact of a posed mesh: palms lie on what they hold, elbows clear the trunk."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from workshop_builder.figures.body.inverse_kinematics import reach, swung_down
from workshop_builder.figures.body.pose import SIDES, BodySide, Pose
from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.vectors import UP, Array, cross, unit
from workshop_builder.figures.mesh import smoothing
from workshop_builder.figures.mesh.arrays import Indices, Mask, dots
from workshop_builder.figures.mesh.bones import ArmGoal, PosedBones
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.rest_body import RestBody

_FACING_DOWN = -0.55
"""The cosine between a vertex's direction and the back of the hand, from which it is the palm."""
_PALM_LEAST, _PALM_STEP = 5, 2
"""How many vertices a palm needs to have, and how many are skipped."""
_PRESSED, _SHARE = 0.1, 0.9
"""How far a palm presses in, and how much of its distance a wrist moves at once."""
_UNDER = 8
"""The percentile of a palm's distances that counts as its own."""
_TOP_HAND = (1.5, 1.2)
"""Of two hands on one thigh, how far the upper one is above and towards its fingers."""
_SETTLED = 0.15
"""How far a wrist may still be from its place."""


@cache
def _hand(side: BodySide) -> tuple[Indices, Indices]:
    """Return the vertices of a hand, and the faces at them."""
    inside = mesh().limb(side, "wrist", "finger") > 0.5
    part = np.nonzero((mesh().arm(side) > 0.5) & inside)[0]
    return part, smoothing.faces_at(part)


@cache
def _leg(side: BodySide) -> tuple[Indices, Indices]:
    """Return the vertices of a leg without its foot, and the faces at them."""
    part = np.nonzero((mesh().leg(side) > 0.6) & (mesh().share("foot", "toes") < 0.2))[0]
    return part, smoothing.faces_at(part)


@cache
def _foot(side: BodySide) -> tuple[Indices, Indices]:
    """Return the vertices of a foot, and the faces at them."""
    part = np.nonzero(mesh().limb(side, "foot", "toes") > 0.5)[0]
    return part, smoothing.faces_at(part)


@cache
def _arm(side: BodySide) -> tuple[Indices, Indices]:
    """Return the vertices of an arm without its hand, and the faces at them."""
    part = np.nonzero(mesh().limb(side, "shoulder", "upperarm", "lowerarm") > 0.5)[0]
    return part, smoothing.faces_at(part)


@cache
def _trunk() -> tuple[Indices, Indices]:
    """Return the vertices of a trunk, and the faces at them."""
    part = np.nonzero(mesh().share("root", "spine") > 0.5)[0]
    return part, smoothing.faces_at(part)


@cache
def _head() -> tuple[Indices, Indices]:
    """Return the vertices of a head, and the faces at them."""
    part = np.nonzero(mesh().share("head") > 0.6)[0]
    return part, smoothing.faces_at(part)


def _held(place: str, side: BodySide) -> tuple[Indices, Indices] | None:
    """Return the surface that a palm lies on; None where it is none of the body's."""
    words = place.removeprefix("behind ").split()
    if len(words) == 2 and words[1] in {"thigh", "knee", "shin", "ankle"}:
        return _leg("near" if words[0] == "near" else "far")
    if len(words) == 2 and words[1] == "foot":
        return _foot("near" if words[0] == "near" else "far")
    if place in {"other wrist", "other elbow"}:
        return _arm("far" if side == "near" else "near")
    return _head() if place in {"head", "side of head"} else None


def palm_goals(points: Array, bones: PosedBones, pose: Pose) -> dict[BodySide, Array]:
    """Return where each wrist must be for its palm to lie on the part of the body it holds."""
    found = {}
    for side in SIDES:
        place = pose.limb(side).hand
        if pose.on_side and place == "side of head":
            continue
        surface = _held(place, side)
        if place in _ON_TRUNK:
            found[side] = bones.arms[side].wrist + _out_of_trunk(points, bones, side)
        elif surface:
            move = _to_surface(points, bones, side, surface)
            found[side] = bones.arms[side].wrist - move
    same = pose.near.hand == pose.far.hand
    if same and pose.near.hand.endswith("thigh") and not pose.near.hand.startswith("behind"):
        hand = bones.arms["near"].hand
        found["near"] = found["near"] + hand[0] * _TOP_HAND[0] + hand[1] * _TOP_HAND[1]
    return found


def _to_surface(
    points: Array, bones: PosedBones, side: BodySide, held: tuple[Indices, Indices]
) -> Array:
    """Return how far off a surface the palm of a hand is."""
    hand, hand_faces = _hand(side)
    surface, held_faces = held
    down = smoothing.normals(points, hand_faces)[hand] @ bones.arms[side].hand[0] < _FACING_DOWN
    palm = points[hand[down][::_PALM_STEP]]
    if len(palm) < _PALM_LEAST:
        return np.zeros(3)
    surface = surface[_within_reach(points[surface], palm)]
    if not len(surface):
        return np.zeros(3)
    out, distances = _above(points, palm, surface, held_faces)
    way = unit(out[np.argsort(distances, kind="stable")[:10]].mean(axis=0))
    move: Array = way * (float(np.percentile(distances, _UNDER)) - _PRESSED) * _SHARE
    return move


_ON_TRUNK = ("hips", "belly", "chest", "low back")
"""The places of a hand that lies on the trunk."""


def _out_of_trunk(points: Array, bones: PosedBones, side: BodySide) -> Array:
    """Return how far a hand must move straight out for its palm to lie on the trunk."""
    back, along, aside = bones.arms[side].hand
    hand = points[_hand(side)[0]]
    trunk = points[_trunk()[0]]
    covered = np.ones(len(trunk), bool)
    for way in (along, aside):
        low, high = np.percentile(hand @ way, [5, 95])
        covered &= (trunk @ way > low) & (trunk @ way < high)
    below = hand @ back
    if not covered.any():
        return np.zeros(3)
    out: Array = back * (float((trunk[covered] @ back).max()) - float(np.percentile(below, 5)))
    return out


_REACH = 9.0
"""How far around a hand a surface may be the nearest one."""


def _within_reach(points: Array, around: Array) -> Mask:
    """Return which points lie in the box around others."""
    low, high = around.min(axis=0) - _REACH, around.max(axis=0) + _REACH
    found: Mask = ((points > low) & (points < high)).all(axis=1)
    return found


def _above(points: Array, tried: Array, surface: Indices, faces: Indices) -> tuple[Array, Array]:
    """Return for points the direction out of the surface that is nearest, and how far out they are.

    Distances are negative within.
    """
    there = points[surface]
    nearest = ((there * there).sum(axis=1)[None] - 2 * (tried @ there.T)).argmin(axis=1)
    out = smoothing.normals(points, faces)[surface[nearest]]
    return out, dots(tried - there[nearest], out)


_SHARES = np.linspace(0.05, 0.95, 12)
_TRUNK_AT = np.linspace(0, 0.98, 14)
_SWIVELS = np.arange(-120, 121, 10)
"""Degrees about the line from shoulder to wrist at which an elbow is tried."""
_BESIDE = (2.4, 1.8)
"""How much more than half the depth and width of a trunk an arm keeps out of."""
_SLICE = 1.6
"""How far along the trunk from each of its tried points counts as beside it."""
_LEVEL_HANDS = ("free", "floor", "forearm on floor", "desk", "chair back", "other shoulder")
"""Where a hand is, for its arm to be as its angles say."""


def elbow_pole(skeleton: Skeleton, bones: PosedBones, pose: Pose, side: BodySide,
               wrist: Array | None) -> Array | None:  # fmt: skip
    """Return the direction in which an elbow clears trunk and floor; None where it may stay."""
    if pose.limb(side).hand in _LEVEL_HANDS:
        return None
    state, arm = bones.arms[side], skeleton.arms[side]
    root, end = state.root, state.wrist if wrist is None else wrist
    axis = unit(end - root)
    aside = state.elbow - root
    along = float(aside @ axis)
    aside = aside - axis * along
    radius = float(np.linalg.norm(aside))
    if radius < 0.5:
        return None
    usual = arm.middle - arm.root
    usual = usual - axis * float(usual @ axis)
    usual = unit(usual) if np.linalg.norm(usual) > 0.3 else aside / radius
    angles = np.radians(_SWIVELS)[:, None]
    poles = usual * np.cos(angles) + cross(axis, usual) * np.sin(angles)
    elbows = root + axis * along + poles * radius
    inside = _inside_trunk(skeleton, bones.rest, root, elbows, end)
    cost = inside * 3 + np.clip(1.8 - elbows[:, 1], 0, None) * 8 + np.abs(_SWIVELS) / 90
    best: Array = poles[int(np.round(cost, 6).argmin())]
    return best * 10


@cache
def _trunk_size(rest: RestBody) -> tuple[float, float]:
    """Return half the depth and width of a trunk, and of an arm beside it."""
    x, y, z = rest.points[_trunk()[0]].T
    waist = (y > 8) & (y < 20)
    return float(np.ptp(x[waist])) / 2 + _BESIDE[0], float(z[waist].max()) + _BESIDE[1]


def _inside_trunk(
    skeleton: Skeleton, rest: RestBody, root: Array, elbows: Array, end: Array
) -> Array:
    """Return how deep in the trunk an arm is with each elbow."""
    upper = root + (elbows - root)[:, None] * _SHARES[3:, None]
    lower = elbows[:, None] + (end - elbows)[:, None] * _SHARES[:, None]
    tried = np.concatenate([upper, elbows[:, None], lower], axis=1)
    middles, frames = skeleton.spine_curve(_TRUNK_AT)
    off = np.einsum("sapj,skj->skap", tried[None] - middles[:, None, None], frames)
    depth, width = _trunk_size(rest)
    deep = np.clip(1 - np.sqrt((off[:, 0] / depth) ** 2 + (off[:, 2] / width) ** 2), 0, None)
    total: Array = (deep * (np.abs(off[:, 1]) < _SLICE)).sum(axis=(0, 2))
    return total


_TOUCH, _LEVER, _MOST_OUT = 0.2, 24.0, 30.0
"""How far off the body a hanging arm stays, how far down the arm it would touch, and by how many
degrees it is held away at most."""


@cache
def _beside(side: BodySide) -> tuple[Indices, Indices, Indices]:
    """Return some vertices of a forearm and hand; those beside it, and the faces at these."""
    arm = np.nonzero(mesh().limb(side, "lowerarm", "wrist", "finger") > 0.5)[0][::7]
    near = (mesh().share("root", "spine") > 0.5) | (mesh().leg(side) > 0.5)
    part = np.nonzero(near)[0][::2]
    return arm, part, smoothing.faces_at(part)


def _away(points: Array, side: BodySide) -> float:
    """Return by how many degrees more a hanging arm must be held away from the body."""
    arm, part, faces = _beside(side)
    tried = points[arm]
    part = part[_within_reach(points[part], tried)]
    if not len(part):
        return 0.0
    distance = float(np.percentile(_above(points, tried, part, faces)[1], _UNDER))
    return float(np.degrees(np.arctan2(max(_TOUCH - distance, 0.0), _LEVER)))


_FOOT_STRAY, _FOOT_OFF, _FOOT_MOST = 3, 0.2, 4.0
"""So many of the lowest vertices of a foot do not count; how far off the floor it may be, and how
far it is moved at most."""
_KNEELING = ("top", "toes tucked")


def settle_feet(points: Array, skeleton: Skeleton, pose: Pose) -> Skeleton | None:
    """Return the body with each foot that is on the floor brought down or up to it, if need be."""
    legs = dict(skeleton.legs)
    for side, height in zip(SIDES, pose.foot_heights, strict=True):
        place = pose.limb(side).foot
        if place not in {"floor", "ball", "heel", *_KNEELING}:
            continue
        off = float(np.sort(points[_foot(side)[0], 1])[_FOOT_STRAY]) - height
        if _FOOT_OFF < abs(off) < _FOOT_MOST:
            leg = legs[side]
            if place in _KNEELING:
                legs[side] = swung_down(leg, off)
            else:
                legs[side] = replace(reach(leg, leg.end - UP * off)[0], tip=leg.tip)
    moved = any(legs[side] is not skeleton.legs[side] for side in SIDES)
    return replace(skeleton, legs=legs) if moved else None


def next_goals(points: Array, skeleton: Skeleton, bones: PosedBones, pose: Pose,
               goals: dict[BodySide, ArmGoal]) -> bool:  # fmt: skip
    """Bring the goals of both arms nearer to contact; return whether a wrist has to move."""
    moved = False
    for side, wrist in palm_goals(points, bones, pose).items():
        moved |= bool(np.linalg.norm(wrist - bones.arms[side].wrist) > _SETTLED)
        goals[side] = replace(goals[side], wrist=wrist)
    for side in SIDES:
        if pose.limb(side).hand == "free" and (more := _away(points, side)) > 0.3:
            out = min(goals[side].out + more, _MOST_OUT)
            goals[side], moved = replace(goals[side], out=out), True
        pole = elbow_pole(skeleton, bones, pose, side, goals[side].wrist)
        goals[side] = replace(goals[side], pole=goals[side].pole if pole is None else pole)
    return moved
