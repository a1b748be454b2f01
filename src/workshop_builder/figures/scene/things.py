"""Things to hold, to lie on and to stand on: balls, rollers, bolsters, blocks, dumbbells, sticks.

Lengths are per cent of body height. What lies below a body is as high as the gap that is there.
"""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.body.pose import SIDES, BodySide
from workshop_builder.figures.body.vectors import UP, Array, unit
from workshop_builder.figures.drawing.convex import Ellipsoid, bar
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.drawing.shapes import Shape, Tone
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.mesh.supports import ASIDE, lowest_over, spot_of
from workshop_builder.figures.pixels.fists import fist_middle
from workshop_builder.figures.scene.solids import at, boxed, by_depth, drawn, rounded
from workshop_builder.model.figure import Prop
from workshop_builder.model.props import PROPS

_SOFT = 0.4
"""How far flesh sinks into a ball or a roller."""
_PALM = 5.0
"""From the wrist to the middle of the palm."""
BACK_BALL, _KNEE_BALL, _HAND_BALL = 5.0, 6.0, 22.0
"""The radius of a ball behind the back, of one between the knees, and of one below the hands, at
most."""
_BESIDE_FEET = 12.0
"""How far ahead of the feet something lies that no hand holds."""


def ball(prop: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a ball."""
    place = prop.place or "seat"
    skeleton = body.placed.skeleton
    match place:
        case "between knees":
            legs = body.bones.legs
            middle = (legs["near"].knee + legs["far"].knee) / 2
            return _globe(middle, _between_knees(body), camera)
        case "behind back":
            spot, frame = skeleton.spine_point(0.55)
            low = _surface(body, spot, -frame[0])
            return _globe(low - frame[0] * (BACK_BALL - _SOFT), BACK_BALL, camera)
        case "front":
            return _below_hands(body, camera)
        case "seat":
            height = PROPS["ball"].places["seat"] or 0.0
            return _globe(at(skeleton.hips[0], height / 2, skeleton.hips[2]), height / 2, camera)
    foot = spot_of(place, body.placed.skeleton)
    height = max(lowest_over(body.points, foot, 2.5, 2.5), 1.5)
    return _globe(at(foot[0], height / 2, foot[2]), height / 2, camera)


def _globe(middle: Array, radius: float, camera: Camera) -> list[Shape]:
    return drawn(Ellipsoid(middle, np.full(3, radius), _SOFT), camera, "thing")


def _between_knees(body: PosedBody) -> float:
    legs = body.bones.legs
    apart = float(np.linalg.norm(legs["near"].knee - legs["far"].knee))
    return max(min(apart / 2 - 2.6, _KNEE_BALL), 2.5)


def _surface(body: PosedBody, spot: Array, way: Array) -> Array:
    """Return where the body ends on the way out from a spot within it."""
    off = body.points - spot
    along = off @ way
    beside = np.linalg.norm(off - along[:, None] * way, axis=1) < 2.5
    near = along[beside & (along < 16)]
    found: Array = spot + way * (float(near.max()) if len(near) else 0.0)
    return found


def _below_hands(body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a ball that lies below the palms."""
    palms = [palm(body, side) for side in SIDES if body.placed.pose.limb(side).hand == "ball"]
    spot = np.mean(palms or [palm(body, "near")], axis=0)
    radius = min(max(float(spot[1]) / 2 + _SOFT, 3.0), _HAND_BALL)
    return _globe(at(spot[0], radius, spot[2]), radius, camera)


def palm(body: PosedBody, side: BodySide) -> Array:
    """Return the middle of the surface of a palm."""
    arm = body.bones.arms[side]
    found: Array = arm.wrist - arm.hand[1] * _PALM - arm.hand[0] * 1.4
    return found


_ROLLER_HALF = 16.0
"""Half the length of a roller."""


def roller(prop: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a roller below a part of the body, across it."""
    return _log(prop, body, camera, _ROLLER_HALF, "thing")


_BOLSTER_HALF = 15.0


def bolster(prop: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a bolster below a part of the body, across it; below the back and head, along it."""
    if prop.place == "back":
        return _along_back(body, camera)
    return _log(prop, body, camera, _BOLSTER_HALF, "cushion")


def _log(prop: Prop, body: PosedBody, camera: Camera, half: float, tone: Tone) -> list[Shape]:
    spot = spot_of(prop.place or "knees", body.placed.skeleton)
    height = max(lowest_over(body.points, spot, 3.0) + _SOFT, 3.0)
    low, high = (at(spot[0], height / 2, z) for z in (-half, half))
    return drawn(bar(low, high, height / 2, gives=_SOFT), camera, tone)


def _along_back(body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a bolster from the waist to beyond the head of who lies on it."""
    skeleton = body.placed.skeleton
    spot = spot_of("back", skeleton)
    radius = max(lowest_over(body.points, spot, 3.0) + _SOFT, 3.0) / 2
    start, head = float(skeleton.spine_point(_WAIST)[0][0]), float(skeleton.head[0])
    end = head + np.sign(head - start) * _PAST_HEAD
    line = (at(start, radius, spot[2]), at(end, radius, spot[2]))
    return drawn(bar(*line, radius, gives=_SOFT), camera, "cushion")


_WAIST, _PAST_HEAD = 0.34, 7.0
"""How high on the spine a bolster along the back begins, and how far beyond the head it ends."""
_BLOCK = at(6.5, 4.5, 4.0)
"""Half of a block: its length, width and thickness."""


def block(prop: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a block, or one below each hand that is on one."""
    if prop.place is None:
        sides = [side for side in SIDES if body.placed.pose.limb(side).hand == "block"]
        spots = [palm(body, side) for side in sides] or [_beside(body) + UP * 9.0]
        return by_depth([_upright_block(spot, camera) for spot in spots], camera)
    if prop.place == "between knees":
        legs = body.bones.legs
        middle = (legs["near"].knee + legs["far"].knee) / 2
        half = at(_BLOCK[1], _BLOCK[2], _between_knees(body))
        return boxed(middle - half, middle + half, camera, "thing")
    spot = spot_of(prop.place, body.placed.skeleton)
    aside = 3.0 if prop.place.endswith("foot") else ASIDE
    height = max(lowest_over(body.points, spot, 3.0, aside) + _SOFT / 2, 2.0)
    low, high = at(spot[0] - 4.5, 0, spot[2] - 6.5), at(spot[0] + 4.5, height, spot[2] + 6.5)
    return boxed(low, high, camera, "thing")


def _upright_block(spot: Array, camera: Camera) -> list[Shape]:
    low, high = at(spot[0] - 3.2, 0, spot[2] - 4.5), at(spot[0] + 3.2, spot[1], spot[2] + 4.5)
    return boxed(low, high, camera, "thing")


def _beside(body: PosedBody) -> Array:
    """Return a place on the floor, ahead of the feet."""
    ahead = max(float(leg.ankle[0]) for leg in body.bones.legs.values())
    return at(ahead + _BESIDE_FEET, 0.0, 6.0)


_HANDLE, _HANDLE_HALF, _HEAD, _HEAD_LONG = 0.8, 3.4, 2.9, 3.0
"""The radius of a dumbbell's handle and half its length; radius and length of its heads."""


def dumbbell(_: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a dumbbell in each hand that holds one, or one on the floor."""
    sides = [side for side in SIDES if body.placed.pose.limb(side).hand == "dumbbell"]
    held = [(fist_middle(body, side), body.bones.arms[side].hand[2]) for side in sides]
    lying = [(_beside(body) + UP * _HEAD, at(0, 0, 1))]
    parts = [_dumbbell(middle, unit(way), camera) for middle, way in held or lying]
    return by_depth(parts, camera)


def _dumbbell(middle: Array, way: Array, camera: Camera) -> list[Shape]:
    ends = [middle - way * _HANDLE_HALF, middle + way * _HANDLE_HALF]
    parts = [rounded(ends[0], ends[1], _HANDLE, camera, "metal")]
    for end, out in zip(ends, (-way, way), strict=True):
        parts.append(rounded(end, end + out * _HEAD_LONG, _HEAD, camera, "metal"))
    return by_depth(parts, camera)


_STICK, _STICK_PAST, _STICK_HALF = 0.75, 14.0, 30.0
"""The radius of a stick, how far beyond the hands it goes, and half its length on the floor."""


def stick(_: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a stick through both hands; below one hand, standing on the floor; or lying there."""
    sides = [side for side in SIDES if body.placed.pose.limb(side).hand == "stick"]
    hands = [fist_middle(body, side) for side in sides]
    if len(hands) == 2:
        way = unit(hands[0] - hands[1])
        start, end = hands[1] - way * _STICK_PAST, hands[0] + way * _STICK_PAST
    elif hands:
        start, end = at(hands[0][0], 0, hands[0][2]), hands[0] + UP * 5.0
    else:
        start = _beside(body) + at(0, _STICK, -_STICK_HALF)
        end = start + at(0, 0, 2 * _STICK_HALF)
    return rounded(start, end, _STICK, camera, "prop_edge")
