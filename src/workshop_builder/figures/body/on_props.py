"""Lying on props: how far up a body must be for rollers, bolsters and blocks to be below it."""

from __future__ import annotations

import math

from workshop_builder.figures.body.surface import BodySurface
from workshop_builder.model.figure import Prop
from workshop_builder.model.props import PROPS

UNDER_TRUNK = ("hips", "upper back", "back")
"""The places below a trunk, from which the head of who lies may hang back."""
_CHEST_FROM = 8
"""The section of the trunk at which the chest begins."""


def lift_onto_props(surface: BodySurface, props: tuple[Prop, ...]) -> float:
    """Return how far up a lying body must be moved at least, to lie on what is below its parts."""
    chest = surface.trunk.slice(_CHEST_FROM).lowest()
    near, far = (surface.thighs[side].lowest() for side in ("near", "far"))
    lowest = {
        "upper back": chest,
        "back": chest,
        "thighs": min(near, far),
        "near thigh": near,
        "far thigh": far,
        "calves": min(shank.lowest() for shank in surface.shanks.values()),
    }
    heights = [(PROPS[each.prop].places.get(each.place or ""), each.place) for each in props]
    gaps = [height - lowest[place] for height, place in heights if height and place in lowest]
    return max(gaps, default=-math.inf)
