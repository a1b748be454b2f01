"""A figure as an SVG file: one picture, or start and end side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workshop_builder.figures.body.pose import changed, pose_of
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing import svg
from workshop_builder.figures.drawing.palette import INK, INK_SAVER, OUTLINE, Paint, in_colour
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.person.people import CLOTHES, HAIR, SKINS, Sitting, chosen
from workshop_builder.figures.scene.marks import numbered
from workshop_builder.figures.scene.scene import Stage, scene
from workshop_builder.model.figure import Person, PoseFigure

WIDTH, HEIGHT = 480.0, 320.0
"""Units of every drawing of a body, so that all stand alike in a page."""
_TALL = 460.0
"""The height of one with something behind the body."""
_MARGIN = 14.0
_LARGEST = 4.6
"""Units for one per cent of body height, at most, so that people are alike in size."""
_BESIDE, _BELOW = 30.0, 14.0
"""Units between two pictures of one figure, side by side or one below the other."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a plane of body heights lies on a drawing."""

    scale: float
    dx: float
    dy: float
    mirrored: bool

    def place(self, points: Array) -> Array:
        """Return points as units of the drawing, y down."""
        x = -points[:, 0] if self.mirrored else points[:, 0]
        return np.stack([x * self.scale + self.dx, self.dy - points[:, 1] * self.scale], axis=1)


def draw_pose(
    figure: PoseFigure, everyone: Person, told: tuple[str, str, str], *, ink_saver: bool
) -> bytes:
    """Return a figure as SVG; `told` are its title, description and language."""
    who = chosen(figure.person, everyone, told[0])
    paint = INK_SAVER if ink_saver else _paint(who)
    stage = Stage(figure, who)
    pose = pose_of(figure)
    if figure.start is None:
        before = changed(pose, figure.ghost) if figure.ghost else None
        pictures = [scene(stage, pose, before)]
    else:
        start = changed(pose, figure.start)
        pictures = [
            scene(stage, start, None, felt=False),
            scene(stage, pose, None, moves=False),
        ]
    if len(pictures) > 1:
        pictures = [[*p, *_marker(p, n)] for n, p in enumerate(pictures, 1)]
    size = WIDTH, HEIGHT if figure.behind == "nothing" else _TALL
    fits = _fits(pictures, size, mirrored=figure.side == "left")
    parts = [
        svg.group(_written(p, fit, paint), **_LINES) for p, fit in zip(pictures, fits, strict=True)
    ]
    title, description, language = told
    return svg.document(size, title, description, language, parts)


def _marker(shapes: Sequence[Shape], number: int) -> list[Shape]:
    """Return a picture's number, left of its upper edge."""
    low_x, _, _, high_y = _box(shapes)
    return numbered(number, np.array([low_x - 4.0, high_y - 4.0]))


_LINES = {"stroke_linejoin": "round", "stroke_linecap": "round"}


def _paint(who: Sitting) -> Paint:
    return in_colour(SKINS[who.skin], HAIR[who.hair_colour], CLOTHES[who.clothes])


def _box(shapes: Sequence[Shape]) -> Array:
    points = np.concatenate([line for shape in shapes for line in shape.lines])
    return np.concatenate([points.min(axis=0), points.max(axis=0)])


def _fits(
    pictures: Sequence[Sequence[Shape]], size: tuple[float, float], *, mirrored: bool
) -> list[Fit]:
    """Return where each picture lies: all in one scale, side by side or one below the other."""
    boxes = np.array([_box(shapes) for shapes in pictures])
    if mirrored:
        boxes = boxes[:, [2, 1, 0, 3]] * np.array([-1, 1, -1, 1])
    sizes = boxes[:, 2:] - boxes[:, :2]
    beside_gap, below_gap = _BESIDE * (len(boxes) - 1), _BELOW * (len(boxes) - 1)
    wide, high = size
    room_x, room_y = wide - 2 * _MARGIN, high - 2 * _MARGIN
    beside = min((room_x - beside_gap) / sizes[:, 0].sum(), room_y / sizes[:, 1].max(), _LARGEST)
    below = min(room_x / sizes[:, 0].max(), (room_y - below_gap) / sizes[:, 1].sum(), _LARGEST)
    stacked = below > beside * 1.05
    scale = below if stacked else beside
    if stacked:
        height = sizes[:, 1].sum() * scale + below_gap
        downs = (high - height) / 2 + np.cumsum(sizes[:, 1] * scale + _BELOW) - _BELOW
        left = (wide - sizes[:, 0].max() * scale) / 2 - boxes[:, 0].min() * scale
        return [
            Fit(scale, left, down + box[1] * scale, mirrored)
            for box, down in zip(boxes, downs, strict=True)
        ]
    width = sizes[:, 0].sum() * scale + beside_gap
    rights = (wide - width) / 2 + np.cumsum(sizes[:, 0] * scale + _BESIDE) - _BESIDE
    ground = (high + sizes[:, 1].max() * scale) / 2 + boxes[:, 1].min() * scale
    return [
        Fit(scale, right - box[2] * scale, ground, mirrored)
        for box, right in zip(boxes, rights, strict=True)
    ]


def _written(shapes: Sequence[Shape], fit: Fit, paint: Paint) -> list[str]:
    return [_path(shape, fit, paint) for shape in shapes]


def _path(shape: Shape, fit: Fit, paint: Paint) -> str:
    lines = [fit.place(line).tolist() for line in shape.lines]
    data = "".join(svg.curve(line, closed=shape.closed) for line in lines)
    return svg.path(
        data,
        fill=_colour(shape.fill, paint),
        fill_rule="evenodd" if len(lines) > 1 and shape.closed else None,
        stroke=_colour(shape.stroke, paint),
        stroke_width=OUTLINE * shape.width if shape.stroke != "none" else None,
        stroke_dasharray="6 5" if shape.dashed else None,
    )


def _colour(tone: str, paint: Paint) -> str:
    fixed = {"ink": INK, "paper": "#fff", "none": "none"}
    colour: str = fixed.get(tone) or getattr(paint, tone)
    return colour
