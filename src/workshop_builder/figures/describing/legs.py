"""What a leg does, in words: how the knee is bent, where the leg points, what the foot touches.

Angles are degrees; those from which something is told were chosen by eye, as what one notices.
"""

from __future__ import annotations

from collections.abc import Iterator

from workshop_builder.figures.body.pose import LimbAngles, Pose
from workshop_builder.figures.describing.phrases import BodyWords, Which
from workshop_builder.figures.describing.trunk import HIPS_LIFTED, is_plank

STRAIGHT, SOFT, FOLDED = 12, 45, 115
"""Of a knee: up to which it is straight and a little bent, and from which it is folded."""
_ALONG_FLOOR, _LOW, _HALFWAY, _UPRIGHT, _TO_HEAD = 12, 30, 60, 100, 105
"""Of the hip of who lies: how far up a leg is; from the last on, a bent one is at the chest."""
BEHIND, AHEAD, LIFTED = -8, 15, 45
"""Of the hip of who stands or kneels."""
STEP = 12
"""Between the hips of who stands on both feet: from which one foot is before the other."""
OUT, ACROSS, TURNED_OUT, TURNED_IN = 12, -8, 45, -25
"""Of the hip, to the side and turned."""
TOES_UP, POINTED = 10, -30
_STANDING = {"floor", "heel", "ball"}
_ON_A_SIDE = {"lying on the left side", "lying on the right side"}
_ON_KNEES = {"kneeling", "half kneeling", "on all fours"}
_STRETCHED_BACK = 40
"""Of the hip of who is on all fours: up to which a lifted leg is stretched back."""
_ANKLES = {"near thigh", "far thigh"}
"""Places of a foot on which it lies with its ankle."""


def leg_words(pose: Pose, limb: LimbAngles, which: Which, phrases: BodyWords) -> str:
    """Return what a leg does, or both alike."""
    words, lying = phrases.words, pose.position.startswith("lying")
    found = [phrases.sided(words["knees"][_shape(limb)], which)]
    found += [words["legs"][name] for name in _ways(pose, limb)]
    on_floor = pose.position in _ON_A_SIDE or limb.knee <= SOFT
    if lying and limb.foot in lain(pose) and on_floor:
        found += [words["legs"]["floor"]] if words["legs"]["floor"] not in found else []
    elif limb.foot != "free" and limb.foot != _at_rest(pose):
        place = phrases.at(words["feet"], limb.foot, which)
        found.append(phrases.placed("ankle" if limb.foot in _ANKLES else "foot", which, place))
    elif name := _toes(pose, limb):
        found.append(words["toes"][name])
    return ", ".join(found)


def _at_rest(pose: Pose) -> str:
    """Return the place of a foot that goes without saying in a position."""
    return "top" if pose.position in {*_ON_KNEES, "lying on the front"} else ""


def lain(pose: Pose) -> set[str]:
    """Return the places of a foot that say of who lies but that the leg lies on the floor."""
    return {"heel", "top", "floor"} if pose.position in _ON_A_SIDE else {"heel", "top"}


def _shape(limb: LimbAngles) -> str:
    if limb.knee <= STRAIGHT:
        return "straight"
    return "soft" if limb.knee <= SOFT else "bent" if limb.knee < FOLDED else "folded"


def _ways(pose: Pose, limb: LimbAngles) -> Iterator[str]:
    """Yield where a leg points, seen from the body."""
    if name := _way(pose, limb):
        yield name
    if limb.hip_out >= OUT:
        yield "lifted" if pose.position in _ON_A_SIDE else "out"
    elif limb.hip_out <= ACROSS:
        yield "across"
    if limb.hip_turn >= TURNED_OUT:
        yield "turned out"
    elif limb.hip_turn <= TURNED_IN:
        yield "turned in"


def _way(pose: Pose, limb: LimbAngles) -> str:
    match pose.position:
        case "lying on the back":
            return _lying_way(pose, limb)
        case "lying on the left side" | "lying on the right side":
            return "behind" if limb.hip <= BEHIND else "ahead" if limb.hip >= AHEAD else ""
        case "lying on the front":
            free = limb.foot == "free"
            return "lifted" if free and limb.hip + pose.pelvis <= BEHIND else ""
        case "on all fours":
            return "stretched back" if limb.foot == "free" and limb.hip < _STRETCHED_BACK else ""
        case "sitting":
            return "ahead" if limb.knee <= SOFT else ""
        case _:
            if limb.foot == "free" and limb.hip >= LIFTED:
                return "lifted"
            if is_plank(pose):
                return ""
            way = _standing_way(limb.hip - (90 - pose.pelvis)) or _step_way(pose, limb)
            return "" if way == "ahead" and pose.position == "kneeling" else way


def _step_way(pose: Pose, limb: LimbAngles) -> str:
    """Return which foot of who stands on both is the front one, where that shows."""
    other = pose.far if limb is pose.near else pose.near
    apart = limb.hip - other.hip
    stands = pose.position == "standing" and {limb.foot, other.foot} <= _STANDING
    if not stands or abs(apart) < STEP or max(limb.hip_out, other.hip_out) >= OUT:
        return ""
    return "ahead" if apart > 0 else "behind"


def _standing_way(hip: float) -> str:
    return "behind" if hip <= BEHIND else "ahead" if hip >= AHEAD else ""


def _lying_way(pose: Pose, limb: LimbAngles) -> str:
    if limb.foot == "floor" and limb.knee > SOFT:
        return ""
    if limb.knee > SOFT:
        return "chest" if limb.hip >= _TO_HEAD else "ceiling" if limb.hip >= _HALFWAY else ""
    if limb.foot == "free" and pose.pelvis > HIPS_LIFTED and limb.hip <= _ALONG_FLOOR:
        return "in line"
    steps = {_ALONG_FLOOR: "floor", _LOW: "low", _HALFWAY: "halfway", _UPRIGHT: "ceiling"}
    return next((name for end, name in steps.items() if limb.hip <= end), "head")


def _toes(pose: Pose, limb: LimbAngles) -> str:
    """Return what the toes of a free foot do; nothing where it hangs as at rest."""
    rest = pose.position in {"lying on the front", "kneeling", "half kneeling", "on all fours"}
    if limb.ankle >= TOES_UP:
        return "up"
    return "pointed" if limb.ankle <= POINTED and not rest else ""
