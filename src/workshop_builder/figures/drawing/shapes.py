"""What a drawing is made of: flat shapes with a tone and an outline, in a plane whose y is up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from workshop_builder.figures.body.vectors import Array

Tone: TypeAlias = Literal[
    "skin", "skin_far", "hair", "top", "top_far", "legs", "legs_far", "prop", "prop_edge",
    "cushion", "strap", "floor", "sky", "sun", "hill", "leaf", "pot", "felt", "felt_line",
    "arrow", "ghost", "ink", "paper", "none",
]  # fmt: skip
"""A name of `Paint`, or the ink, the paper, or nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One path: rings or a line, filled and outlined."""

    lines: tuple[Array, ...]
    fill: Tone = "none"
    stroke: Tone = "ink"
    width: float = 1.0
    """Of the outline, in outlines."""
    dashed: bool = False
    closed: bool = True

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The least and greatest x and y."""
        points = np.concatenate(self.lines)
        low, high = points.min(axis=0), points.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def filled(rings: Iterable[Array], fill: Tone, width: float = 1.0) -> list[Shape]:
    """Return rings as one outlined shape; nothing where there are none."""
    lines = tuple(rings)
    return [Shape(lines, fill, width=width)] if lines else []


def stroked(lines: Iterable[Array], width: float = 0.7, stroke: Tone = "ink") -> list[Shape]:
    """Return lines as one stroke without a fill."""
    found = tuple(lines)
    return [Shape(found, stroke=stroke, width=width, closed=False)] if found else []
