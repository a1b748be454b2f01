"""Placement: a posed body on the floor or on a prop, its feet and hands in contact.

Lengths are per cent of body height; those without a source were fitted by eye.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.faults import (
    SUNK_ROLLED,
    centimetres,
    hovering,
    sinking,
    too_far,
    too_low,
)
from workshop_builder.figures.body.foot_contact import (
    misplaced_feet,
    place_leg,
    place_on_other,
    sole_to_sole,
)
from workshop_builder.figures.body.hand_contact import place_hand
from workshop_builder.figures.body.pose import SIDES, BodySide, Pose
from workshop_builder.figures.body.proportions import Build
from workshop_builder.figures.body.resting import UNDER_TRUNK, height_of, lift_onto_props, rested
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
_NOT_RESTING = 1.5
"""How far from the floor a part may be that is to rest on it."""
_CUSHION_EXTRA = 1.0
"""How much higher than its cushion a head may be before it shows."""
_HIP_SECTIONS, _BUTTOCK_SECTIONS, _UPPER_THIGH, _KNEE_END = 6, 5, 4, 4
"""How many sections, from the first, are the hips and the seat of a trunk, the upper end of a
thigh, and the upper end of a shank."""
_TOUCHING = {"heel", "ball", "top", "toes tucked"}
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
    pose = at_rest(pose, figure, build)
    skeleton, _, lift = _unlifted(pose, figure, build)
    skeleton = skeleton.moved(UP * lift)
    faults = list(_missing_props(pose, figure))
    skeleton = in_contact(skeleton, pose, faults)
    surface = body_surface(skeleton, build)
    faults += [*_not_resting(skeleton, surface, pose), *_off_the_floor(surface, figure, pose)]
    return PlacedBody(pose, skeleton, surface, tuple(faults))


def at_rest(
    pose: Pose, figure: PoseFigure, build: Build, wanted: Mapping[str, float] = MappingProxyType({})
) -> Pose:
    """Return a pose whose head and shoulders are on the floor where the file says so.

    `wanted` says how high each of them is to be, if it is not 0.
    """
    if not pose.resting:
        return pose
    return rested(pose, lambda each: _unlifted(each, figure, build), wanted)


def _unlifted(pose: Pose, figure: PoseFigure, build: Build) -> tuple[Skeleton, BodySurface, float]:
    """Return a body, its hands and feet not yet in contact, and how far it is below its place."""
    lying = pose.position.startswith("lying") and not pose.on_side
    skeleton = forward_kinematics(pose, chest_stays=lying)
    surface = body_surface(skeleton, build)
    return skeleton, surface, _lift(skeleton, surface, pose, figure)


def _not_resting(skeleton: Skeleton, surface: BodySurface, pose: Pose) -> Iterator[FigureFault]:
    """Yield a fault for each part that is to rest on the floor and cannot."""
    for part in pose.resting:
        height = height_of(part, skeleton, surface)
        if abs(height) > _NOT_RESTING:
            where = "above" if height > 0 else "below"
            fault = f"the {part} stays {centimetres(abs(height))} {where} the floor"
            yield FigureFault(("resting",), f"{fault}; change 'pelvis', 'spine' or 'neck'")


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


def _lift(skeleton: Skeleton, surface: BodySurface, pose: Pose, figure: PoseFigure) -> float:
    """Return how far up a body must be moved to rest on what carries it."""
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
            lowest = min(
                surface.feet[side].slice(0, _carrying(pose, side)).lowest() for side in SIDES
            )
            return proportions.ANKLE - float(max(ankles, default=lowest + proportions.ANKLE))
        case "half kneeling" | "kneeling" | "on all fours":
            if not pose.knees_down:
                return -min(surface.feet[side].lowest() for side in SIDES)
            side = pose.knees_down[0]
            knee = surface.shanks[side].slice(0, _KNEE_END).lowest()
            return support_height(figure.props, f"{side} knee") - knee
        case "lying on the front":
            return max(-min(hips, trunk), lift_onto_props(surface, figure.props))
        case "lying on the left side" | "lying on the right side":
            shin = surface.shanks["far"].lowest()
            return -min(hips, trunk, shin) if pose.pelvis else -min(hips, trunk)
    if pose.twist:
        # The hips roll onto one side; the chest stays down.
        return -min(surface.trunk.slice(_CHEST_FROM).lowest(), surface.skull.lowest())
    under = support_height(figure.props, *UNDER_TRUNK)
    lowest = -min(trunk, trunk if under else surface.skull.lowest())
    return max(
        support_height(figure.props, "hips") - hips, lowest, lift_onto_props(surface, figure.props)
    )


def _carrying(pose: Pose, side: BodySide) -> int:
    """Return how many parts of a foot it stands on."""
    return PARTS_TO_BALL if pose.limb(side).foot == "ball" else FOOT_PARTS


def _place_legs(skeleton: Skeleton, pose: Pose, faults: list[FigureFault]) -> dict[BodySide, Limb]:
    """Return the legs with their feet in contact; faults of reach are added to `faults`."""
    legs = {}
    for side, height in zip(SIDES, pose.foot_heights, strict=True):
        place = pose.limb(side).foot
        lowered = skeleton.legs[side].moved(UP * -height)
        leg, shortfall = place_leg(lowered, pose, side)
        legs[side] = leg.moved(UP * height)
        faults += too_far(side, "foot", "the floor", shortfall)
        if place in _TOUCHING and pose.position != "lying on the front":
            remedy = "bend or stretch hip and knee so that it comes down, or write 'foot: free'"
            faults += hovering(f"{side} foot", foot_lowest(leg), (side, "foot"), remedy)
    faults += misplaced_feet(pose)
    before = dict(legs)
    for side, other in (SIDES, SIDES[::-1]):
        place = pose.limb(side).foot
        if pose.near.foot == pose.far.foot == "other foot":
            legs[side], shortfall = sole_to_sole(before, side)
        else:
            legs[side], shortfall = place_on_other(legs[side], legs[other], pose, side)
        faults += too_far(side, "foot", f"the {place}" if " " in place else place, shortfall)
    return legs


def _place_arms(skeleton: Skeleton, pose: Pose, faults: list[FigureFault]) -> dict[BodySide, Limb]:
    """Return the arms with their hands in contact; faults of reach are added to `faults`."""
    arms = dict(skeleton.arms)
    for side in sorted(SIDES, key=lambda each: pose.limb(each).hand.startswith("other")):
        place = pose.limb(side).hand
        if place == "forearm on floor":
            faults += too_low(side, float(skeleton.arms[side].root[1]))
        arms[side], shortfall = place_hand(
            skeleton if pose.hands_together else replace(skeleton, arms=arms), side, pose
        )
        faults += too_far(side, "hand", "the hips" if place == "hips" else f"'{place}'", shortfall)
    return arms


def _off_the_floor(surface: BodySurface, figure: PoseFigure, pose: Pose) -> Iterator[FigureFault]:
    """Yield a fault for each part that floats above the floor, and for one that sinks into it."""
    cushion = support_height(figure.props, "head")
    carried = {"back", "head"} if support_height(figure.props, *UNDER_TRUNK) else set()
    carried |= {f"{side} knee" for side in SIDES if support_height(figure.props, f"{side} knee")}
    for part, (height, keys, remedy) in _resting_parts(surface, pose).items():
        if part in carried:
            continue
        cushioned = cushion + _CUSHION_EXTRA if part == "head" and cushion else 0.0
        yield from hovering(part, height, keys, remedy, cushioned)
    height, part, keys = min(_lowest_points(surface, pose))
    found = sinking(part, height, keys, *([SUNK_ROLLED] if pose.twist else []))
    rests = all(limb.hip == limb.knee == 90 for limb in (pose.near, pose.far))
    if rests and pose.position == "sitting" and not support_height(figure.props, *SEATS):
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
        case "standing":
            heights = zip(SIDES, pose.foot_heights, strict=True)
            height = min(surface.feet[side].lowest() - height for side, height in heights)
            return {"body": (height, ("position",), "let a foot be on the floor")}
        case "on all fours" | "kneeling" | "half kneeling":
            return {
                f"{side} knee": (
                    surface.shanks[side].lowest(),
                    (side, "hip"),
                    f"change 'hip' or 'knee' of the {side} side, or write 'foot: free' there",
                )
                for side in pose.knees_down
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
        count = PARTS_TO_BALL if pose.limb(side).foot in {"ball", "toes tucked"} else FOOT_PARTS
        yield surface.thighs[side].lowest(), f"{side} thigh", (side, "hip")
        yield surface.shanks[side].slice(1).lowest(), f"{side} shin", (side, "knee")
        yield surface.forearms[side].lowest(), f"{side} elbow", (side, "elbow")
        yield surface.feet[side].slice(0, count).lowest(), f"{side} foot", (side, "ankle")
