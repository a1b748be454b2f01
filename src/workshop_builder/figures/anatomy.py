"""A muscle picture: its file, what is wrong with it, its drawing, its description."""

from __future__ import annotations

from workshop_builder.figures.anatomy_checks import faults
from workshop_builder.figures.anatomy_drawing import describe, draw
from workshop_builder.figures.anatomy_forms import AnatomyFigure

__all__ = ["AnatomyFigure", "describe", "draw", "faults"]
