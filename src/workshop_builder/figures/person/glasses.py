"""Glasses on a face."""

from __future__ import annotations

import numpy as np

from workshop_builder.figures.body.vectors import UP, Array
from workshop_builder.figures.drawing.shapes import Shape
from workshop_builder.figures.person.head import EYES_AT, Head, line_on, spot_of_face

_LEVEL, _FULL_FACE = 0.75, 0.7
"""How much the top of a head must be up for glasses to be drawn, or it must look at the reader."""
_RIM, _RIM_OUT, _RIM_UP, _RIM_IN_PROFILE = (1.35, 1.25), 1.95, -0.1, (1.25, 1.35)
"""Half the width and height of the rim of glasses, where its middle is, and those in profile."""
_BOWED, _OFF_CHEEK = 1.5, 1.0
"""How far the arm of glasses bows out beside the temple, and a rim in profile is off the cheek."""
_RIM_REST, _RIM_OFF, _RIM_SWEEP, _RIM_LINE = (0.0, 0.9), 0.75, 0.3, 0.5
"""What glasses rest on, how far before that they are, and how far their sides go back."""


def are_worn(head: Head) -> bool:
    """Return whether glasses are drawn: they are a tangle in a face that looks down."""
    level = float(head.camera.project(head.turned(UP))[1]) > _LEVEL
    return level or head.ahead > _FULL_FACE


def glasses_on(head: Head) -> list[Shape]:
    """Return the rims of glasses, their bridge, and the arms to the ears."""
    rest = head.rest
    size = rest.eyes[2] / EYES_AT
    forward = float(spot_of_face(rest, *_RIM_REST, 0.0)[0]) + _RIM_OFF
    turn = np.linspace(0, 2 * np.pi, 25)
    shapes = []
    for side in (1, -1):
        out = _RIM_OUT + np.cos(turn) * _RIM[0]
        rim = np.stack([
            forward - _RIM_SWEEP * (out - 0.6),
            rest.eyes[1] + (_RIM_UP + np.sin(turn) * _RIM[1]) * size,
            out * side * size,
        ], axis=1)  # fmt: skip
        shapes += line_on(head, list(rim), _RIM_LINE, beside=True)
        shapes += _arm(head, rim[0], side)
    inner = (_RIM_OUT - _RIM[0]) * size
    up = rest.eyes[1] + _RIM_UP * size
    bridge = [np.array([forward + 0.25, up + 0.35 * (1 - z * z), z * inner]) for z in (-1, 0, 1)]
    return [*shapes, *line_on(head, bridge, _RIM_LINE)]


def glasses_round(head: Head, spot: Array, side: int) -> list[Shape]:
    """Return one rim round the eye that is seen in profile, and its arm to the ear."""
    wide, high = _RIM_IN_PROFILE
    turn = np.linspace(-np.pi, np.pi, 25)
    off = np.full(25, side * _OFF_CHEEK)
    rim = spot + np.stack([np.cos(turn) * wide, np.sin(turn) * high, off], axis=1)
    ring = line_on(head, list(rim), _RIM_LINE, beside=True)
    return [*ring, *_arm(head, rim[0], side)]


def _arm(head: Head, start: Array, side: int) -> list[Shape]:
    """Return the arm of glasses from a rim to an ear, of a head that is upright."""
    if not head.upright:
        return []
    eyes = head.rest.eyes
    ear = np.array([eyes[0] - 5.2, start[1] + 0.1, side * (eyes[2] + 2.5)])
    along = np.linspace(0, 1, 9)[:, None]
    bowed = np.sin(along * np.pi) * np.array([0.0, 0.0, side * _BOWED])
    line = start + (ear - start) * along + bowed
    return line_on(head, [each for each in line if head.has_within(head.placed(each))], _RIM_LINE)
