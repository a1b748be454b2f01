"""What an arm does, in words: what the hand is on, or where the arm points."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_builder.figures.body.pose import LimbAngles, Pose
from workshop_builder.figures.describing.phrases import BodyWords, Which
from workshop_builder.figures.describing.trunk import UPRIGHT

BEHIND, A_LITTLE, LEVEL, HIGH, UP = -20, 30, 65, 120, 150
"""Of a shoulder, forward: from which an arm is behind, a little ahead, level, high, and up."""
_FOLDED = 60
"""Of the trunk, upright: below which an arm can hang free of it."""
ELBOW_SOFT, ELBOW_BENT = 30, 70
ACROSS = -15
"""Of a shoulder, out to its side."""
PALM_TURNED, WRIST_BENT, SHOULDER_MOVED = 40, 20, 6


def arm_words(pose: Pose, limb: LimbAngles, which: Which, words: BodyWords) -> str:
    """Return what an arm does, or both alike."""
    return ", ".join([_arm(pose, limb, which, words), *_shoulder(limb, which, words)])


def _arm(pose: Pose, limb: LimbAngles, which: Which, words: BodyWords) -> str:
    if limb.hand == "free" or (limb.hand.startswith("other") and which == "both"):
        found = _free_arm(pose, limb, which, words)
    else:
        kind = "forearm" if limb.hand == "forearm on floor" else "hand"
        place = words.at(words.words["hands"], limb.hand, which)
        found = [words.placed(kind, which, place)]
    if limb.hand != "free" and which == "both" and (own := _own(limb, words)):
        found.append(words.placed("hand", which, own))
    return ", ".join([*found, *(words.words["free hands"][name] for name in _free_hand(limb))])


def _own(limb: LimbAngles, words: BodyWords) -> str:
    """Return how both hands hold each other; an empty text where they do not."""
    own: str = words.words["hands_own"].get(limb.hand, "")
    return own


def _free_arm(pose: Pose, limb: LimbAngles, which: Which, words: BodyWords) -> list[str]:
    """Return where an arm points, and how its elbow is bent."""
    all_words = words.words
    found = [words.placed("arm", which, words.sided(all_words["arms"][_way(pose, limb)], which))]
    if limb.shoulder_out <= ACROSS:
        found.append(all_words["arms"]["across"])
    if limb.elbow >= ELBOW_SOFT:
        shape = all_words["elbows"]["bent" if limb.elbow >= ELBOW_BENT else "soft"]
        found.append(shape["both" if which == "both" else "one"])
    return found


def _free_hand(limb: LimbAngles) -> Iterator[str]:
    """Yield what palm, wrist and fingers of a free hand do."""
    if abs(limb.forearm_turn) >= PALM_TURNED:
        yield "palm up" if limb.forearm_turn > 0 else "palm down"
    if abs(limb.wrist) >= WRIST_BENT:
        yield "wrist bent" if limb.wrist > 0 else "wrist back"
    if limb.fingers:
        yield limb.fingers


def _shoulder(limb: LimbAngles, which: Which, words: BodyWords) -> Iterator[str]:
    """Yield where the shoulder blade is, if it is not at rest."""
    for angle, names in (
        (limb.shoulder_lift, ("lifted", "lowered")),
        (limb.shoulder_forward, ("forward", "back")),
    ):
        if abs(angle) >= SHOULDER_MOVED:
            place = words.words["shoulders"][names[angle < 0]]
            yield words.placed("shoulder", which, place)


def _way(pose: Pose, limb: LimbAngles) -> str:
    """Return where a free arm points, seen from the trunk."""
    if limb.shoulder_out >= A_LITTLE:
        return (
            "out up"
            if limb.shoulder_out >= HIGH
            else ("out" if limb.shoulder_out >= LEVEL else "out low")
        )
    if pose.position == "lying on the back" and LEVEL <= limb.shoulder < HIGH:
        return "ceiling"
    if pose.position == "on all fours" and limb.shoulder >= LEVEL:
        return "stretched ahead" if limb.shoulder >= HIGH else "hanging"
    trunk = pose.pelvis - pose.spine
    if pose.position in UPRIGHT and trunk < _FOLDED and limb.shoulder + trunk - 90 < A_LITTLE:
        return "hanging"
    steps = {BEHIND: "behind", A_LITTLE: "side", LEVEL: "low", HIGH: "level", UP: "high"}
    return next((name for end, name in steps.items() if limb.shoulder < end), "up")
