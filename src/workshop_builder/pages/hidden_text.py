"""Finds words of safety that a style sheet of the e-book or the website could hide.

Both are laid out by their reader, so nothing can be measured here. Instead, only
properties known to be harmless, some with a check of their value, may apply to an
element marked `data-safe` and to its ancestors. Anything else counts as hiding it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache

import cssselect2
import tinycss2
import tinycss2.color4

from workshop_builder.markup.xhtml import Element
from workshop_builder.model.colours.contrast import LEAST_CONTRAST, Rgb, contrast
from workshop_builder.pages import stylesheets

_WHITE: Rgb = (1.0, 1.0, 1.0)
_BLACK: Rgb = (0.0, 0.0, 0.0)
_ALWAYS = re.compile(
    r"(?:padding|border|list-style|page-break|break|text-decoration|counter)(?:-[a-z-]+)?"
    r"|font-(?:weight|style|family|variant[a-z-]*)|text-align|hyphens|-epub-hyphens|orphans|widows"
    r"|box-sizing|float|clear|white-space|vertical-align|quotes|border-radius|color-scheme"
    r"|(?:row-|column-)?gap|(?:align|justify)-(?:items|content)|text-wrap|scroll-behavior"
    r"|text-transform|cursor|min-(?:width|height)|scroll-margin-top|(?:-webkit-)?text-size-adjust|overflow-wrap"
)
_SIZE = re.compile(r"(\d*\.?\d+)(px|pt|em|rem|%)")
_LEAST_TEXT = {"px": 10.0, "pt": 8.0, "em": 0.7, "rem": 0.7, "%": 70.0}
_LEAST_WIDTH = {"px": 100.0, "pt": 75.0, "em": 8.0, "rem": 8.0, "%": 30.0}
_NO_SPACING = frozenset({"normal", *(f"0{unit}" for unit in ("", *_LEAST_TEXT))})
_MOST_SPACING = {"px": 3.0, "pt": 2.0, "em": 0.2, "rem": 0.2}
_MOST_INDENT = {"px": 48.0, "pt": 36.0, "em": 3.0, "rem": 3.0}
_NONE = (
    *("animation", "background-image", "box-shadow", "clip-path", "filter", "mask", "max-height"),
    *("text-shadow", "transform", "transition", "rotate", "scale", "translate"),
)
"""Properties that hide nothing if they are off."""
_DISPLAYS = {
    *("block", "inline", "inline-block", "list-item", "table", "table-row", "table-cell"),
    *("grid", "flex"),
}
_TRACKS = re.compile(
    r"(?:[1-9]fr\s*|(?:[6-9]|[1-9]\d)(?:\.\d+)?rem\s*"
    r"|repeat\(\s*(?:[1-9]|auto-fi(?:ll|t))\s*,\s*"
    r"(?:[1-9]fr|minmax\(\s*min\(100%,\s*(?:[89]|[1-9]\d)rem\)\s*,\s*1fr\))\s*\)\s*)+"
)
"""Columns of a grid none of which can come out too narrow to read."""


def shown_words(root: Element, style: str, hiding: dict[str, str]) -> dict[str, str]:
    """Return the words of each element marked `data-safe` that cannot be hidden, by its key.

    For each other one, the declaration that could hide it is put into `hiding`.
    """
    marked = [element for element in root.iter() if element.get("data-safe")]
    asked = {part for element in marked for part in (element, *element.iterancestors())}
    hidden = {wrapper.etree_element: by for wrapper, by in _hidden(root, style, asked)}
    words: dict[str, str] = {}
    for element in marked:
        key = str(element.get("data-safe"))
        around = [element, *element.iterancestors()]
        by = next((hidden[part] for part in around if part in hidden), "")
        if by:
            hiding[key] = by
        elif not any(_marked_hidden(part) for part in around):
            words[key] = "".join(element.itertext())
    return words


def _marked_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or element.get("aria-hidden") == "true"


def _hidden(
    root: Element, style: str, asked: Container[Element]
) -> Iterator[tuple[cssselect2.ElementWrapper, str]]:
    """Yield those `asked` to which a rule of `style` applies that is not known to be harmless.

    Each comes with the declaration, and the selector of its rule.
    """
    matcher, rules = _rules(style)
    wrapper = cssselect2.ElementWrapper.from_html_root(root)
    for element in wrapper.iter_subtree():
        if element.etree_element not in asked:
            continue
        applying = [number for *_, pseudo, number in matcher.match(element) if pseudo is None]
        if applying:
            selector, declaration = rules[min(applying)]
            yield element, f"'{declaration}' of '{selector}'"


@lru_cache(maxsize=4)
def _rules(style: str) -> tuple[cssselect2.Matcher, tuple[tuple[str, str], ...]]:
    """Return the selector and a declaration of each rule of a style that may hide.

    Before them comes what finds the places of those that apply to an element.
    """
    rules = tuple((by, declared) for by, declared in stylesheets.read_once(style, _may_hide))
    matcher = cssselect2.Matcher()
    for number, (selector, _) in enumerate(rules):
        for compiled in _compiled(selector):
            matcher.add_selector(compiled, number)
    return matcher, rules


def _may_hide(style: str) -> list[tuple[str, str]]:
    sheet = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    return [*_suspicious(sheet, "")]


def _compiled(selector: str) -> list[cssselect2.compiler.CompiledSelector]:
    """Return what tests for a selector; one that cannot be read matches all."""
    try:
        found = cssselect2.compile_selector_list(selector)
    except cssselect2.SelectorError:
        found = cssselect2.compile_selector_list("*")
    return list(found)


def _suspicious(rules: Iterable[object], parent: str) -> Iterator[tuple[str, str]]:
    """Yield each declaration that is not known to be harmless, after its rule's selector."""
    for rule in rules:
        if isinstance(rule, tinycss2.ast.AtRule) and rule.content is not None:
            if rule.lower_at_keyword not in ("font-face", "page"):
                yield from _suspicious(tinycss2.parse_rule_list(rule.content), parent)
        elif isinstance(rule, tinycss2.ast.QualifiedRule):
            selector = _nested(parent, tinycss2.serialize(rule.prelude).strip())
            parts = tinycss2.parse_blocks_contents(rule.content)
            for part in parts:
                if isinstance(part, tinycss2.ast.Declaration) and not _harmless(part):
                    value = " ".join(tinycss2.serialize(part.value).split())
                    yield selector, f"{part.lower_name}: {value}"
            yield from _suspicious(parts, selector)


def _nested(parent: str, selector: str) -> str:
    if not parent:
        return selector
    return selector.replace("&", parent) if "&" in selector else f"{parent} {selector}"


def _harmless(declaration: tinycss2.ast.Declaration) -> bool:
    """Return whether words stay readable with a declaration, in any reader."""
    name = declaration.lower_name
    value = tinycss2.serialize(declaration.value).strip().lower()
    if name.startswith("--") or _ALWAYS.fullmatch(name) or value in ("inherit", "initial"):
        return True
    check = _CHECKS.get(name) or (_no_minus if name.startswith("margin") else None)
    return check is not None and check(value)


def _no_minus(value: str) -> bool:
    return "-" not in value


def _at_least(limits: dict[str, float], words: frozenset[str]) -> Callable[[str], bool]:
    """Return a check for a size that is one of `words`, or at least the limit for its unit."""

    def check(value: str) -> bool:
        size = _SIZE.fullmatch(value)
        return value in words or bool(size and float(size[1]) >= limits[size[2]])

    return check


def _at_most(limits: dict[str, float], words: frozenset[str]) -> Callable[[str], bool]:
    """Return a check for a size that is one of `words`, or at most the limit for its unit."""

    def check(value: str) -> bool:
        size = _SIZE.fullmatch(value)
        return value in words or bool(size and float(size[1]) <= limits.get(size[2], 0))

    return check


def _line_height(value: str) -> bool:
    size = re.fullmatch(r"(\d*\.?\d+)(em|rem|%)?", value)
    return value == "normal" or bool(size and float(size[1]) >= (100 if size[2] == "%" else 1))


def _contrast_to(ground: Rgb) -> Callable[[str], bool]:
    """Return a check for an opaque colour with enough contrast to `ground`."""

    def check(value: str) -> bool:
        color = tinycss2.color4.parse_color(value)
        if color is None or color == "currentcolor" or color.alpha < 1:
            return False
        red, green, blue = color.to("srgb").coordinates
        return contrast((red, green, blue), ground) >= LEAST_CONTRAST

    return check


_CHECKS: dict[str, Callable[[str], bool]] = {
    "font-size": _at_least(_LEAST_TEXT, frozenset({"small", "medium", "large", "larger"})),
    "line-height": _line_height,
    "letter-spacing": _at_most(_MOST_SPACING, _NO_SPACING),
    "word-spacing": _at_most(_MOST_SPACING, _NO_SPACING),
    "text-indent": _at_most(_MOST_INDENT, _NO_SPACING),
    "color": _contrast_to(_WHITE),
    "background": _contrast_to(_BLACK),
    "background-color": _contrast_to(_BLACK),
    "display": _DISPLAYS.__contains__,
    "visibility": {"visible"}.__contains__,
    "opacity": {"1", "100%"}.__contains__,
    "position": {"static", "relative"}.__contains__,
    "height": {"auto"}.__contains__,
    "z-index": {"auto", "0"}.__contains__,
    **dict.fromkeys(_NONE, {"none"}.__contains__),
    "overflow": {"visible"}.__contains__,
    "width": _at_least(_LEAST_WIDTH, frozenset({"auto"})),
    "columns": _at_least(_LEAST_WIDTH, frozenset()),
    "grid-template-columns": lambda value: bool(_TRACKS.fullmatch(value)),
    "max-width": _at_least(_LEAST_WIDTH, frozenset({"none"})),
}
