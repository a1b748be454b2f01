"""The style sheets of a drawing, laid onto its elements as CSS says: the rule that wins is written.

Readers differ in the selectors that they know and in the order of rules. Without a sheet there is
nothing to differ in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import cssselect2
import tinycss2
from lxml import etree
from tinycss2.ast import Node

from workshop_builder.markup.xhtml import Element
from workshop_builder.pictures.svg_allowed import SvgError

LONGEST_CHAIN = 4
"""Names in a selector: of a longer chain, every ancestor of every ancestor would be looked at."""
MOST_SIBLINGS = 3000
"""Elements of a drawing whose selectors may count or follow siblings."""
DEEPEST_VALUE = 10
"""Brackets in brackets; a value with more is none."""

_SVG = ("http://www.w3.org/2000/svg", None)
_GEOMETRY = ("cx", "cy", "height", "r", "rx", "ry", "width", "x", "y")
"""Properties that are attributes to all readers, and in a style to some."""
_WITHOUT_RULES = {
    *("charset", "counter-style", "font-face", "font-feature-values", "import", "keyframes"),
    *("-webkit-keyframes", "-moz-keyframes", "-ms-viewport", "namespace", "page", "property"),
}
"""At-rules that change nothing about a drawing that stands still and fetches nothing."""
_NOT_ON_PAPER = ("screen", "speech", "prefers", "forced-colors", "hover", "pointer", "dynamic")

_Rule: TypeAlias = tuple[Sequence[cssselect2.compiler.CompiledSelector], Sequence[Node]]
"""The selectors of a rule, and its declarations."""


def apply_styles(drawing: Element) -> None:
    """Write what style sheets say into the style attributes, and take the sheets out.

    Raises SvgError, with the line, for a rule that may mean more than is understood.
    """
    size = sum(1 for _ in drawing.iter())
    sheets = [each for each in drawing.iter("{*}style") if etree.QName(each).namespace in _SVG]
    matcher = cssselect2.Matcher()
    for sheet in sheets:
        for selectors, declarations in _rules(sheet, size):
            for selector in selectors:
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, declarations)
        _take_out(sheet)
    for wrapper in cssselect2.ElementWrapper.from_xml_root(drawing).iter_subtree():
        matching = [found[-1] for found in matcher.match(wrapper)] if sheets else []
        element = wrapper.etree_element
        if matching or "style" in element.attrib:
            _restyle(element, matching)


def _take_out(sheet: Element) -> None:
    parent = sheet.getparent()
    if parent is not None:
        parent.remove(sheet)


def _restyle(element: Element, matching: Sequence[Sequence[Node]]) -> None:
    """Write the winning declarations into the style attribute, and those of size as attributes."""
    own = _declarations(element.get("style", ""))
    ranked = [each for important in (False, True) for each in _ranked(matching, own, important)]
    winning: dict[str, str] = {}
    for declaration in ranked:
        name = declaration.lower_name
        name = "background-color" if name == "background" else name
        winning.pop(name, None)
        winning[name] = tinycss2.serialize(declaration.value).strip()
    inner = element.getparent() is not None
    sizes = [name for name in _GEOMETRY if inner and winning.get(name, "auto") != "auto"]
    for name in sizes:
        element.set(name, winning.pop(name))
    if matching or sizes or "background-color" in winning:
        element.set("style", ";".join(f"{name}:{value}" for name, value in winning.items()))


def _ranked(
    matching: Sequence[Sequence[Node]],
    own: Sequence[Node],
    important: bool,  # noqa: FBT001  the two halves of the cascade
) -> Iterator[Node]:
    for declarations in (*matching, own):
        yield from (each for each in declarations if each.important == important)


def _declarations(text: str | Sequence[Node]) -> list[Node]:
    """Return the declarations of a rule or a style attribute that can be read."""
    nodes = tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)
    return [each for each in nodes if each.type == "declaration" and not _is_deep(each.value)]


def _is_deep(tokens: Sequence[Node]) -> bool:
    """Return whether brackets stand in brackets more often than any value needs."""
    level = list(tokens)
    for _ in range(DEEPEST_VALUE):
        level = [part for token in level for part in _inside(token)]
    return bool(level)


def _inside(token: Node) -> Sequence[Node]:
    return getattr(token, "arguments", None) or getattr(token, "content", None) or ()


def _rules(sheet: Element, size: int) -> Iterator[_Rule]:
    """Yield the rules of a style element that count on paper."""
    if sheet.get("type", "").strip().lower() not in ("", "text/css"):
        return
    media = tinycss2.parse_component_value_list(sheet.get("media", "all"))
    line = sheet.sourceline or 0
    if _is_for_print(media, line):
        text = "".join(sheet.itertext())
        nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        yield from _read(nodes, line, size)


def _read(nodes: Sequence[Node], line: int, size: int) -> Iterator[_Rule]:
    """Yield the rules among `nodes` of a style element that begins at `line`."""
    for node in nodes:
        at = line + node.source_line - 1
        if node.type == "qualified-rule":
            yield _selectors(node.prelude, at, size), _declarations(node.content)
        elif node.type == "at-rule" and node.lower_at_keyword == "media":
            if _is_for_print(node.prelude, at):
                inside = tinycss2.parse_rule_list(node.content or (), True, True)  # noqa: FBT003
                yield from _read(inside, line, size)
        elif node.type == "at-rule" and node.lower_at_keyword not in _WITHOUT_RULES:
            raise SvgError(
                f"has style rules in '@{node.at_keyword}', which are not read; "
                "write them without it, or export the drawing as PNG",
                at,
            )


def _selectors(
    prelude: Sequence[Node], line: int, size: int
) -> Sequence[cssselect2.compiler.CompiledSelector]:
    """Return the selectors of a rule; raises SvgError for one that is not known."""
    text = "" if _is_deep(prelude) else " ".join(tinycss2.serialize(prelude).split())
    chains = [each.replace(">", " ").split() for each in text.split(",")]
    slow = size > MOST_SIBLINGS and any(sign in text for sign in ("~", "+", "("))
    try:
        if text and not slow and max(map(len, chains)) <= LONGEST_CHAIN:
            return list(cssselect2.compile_selector_list(prelude))
    except cssselect2.SelectorError:
        pass
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    raise SvgError(
        f"has a style rule for '{shown}', which cannot be followed; "
        "give these shapes a class, or export the drawing as PNG",
        line,
    )


def _is_for_print(media: Sequence[Node], line: int) -> bool:
    """Return whether a list of media holds on paper; raises SvgError for a size that decides it."""
    text = "" if _is_deep(media) else tinycss2.serialize(media).lower()
    queries = [" ".join(each.split()).removeprefix("only ") for each in text.split(",")]
    if any(each in ("", "print", "all") for each in queries):
        return True
    if all(any(word in each for word in _NOT_ON_PAPER) for each in queries):
        return False
    raise SvgError(
        f"has style rules for '{text.strip()[:60]}', which paper does not answer; "
        "write them for all, or export the drawing as PNG",
        line,
    )
