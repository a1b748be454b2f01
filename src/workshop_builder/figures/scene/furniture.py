"""Furniture and rooms: chairs, tables, walls, doorways, steps.

Lengths are per cent of body height. Each part is a box or a bar; the parts of one prop are given
in the order in which they are painted, what is higher or nearer to the reader later.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from workshop_builder.figures.body.hand_contact import DRAPED, HAND_THICKNESS
from workshop_builder.figures.body.pose import SIDES, BodySide
from workshop_builder.figures.body.proportions import ANKLE
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.convex import box
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.drawing.shapes import Shape, stroked
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.scene.solids import at, boxed, by_depth
from workshop_builder.model.figure import Prop
from workshop_builder.model.props import HAND_RESTS, PROPS, TABLE_UNDER

_SEAT, _BACK = PROPS["chair"].places["seat"] or 0.0, HAND_RESTS["chair back"].height or 0.0
_SEAT_DEPTH, _SEAT_WIDTH = 23.0, 24.0
_BOARD = 1.5
"""How thick the boards and legs of a chair are."""
_LEG_INSET = 0.5
_RAILS = ((0.0, 5.5), (9.0, 1.9))
"""How far below the top of a chair's back each of its rails begins, and how high it is."""
_BACK_ABOVE_CALVES = 21.0
"""How high the back of a chair is above its seat under the calves."""
_HIPS_TO_EDGE, _HEEL_TO_EDGE, _HANDS_TO_BACK, _HIPS_TO_CALF_SEAT = (
    13.0, -6.0, 3.4, 10.0,
)  # fmt: skip
"""How far ahead: from the hips to the front edge of a seat under them, from the ankle to that of a
chair behind a standing body, from hands to the chair back that they hold, from the hips to a seat
under the calves."""
_SOFT = 30
"""So many vertices of the calves sink into a seat."""
_EDGE_TO_KNEE, _KNEE_TO_MIDDLE = 4.0, 19.0
"""From the front edge of a chair beside a knee ahead to the knee, and aside to its middle."""


def chair(prop: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a chair under, behind, before or beside a body."""
    edge, facing = _edge(prop, body)
    match prop.place:
        case "calves":
            seat = _under_calves(body, edge)
            return _chair_at(edge, facing, camera, back=seat + _BACK_ABOVE_CALVES, seat=seat)
        case "front":
            return _chair_at(edge, facing, camera, back=_held_back(body))
        case "beside":
            aside = float(body.placed.skeleton.legs["far"].middle[2]) - _KNEE_TO_MIDDLE
            return _chair_at(edge, facing, camera, aside)
        case _:
            return _chair_at(edge, facing, camera)


def _edge(prop: Prop, body: PosedBody) -> tuple[float, float]:
    """Return how far ahead the front edge of a chair's seat is; 1 if it faces ahead, -1 if back."""
    skeleton = body.placed.skeleton
    hips, legs = float(skeleton.hips[0]), skeleton.legs
    match prop.place:
        case "calves":
            return hips + _HIPS_TO_CALF_SEAT, -1.0
        case "front":
            return float(skeleton.arms["far"].end[0]) + _HANDS_TO_BACK + _SEAT_DEPTH, 1.0
        case "beside":
            return float(legs["far"].middle[0]) - _EDGE_TO_KNEE, -1.0
        case _ if body.placed.pose.position == "standing":
            return float(legs["near"].end[0]) + _HEEL_TO_EDGE, 1.0
        case _:
            known = body.placed.seat_edge
            return hips + _HIPS_TO_EDGE if known is None else known, 1.0


def _under_calves(body: PosedBody, edge: float) -> float:
    """Return how high a seat is on which calves lie that are ahead of its edge."""
    x, y, _ = body.points[(mesh().leg("near") > 0.5) | (mesh().leg("far") > 0.5)].T
    above = (x > edge) & (x < edge + _SEAT_DEPTH)
    return float(np.sort(y[above])[_SOFT]) if above.any() else _SEAT


def _held_back(body: PosedBody) -> float:
    """Return how high the back of a chair is that hands hold, or a usual one."""
    held = [side for side in SIDES if body.placed.pose.limb(side).hand == "chair back"]
    heights = [float(body.bones.arms[side].wrist[1]) - HAND_THICKNESS + DRAPED for side in held]
    return max([_BACK, *heights])


def _chair_at(
    x: float,
    facing: float,
    camera: Camera,
    z: float = 0.0,
    *,
    back: float = _BACK,
    seat: float = _SEAT,
) -> list[Shape]:
    """Return a chair that faces right (1) or left (-1), the front edge of its seat at `x`.

    The middle between its sides is at `z`; its seat and its back go up to a height.
    """
    rear, half = x - _SEAT_DEPTH * facing, _SEAT_WIDTH / 2
    post = rear - (0 if facing > 0 else _BOARD)
    frame = _seat(at(min(x, rear), 0, z - half), at(max(x, rear), seat, z + half), camera)
    low, high = at(post, seat, z - half), at(post + _BOARD, back, z + half)
    return [*frame, *_back(low, high, camera)]


def _back(low: Array, high: Array, camera: Camera) -> list[Shape]:
    """Return the back of a chair within a thin upright box: two posts, and rails between them."""
    along = 0 if high[0] - low[0] > high[2] - low[2] else 2
    first, second, parts = high.copy(), low.copy(), []
    first[along], second[along] = low[along] + _BOARD, high[along] - _BOARD
    for below, height in _RAILS:
        left, right = low.copy(), high.copy()
        left[along], right[along] = first[along], second[along]
        left[1], right[1] = high[1] - below - height, high[1] - below
        parts.append(boxed(left, right, camera, "prop_edge"))
    posts = [boxed(low, first, camera, "prop_edge"), boxed(second, high, camera, "prop_edge")]
    return by_depth([*parts, *posts], camera)


def _seat(low: Array, high: Array, camera: Camera, thick: float = _BOARD) -> list[Shape]:
    """Return a board on four legs within a box."""
    legs = []
    for x in (low[0] + _LEG_INSET, high[0] - _LEG_INSET - _BOARD):
        for z in (low[2] + _LEG_INSET, high[2] - _LEG_INSET - _BOARD):
            corner, top = at(x, low[1], z), at(x + _BOARD, high[1] - thick, z + _BOARD)
            legs.append(boxed(corner, top, camera, "prop_edge"))
    board = boxed(at(low[0], high[1] - thick, low[2]), high, camera, "seat")
    return [*by_depth(legs, camera), *board]


_WALL_THICKNESS, _WALL_HEIGHT, _WALL_HALF_DEPTH, _SKIRTING = 2.5, 100.0, 14.0, 4.5
_FROM_AHEAD = 0.1
"""How much a wall ahead must turn its back to the reader to be left out before what it would hide.
"""
_ABOVE_HANDS, _ABOVE_HEAD = 14.0, 4.0
"""How far a wall goes on above the wrists of hands on it, and above all of the body."""
_BESIDE_BODY = 8.0
"""How far a wall goes on beside a body that is seen before it."""
_HAND_TO_WALL = 2.0
"""From the wrist to a wall ahead."""
_STRAY = 8
"""So many of the rearmost vertices do not count: flesh gives way to a wall."""


def wall(
    prop: Prop, body: PosedBody, camera: Camera, hands: float = 0.0, chair: Prop | None = None,
    elsewhere: PosedBody | None = None,
) -> list[Shape]:  # fmt: skip
    """Return a wall behind a body, or before its hands or soles; `hands` may be as high as this.

    It is as high where the body is `elsewhere`.
    A chair stands with its back to a wall behind, and with its seat to a wall in front.
    """
    arms = body.placed.skeleton.arms.values()
    x = max(float(arm.end[0]) for arm in arms) + _HAND_TO_WALL
    if chair:
        edge, facing = _edge(chair, body)
        behind = edge - _SEAT_DEPTH * facing
        x = min(edge, behind) - _WALL_THICKNESS if prop.place == "behind" else max(edge, behind)
    elif prop.place == "behind":
        trunk = mesh().share("root", "spine", "head") > 0.5
        x = float(np.sort(body.points[trunk, 0])[_STRAY]) - _WALL_THICKNESS
    elif soles := _soles_on_wall(body):
        x = max(soles)
    reach = max(hands, *(float(arm.end[1]) for arm in arms)) + _ABOVE_HANDS
    heads = (float(each.points[:, 1].max()) for each in (body, elsewhere) if each)
    top = max(_WALL_HEIGHT, reach, max(heads) + _ABOVE_HEAD)
    half = _WALL_HALF_DEPTH
    if not camera.from_side:
        half = max(half, float(np.abs(body.points[:, 2]).max()) + _BESIDE_BODY)
    near = half
    if prop.place != "behind" and camera.toward[0] > _FROM_AHEAD:
        near, half = -_SEAT_WIDTH / 2, 2 * half
    return _built(at(x, 0, -half), at(x + _WALL_THICKNESS, top, near), camera)


def _built(low: Array, high: Array, camera: Camera) -> list[Shape]:
    """Return a piece of wall within a thin upright box: open above, for it goes on, and a skirting.

    The wall is drawn as its side that the reader sees, without thickness.
    """
    x = high[0] if camera.toward[0] > 0 else low[0]
    foot = camera.project(np.array([[x, low[1], low[2]], [x, low[1], high[2]]]))
    head, board = (
        camera.project(np.array([[x, y, low[2]], [x, y, high[2]]])) for y in (high[1], _SKIRTING)
    )
    edge = np.array([head[0], foot[0], foot[1], head[1]])
    return [
        Shape((edge,), "prop", "none", solid=box(low, high)),
        *stroked([edge], 1.0),
        *stroked([board], 0.5),
    ]


def _soles_on_wall(body: PosedBody) -> list[float]:
    """Return how far ahead a wall must be for feet on it; of who lies, for the seat too."""
    legs, pose = body.bones.legs, body.placed.pose
    sides = [side for side in SIDES if pose.limb(side).foot == "wall"]
    soles = [float(legs[side].ankle[0]) + ANKLE for side in sides]
    lower = body.points[mesh().share("root", "upperleg", "lowerleg", "foot") > 0.5, 0]
    return [*soles, float(lower.max())] if sides and pose.position == "lying on the back" else soles


_POST, _LINTEL, _DOOR_HEIGHT = 3.6, 4.0, 114.0
_DOOR_HALF_WIDTH = 15.0
"""From the middle of a doorway to its posts, at least."""


def doorway(_: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a doorway, its posts before the hands that are on it."""
    held = [side for side in SIDES if body.placed.pose.limb(side).hand == "doorway"] or [*SIDES]
    wrists = np.array([body.bones.arms[side].wrist for side in held])
    x = float(wrists[:, 0].max()) + _HAND_TO_WALL
    half = max(float(np.abs(wrists[:, 2]).min()) - _POST / 2, _DOOR_HALF_WIDTH)
    posts = [
        boxed(at(x, 0, z), at(x + _POST, _DOOR_HEIGHT, z + _POST), camera, "prop_edge")
        for z in (-half - _POST, half)
    ]
    low = at(x, _DOOR_HEIGHT, -half - _POST)
    high = at(x + _POST, _DOOR_HEIGHT + _LINTEL, half + _POST)
    return [*by_depth(posts, camera), *boxed(low, high, camera, "prop_edge")]


_DESK_TOP = HAND_RESTS["desk"].height or 0.0
_DESK_LENGTH, _DESK_HALF_DEPTH, _DESK_BOARD = 28.0, 14.0, 2.0
_DESK_LEG_AT = 24.0
"""From the near edge of a desk to its legs."""
_HANDS_ON_DESK, _HANDS_ON_TABLE = 3.0, 6.0
"""From the near edge of a desk or a table to the wrists of hands on it."""
_TABLE_HALF_DEPTH, _TABLE_MARGIN, _TABLE_BOARD = 15.0, 5.0, 3.0


def desk(_: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a desk under the hands, its legs far from who sits there."""
    x = _ahead_of_hands(body, _HANDS_ON_DESK)
    side = _DESK_HALF_DEPTH - 2
    legs = []
    for z in (-side, side - _DESK_BOARD):
        low = at(x + _DESK_LEG_AT, 0, z)
        high = low + at(_DESK_BOARD, _DESK_TOP - _DESK_BOARD, _DESK_BOARD)
        legs.append(boxed(low, high, camera, "prop_edge"))
    low = at(x, _DESK_TOP - _DESK_BOARD, -_DESK_HALF_DEPTH)
    high = at(x + _DESK_LENGTH, _DESK_TOP, _DESK_HALF_DEPTH)
    return [*by_depth(legs, camera), *boxed(low, high, camera, "seat")]


def _ahead_of_hands(body: PosedBody, inside: float) -> float:
    """Return where something under the hands begins, their wrists so far inside its edge."""
    return float(max(arm.end[0] for arm in body.placed.skeleton.arms.values())) - inside


def table(prop: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a table before a body, or one on which it lies."""
    if prop.place == "under":
        x = body.points[:, 0]
        low = at(float(x.min()) - _TABLE_MARGIN, -TABLE_UNDER, -_TABLE_HALF_DEPTH)
        high = at(float(x.max()) + _TABLE_MARGIN, 0.0, _TABLE_HALF_DEPTH)
        return _seat(low, high, camera, _TABLE_BOARD)
    x_edge, top = _ahead_of_hands(body, _HANDS_ON_TABLE), HAND_RESTS["table"].height or 0.0
    low = at(x_edge, 0, -_DESK_HALF_DEPTH)
    return _seat(low, at(x_edge + _DESK_LENGTH, top, _DESK_HALF_DEPTH), camera, _DESK_BOARD)


_STEP_BALL = 3.5
"""How far ahead of the ankle the edge of a step is that carries the forefoot alone."""
_STEP_BEHIND, _STEP_LENGTH, _STEP_HALF_WIDTH = 6.0, 22.0, 8.0
"""From the ankle back to the edge of a step, how long it is, and how far beside a foot it goes."""


def step(prop: Prop, body: PosedBody, camera: Camera) -> list[Shape]:
    """Return a step under one foot or both."""
    feet = [body.bones.legs[side].ankle for side in sides_of(prop.place or "feet")]
    limbs = [body.placed.pose.limb(side) for side in sides_of(prop.place or "feet")]
    behind = -_STEP_BALL if any(limb.foot == "ball" for limb in limbs) else _STEP_BEHIND
    x, z = min(float(foot[0]) for foot in feet) - behind, [float(foot[2]) for foot in feet]
    height = PROPS["step"].places[prop.place or "feet"] or 0.0
    low = at(x, 0, min(z) - _STEP_HALF_WIDTH)
    high = at(x + _STEP_LENGTH, height, max(z) + _STEP_HALF_WIDTH)
    return boxed(low, high, camera, "seat")


def sides_of(place: str) -> Iterable[BodySide]:
    """Return the sides that a place names: one, or both."""
    return [side for side in SIDES if place.startswith(side)] or SIDES
