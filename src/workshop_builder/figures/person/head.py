"""A posed head as a reader sees it: spots of its surface, and lines along them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from workshop_builder.figures.body.vectors import UP, Array
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.mesh.arrays import Mask
from workshop_builder.figures.mesh.data import SKIN, mesh
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.mesh.rest_body import RestBody
from workshop_builder.figures.pixels.label_picture import LabelPicture
from workshop_builder.figures.pixels.labels import EAR, HAIR, HEAD
from workshop_builder.figures.tracing.morphology import grown
from workshop_builder.figures.tracing.smooth_lines import length, smoothed

EYES_AT = 1.87
"""How far eyes are from the middle of the face in which places are told, in per cent of height."""
_PROFILE = 0.8
"""How much a face looks aside to be a profile."""
TOLERANCE = 0.12
"""How far curves of a face may be off, in units of the drawing."""
_UPRIGHT, _ASIDE = 0.5, 0.5
"""How much the top of a head must be up in the picture for its eyes to be open, where it looks
aside so much."""
_WELL_WITHIN = 6
"""Pixels from the edge of a face within which no eye's middle lies."""
_BESIDE = 2
"""Pixels beside the head that count as its own."""
_SHORTEST = 0.45
"""Per cent of body height of the shortest line."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A posed head and who sees it."""

    body: PosedBody
    picture: LabelPicture
    camera: Camera
    seen: Mask
    """The pixels of the head, and those just beside."""
    within: Mask
    """Those well within its outline."""

    def placed(self, spot: Array) -> Array:
        """Return where a spot of the resting head is."""
        number, bones = mesh().bones["head"], self.body.bones
        found: Array = bones.turns[number] @ (spot - bones.rest.joints[number])
        placed: Array = found + bones.places[number]
        return placed

    def turned(self, way: Array) -> Array:
        """Return a direction of the resting head as it is."""
        found: Array = self.body.bones.turns[mesh().bones["head"]] @ way
        return found

    @property
    def ahead(self) -> float:
        """How much it looks at the reader, up to 1."""
        return float(self.turned(np.array([1.0, 0.0, 0.0])) @ self.camera.toward)

    @property
    def aside(self) -> float:
        """How much its right side looks at the reader, up to 1."""
        return float(self.turned(np.array([0.0, 0.0, 1.0])) @ self.camera.toward)

    @property
    def side_seen(self) -> int:
        """Which side a profile shows, 1 for the right, -1 for the left; 0 for another view."""
        if abs(self.aside) <= _PROFILE:
            return 0
        return 1 if self.aside > 0 else -1

    @property
    def rest(self) -> RestBody:
        """The resting body."""
        return self.body.bones.rest

    @property
    def upright(self) -> bool:
        """Whether the top of the head is up in the picture."""
        return bool(self.camera.project(self.turned(UP))[1] > _UPRIGHT)

    @property
    def shuts_eyes(self) -> bool:
        """Whether it lies or looks down, and looks aside so much that its eyes are lines."""
        return abs(self.aside) > _ASIDE and not self.upright

    def has_within(self, point: Array) -> bool:
        """Return whether a point in space is well within what is seen of a face."""
        x, y = np.floor(self.picture.to_pixels(self.camera.project(point))).astype(int).tolist()
        high, wide = self.within.shape
        return bool(0 <= x < wide and 0 <= y < high and self.within[y, x])

    def sees(self, point: Array, depth: float = 0.8, *, beside: bool = False) -> bool:
        """Return whether nothing lies before a point in space.

        It must be on the head, or may be `beside` it, as glasses are.
        """
        window = self.picture.window
        x, y = np.floor(self.picture.to_pixels(self.camera.project(point))).astype(int).tolist()
        if not (0 <= x < window.width and 0 <= y < window.height):
            return False
        if not (beside or self.seen[y, x]):
            return False
        seen = float(self.picture.depth[y * window.width + x])
        return bool(seen <= float(point @ self.camera.toward) + depth)


def head_of(body: PosedBody, picture: LabelPicture, camera: Camera) -> Head:
    """Return the head of a body in its picture."""
    part = picture.grid(picture.part)
    face = (part == HEAD) & (picture.grid(picture.colour) != HAIR)
    own = grown((part == HEAD) | (part == EAR), _BESIDE) & picture.body
    return Head(body, picture, camera, own, ~grown(~face, _WELL_WITHIN))


@cache
def spot_of_face(rest: RestBody, up: float, aside: float, off: float) -> Array:
    """Return the spot of the face at a place, a little off its surface."""
    size = rest.eyes[2] / EYES_AT
    head = (mesh().share("head") > 0.5)[:SKIN] & (rest.points[:SKIN, 0] > rest.eyes[0] - 6)
    skin = rest.points[:SKIN][head]
    place = np.array([rest.eyes[1] + up * size, aside * size])
    away = ((skin[:, 1:] - place) ** 2).sum(axis=1)
    near = np.argsort(away, kind="stable")[:12]
    near = near[skin[near, 0] > skin[near, 0].max() - 1.2]
    weights = 1 / (away[near] + 0.02)
    return np.array([float(skin[near, 0] @ weights) / float(weights.sum()) + off, *place])


def line_on(head: Head, spots: list[Array], width: float, *, beside: bool = False) -> list[Shape]:
    """Return the stretches of a line that are seen."""
    points = [head.placed(spot) for spot in spots]
    runs: list[list[Array]] = [[]]
    for point in points:
        if head.sees(point, beside=beside):
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    lines = []
    for run in runs:
        if len(run) < 2:
            continue
        flat = head.camera.project(np.array(run))
        if length(flat) < _SHORTEST:
            continue
        at = np.linspace(0, len(flat) - 1, 4 * len(flat))
        fine = np.stack([np.interp(at, np.arange(len(flat)), flat[:, k]) for k in (0, 1)], axis=1)
        lines.append(smoothed(fine, 2.5, closed=False))
    stroke = Shape(tuple(lines), "none", "ink", width, closed=False, tolerance=TOLERANCE)
    return [stroke] if lines else []
