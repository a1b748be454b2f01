"""Values of newer CSS, written as every printer and e-reader knows them.

A variable becomes what stands for it, and a colour of any space one of sRGB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tinycss2 import color5, parse_component_value_list
from tinycss2.ast import Node

_PROFILED = ("icc-color", "device-cmyk")
"""What SVG 1.1 lets follow a colour, for presses."""
_DEEPEST = 10
"""Values that stand in for values; drawing programs write one or two."""
_SPACES = frozenset(("oklch", "oklab", "lch", "lab", "hwb", "color"))

_D50_TO_D65 = (
    (0.9554734, -0.0230985, 0.0632593),
    (-0.0283697, 1.0099955, 0.0210414),
    (0.0123140, -0.0205077, 1.3303660),
)
_XYZ_TO_SRGB = (
    (3.2409699, -1.5373832, -0.4986108),
    (-0.9692436, 1.8759675, 0.0415551),
    (0.0556301, -0.2039770, 1.0569715),
)
_P3_TO_SRGB = (
    (1.2249402, -0.2249402, 0.0),
    (-0.0420570, 1.0420570, 0.0),
    (-0.0196376, -0.0786361, 1.0982736),
)
"""The matrices of CSS Color 4, section 17."""


def plain_values(tokens: Sequence[Node]) -> list[Node]:
    """Return a value with its variables and colours in plain form; what is unknown stays."""
    return list(_plain(tokens, 0))


def variable_set(data: bytes) -> str:
    """Return a variable that a drawing both sets and uses; empty where there is none.

    Of others, what stands for them is what is drawn.
    """
    both = set(re.findall(rb"(--[\w-]+)\s*:", data)) & set(re.findall(rb"var\(\s*(--[\w-]+)", data))
    return min(both).decode("ascii", "replace") if both else ""


def _plain(tokens: Sequence[Node], depth: int) -> Iterator[Node]:
    colours = 0
    for token in tokens:
        name = token.lower_name if token.type == "function" else ""
        if depth > _DEEPEST:
            yield token
        elif name == "var" and (fallback := _fallback(token.arguments)):
            yield from _plain(fallback, depth + 1)
        elif name == "light-dark":
            yield from _plain(_first(token.arguments), depth + 1)
        elif name in _SPACES and (colour := _in_srgb(token)):
            yield from colour
        elif name not in _PROFILED or not colours:
            yield token
        colours += token.type in ("hash", "ident", "function")


def _fallback(arguments: Sequence[Node]) -> Sequence[Node]:
    """Return what a `var()` says after its first comma."""
    commas = [n for n, each in enumerate(arguments) if each == ","]
    return arguments[commas[0] + 1 :] if commas else ()


def _first(arguments: Sequence[Node]) -> Sequence[Node]:
    """Return what stands before the first comma."""
    commas = [n for n, each in enumerate(arguments) if each == ","]
    return arguments[: commas[0]] if commas else arguments


def _in_srgb(token: Node) -> Sequence[Node]:
    """Return a colour of any space as sRGB, cut to what that can show; nothing for no colour."""
    colour = color5.parse_color(token)
    if not hasattr(colour, "space"):
        return ()
    if not (parts := _srgb_parts(colour)):
        return ()
    red, green, blue = (round(255 * min(1.0, max(0.0, part))) for part in parts)
    text = f"rgb({red},{green},{blue})"
    if colour.alpha < 1:
        text = f"rgba({red},{green},{blue},{colour.alpha:.4g})"
    return list(parse_component_value_list(text))


def _srgb_parts(colour: Any) -> tuple[float, ...]:  # noqa: ANN401  tinycss2 is not typed
    """Return red, green and blue from 0 to 1, or beyond what sRGB can show."""
    if colour.space in ("srgb", "hwb"):
        return tuple(part or 0 for part in colour.to("srgb").coordinates)
    if colour.space in ("srgb-linear", "display-p3"):
        parts = tuple(part or 0 for part in colour.coordinates)
        if colour.space == "srgb-linear":
            return tuple(map(_encoded, parts))
        return tuple(map(_encoded, _times(_P3_TO_SRGB, tuple(map(_decoded, parts)))))
    if colour.space in ("lab", "lch"):
        xyz = _times(_D50_TO_D65, colour.to("xyz-d50").coordinates)
    elif colour.space in ("oklab", "oklch"):
        xyz = colour.to("xyz-d65").coordinates
    else:
        return ()
    return tuple(map(_encoded, _times(_XYZ_TO_SRGB, xyz)))


def _times(matrix: Sequence[Sequence[float]], parts: Sequence[float]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, parts, strict=True)) for row in matrix)


def _encoded(light: float) -> float:
    """Return a part of sRGB from the light that it stands for (IEC 61966-2-1)."""
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _decoded(part: float) -> float:
    """Return the light that a part of sRGB stands for."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
