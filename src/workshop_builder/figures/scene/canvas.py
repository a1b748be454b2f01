"""A figure as an SVG file: one picture, or start and end side by side.

Pictures are planes in per cent of body height, y up; the canvas is in units of the drawing,
y down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from workshop_builder.figures.body.pose import pose_of
from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing import svg
from workshop_builder.figures.drawing.palette import (
    INK,
    INK_SAVER,
    OUTLINE,
    Palette,
)
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.movement.between import movement_of
from workshop_builder.figures.person.ghosts import is_slight, seen_share
from workshop_builder.figures.person.people import Appearance, choose_appearance, palette_of
from workshop_builder.figures.scene.arrows import LARGEST_WHOLE
from workshop_builder.figures.scene.marks import DISC_RADIUS, numbered_disc
from workshop_builder.figures.scene.picture import Staged, paint_picture, posed, stage_picture
from workshop_builder.figures.tracing.beziers import DrawnLine, fitted
from workshop_builder.model.figure import Person, PoseFigure

WIDTH, HEIGHT = 480.0, 320.0
"""Of every drawing of a body, so that all look alike on a page."""
_TALL = 460.0
"""The height of a drawing with a background."""
_MARGIN = 14.0
_CLOSEST = 8.5
"""Units for one per cent of body height in a close-up, at most."""
_BESIDE, _BELOW = 20.0, 12.0
"""Between two pictures of one figure, side by side or one below the other."""
_STACKED_GAIN = 1.05
"""How much larger two pictures must be when stacked, for them not to be side by side."""
_NUMBER_AT = (DISC_RADIUS, -12.0, -DISC_RADIUS - 7.0)
"""From the left edge of a picture inward to its number, in units of the drawing: the first place
that is clear, or the last."""
_HIDDEN = 0.15
"""The share of what moved below which a ghost is not seen beside the body, but for scraps."""
_NUMBER_ROUNDS = 2
"""How often numbers are placed: they take room, so that the scale by which they are is smaller."""
_NUMBER_CLEAR = DISC_RADIUS + 9.0
"""From the middle of a number to what is nearest, at least, in units of the drawing."""
_LARGEST = 25_000
"""Bytes of a drawing."""
_COARSENESS = (1.0, 2.0, 4.0)
"""How many times as far curves may pass beside what they follow, in turn, while it is larger."""
_FAR_TOO_LARGE = 1.25
"""How many times as large a drawing is for the last of these to be tried next, to save time."""
_LINES = {"fill": "none", "stroke": INK, "stroke_linejoin": "round", "stroke_linecap": "round"}
"""What a group says for all its paths, so that most need not."""
_DASHES = "6 5"


@dataclass(frozen=True, slots=True)
class Viewport:
    """Where the plane of a picture is on the canvas."""

    scale: float
    """Units for one per cent of body height."""
    x: float
    y: float
    """Where the origin of the plane is."""
    mirrored: bool

    def to_canvas(self, points: Array) -> Array:
        """Return points of the plane in units of the drawing."""
        x = -points[:, 0] if self.mirrored else points[:, 0]
        return np.stack([x * self.scale + self.x, self.y - points[:, 1] * self.scale], axis=1)


def draw_pose(
    figure: PoseFigure, default: Person, description: str, language: str
) -> tuple[bytes, bytes]:
    """Return a figure as two SVG files: in colour, and as outlines to save ink.

    `default` is used for what the figure's person leaves open.
    """
    title = figure.title or ""
    appearance = choose_appearance(figure.person, default, title)
    size = WIDTH, HEIGHT if figure.behind == "nothing" else _TALL
    pictures = _pictures(figure, appearance, size)
    viewports = _viewports(_boxes(pictures), size, figure)
    bare = pictures
    for _ in range(_NUMBER_ROUNDS if len(bare) > 1 else 0):
        pictures = _numbered(bare, viewports)
        viewports = _viewports(_boxes(pictures), size, figure)
    left = [*_COARSENESS]
    while left:
        coarseness = left.pop(0)
        placed = [
            list(zip(shapes, _path_data(shapes, viewport, coarseness), strict=True))
            for shapes, viewport in zip(pictures, viewports, strict=True)
        ]
        in_colour, in_ink = (
            svg.document(
                size, title, description, language, [_group(each, palette) for each in placed]
            )
            for palette in (palette_of(appearance), INK_SAVER)
        )
        weight = max(len(in_colour), len(in_ink)) / _LARGEST
        left = [] if weight <= 1 else left[-1:] if weight > _FAR_TOO_LARGE else left
    return in_colour, in_ink


def viewport_of(figure: PoseFigure, box: Array) -> Viewport:
    """Return where one picture is on the canvas, given its least x and y, and its greatest."""
    return _viewports(box[None], (WIDTH, HEIGHT), figure)[0]


def placed_group(shapes: Sequence[Shape], viewport: Viewport, palette: Palette) -> str:
    """Return a picture as a part of an SVG file."""
    return _group(zip(shapes, _path_data(shapes, viewport), strict=True), palette)


def _group(paths: Iterable[tuple[Shape, str]], palette: Palette) -> str:
    """Return shapes and their path data as a part of an SVG file."""
    return svg.group((_path(shape, data, palette) for shape, data in paths), **_LINES)


def _pictures(
    figure: PoseFigure, appearance: Appearance, size: tuple[float, float]
) -> list[list[Shape]]:
    """Return the picture of a figure, or its start and its end."""
    staged = _staged(figure, appearance)
    scale = _viewports(np.array([each.box for each in staged]), size, figure)[0].scale
    return [paint_picture(each, scale) for each in staged]


def _staged(figure: PoseFigure, appearance: Appearance) -> list[Staged]:
    """Return the picture of a figure; or two, where a ghost would be hidden by the body too."""
    movement = movement_of(figure)
    end = posed(figure, appearance, pose_of(figure))
    if movement is None:
        return [stage_picture(figure, appearance, end, arrows=figure.arrows)]
    start = posed(figure, appearance, movement.start)
    there, here = (movement.offset(each.placed.skeleton) for each in (start, end))
    by = there - here
    if figure.start is None:
        staged = stage_picture(
            figure, appearance, end, elsewhere=start.moved(by), arrows=figure.arrows,
            movement=movement,
        )  # fmt: skip
        ghost = start.moved(by)
        if seen_share(ghost, end, staged.camera) > _HIDDEN:
            return [replace(staged, ghost=ghost)]
        if is_slight(ghost, end) and not movement.turns_head:
            return [staged]
    first, second = (
        tuple(arrow for arrow in figure.arrows if arrow.when == when) for when in ("start", "end")
    )
    one = stage_picture(
        figure, appearance, start, elsewhere=end.moved(-by), arrows=first, movement=movement,
        arrives=False,
    )  # fmt: skip
    other = stage_picture(
        figure, appearance, end, elsewhere=start.moved(by), arrows=second, movement=movement
    )
    return [replace(one, aside=float(one.camera.project(by)[0])), other]


def _numbered(
    pictures: Sequence[Sequence[Shape]], viewports: Sequence[Viewport]
) -> list[list[Shape]]:
    """Return pictures with their numbers in a line: the upper left corner, or left of it."""
    boxes, (first, *_) = _boxes(pictures), viewports
    if len({viewport.y for viewport in viewports}) == 1:
        boxes[:, 3] = boxes[:, 3].max()
    elif first.mirrored:
        boxes[:, 2] = boxes[:, 2].max()
    else:
        boxes[:, 0] = boxes[:, 0].min()
    corners = boxes[:, [2 if first.mirrored else 0, 3]]
    discs = _number_places(pictures, corners, first)
    return [
        [*shapes, *numbered_disc(n, disc, first.scale, mirrored=first.mirrored)]
        for n, (shapes, disc) in enumerate(zip(pictures, discs, strict=True), 1)
    ]


def _number_places(
    pictures: Sequence[Sequence[Shape]], corners: Array, viewport: Viewport
) -> Array:
    """Return where numbers are that touch nothing, all as far from their upper corners."""
    points = [
        np.concatenate([line for shape in shapes for line in shape.lines]) for shapes in pictures
    ]
    for across in _NUMBER_AT:
        inward = -across if viewport.mirrored else across
        discs: Array = corners + np.array([inward, -DISC_RADIUS]) / viewport.scale
        nearest = min(
            float(np.linalg.norm(each - disc, axis=1).min())
            for each, disc in zip(points, discs, strict=True)
        )
        if nearest * viewport.scale > _NUMBER_CLEAR:
            break
    return discs


def _boxes(pictures: Sequence[Sequence[Shape]]) -> Array:
    return np.array([_bounding_box(shapes) for shapes in pictures])


def _bounding_box(shapes: Sequence[Shape]) -> Array:
    """Return the least x and y, and the greatest."""
    points = np.concatenate([line for shape in shapes for line in shape.lines])
    return np.concatenate([points.min(axis=0), points.max(axis=0)])


def _viewports(boxes: Array, size: tuple[float, float], figure: PoseFigure) -> list[Viewport]:
    """Return where pictures are, in one scale: side by side or stacked, whichever is larger."""
    mirrored = figure.side == "left"
    largest = _CLOSEST if figure.close_up else LARGEST_WHOLE
    if mirrored:
        boxes = boxes[:, [2, 1, 0, 3]] * np.array([-1, 1, -1, 1])
    wide, high = (boxes[:, 2:] - boxes[:, :2]).T
    room_x, room_y = size[0] - 2 * _MARGIN, size[1] - 2 * _MARGIN
    gaps_x, gaps_y = _BESIDE * (len(boxes) - 1), _BELOW * (len(boxes) - 1)
    beside = min((room_x - gaps_x) / wide.sum(), room_y / high.max(), largest)
    across = boxes[:, 2].max() - boxes[:, 0].min()
    stacked = min(room_x / across, (room_y - gaps_y) / high.sum(), largest)
    if stacked > beside * _STACKED_GAIN:
        places = _stacked(boxes, size, stacked)
        return [Viewport(stacked, x, y, mirrored) for x, y in places]
    return [Viewport(beside, x, y, mirrored) for x, y in _side_by_side(boxes, size, beside)]


def _stacked(boxes: Array, size: tuple[float, float], scale: float) -> list[tuple[float, float]]:
    """Return the origin of each picture on the canvas: what carries the bodies is in one column."""
    high, wide = boxes[:, 3] - boxes[:, 1], boxes[:, 2].max() - boxes[:, 0].min()
    height = high.sum() * scale + _BELOW * (len(boxes) - 1)
    tops = (size[1] - height) / 2 + np.cumsum(high * scale + _BELOW) - _BELOW
    left = (size[0] - wide * scale) / 2 - boxes[:, 0].min() * scale
    return [(left, top + box[1] * scale) for box, top in zip(boxes, tops, strict=True)]


def _side_by_side(
    boxes: Array, size: tuple[float, float], scale: float
) -> list[tuple[float, float]]:
    """Return the origin of each picture on the canvas, all on one ground."""
    wide, high = (boxes[:, 2:] - boxes[:, :2]).T
    width = wide.sum() * scale + _BESIDE * (len(boxes) - 1)
    rights = (size[0] - width) / 2 + np.cumsum(wide * scale + _BESIDE) - _BESIDE
    ground = (size[1] + high.max() * scale) / 2 + boxes[:, 1].min() * scale
    return [(right - box[2] * scale, ground) for box, right in zip(boxes, rights, strict=True)]


def _path_data(shapes: Sequence[Shape], viewport: Viewport, coarseness: float = 1.0) -> list[str]:
    """Return the path data of shapes; all lines that need curves are fitted together."""
    lines = [
        DrawnLine(viewport.to_canvas(line), shape.tolerance * coarseness, shape.closed)
        for shape in shapes
        if shape.tolerance is not None
        for line in shape.lines
    ]
    curves = iter(fitted(lines))
    return [_data(shape, viewport, curves) for shape in shapes]


def _data(shape: Shape, viewport: Viewport, curves: Iterator[Array]) -> str:
    """Return the path data of a shape, whose fitted lines are the next of `curves`."""
    if shape.tolerance is not None:
        return "".join(svg.cubic(next(curves), closed=shape.closed) for _ in shape.lines)
    lines = (viewport.to_canvas(line).tolist() for line in shape.lines)
    return "".join(svg.curve(line, closed=shape.closed) for line in lines)


def _path(shape: Shape, data: str, palette: Palette) -> str:
    """Return a shape as an SVG path."""
    if shape.palette and palette is not INK_SAVER:
        palette = shape.palette
    return svg.path(
        data,
        fill=None if shape.fill == "none" else _colour(shape.fill, palette),
        fill_rule="evenodd" if len(shape.lines) > 1 and shape.closed else None,
        stroke=None if shape.stroke == "ink" else _colour(shape.stroke, palette),
        stroke_width=OUTLINE * shape.width if shape.stroke != "none" else None,
        stroke_dasharray=_DASHES if shape.dashed else None,
    )


def _colour(tone: str, palette: Palette) -> str:
    fixed = {"ink": INK, "paper": "#fff", "none": "none"}
    colour: str = fixed.get(tone) or getattr(palette, tone)
    return colour
