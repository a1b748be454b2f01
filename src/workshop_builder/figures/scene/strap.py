"""A strap in space: from the hands round a foot or a thigh, and the end that hangs down.

Lengths are per cent of body height, by eye.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from workshop_builder.figures.body.pose import BodySide
from workshop_builder.figures.body.vectors import Array, unit
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.pixels.fists import fist_middle
from workshop_builder.figures.pixels.labels import HANGING_HAIR, STRAP
from workshop_builder.figures.pixels.solids import Solid, tube
from workshop_builder.model.figure import Prop

_RADIUS, _SIDES = 0.62, 7
_LABEL = STRAP | HANGING_HAIR << 4
_BALL = (6.4, -2.4)
"""From the ankle forward and up to the middle of the ball of the foot."""
_WIDE, _DEEP = 2.9, 1.9
"""Half the width of a foot there, and how far below its middle the sole is."""
_THIGH_AT, _THIGH_BACK, _THIGH_WIDE = 0.75, 3.9, 3.9
"""How far down the thigh a strap lies, how far behind the bone, and half its width there."""
_PAST_HAND = 0.6
_TAIL = ((0.6, -1.5, 0.4), (0.4, -5.5, 0.6), (-0.3, -8.5, 0.6))


def strap_solids(prop: Prop, body: PosedBody) -> Iterator[Solid]:
    """Yield the parts of a strap."""
    near, far = fist_middle(body, "near"), fist_middle(body, "far")
    loop = _loop(prop, body)
    way = unit(loop[len(loop) // 2] - near)
    line = [near - way * _PAST_HAND, near + (loop[0] - near) * 0.5, *loop]
    yield _band([*line, far + (loop[-1] - far) * 0.5, far - way * _PAST_HAND])
    yield _band([near - way * _PAST_HAND, *(near + np.array(step) for step in _TAIL)])


def _band(line: list[Array]) -> Solid:
    return Solid(*tube(line, _RADIUS, _SIDES), _LABEL)


def _loop(prop: Prop, body: PosedBody) -> list[Array]:
    """Return the points of a strap under a sole, or behind a thigh."""
    place = prop.place or "near foot"
    side: BodySide = "far" if place.startswith("far") else "near"
    leg = body.bones.legs[side]
    turn = np.linspace(0, np.pi, 9)
    if place.endswith("thigh"):
        frame = body.placed.skeleton.legs[side].upper
        middle = leg.root + (leg.knee - leg.root) * _THIGH_AT
        across, below, wide, deep = frame[2], -frame[0], _THIGH_WIDE, _THIGH_BACK
    else:
        forward, up, across = leg.foot
        middle = leg.ankle + forward * _BALL[0] + up * _BALL[1]
        below, wide, deep = -up, _WIDE, _DEEP
    return [middle + across * (wide * np.cos(t)) + below * (deep * np.sin(t)) for t in turn]
