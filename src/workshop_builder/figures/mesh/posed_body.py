"""A body on the floor, on a seat, with its hands where they hold: joints and mesh together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from workshop_builder.figures.body.placement import (
    PlacedBody,
    at_rest,
    has,
    in_contact,
    place_body,
    support_height,
)
from workshop_builder.figures.body.pose import BodySide, Pose, at_ease
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.vectors import UP, Array
from workshop_builder.figures.mesh.arrays import Indices
from workshop_builder.figures.mesh.bones import NO_GOALS, PosedBones
from workshop_builder.figures.mesh.contact import next_goals, settle_feet
from workshop_builder.figures.mesh.data import mesh
from workshop_builder.figures.mesh.fingers import Grip
from workshop_builder.figures.mesh.lying_head import carried, head_down, rough_heights
from workshop_builder.figures.mesh.rest_body import rest_body
from workshop_builder.figures.mesh.skin import grips, posed_bones, skin
from workshop_builder.figures.mesh.supports import lift_onto
from workshop_builder.model.figure import BuildName, PoseFigure
from workshop_builder.model.props import SEATS

_ROUNDS = 3
"""How often a body is set down and its hands are placed, at most."""
_RESTING_ROUNDS = 3
"""How often head and shoulders that are to rest are brought nearer to the floor."""
_STRAY = 12
"""So many of the lowest vertices do not count: hair's breadths that soft flesh gives way to."""
_GIVES = 0.25
"""How far a lying body sinks in."""
_SEAT_GIVES = 0.8
"""How far a body sinks into a seat."""
_BUTTOCKS = 3.0
"""How far ahead of the hips a body still sits."""
_BELOW_SEAT, _SEAT_HALF = 1.6, 12.0
"""How far below a seat a thigh has left it, and half the width of the seat."""
_SEAT_AHEAD, _ON_FRONT = 13.0, 4.5
"""How far ahead of the hips the edge of a seat is at most, also for somebody on its front half."""
_LEAST_SEAT = 6.5
"""How far ahead of the hips it is at least: flesh gives way where a thigh slopes from it."""
_SEAT_ROUND = 2.0
"""How far behind that edge flesh is pressed as flat as the seat."""
_FLESH = 0.12
"""What is left below the floor of a part that would sink: it is pressed flat."""
_ROUNDED, _FLAT_BELOW = 10.0, 5.0
"""Degrees of a back from which it lies on the floor without a hollow, and up to which height."""


@dataclass(frozen=True, slots=True, eq=False)
class PosedBody:
    """A body as it is drawn."""

    placed: PlacedBody
    """Its joints, moved so that the mesh rests."""
    bones: PosedBones
    points: Array
    """Where each vertex is."""
    grips: Mapping[BodySide, Grip]

    def moved(self, by: Array) -> PosedBody:
        """Return the body moved by a vector along the floor."""
        placed = replace(
            self.placed,
            skeleton=self.placed.skeleton.moved(by),
            surface=self.placed.surface.moved(by),
        )
        return replace(self, placed=placed, bones=self.bones.moved(by), points=self.points + by)


def pressed(points: Array) -> Array:
    """Return points of which those below the floor are pressed flat."""
    found = points.copy()
    found[:, 1] = np.where(points[:, 1] < 0, points[:, 1] * _FLESH, points[:, 1])
    return found


def _flattened(points: Array, pose: Pose) -> Array:
    """Return points of which those of a rounded back that lies on the floor reach down to it."""
    if pose.position != "lying on the back" or pose.spine < _ROUNDED:
        return points
    found = points.copy()
    share = np.clip(points[:, 1] / _FLAT_BELOW, 0, 1) ** 2
    trunk = mesh().share("root", "spine")
    found[:, 1] *= 1 - trunk * (1 - share)
    return found


def pose_body(pose: Pose, figure: PoseFigure, build: BuildName, name: str) -> PosedBody:
    """Return a body in a pose, as it rests in a figure; `name` is that of the mesh's body."""
    pose = at_ease(pose, figure)
    pose = _at_rest(pose, figure, build, name)
    if carried(pose, figure):
        settled = _settled(pose, figure, build, name, 1)
        pose = head_down(pose, figure, settled.skeleton, settled.bones)
    settled = _settled(pose, figure, build, name, _ROUNDS)
    points = pressed(skin(settled.bones) if settled.points is None else settled.points)
    points = _flattened(points, pose)
    edge = _seat_edge(points, settled.skeleton, pose, figure)
    if edge is not None:
        points = _on_seat(points, edge, support_height(figure.props, *SEATS))
    placed = replace(settled.placed, skeleton=settled.skeleton, seat_edge=edge)
    return PosedBody(placed, settled.bones, points, grips(pose))


@dataclass(frozen=True, slots=True, eq=False)
class _Settled:
    """A body that has come to rest."""

    placed: PlacedBody
    skeleton: Skeleton
    bones: PosedBones
    points: Array | None
    """Where each vertex is; None where that is not known yet."""


def _settled(pose: Pose, figure: PoseFigure, build: BuildName, name: str, rounds: int) -> _Settled:
    rest = rest_body(name)
    placed = place_body(pose, figure, BUILDS[build])
    skeleton, goals = placed.skeleton, dict(NO_GOALS)
    for number in range(rounds):
        bones = posed_bones(rest, skeleton, pose, goals)
        points = skin(bones)
        lift = _lift(points, skeleton, figure, pose)
        moved = abs(lift) > 0.05
        if moved:
            skeleton = in_contact(skeleton.moved(UP * lift), pose)
            goals = dict(NO_GOALS)
        settled = settle_feet(points, skeleton, pose)
        skeleton, moved = settled or skeleton, moved or settled is not None
        if rounds > 1:
            moved |= next_goals(points, skeleton, bones, pose, goals)
        if number and not moved:
            return _Settled(placed, skeleton, bones, points)
    return _Settled(placed, skeleton, posed_bones(rest, skeleton, pose, goals), None)


def _at_rest(pose: Pose, figure: PoseFigure, build: BuildName, name: str) -> Pose:
    """Return a pose whose head and shoulders rest, as the mesh has them, and say so no more."""
    wanted: dict[str, float] = dict.fromkeys(pose.resting, 0.0)
    rests = pose
    for _ in range(_RESTING_ROUNDS if wanted else 0):
        rests = replace(at_rest(pose, figure, BUILDS[build], wanted), resting=())
        points = rough_heights(_settled(rests, figure, build, name, 1).bones, wanted)
        wanted = {part: height - points[part] for part, height in wanted.items()}
    return rests


def _seat_edge(points: Array, skeleton: Skeleton, pose: Pose, figure: PoseFigure) -> float | None:
    """Return how far ahead the front edge of a seat is: where the first thigh leaves it."""
    if pose.position != "sitting":
        return None
    seat = support_height(figure.props, *SEATS)
    ahead = _ON_FRONT if has(figure.props, "chair", "front of seat") else _SEAT_AHEAD
    hips = float(skeleton.hips[0])
    x, y, z = points[_regions()["legs"]].T
    under = (y < seat - _BELOW_SEAT) & (np.abs(z) < _SEAT_HALF) & (x > hips - 2)
    if under.sum() <= 5:
        return None
    first = float(np.sort(x[under])[4]) - 0.4
    return max(min(hips + ahead, first), hips + _LEAST_SEAT)


def _on_seat(points: Array, edge: float, seat: float) -> Array:
    """Return points of which those that would sink into a seat behind its edge are pressed flat."""
    own, found, least = _regions()["seat"], points.copy(), seat - _SEAT_GIVES
    x, y = points[own, :2].T
    share = np.clip((edge - x) / _SEAT_ROUND, 0, 1) * (1 - _FLESH)
    found[own, 1] = y + np.maximum(least - y, 0) * share
    return found


@cache
def _regions() -> Mapping[str, Indices]:
    """Return the vertices of what a body rests on."""
    whole = mesh()
    trunk = whole.share("root", "spine") > 0.5
    legs = (whole.leg("near") > 0.5) | (whole.leg("far") > 0.5)
    feet = whole.share("foot", "toes") >= 0.3
    chosen = {
        "lying": (trunk | legs) & ~feet,
        "seat": whole.share("root", "spine", "upperleg01") > 0.5,
        "near knee": whole.limb("near", "lowerleg") > 0.5,
        "far knee": whole.limb("far", "lowerleg") > 0.5,
        "hips": whole.share("root", "upperleg01") > 0.8,
        "legs": legs,
    }
    return {name: np.nonzero(part)[0] for name, part in chosen.items()}


def _lift(points: Array, skeleton: Skeleton, figure: PoseFigure, pose: Pose) -> float:
    """Return how far up a body must be moved for its surface to rest on what carries it."""
    heights = points[:, 1]
    position, props = pose.position, figure.props

    def lowest(region: str) -> float:
        return float(np.sort(heights[_regions()[region]])[_STRAY])

    if position.startswith("lying"):
        lift = -lowest("lying")
        if has(props, "cushion", "hips"):
            lift = max(lift, support_height(props, "hips") - lowest("hips"))
        return max(lift, lift_onto(props, points, skeleton)) - _GIVES
    if position == "sitting":
        seat = _regions()["seat"]
        under = points[seat, 0] < float(skeleton.hips[0]) + _BUTTOCKS
        lowest_seat = float(np.sort(heights[seat[under]])[_STRAY])
        return support_height(props, *SEATS) - _SEAT_GIVES - lowest_seat
    if position in {"half kneeling", "kneeling", "on all fours"}:
        if not pose.knees_down:
            return 0.0
        knee = f"{pose.knees_down[0]} knee"
        return support_height(props, knee) - _GIVES - lowest(knee)
    return 0.0
