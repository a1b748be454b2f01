"""Used lengths of a box, found in one pass (`resolve_percentages` of `layout/percent.py`).

Where none refers to the box around, they are the same for all boxes of a style, and found once.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from weasyprint.css import AnonymousStyle, ComputedStyle
from weasyprint.css.functions import check_math
from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout import percent

from workshop_builder.pdf.speed.replacing import replace

_ALONG = ("margin_left", "margin_right", "padding_left", "padding_right", "width", "max_width")
"""What refers to the width of the box around."""
_ACROSS = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
"""What refers to its width too, except on a page."""
_BORDERS = (
    "border_top_width",
    "border_right_width",
    "border_bottom_width",
    "border_left_width",
)


def resolve_at_once() -> None:
    """Find lengths in pixels, which most are, without a call for each."""
    replace(percent.resolve_percentages, _resolve)
    for kind in (ComputedStyle, AnonymousStyle):
        kind.copy = _copying(kind.copy)


def _copying(copy: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return `copy` for styles whose copies get other lengths while boxes are laid out."""

    def copied(style: Any) -> Any:  # noqa: ANN401
        made = copy(style)
        made._lengths = {}  # noqa: SLF001
        return made

    return copied


def _resolve(box: Any, containing_block: Any) -> None:  # noqa: ANN401
    style = box.style
    kept = style.__dict__.get("_lengths")
    if kept is None:
        kept = style._lengths = _lengths(style)  # noqa: SLF001
    if kept:
        box.__dict__.update(kept)
    else:
        _resolve_each(box, style, containing_block)


def _lengths(style: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the used lengths of any box with a style; none where they refer to what is around."""
    if style["box_sizing"] != "content-box" or style["border_collapse"] == "collapse":
        return {}
    found = {}
    for name in _ALL:
        value = style[name]
        unit = getattr(value, "unit", None)
        if unit != "px" and not (value is None or value == "auto"):
            return {}
        found[name] = value.value if unit == "px" else value
    for name in _LEAST:
        if found[name] == "auto":
            found[name] = 0
    return found | {name: style[name] for name in _BORDERS}


def _resolve_each(box: Any, style: Any, around: Any) -> None:  # noqa: ANN401
    width, height = (around.width, around.height) if isinstance(around, Box) else around
    used = box.__dict__
    _set(used, style, _ALONG, width)
    _set(used, style, _ACROSS, height if isinstance(box, PageBox) else width)
    _set_least(used, style, "min_width", width)
    if height == "auto":
        high = style["height"]
        relative = high == "auto" or check_math(high) or high.unit == "%"
        used["height"] = "auto" if relative else high.value
        _set_least(used, style, "min_height", 0)
        _set(used, style, ("max_height",), inf)
    else:
        _set(used, style, ("height", "max_height"), height)
        _set_least(used, style, "min_height", height)
    collapses = style["border_collapse"] == "collapse"
    for name in _BORDERS:
        if not (collapses and hasattr(box, name)):
            used[name] = style[name]
    if style["box_sizing"] != "content-box":
        percent.adjust_box_sizing(box, "width")
        percent.adjust_box_sizing(box, "height")


def _set(used: dict[str, Any], style: Any, names: tuple[str, ...], refer_to: Any) -> None:  # noqa: ANN401
    for name in names:
        value = style[name]
        unit = getattr(value, "unit", None)
        used[name] = value.value if unit == "px" else _percentage(value, style, refer_to)


def _set_least(used: dict[str, Any], style: Any, name: str, refer_to: Any) -> None:  # noqa: ANN401
    _set(used, style, (name,), refer_to)
    if used[name] == "auto":
        used[name] = 0


_LEAST = ("min_width", "min_height")
_ALL = (*_ALONG, *_ACROSS, *_LEAST, "height", "max_height")
_percentage: Callable[..., Any] = percent.percentage
