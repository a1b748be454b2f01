"""A face: eyes, brows, nose and mouth, drawn on the surface of the head.

Places are up and to the right of the middle between the eyes, in per cent of body height for eyes
1.87 from the middle; they grow with the face. By eye.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from workshop_builder.figures.body.vectors import UP, Array, unit
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
from workshop_builder.model.figure import Age

_EYES_AT = 1.87
_LINE, _NOSE_LINE = 0.62, 0.54
"""Widths, as shares of a plain outline."""
_TOLERANCE = 0.12
_EYES_OUT = 1.8
"""How far an eye is from the middle of a face that looks at the reader."""
_EYE = (0.5, 0.68)
"""Half the width and height of an eye."""
_NARROW, _LEAST = 0.3, 0.4
"""Where an eye is seen narrower than the first, it is drawn as wide as the second."""
_FACING, _PROFILE, _TURNED = 0.35, 0.8, 0.16
"""How much a face looks at the reader for its nose to be drawn, and how much aside: for less than
a profile, and for one that is turned at all."""
_BROW = ((0.75, -0.12), (1.3, 0.16), (1.95, 0.28), (2.6, 0.12), (3.05, -0.15))
"""Out and above the height of a brow, 1.42."""
_MOUTH = ((-1.6, 0.75), (-1.15, 0.24), (-0.6, -0.02), (0, -0.1), (0.6, -0.02), (1.15, 0.24),
          (1.6, 0.75))  # fmt: skip
_LID, _LID_LINE = ((-0.9, 0.15), (-0.4, -0.3), (0.15, -0.45), (0.75, -0.3), (1.4, 0.2)), 0.62
"""An eye that is shut, from its middle: outward and up; and how wide that line is."""
_UPRIGHT, _ASIDE = 0.5, 0.5
"""How much the top of a head must be up in the picture for its eyes to be open, where it looks
aside so much."""
_LEVEL = 0.75
"""How much it must be up for glasses to be drawn, which are a tangle in a face that looks down."""
_NOSE_BELOW = ((-2.55, -0.75, 0.05), (-2.95, -0.35, 0.1), (-3.0, 0.0, 0.15), (-2.95, 0.35, 0.1),
               (-2.55, 0.75, 0.05))  # fmt: skip
"""Up, aside, and off the surface."""
_NOSTRIL = ((-2.3, 0.95, 0.1), (-2.8, 0.8, 0.12), (-3.0, 0.35, 0.15))
_FLANK = ((-1.2, 0.36, 0.08), (-2.1, 0.45, 0.12), (-2.6, 0.35, 0.15))
_FLANK_END = (-2.95, 0.15, 0.15)
_FULL_FACE = 0.7
"""How much a face must look at the reader for its lines of age, and lying for its glasses."""
_FOLD, _FINE = ((-1.15, 1.2), (-1.42, 1.75), (-1.3, 2.4)), 0.36
"""Below the eyes of an old face, and how wide that line is."""
_RIM, _RIM_OUT, _RIM_UP = (1.35, 1.25), 1.95, -0.1
"""Half the width and height of the rim of glasses, and where its middle is."""
_RIM_REST, _RIM_OFF, _RIM_SWEEP, _RIM_LINE = (0.0, 0.9), 0.75, 0.3, 0.5
"""What glasses rest on, how far before that they are, and how far their sides go back."""
_WELL_WITHIN = 3
"""Pixels from the edge of a face within which no eye's middle lies."""
_SMILE = 2.0
"""How much more the corners of a mouth are up that is seen from right below."""
_BESIDE = 2
"""Pixels beside the head that count as its own."""
_SHORTEST = 0.45
"""Per cent of body height of the shortest line."""


@dataclass(frozen=True, slots=True, eq=False)
class _Head:
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
    def upright(self) -> bool:
        """Whether the top of the head is up in the picture."""
        return bool(self.camera.project(self.turned(UP))[1] > _UPRIGHT)

    def shuts_eyes(self, aside: float) -> bool:
        """Whether it lies or looks down, and looks aside so much that its eyes are lines."""
        return abs(aside) > _ASIDE and not self.upright

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


@cache
def _surface(rest: RestBody, up: float, aside: float, off: float) -> Array:
    """Return the spot of the face at a place, a little off its surface."""
    size = rest.eyes[2] / _EYES_AT
    head = (mesh().share("head") > 0.5)[:SKIN] & (rest.points[:SKIN, 0] > rest.eyes[0] - 6)
    skin = rest.points[:SKIN][head]
    place = np.array([rest.eyes[1] + up * size, aside * size])
    away = ((skin[:, 1:] - place) ** 2).sum(axis=1)
    near = np.argsort(away, kind="stable")[:12]
    near = near[skin[near, 0] > skin[near, 0].max() - 1.2]
    weights = 1 / (away[near] + 0.02)
    return np.array([float(skin[near, 0] @ weights) / float(weights.sum()) + off, *place])


def face_shapes(body: PosedBody, picture: LabelPicture, camera: Camera, *, age: Age,
                glasses: bool) -> list[Shape]:  # fmt: skip
    """Return the shapes of what is seen of a face."""
    part = picture.grid(picture.part)
    face = (part == HEAD) & (picture.grid(picture.colour) != HAIR)
    own = grown((part == HEAD) | (part == EAR), _BESIDE) & picture.body
    within = ~grown(~face, _WELL_WITHIN)
    head, rest = _Head(body, picture, camera, own, within), body.bones.rest
    ahead = float(head.turned(np.array([1.0, 0, 0])) @ camera.toward)
    aside = float(head.turned(np.array([0, 0, 1.0])) @ camera.toward)
    shapes = []
    for side in (1, -1):
        eye = _eye(head, rest, side, aside)
        shapes += eye
        brow = [_surface(rest, 1.42 + up, out * side, 0.2) for out, up in _BROW]
        if eye and not head.shuts_eyes(aside):
            shapes += _line(head, brow, _LINE)
    lift = 1 + _SMILE * max(0.0, -float(head.turned(UP) @ camera.toward))
    mouth = [_surface(rest, -3.95 + up * lift, out, 0.1) for out, up in _MOUTH]
    shapes += _line(head, mouth, _LINE)
    if ahead > _FACING:
        for spots in _nose(rest, aside):
            shapes += _line(head, spots, _NOSE_LINE)
    if age == "old" and ahead > _FULL_FACE:
        for side in (1, -1):
            shapes += _line(head, [_surface(rest, u, o * side, 0.1) for u, o in _FOLD], _FINE)
    level = float(camera.project(head.turned(UP))[1]) > _LEVEL
    if glasses and (level or ahead > _FULL_FACE):
        shapes += _glasses(head, rest, aside)
    return shapes


def _glasses(head: _Head, rest: RestBody, aside: float) -> list[Shape]:
    """Return the rims of glasses, their bridge, and the arms to the ears; in profile one rim."""
    size = rest.eyes[2] / _EYES_AT
    forward = float(_surface(rest, *_RIM_REST, 0.0)[0]) + _RIM_OFF
    turn = np.linspace(0, (1.5 if abs(aside) > _PROFILE else 2) * np.pi, 25)
    shapes = []
    in_profile = abs(aside) > _PROFILE
    for side in (1, -1) if not in_profile else (1,) if aside > 0 else (-1,):
        out = _RIM_OUT + np.cos(turn) * _RIM[0]
        rim = np.stack([
            forward - _RIM_SWEEP * (out - 0.6),
            rest.eyes[1] + (_RIM_UP + np.sin(turn) * _RIM[1]) * size,
            out * side * size,
        ], axis=1)  # fmt: skip
        shapes += _line(head, list(rim), _RIM_LINE, beside=True)
        arm = [rim[0], np.array([rest.eyes[0] - 5.2, rim[0, 1] + 0.1, side * (rest.eyes[2] + 2.5)])]
        line = [arm[0] + (arm[1] - arm[0]) * k / 8 for k in range(9)]
        shapes += _line(head, line, _RIM_LINE) if head.upright else []
    if in_profile:
        return shapes
    inner = (_RIM_OUT - _RIM[0]) * size
    up = rest.eyes[1] + _RIM_UP * size
    bridge = [np.array([forward + 0.25, up + 0.35 * (1 - z * z), z * inner]) for z in (-1, 0, 1)]
    return [*shapes, *_line(head, bridge, _RIM_LINE)]


def _nose(rest: RestBody, aside: float) -> Iterator[list[Array]]:
    """Yield the lines of a nose: its underside, or one nostril and the flank away from it."""
    if abs(aside) < _TURNED:
        yield [_surface(rest, *spot) for spot in _NOSE_BELOW]
        return
    far = -1 if aside > 0 else 1
    yield [_surface(rest, up, -far * out, off) for up, out, off in _NOSTRIL]
    if abs(aside) < _PROFILE:
        up, out, off = _FLANK_END
        flank = [_surface(rest, each[0], far * each[1], each[2]) for each in _FLANK]
        yield [*flank, _surface(rest, up, -far * out, off)]


def _eye(head: _Head, rest: RestBody, side: int, aside: float) -> list[Shape]:
    """Return an eye: an oval in the plane of the face, narrowed by the turn."""
    spot = _surface(rest, 0.0, (_EYES_OUT + 0.5 * abs(aside)) * side, 0.2)
    out = head.turned(unit(np.array([1, 0, 0.38 * side])))
    middle = head.placed(spot)
    if not head.has_within(middle):
        return []
    if head.shuts_eyes(aside):
        at = _EYES_OUT + 0.3
        lid = [_surface(rest, up, (at + out) * side, 0.15) for out, up in _LID]
        return _line(head, lid, _LID_LINE) if aside * side > 0 else []
    if out @ head.camera.toward <= 0.13 or not head.sees(middle, 0.8 + 2.2 * abs(aside)):
        return []
    across = head.camera.project(head.turned(unit(np.array([-0.38 * side, 0, 1])))) * _EYE[0]
    up = head.camera.project(head.turned(np.array([0, 1.0, 0]))) * _EYE[1]
    size = math.sqrt(float(across @ across))
    if size < _NARROW:
        across = across / max(size, 1e-6) * _LEAST
    turn = np.linspace(0, 2 * np.pi, 25)[:, None]
    ring = head.camera.project(middle) + np.cos(turn) * across + np.sin(turn) * up
    return [Shape((ring,), "ink", "none", tolerance=_TOLERANCE)]


def _line(head: _Head, spots: list[Array], width: float, *, beside: bool = False) -> list[Shape]:
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
    stroke = Shape(tuple(lines), "none", "ink", width, closed=False, tolerance=_TOLERANCE)
    return [stroke] if lines else []
