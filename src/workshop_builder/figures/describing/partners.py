"""A second person as one who is told of alone: their own sides are those of their own body."""

from __future__ import annotations

from workshop_builder.figures.partner.stance import alone
from workshop_builder.model.figure import Partner, PoseFigure

_FACING_LEFT = {("in front", "towards"), ("behind", "away")}
"""Where a second person looks to the left of the picture: there left and right are exchanged."""
_OTHER = {"near": "far", "far": "near"}


def partner_alone(figure: PoseFigure, partner: Partner) -> PoseFigure:
    """Return the second person's figure, whose near side is named as it is in their body."""
    own = alone(figure, partner)
    if (partner.at, partner.facing) not in _FACING_LEFT:
        return own
    exchanged = {
        name: limbs.model_copy(update={"hand": _exchanged(limbs.hand)})
        for name in ("both", "near", "far")
        if (limbs := getattr(own, name)).hand
    }
    side = "left" if figure.side == "right" else "right"
    return own.model_copy(update={**exchanged, "side": side})


def _exchanged(place: str) -> str:
    """Return a place on the first person, whose sides are not exchanged, as the second has it."""
    if not place.startswith("their "):
        return place
    return " ".join(_OTHER.get(word, word) for word in place.split())
