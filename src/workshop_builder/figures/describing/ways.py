"""Directions in words, as the body has them: forward, to its right, toward its head."""

from __future__ import annotations

import math

import numpy as np

from workshop_builder.figures.body.skeleton import Skeleton
from workshop_builder.figures.body.vectors import Array, cross, horizontal, unit
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.movement.between import Movement
from workshop_builder.figures.movement.paths import center, mover, step_of
from workshop_builder.model.figure import Arrow, PoseFigure

_DIRECTIONS = {"right": (1, 0), "left": (-1, 0), "up": (0, 1), "down": (0, -1)}
"""A step in the drawing, right and up, for each word of `toward`."""
_MUCH = 0.42
"""The share of a way from which its direction is told."""
_AHEAD = 2.0
"""How much more likely a way at an angle is ahead than aside."""
_AXES = (("up", "down"), ("ahead", "behind"), ("near", "far"))
"""What a step along each axis of a body is called, and one against it."""
_LYING = {"ahead": "to head", "behind": "to feet"}
_ON_A_SIDE = {**_LYING, "near": "ahead", "far": "behind"}
"""What they are called of who lies, and of who lies on a side, the front to the reader."""


def arrow_way(arrow: Arrow, skeleton: Skeleton, camera: Camera, movement: Movement | None) -> Array:
    """Return the way in space, of length 1, on which an arrow sets out.

    Where it names none, it is that from start to end.
    """
    if movement and not (arrow.toward or arrow.around):
        return unit(step_of(movement, mover(movement, arrow.at)))
    if arrow.around == arrow.at:
        # What rolls on the spot is told by its top, wherever the arrow is drawn.
        return _in_space((-math.copysign(1.0, arrow.by), 0), camera)
    if arrow.around:
        spoke = center(arrow.at, skeleton) - center(arrow.around, skeleton)
        axis = np.zeros(3)
        nearest = int(np.argmax(np.abs(camera.toward)))
        axis[nearest] = math.copysign(1.0, camera.toward[nearest] * arrow.by)
        return unit(cross(axis, spoke))
    steps = [_DIRECTIONS[word] for word in (arrow.toward or "up").split()]
    return _in_space((sum(x for x, _ in steps), sum(y for _, y in steps)), camera)


def _in_space(step: tuple[float, float], camera: Camera) -> Array:
    """Return the way of a step in the drawing: along the axes of space that show it best."""
    found = np.zeros(3)
    # Half from the front, a way that could be ahead or aside is mostly meant ahead.
    weights = np.array([_AHEAD if camera.view == "three-quarter" else 1.0, 1.0, 1.0])
    for size, row in zip(step, camera.plane, strict=True):
        axis = int(np.argmax(np.abs(row) * weights))
        found[axis] += size * math.copysign(1.0, row[axis])
    return unit(found)


def way_names(way: Array, figure: PoseFigure, skeleton: Skeleton) -> list[str]:
    """Return the names of a way in space, seen from the body, such as `ahead` and `up`."""
    axes = _body_axes(figure, skeleton)
    steps = [float(way @ axis) for axis in axes]
    names = [names[step < 0] for step, names in zip(steps, _AXES, strict=True)]
    if figure.position.startswith("lying"):
        named = _ON_A_SIDE if figure.position.endswith("side") else _LYING
        names = [named.get(name, name) for name in names]
    found = [name for name, step in zip(names, steps, strict=True) if abs(step) >= _MUCH]
    # Up stands last where there is another: forward and up.
    return [
        *(each for each in found if each not in _AXES[0]),
        *(each for each in found if each in _AXES[0]),
    ]


def _body_axes(figure: PoseFigure, skeleton: Skeleton) -> tuple[Array, Array, Array]:
    """Return up, ahead and the near side; of who lies, ahead is toward the head."""
    up, reader = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    if figure.position.startswith("lying"):
        return up, unit(horizontal(skeleton.pelvis_frame[1])), reader
    return up, np.array([1.0, 0.0, 0.0]), reader
