"""Fists: hands that are too small and too busy for every finger.

A fist is a rounded block with a thumb across it. Lengths are per cent of body height, by eye.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from workshop_builder.figures.body.pose import SIDES, BodySide
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.mesh.arrays import Mask
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.pixels.labels import (
    FINGERS_OF,
    FIST_THUMB,
    HAND_MARK,
    PROSTHESIS,
    SKIN,
    SKIN_FAR,
    shares,
)
from workshop_builder.figures.pixels.solids import Solid, globe, rounded, tube

FIST = np.array([2.6, 2.75, 1.95])
"""Half of a fist along its fingers, across them, and its thickness."""
SQUARE = 2.6
_WRIST_TO_MIDDLE, _PALMWARD = 4.2, 0.9
_THUMB = (
    (-2.2, 1.9, -0.4), (-0.6, 2.6, -1.2), (0.9, 1.9, -2.0), (1.2, 0.4, -2.2), (1.2, 0.0, -2.1),
)  # fmt: skip
"""The line of a fist's thumb: along the fingers, to the thumb's side, to the back."""
_THUMB_RADIUS = 0.8


@cache
def without_fingers(sides: tuple[BodySide, ...]) -> Mask:
    """Return which triangles of the mesh are not of fingers of these sides."""
    gone: Mask = np.zeros(mesh().size, bool)
    for number, side in enumerate(SIDES):
        if side in sides:
            gone |= shares().fingers[:, number * 5 : number * 5 + 5].sum(axis=1) > 0.5
    found: Mask = ~np.asarray(gone[mesh().triangles].all(axis=1))
    return found


def fist_middle(body: PosedBody, side: BodySide) -> Array:
    """Return the middle of a fist."""
    arm = body.bones.arms[side]
    middle: Array = arm.wrist - arm.hand[1] * _WRIST_TO_MIDDLE - arm.hand[0] * _PALMWARD
    return middle


def fist_axes(body: PosedBody, side: BodySide) -> Array:
    """Return the directions of a fist: along the fingers, to the thumb's side, to the back."""
    back, against, thumb = body.bones.arms[side].hand
    return np.array([-against, thumb, back])


def fist_solids(body: PosedBody, side: BodySide, camera: Camera, *, made: bool) -> Iterator[Solid]:
    """Yield the solids of a fist; `made` says that it is of a made arm."""
    middle, axes = fist_middle(body, side), fist_axes(body, side)
    ball, triangles = globe(2)
    tone = SKIN_FAR if camera.tells_sides and side == "far" else SKIN
    tone = PROSTHESIS if made else tone
    part = FINGERS_OF[side]
    block = middle + (rounded(ball, SQUARE) * FIST) @ axes
    yield Solid(block, triangles, tone | (part + 1) << 4 | HAND_MARK)
    thumb = tube([middle + np.array(spot) @ axes for spot in _THUMB], _THUMB_RADIUS, 8)
    yield Solid(*thumb, tone | (part + FIST_THUMB) << 4 | HAND_MARK)
