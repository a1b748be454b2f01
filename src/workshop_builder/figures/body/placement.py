"""A body set down: where it rests, what its hands and feet touch, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from workshop_builder.figures.body import proportions
from workshop_builder.figures.body.inverse_kinematics import (
    SLACK,
    heel_down,
    reached,
    shin_down,
    stood,
    tiptoe,
)
from workshop_builder.figures.body.pose import SIDES, Pose, SideOf
from workshop_builder.figures.body.proportions import Build
from workshop_builder.figures.body.skeleton import Limb, Skeleton, skeleton
from workshop_builder.figures.body.surface import Flesh, flesh
from workshop_builder.figures.body.vectors import Array, along, cross, unit
from workshop_builder.model.figure import HandPlace, PoseFigure, Prop

CUSHION = 3.0
"""How thick a cushion is under a weight."""
_MOST_GAP = 3.5
"""How far above its floor, in per cent of body height, a part that rests may seem to be."""


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """A body that rests on something."""

    bones: Skeleton
    flesh: Flesh
    faults: tuple[tuple[tuple[str, ...], str], ...]
    """What cannot be: the place in the file, and what is wrong; what to do."""


def has(props: tuple[Prop, ...], name: str, *places: str) -> bool:
    """Return whether there is such a prop, at one of the places if any are named."""
    return any(p.prop == name and (not places or p.place in places) for p in props)


def settle(pose: Pose, figure: PoseFigure, build: Build) -> Settled:
    """Return the body of a pose, set down on what carries it in `figure`."""
    lying = pose.position.startswith("lying")
    bones = skeleton(pose, chest_stays=lying)
    bones = bones.moved(np.array([0.0, _lift(bones, pose, figure, build), 0.0]))
    faults = list(_without_prop(pose, figure))
    legs = {}
    for side in SIDES:
        legs[side], short = _leg(bones.legs[side], pose, side)
        if short > SLACK:
            faults.append(((side, "foot"), _too_far(f"the {side} foot", "the floor", short)))
    for side, other in (SIDES, SIDES[::-1]):
        if pose.limb(side).foot == f"{other} thigh":
            legs[side], short = _crossed(legs[side], legs[other])
            if short > SLACK:
                faults.append(
                    ((side, "foot"), _too_far(f"the {side} foot", f"the {other} thigh", short))
                )
    bones = replace(bones, legs=legs)
    arms = {}
    for side in SIDES:
        place = pose.limb(side).hand
        arms[side], short = _arm(bones, side, place)
        if short > SLACK:
            where = {"hips": "the hips"}.get(place, f"'{place}'")
            faults.append(((side, "hand"), _too_far(f"the {side} hand", where, short)))
    bones = replace(bones, arms=arms)
    surface = flesh(bones, build)
    faults += _floating(surface, figure, pose)
    return Settled(bones, surface, tuple(faults))


def _without_prop(pose: Pose, figure: PoseFigure) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each hand that holds a thing which is not there."""
    for side in SIDES:
        place = pose.limb(side).hand
        name = place.split()[0]
        if name in {"chair", "desk", "wall", "strap"} and not has(figure.props, name):
            yield (side, "hand"), f"there is no {name} for this hand; add '- prop: {name}' to props"


def _too_far(what: str, where: str, short: float) -> str:
    remedy = "bring it nearer by the angles of hip, spine or shoulder, or choose another place"
    return f"{what} cannot reach {where}, by {max(short, 1):.0f} % of body height; {remedy}"


def _lift(bones: Skeleton, pose: Pose, figure: PoseFigure, build: Build) -> float:
    """Return how far up the body must go to rest on what carries it."""
    skin = flesh(bones, build)
    trunk = skin.trunk.lowest()
    hips = min(
        skin.trunk.slice(0, 6).lowest(), *(skin.thighs[s].slice(0, 4).lowest() for s in SIDES)
    )
    match pose.position:
        case "sitting":
            if has(figure.props, "chair", "seat"):
                return proportions.SEAT - skin.trunk.slice(0, 5).lowest() - 0.3
            return -hips
        case "standing":
            ankles = [bones.legs[s].end[1] for s in SIDES if pose.limb(s).foot == "floor"]
            return proportions.ANKLE - float(
                max(ankles, default=skin.feet["far"].lowest() + proportions.ANKLE)
            )
        case "half kneeling" | "kneeling" | "on all fours":
            return _under(figure.props, "near knee") - skin.shanks["near"].slice(0, 4).lowest()
        case "lying on the front":
            return -min(hips, trunk)
        case _:
            under = _under(figure.props, "hips")
            if pose.twist:
                # The hips roll onto one side; the chest stays down.
                return -min(skin.trunk.slice(8, 99).lowest(), skin.skull.lowest())
            return max(under - hips, -min(trunk, skin.skull.lowest() if not under else trunk))


def _under(props: tuple[Prop, ...], place: str) -> float:
    return CUSHION if has(props, "cushion", place) else 0.0


def _leg(leg: Limb, pose: Pose, side: SideOf) -> tuple[Limb, float]:
    match pose.limb(side).foot:
        case "floor":
            return stood(leg, 0.0)
        case "heel":
            return heel_down(leg, 0.0), 0.0
        case "ball":
            return tiptoe(leg, 0.0), 0.0
        case "top":
            return shin_down(leg, 0.0), 0.0
        case _:
            return leg, 0.0


def _crossed(leg: Limb, other: Limb) -> tuple[Limb, float]:
    """Return a leg whose ankle lies across the other thigh, just above its knee."""
    spot = other.root + (other.middle - other.root) * 0.8 + other.upper[0] * 6.4
    new, short = reached(leg, spot)
    return replace(new, tip=new.lower), short


@dataclass(frozen=True, slots=True, eq=False)
class _Hold:
    """Where a hand goes: its wrist, its fingers' direction, and where its back looks."""

    wrist: Array
    fingers: Array
    back: Array


def _arm(bones: Skeleton, side: SideOf, place: HandPlace) -> tuple[Limb, float]:
    arm = bones.arms[side]
    if place == "forearm on floor":
        return _propped(arm, bones.chest_frame)
    hold = _hold(bones, side, place)
    if hold is None:
        return arm, 0.0
    new, short = reached(arm, hold.wrist)
    fingers = unit(hold.fingers)
    back = unit(hold.back - fingers * float(hold.back @ fingers))
    return replace(new, tip=np.array([back, -fingers, cross(back, -fingers)])), short


def _propped(arm: Limb, chest: Array) -> tuple[Limb, float]:
    """Return an arm whose elbow and forearm lie on the floor, and by how much it falls short."""
    height = float(arm.root[1]) - 2.3
    ahead = unit(chest[1] * np.array([1.0, 0.0, 1.0]))
    down = min(height, proportions.UPPER_ARM)
    off = np.sqrt(proportions.UPPER_ARM**2 - down**2)
    elbow = arm.root + ahead * off - np.array([0.0, down, 0.0])
    wrist = elbow + unit(ahead - np.array([0.0, 0.055, 0.0])) * proportions.FOREARM
    up = np.array([0.0, 1.0, 0.0])
    return replace(
        arm,
        middle=elbow,
        end=wrist,
        upper=along(elbow - arm.root, arm.upper[2]),
        lower=along(wrist - elbow, arm.lower[2]),
        tip=np.array([up, -ahead, cross(up, -ahead)]),
    ), height - proportions.UPPER_ARM


def _hold(bones: Skeleton, side: SideOf, place: HandPlace) -> _Hold | None:
    """Return where a hand must go for its place; None where its angles say all."""
    arm = bones.arms[side]
    up = np.array([0.0, 1.0, 0.0])
    words = place.removeprefix("behind ").split()
    if len(words) == 2 and words[1] in {"thigh", "knee", "shin"}:
        return _on_leg(bones, side, words, behind=place.startswith("behind"))
    match place:
        case "floor":
            wrist = _slid(arm, 1.5)
            return _Hold(wrist, _ahead(wrist - arm.root, bones.chest_frame), up)
        case "chair back" | "chair seat" | "desk":
            heights = {
                "chair back": proportions.CHAIR_BACK,
                "chair seat": proportions.SEAT,
                "desk": proportions.DESK,
            }
            wrist = _slid(arm, heights[place] + 1.5)
            return _Hold(wrist, _ahead(wrist - arm.root, bones.chest_frame), up)
        case "wall":
            return _Hold(arm.end, up, -bones.chest_frame[0] * np.array([1.0, 0.0, 1.0]))
        case "hips" | "belly":
            point, frame = bones.trunk(0.44 if place == "belly" else 0.2)
            look = 1.0 if place == "belly" else -1.0
            deep = 4.9 if place == "belly" else 6.4
            out = 5.0 if side == "near" else -5.0
            wrist = point + frame[0] * look * (deep + 0.6) + frame[2] * out
            return _Hold(wrist, -frame[1] - frame[2] * out * 0.1, frame[0] * look)
        case "head":
            f = bones.head_frame
            out = 4.0 if side == "near" else -4.0
            return _Hold(bones.head - f[0] * 5 + f[2] * out - f[1] * 2, f[1], -f[0])
        case _:
            return None


def _ahead(arm: Array, chest: Array) -> Array:
    """Return where the fingers of a hand on the floor point: on with the arm, or to the head."""
    level = np.array([1.0, 0.0, 1.0])
    if float(np.linalg.norm(arm * level)) > 0.6 * float(np.linalg.norm(arm)):
        return np.asarray(arm * level)
    return np.asarray((chest[1] if abs(chest[1][1]) < 0.75 else chest[0]) * level)


def _slid(arm: Limb, height: float) -> Array:
    """Return where a hand lies at `height`, drawn in as far as the arm's length asks."""
    down = float(arm.root[1]) - height
    longest = proportions.UPPER_ARM + proportions.FOREARM - 0.02
    aside = np.array([arm.end[0] - arm.root[0], 0.0, arm.end[2] - arm.root[2]])
    most = np.sqrt(max(longest**2 - down**2, 0.0))
    far = float(np.linalg.norm(aside))
    wrist: Array = arm.root + aside * min(1.0, most / max(far, 1e-6))
    wrist[1] = height
    return wrist


def _on_leg(bones: Skeleton, side: SideOf, words: list[str], *, behind: bool) -> _Hold:
    leg = bones.legs["near" if words[0] == "near" else "far"]
    part = words[1]
    out = 1.0 if side == "near" else -1.0
    start, end, frame, cuts, at = {
        "thigh": (leg.root, leg.middle, leg.upper, proportions.THIGH_FLESH, 0.62),
        "knee": (leg.root, leg.middle, leg.upper, proportions.THIGH_FLESH, 0.93),
        "shin": (leg.middle, leg.end, leg.lower, proportions.SHANK_FLESH, 0.25),
    }[part]
    near = min(cuts, key=lambda c: abs(c.at - at))
    point = start + (end - start) * at
    if behind:
        wrist = point - frame[0] * (near.back * 0.55) + frame[2] * out * (near.wide + 1.0)
        return _Hold(wrist, -frame[0] * 0.9 + frame[1] * 0.25, frame[2] * out)
    wrist = point + frame[0] * (near.front + 0.9) + frame[2] * out * 1.5
    if part == "shin":
        wrist = point + frame[0] * (near.front * 0.6) + frame[2] * out * (near.wide + 0.6)
        return _Hold(wrist, frame[0], frame[2] * out)
    return _Hold(wrist - (-frame[1]) * 4.0, -frame[1], frame[0])


def _floating(skin: Flesh, figure: PoseFigure, pose: Pose) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each part that should rest on the floor and does not, or that sinks into it."""
    cushioned = _under(figure.props, "head")
    for part, (height, place, remedy) in _resting(skin, pose).items():
        allowed = _MOST_GAP + (CUSHION + 1 if part == "head" and cushioned else 0.0)
        if height > allowed:
            yield (
                place,
                f"the {part} floats {height:.0f} % of body height above the floor; {remedy}",
            )
    # A pelvis that rolls onto its side is broader than it is deep.
    allowed = 5.0 if pose.twist else 1.5
    height, part, place = min(_all_parts(skin, pose))
    bent = min(pose.near.knee, pose.far.knee) > 40
    seated = pose.position == "sitting" and not has(figure.props, "chair", "seat")
    if height < -allowed and seated and bent:
        fault = "who sits with bent knees needs a seat; add '- prop: chair' with 'place: seat'"
        yield ("position",), f"{fault} to props"
    elif height < -allowed:
        fault = f"the {part} sinks {-height:.0f} % of body height into the floor"
        yield place, f"{fault}; change the angles so that it rests there"


def _resting(skin: Flesh, pose: Pose) -> Mapping[str, tuple[float, tuple[str, ...], str]]:
    bend = "change 'neck' or 'spine'"
    match pose.position:
        case "lying on the back":
            head = (skin.skull.lowest(), ("neck",), bend)
            back = (skin.trunk.lowest(), ("pelvis",), "change 'pelvis' or 'spine'")
            return {"head": head, "back": back}
        case "on all fours" | "kneeling":
            lowest = skin.shanks["far"].lowest()
            return {"far knee": (lowest, ("far", "hip"), "change 'hip' or 'knee' of the far side")}
        case _:
            return {}


def _all_parts(skin: Flesh, pose: Pose) -> Iterator[tuple[float, str, tuple[str, ...]]]:
    """Yield how low each part reaches, its name, and what in the file moves it."""
    yield skin.skull.lowest(), "head", ("neck",)
    yield skin.trunk.lowest(), "trunk", ("pelvis",)
    for side in SIDES:
        # Toes in front of a raised heel bend with the floor.
        toes = 3 if pose.limb(side).foot == "ball" else 4
        yield skin.thighs[side].lowest(), f"{side} thigh", (side, "hip")
        yield skin.shanks[side].slice(1, 99).lowest(), f"{side} shin", (side, "knee")
        yield skin.forearms[side].lowest(), f"{side} elbow", (side, "elbow")
        yield skin.feet[side].slice(0, toes).lowest(), f"{side} foot", (side, "ankle")
