"""What a reader of the laid-out pages really sees of the words that must be shown.

Walks the boxes that the engine has laid out, and keeps the words of each
element marked `data-safe` that stand on the page: not hidden, not cut off, not
tiny, not in the colour of what lies behind them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

SMALLEST_PT = 8.5
"""Words below this size cannot be counted on to be read."""

LEAST_CONTRAST = 4.5
"""Contrast of text and background (WCAG 2.2, 1.4.3)."""

_PX_PER_PT = 96 / 72
_SLACK = 1.0
"""Rounding, in CSS pixels, that does not count as cut off."""


@dataclass(frozen=True, slots=True)
class _Window:
    """What can be seen at one place of the tree of boxes."""

    left: float
    top: float
    right: float
    bottom: float
    background: tuple[float, float, float]
    hidden: bool
    """Whether something above makes all below invisible."""


def words_by_key(document: Any) -> dict[str, str]:  # noqa: ANN401  the engine is not typed
    """Return the visible words of `document`, a laid-out WeasyPrint document, by their key."""
    words: dict[str, list[str]] = {}
    for page in document.pages:
        box = page._page_box  # noqa: SLF001  the laid-out boxes have no public door
        window = _Window(0, 0, page.width, page.height, (1, 1, 1), hidden=False)
        for key, text in _visible(box, window, None):
            words.setdefault(key, []).append(text)
    return {key: " ".join(texts) for key, texts in words.items()}


def _visible(box: Any, window: _Window, key: str | None) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    box = getattr(box, "_box", box)
    if "::" in str(box.element_tag):
        return  # a list's bullet, and other words that the style sheet adds
    element = box.element
    if element is not None and hasattr(element, "get"):
        key = element.get("data-safe") or key
    window = _inside(box, window)
    text = getattr(box, "text", None)
    if text and key and _readable(box, window):
        yield key, text
    for child in getattr(box, "children", ()):
        yield from _visible(child, window, key)


def _inside(box: Any, window: _Window) -> _Window:  # noqa: ANN401
    """Return the window as `box` leaves it to what it holds."""
    style = box.style
    hidden = window.hidden or style["opacity"] < 1 or bool(style["transform"])
    red, green, blue, alpha = _rgb(style["background_color"], style)
    background = (red, green, blue) if alpha > 0 else window.background
    window = replace(window, background=background, hidden=hidden)
    if style["overflow"] == "visible" or not hasattr(box, "padding_box_x"):
        return window
    left, top = box.padding_box_x(), box.padding_box_y()
    return replace(
        window,
        left=max(window.left, left),
        top=max(window.top, top),
        right=min(window.right, left + box.padding_width()),
        bottom=min(window.bottom, top + box.padding_height()),
    )


def _readable(box: Any, window: _Window) -> bool:  # noqa: ANN401
    style = box.style
    if window.hidden or style["visibility"] != "visible":
        return False
    if style["font_size"] < SMALLEST_PT * _PX_PER_PT - 0.01:
        return False
    inside = (
        box.position_x >= window.left - _SLACK
        and box.position_y >= window.top - _SLACK
        and box.position_x + box.width <= window.right + _SLACK
        and box.position_y + box.height <= window.bottom + _SLACK
    )
    red, green, blue, alpha = _rgb(style["color"], style)
    legible = contrast((red, green, blue), window.background) >= LEAST_CONTRAST
    return inside and alpha == 1 and legible


def _rgb(color: Any, style: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Return a computed colour as red, green, blue and alpha from 0 to 1."""
    if color == "currentcolor":
        color = style["color"]
    red, green, blue = color.to("srgb").coordinates
    return red, green, blue, color.alpha


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Return the contrast ratio of two sRGB colours, from 1 to 21 (WCAG 2.2, 1.4.3)."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(color: tuple[float, float, float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
