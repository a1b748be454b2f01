"""What a muscle picture shows, worked out from its file: the steps, the words, the arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop_builder.figures.drawing.svg import Point
from workshop_builder.figures.muscles.curves import Line, Move
from workshop_builder.figures.muscles.labels import Label, label, settled
from workshop_builder.figures.muscles.plates import Mark, Plate, plate
from workshop_builder.figures.muscles.words import words
from workshop_builder.model.muscle_figure import AnatomyFigure, Named


@dataclass(frozen=True, slots=True)
class Step:
    """One picture of the bones; there are several where layers are taken off one by one."""

    shown: tuple[str, ...]
    """The muscles that are seen."""
    gone: tuple[str, ...]
    """Those that were taken off, the outermost first."""
    shift: float
    """How far to the right it begins."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a picture shows."""

    plate: Plate
    muscles: tuple[str, ...]
    steps: tuple[Step, ...]
    labels: tuple[Label, ...]
    arrows: tuple[tuple[Point, ...], ...]
    size: Point


def scene(figure: AnatomyFigure, language: str) -> Scene:
    """Return what a figure shows; what it names and nobody knows is left out."""
    view = plate(figure.anatomy)
    chosen = muscles(figure)
    steps = _steps(view, chosen)
    spoken = words(language)
    marks = _labels(view, labels(figure), steps, spoken.marks if spoken else {})
    pulls = [arrow for arrow in figure.arrows if arrow.at in view.sheet.arrows]
    marks += _arrow_words(view, pulls, spoken.arrows if spoken else {})
    return Scene(
        view,
        chosen,
        steps,
        tuple(settled(marks, view.sheet.size[1])),
        tuple(_along(view.sheet.arrows[arrow.at].path, view.sheet.margin) for arrow in pulls),
        _size(view, steps),
    )


def muscles(figure: AnatomyFigure) -> tuple[str, ...]:
    """Return the muscles that are drawn, as the view orders them."""
    known = plate(figure.anatomy).sheet.muscles
    return tuple(name for name in known if figure.muscles is None or name in figure.muscles)


def labels(figure: AnatomyFigure) -> tuple[Named, ...]:
    """Return what is named; unless the file says it, the muscles and their ends."""
    if figure.labels is not None:
        return figure.labels
    marks, chosen = plate(figure.anatomy).sheet.marks, set(muscles(figure))
    return tuple(Named(at=name) for name, mark in marks.items() if chosen & set(mark.of))


def _steps(view: Plate, chosen: tuple[str, ...]) -> tuple[Step, ...]:
    margin, panel = view.sheet.margin, view.sheet.panel
    if not panel:
        return (Step(chosen, (), margin),)
    return tuple(
        Step(chosen[index:], chosen[:index], margin + index * panel) for index in range(len(chosen))
    )


def _size(view: Plate, steps: Sequence[Step]) -> Point:
    sheet = view.sheet
    missing = len(sheet.muscles) - len(steps) if sheet.panel else 0
    return sheet.size[0] + 2 * sheet.margin - missing * sheet.panel, sheet.size[1]


def _along(path: Line, margin: float) -> tuple[Point, ...]:
    return tuple(path.moved(Move(x=margin)).points())


def _labels(
    view: Plate, named: Sequence[Named], steps: Sequence[Step], texts: Mapping[str, str]
) -> list[Label]:
    found = []
    for each in named:
        mark, text = view.sheet.marks.get(each.at), each.text or texts.get(each.at)
        if mark and text:
            index = _step_of(mark, steps)
            number = f"{index + 1} " if mark.strong and len(steps) > 1 else ""
            found.append(label(each.at, number + text, mark, steps[index].shift))
    return found


def _step_of(mark: Mark, steps: Sequence[Step]) -> int:
    """Return the number of the step at whose picture the words stand."""
    owners = [index for index, step in enumerate(steps) if set(step.shown[:1]) & set(mark.of)]
    return owners[0] if owners else 0


def _arrow_words(view: Plate, pulls: Sequence[Named], texts: Mapping[str, str]) -> list[Label]:
    found = []
    for each in pulls:
        text = each.text or texts.get(each.at)
        if text:
            mark = view.sheet.arrows[each.at].mark
            found.append(label(each.at, text, mark, view.sheet.margin))
    return found
