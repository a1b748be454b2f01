"""What style sheets say, put together once for elements alike (`StyleFor` of `css/__init__.py`).

The engine shares the styles of elements alike after it has put together each, and makes those of
six pseudo-elements for every element, such as that of the number of a note, of which few are asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any, TypeAlias

from weasyprint import css
from weasyprint.css import StyleFor, declaration_precedence, preprocess_declarations

_Cascaded: TypeAlias = dict[str, tuple[Any, Any]]
"""The values of properties, each with its weight."""

_style_for = StyleFor.__call__


def put_together_once() -> None:
    """Put together what is alike once, and make styles of pseudo-elements that are asked for."""
    StyleFor.__init__ = _read_styles
    StyleFor.__call__ = _style_when_asked


def _read_styles(
    self: Any,  # noqa: ANN401
    html: Any,  # noqa: ANN401
    sheets: list[tuple[Any, str, Any]],
    hints: bool,  # noqa: FBT001
    font_config: Any,  # noqa: ANN401
    targets: Any,  # noqa: ANN401
) -> None:
    self._cascaded_styles, self._computed_styles, self._late = {}, {}, {}
    self.initial_page_sizes = {"box": None, "area": None}
    self._sheets, self.font_config = sheets, font_config
    self._given = {"root": html.etree_element, "base_url": html.base_url}
    self._given["target_collector"] = targets
    own, written = _own(html, hints)
    kept: dict[object, tuple[Any, dict[str, _Cascaded]]] = {}
    for element in html.wrapper_element.iter_subtree():
        node = element.etree_element
        parent = element.parent.etree_element if element.parent else None
        around = id(self._computed_styles[parent, None]) if element.parent else None
        matched = [sheet.matcher.match(element) for sheet, *_ in sheets]
        orders = [tuple([each[1] for each in some]) for some in matched]
        key = around, written.get(node), *orders
        if key not in kept:
            found: dict[str, _Cascaded] = {"": own.get(node, {})}
            for (sheet, origin, least), some in zip(sheets, matched, strict=True):
                _add(found, sheet, origin, least, some)
            self._cascaded_styles[node, None] = found.pop("")
            self.set_computed_styles(node, parent=parent, **self._given)
            kept[key] = self._computed_styles[node, None], found
        self._computed_styles[node, None], of_pseudo = kept[key]
        self._late.update({(node, kind): cascaded for kind, cascaded in of_pseudo.items()})
    self._cascaded_styles.clear()
    for late in [late for late, cascaded in self._late.items() if "anchor" in cascaded]:
        _style_when_asked(self, *late)


def _own(html: Any, hints: bool) -> tuple[dict[Any, _Cascaded], dict[Any, tuple[Any, ...]]]:  # noqa: ANN401, FBT001
    """Return what elements say of themselves, and in which words."""
    own: dict[Any, _Cascaded] = {}
    written: dict[Any, tuple[Any, ...]] = {}
    # By the name that it has now: whoever lays out a part of a document reads of that part alone.
    found = css.find_style_attributes(html.etree_element, hints, html.base_url)
    for weight, node, words, base in found:
        written[node] = tuple(words)
        _let_count(own.setdefault(node, {}), preprocess_declarations(base, words), "author", weight)
    return own, written


def _add(
    found: dict[str, _Cascaded],
    sheet: Any,  # noqa: ANN401
    origin: str,
    least: Any,  # noqa: ANN401
    matched: list[tuple[Any, int, str | None, tuple[Any, Any]]],
) -> None:
    """Add what a style sheet says of an element and of its pseudo-elements."""
    for specificity, _, pseudo, (declarations, layer) in matched:
        place = inf if layer is None else sheet.layers.index(layer)
        _let_count(
            found.setdefault(pseudo or "", {}), declarations, origin, least or specificity, place
        )


def _let_count(
    cascaded: _Cascaded,
    declarations: Iterator[tuple[str, Any, bool]],
    origin: str,
    specificity: Any,  # noqa: ANN401
    layer: float = inf,
) -> None:
    """Let values count where none that weighs more is said."""
    for name, values, important in declarations:
        weight = declaration_precedence(origin, important), layer, specificity
        if name not in cascaded or cascaded[name][1] <= weight:
            cascaded[name] = values, weight


def _style_when_asked(self: Any, element: Any, pseudo: str | None = None) -> Any:  # noqa: ANN401
    if pseudo and (cascaded := self._late.pop((element, pseudo), None)) is not None:
        self._cascaded_styles[element, pseudo] = cascaded
        self.set_computed_styles(element, pseudo_type=pseudo, parent=element, **self._given)
        del self._cascaded_styles[element, pseudo]
    return _style_for(self, element, pseudo)
