"""Placement: a posed body on the floor or on a prop, its feet and hands in contact.

Lengths are per cent of body height; those without a source were fitted by eye.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.faults import SUNK_ROLLED, hovering, sinking, too_far
from workshop_builder.figures.body.hand_contact import place_hand
from workshop_builder.figures.body.inverse_kinematics import (
    lower_heel,
    lower_shin,
    reach,
    stand_on_ball,
    stand_on_sole,
)
from workshop_builder.figures.body.on_props import UNDER_TRUNK, lift_onto_props
from workshop_builder.figures.body.pose import SIDES, BodySide, Pose
from workshop_builder.figures.body.proportions import Build
from workshop_builder.figures.body.skeleton import Limb, Skeleton, forward_kinematics
from workshop_builder.figures.body.surface import (
    FOOT_PARTS,
    PARTS_TO_BALL,
    BodySurface,
    body_surface,
    foot_lowest,
)
from workshop_builder.figures.body.vectors import UP
from workshop_builder.model.figure import FigureFault, PoseFigure, Prop
from workshop_builder.model.props import PROPS, SEATS, prop_of_hand

_SEAT_GIVES = 0.3
"""How far a body sinks into a seat."""
_ACROSS_THIGH = (0.66, 6.4)
"""Where an ankle lies across the other thigh: the share of its length, and how far above it."""
_CUSHION_EXTRA = 1.0
"""How much higher than its cushion a head may be before it shows."""
_BENT_KNEES = 40.0
"""Degrees from which bent knees show that a seat was forgotten."""
_HIP_SECTIONS, _BUTTOCK_SECTIONS, _UPPER_THIGH, _KNEE_END = 6, 5, 4, 4
"""How many sections, from the first, are the hips and the seat of a trunk, the upper end of a
thigh, and the upper end of a shank."""
_TOUCHING = {"heel", "ball"}
"""What a foot is on that is turned down to the floor, as far as that goes."""
_CHEST_FROM = 8
"""The section of the trunk at which the chest begins."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedBody:
    """A body that rests on what carries it."""

    pose: Pose
    skeleton: Skeleton
    surface: BodySurface
    faults: tuple[FigureFault, ...]
    """What is impossible about it."""
    seat_edge: float | None = None
    """Of somebody who sits: how far ahead the first thigh leaves the seat."""


def has(props: tuple[Prop, ...], name: str, *places: str) -> bool:
    """Return whether there is a prop of this name, at one of the places if any are given."""
    return any(p.prop == name and (not places or p.place in places) for p in props)


def support_height(props: tuple[Prop, ...], *places: str) -> float:
    """Return how high a prop carries what rests at one of the places; 0 where none does."""
    heights = (PROPS[p.prop].places.get(p.place) for p in props if p.place in places)
    return next((height for height in heights if height), 0.0)


def place_body(pose: Pose, figure: PoseFigure, build: Build) -> PlacedBody:
    """Return the body of a pose, placed on what carries it in a figure."""
    lying = pose.position.startswith("lying")
    skeleton = forward_kinematics(pose, chest_stays=lying)
    skeleton = skeleton.moved(UP * _lift(skeleton, pose, figure, build))
    faults = list(_missing_props(pose, figure))
    skeleton = in_contact(skeleton, pose, faults)
    surface = body_surface(skeleton, build)
    faults += _off_the_floor(surface, figure, pose)
    return PlacedBody(pose, skeleton, surface, tuple(faults))


def in_contact(skeleton: Skeleton, pose: Pose, faults: list[FigureFault] | None = None) -> Skeleton:
    """Return a body with feet and hands in contact; faults of reach are added to `faults`."""
    found: list[FigureFault] = [] if faults is None else faults
    skeleton = replace(skeleton, legs=_place_legs(skeleton, pose, found))
    return replace(skeleton, arms=_place_arms(skeleton, pose, found))


def _missing_props(pose: Pose, figure: PoseFigure) -> Iterator[FigureFault]:
    """Yield a fault for each hand that is on a prop which is not there."""
    for side in SIDES:
        name = prop_of_hand(pose.limb(side).hand)
        if name and not has(figure.props, name):
            fault = f"there is no {name} for this hand; add '- prop: {name}' to props"
            yield FigureFault((side, "hand"), fault)


def _lift(skeleton: Skeleton, pose: Pose, figure: PoseFigure, build: Build) -> float:
    """Return how far up a body must be moved to rest on what carries it."""
    surface = body_surface(skeleton, build)
    trunk = surface.trunk.lowest()
    thighs = (surface.thighs[side].slice(0, _UPPER_THIGH).lowest() for side in SIDES)
    hips = min(surface.trunk.slice(0, _HIP_SECTIONS).lowest(), *thighs)
    match pose.position:
        case "sitting":
            seat = support_height(figure.props, *SEATS)
            seated = surface.trunk.slice(0, _BUTTOCK_SECTIONS).lowest()
            return seat - seated - _SEAT_GIVES if seat else -hips
        case "standing":
            ankles = [
                skeleton.legs[side].end[1] - height
                for side, height in zip(SIDES, pose.foot_heights, strict=True)
                if pose.limb(side).foot == "floor"
            ]
            lifted = surface.feet["far"].lowest() + proportions.ANKLE
            return proportions.ANKLE - float(max(ankles, default=lifted))
        case "half kneeling" | "kneeling" | "on all fours":
            side = pose.knees_down[0]
            knee = surface.shanks[side].slice(0, _KNEE_END).lowest()
            return support_height(figure.props, f"{side} knee") - knee
        case "lying on the front":
            return max(-min(hips, trunk), lift_onto_props(surface, figure.props))
    if pose.twist:
        # The hips roll onto one side; the chest stays down.
        return -min(surface.trunk.slice(_CHEST_FROM).lowest(), surface.skull.lowest())
    under = support_height(figure.props, *UNDER_TRUNK)
    lowest = -min(trunk, trunk if under else surface.skull.lowest())
    return max(
        support_height(figure.props, "hips") - hips, lowest, lift_onto_props(surface, figure.props)
    )


def _place_legs(skeleton: Skeleton, pose: Pose, faults: list[FigureFault]) -> dict[BodySide, Limb]:
    """Return the legs with their feet in contact; faults of reach are added to `faults`."""
    legs = {}
    for side, height in zip(SIDES, pose.foot_heights, strict=True):
        place = pose.limb(side).foot
        lowered = skeleton.legs[side].moved(UP * -height)
        leg, shortfall = _place_foot(lowered, place)
        legs[side] = leg.moved(UP * height)
        faults += too_far(side, "foot", "the floor", shortfall)
        if place in _TOUCHING:
            remedy = "bend or stretch hip and knee so that it comes down, or write 'foot: free'"
            faults += hovering(f"{side} foot", foot_lowest(leg), (side, "foot"), remedy)
    for side, other in (SIDES, SIDES[::-1]):
        if pose.limb(side).foot == f"{other} thigh":
            legs[side], shortfall = _cross(legs[side], legs[other])
            faults += too_far(side, "foot", f"the {other} thigh", shortfall)
    return legs


def _place_foot(leg: Limb, place: str) -> tuple[Limb, float]:
    """Return a leg whose foot is on the floor as `place` says, and its shortfall."""
    match place:
        case "floor":
            return stand_on_sole(leg)
        case "heel":
            return lower_heel(leg), 0.0
        case "ball":
            return stand_on_ball(leg), 0.0
        case "top":
            return lower_shin(leg), 0.0
        case _:
            return leg, 0.0


def _cross(leg: Limb, other: Limb) -> tuple[Limb, float]:
    """Return a leg whose ankle lies across the other thigh, near its knee, and its shortfall."""
    share, above = _ACROSS_THIGH
    spot = other.root + (other.middle - other.root) * share + other.upper[0] * above
    new, shortfall = reach(leg, spot)
    return replace(new, tip=new.lower), shortfall


def _place_arms(skeleton: Skeleton, pose: Pose, faults: list[FigureFault]) -> dict[BodySide, Limb]:
    """Return the arms with their hands in contact; faults of reach are added to `faults`."""
    arms = {}
    for side in SIDES:
        place = pose.limb(side).hand
        arms[side], shortfall = place_hand(skeleton, side, place)
        faults += too_far(side, "hand", "the hips" if place == "hips" else f"'{place}'", shortfall)
    return arms


def _off_the_floor(surface: BodySurface, figure: PoseFigure, pose: Pose) -> Iterator[FigureFault]:
    """Yield a fault for each part that floats above the floor, and for one that sinks into it."""
    cushion = support_height(figure.props, "head")
    carried = {"back", "head"} if support_height(figure.props, *UNDER_TRUNK) else set()
    for part, (height, keys, remedy) in _resting_parts(surface, pose).items():
        if part in carried:
            continue
        cushioned = cushion + _CUSHION_EXTRA if part == "head" and cushion else 0.0
        yield from hovering(part, height, keys, remedy, cushioned)
    height, part, keys = min(_lowest_points(surface, pose))
    found = sinking(part, height, keys, *([SUNK_ROLLED] if pose.twist else []))
    bent = min(pose.near.knee, pose.far.knee) > _BENT_KNEES
    if bent and pose.position == "sitting" and not support_height(figure.props, *SEATS):
        fault = "who sits with bent knees needs a seat"
        remedy = "add '- prop: chair' with 'place: seat' to props"
        found = (FigureFault(("position",), f"{fault}; {remedy}") for _ in found)
    yield from found


def _resting_parts(
    surface: BodySurface, pose: Pose
) -> Mapping[str, tuple[float, tuple[str, ...], str]]:
    """Return each part that rests on the floor: its height, the keys that move it, what to do."""
    match pose.position:
        case "lying on the back":
            head, back = surface.skull.lowest(), surface.trunk.lowest()
            held = {"head", "behind head"} & {pose.near.hand, pose.far.hand}
            return {
                "head": (0.0 if held else head, ("neck",), "change 'neck' or 'spine'"),
                "back": (back, ("pelvis",), "change 'pelvis' or 'spine'"),
            }
        case "on all fours" | "kneeling":
            return {
                f"{side} knee": (
                    surface.shanks[side].lowest(),
                    (side, "hip"),
                    f"change 'hip' or 'knee' of the {side} side, or write 'foot: free' there",
                )
                for side in pose.knees_down[1:]
            }
        case _:
            return {}


def _lowest_points(
    surface: BodySurface, pose: Pose
) -> Iterator[tuple[float, str, tuple[str, ...]]]:
    """Yield the height of each part's lowest point, its name, and the keys that move it."""
    yield surface.skull.lowest(), "head", ("neck",)
    yield surface.trunk.lowest(), "trunk", ("pelvis",)
    for side in SIDES:
        # The toes of a foot on its ball bend with the floor.
        count = PARTS_TO_BALL if pose.limb(side).foot == "ball" else FOOT_PARTS
        yield surface.thighs[side].lowest(), f"{side} thigh", (side, "hip")
        yield surface.shanks[side].slice(1).lowest(), f"{side} shin", (side, "knee")
        yield surface.forearms[side].lowest(), f"{side} elbow", (side, "elbow")
        yield surface.feet[side].slice(0, count).lowest(), f"{side} foot", (side, "ankle")
