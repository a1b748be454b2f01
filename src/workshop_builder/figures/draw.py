"""The door to drawing: a figure in, an SVG file or its description out."""

from __future__ import annotations

from workshop_builder.figures.describe import described
from workshop_builder.figures.drawing.palette import ANATOMY, INK_SAVER
from workshop_builder.figures.muscles import draw as muscles
from workshop_builder.figures.scene import canvas
from workshop_builder.model.figure import Figure, Person
from workshop_builder.model.muscle_figure import AnatomyFigure


def draw(figure: Figure, everyone: Person, language: str, *, ink_saver: bool = False) -> bytes:
    """Return a figure as an SVG file that stands alone, the same bytes each time.

    `everyone` is who is drawn where the figure does not say.
    """
    if isinstance(figure, AnatomyFigure):
        return muscles.draw(figure, INK_SAVER if ink_saver else ANATOMY, language)
    told = (figure.title or "", describe(figure, language), language)
    return canvas.draw_pose(figure, everyone, told, ink_saver=ink_saver)


def describe(figure: Figure, language: str) -> str:
    """Return what a figure shows, for those who cannot see it: its own words, or made ones."""
    if isinstance(figure, AnatomyFigure):
        return muscles.describe(figure, language)
    return described(figure, language)
