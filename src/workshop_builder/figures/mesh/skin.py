"""The skin over the bones: each vertex follows a few of them, and folds keep their volume."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from workshop_builder.figures.body.pose import SIDES, BodySide, Pose
from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh import smoothing
from workshop_builder.figures.mesh.arrays import Indices, product, snapped
from workshop_builder.figures.mesh.bones import Goals, PosedBones, pose_trunk
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.fingers import Grip, grip_of, pose_fingers
from workshop_builder.figures.mesh.limbs import pose_arm, pose_leg
from workshop_builder.figures.mesh.rest_body import RestBody

_GRID = 2048
"""Positions are whole parts of this, so that all that follows is decided alike everywhere."""
_WHOLE = 0.999
"""The share of the head from which a vertex is the skull's alone."""
_PALMS_UP = 40.0
"""Degrees out to the side from which the arms of someone who lies on the back have palms up."""


_ON_TOES = ("ball", "toes tucked")
"""The places of a foot whose toes are bent up."""


def posed_bones(rest: RestBody, skeleton: Skeleton, pose: Pose, goals: Goals) -> PosedBones:
    """Return the bones of a body in a pose."""
    bones = PosedBones(rest)
    pose_trunk(bones, skeleton, pose)
    for side in SIDES:
        angles = pose.limb(side)
        roll = 90.0 if _is_open(pose, side) else 0.0
        pose_arm(bones, skeleton, side, angles, goals[side], roll)
        pose_fingers(bones, side, grip_of(angles))
        pose_leg(bones, skeleton, side, _toe_bend(skeleton, side) if angles.foot in _ON_TOES else 0)
    return bones


def _is_open(pose: Pose, side: BodySide) -> bool:
    return pose.position == "lying on the back" and pose.limb(side).shoulder_out > _PALMS_UP


def _toe_bend(skeleton: Skeleton, side: BodySide) -> float:
    """Return by how many degrees the toes of a foot on its ball bend, to be flat."""
    return float(np.degrees(np.arcsin(np.clip(-skeleton.legs[side].tip[0, 1], -1, 1))))


@cache
def _parts() -> tuple[Indices, Indices]:
    """Return the vertices that the head alone moves, and all others."""
    head = mesh().share("head") > _WHOLE
    return np.nonzero(head)[0], np.nonzero(~head)[0]


@cache
def _soft_weights() -> Array:
    """Return the weights of the vertices that more than the head moves."""
    return np.ascontiguousarray(mesh().weights[_parts()[1]])


def _moved(bones: PosedBones, vertices: Indices, weights: Array) -> Array:
    """Return where vertices are, by their weights alone."""
    offsets = bones.places - np.einsum("bij,bj->bi", bones.turns, bones.rest.joints)
    moves = np.concatenate([bones.turns, offsets[:, :, None]], axis=2).reshape(-1, 12)
    mixed = product(weights, moves)
    x, y, z = bones.rest.points[vertices].T
    rows = (mixed[:, 4 * k : 4 * k + 4].T for k in range(3))
    return np.stack([a * x + b * y + c * z + d for a, b, c, d in rows], axis=1)


def rough_skin(bones: PosedBones, vertices: Indices) -> Array:
    """Return where some vertices are, without the folds."""
    return _moved(bones, vertices, mesh().weights[vertices])


def skin(bones: PosedBones) -> Array:
    """Return where each vertex is."""
    head, others = _parts()
    points = np.empty_like(bones.rest.points)
    points[others] = _moved(bones, others, _soft_weights())
    number = mesh().bones["head"]
    points[head] = (
        (bones.rest.points[head] - bones.rest.joints[number]) @ bones.turns[number].T
        + bones.places[number]
    )  # fmt: skip
    smoothing.restore(points, bones.rest.details)
    return snapped(points, _GRID)


def grips(pose: Pose) -> Mapping[BodySide, Grip]:
    """Return the shape of each hand."""
    return {side: grip_of(pose.limb(side)) for side in SIDES}
