"""A muscle picture as SVG, and the words that stand for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from workshop_builder.figures.drawing import svg
from workshop_builder.figures.drawing.palette import INK, OUTLINE, Palette
from workshop_builder.figures.muscles import labels
from workshop_builder.figures.muscles.muscle import draw_ghost, draw_muscle
from workshop_builder.figures.muscles.plates import PaintedMuscle, PaintedStructure
from workshop_builder.figures.muscles.scene import LayerStep, Scene, build_scene, drawn_muscles
from workshop_builder.figures.muscles.text_width import FAMILY, SIZE
from workshop_builder.figures.muscles.words import compose_description, muscle_words
from workshop_builder.languages.language import Language
from workshop_builder.model.figure import AnatomyFigure


def draw_anatomy(figure: AnatomyFigure, palette: Palette, language: Language) -> bytes:
    """Return a muscle picture without faults as an SVG file."""
    scene = build_scene(figure, language)
    panels = (
        svg.group(_panel(scene, step, palette), transform=f"translate({svg.number(step.shift)})")
        for step in scene.steps
    )
    arrows = (labels.draw_arrow(path, palette.arrow) for path in scene.arrows)
    line = {"stroke": INK, "stroke_linejoin": "round", "stroke_linecap": "round"}
    parts = [
        svg.group([*panels, *arrows], **line, stroke_width=OUTLINE),
        svg.group(labels.draw_ground(scene.labels, palette.bone)),
        svg.group(labels.draw_leaders(scene.labels), stroke_linecap="round"),
        svg.group(labels.draw_texts(scene.labels), font_family=FAMILY, font_size=SIZE, fill=INK),
    ]
    return svg.document(
        scene.size,
        _title(figure, language),
        describe_anatomy(figure, language),
        language.code,
        parts,
    )


def _panel(scene: Scene, step: LayerStep, palette: Palette) -> Iterator[str]:
    """Yield the bones and muscles of one step as SVG, in painter's order."""
    ghosts = []
    for each in scene.plate.painted:
        if isinstance(each, PaintedStructure):
            if each.structure.beside is None or each.structure.beside in step.shown:
                yield from _structure(each, palette)
        elif each.belly.muscle in step.gone or each.belly.ghost:
            ghosts.append(each)
        elif each.belly.muscle in step.shown:
            yield from draw_muscle(each, palette)
    yield from map(draw_ghost, _outermost(ghosts, step))


def _outermost(ghosts: Iterable[PaintedMuscle], step: LayerStep) -> list[PaintedMuscle]:
    """Return the muscle that was taken off last; where none was, those that run behind a bone."""
    last = step.gone[-1:] or step.shown
    return [each for each in ghosts if each.belly.muscle in last]


def _structure(painted: PaintedStructure, palette: Palette) -> Iterator[str]:
    """Yield a structure as SVG."""
    outline, lines = _path_data(painted)
    yield svg.path(
        outline,
        fill=getattr(palette, painted.structure.fill),
        fill_rule="evenodd" if len(painted.outlines) > 1 else None,
        stroke="none" if painted.structure.name == "body" else None,
    )
    if lines:
        yield svg.path(lines, fill="none", stroke_width=1.2)


@cache
def _path_data(painted: PaintedStructure) -> tuple[str, str]:
    """Return the path data of a structure's outlines, and of the lines on it."""
    outline, lines = (
        "".join(each.data() for each in splines) for splines in (painted.outlines, painted.lines)
    )
    return outline, lines


def describe_anatomy(figure: AnatomyFigure, language: Language) -> str:
    """Return the words that stand for a muscle picture; an empty text where there are none."""
    words = muscle_words(language)
    if figure.alt or not words:
        return figure.alt or ""
    arrows = [arrow.at for arrow in figure.arrows]
    muscles = drawn_muscles(figure)
    return compose_description(words, language.writing, figure.anatomy, muscles, arrows)


def _title(figure: AnatomyFigure, language: Language) -> str:
    """Return the title of a muscle picture: its own, or the names of its muscles."""
    words = muscle_words(language)
    if figure.title or not words:
        return figure.title or describe_anatomy(figure, language)
    names = words.joined([words.muscles[name].name for name in drawn_muscles(figure)])
    return names[:1].upper() + names[1:] or words.views[figure.anatomy]
