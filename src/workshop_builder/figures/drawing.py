"""The door to drawing: a figure in, an SVG file or its description out."""

from __future__ import annotations

from workshop_builder.figures import anatomy, canvas, describing
from workshop_builder.figures.anatomy import AnatomyFigure
from workshop_builder.figures.forms import Person
from workshop_builder.figures.paint import ANATOMY, INK_SAVER
from workshop_builder.figures.reading import Figure


def draw(figure: Figure, everyone: Person, language: str, *, ink_saver: bool = False) -> bytes:
    """Return a figure as an SVG file that stands alone, the same bytes each time.

    `everyone` is who is drawn where the figure does not say.
    """
    if isinstance(figure, AnatomyFigure):
        return anatomy.draw(figure, INK_SAVER if ink_saver else ANATOMY, language)
    told = (figure.title or "", describe(figure, language), language)
    return canvas.draw_pose(figure, everyone, told, ink_saver=ink_saver)


def describe(figure: Figure, language: str) -> str:
    """Return what a figure shows, for those who cannot see it: its own words, or made ones."""
    if isinstance(figure, AnatomyFigure):
        return anatomy.describe(figure, language)
    return describing.described(figure, language)
