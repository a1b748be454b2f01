"""The scene of a muscle picture, from its file: the steps, the labels, the arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop_builder.figures.drawing.svg import Point
from workshop_builder.figures.muscles.curves import Spline, Transform
from workshop_builder.figures.muscles.labels import Label, label_at, spread_labels
from workshop_builder.figures.muscles.plates import Landmark, Plate, load_plate
from workshop_builder.figures.muscles.words import muscle_words
from workshop_builder.languages.language import Language
from workshop_builder.model.figure import AnatomyFigure, NamedPlace


@dataclass(frozen=True, slots=True)
class LayerStep:
    """One view of the bones; there are several where muscles are taken off layer by layer."""

    shown: tuple[str, ...]
    """The muscles that are seen."""
    gone: tuple[str, ...]
    """The muscles that were taken off, the outermost first."""
    shift: float
    """The x at which it begins."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a muscle picture shows."""

    plate: Plate
    steps: tuple[LayerStep, ...]
    labels: tuple[Label, ...]
    arrows: tuple[tuple[Point, ...], ...]
    size: Point


def build_scene(figure: AnatomyFigure, language: Language) -> Scene:
    """Return what a figure shows; names that its plate does not know are left out."""
    plate = load_plate(figure.anatomy)
    steps = _steps(plate, drawn_muscles(figure))
    words = muscle_words(language)
    labels = _labels(plate, named_places(figure), steps, words.marks if words else {})
    arrows = [arrow for arrow in figure.arrows if arrow.at in plate.data.arrows]
    labels += _arrow_labels(plate, arrows, words.arrows if words else {})
    return Scene(
        plate,
        steps,
        tuple(spread_labels(labels, plate.data.size[1])),
        tuple(_path(plate.data.arrows[arrow.at].path, plate.data.margin) for arrow in arrows),
        _size(plate, steps),
    )


def drawn_muscles(figure: AnatomyFigure) -> tuple[str, ...]:
    """Return the names of the muscles that are drawn, in the order of the plate."""
    known = load_plate(figure.anatomy).data.muscles
    return tuple(name for name in known if figure.muscles is None or name in figure.muscles)


def named_places(figure: AnatomyFigure) -> tuple[NamedPlace, ...]:
    """Return the places that have labels: the file's, or else the muscles and their ends."""
    if figure.labels is not None:
        return figure.labels
    marks, drawn = load_plate(figure.anatomy).data.marks, set(drawn_muscles(figure))
    return tuple(NamedPlace(at=name) for name, mark in marks.items() if drawn & set(mark.of))


def _steps(plate: Plate, chosen: tuple[str, ...]) -> tuple[LayerStep, ...]:
    margin, panel = plate.data.margin, plate.data.panel
    if not panel:
        return (LayerStep(chosen, (), margin),)
    return tuple(
        LayerStep(chosen[index:], chosen[:index], margin + index * panel)
        for index in range(len(chosen))
    )


def _size(plate: Plate, steps: Sequence[LayerStep]) -> Point:
    data = plate.data
    missing = len(data.muscles) - len(steps) if data.panel else 0
    return data.size[0] + 2 * data.margin - missing * data.panel, data.size[1]


def _path(spline: Spline, margin: float) -> tuple[Point, ...]:
    return tuple(spline.moved(Transform(x=margin)).points())


def _labels(
    plate: Plate, named: Sequence[NamedPlace], steps: Sequence[LayerStep], texts: Mapping[str, str]
) -> list[Label]:
    found = []
    for each in named:
        mark, text = plate.data.marks.get(each.at), each.text or texts.get(each.at)
        if mark and text:
            index = _step_of(mark, steps)
            number = f"{index + 1} " if mark.strong and len(steps) > 1 else ""
            found.append(label_at(each.at, number + text, mark, steps[index].shift))
    return found


def _step_of(mark: Landmark, steps: Sequence[LayerStep]) -> int:
    """Return the number of the step to which the label of a landmark belongs."""
    owners = [index for index, step in enumerate(steps) if set(step.shown[:1]) & set(mark.of)]
    return owners[0] if owners else 0


def _arrow_labels(
    plate: Plate, arrows: Sequence[NamedPlace], texts: Mapping[str, str]
) -> list[Label]:
    found = []
    for each in arrows:
        text = each.text or texts.get(each.at)
        if text:
            mark = plate.data.arrows[each.at].mark
            found.append(label_at(each.at, text, mark, plate.data.margin))
    return found
