"""What trunk and head do, in words.

Angles are degrees; those from which something is told were chosen by eye, as what one notices.
"""

from __future__ import annotations

from collections.abc import Iterator

from workshop_builder.figures.body.pose import Pose

_KNEES_ROLLED = 15
"""Of a twist while lying down."""
HIPS_LIFTED, HIPS_ON_HEELS = 195, 125
"""Of the pelvis, lying on the back, beyond half the bend of the spine; of the hips, on all fours
and back on the heels."""
TIPPED, FAR_FORWARD = 8, 45
"""Of the pelvis, upright: from which it is tipped, and far forward."""
BACK_BENT, ASIDE = 10, 8
"""Of the spine, forward and back; to the side and turned."""
CHIN_DOWN, CHIN_UP = 12, -10
LOOKS = {"upright": (72, 105), "on all fours": (-30, 30)}
"""The direction of the head, as the pelvis counts, below and above which it is told of."""
HEAD_LIFTED = 165
"""Likewise, of who lies on the back."""
STRETCHED = 30
"""Of the hips: up to which trunk and legs are in one line."""
KNEES_FOLDED = 135
"""Of who kneels: from which the buttocks are at the heels."""
UPRIGHT = {"standing", "sitting", "kneeling", "half kneeling"}


def trunk_gestures(pose: Pose) -> Iterator[tuple[str, str]]:
    """Yield what the trunk does: what is told of, and how it is; nothing where it is at rest."""
    if found := _pelvis(pose):
        yield found
    if abs(pose.spine) >= BACK_BENT:
        lifted = pose.position == "lying on the front" and pose.spine < 0
        yield "back", "chest lifted" if lifted else "rounded" if pose.spine > 0 else "arched"
    if abs(pose.side_bend) >= ASIDE:
        yield "bend", _aside("bent", pose.side_bend)
    if pose.position in {"lying on the back", "lying on the front"}:
        if abs(pose.twist) >= _KNEES_ROLLED:
            yield "rolled", _aside("rolled", pose.twist)
    elif abs(pose.twist) >= ASIDE:
        yield "twist", _aside("turned", pose.twist)


def _pelvis(pose: Pose) -> tuple[str, str] | None:
    """Return what the pelvis does, if anything."""
    if pose.position == "lying on the back":
        return ("lift", "lifted") if pose.pelvis - pose.spine / 2 > HIPS_LIFTED else None
    if pose.position in {"lying on the left side", "lying on the right side"}:
        return ("lift", "lifted") if pose.pelvis >= TIPPED else None
    if pose.position == "on all fours":
        back = max(pose.near.hip, pose.far.hip) > HIPS_ON_HEELS
        return ("heels", "on heels") if back else None
    if pose.position == "kneeling" and min(pose.near.knee, pose.far.knee) > KNEES_FOLDED:
        return "heels", "on heels"
    tip = 90 - pose.pelvis
    if is_plank(pose):
        return "lean", "in line"
    if pose.position not in UPRIGHT or abs(tip) < TIPPED:
        return None
    if tip * pose.spine < 0:
        return "pelvis", "tipped forward" if tip > 0 else "rolled back"
    if tip > 0:
        return "lean", "folded" if tip > FAR_FORWARD else "forward"
    return "lean", "backward"


def on_hands_and_feet(pose: Pose) -> bool:
    """Return whether hands on the floor carry a body that stands, the feet behind."""
    hands = {pose.near.hand, pose.far.hand} & {"floor", "forearm on floor"}
    tip, hip = 90 - pose.pelvis, max(pose.near.hip, pose.far.hip)
    return pose.position == "standing" and bool(hands) and tip > FAR_FORWARD and hip < tip


def is_plank(pose: Pose) -> bool:
    """Return whether it is straight besides."""
    return on_hands_and_feet(pose) and max(pose.near.hip, pose.far.hip) < STRETCHED


def head_gestures(pose: Pose) -> Iterator[tuple[str, str]]:
    """Yield what the head does, likewise."""
    if name := _neck(pose):
        yield "neck", name
    if abs(pose.neck_tilt) >= ASIDE:
        yield "tilt", _aside("tilted", pose.neck_tilt)
    if abs(pose.neck_turn) >= ASIDE:
        yield "turn", _aside("turned", pose.neck_turn)
    for part in pose.resting:
        yield f"{part} rests", f"{part} rests"


def _aside(name: str, angle: float) -> str:
    """Return a gesture with the side to which it leads: angles count to the near side."""
    return f"{name} {'near' if angle > 0 else 'far'}"


def _neck(pose: Pose) -> str:
    """Return where the chin or the face points: bent the neck can be without a look down or up."""
    head = pose.pelvis - pose.spine - pose.neck
    if pose.position == "lying on the back":
        return "lifted" if pose.neck >= CHIN_DOWN and head < HEAD_LIFTED else ""
    if pose.position.startswith("lying"):
        return "down" if pose.neck >= CHIN_DOWN else "up" if pose.neck <= CHIN_UP else ""
    low, high = LOOKS["on all fours" if pose.position == "on all fours" else "upright"]
    if pose.neck >= CHIN_DOWN and head < low:
        return "down"
    ahead = "ahead" if pose.position == "on all fours" else "up"
    return ahead if pose.neck <= CHIN_UP and head > high else ""
