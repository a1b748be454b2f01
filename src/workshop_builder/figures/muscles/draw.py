"""A muscle picture, from its file to SVG, and to words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from workshop_builder.figures.drawing import svg
from workshop_builder.figures.drawing.palette import INK, OUTLINE, Palette
from workshop_builder.figures.muscles import labels, muscle
from workshop_builder.figures.muscles.plates import Flesh, Shape
from workshop_builder.figures.muscles.scene import Scene, Step, muscles, scene
from workshop_builder.figures.muscles.text_width import FAMILY, SIZE
from workshop_builder.figures.muscles.words import description, words
from workshop_builder.model.muscle_figure import AnatomyFigure


def draw(figure: AnatomyFigure, palette: Palette, language: str) -> bytes:
    """Return the picture of a figure without faults, as SVG."""
    seen = scene(figure, language)
    panels = (
        svg.group(
            _bones_and_muscles(seen, step, palette),
            transform=f"translate({svg.number(step.shift)})",
        )
        for step in seen.steps
    )
    arrows = (labels.draw_arrow(path, palette.arrow) for path in seen.arrows)
    line = {"stroke": INK, "stroke_linejoin": "round", "stroke_linecap": "round"}
    parts = [
        svg.group([*panels, *arrows], **line, stroke_width=OUTLINE),
        svg.group(labels.draw_ground(seen.labels, palette.bone)),
        svg.group(labels.draw_lines(seen.labels), stroke_linecap="round"),
        svg.group(labels.draw_words(seen.labels), font_family=FAMILY, font_size=SIZE, fill=INK),
    ]
    return svg.document(
        seen.size, title(figure, language), describe(figure, language), language, parts
    )


def _bones_and_muscles(seen: Scene, step: Step, palette: Palette) -> Iterator[str]:
    ghosts = []
    for each in seen.plate.painted:
        if isinstance(each, Shape):
            if each.part.beside is None or each.part.beside in step.shown:
                yield from _shape(each, palette)
        elif each.belly.muscle in step.gone or each.belly.ghost:
            ghosts.append(each)
        elif each.belly.muscle in step.shown:
            yield from muscle.draw(each, palette)
    yield from map(muscle.draw_ghost, _outermost(ghosts, step))


def _outermost(ghosts: Iterable[Flesh], step: Step) -> list[Flesh]:
    """Return the muscle that was taken off last, or what runs behind a bone."""
    last = step.gone[-1:] or step.shown
    return [each for each in ghosts if each.belly.muscle in last]


def _shape(shape: Shape, palette: Palette) -> Iterator[str]:
    outline, lines = _paths(shape)
    yield svg.path(
        outline,
        fill=getattr(palette, shape.part.fill),
        fill_rule="evenodd" if len(shape.outlines) > 1 else None,
        stroke="none" if shape.part.name == "body" else None,
    )
    if lines:
        yield svg.path(lines, fill="none", stroke_width=1.2)


@cache
def _paths(shape: Shape) -> tuple[str, str]:
    """Return the path data of a shape and of the lines on it."""
    outline, lines = (
        "".join(each.data() for each in some) for some in (shape.outlines, shape.lines)
    )
    return outline, lines


def describe(figure: AnatomyFigure, language: str) -> str:
    """Return the words that stand for the picture; empty if the language has none."""
    spoken = words(language)
    if figure.alt or not spoken:
        return figure.alt or ""
    arrows = [arrow.at for arrow in figure.arrows]
    return description(spoken, figure.anatomy, muscles(figure), arrows)


def title(figure: AnatomyFigure, language: str) -> str:
    """Return the name of the picture: its own, or those of its muscles."""
    spoken = words(language)
    if figure.title or not spoken:
        return figure.title or describe(figure, language)
    names = spoken.joined([spoken.muscles[name].name for name in muscles(figure)])
    return names[:1].upper() + names[1:] or spoken.views[figure.anatomy]
