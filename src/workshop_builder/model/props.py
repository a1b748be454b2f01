"""The props of figures: which there are, where each can be, and what can rest on it.

This says all of a prop but its looks: a function of `figures/scene/props.py` draws it, and the
words for it are in `languages/`. Heights are per cent of body height, above the floor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HandRest:
    """A part of a prop that a hand can be on."""

    height: float | None = None
    """Where a flat hand rests; None where the angles of the arm say it."""
    gripped: bool = False
    """Whether the fingers close round it."""


@dataclass(frozen=True, slots=True)
class PropKind:
    """What is true of every prop of one name."""

    places: Mapping[str, float | None] = field(default_factory=dict)
    """What `place` can be, and how high the prop carries the body there, if it does."""
    place_required: bool = True
    """Whether `place` must be one of them; if not, it can be left out."""
    hands: Mapping[str, HandRest] = field(default_factory=dict)
    """What `hand` can be where the prop is there."""


PROPS: Mapping[str, PropKind] = {
    "mat": PropKind(),
    "cushion": PropKind({"head": 3.0, "hips": 3.0, "near knee": 3.0}),
    "chair": PropKind(
        {
            "seat": 26.0,
            "front of seat": 26.0,
            "calves": None,
            "front": None,
            "beside": None,
        },
        hands={"chair back": HandRest(50.0, gripped=True), "chair seat": HandRest(26.0)},
    ),
    "desk": PropKind({"front": None}, place_required=False, hands={"desk": HandRest(44.0)}),
    "wall": PropKind(
        {"front": None, "behind": None}, place_required=False, hands={"wall": HandRest()}
    ),
    "strap": PropKind(
        {"near foot": None, "far foot": None, "near thigh": None},
        hands={"strap": HandRest(gripped=True)},
    ),
}
"""Heights are those of usual furniture beside an adult of 170 cm: a seat 44 cm, a desk 75 cm."""

SEATS = ("seat", "front of seat")
"""The places at which a prop carries somebody who sits."""
PLACES = tuple(dict.fromkeys(place for kind in PROPS.values() for place in kind.places))
"""What `place` can be, of any prop."""
HAND_RESTS: Mapping[str, HandRest] = {
    place: rest for kind in PROPS.values() for place, rest in kind.hands.items()
}
"""What `hand` can be because of a prop."""


def prop_of_hand(place: str) -> str | None:
    """Return the name of the prop that a hand is on there; None where it needs none."""
    return next((name for name, kind in PROPS.items() if place in kind.hands), None)
