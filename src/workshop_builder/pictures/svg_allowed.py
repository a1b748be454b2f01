"""What an SVG drawing may hold: elements, attributes, properties and values.

What WeasyPrint, browsers and e-readers all draw is kept. What only acts (scripts,
animations) or only describes (metadata) is dropped, since the picture looks the same
without it. Anything else that shows is refused, since without it the picture would
not be the one that was drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import tinycss2
from tinycss2.ast import Node

from workshop_builder.pictures.raster import PictureError
from workshop_builder.pictures.svg_paint import plain_values


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KEPT = _words(
    "svg g defs symbol use title desc style path rect circle ellipse line polyline polygon text"
    " tspan textPath image linearGradient radialGradient stop clipPath marker pattern"
)
"""Elements that stay; `a` and `switch` become groups."""

DROPPED = _words(
    "script metadata animate animateColor animateMotion animateTransform set mpath discard handler"
    " listener cursor view font font-face glyph missing-glyph hkern vkern altGlyphDef color-profile"
    " filter mask"
)
"""Elements that go with all they hold. Filters and masks are among them: using one is refused."""

LOST = {
    "foreignObject": "text laid out as a web page (foreignObject)",
    "flowRoot": "flowed text (flowRoot)",
    "tref": "copied text (tref)",
    "meshgradient": "a mesh gradient",
    "mesh": "a mesh gradient",
    "hatch": "hatching (hatch)",
}
"""Elements that drawing programs write and few readers draw, in words; they are refused."""

PROPERTIES = _words(
    "clip-path clip-rule color direction display dominant-baseline alignment-baseline"
    " baseline-shift fill fill-opacity fill-rule font-family font-size font-stretch font-style"
    " font-variant font-weight letter-spacing marker marker-end marker-mid marker-start opacity"
    " overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray"
    " stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity"
    " stroke-width text-anchor text-decoration text-rendering transform transform-origin"
    " unicode-bidi vector-effect visibility white-space word-spacing"
)
"""Properties of style sheets and style attributes; they may be attributes too."""

WORDS = _words("id class lang role aria-label aria-labelledby aria-describedby")
"""Attributes that hold words or ids, in which any character is harmless."""

ATTRIBUTES = (
    PROPERTIES
    | WORDS
    | _words(
        "aria-hidden x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy fr width height d points pathLength"
        " offset rotate viewBox preserveAspectRatio gradientUnits gradientTransform clipPathUnits"
        " patternUnits patternContentUnits patternTransform markerUnits markerWidth markerHeight"
        " orient refX refY textLength lengthAdjust startOffset"
    )
)
"""Attributes that stay; `style` and `href` have rules of their own."""

LOST_PROPERTIES = {
    "filter": "a filter (blur, shadow or the like)",
    "mask": "a mask",
    "mask-image": "a mask",
    "mix-blend-mode": "a blend mode",
    "spreadMethod": "a gradient that repeats",
    "transform-box": "a turn about the middle of a shape (transform-box)",
}
"""Attributes and properties that printers and e-readers ignore, or take minutes over."""

LONGEST_VALUE = 5000
"""Characters of a value with functions in it; a list of transformations is far shorter."""

_NOTHING = {"", "none", "normal", "auto", "pad", "inherit", "initial", "view-box"}
_FUNCTIONS = _words(
    "rgb rgba hsl hsla matrix translate translatex translatey scale scalex scaley rotate skewx"
    " skewy"
)
_SPELLING = {name.lower(): name for name in ATTRIBUTES | LOST_PROPERTIES.keys()}
_IDENT = r"-?[^\W\d][\w-]*"
_COMPOUND = rf"(?:(?:{_IDENT}|\*)(?:[.#]{_IDENT})*|(?:[.#]{_IDENT})+)"
# Longer chains of selectors make an engine look at every ancestor of every ancestor.
_SELECTOR = re.compile(rf"{_COMPOUND}(?: ?[ >] ?{_COMPOUND}){{0,2}}")


class SvgError(PictureError):
    """When a drawing cannot be used: what is wrong; what to do. `line` says where."""


def attribute(name: str, value: str, line: int) -> str | None:
    """Return the value that the attribute may keep; None where the attribute must go.

    Raises SvgError for one that is misspelt or cannot be shown; `line` is where it stands.
    """
    _refuse_misspelt(name, line)
    _refuse_lost(name, value, line)
    if name == "style":
        return declarations(value, line) or None
    if name not in ATTRIBUTES:
        return None
    if name in WORDS or not set("(\\<@") & set(value):
        return value
    tokens = tinycss2.parse_component_value_list(value[: LONGEST_VALUE + 1])
    return _value_of(name, tokens, line)


def declarations(style: str | Sequence[Node], line: int) -> str:
    """Return the declarations of a style attribute, or of a rule, that may stay, as CSS."""
    kept = []
    for node in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            continue
        name = node.lower_name
        value = _value_of(name, node.value, line)
        _refuse_lost(name, value, line)
        if name in PROPERTIES and value:
            kept.append(f"{name}:{value}{'!important' if node.important else ''}")
    return ";".join(kept)


def style_sheet(text: str, line: int) -> str:
    """Return the rules of a style sheet that may stay, as CSS; of at-rules, those for print."""
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return "\n".join(_rules(rules, line))


def _rules(rules: Iterable[Node], line: int) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule" and (selector := _selector(rule.prelude)):
            body = declarations(rule.content, line + rule.source_line - 1)
            if body:
                yield f"{selector}{{{body}}}"
        elif rule.type == "at-rule" and rule.content and _is_for_print(rule):
            inside = tinycss2.parse_rule_list(rule.content, True, True)  # noqa: FBT003
            yield from _rules((each for each in inside if each.type == "qualified-rule"), line)


def _is_for_print(rule: Node) -> bool:
    """Return whether a rule is `@media print` or `all`; of conditions, none holds on paper."""
    if rule.lower_at_keyword != "media" or not all(map(_is_plain, rule.prelude)):
        return False
    media = tinycss2.serialize(rule.prelude).lower().split(",")
    return any(" ".join(each.split()).removeprefix("only ") in ("print", "all") for each in media)


def _selector(tokens: Sequence[Node]) -> str | None:
    """Return the selector of a rule; None for one that engines do not know or are slow at."""
    # Brackets are not plain; writing out a million of them would overrun the stack.
    text = tinycss2.serialize(tokens) if all(map(_is_plain, tokens)) else ""
    selectors = [" ".join(each.split()) for each in text.split(",")]
    return ",".join(selectors) if all(map(_SELECTOR.fullmatch, selectors)) else None


def _value_of(name: str, tokens: Sequence[Node], line: int) -> str | None:
    """Return the value of a property as text; None for one that must go.

    Raises SvgError for a function that few readers know: without it, the drawing is another.
    """
    plain = plain_values(tokens[:LONGEST_VALUE])
    names = (token.lower_name for token in plain if token.type == "function")
    unknown = (name for name in names if name not in _FUNCTIONS and name != "url")
    if name in PROPERTIES and (function := next(unknown, "")):
        raise SvgError(
            f"'{name}' is given by {function}(…), which printers and e-readers do not know; "
            "write a plain value, like #b0343a, or export the drawing as PNG",
            line,
        )
    return _value(plain)


def _value(tokens: Sequence[Node]) -> str | None:
    """Return a value as text; None for one that could refer to something outside the drawing."""
    if not all(_is_plain(token) or _is_call(token) for token in tokens):
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


def _is_call(token: Node) -> bool:
    """Return whether the token is a function that only computes, or `url("#…")`."""
    if token.type != "function":
        return False
    if token.lower_name == "url":
        return [part.type for part in token.arguments] == ["string"] and bool(
            token.arguments[0].value.startswith("#")
        )
    return token.lower_name in _FUNCTIONS and all(map(_is_plain, token.arguments))


def _refuse_misspelt(name: str, line: int) -> None:
    """Raise SvgError for wrong capitals, as in `viewbox`, which drawing programs do not read."""
    right = _SPELLING.get(name.lower(), name)
    if right != name:
        raise SvgError(f"unknown attribute '{name}'; write '{right}'", line)


def _refuse_lost(name: str, value: str | None, line: int) -> None:
    """Raise SvgError for what printers and e-readers cannot show; None stands for any value."""
    if name in LOST_PROPERTIES and (value is None or value.strip().lower() not in _NOTHING):
        raise SvgError(
            f"uses {LOST_PROPERTIES[name]}, which printers and e-readers cannot show; "
            "take it out, or export the drawing as PNG",
            line,
        )
