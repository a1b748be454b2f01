"""Hair, drawn by hand from the side, from the front and from behind.

Coordinates are those of `heads`: per cent of body height, from the centre of the skull.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from workshop_builder.figures.body.vectors import Array
from workshop_builder.figures.drawing.splines import catmull_rom, open_curve, united
from workshop_builder.figures.drawing.svg import Point
from workshop_builder.model.figure import Hair


@dataclass(frozen=True, slots=True, eq=False)
class Hairdo:
    """The hair of a head, in the plane of the head."""

    behind: tuple[Array, ...] = ()
    """Painted before the face."""
    front: tuple[Array, ...] = ()
    """Painted over the face, as rings that do not touch."""
    highlights: tuple[Array, ...] = ()
    """Thin light strokes on it."""


_CAP: tuple[Point, ...] = (
    (5.0, 3.5), (4.4, 5.4), (2.2, 6.95), (-0.6, 7.3), (-3.4, 6.6), (-5.5, 4.9), (-6.3, 2.2),
    (-6.1, -0.6), (-5.3, -2.7), (-4.2, -4.2), (-3.4, -4.3), (-2.6, -2.9), (-1.9, -1.2),
    (-1.5, 0.9), (-0.6, 1.8), (0.3, 1.4), (0.6, 0.2), (1.1, 0.2), (1.3, 1.7), (2.0, 3.0),
    (3.4, 3.6),
)  # fmt: skip
_CROP: tuple[Point, ...] = (
    (5.1, 3.3), (5.9, 4.9), (5.0, 6.6), (2.6, 7.7), (0.2, 7.7), (-2.8, 7.1), (-5.0, 5.4),
    (-6.0, 2.8), (-5.9, 0.2), (-5.2, -2.2), (-4.1, -3.4), (-3.3, -2.9), (-2.4, -1.2),
    (-1.7, 0.9), (-0.6, 2.0), (0.2, 1.6), (0.4, -0.3), (1.1, -0.2), (1.5, 1.9), (2.3, 3.2),
    (3.6, 3.5),
)  # fmt: skip
_BOB: tuple[Point, ...] = (
    (4.9, 3.4), (4.2, 5.5), (2.0, 7.0), (-0.6, 7.4), (-3.6, 6.7), (-5.8, 4.8), (-6.7, 2.0),
    (-6.8, -1.4), (-6.3, -4.6), (-4.6, -5.7), (-2.0, -5.6), (0.0, -5.0), (0.6, -3.6),
    (0.2, -1.2), (0.8, 1.2), (2.2, 3.0), (3.6, 3.6),
)  # fmt: skip
_SCARF: tuple[Point, ...] = (
    (4.7, 3.9), (4.0, 6.0), (1.8, 7.3), (-0.8, 7.6), (-3.8, 6.9), (-6.0, 4.9), (-6.8, 2.0),
    (-6.6, -1.4), (-5.8, -4.4), (-5.6, -7.6), (-4.6, -9.6), (-0.6, -9.9), (3.0, -9.4),
    (3.6, -7.8), (3.4, -6.6), (2.2, -5.4), (1.4, -3.0), (1.3, -0.4), (1.9, 2.0), (3.0, 3.6),
)  # fmt: skip
_CURLS: tuple[Point, ...] = (
    (4.2, 4.6), (2.6, 6.6), (0.2, 7.6), (-2.4, 7.4), (-4.8, 6.2), (-6.4, 4.2), (-7.0, 1.6),
    (-6.6, -1.0), (-5.4, -3.0), (-3.6, -3.6), (-2.9, -1.4), (-2.4, 1.0), (0.4, 3.4), (2.6, 4.6),
    (-3.0, 3.4), (-0.6, 5.2), (-4.2, 0.6), (-4.4, -1.6),
)  # fmt: skip
_FRINGE: tuple[Point, ...] = (
    (-5.0, 0.6), (-5.5, 2.8), (-4.8, 5.4), (-2.6, 7.1), (0.0, 7.5), (2.6, 7.1), (4.8, 5.4),
    (5.5, 2.8), (5.0, 0.6), (4.3, 2.2), (3.2, 3.7), (1.0, 4.4), (-1.2, 4.1), (-3.3, 3.2),
    (-4.3, 2.0),
)  # fmt: skip
_FACE_CURLS: tuple[Point, ...] = (
    (-5.2, 1.0), (-5.6, 3.4), (-4.6, 5.6), (-2.6, 7.2), (0.0, 7.8), (2.6, 7.2), (4.6, 5.6),
    (5.6, 3.4), (5.2, 1.0), (-3.0, 4.9), (-1.0, 5.6), (1.2, 5.6), (3.2, 4.9),
)  # fmt: skip
_EAR_CURLS: tuple[Point, ...] = ((-5.6, -1.2), (5.6, -1.2))
_BACK: tuple[Point, ...] = (
    (0.0, -4.8), (2.6, -4.4), (4.3, -2.6), (5.2, 0.2), (5.4, 2.8), (4.7, 5.4), (2.6, 7.1),
    (0.0, 7.5), (-2.6, 7.1), (-4.7, 5.4), (-5.4, 2.8), (-5.2, 0.2), (-4.3, -2.6), (-2.6, -4.4),
)  # fmt: skip
_SIDES: Mapping[Hair, tuple[Point, ...]] = {
    "short": _CROP,
    "bun": _CAP,
    "bob": _BOB,
    "headscarf": _SCARF,
}
_HIGHLIGHTS: Mapping[Hair, tuple[tuple[Point, ...], ...]] = {
    "bun": (((3.6, 4.4), (0.4, 5.6), (-4.6, 4.6)), ((1.6, 3.2), (-1.6, 3.8), (-5.0, 3.6))),
    "short": (
        ((4.6, 4.9), (3.2, 6.0), (1.2, 6.3)),
        ((2.4, 4.3), (0.2, 5.4), (-2.6, 5.2)),
        ((-3.6, 3.8), (-4.6, 2.0), (-4.7, 0.0)),
    ),
    "bob": (((2.6, 4.6), (-1.6, 4.8), (-4.0, 1.0), (-4.4, -3.4)),),
    "headscarf": (
        ((1.0, 4.4), (-2.0, 1.0), (-1.0, -5.4)),
        ((3.2, -6.8), (0.0, -7.4), (-4.6, -6.0)),
    ),
}


_BUN_SIDE, _BUN_FRONT, _BUN_BACK = (-6.9, 4.6, 2.5), (0.0, 8.0, 2.5), (0.0, 6.6, 2.6)
"""The centre of a bun, and its radius."""
_CURL_SIDE, _CURL_FRONT = 2.0, 1.9
"""The radius of a curl."""


def _round(x: float, y: float, radius: float) -> Array:
    k = radius * 0.72
    around = ((radius, 0), (k, k), (0, radius), (-k, k), (-radius, 0), (-k, -k), (0, -radius))
    return catmull_rom([(x + dx, y + dy) for dx, dy in (*around, (k, -k))])


def _curls(centers: tuple[Point, ...], radius: float) -> tuple[Array, ...]:
    return united([_round(x, y, radius) for x, y in centers])


@cache
def from_the_side(hair: Hair) -> Hairdo:
    """Return the hair of a head that looks to the right."""
    if hair == "curly":
        return Hairdo(front=_curls(_CURLS, _CURL_SIDE))
    front = (catmull_rom(_SIDES[hair]),) if hair in _SIDES else ()
    highlights = tuple(open_curve(*line) for line in _HIGHLIGHTS.get(hair, ()))
    return Hairdo((_round(*_BUN_SIDE),) if hair == "bun" else (), front, highlights)


@cache
def from_the_front(hair: Hair) -> Hairdo:
    """Return the hair of a head that looks at the reader."""
    fringe = (catmull_rom(_FRINGE),)
    match hair:
        case "bald":
            return Hairdo()
        case "bun":
            return Hairdo((_round(*_BUN_FRONT),), fringe)
        case "curly":
            return Hairdo(_curls(_EAR_CURLS, _CURL_SIDE), _curls(_FACE_CURLS, _CURL_FRONT))
        case "bob" | "headscarf":
            low = -9.0 if hair == "headscarf" else -5.4
            right = ((0.0, 7.8), (2.6, 7.3), (5.2, 5.2), (6.2, 1.4), (6.0, -3.4), (4.6, low))
            left = tuple((-x, y) for x, y in right[:0:-1])
            return Hairdo((catmull_rom((*left, *right)),), fringe)
        case _:
            return Hairdo(front=fringe)


@cache
def from_behind(hair: Hair) -> Hairdo:
    """Return the hair of a head that looks away from the reader."""
    if hair == "bald":
        return Hairdo()
    rings = [catmull_rom(_BACK)] + ([_round(*_BUN_BACK)] if hair == "bun" else [])
    curly = hair == "curly"
    return Hairdo(front=(*rings, *_curls(_FACE_CURLS, _CURL_FRONT)) if curly else united(rings))
