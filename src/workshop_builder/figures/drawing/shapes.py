"""What a drawing is made of: flat shapes with a tone and an outline.

They lie in a plane whose x points to the right and y up, in per cent of body height.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.convex import Convex
from workshop_builder.figures.drawing.palette import Palette

Tone: TypeAlias = Literal[
    "skin", "skin_far", "hair", "top", "legs", "legs_far", "prosthesis", "prop", "prop_edge",
    "shade", "seat", "thing", "metal", "band", "cushion", "strap", "floor", "floor_oval", "sky",
    "sun", "hill", "leaf", "pot", "felt", "felt_line", "arrow", "ghost", "ghost_line", "ink",
    "paper", "none",
]  # fmt: skip
"""A colour of `Palette`, the ink, the paper, or nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One path: closed rings or open lines, filled and outlined."""

    lines: tuple[Array, ...]
    fill: Tone = "none"
    stroke: Tone = "ink"
    width: float = 1.0
    """Of the outline; 1 is the width of every plain outline."""
    dashed: bool = False
    closed: bool = True
    tolerance: float | None = None
    """How far curves fitted to many points may be off, in units of the drawing; None where the
    lines are the controls of the curves themselves."""
    palette: Palette | None = None
    """The colours of its tones, where they are not those of the drawing."""
    solid: Convex | None = None
    """What the shape is the outline of, where that may hide a body."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The bounding box: least x, least y, greatest x, greatest y."""
        points = np.concatenate(self.lines)
        low, high = points.min(axis=0), points.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def filled(
    rings: Iterable[Array], fill: Tone, width: float = 1.0, solid: Convex | None = None
) -> list[Shape]:
    """Return rings as one outlined shape, in a list that is empty without rings."""
    lines = tuple(rings)
    return [Shape(lines, fill, width=width, solid=solid)] if lines else []


def stroked(lines: Iterable[Array], width: float = 0.7, stroke: Tone = "ink") -> list[Shape]:
    """Return open lines as one shape without fill, in a list that is empty without lines."""
    found = tuple(lines)
    return [Shape(found, stroke=stroke, width=width, closed=False)] if found else []
