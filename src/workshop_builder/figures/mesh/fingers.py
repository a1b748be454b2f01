"""The shapes of a hand, as angles of its fingers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from workshop_builder.figures.body.pose import OUTWARD, BodySide, LimbAngles
from workshop_builder.figures.body.vectors import Array, cross, unit
from workshop_builder.figures.mesh.arrays import rotation
from workshop_builder.figures.mesh.bones import PosedBones
from workshop_builder.figures.mesh.data import FINGERS, LETTER, mesh
from workshop_builder.model.posture import Fingers
from workshop_builder.model.props import HAND_RESTS

Grip: TypeAlias = Literal[
    "straight", "flat", "resting", "cupped", "loose", "fist", "hooked", "round", "draped", "clasped"
]
"""What a hand does: its fingers straight out, spread on a floor, on a leg, over a knee, hanging,
closed, round a limb, round a shin, over a rail, between those of the other hand."""


@dataclass(frozen=True, slots=True)
class _HandShape:
    knuckles: tuple[float, float, float, float]
    """Degrees by which each finger bends there, from the index to the little one."""
    middles: tuple[float, float, float, float]
    ends: tuple[float, float, float, float]
    thumb: float
    """In radians; negative spreads it."""
    spread: float
    straightened: float
    """How much of a finger's slant at rest is taken away."""


_SHAPES: Mapping[Grip, _HandShape] = {
    "straight": _HandShape((4, 4, 4, 4), (6, 6, 6, 8), (4, 4, 4, 4), -0.1, 0.5, 1.0),
    "flat": _HandShape((2, 2, 2, 2), (4, 4, 4, 4), (2, 2, 2, 2), -0.35, 7, 0.85),
    "resting": _HandShape((16, 18, 20, 22), (22, 24, 26, 28), (10, 10, 12, 12), 0.15, 0.5, 1.0),
    "cupped": _HandShape((34, 36, 38, 40), (36, 38, 40, 42), (16, 16, 18, 18), 0.15, 3, 1.0),
    "loose": _HandShape((16, 20, 24, 28), (26, 30, 32, 34), (12, 14, 14, 14), 0.15, 2, 0.6),
    "fist": _HandShape((66, 70, 72, 74), (92, 94, 94, 92), (58, 58, 58, 56), 1.0, 0, 0.9),
    "clasped": _HandShape((40, 42, 44, 46), (52, 52, 52, 52), (34, 34, 34, 34), 0.5, 3, 0.9),
    "draped": _HandShape((50, 54, 60, 74), (38, 38, 38, 30), (20, 20, 20, 20), 0.25, 0, 1.0),
    "round": _HandShape((26, 28, 30, 32), (60, 62, 64, 66), (40, 40, 40, 40), 0.3, 0, 1.0),
    "hooked": _HandShape((20, 22, 24, 26), (32, 32, 32, 32), (20, 20, 20, 20), 0.4, 0, 1.0),
}
"""By eye. A fist is drawn as a solid of its own; its fingers here are out of the way in it."""
_SPREAD_SHARES = (1.0, 0.25, -0.5, -1.25)
"""How far each finger goes out when all spread."""
_THUMB_SHARES = (0.55, 0.75, 0.8)
"""How much of a thumb's curl each of its bones takes."""
_THUMB_CROSSES, _THUMB_ACROSS = 0.8, 0.45
"""The curl from which a thumb lies across the fingers, and by what angle."""
_RAISED, _ASIDE = 120.0, 40.0
"""Degrees of a free arm from which its hand is held straight."""


_FLAT = ("floor", "forearm on floor")
"""Places on which a hand is spread."""
_HELD = ("other wrist", "other elbow", "near ankle", "far ankle", "near foot", "far foot",
    *(f"their {side} {part}" for part in ("ankle", "hand", "elbow") for side in ("near", "far")),
)  # fmt: skip
"""Places that a hand is closed round."""


def _asked(fingers: Fingers, *, free: bool, flat: bool) -> Grip:
    """Return the shape of a hand for what a file says of its fingers."""
    match fingers:
        case "open":
            return "flat" if flat else "straight"
        case "resting":
            return "loose" if free else "resting"
        case _:
            return fingers


def grip_of(angles: LimbAngles) -> Grip:
    """Return the shape of a hand, by where it is."""
    place = angles.hand
    if angles.fingers:
        return _asked(angles.fingers, free=place == "free", flat=place in _FLAT)
    if place in {"other hand", "chest", "belly"}:
        return "straight"
    if place.endswith("shin"):
        return "round"
    if place in _HELD or place.startswith("behind"):
        return "hooked"
    if place in HAND_RESTS and HAND_RESTS[place].gripped:
        return "fist" if HAND_RESTS[place].height is None else "draped"
    if place in HAND_RESTS or place in _FLAT:
        return "flat"
    if place.endswith("knee"):
        return "cupped"
    if place == "free":
        held = abs(angles.shoulder_out) > _ASIDE or angles.shoulder > _RAISED
        return "straight" if held else "loose"
    return "resting"


def pose_fingers(bones: PosedBones, side: BodySide, grip: Grip) -> None:
    """Put the bones of the fingers of a hand."""
    shape, letter = _SHAPES[grip], LETTER[side]
    for number, name in enumerate(FINGERS):
        _finger(bones, side, shape, number, [f"{name}-{k}.{letter}" for k in (1, 2, 3)])
    _thumb(bones, side, shape.thumb)


def _finger(
    bones: PosedBones, side: BodySide, shape: _HandShape, number: int, names: list[str]
) -> None:
    back, against, thumb = bones.rest.frames[side].hand
    along = -against
    palm, before, bend = bones.turn(f"wrist.{LETTER[side]}"), f"wrist.{LETTER[side]}", 0.0
    spread = math.radians(shape.spread * _SPREAD_SHARES[number])
    for name, angles in zip(names, (shape.knuckles, shape.middles, shape.ends), strict=True):
        way = _direction(bones, name)
        bend += math.radians(angles[number])
        curled = math.atan2(-float(way @ back), float(way @ along))
        slant = math.atan2(float(way @ thumb), float(way @ along))
        turn = rotation(cross(along, -back), bend - curled)
        level = rotation(cross(along, thumb), spread - slant * shape.straightened)
        bones.follow(name, palm @ turn @ level, before)
        before = name


def _thumb(bones: PosedBones, side: BodySide, curl: float) -> None:
    back, against, thumb = bones.rest.frames[side].hand
    before = f"wrist.{LETTER[side]}"
    for number, share in enumerate(_THUMB_SHARES, 1):
        name = f"finger1-{number}.{LETTER[side]}"
        turn = rotation(cross(_direction(bones, name), -back * 0.75 - thumb * 0.65), share * curl)
        if curl > _THUMB_CROSSES and number == 1:
            turn = rotation(-against, -_THUMB_ACROSS * OUTWARD[side]) @ turn
        bones.follow(name, bones.turn(before) @ turn, before)
        before = name


def _direction(bones: PosedBones, name: str) -> Array:
    number = mesh().bones[name]
    return unit(bones.rest.ends[number] - bones.rest.joints[number])
