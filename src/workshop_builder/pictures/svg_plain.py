"""Values of CSS in the older words that the library knows which makes pictures of drawings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import tinycss2
from tinycss2 import color5
from tinycss2.ast import Node

from workshop_builder.markup.xhtml import Element
from workshop_builder.pictures.svg_allowed import SvgError

_COLOURS = frozenset(
    ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color", "background-color")
)
_TRANSFORMS = frozenset(("transform", "gradientTransform", "patternTransform"))
_DEGREES = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_SHIFTED = {
    "translatex": "translate({} 0)",
    "translatey": "translate(0 {})",
    "scalex": "scale({} 1)",
    "scaley": "scale(1 {})",
    "skewx": "skewX({})",
    "skewy": "skewY({})",
}


def make_plain(drawing: Element) -> None:
    """Write every colour and transformation as SVG 1.1 does; raises SvgError where it cannot."""
    for element in drawing.iter():
        line = element.sourceline or 0
        for name, value in element.attrib.items():
            if name in _COLOURS or name in _TRANSFORMS:
                element.set(name, _plain(name, value, line))
        if "style" in element.attrib:
            _spread(element, line)


def _spread(element: Element, line: int) -> None:
    """Write the declarations of a style as attributes where those mean the same."""
    left = []
    for node in tinycss2.parse_blocks_contents(element.get("style")):
        if node.type != "declaration":
            continue
        name, value = node.lower_name, tinycss2.serialize(node.value).strip()
        if name in _COLOURS or name in _TRANSFORMS:
            value = _plain(name, value, line)
        if name in ("transform", "transform-origin"):
            element.set(name, value)
        else:
            left.append(f"{name}:{value}")
    element.set("style", ";".join(left))


def _plain(name: str, value: str, line: int) -> str:
    tokens = tinycss2.parse_component_value_list(value)
    if name in _COLOURS:
        return "".join(_colour(token) for token in tokens)
    return " ".join(_steps(tokens, line)) if value.strip().lower() != "none" else ""


def _colour(token: Node) -> str:
    """Return a colour as `#rrggbb` or `rgba()`; anything else as it is."""
    text: str = tinycss2.serialize([token])
    colour = color5.parse_color(text) if token.type in ("ident", "hash", "function") else None
    if colour is None or colour == "currentcolor":
        return text
    red, green, blue = (
        round(255 * min(1.0, max(0.0, part))) for part in colour.to("srgb").coordinates
    )
    if colour.alpha < 1:
        return f"rgba({red},{green},{blue},{colour.alpha:.4g})"
    return f"#{red:02x}{green:02x}{blue:02x}"


def _steps(tokens: Sequence[Node], line: int) -> Iterator[str]:
    """Yield the steps of a transformation, in degrees and pixels."""
    for token in tokens:
        if token.type == "function":
            numbers = [_number(part, line) for part in token.arguments if _is_number(part)]
            joined = " ".join(f"{number:.9g}" for number in numbers)
            pattern = _SHIFTED.get(token.lower_name, token.lower_name + "({})")
            yield pattern.format(joined)
        elif token.type not in ("whitespace", "comment", "literal"):
            yield tinycss2.serialize([token])


def _is_number(token: Node) -> bool:
    return token.type in ("number", "dimension", "percentage")


def _number(token: Node, line: int) -> float:
    unit = token.lower_unit if token.type == "dimension" else ""
    factor = {**_DEGREES, **_PIXELS, "": 1.0}.get(unit)
    if token.type == "percentage" or factor is None:
        raise SvgError(
            "moves a shape by a share of its size, which few readers draw; "
            "move it by a number, or export the drawing as PNG",
            line,
        )
    return float(token.value) * factor
