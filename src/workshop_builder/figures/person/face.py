"""A face: eyes, brows, nose and mouth, drawn on the surface of the head.

Places are up and to the right of the middle between the eyes, in per cent of body height for eyes
1.87 from the middle; they grow with the face. By eye.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from workshop_builder.figures.body.vectors import UP, Array, unit
from workshop_builder.figures.drawing.projection import Camera
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.mesh.posed_body import PosedBody
from workshop_builder.figures.person.glasses import are_worn, glasses_on, glasses_round
from workshop_builder.figures.person.head import TOLERANCE, Head, head_of, line_on, spot_of_face
from workshop_builder.figures.pixels.label_picture import LabelPicture

_LINE, _NOSE_LINE = 0.62, 0.54
"""Widths, as shares of a plain outline."""
_EYES_OUT = 1.8
"""How far an eye is from the middle of a face that looks at the reader."""
_EYE = (0.5, 0.68)
"""Half the width and height of an eye."""
_FURTHER = (0.0, 0.4, 0.8, 1.2, 1.6, 2.0, 2.4)
"""How much further from the middle the eye of a face in profile may be, to be seen."""
_LEAST_FACING = 0.13
"""How much an eye looks at the reader to be seen, but in profile."""
_LID_IN_PROFILE = [np.array([0.95 * t, -0.45 * (1 - t * t), 0.0]) for t in (-1, -0.5, 0, 0.5, 1)]
_BROW_IN_PROFILE = [
    np.array([1.1 * t, 1.3 + 0.35 * (1 - t * t), 0.0]) for t in (-1, -0.5, 0, 0.5, 1)
]
"""A shut eye and a brow that are seen from aside, from the eye: ahead and up."""
_NARROW, _LEAST = 0.3, 0.4
"""Where an eye is seen narrower than the first, it is drawn as wide as the second."""
_FACING, _TURNED = 0.35, 0.16
"""How much a face looks at the reader for its nose to be drawn, and how much aside for one that is
turned at all."""
_BROW = ((0.75, -0.12), (1.3, 0.16), (1.95, 0.28), (2.6, 0.12), (3.05, -0.15))
"""Out and above the height of a brow, 1.42."""
_MOUTH = ((-1.6, 0.75), (-1.15, 0.24), (-0.6, -0.02), (0, -0.1), (0.6, -0.02), (1.15, 0.24),
          (1.6, 0.75))  # fmt: skip
_LID_AT, _LID_LINE = 2.1, 0.62
_LID = ((-0.9, 0.15), (-0.4, -0.3), (0.15, -0.45), (0.75, -0.3), (1.4, 0.2))
"""Where an eye is that is shut, how wide its line is, and its places: outward and up."""
_NOSE_BELOW = ((-2.55, -0.75, 0.05), (-2.95, -0.35, 0.1), (-3.0, 0.0, 0.15), (-2.95, 0.35, 0.1),
               (-2.55, 0.75, 0.05))  # fmt: skip
"""Up, aside, and off the surface."""
_NOSTRIL = ((-2.3, 0.95, 0.1), (-2.8, 0.8, 0.12), (-3.0, 0.35, 0.15))
_FLANK = ((-1.2, 0.36, 0.08), (-2.1, 0.45, 0.12), (-2.6, 0.35, 0.15))
_FLANK_END = (-2.95, 0.15, 0.15)
_SMILE = 2.0
"""How much more the corners of a mouth are up that is seen from right below."""
_FLATTER, _LOWER, _LIP = 1.1, (0.0, 0.3, 0.6, 0.9, 1.2), 0.9
"""How much less they are up that is seen from above; by how much lower a mouth may be for so much
face, in per cent of body height, to be seen between it and the nose."""


def face_shapes(
    body: PosedBody, picture: LabelPicture, camera: Camera, *, glasses: bool
) -> list[Shape]:
    """Return the shapes of what is seen of a face."""
    head = head_of(body, picture, camera)
    worn = glasses and are_worn(head)
    shapes = [*_eyes(head, glasses=worn), *line_on(head, _mouth(head), _LINE)]
    if head.ahead > _FACING:
        for spots in _nose(head):
            shapes += line_on(head, spots, _NOSE_LINE)
    if worn and not head.side_seen:
        shapes += glasses_on(head)
    return shapes


def _mouth(head: Head) -> list[Array]:
    """Return the line of a mouth: seen from above, flatter and clear of the nose."""
    rest, from_above = head.rest, float(head.turned(UP) @ head.camera.toward)
    lift = 1 - (_FLATTER if from_above > 0 else _SMILE) * from_above
    way = head.camera.project(head.turned(UP))
    way /= max(float(np.linalg.norm(way)), 1e-6)
    nose = head.camera.project(head.placed(spot_of_face(rest, *_NOSE_BELOW[2]))) @ way
    for lower in _LOWER:
        middle = head.placed(spot_of_face(rest, -3.95 - lower, 0.0, 0.1))
        if float(nose - head.camera.project(middle) @ way) > _LIP:
            break
    return [spot_of_face(rest, -3.95 - lower + up * lift, out, 0.1) for out, up in _MOUTH]


def _nose(head: Head) -> Iterator[list[Array]]:
    """Yield the lines of a nose: its underside, or one nostril and the flank away from it."""
    rest, aside = head.rest, head.aside
    if abs(aside) < _TURNED:
        yield [spot_of_face(rest, *spot) for spot in _NOSE_BELOW]
        return
    far = -1 if aside > 0 else 1
    yield [spot_of_face(rest, up, -far * out, off) for up, out, off in _NOSTRIL]
    if not head.side_seen:
        up, out, off = _FLANK_END
        flank = [spot_of_face(rest, each[0], far * each[1], each[2]) for each in _FLANK]
        yield [*flank, spot_of_face(rest, up, -far * out, off)]


def _eye_at(head: Head, side: int) -> Array | None:
    """Return the spot of an eye at rest, in profile where it is seen; None where it is not."""
    turned = abs(head.aside)
    for further in _FURTHER if side == head.side_seen else _FURTHER[:1]:
        spot = spot_of_face(head.rest, 0.0, (_EYES_OUT + further + 0.5 * turned) * side, 0.2)
        middle = head.placed(spot)
        if head.has_within(middle) and head.sees(middle, 0.8 + 2.2 * turned):
            return spot
    return None


def _eyes(head: Head, *, glasses: bool) -> Iterator[Shape]:
    """Yield what is seen of eyes and brows; in profile, glasses are in place of a brow."""
    for side in (1, -1):
        spot = _eye_at(head, side)
        if spot is None:
            continue
        if side == head.side_seen:
            yield from _eye_in_profile(head, spot, side, glasses=glasses)
        elif head.shuts_eyes:
            lid = [spot_of_face(head.rest, up, (_LID_AT + out) * side, 0.15) for out, up in _LID]
            yield from line_on(head, lid, _LID_LINE) if head.aside * side > 0 else []
        elif float(head.turned(_outward(side)) @ head.camera.toward) > _LEAST_FACING:
            yield _pupil(head, spot, np.array([-0.38 * side, 0.0, 1.0]))
            brow = [spot_of_face(head.rest, 1.42 + up, out * side, 0.2) for out, up in _BROW]
            yield from line_on(head, brow, _LINE)


def _eye_in_profile(head: Head, spot: Array, side: int, *, glasses: bool) -> Iterator[Shape]:
    """Yield the one eye of a profile, with its brow or its glasses."""
    if head.shuts_eyes:
        yield from line_on(head, [spot + place for place in _LID_IN_PROFILE], _LID_LINE)
        return
    yield _pupil(head, spot, np.array([1.0, 0.0, 0.0]))
    brow = [spot + place for place in _BROW_IN_PROFILE]
    brow = [each for each in brow if head.has_within(head.placed(each))]
    if glasses:
        yield from glasses_round(head, spot, side)
    elif len(brow) > 2:
        yield from line_on(head, brow, _LINE)


def _outward(side: int) -> Array:
    """Return where an eye looks."""
    return unit(np.array([1.0, 0.0, 0.38 * side]))


def _pupil(head: Head, spot: Array, across_face: Array) -> Shape:
    """Return an eye: an oval in the plane of the face, narrowed by the turn."""
    across = head.camera.project(head.turned(unit(across_face))) * _EYE[0]
    up = head.camera.project(head.turned(np.array([0, 1.0, 0]))) * _EYE[1]
    size = math.sqrt(float(across @ across))
    if size < _NARROW:
        across = across / max(size, 1e-6) * _LEAST
    turn = np.linspace(0, 2 * np.pi, 25)[:, None]
    ring = head.camera.project(head.placed(spot)) + np.cos(turn) * across + np.sin(turn) * up
    return Shape((ring,), "ink", "none", tolerance=TOLERANCE)
