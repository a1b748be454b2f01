"""Hair and headscarf: where the scalp ends, how thick hair is, and what hangs from the head.

All is at rest, in per cent of body height. The hairline is drawn by hand, seen from the right, from
the middle between the eyes: forward and up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.mesh import smoothing
from workshop_builder.figures.mesh.arrays import Indices, Mask
from workshop_builder.figures.mesh.bones import PosedBones
from workshop_builder.figures.mesh.data import SKIN, mesh
from workshop_builder.figures.mesh.rest_body import RestBody
from workshop_builder.figures.pixels.solids import globe
from workshop_builder.figures.tracing.outlines import within
from workshop_builder.model.figure import Hair

_LINE = np.array([
    (4, 4.9), (1.6, 4.5), (0.5, 3.7), (-0.9, 2.9), (-1.5, 1.2), (-2.3, -0.4), (-3.2, -0.7),
    (-3.5, 0.8), (-4.3, 1.7), (-5.3, 1.3), (-6.0, -0.6), (-6.3, -2.6), (-6.8, -4.2), (-8.2, -5.4),
    (-16, -5.6), (-16, 14), (6, 14),
])  # fmt: skip
"""The hairline round the ear, and far around the back of the head."""
_THICK: Mapping[Hair, float] = {
    "short": 0.75, "bun": 0.45, "ponytail": 0.5, "curly": 0.9, "bob": 0.8, "long": 0.8,
    "bald": 0, "headscarf": 0,
}  # fmt: skip
_FACE = (4.35, 6.1, 1.6, -4.4)
"""What a headscarf leaves free: half its width and height, how far below the eyes its middle is,
and how far back it goes."""
_CURL_GAP, _CURL = 1.75, (1.5, 1.8)
"""From one curl to the next, and the least and the greatest radius of one."""
_UNDER, _ROUNDED = 22.0, (3.4, 45.0)
"""How much the ends of hair that falls curl in; how much shorter it is at the face, and within how
many degrees of its edge."""
_TAIL = np.array([(-5.6, 3.6), (-7.2, 3.6), (-8.1, 1.8), (-8.3, -1.0), (-7.9, -4.0), (-7.2, -7.0)])
_TAIL_RADII = (1.2, 1.35, 1.7, 1.8, 1.5, 0.8)
"""A ponytail, from the middle of the skull: forward and up; and how thick it is there."""
_BUN_AT, _BUN = np.array([-6.6, 4.4, 0.0]), np.array([2.6, 2.5, 2.7])


@dataclass(frozen=True, slots=True, eq=False)
class HairMesh:
    """Hair on a body at rest."""

    style: Hair
    rest: RestBody
    raised: Indices
    """The vertices of the scalp that hair raises."""
    raise_by: Array
    points: Array = field(default_factory=lambda: np.zeros((0, 3)))
    """What hangs from the head: its own vertices and triangles."""
    triangles: Indices = field(default_factory=lambda: np.zeros((0, 3), np.int64))

    @property
    def open(self) -> bool:
        """Whether what hangs down has two sides."""
        return self.style in {"bob", "long", "headscarf"}

    def on(self, bones: PosedBones, points: Array) -> Array:
        """Return the vertices of a posed body with its hair, and after them those of its own."""
        number = mesh().bones["head"]
        turn, joint = bones.turns[number], bones.rest.joints[number]
        hanging = (self.points - joint) @ turn.T + bones.places[number]
        whole = np.concatenate([points, hanging])
        whole[self.raised] += self.raise_by @ turn.T
        return whole

    def covers(self, points: Array, head: Array, neck: Array) -> Mask:
        """Return which points at rest are hair, or cloth of a headscarf.

        `head` and `neck` are the points' shares of them.
        """
        if self.style == "bald":
            return np.zeros(len(points), bool)
        if self.style != "headscarf":
            scalp: Mask = (head > 0.55) & within(points[:, :2] - self.rest.eyes[:2], _LINE)
            return scalp
        below = points - self.rest.joint("neck01")
        high = below @ np.array([0.5, 0.866, 0]) > -3.4 + 0.08 * below[:, 2] ** 2
        shoulders: Mask = high & (np.abs(below[:, 2]) < 7) & (head < 0.5)
        cloth: Mask = (head + neck > 0.3) & ~_free_face(self.rest, points)
        return cloth | shoulders


def _free_face(rest: RestBody, points: Array) -> Mask:
    wide, high, down, back = _FACE
    x, y, z = (points - np.array([*rest.eyes[:2], 0.0])).T
    oval = (z / wide) ** 2 + ((y + down) / high) ** 2 < 1
    found: Mask = oval & (x > back)
    return found


def _distance(points: Array) -> Array:
    """Return how far points are from the hairline."""
    found = np.full(len(points), np.inf)
    for a, b in zip(_LINE, np.roll(_LINE, -1, axis=0), strict=True):
        way = b - a
        at = np.clip((points - a) @ way / float(way @ way), 0, 1)
        off = points - (a + at[:, None] * way)
        found = np.minimum(found, np.sqrt((off * off).sum(axis=1)))
    return found


def _scalp(rest: RestBody, style: Hair) -> tuple[Mask, Array]:
    """Return which vertices have hair, and how far it raises each."""
    flat = rest.points[:, :2] - rest.eyes[:2]
    own = within(flat, _LINE) & (mesh().share("head") > 0.6)
    own[SKIN:] = False
    high = np.zeros(len(flat))
    high[own] = _THICK[style] * np.clip(0.35 + _distance(flat[own]) / 1.6, 0, 1)
    if style == "short":
        high *= 1 + 0.5 * np.clip((flat[:, 1] - 2) / 4, 0, 1)
    return own, high


def _cloth(rest: RestBody) -> Array:
    """Return how far a headscarf is off each vertex."""
    head, neck, ears = mesh().share("head"), mesh().share("neck"), mesh().ears > 0
    own = ((head > 0.5) | (neck > 0.3)) & ~_free_face(rest, rest.points)
    own[SKIN:] = False
    wide, high, down, back = _FACE
    x, y, z = (rest.points - np.array([*rest.eyes[:2], 0.0])).T
    outside = np.maximum((z / wide) ** 2 + ((y + down) / high) ** 2 - 1, (back - x) / 4)
    found = np.where(own, np.where(head > 0.6, 0.6, 0.45) * np.clip(outside * 3, 0, 1), 0)
    found[ears] = np.minimum(found[ears], 0.05)
    return found


@cache
def hair_mesh(rest: RestBody, style: Hair) -> HairMesh:
    """Return the hair of a body."""
    own, high = _scalp(rest, style)
    high = _cloth(rest) if style == "headscarf" else high
    raised = np.nonzero(high)[0]
    by = smoothing.normals(rest.points)[raised] * high[raised, None]
    made = _HANGING.get(style)
    if made is None:
        return HairMesh(style, rest, raised, by)
    return HairMesh(style, rest, raised, by, *made(rest, own))


def _skull_middle(rest: RestBody) -> Array:
    head = (mesh().share("head") > 0.6)[:SKIN]
    forward, up, _ = rest.eyes
    rearmost = float(rest.points[:SKIN][head][:, 0].min())
    return np.array([(rearmost + forward + 1.5) / 2, up + 0.6, 0.0])


def _bun(rest: RestBody, _own: Mask) -> tuple[Array, Indices]:
    ball, triangles = globe(2)
    return _skull_middle(rest) + _BUN_AT + ball * _BUN, triangles


def _curls(rest: RestBody, own: Mask) -> tuple[Array, Indices]:
    """Return balls all over the scalp, evenly spread; the order is fixed."""
    scalp, out = rest.points[own], smoothing.normals(rest.points)[own]
    order = (np.arange(len(scalp)) * 7919) % len(scalp)
    chosen: list[int] = []
    for at in dict.fromkeys(order.tolist()):
        apart = scalp[chosen] - scalp[at]
        if not chosen or float((apart * apart).sum(axis=1).min()) > _CURL_GAP**2:
            chosen.append(at)
    ball, triangles = globe(1)
    balls, faces = [], []
    for number, at in enumerate(chosen):
        radius = _CURL[0] + (_CURL[1] - _CURL[0]) * (number * 0.618 % 1)
        above = 1.1 + 0.7 * min(max((float(scalp[at, 1]) - rest.eyes[1]) / 4, 0), 1)
        balls.append(scalp[at] + out[at] * above + ball * radius)
        faces.append(triangles + number * len(ball))
    return np.concatenate(balls), np.concatenate(faces)


def _curtain(rows: list[Array]) -> tuple[Array, Indices]:
    """Return rows of points as a sheet of triangles."""
    count = len(rows[0])
    index = np.arange(len(rows) * count).reshape(len(rows), count)
    a, b, c, d = (
        part.ravel() for part in (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1])
    )
    triangles = np.concatenate([np.stack([a, b, c], axis=1), np.stack([a, c, d], axis=1)])
    return np.concatenate(rows), triangles


def _tail(rest: RestBody, _own: Mask) -> tuple[Array, Indices]:
    """Return a row of balls from the back of the head down."""
    middle, (ball, triangles) = _skull_middle(rest), globe(1)
    at, count = np.arange(len(_TAIL)), 14
    balls, faces = [], []
    for number, place in enumerate(np.linspace(0, at[-1], count)):
        forward, up = (np.interp(place, at, _TAIL[:, k]) for k in (0, 1))
        radius = float(np.interp(place, at, _TAIL_RADII))
        balls.append(middle + np.array([forward, up, 0.0]) + ball * radius)
        faces.append(triangles + number * len(ball))
    return np.concatenate(balls), np.concatenate(faces)


def _bob(rest: RestBody, _own: Mask) -> tuple[Array, Indices]:
    """Return hair that falls from the crown to the chin, open in front."""
    return _falling(rest, 9.6, 58.0)


def _long(rest: RestBody, _own: Mask) -> tuple[Array, Indices]:
    """Return hair that falls to the shoulders, open in front."""
    return _falling(rest, 14.0, 76.0)


def _falling(rest: RestBody, far: float, ahead_from: float) -> tuple[Array, Indices]:
    """Return hair that falls so far from the crown; in front it begins so many degrees aside."""
    x, y, _ = _skull_middle(rest)
    turn = np.linspace(np.radians(ahead_from), np.radians(360 - ahead_from), 49)
    ahead = np.cos(turn)
    from_edge = np.minimum(turn - turn[0], turn[-1] - turn) / np.radians(_ROUNDED[1])
    rounded = _ROUNDED[0] * (1 - np.clip(from_edge, 0, 1)) ** 2
    rows = []
    for down in np.linspace(0, 1, 10):
        swell = np.sin(np.pi * min(down * 1.1, 1)) - (0.65 if down == 0 else 0)
        under = _UNDER * max(0.0, down - 0.7) ** 2
        deep = 5.6 + 0.9 * swell + 0.35 * down - under
        wide = 5.3 + 0.75 * swell + 0.35 * down - under
        hem = down * (0.7 * np.clip(-ahead, 0, 1) - 0.5 * np.clip(ahead, 0, 1))
        high = y + 3.4 - down * (far - rounded) + hem
        rows.append(np.stack([x - 0.6 + ahead * deep, high, np.sin(turn) * wide], axis=1))
    return _curtain(rows)


def _veil(rest: RestBody, _own: Mask) -> tuple[Array, Indices]:
    """Return the cloth of a headscarf that falls from the crown to the nape."""
    x, y, _ = _skull_middle(rest)
    turn = np.linspace(np.radians(75), np.radians(285), 41)
    rows = []
    for down in np.linspace(0, 1, 9):
        swell = np.sin(np.pi * min(0.18 + down * 0.9, 1))
        deep = 5.2 + 1.6 * swell - 1.6 * max(0.0, down - 0.6)
        wide = 4.6 + 1.35 * swell + 1.6 * max(0.0, down - 0.55)
        high = np.full_like(turn, y + 4.6 - down * 15.5)
        rows.append(np.stack([x - 0.7 + np.cos(turn) * deep, high, np.sin(turn) * wide], axis=1))
    return _curtain(rows)


_HANGING: Mapping[Hair, Callable[[RestBody, Mask], tuple[Array, Indices]]] = {
    "bun": _bun, "ponytail": _tail, "curly": _curls, "bob": _bob, "long": _long,
    "headscarf": _veil,
}  # fmt: skip
