"""Whether a style sheet of the e-book would hide words that must be shown.

An e-book is laid out by its reader, so nothing can be measured here: each rule
that hides is held against the marked elements and all that they stand in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import cssselect2
import tinycss2
from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml has no public name for it

_HIDING = {
    "display": {"none"},
    "visibility": {"hidden", "collapse"},
    "opacity": {"0", "0.0", "0%"},
    "font-size": {"0", "0px", "0em", "0%"},
    "height": {"0", "0px"},
    "max-height": {"0", "0px"},
    "width": {"0", "0px"},
    "color": {"transparent"},
    "content-visibility": {"hidden"},
}


def shown_words(root: Element, style: str) -> dict[str, str]:
    """Return the words of each element marked `data-safe` that nothing hides, by their key."""
    hidden = {wrapper.etree_element for wrapper in _hidden(root, style)}
    words: dict[str, str] = {}
    for element in root.iter():
        key = element.get("data-safe")
        around = [element, *element.iterancestors()]
        if key and not any(part in hidden or _marked_hidden(part) for part in around):
            words[key] = "".join(element.itertext())
    return words


def _marked_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or element.get("aria-hidden") == "true"


def _hidden(root: Element, style: str) -> Iterator[cssselect2.ElementWrapper]:
    """Yield the elements of a document that a rule of `style` hides."""
    selectors = list(_hiding_selectors(style))
    wrapper = cssselect2.ElementWrapper.from_html_root(root)
    for element in wrapper.iter_subtree():
        if any(element.matches(selector) for selector in selectors):
            yield element


def _hiding_selectors(style: str) -> Iterator[str]:
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    yield from _selectors(rules)


def _selectors(rules: Iterable[object]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, tinycss2.ast.AtRule) and rule.content is not None:
            if rule.lower_at_keyword in ("media", "supports"):
                yield from _selectors(tinycss2.parse_rule_list(rule.content))
        elif isinstance(rule, tinycss2.ast.QualifiedRule) and _hides(rule):
            yield tinycss2.serialize(rule.prelude).strip()


def _hides(rule: tinycss2.ast.QualifiedRule) -> bool:
    declarations = tinycss2.parse_blocks_contents(rule.content)
    return any(
        isinstance(item, tinycss2.ast.Declaration)
        and tinycss2.serialize(item.value).strip().lower() in _HIDING.get(item.lower_name, ())
        for item in declarations
    )
