"""Directions of arrows: what start and end say of them, and where a file says otherwise."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import get_args

import numpy as np

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.projection import Camera, camera_of
from workshop_builder.figures.movement.between import Movement, movement_of
from workshop_builder.figures.movement.paths import mover, path_of, step_of
from workshop_builder.model.figure import Arrow, ArrowPlace, FigureFault, PoseFigure, Toward

DEGREES: Mapping[Toward, float] = {
    "right": 0, "up right": 45, "up": 90, "up left": 135, "left": 180, "down left": 225,
    "down": 270, "down right": 315,
}  # fmt: skip
"""Where each `toward` points, against the clock from the right."""
_STILL = 2.0
"""How far, in per cent of body height, a part moves that counts as still."""
_OTHER_WAY, _BACK = 60.0, 90.0
"""Degrees from which an arrow leads somewhere else than the part, and from which it leads back."""


def completed(figure: PoseFigure) -> tuple[Arrow, ...]:
    """Return a figure's arrows, each with a direction: its own, or that of start and end."""
    if all(_says_where(arrow) for arrow in figure.arrows):
        return figure.arrows
    movement = movement_of(figure)
    if movement is None:
        return figure.arrows
    return tuple(
        arrow if _says_where(arrow) else arrow.model_copy(update={"toward": _way(movement, arrow)})
        for arrow in figure.arrows
    )


def _way(movement: Movement, arrow: Arrow) -> Toward:
    step = step_of(movement, mover(movement, arrow.at))
    return _nearest(_camera(movement).project(step))


def leads_back(movement: Movement, arrow: Arrow) -> bool:
    """Return whether an arrow that says where it leads goes from the end to the start."""
    camera = _camera(movement)
    path = camera.project(path_of(movement, mover(movement, arrow.at)))
    return _says_where(arrow) and _off(movement, camera, arrow, path) > _BACK


def contradictions(figure: PoseFigure) -> Iterator[FigureFault]:
    """Yield a fault for each arrow that start and end, or the ghost, contradict."""
    movement = movement_of(figure) if figure.arrows else None
    if movement is None:
        return
    camera = _camera(movement)
    for number, arrow in enumerate(figure.arrows):
        if arrow.at != arrow.around:
            path = camera.project(path_of(movement, mover(movement, arrow.at)))
            yield from _contradiction(movement, camera, number, path)


def _contradiction(
    movement: Movement, camera: Camera, number: int, path: Array
) -> Iterator[FigureFault]:
    arrow = movement.figure.arrows[number]
    step = path[-1] - path[0]
    if max(np.linalg.norm(path - path[0], axis=1)) < _STILL:
        fault = f"nothing moves at the {arrow.at} from start to end"
        most = max(get_args(ArrowPlace), key=lambda place: _length(movement, camera, place))
        remedy = f"write what does, such as 'at: {most}', or change the start"
        if _length(movement, camera, most) < _STILL:
            remedy = "nor does anything else; change the start"
        yield FigureFault(("arrows", number, "at"), f"{fault}; {remedy}")
    elif _says_where(arrow):
        off = _off(movement, camera, arrow, path)
        # A ghost may be where it starts or where it ends.
        if arrow.both_ways or movement.figure.start is None or _in_the_end_too(movement, arrow):
            off = min(off, 180 - off)
        if off > _OTHER_WAY:
            key = "around" if arrow.around else "toward"
            fault = f"the way of the {arrow.at} from start to end is {_nearest(step)}"
            remedy = f"leave out '{key}', and the arrow follows it, or change the start"
            yield FigureFault(("arrows", number, key), f"{fault}; {remedy}")


def _in_the_end_too(movement: Movement, arrow: Arrow) -> bool:
    """Return whether what moves has an arrow in the second picture: each may tell either way.

    So it may of both sides that take turns, as the knees of a march do.
    """
    part = arrow.at.split()[-1]
    at_end = (each for each in movement.figure.arrows if each.when == "end")
    return any(each.at.split()[-1] == part for each in at_end)


def _off(movement: Movement, camera: Camera, arrow: Arrow, path: Array) -> float:
    """Return by how many degrees an arrow leads elsewhere than a path."""
    if not arrow.around:
        told, steps = DEGREES[arrow.toward or "up"], (path[1] - path[0], path[2] - path[0])
        ways = [math.degrees(math.atan2(step[1], step[0])) - told for step in steps]
        return min(abs((way + 180) % 360 - 180) for way in ways)
    pivot = camera.project(path_of(movement, arrow.around))
    first, halfway = (path - pivot)[:2]
    turned = float(first[0] * halfway[1] - first[1] * halfway[0])
    return 0.0 if turned * arrow.by > 0 else 180.0


def _says_where(arrow: Arrow) -> bool:
    return bool(arrow.toward or arrow.around)


def _camera(movement: Movement) -> Camera:
    return camera_of(movement.figure, movement.bodies[1].skeleton.pelvis_frame[1])


def _length(movement: Movement, camera: Camera, place: str) -> float:
    return float(np.linalg.norm(camera.project(step_of(movement, place))))


def _nearest(step: Array) -> Toward:
    """Return the word for a direction."""
    degrees = math.degrees(math.atan2(step[1], step[0]))
    return min(DEGREES, key=lambda word: abs((DEGREES[word] - degrees + 180) % 360 - 180))
