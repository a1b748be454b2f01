"""Drawing a figure: from its values to an SVG file, and to the words that stand for it."""

from __future__ import annotations

from workshop_builder.figures.describing.description import describe_pose
from workshop_builder.figures.drawing.palette import ANATOMY, INK_SAVER
from workshop_builder.figures.muscles.draw import describe_anatomy, draw_anatomy
from workshop_builder.figures.scene.canvas import draw_pose
from workshop_builder.languages.language import Language
from workshop_builder.model.figure import AnatomyFigure, Figure, Person


def draw(figure: Figure, default: Person, language: Language, *, ink_saver: bool = False) -> bytes:
    """Return a figure as a self-contained SVG file, the same bytes each time.

    `default` is how a person looks where the figure leaves it open.
    """
    return draw_both(figure, default, language)[ink_saver]


def draw_both(figure: Figure, default: Person, language: Language) -> tuple[bytes, bytes]:
    """Return a figure as `draw` does, in colour and to save ink: a pose in the time of one."""
    if isinstance(figure, AnatomyFigure):
        coloured, outlined = (draw_anatomy(figure, each, language) for each in (ANATOMY, INK_SAVER))
        return coloured, outlined
    return draw_pose(figure, default, describe(figure, language), language.code)


def describe(figure: Figure, language: Language) -> str:
    """Return what a figure shows, for those who cannot see it: its own words, or some made for it.

    They are empty where it has none, and the language has no words to make them from.
    """
    if isinstance(figure, AnatomyFigure):
        return describe_anatomy(figure, language)
    return describe_pose(figure, language)
