"""What an SVG drawing may hold: elements, attributes, properties and values.

By the rules `CURVES`, what WeasyPrint, browsers and e-readers all draw is kept; by `PIXELS`, what
the library draws that makes a picture of the rest. What only acts (scripts, animations) or only
describes (metadata) is dropped. Anything else that shows is refused, since without it the picture
would not be the one that was drawn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import tinycss2
from tinycss2.ast import Node

from workshop_builder.pictures.pixels.raster import PictureError
from workshop_builder.pictures.svg_paint import plain_values


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KEPT = _words(
    "svg g defs symbol use title desc style path rect circle ellipse line polyline polygon text"
    " tspan textPath image linearGradient radialGradient stop clipPath marker pattern"
)
"""Elements that stay; `a` and `switch` become groups."""

_DROPPED = _words(
    "script metadata animate animateColor animateMotion animateTransform set mpath discard handler"
    " listener cursor view font font-face glyph missing-glyph hkern vkern altGlyphDef color-profile"
)
"""Elements that go with all they hold."""

_EFFECTS = _words(
    "filter mask feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix"
    " feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB"
    " feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset"
    " fePointLight feSpecularLighting feSpotLight feTile feTurbulence"
)
"""Elements of filters and masks; as curves they go, and using one is refused."""

LOST = {
    "foreignObject": "text laid out as a web page (foreignObject)",
    "flowRoot": "flowed text (flowRoot)",
    "tref": "copied text (tref)",
    "meshgradient": "a mesh gradient",
    "mesh": "a mesh gradient",
    "hatch": "hatching (hatch)",
}
"""Elements that drawing programs write and few readers draw, in words; they are refused."""

_PROPERTIES = _words(
    "background-color clip-path clip-rule color direction display dominant-baseline"
    " alignment-baseline baseline-shift fill fill-opacity fill-rule font-family font-size"
    " font-stretch font-style font-variant font-weight letter-spacing marker marker-end"
    " marker-mid marker-start opacity overflow paint-order shape-rendering stop-color"
    " stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin"
    " stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering"
    " transform transform-origin unicode-bidi vector-effect visibility white-space word-spacing"
)
"""Properties of style sheets and style attributes; they may be attributes too."""

WORDS = _words("id class lang role aria-label aria-labelledby aria-describedby")
"""Attributes that hold words or ids, in which any character is harmless."""

_ATTRIBUTES = (
    _PROPERTIES
    | WORDS
    | _words(
        "aria-hidden x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy fr width height d points pathLength"
        " offset rotate viewBox preserveAspectRatio gradientUnits gradientTransform clipPathUnits"
        " patternUnits patternContentUnits patternTransform markerUnits markerWidth markerHeight"
        " orient refX refY textLength lengthAdjust startOffset"
    )
)
"""Attributes that stay; `style` and `href` have rules of their own."""

_EFFECT_PROPERTIES = _words(
    "color-interpolation color-interpolation-filters enable-background filter flood-color"
    " flood-opacity font font-kerning glyph-orientation-vertical image-rendering isolation"
    " lighting-color mask mask-type mix-blend-mode writing-mode"
)
_EFFECT_ATTRIBUTES = _words(
    "amplitude azimuth baseFrequency bias clip diffuseConstant divisor edgeMode elevation"
    " exponent filterUnits in in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength"
    " limitingConeAngle maskContentUnits maskUnits method mode numOctaves operator order pointsAtX"
    " pointsAtY pointsAtZ preserveAlpha primitiveUnits radius"
    " result scale seed slope specularConstant specularExponent spreadMethod stdDeviation"
    " stitchTiles surfaceScale side spacing tableValues targetX targetY type values"
    " xChannelSelector yChannelSelector z"
)

_LOST_PROPERTIES = {
    "filter": "a filter (blur, shadow or the like)",
    "mask": "a mask",
    "mask-image": "a mask",
    "mix-blend-mode": "a blend mode",
    "spreadMethod": "a gradient that repeats",
    "transform-box": "a turn about the middle of a shape (transform-box)",
}
"""Attributes and properties that printers and e-readers ignore, or take minutes over."""
_LOST_ALWAYS = {
    "transform-box": "a turn about the middle of a shape (transform-box)",
    "offset-path": "a shape moved along a path (offset-path)",
    "backdrop-filter": "a filter of what lies behind (backdrop-filter)",
    "mask-image": "a mask from a style (mask-image)",
}
_LOST_IN_STYLES = {
    "d": "an outline from a style (d)",
    "translate": "a move from a style (translate)",
    "rotate": "a turn from a style (rotate)",
    "scale": "a size from a style (scale)",
}
"""What nothing here draws, in words; as attributes, some of the names mean something else."""

LONGEST_VALUE = 5000
"""Characters of a value with functions in it; a list of transformations is far shorter."""

_NOTHING = {"", "none", "normal", "auto", "pad", "inherit", "initial", "view-box"}
_FUNCTIONS = _words(
    "rgb rgba hsl hsla matrix translate translatex translatey scale scalex scaley rotate skewx"
    " skewy"
)
_FILTERS = _words(
    "blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia"
)
_TRANSFORMS = _words("transform gradientTransform patternTransform")
_GAP = re.compile(r"\s+\(")
"""What an attribute may have between the name of a step and its numbers, and a style may not."""
_SPELLING = {
    name.lower(): name for name in _ATTRIBUTES | _EFFECT_ATTRIBUTES | _LOST_PROPERTIES.keys()
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What one way of drawing can draw."""

    elements: frozenset[str]
    """Elements that stay."""
    dropped: frozenset[str]
    """Elements that go with all they hold."""
    properties: frozenset[str]
    """Properties of style attributes that stay; they may be attributes too."""
    attributes: frozenset[str]
    """Attributes that stay; `style` and `href` have rules of their own."""
    lost: Mapping[str, str]
    """Attributes and properties that are refused, in words."""
    lost_in_styles: Mapping[str, str]
    """Properties that are refused in styles."""
    functions: frozenset[str]
    """Functions that a value may have."""


CURVES = Rules(
    _KEPT,
    _DROPPED | _EFFECTS,
    _PROPERTIES,
    _ATTRIBUTES,
    _LOST_PROPERTIES,
    _LOST_IN_STYLES,
    _FUNCTIONS,
)
"""What WeasyPrint, browsers and e-readers draw alike."""

PIXELS = Rules(
    _KEPT | _EFFECTS,
    _DROPPED,
    _PROPERTIES | _EFFECT_PROPERTIES,
    _ATTRIBUTES | _EFFECT_PROPERTIES | _EFFECT_ATTRIBUTES,
    _LOST_ALWAYS,
    _LOST_IN_STYLES,
    _FUNCTIONS | _FILTERS,
)
"""What `svg_draw` makes a picture of."""


class SvgError(PictureError):
    """When a drawing cannot be used: what is wrong; what to do. `line` says where."""


def attribute(name: str, value: str, line: int, rules: Rules) -> str | None:
    """Return the value that the attribute may keep; None where the attribute must go.

    Raises SvgError for one that is misspelt or cannot be shown; `line` is where it stands.
    """
    _refuse_misspelt(name, line)
    _refuse_lost(name, value, line, rules.lost)
    if name == "style":
        return declarations(value, line, rules) or None
    if name not in rules.attributes:
        return None
    if name in WORDS or not set("(\\<@") & set(value):
        return value
    value = _GAP.sub("(", value) if name in _TRANSFORMS else value
    tokens = tinycss2.parse_component_value_list(value[: LONGEST_VALUE + 1])
    return _value_of(name, tokens, line, rules)


def declarations(style: str, line: int, rules: Rules) -> str:
    """Return the declarations of a style attribute that may stay, as CSS."""
    kept = []
    for node in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            continue
        name = node.lower_name
        value = _value_of(name, node.value, line, rules)
        _refuse_lost(name, value, line, {**rules.lost, **rules.lost_in_styles})
        if name in rules.properties and value:
            kept.append(f"{name}:{value}{'!important' if node.important else ''}")
    return ";".join(kept)


def _value_of(name: str, tokens: Sequence[Node], line: int, rules: Rules) -> str | None:
    """Return the value of a property as text; None for one that must go.

    Raises SvgError for a function that few readers know: without it, the drawing is another.
    """
    plain = plain_values(tokens[:LONGEST_VALUE])
    names = (token.lower_name for token in plain if token.type == "function")
    unknown = (name for name in names if name not in rules.functions and name != "url")
    if name in rules.properties and (function := next(unknown, "")):
        raise SvgError(
            f"'{name}' is given by {function}(…), which printers and e-readers do not know; "
            "write a plain value, like #b0343a, or export the drawing as PNG",
            line,
        )
    return _value(plain, rules)


def _value(tokens: Sequence[Node], rules: Rules) -> str | None:
    """Return a value as text; None for one that could refer to something outside the drawing."""
    if not all(_is_plain(token) or _is_call(token, rules) for token in tokens):
        return None
    text: str = tinycss2.serialize(_trimmed(tokens))
    return text if "<" not in text and len(text) <= LONGEST_VALUE else None


def _trimmed(tokens: Sequence[Node]) -> Sequence[Node]:
    """Return tokens without white space at both ends; in the text it could be part of an escape."""
    kept = [number for number, token in enumerate(tokens) if token.type != "whitespace"]
    return tokens[kept[0] : kept[-1] + 1] if kept else []


def _is_plain(token: Node) -> bool:
    """Return whether the token is a word, number, colour, string or sign, or `url(#…)`."""
    if token.type == "url":
        return bool(token.value.startswith("#"))
    return token.type in {
        "comment",
        "dimension",
        "hash",
        "ident",
        "literal",
        "number",
        "percentage",
        "string",
        "whitespace",
    }


def _is_call(token: Node, rules: Rules) -> bool:
    """Return whether the token is a function that only computes, or `url("#…")`."""
    if token.type != "function":
        return False
    if token.lower_name == "url":
        return [part.type for part in token.arguments] == ["string"] and bool(
            token.arguments[0].value.startswith("#")
        )
    return token.lower_name in rules.functions and all(
        _is_plain(part) or _is_colour(part) for part in token.arguments
    )


def _is_colour(token: Node) -> bool:
    """Return whether the token is a colour by numbers, which a shadow may have."""
    known = token.type == "function" and token.lower_name in ("rgb", "rgba", "hsl", "hsla")
    return known and all(map(_is_plain, token.arguments))


def _refuse_misspelt(name: str, line: int) -> None:
    """Raise SvgError for wrong capitals, as in `viewbox`, which drawing programs do not read."""
    right = _SPELLING.get(name.lower(), name)
    if right != name:
        raise SvgError(f"unknown attribute '{name}'; write '{right}'", line)


def _refuse_lost(name: str, value: str | None, line: int, lost: Mapping[str, str]) -> None:
    """Raise SvgError for what printers and e-readers cannot show; None stands for any value."""
    if name in lost and (value is None or value.strip().lower() not in _NOTHING):
        raise SvgError(
            f"uses {lost[name]}, which printers and e-readers cannot show; "
            "take it out, or export the drawing as PNG",
            line,
        )
