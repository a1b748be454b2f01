"""From MakeHuman's mesh to the one compact file that the figures are drawn from.

Per cent of body height, the hips at the origin; x is forward, y up, z the body's right. Limbs get
the lengths of `figures.body.proportions`, and what clothes hide is smoothed as cloth would be.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import numpy as np
from body_source import EYES, SKIN, Array, Source, shaped

_YOUNG: Mapping[str, float] = {"young": 1.0}
_MIDDLE: Mapping[str, float] = {"young": 0.6, "old": 0.4}
_OLD: Mapping[str, float] = {"young": 0.15, "old": 0.85}
_CHILD: Mapping[str, float] = {"child": 0.9, "young": 0.1}
_ALL = {"breast/breast-point-decr": 0.7, "buttocks/buttocks-volume-incr": 0.3}
_FULL = _ALL | {
    "stomach/stomach-tone-decr": 0.5,
    "torso/torso-scale-depth-incr": 0.5,
    "torso/torso-scale-horiz-incr": 0.3,
}
_BODIES: Mapping[str, tuple[float, Mapping[str, float], tuple[float, float], Mapping[str, float]]]
_BODIES = {
    "medium-f": (1.0, _YOUNG, (0.1, 0.1), _ALL),
    "medium-m": (0.05, _YOUNG, (0.1, 0.1), _ALL),
    "slim-f": (1.0, _YOUNG, (0.0, -0.8), _ALL),
    "slim-m": (0.0, _YOUNG, (-0.1, -0.8), _ALL),
    "broad-f": (0.95, _MIDDLE, (0.3, 1.1), _ALL),
    "broad-m": (0.0, _YOUNG, (0.45, 1.0), _ALL),
    "full-f": (1.0, _MIDDLE, (-0.45, 2.1), _FULL),
    "full-m": (0.1, _MIDDLE, (-0.35, 2.1), _FULL),
    "old-medium-f": (1.0, _OLD, (-0.2, 0.1), _ALL),
    "old-medium-m": (0.05, _OLD, (-0.2, 0.1), _ALL),
    "old-full-f": (1.0, _OLD, (-0.4, 1.5), _FULL),
    "old-full-m": (0.1, _OLD, (-0.3, 1.5), _FULL),
    "child-medium-f": (0.9, _CHILD, (0.0, 0.0), {}),
    "child-medium-m": (0.1, _CHILD, (0.0, 0.0), {}),
    "child-full-f": (0.9, _CHILD, (-0.3, 1.1), {}),
    "child-full-m": (0.1, _CHILD, (-0.3, 1.1), {}),
}
"""Each body's share of female, age, muscle and weight, and targets; the first is the one that the
others are kept as differences from. A weight over 1 is extrapolated. Chosen by eye."""
_THIGH, _SHANK, _UPPER_ARM, _FOREARM = 24.5, 24.6, 16.6, 14.9
_HAND_GROWS, _HEAD_GROWS = 1.06, 1.05
"""How much larger hands and heads are than measured: so they read in a small picture."""
_STEP = 1 / 400
"""Positions are kept as whole numbers of this."""
_MOST_BONES = 5
"""A vertex follows at most so many bones."""
_FACE = ("levator", "oculi", "orbicularis", "oris", "risorius", "special", "temporalis", "tongue",
         "eye", "jaw")  # fmt: skip


def make(wheel: Path, comment: bytes) -> bytes:
    """Return the compact file, the same bytes each time; it holds a comment."""
    source = Source(wheel)
    kept = np.array([*range(SKIN), *EYES])
    faces = np.full(len(source.base()[0]), -1)
    faces[kept] = np.arange(len(kept))
    faces = faces[source.base()[1]]
    names = list(dict.fromkeys(_merged(bone) for bone in source.rig()))
    weights = _weights(source, names)[kept]
    mesh = _Cloth(faces, weights, names)
    order, shares = _strongest(weights)
    arrays = {
        "names": np.array(names), "faces": faces.astype(np.uint16),
        "bones": order.astype(np.uint8), "shares": shares,
        "ears": _ears(source), "toes": _toes(source)[kept],
    }  # fmt: skip
    first: Array | None = None
    for body, (female, years, build, extra) in _BODIES.items():
        points, joints = _measured(source, names, shaped(source, female, years, build, extra), kept)
        points, joints = _refitted(points, joints, weights, names)
        whole = np.round(mesh.dressed(points) / _STEP).astype(np.int16)
        arrays[f"points {body}"] = whole if first is None else whole - first
        arrays[f"joints {body}"] = joints.astype(np.float32)
        first = whole if first is None else first
    return _packed(arrays, comment)


def _packed(arrays: Mapping[str, Array], comment: bytes) -> bytes:
    """Return arrays as numpy's own archive, without the time of day."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.comment = comment
        for name, array in arrays.items():
            single = BytesIO()
            # Column by column, neighbouring numbers are alike and pack better.
            np.save(single, np.asfortranarray(array), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, single.getvalue(), compresslevel=9)
    return out.getvalue()


def _merged(bone: str) -> str:
    """Return the bone that a bone of the rig is counted to."""
    name, side = (bone[:-2], bone[-2:]) if bone.endswith((".L", ".R")) else (bone, "")
    if name.startswith(_FACE):
        return "head"
    if name.startswith("toe"):
        return f"toes{side}"
    if name.startswith("metacarpal"):
        return f"wrist{side}"
    return {"pelvis": "root", "breast": "spine02"}.get(name, bone)


def _weights(source: Source, names: list[str]) -> Array:
    found = np.zeros((len(source.base()[0]), len(names)))
    for bone, pairs in source.weights().items():
        for vertex, weight in pairs:
            found[vertex, names.index(_merged(bone))] += weight
    whole = found.sum(axis=1)
    found[whole > 0] /= whole[whole > 0][:, None]
    return found


def _strongest(weights: Array) -> tuple[Array, Array]:
    """Return the bones that each vertex follows most, and its shares of them out of 255."""
    order = np.argsort(-weights, axis=1, kind="stable")[:, :_MOST_BONES]
    shares = np.take_along_axis(weights, order, axis=1)
    shares /= shares.sum(axis=1, keepdims=True)
    return order, np.round(shares * 255).astype(np.uint8)


def _ears(source: Source) -> Array:
    """Return the vertices of both ears: those that the targets of wide ears move."""
    found: set[int] = set()
    for side in "lr":
        moves = np.linalg.norm(source.target(f"ears/{side}-ear-wing-incr"), axis=1)
        found |= set(np.nonzero(moves > moves.max() * 0.2)[0].tolist())
    return np.array(sorted(at for at in found if at < SKIN), np.uint16)


def _toes(source: Source) -> Array:
    """Return which toe each vertex belongs to, from 1 for the big one; 0 for none."""
    shares = np.zeros((len(source.base()[0]), 5))
    for bone, pairs in source.weights().items():
        if bone.startswith("toe"):
            for vertex, weight in pairs:
                shares[vertex, int(bone[3]) - 1] += weight
    return np.where(shares.max(axis=1) > 0.3, shares.argmax(axis=1) + 1, 0).astype(np.uint8)


def _measured(source: Source, names: list[str], points: Array, kept: Array) -> tuple[Array, Array]:
    """Return vertices, and start and end of each bone, in per cent of body height."""
    rig = source.rig()

    def ends(name: str) -> Array:
        first, last = name, name
        if name.startswith("toes"):
            first, last = f"toe3-1{name[4:]}", f"toe3-3{name[4:]}"
        return np.array([
            source.joint(rig[first]["head"], points), source.joint(rig[last]["tail"], points)
        ])  # fmt: skip

    joints = np.array([ends(name) for name in names])
    points, joints = (each[..., [2, 1, 0]] * np.array([1, 1, -1]) for each in (points, joints))
    height = np.ptp(points[:SKIN, 1])
    hips = joints[[names.index(f"upperleg01.{side}") for side in "RL"], 0].mean(axis=0)
    return (points[kept] - hips) * (100 / height), (joints - hips) * (100 / height)


def _refitted(
    points: Array, joints: Array, weights: Array, names: list[str]
) -> tuple[Array, Array]:
    """Return a body whose limbs have the lengths that the program counts with."""
    new, turns = joints.copy(), np.tile(np.eye(3), (len(names), 1, 1))
    for side in "RL":
        arm = tuple(names.index(f"{n}.{side}") for n in ("upperarm01", "lowerarm01", "wrist"))
        leg = tuple(names.index(f"{n}.{side}") for n in ("upperleg01", "lowerleg01", "foot"))
        for limb, lengths in ((leg, (_THIGH, _SHANK)), (arm, (_UPPER_ARM, _FOREARM))):
            _stretch(joints, new, turns, names, limb, lengths)
        hand = [i for i, n in enumerate(names) if n.endswith(side) and n.startswith(("fing", "wr"))]
        wrist = arm[2]
        end = _end_of(joints, arm, (_UPPER_ARM, _FOREARM))
        new[hand] = end + (joints[hand] - joints[wrist, 0]) * _HAND_GROWS
        turns[hand] = np.eye(3) * _HAND_GROWS
        foot = [names.index(f"{n}.{side}") for n in ("foot", "toes")]
        new[foot] = _end_of(joints, leg, (_THIGH, _SHANK)) + joints[foot] - joints[leg[2], 0]
    moved = np.zeros_like(points)
    for bone in range(len(names)):
        own = weights[:, bone] > 0
        place = (points[own] - joints[bone, 0]) @ turns[bone].T + new[bone, 0]
        moved[own] += weights[own, bone][:, None] * place
    head = names.index("head")
    moved += weights[:, head][:, None] * (moved - new[head, 0]) * (_HEAD_GROWS - 1)
    new[head, 1] = new[head, 0] + (new[head, 1] - new[head, 0]) * _HEAD_GROWS
    return moved, new


def _end_of(joints: Array, limb: tuple[int, ...], lengths: tuple[float, float]) -> Array:
    root, middle, end = joints[list(limb), 0]
    upper, lower = middle - root, end - middle
    return (root + upper * (lengths[0] / np.linalg.norm(upper))
            + lower * (lengths[1] / np.linalg.norm(lower)))  # fmt: skip


def _stretch(joints: Array, new: Array, turns: Array, names: list[str], limb: tuple[int, ...],
             lengths: tuple[float, float]) -> None:  # fmt: skip
    """Stretch the four bones of a limb along themselves, into `new` and `turns`."""
    start = joints[limb[0], 0]
    for first, last, length in zip(limb, limb[1:], lengths, strict=False):
        way = joints[last, 0] - joints[first, 0]
        factor = length / np.linalg.norm(way)
        axial = np.eye(3) + (factor - 1) * np.outer(way, way) / (way @ way)
        for bone in (first, names.index(names[first].replace("01", "02"))):
            turns[bone] = axial
            new[bone] = start + (joints[bone] - joints[first, 0]) @ axial.T
        start = start + way * factor


class _Cloth:
    """What clothes do to the surface below them."""

    def __init__(self, faces: Array, weights: Array, names: list[str]) -> None:
        self.faces = faces
        edges = np.concatenate([faces[:, [k, (k + 1) % 4]] for k in range(4)])
        edges = np.unique(np.sort(edges[edges[:, 0] != edges[:, 1]], axis=1), axis=0)
        self.edges = np.concatenate([edges, edges[:, ::-1]])
        self.counts = np.maximum(np.bincount(self.edges[:, 0], minlength=len(weights)), 1)
        hidden = ("root", "spine", "clavicle", "shoulder", "upperleg", "lowerleg")
        self.trunk = weights[:, [i for i, n in enumerate(names) if n.startswith(hidden)]].sum(1)

    def dressed(self, points: Array) -> Array:
        """Return the vertices as cloth over them lies."""
        x, y, z = points.T
        cloth = np.clip(self.trunk, 0, 1) * np.clip((y + 46) / 4, 0, 1)
        cloth *= 1 - np.clip((y - 25) / 4, 0, 1)
        points = self._smooth(points, 14, cloth * 0.9)
        x, y, z = points.T
        crotch = np.exp(-(((y + 3) / 5) ** 2)) * np.exp(-((z / 3.2) ** 2))
        chest = np.exp(-(((y - 18.5) / 5.5) ** 2)) * np.clip((x + 1) / 4, 0, 1)
        points = self._smooth(points, 45, cloth * np.clip(crotch, 0, 1))
        points = self._smooth(points, 120, cloth * np.clip(chest * 1.2, 0, 1))
        belly = np.exp(-(((y - 5) / 6) ** 2)) * np.clip((x - 4) / 4, 0, 1)
        points = self._smooth(points, 45, cloth * belly)
        navel = np.exp(-(((y - 7) / 4) ** 2)) * np.clip((x - 4) / 3, 0, 1)
        points = self._smooth(points, 350, cloth * navel)
        for side in (1, -1):
            points = self._smooth(points, 260, cloth * self._near_tip(points, side))
        y = points[:, 1]
        thick = cloth * np.interp(y, [-24, -16, 4, 12], [0.45, 0.35, 0.35, 0.55])
        return points + self._normals(points) * thick[:, None]

    def _near_tip(self, points: Array, side: int) -> Array:
        """Return 1 near the foremost point of one side of the chest, 0 further away."""
        x, y, z = points[:SKIN].T
        own = (y > 12) & (y < 25) & (z * side > 1) & (self.trunk[:SKIN] > 0.5)
        tip = points[:SKIN][own][x[own].argmax()]
        found = np.zeros(len(points))
        away = np.linalg.norm(points[:SKIN] - tip, axis=1)
        found[:SKIN] = np.clip((5.2 - away) / 1.6, 0, 1)
        return found

    def _smooth(self, points: Array, times: int, mask: Array) -> Array:
        first, second = self.edges.T
        for _ in range(times):
            sums = np.stack(
                [np.bincount(first, points[second, k], len(points)) for k in range(3)], axis=1
            )
            points = points + 0.5 * mask[:, None] * (sums / self.counts[:, None] - points)
        return points

    def _normals(self, points: Array) -> Array:
        a, b, c, d = (points[self.faces[:, k]] for k in range(4))
        found = np.zeros_like(points)
        for k in range(4):
            np.add.at(found, self.faces[:, k], np.cross(c - a, d - b))
        return found / np.maximum(np.linalg.norm(found, axis=1), 1e-12)[:, None]
