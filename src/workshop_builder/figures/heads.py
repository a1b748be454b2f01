"""Heads, drawn by hand from the side and from the front: face, ear, hair.

Coordinates are per cent of body height from the centre of the skull; in a profile
x looks forward, in a face x is to the right of the picture. y is up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from workshop_builder.figures.curves import smooth
from workshop_builder.figures.forms import Hair
from workshop_builder.figures.frames import Array
from workshop_builder.figures.svgtext import Point


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """One head in its own plane; lists are painted in this order."""

    behind: tuple[Array, ...]
    """Hair that lies behind the face."""
    skin: Array
    ear: Array | None
    hair: tuple[Array, ...]
    """Hair in front of the face."""
    lines: tuple[Array, ...]
    """Brow, mouth, jaw, ear: thin strokes."""
    eyes: tuple[Point, ...]
    wisps: tuple[Array, ...] = ()
    """Thin light strokes in the hair."""


_PROFILE: tuple[Point, ...] = (
    (2.4, -6.4), (4.0, -6.5), (4.9, -5.9), (4.95, -4.9), (4.55, -4.35), (5.15, -3.7), (5.0, -3.25),
    (4.85, -3.2), (5.25, -2.75), (5.05, -2.1), (5.5, -1.85), (6.5, -1.45), (6.35, -0.85),
    (5.65, 0.3),
    (5.25, 1.3), (5.3, 2.2), (5.0, 3.6), (4.0, 5.2), (2.0, 6.3), (-0.4, 6.6), (-2.8, 6.1),
    (-4.7, 4.6), (-5.6, 2.2), (-5.5, -0.2), (-4.9, -2.2), (-4.1, -3.8), (-3.4, -5.4), (-1.0, -5.6),
    (0.6, -5.2), (1.4, -6.0),
)  # fmt: skip
_EAR: tuple[Point, ...] = (
    (-1.2, 1.1), (-0.3, 1.3), (0.25, 0.5), (0.0, -0.5), (-0.5, -1.4), (-1.1, -1.5), (-1.35, -0.5),
)  # fmt: skip
_CAP: tuple[Point, ...] = (
    (5.0, 3.5), (4.4, 5.4), (2.2, 6.95), (-0.6, 7.3), (-3.4, 6.6), (-5.5, 4.9), (-6.3, 2.2),
    (-6.1, -0.6), (-5.3, -2.7), (-4.2, -4.2), (-3.4, -4.3), (-2.6, -2.9), (-1.9, -1.2), (-1.5, 0.9),
    (-0.6, 1.8), (0.3, 1.4), (0.6, 0.2), (1.1, 0.2), (1.3, 1.7), (2.0, 3.0), (3.4, 3.6),
)  # fmt: skip
_FACE: tuple[Point, ...] = (
    (0.0, -6.6), (1.9, -6.1), (3.5, -4.6), (4.4, -2.2), (4.75, 0.4), (4.7, 2.8), (4.0, 5.0),
    (2.2, 6.3), (0.0, 6.6), (-2.2, 6.3), (-4.0, 5.0), (-4.7, 2.8), (-4.75, 0.4), (-4.4, -2.2),
    (-3.5, -4.6), (-1.9, -6.1),
)  # fmt: skip
_FRINGE: tuple[Point, ...] = (
    (-5.0, 0.6), (-5.5, 2.8), (-4.8, 5.4), (-2.6, 7.1), (0.0, 7.5), (2.6, 7.1), (4.8, 5.4),
    (5.5, 2.8), (5.0, 0.6), (4.3, 2.2), (3.2, 3.7), (1.0, 4.4), (-1.2, 4.1), (-3.3, 3.2),
    (-4.3, 2.0),
)  # fmt: skip
_BACK: tuple[Point, ...] = (
    (0.0, -4.8), (2.6, -4.4), (4.3, -2.6), (5.2, 0.2), (5.4, 2.8), (4.7, 5.4), (2.6, 7.1),
    (0.0, 7.5),
    (-2.6, 7.1), (-4.7, 5.4), (-5.4, 2.8), (-5.2, 0.2), (-4.3, -2.6), (-2.6, -4.4),
)  # fmt: skip


def _round(x: float, y: float, radius: float) -> Array:
    k = radius * 0.72
    around = (
        (radius, 0),
        (k, k),
        (0, radius),
        (-k, k),
        (-radius, 0),
        (-k, -k),
        (0, -radius),
        (k, -k),
    )
    return smooth([(x + dx, y + dy) for dx, dy in around])


def _curls(points: tuple[Point, ...], radius: float) -> tuple[Array, ...]:
    return tuple(_round(x, y, radius) for x, y in points)


def _profile_hair(hair: Hair) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Return the hair behind and in front of a profile."""
    cap = smooth(_CAP)
    match hair:
        case "bald":
            return (), ()
        case "bun":
            return (_round(-6.9, 4.6, 2.5),), (cap,)
        case "curly":
            rim = (
                (4.2, 4.6), (2.6, 6.6), (0.2, 7.6), (-2.4, 7.4), (-4.8, 6.2), (-6.4, 4.2),
                (-7.0, 1.6),
                (-6.6, -1.0), (-5.4, -3.0), (-3.6, -3.6), (-2.9, -1.4), (-2.4, 1.0), (0.4, 3.4),
                (2.6, 4.6), (-3.0, 3.4), (-0.6, 5.2), (-4.2, 0.6), (-4.4, -1.6),
            )  # fmt: skip
            return (), _curls(rim, 2.0)
        case "bob":
            front = (
                (4.9, 3.4), (4.2, 5.5), (2.0, 7.0), (-0.6, 7.4), (-3.6, 6.7), (-5.8, 4.8),
                (-6.7, 2.0),
                (-6.8, -1.4), (-6.3, -4.6), (-4.6, -5.7), (-2.0, -5.6), (0.0, -5.0), (0.6, -3.6),
                (0.2, -1.2), (0.8, 1.2), (2.2, 3.0), (3.6, 3.6),
            )  # fmt: skip
            return (), (smooth(front),)
        case "short":
            crop = (
                (5.1, 3.3), (5.9, 4.9), (5.0, 6.6), (2.6, 7.7), (0.2, 7.7), (-2.8, 7.1),
                (-5.0, 5.4),
                (-6.0, 2.8), (-5.9, 0.2), (-5.2, -2.2), (-4.1, -3.4), (-3.3, -2.9), (-2.4, -1.2),
                (-1.7, 0.9), (-0.6, 2.0), (0.2, 1.6), (0.4, -0.3), (1.1, -0.2), (1.5, 1.9),
                (2.3, 3.2),
                (3.6, 3.5),
            )  # fmt: skip
            return (), (smooth(crop),)
        case "headscarf":
            scarf = (
                (4.7, 3.9), (4.0, 6.0), (1.8, 7.3), (-0.8, 7.6), (-3.8, 6.9), (-6.0, 4.9),
                (-6.8, 2.0),
                (-6.6, -1.4), (-5.8, -4.4), (-5.6, -7.6), (-4.6, -9.6), (-0.6, -9.9), (3.0, -9.4),
                (3.6, -7.8), (3.4, -6.6), (2.2, -5.4), (1.4, -3.0), (1.3, -0.4), (1.9, 2.0),
                (3.0, 3.6),
            )  # fmt: skip
            return (), (smooth(scarf),)


@cache
def profile(hair: Hair) -> Head:
    """Return a head that looks to the right."""
    behind, front = _profile_hair(hair)
    covered = hair in {"bob", "headscarf"}
    lines = [
        smooth([(2.6, 2.15), (3.6, 2.5), (4.7, 2.2)], closed=False),
        smooth([(4.95, -3.25), (4.1, -3.4), (3.3, -2.9)], closed=False),
        smooth([(5.45, -1.9), (5.0, -1.75), (4.75, -1.35)], closed=False),
    ]
    if not covered:
        lines.append(smooth([(-0.7, 0.6), (-0.35, 0.2), (-0.6, -0.5)], closed=False))
    wisps = {
        "bun": [[(3.6, 4.4), (0.4, 5.6), (-4.6, 4.6)], [(1.6, 3.2), (-1.6, 3.8), (-5.0, 3.6)]],
        "short": [
            [(4.6, 4.9), (3.2, 6.0), (1.2, 6.3)],
            [(2.4, 4.3), (0.2, 5.4), (-2.6, 5.2)],
            [(-3.6, 3.8), (-4.6, 2.0), (-4.7, 0.0)],
        ],
        "bob": [[(2.6, 4.6), (-1.6, 4.8), (-4.0, 1.0), (-4.4, -3.4)]],
        "headscarf": [
            [(1.0, 4.4), (-2.0, 1.0), (-1.0, -5.4)],
            [(3.2, -6.8), (0.0, -7.4), (-4.6, -6.0)],
        ],
    }.get(hair, [])
    return Head(
        behind,
        smooth(_PROFILE),
        None if covered else smooth(_EAR),
        front,
        tuple(lines),
        ((3.75, 0.75),),
        tuple(smooth(line, closed=False) for line in wisps),
    )


def face(hair: Hair, turn: float) -> Head:
    """Return a head that looks at the reader, its features moved aside by `turn` (-1 to 1)."""
    dx = turn * 3.0
    squeeze = 1 - abs(turn) * 0.25
    eyes = tuple((dx + side * 1.9 * squeeze, 0.75) for side in (-1, 1))
    nose = [(dx - 0.35, 0.2), (dx + 0.75, -1.6), (dx - 0.2, -1.9)]
    lines = [smooth([(x - 1.1, 2.1), (x, 2.5), (x + 1.1, 2.1)], closed=False) for x, _ in eyes] + [
        smooth(nose, closed=False),
        smooth([(dx - 1.5, -3.4), (dx, -3.9), (dx + 1.5, -3.4)], closed=False),
    ]
    behind: tuple[Array, ...] = ()
    front: tuple[Array, ...] = (smooth(_FRINGE),)
    match hair:
        case "bald":
            front = ()
        case "bun":
            behind = (_round(0.0, 8.0, 2.5),)
        case "curly":
            rim = (
                (-5.2, 1.0), (-5.6, 3.4), (-4.6, 5.6), (-2.6, 7.2), (0.0, 7.8), (2.6, 7.2),
                (4.6, 5.6),
                (5.6, 3.4), (5.2, 1.0), (-3.0, 4.9), (-1.0, 5.6), (1.2, 5.6), (3.2, 4.9),
            )  # fmt: skip
            behind, front = _curls(((-5.6, -1.2), (5.6, -1.2)), 2.0), _curls(rim, 1.9)
        case "bob" | "headscarf":
            low = -9.0 if hair == "headscarf" else -5.4
            wide = (
                (-4.6, low), (-6.0, -3.4), (-6.2, 1.4), (-5.2, 5.2), (-2.6, 7.3), (0.0, 7.8),
                (2.6, 7.3), (5.2, 5.2), (6.2, 1.4), (6.0, -3.4), (4.6, low),
            )  # fmt: skip
            behind = (smooth(wide),)
        case _:
            pass
    return Head(behind, smooth(_FACE), None, front, tuple(lines), eyes)


@cache
def nape(hair: Hair) -> Head:
    """Return a head that looks away from the reader."""
    behind = (_round(0.0, 4.2, 2.6),) if hair == "bun" else ()
    cover = () if hair == "bald" else (smooth(_BACK), *behind)
    return Head((), smooth(_FACE), None, cover, (), ())
