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
    """Whether `place` must be one of them; if not, it can be left out. One alone goes unsaid."""
    footrest: float = 0.0
    """How high it carries the feet of who sits on it."""
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
    "ball": PropKind(
        {
            "seat": 29.0, "near foot": 5.0, "far foot": 5.0, "between knees": None,
            "behind back": None, "front": None,
        },
        hands={"ball": HandRest()},
    ),
    "roller": PropKind(
        {"upper back": 8.0, "calves": 8.0, "near thigh": 8.0, "far thigh": 8.0, "thighs": 8.0}
    ),
    "dumbbell": PropKind(hands={"dumbbell": HandRest(gripped=True)}),
    "band": PropKind(
        {
            "near foot": None, "far foot": None, "feet": None, "thighs": None, "ankles": None,
            "hands": None,
        },
        hands={"band": HandRest(gripped=True)},
    ),
    "block": PropKind(
        {"hips": 6.0, "head": 4.5, "near foot": 4.5, "far foot": 4.5, "between knees": None},
        place_required=False,
        hands={"block": HandRest(9.0)},
    ),
    "bolster": PropKind({"knees": None, "back": 8.0, "hips": 8.0}),
    "doorway": PropKind({"front": None}, place_required=False, hands={"doorway": HandRest()}),
    "table": PropKind({"front": None, "under": None}, hands={"table": HandRest(44.0)}),
    "step": PropKind({"near foot": 9.0, "far foot": 9.0, "feet": 9.0}),
    "stick": PropKind(hands={"stick": HandRest(gripped=True)}),
    "wheelchair": PropKind({"seat": 29.0}, hands={"armrest": HandRest(40.0)}, footrest=5.0),
}  # fmt: skip
"""Heights are those of usual things beside an adult of 170 cm: a seat 44 cm, a desk 75 cm."""

LAIN_ON = {
    "head": (), "back": (), "upper back": (), "knees": ("sitting",), "calves": ("sitting",),
    "near thigh": ("sitting",), "far thigh": ("sitting",), "thighs": ("sitting",),
    "hips": ("sitting", "kneeling", "on all fours"),
}  # fmt: skip
"""Of places below a body that lies, the other positions in which something can be there."""
BELOW = ("cushion", "block", "bolster", "roller", "chair")
"""The props that have such places; a strap and a band go round a thigh."""

TABLE_UNDER = 34.0
"""How high above the floor somebody lies on a table: what is lain on is where the floor was."""
SEATS = ("seat", "front of seat")
"""The places at which a prop carries somebody who sits."""
PLACES = tuple(dict.fromkeys(place for kind in PROPS.values() for place in kind.places))
"""What `place` can be, of any prop."""
HAND_RESTS: Mapping[str, HandRest] = {
    place: rest for kind in PROPS.values() for place, rest in kind.hands.items()
}
"""What `hand` can be because of a prop."""


def only_place(name: str) -> str | None:
    """Return the place of a prop that has just one, and goes there unsaid; else None."""
    kind = PROPS[name]
    return next(iter(kind.places)) if kind.place_required and len(kind.places) == 1 else None


def prop_of_hand(place: str) -> str | None:
    """Return the name of the prop that a hand is on there; None where it needs none."""
    return next((name for name, kind in PROPS.items() if place in kind.hands), None)
