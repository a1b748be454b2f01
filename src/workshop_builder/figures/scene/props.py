"""Things around a body: mat, cushion, chair, desk, wall, strap. Plain boxes and bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.placement import CUSHION, Settled
from workshop_builder.figures.body.pose import SIDES, SideOf
from workshop_builder.figures.body.surface import Cuts
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera, polygons
from workshop_builder.figures.drawing.shapes import Shape, Tone, filled, stroked
from workshop_builder.figures.drawing.splines import smooth
from workshop_builder.model.figure import PoseFigure, Prop

_BOARD = 1.5
"""How thick the boards of a chair are."""
_SEAT_DEEP, _SEAT_WIDE = 23.0, 24.0


@dataclass(frozen=True, slots=True, eq=False)
class Things:
    """The props of a figure, by when they are painted."""

    below: tuple[Shape, ...]
    """Before the body."""
    before_hands: tuple[Shape, ...]
    """After the legs and before the near arm."""


def _box(low: Array, high: Array, view: Camera, fill: Tone, width: float = 1.0) -> list[Shape]:
    """Return a box as the outline of its eight corners."""
    corners = np.array(
        [[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])]
    )
    hull = shapely.convex_hull(shapely.multipoints(view.flat(corners)))
    return filled(polygons(hull), fill, width)


def _at(*values: float) -> Array:
    return np.array(values)


def mat(settled: Settled, view: Camera, *, flat: bool) -> list[Shape]:
    """Return a mat under all that is near the floor."""
    points = np.concatenate([c.centers for c in _near_floor(settled)])
    if not flat:
        points = np.vstack([points, settled.bones.hips - _at(9, 0, 0)])
    low, high = points[:, 0].min() - 7, points[:, 0].max() + 7
    deep = 12.0 if flat else 17.0
    return _box(_at(low, -1.3, -deep), _at(high, 0.0, deep), view, "prop")


def _near_floor(settled: Settled) -> list[Cuts]:
    skin = settled.flesh
    every = [
        skin.trunk,
        skin.skull,
        *skin.shanks.values(),
        *skin.feet.values(),
        *skin.thighs.values(),
        *skin.forearms.values(),
    ]
    return [cuts for cuts in every if cuts.lowest() < 12] or every


def chair(
    x: float, facing: float, view: Camera, *, back: bool = True, seat: float = proportions.SEAT
) -> list[Shape]:
    """Return a chair whose seat's front edge is at `x`, for one who looks to `facing` (1 right)."""
    rear = x - _SEAT_DEEP * facing
    left, right = min(x, rear), max(x, rear)
    half = _SEAT_WIDE / 2
    shapes: list[Shape] = []
    legs = [(leg, z) for z in (-half, half - _BOARD) for leg in (left + 0.5, right - _BOARD - 0.5)]
    for leg, z in legs[:2]:
        shapes += _box(_at(leg, 0, z), _at(leg + _BOARD, seat, z + _BOARD), view, "prop_edge")
    if back:
        post = rear - (0 if facing > 0 else _BOARD)
        shapes += _box(
            _at(post, seat, -half),
            _at(post + _BOARD, proportions.CHAIR_BACK, half),
            view,
            "prop_edge",
        )
    shapes += _box(_at(left, seat - _BOARD, -half), _at(right, seat, half), view, "prop")
    for leg, z in legs[2:]:
        shapes += _box(
            _at(leg, 0, z), _at(leg + _BOARD, seat - _BOARD, z + _BOARD), view, "prop_edge"
        )
    return shapes


def stool(left: float, view: Camera, seat: float) -> list[Shape]:
    """Return a chair that stands sideways, its back on the far side of the seat."""
    half, right = _SEAT_WIDE / 2, left + _SEAT_DEEP
    back = _box(_at(left, seat, -half), _at(right, seat + 21, -half + _BOARD), view, "prop_edge")
    return back + chair(right, 1.0, view, back=False, seat=seat)


def _pillow(center: Array, width: float, height: float, view: Camera) -> list[Shape]:
    x, y = view.flat(center)
    w, h = width / 2, height / 2
    ring = smooth(
        [
            (x - w, y),
            (x - w * 0.8, y + h * 0.9),
            (x, y + h),
            (x + w * 0.8, y + h * 0.9),
            (x + w, y),
            (x + w * 0.8, y - h),
            (x, y - h),
            (x - w * 0.8, y - h),
        ]
    )
    seam = smooth(
        [(x + w * 0.55, y + h * 0.45), (x + w * 0.8, y), (x + w * 0.55, y - h * 0.5)], closed=False
    )
    return [*filled([ring], "cushion"), *stroked([seam], 0.6)]


def cushion(prop: Prop, settled: Settled, view: Camera) -> list[Shape]:
    """Return a cushion under a part of the body, as thick as the gap that is there."""
    skin, bones = settled.flesh, settled.bones
    spot, width = {
        "head": (bones.head, 19.0),
        "hips": (bones.hips, 22.0),
        "near knee": (bones.legs["near"].middle, 17.0),
    }.get(prop.place or "head", (bones.head, 19.0))
    gap = skin.skull.lowest() if prop.place == "head" else CUSHION
    thick = max(gap + 1.2, 2.4)
    return _pillow(_at(spot[0], thick / 2, spot[2]), width, thick, view)


def strap(prop: Prop, settled: Settled, view: Camera) -> list[Shape]:
    """Return a strap from the hands to the sole or the thigh, and its loop."""
    bones = settled.bones
    side: SideOf = "far" if (prop.place or "").startswith("far") else "near"
    leg = bones.legs[side]
    arms = bones.arms
    hands = [arms[s].end - arms[s].tip[1] * 3.2 for s in ("far", "near")]
    if prop.place == "near thigh":
        end = leg.root + (leg.middle - leg.root) * 0.75 - leg.upper[0] * 4.2
    else:
        end = leg.end + leg.tip[0] * 5.6 - leg.tip[1] * 4.0
    lines = [np.array([view.flat(hand), view.flat(end)]) for hand in hands]
    tail = _at(0.0, -7.0, 0.0)
    last = hands[1]
    lines.append(
        smooth(
            [
                tuple(view.flat(last)),
                tuple(view.flat(last + tail * 0.5 + _at(0.8, 0, 0))),
                tuple(view.flat(last + tail)),
            ],
            closed=False,
        )
    )
    if prop.place != "near thigh":
        across = [end, leg.end + leg.tip[0] * 5.2 - leg.tip[1] * 0.2]
        lines.append(np.array([view.flat(point) for point in across]))
    bands = [Shape((line,), stroke="ink", width=2.9, closed=False) for line in lines]
    return bands + [Shape((line,), stroke="strap", width=1.5, closed=False) for line in lines]


def things(figure: PoseFigure, settled: Settled, view: Camera, *, standing: bool = False) -> Things:
    """Return all props of a figure."""
    below: list[Shape] = []
    hands: list[Shape] = []
    flat = figure.view == "side"
    for prop in figure.props:
        match prop.prop:
            case "mat":
                below = [*mat(settled, view, flat=flat), *below]
            case "cushion":
                below += cushion(prop, settled, view)
            case "strap":
                hands += strap(prop, settled, view)
            case "chair":
                below += _chair(prop, settled, view, standing=standing)
            case "wall":
                below += _wall(prop, settled, view)
            case "desk":
                below += _desk(settled, view)
    grounded = figure.behind != "nothing"
    if not any(p.prop == "mat" for p in figure.props) and figure.view != "top" and not grounded:
        below = [*_floor(settled, below, view, flat=flat), *below]
    return Things(tuple(below), tuple(hands))


def _chair(prop: Prop, settled: Settled, view: Camera, *, standing: bool) -> list[Shape]:
    bones = settled.bones
    match prop.place:
        case "calves":
            seat = min(settled.flesh.shanks[side].slice(3, 99).lowest() for side in SIDES)
            return stool(float(bones.hips[0]) + 10.0, view, seat)
        case "front":
            hand = float(bones.arms["far"].end[0])
            return chair(hand + 2.0 + _SEAT_DEEP, 1.0, view)
        case "beside":
            return chair(float(bones.legs["far"].middle[0]) + 8.0, -1.0, view)
        case _ if standing:
            return chair(float(bones.legs["near"].end[0]) - 6.0, 1.0, view)
        case _:
            return chair(float(bones.hips[0]) + 13.0, 1.0, view)


def _wall(prop: Prop, settled: Settled, view: Camera) -> list[Shape]:
    skin, arms = settled.flesh, settled.bones.arms.values()
    body_x = np.concatenate([skin.trunk.centers, skin.skull.centers])[:, 0]
    behind = prop.place == "behind"
    x = float(body_x.min()) - 9.5 if behind else max(float(arm.end[0]) for arm in arms) + 1.4
    return _box(_at(x, 0, -14), _at(x + 2.5, 100, 14), view, "prop")


def _desk(settled: Settled, view: Camera) -> list[Shape]:
    x = float(max(settled.bones.arms["far"].end[0], settled.bones.arms["near"].end[0])) - 3.0
    legs = _box(_at(x + 24, 0, -12), _at(x + 26, proportions.DESK, -10), view, "prop_edge")
    legs += _box(_at(x + 24, 0, 10), _at(x + 26, proportions.DESK, 12), view, "prop_edge")
    return legs + _box(
        _at(x, proportions.DESK - 2, -14), _at(x + 28, proportions.DESK, 14), view, "prop"
    )


def _floor(settled: Settled, others: list[Shape], view: Camera, *, flat: bool) -> list[Shape]:
    """Return the floor: a line as long as what stands on it, or a rug seen from above."""
    if not flat:
        return mat(settled, view, flat=False)
    skin = settled.flesh
    points = view.flat(
        np.concatenate(
            [
                skin.trunk.centers,
                *(c.centers for c in skin.feet.values()),
                *(c.centers for c in skin.shanks.values()),
            ]
        )
    )
    low = min([float(points[:, 0].min()), *(s.box[0] for s in others)]) - 6
    high = max([float(points[:, 0].max()), *(s.box[2] for s in others)]) + 6
    y = -0.4
    return [Shape((np.array([[low, y], [high, y]]),), stroke="floor", width=1.4, closed=False)]
