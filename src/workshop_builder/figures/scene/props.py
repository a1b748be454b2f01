"""Props: what is around a body, as plain boxes and bands, a function for each.

Lengths are per cent of body height. Sizes are those of usual furniture, and gaps were fitted by
eye, unless `model.props` says how high something is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

import numpy as np
import shapely

from workshop_builder.figures.body.placement import PlacedBody, support_height
from workshop_builder.figures.body.pose import SIDES
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera, rings
from workshop_builder.figures.drawing.shapes import Pillow, Shape, SolidBox, Tone, filled, stroked
from workshop_builder.figures.drawing.splines import catmull_rom, open_curve
from workshop_builder.model.figure import PoseFigure, Prop
from workshop_builder.model.props import HAND_RESTS, PROPS

Layer: TypeAlias = Literal["on the floor", "behind the body"]
"""When a prop is painted: before the other props, or before the body, which it hides where a box or
a cushion of it is nearer."""
PropDrawing: TypeAlias = Callable[[Prop, PlacedBody, Camera], list[Shape]]
"""A function that returns the shapes of a prop beside, under or round a body."""

_DRAWINGS: dict[str, tuple[Layer, PropDrawing]] = {}


def draws(name: str, layer: Layer = "behind the body") -> Callable[[PropDrawing], PropDrawing]:
    """Return a decorator that registers a function as the drawing of a prop."""

    def register(drawing: PropDrawing) -> PropDrawing:
        _DRAWINGS[name] = layer, drawing
        return drawing

    return register


def draw_props(figure: PoseFigure, body: PlacedBody, camera: Camera) -> list[Shape]:
    """Return the props that are painted before the body.

    Among them is the floor, unless a mat or a background shows it.
    """
    shapes: dict[Layer, list[Shape]] = {"on the floor": [], "behind the body": []}
    for prop in figure.props:
        if prop.prop in _DRAWINGS:
            layer, drawing = _DRAWINGS[prop.prop]
            shapes[layer] += drawing(prop, body, camera)
    behind = [*shapes["on the floor"], *shapes["behind the body"]]
    bare = not shapes["on the floor"] and figure.view != "top" and figure.behind == "nothing"
    return [*(_floor(body, behind, camera) if bare else []), *behind]


def _floor(body: PlacedBody, others: list[Shape], camera: Camera) -> list[Shape]:
    """Return the floor: from the side a line under everything, from elsewhere a rug."""
    if not camera.from_side:
        return _rug(body, camera)
    surface = body.surface
    parts = [surface.trunk, *surface.feet.values(), *surface.shanks.values()]
    x = camera.project(np.concatenate([part.centers for part in parts]))[:, 0]
    low = min([float(x.min()), *(shape.box[0] for shape in others)]) - _FLOOR_MARGIN
    high = max([float(x.max()), *(shape.box[2] for shape in others)]) + _FLOOR_MARGIN
    line = np.array([[low, -_FLOOR_BELOW], [high, -_FLOOR_BELOW]])
    return [Shape((line,), stroke="floor", width=1.4, closed=False)]


_FLOOR_MARGIN, _FLOOR_BELOW = 6.0, 0.4
"""How far the floor's line goes on at both ends, and how far below the soles it is drawn."""


def _box(low: Array, high: Array, camera: Camera, fill: Tone) -> list[Shape]:
    """Return a box, given two opposite corners, as the outline of its eight."""
    box = SolidBox(low, high)
    seen = shapely.multipoints(camera.project(box.corners()))
    return filled(rings(shapely.convex_hull(seen)), fill, solid=box)


def _at(*values: float) -> Array:
    return np.array(values)


_RUG_MARGIN, _RUG_THICKNESS = 7.0, 1.3
_RUG_HALF_DEPTH, _RUG_HALF_DEPTH_ASLANT = 12.0, 17.0
"""Half the depth of a mat seen from the side, and from elsewhere."""
_BEHIND_HIPS = 9.0
"""How far behind the hips a mat begins at least, unless it is seen from the side."""
_NEAR_FLOOR = 12.0
"""The height up to which a part of the body counts as on the mat."""


@draws("mat", "on the floor")
def _mat(_: Prop, body: PlacedBody, camera: Camera) -> list[Shape]:
    return _rug(body, camera)


def _rug(body: PlacedBody, camera: Camera) -> list[Shape]:
    """Return a mat under every part of a body that is near the floor."""
    surface = body.surface
    limbs = (surface.shanks, surface.feet, surface.thighs, surface.forearms)
    every = [surface.trunk, surface.skull, *(part for limb in limbs for part in limb.values())]
    low_parts = [part for part in every if part.lowest() < _NEAR_FLOOR] or every
    x = np.concatenate([part.centers[:, 0] for part in low_parts])
    if not camera.from_side:
        x = np.append(x, body.skeleton.hips[0] - _BEHIND_HIPS)
    low, high = x.min() - _RUG_MARGIN, x.max() + _RUG_MARGIN
    deep = _RUG_HALF_DEPTH if camera.from_side else _RUG_HALF_DEPTH_ASLANT
    return _box(_at(low, -_RUG_THICKNESS, -deep), _at(high, 0.0, deep), camera, "prop")


_CUSHION_WIDTHS = {"head": 19.0, "hips": 22.0, "near knee": 17.0}
_CUSHION_TUCKED, _CUSHION_LEAST = 1.2, 2.4
"""How much thicker than its gap a cushion is drawn, and how thick at least."""


@draws("cushion")
def _cushion(prop: Prop, body: PlacedBody, camera: Camera) -> list[Shape]:
    """Return a cushion under a part of the body, as thick as the gap that is there."""
    skeleton, place = body.skeleton, prop.place or "head"
    knee = skeleton.legs["near"].middle
    spot = {"head": skeleton.head, "hips": skeleton.hips, "near knee": knee}[place]
    on_head = place == "head"
    gap = body.surface.skull.lowest() if on_head else support_height((prop,), place)
    thick = max(gap + _CUSHION_TUCKED, _CUSHION_LEAST)
    return _pillow(_at(spot[0], thick / 2, spot[2]), _CUSHION_WIDTHS[place], thick, camera)


_PILLOW = (
    (-1.0, 0.0), (-0.8, 0.9), (0.0, 1.0), (0.8, 0.9), (1.0, 0.0), (0.8, -1.0), (0.0, -1.0),
    (-0.8, -1.0),
)  # fmt: skip
"""The outline of a cushion, drawn by hand, in halves of its width and height."""
_PILLOW_HALF_DEPTH = 8.0
_PILLOW_SEAM = ((0.55, 0.45), (0.8, 0.0), (0.55, -0.5))


def _pillow(center: Array, width: float, height: float, camera: Camera) -> list[Shape]:
    x, y = camera.project(center)
    w, h = width / 2, height / 2
    ring = catmull_rom([(x + w * across, y + h * up) for across, up in _PILLOW])
    seam = open_curve(*((x + w * across, y + h * up) for across, up in _PILLOW_SEAM))
    solid = Pillow(center, _at(w, h, _PILLOW_HALF_DEPTH))
    return [*filled([ring], "cushion", solid=solid), *stroked([seam], 0.6)]


_SEAT, _BACK = PROPS["chair"].places["seat"] or 0.0, HAND_RESTS["chair back"].height or 0.0
_SEAT_DEPTH, _SEAT_WIDTH = 23.0, 24.0
_BOARD = 1.5
"""How thick the boards and legs of a chair are."""
_LEG_INSET = 0.5
_BACK_ABOVE_SEAT = 21.0
"""The height of the back of a chair that stands sideways."""
_HIPS_TO_EDGE, _HEEL_TO_EDGE, _HANDS_TO_BACK, _HIPS_TO_CALF_SEAT = (
    13.0, -6.0, 2.0, 10.0,
)  # fmt: skip
"""How far ahead: from the hips to the front edge of a seat under them, from the ankle to that of a
chair behind a standing body, from hands to the chair back that they hold, from the hips to a seat
under the calves."""
_EDGE_TO_KNEE, _KNEE_TO_MIDDLE = 4.0, 19.0
"""From the front edge of a chair beside a knee ahead to the knee, and aside to its middle."""


@draws("chair")
def _chair(prop: Prop, body: PlacedBody, camera: Camera) -> list[Shape]:
    hips, legs = float(body.skeleton.hips[0]), body.skeleton.legs
    match prop.place:
        case "calves":
            shanks = body.surface.shanks
            seat = min(shanks[side].slice(3).lowest() for side in SIDES)
            return _sideways_chair(hips + _HIPS_TO_CALF_SEAT, camera, seat)
        case "front":
            hand = float(body.skeleton.arms["far"].end[0])
            return _chair_at(hand + _HANDS_TO_BACK + _SEAT_DEPTH, 1.0, camera)
        case "beside":
            edge = float(legs["far"].middle[0]) - _EDGE_TO_KNEE
            return _chair_at(edge, -1.0, camera, float(legs["far"].middle[2]) - _KNEE_TO_MIDDLE)
        case _ if body.pose.position == "standing":
            return _chair_at(float(legs["near"].end[0]) + _HEEL_TO_EDGE, 1.0, camera)
        case _:
            edge = hips + _HIPS_TO_EDGE if body.seat_edge is None else body.seat_edge
            return _chair_at(edge, 1.0, camera)


def _chair_at(x: float, facing: float, camera: Camera, z: float = 0.0) -> list[Shape]:
    """Return a chair that faces right (1) or left (-1), the front edge of its seat at `x`.

    The middle between its sides is at `z`.
    """
    rear = x - _SEAT_DEPTH * facing
    post, half = rear - (0 if facing > 0 else _BOARD), _SEAT_WIDTH / 2
    low, high = _at(post, _SEAT, z - half), _at(post + _BOARD, _BACK, z + half)
    back = _box(low, high, camera, "prop_edge")
    return _chair_frame(min(x, rear), max(x, rear), _SEAT, camera, back, z)


def _sideways_chair(left: float, camera: Camera, seat: float) -> list[Shape]:
    """Return a chair that stands sideways, its back on the far side of the seat."""
    half, right = _SEAT_WIDTH / 2, left + _SEAT_DEPTH
    low, high = _at(left, seat, -half), _at(right, seat + _BACK_ABOVE_SEAT, -half + _BOARD)
    back = _box(low, high, camera, "prop_edge")
    return back + _chair_frame(right - _SEAT_DEPTH, right, seat, camera)


def _chair_frame(
    left: float,
    right: float,
    seat: float,
    camera: Camera,
    back: Sequence[Shape] = (),
    z: float = 0.0,
) -> list[Shape]:
    """Return the seat and the legs of a chair, its back painted after the far legs."""
    half = _SEAT_WIDTH / 2

    def legs(side: float, top: float) -> list[Shape]:
        shapes = []
        for x in (left + _LEG_INSET, right - _BOARD - _LEG_INSET):
            shapes += _box(
                _at(x, 0, side), _at(x + _BOARD, top, side + _BOARD), camera, "prop_edge"
            )
        return shapes

    board = _box(_at(left, seat - _BOARD, z - half), _at(right, seat, z + half), camera, "prop")
    return [*legs(z - half, seat), *back, *board, *legs(z + half - _BOARD, seat - _BOARD)]


_WALL_THICKNESS, _WALL_HEIGHT, _WALL_HALF_DEPTH = 2.5, 100.0, 14.0
_ABOVE_HANDS = 14.0
"""How far a wall goes on above the wrists of hands on it."""
_BACK_TO_WALL, _HAND_TO_WALL = 9.5, 2.0
"""From the middle of the trunk or head to a wall behind it, and from the wrist to one ahead."""


@draws("wall")
def _wall(prop: Prop, body: PlacedBody, camera: Camera) -> list[Shape]:
    surface, arms = body.surface, body.skeleton.arms.values()
    trunk_x = np.concatenate([surface.trunk.centers, surface.skull.centers])[:, 0]
    behind = prop.place == "behind"
    hands = max(float(arm.end[0]) for arm in arms) + _HAND_TO_WALL
    x = float(trunk_x.min()) - _BACK_TO_WALL if behind else hands
    reach = max(float(arm.end[1]) for arm in arms) + _ABOVE_HANDS
    high = _at(x + _WALL_THICKNESS, max(_WALL_HEIGHT, reach), _WALL_HALF_DEPTH)
    return _box(_at(x, 0, -_WALL_HALF_DEPTH), high, camera, "prop")


_DESK_TOP = HAND_RESTS["desk"].height or 0.0
_DESK_LENGTH, _DESK_HALF_DEPTH, _DESK_BOARD = 28.0, 14.0, 2.0
_DESK_LEG_AT, _DESK_LEG_INSET = 24.0, 2.0
"""From the near edge of a desk to its legs, and from its sides."""
_HANDS_ON_DESK = 3.0
"""From the near edge of a desk to the wrists of hands on it."""


@draws("desk")
def _desk(_: Prop, body: PlacedBody, camera: Camera) -> list[Shape]:
    x = float(max(arm.end[0] for arm in body.skeleton.arms.values())) - _HANDS_ON_DESK
    side = _DESK_HALF_DEPTH - _DESK_LEG_INSET
    shapes: list[Shape] = []
    for z in (-side, side - _DESK_BOARD):
        low = _at(x + _DESK_LEG_AT, 0, z)
        shapes += _box(low, low + _at(_DESK_BOARD, _DESK_TOP, _DESK_BOARD), camera, "prop_edge")
    low = _at(x, _DESK_TOP - _DESK_BOARD, -_DESK_HALF_DEPTH)
    high = _at(x + _DESK_LENGTH, _DESK_TOP, _DESK_HALF_DEPTH)
    return shapes + _box(low, high, camera, "prop")
