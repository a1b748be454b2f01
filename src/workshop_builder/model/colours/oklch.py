"""Colours by lightness, chroma and hue as they are seen: OKLCH, the polar form of OKLab.

The numbers are those of Björn Ottosson, "A perceptual color space for image processing" (2020),
which CSS Color 4 uses too.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

from workshop_builder.model.colours.contrast import Rgb

_TO_CONE = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_CONE = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
_STEPS = 24
"""Halvings of an interval, after which a byte of a colour changes no more."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as it is seen."""

    lightness: float
    """From 0 (black) to 1 (white)."""
    chroma: float
    """From 0 (grey) to about 0.3."""
    hue: float
    """In degrees: red is near 30, yellow near 105, green near 145, blue near 260."""

    @property
    def rgb(self) -> Rgb:
        """The colour in the bytes of sRGB; where they have no room for its chroma, with less."""
        low, high = 0.0, self.chroma
        if _is_inside(_rgb(self.lightness, high, self.hue)):
            low = high
        for _ in range(_STEPS if low < high else 0):
            middle = (low + high) / 2
            inside = _is_inside(_rgb(self.lightness, middle, self.hue))
            low, high = (middle, high) if inside else (low, middle)
        values = _rgb(self.lightness, low, self.hue)
        red, green, blue = (round(255 * min(max(c, 0.0), 1.0)) / 255 for c in values)
        return red, green, blue


def of(rgb: Rgb) -> Colour:
    """Return a colour of sRGB as it is seen."""
    cones = _times(_TO_CONE, tuple(_linear(c) for c in rgb))
    lightness, a, b = _times(_TO_LAB, tuple(c ** (1 / 3) for c in cones))
    return Colour(lightness, hypot(a, b), degrees(atan2(b, a)) % 360)


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, ...]:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    cones = _times(_FROM_LAB, (lightness, a, b))
    return tuple(_encoded(c) for c in _times(_FROM_CONE, tuple(c**3 for c in cones)))


def _is_inside(rgb: tuple[float, ...]) -> bool:
    return all(-0.0005 <= c <= 1.0005 for c in rgb)


def _times(matrix: tuple[tuple[float, ...], ...], vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _encoded(value: float) -> float:
    if value <= 0.0031308:
        return 12.92 * value
    return float(1.055 * value ** (1 / 2.4) - 0.055)
