"""A muscle picture as SVG, and the words that stand for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from workshop_builder.figures.drawing import svg
from workshop_builder.figures.drawing.palette import INK, OUTLINE, Palette
from workshop_builder.figures.muscles import labels
from workshop_builder.figures.muscles.curves import FINE
from workshop_builder.figures.muscles.muscle import draw_ghost, draw_muscle
from workshop_builder.figures.muscles.plates import PaintedMuscle, PaintedStructure
from workshop_builder.figures.muscles.scene import LayerStep, Scene, build_scene, drawn_muscles
from workshop_builder.figures.muscles.words import compose_description, muscle_words
from workshop_builder.languages.language import Language
from workshop_builder.model.figure import AnatomyFigure

_BONES = "bones"


def draw_anatomy(figure: AnatomyFigure, palette: Palette, language: Language) -> bytes:
    """Return a muscle picture without faults as an SVG file."""
    scene = build_scene(figure, language)
    bones = list(_common(scene))
    panels = (
        svg.group(_panel(scene, step, palette, bones), transform=_placed(step))
        for step in scene.steps
    )
    arrows = (labels.draw_arrow(path, palette.arrow) for path in scene.arrows)
    line = {"stroke": INK, "stroke_linejoin": "round", "stroke_linecap": "round"}
    parts = [
        svg.group(panels, **svg.XLINK, **line, fill=palette.bone, stroke_width=OUTLINE * FINE),
        svg.group(arrows, **line, stroke_width=OUTLINE),
        svg.group(labels.draw_ground(scene.labels, palette.bone)),
        labels.draw_leaders(scene.labels),
        labels.draw_texts(scene.labels),
    ]
    return svg.document(
        scene.size,
        _title(figure, language),
        _told(figure, scene, language),
        language.code,
        parts,
    )


def _placed(step: LayerStep) -> str:
    return f"translate({svg.number(step.shift)}) scale({1 / FINE})"


def _common(scene: Scene) -> Iterator[PaintedStructure]:
    """Yield the structures below all muscles, which each step has."""
    for each in scene.plate.painted:
        if not isinstance(each, PaintedStructure) or each.structure.beside:
            return
        yield each


def _panel(
    scene: Scene, step: LayerStep, palette: Palette, bones: Sequence[PaintedStructure]
) -> Iterator[str]:
    """Yield the bones and muscles of one step as SVG, in painter's order."""
    if step is scene.steps[0]:
        drawn = (part for each in bones for part in _structure(each, palette))
        yield svg.group(drawn, id=_BONES if len(scene.steps) > 1 else None)
    else:
        yield svg.use(_BONES)
    ghosts = []
    for number, each in enumerate(scene.plate.painted[len(bones) :]):
        if isinstance(each, PaintedStructure):
            if each.structure.beside is None or each.structure.beside in step.shown:
                yield from _structure(each, palette)
        elif each.belly.muscle in step.gone or each.belly.ghost:
            ghosts.append(each)
        elif each.belly.muscle in _seen(step, scene):
            yield from draw_muscle(each, palette, f"_{number}-{scene.steps.index(step)}")
    yield from map(draw_ghost, _outermost(ghosts, step))


def _seen(step: LayerStep, scene: Scene) -> tuple[str, ...]:
    """Return the muscles of a step that are seen: of layers the outer two, which hide the rest."""
    return step.shown[:2] if scene.plate.data.panel else step.shown


def _outermost(ghosts: Iterable[PaintedMuscle], step: LayerStep) -> list[PaintedMuscle]:
    """Return the muscle that was taken off last; where none was, those that run behind a bone."""
    last = step.gone[-1:] or step.shown
    return [each for each in ghosts if each.belly.muscle in last]


def _structure(painted: PaintedStructure, palette: Palette) -> Iterator[str]:
    """Yield a structure as SVG, for a group that is filled as bones are."""
    outline, lines = _path_data(painted)
    fill = painted.structure.fill
    yield svg.path(
        outline,
        fill=None if fill == "bone" else getattr(palette, fill),
        fill_rule="evenodd" if len(painted.outlines) > 1 else None,
        stroke="none" if painted.structure.name == "body" else None,
    )
    if lines:
        yield svg.path(lines, fill="none", stroke_width=1.2 * FINE)


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


def _told(figure: AnatomyFigure, scene: Scene, language: Language) -> str:
    """Return the description with the words of all labels, which are drawn as outlines."""
    named = [" ".join(each.lines) for each in scene.labels]
    said = describe_anatomy(figure, language)
    return f"{said} {f'{language.writing.semicolon} '.join(named)}." if named else said


def _title(figure: AnatomyFigure, language: Language) -> str:
    """Return the title of a muscle picture: its own, or the names of its muscles."""
    words = muscle_words(language)
    if figure.title or not words:
        return figure.title or describe_anatomy(figure, language)
    names = words.joined([words.muscles[name].name for name in drawn_muscles(figure)])
    return names[:1].upper() + names[1:] or words.views[figure.anatomy]
