"""A second person: where they are, and where on the first one their hands lie.

Each body is posed in a space of its own, ahead to the right. Lengths are per cent of body height,
by eye. A shortfall is that of `inverse_kinematics`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from workshop_builder.figures.body.faults import too_far
from workshop_builder.figures.body.hand_contact import HAND_THICKNESS, HandTarget
from workshop_builder.figures.body.inverse_kinematics import reach
from workshop_builder.figures.body.placement import place_body
from workshop_builder.figures.body.pose import OUTWARD, SIDES, BodySide, Pose, pose_of
from workshop_builder.figures.body.proportions import BUILDS
from workshop_builder.figures.body.skeleton import Limb, Skeleton
from workshop_builder.figures.body.vectors import UP, Array, cross, horizontal, unit
from workshop_builder.model.figure import FigureFault, Partner, PoseFigure
from workshop_builder.model.props import TABLE_UNDER

_DISTANCE = 26.0
"""Between the hips of both, where the file says no other."""
_PALM = 4.5
"""From the wrist to the middle of the palm."""
_ON_SHOULDER, _SHOULDER_AHEAD = (0.8, 0.2, 0.5), 2.0
"""How far the back of a hand on a shoulder looks up, to the one it is of, and out; and how far
ahead of the joint it lies."""
_SIDES_OF_HIPS, _ASIDE = 0.7, 4.5
"""How far a hand on the hips is at their side, not on the side of the one it is of; and how far
beside the spine a hand on the back is."""
_LEAST_ALONG = 0.3
"""The length of a direction below which it does not tell where fingers point."""
_THICK = {
    "shoulder": 3.6, "elbow": 2.8, "hand": 1.6, "hip": 8.0, "thigh": 5.0, "knee": 4.0, "calf": 3.6,
    "ankle": 2.8, "foot": 2.2, "hips": 8.0, "upper back": 7.0, "low back": 6.5, "head": 6.6,
}  # fmt: skip
"""From the middle of each part to its skin."""
_SPINE = {"upper back": 0.72, "low back": 0.3}
"""How high on the spine each is: 0 at the hips, 1 at the neck."""


@dataclass(frozen=True, slots=True, eq=False)
class Stance:
    """Where the second person's space lies in that of the first."""

    turn: Array
    """Three columns: where their ahead, up and right lead; it may be a mirror."""
    shift: Array

    @property
    def mirrored(self) -> bool:
        """Whether left and right are exchanged, so that the near side stays near."""
        return bool(np.linalg.det(self.turn) < 0)

    def to_first(self, points: Array) -> Array:
        """Return points of the second person's space in that of the first."""
        found: Array = points @ self.turn.T + self.shift
        return found

    def to_own(self, points: Array) -> Array:
        """Return points of the first person's space in that of the second."""
        found: Array = (points - self.shift) @ self.turn
        return found


_TURNS = {
    "right": np.eye(3),
    "left": np.diag([-1.0, 1.0, 1.0]),
    "reader": np.array([[0.0, 0.0, -1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]),
    "off": np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]]),
}
"""The turn of who looks to the right of a side view, to its left, to the reader, or off."""
_PLACES = {
    "behind": (np.array([-1.0, 0.0, 0.0]), "right"),
    "in front": (np.array([1.0, 0.0, 0.0]), "left"),
    "beside near": (np.array([0.0, 0.0, 1.0]), "off"),
    "beside far": (np.array([0.0, 0.0, -1.0]), "reader"),
}
"""The way from the first person to each place, and where one looks there towards them."""
_OPPOSITE = {"right": "left", "left": "right", "reader": "off", "off": "reader"}


def stance_of(partner: Partner, first: Skeleton, own: Skeleton, floor: float) -> Stance:
    """Return where the second person is, whose floor is at a height in the first one's space."""
    way, towards = _PLACES[partner.at]
    looks = {"towards": towards, "away": _OPPOSITE[towards], "same": "right"}[partner.facing]
    turn = _TURNS[looks]
    distance = _DISTANCE if partner.distance is None else partner.distance
    shift = horizontal(first.hips + way * distance - turn @ own.hips) + UP * floor
    return Stance(turn, shift)


def alone(figure: PoseFigure, partner: Partner) -> PoseFigure:
    """Return the figure of the second person as if they were alone."""
    names = type(figure).model_fields.keys() & type(partner).model_fields.keys()
    given = {name: getattr(partner, name) for name in names}
    nothing = {
        "view": "side",
        "props": (),
        "start": None,
        "ghost": None,
        "felt": (),
        "partner": None,
    }
    return figure.model_copy(update={**nothing, **given})


def floor_of(figure: PoseFigure) -> float:
    """Return the height of the floor on which others stand, where the first body has its own."""
    return -TABLE_UNDER if any(prop.place == "under" for prop in figure.props) else 0.0


def laid(pose: Pose) -> list[tuple[BodySide, str]]:
    """Return the sides whose hands lie on the first person, and the part that each is on."""
    hands = [(side, pose.limb(side).hand) for side in SIDES]
    return [(side, hand.removeprefix("their ")) for side, hand in hands if hand.startswith("their")]


def target_of(
    side: BodySide, part: str, stance: Stance, first: Skeleton, own: Skeleton
) -> HandTarget:
    """Return where a hand of the second person goes, in the first one's space."""
    shoulder = stance.to_first(own.arms[side].root)
    aside = float(stance.turn[:, 2] @ first.pelvis_frame[2]) * OUTWARD[side]
    name = part.removeprefix("near ").removeprefix("far ")
    center, axis = _middle(part, first, aside)
    out = shoulder - center
    toward = unit(out - axis * float(out @ axis))
    if name == "shoulder":
        up, to_them, outward = _ON_SHOULDER
        beside = unit(
            first.arms["near" if part.startswith("near") else "far"].root - first.neck_base
        )
        face = first.chest_frame[1] * up + unit(horizontal(out)) * to_them + beside * outward
        toward = unit(face)
    elif name == "hips":
        right = first.pelvis_frame[2] * (1.0 if aside >= 0 else -1.0)
        toward = unit(toward * (1 - _SIDES_OF_HIPS) + right * _SIDES_OF_HIPS)
    away = -out + toward * float(out @ toward)
    fingers = unit(away) if np.linalg.norm(away) > _LEAST_ALONG * _PALM else UP
    spot = center + toward * (_THICK[name] + HAND_THICKNESS)
    return HandTarget(spot - fingers * _PALM, fingers, toward)


def _middle(part: str, first: Skeleton, aside: float) -> tuple[Array, Array]:
    """Return the middle of a part of the first person, and the direction along it."""
    if part in _SPINE:
        point, frame = first.spine_point(_SPINE[part])
        return point + frame[2] * np.sign(aside) * _ASIDE, frame[1]
    if part == "hips":
        return first.hips + first.pelvis_frame[1] * 2.0, first.pelvis_frame[1]
    if part == "head":
        return first.head, first.head_frame[1]
    which, name = part.split()
    side: BodySide = "near" if which == "near" else "far"
    arm, leg = first.arms[side], first.legs[side]
    return {
        "shoulder": (arm.root + first.chest_frame[0] * _SHOULDER_AHEAD, arm.upper[1] * 0),
        "elbow": (arm.middle, arm.lower[1]),
        "hand": (arm.end - arm.tip[1] * _PALM, arm.tip[1]),
        "hip": (leg.root, leg.upper[1]),
        "thigh": (leg.root + (leg.middle - leg.root) * 0.6, leg.upper[1]),
        "knee": (leg.middle, leg.lower[1]),
        "calf": (leg.middle + (leg.end - leg.middle) * 0.4, leg.lower[1]),
        "ankle": (leg.end, leg.lower[1]),
        "foot": (leg.end + leg.tip[0] * 5.0 - leg.tip[1] * 1.5, leg.tip[0]),
    }[name]


def held(arm: Limb, target: HandTarget, stance: Stance) -> tuple[Limb, float]:
    """Return an arm of the second person with its hand at a target, and its shortfall."""
    new, shortfall = reach(arm, stance.to_own(target.wrist))
    fingers, back = (way @ stance.turn for way in (target.fingers, target.back))
    return replace(new, tip=np.array([back, -fingers, cross(back, -fingers)])), shortfall


def unreached(figure: PoseFigure, pose: Pose) -> Iterator[FigureFault]:
    """Yield a fault for each hand of a second person that does not reach the first."""
    partner = figure.partner
    if partner is None:
        return
    own = alone(figure, partner)
    first, second = (
        place_body(each, whole, BUILDS["medium"]).skeleton
        for each, whole in ((pose, figure), (pose_of(own), own))
    )
    stance = stance_of(partner, first, second, floor_of(figure))
    for side, part in laid(pose_of(own)):
        target = target_of(side, part, stance, first, second)
        _, shortfall = held(second.arms[side], target, stance)
        for fault in too_far(side, "hand", f"'their {part}'", shortfall):
            yield fault._replace(keys=("partner", *fault.keys))
