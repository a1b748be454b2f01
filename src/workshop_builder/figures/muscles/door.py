"""A muscle picture: its file, what is wrong with it, its drawing, its description."""

from __future__ import annotations

from workshop_builder.figures.muscles.check import faults
from workshop_builder.figures.muscles.draw import describe, draw
from workshop_builder.model.muscle_figure import AnatomyFigure

__all__ = ["AnatomyFigure", "describe", "draw", "faults"]
