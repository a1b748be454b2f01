"""From what the layout of each run of a document follows, in words that a store can keep it by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import tinycss2
from cssselect2 import compiler, parser

from workshop_builder.pages import stylesheets
from workshop_builder.pages.used_files import in_style
from workshop_builder.pdf.chapters.whole import Whole, linked
from workshop_builder.pdf.served_files import Resource
from workshop_builder.source.addresses import path_at

_LOOKING = (":has(", ":empty")
"""What lets a selector depend on what is in an element, and so in another part."""
_SHOWING = ("src", "poster", "data", "srcset", "background")


def keys(
    whole: Whole, styles: Sequence[str], files: Mapping[str, Resource]
) -> list[tuple[str, ...]]:
    """Return the key of each run: its text, the files that it shows, and what is around it.

    Selectors see around it the frame and the parts, of which the attributes and places count, and
    by `:has()` what is in them: whether it finds something there is tried out.
    """
    around = _digest(_frame(whole, styles))
    names = whole.names
    return [(around, *_content(run, files, names)) for run in whole.runs]


def _digest(texts: Iterator[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _frame(whole: Whole, styles: Sequence[str]) -> Iterator[str]:
    tests = [*_looking(styles)]
    for wrapper in whole.chosen(()):
        element = wrapper.etree_element
        yield f"{element.tag}{sorted(element.attrib.items())}"
        if element not in whole.parts:
            yield element.text or ""
        yield "".join(str(int(bool(test(wrapper)))) for test in tests)


def _content(run: Sequence[Any], files: Mapping[str, Resource], names: set[str]) -> Iterator[str]:
    for part in run:
        yield ElementTree.tostring(part, encoding="unicode")
    yield repr(sorted(linked(run) & names))
    addresses = {address for part in run for address in _addresses(part)}
    for path in sorted(filter(None, {path_at(address, files) for address in addresses})):
        yield path
        yield hashlib.sha256(files[path].data).hexdigest()


def _addresses(part: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the addresses of the files that a part shows."""
    for element in part.iter():
        yield from (element.get(name) for name in _SHOWING if element.get(name))
        if element.tag.rpartition("}")[2] in ("image", "use"):
            yield from (value for name, value in element.items() if name.endswith("href"))
        if "(" in element.get("style", ""):
            yield from in_style(element.get("style"), declarations=True)


def _looking(styles: Sequence[str]) -> Iterator[Any]:
    """Yield a test for each part of a selector that looks into elements."""
    for style in styles:
        for prelude in stylesheets.read_once(style, _looking_preludes):
            for selector in parser.parse(prelude):
                for compound in _compounds(selector.parsed_tree):
                    yield compiler.CompiledSelector(parser.Selector(compound)).test


def _looking_preludes(style: str) -> list[str]:
    """Return the selectors of a style that look into elements."""
    found = map(tinycss2.serialize, _preludes(tinycss2.parse_stylesheet(style)))
    return [each for each in found if any(word in each for word in _LOOKING)]


def _preludes(rules: Sequence[Any]) -> Iterator[Any]:
    """Yield the selectors of all rules, those in other rules included."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule.prelude
        if rule.type in ("qualified-rule", "at-rule") and rule.content:
            yield from _preludes(tinycss2.parse_blocks_contents(rule.content))


def _compounds(tree: Any) -> Iterator[Any]:  # noqa: ANN401
    if isinstance(tree, parser.CombinedSelector):
        yield from _compounds(tree.left)
        yield tree.right
    else:
        yield tree
