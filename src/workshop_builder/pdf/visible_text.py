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
"""Rounding, in CSS pixels, that does not count as cut off or covered."""
_TIGHTEST = -0.06
"""The least space between letters, in parts of their size, at which they stand apart."""


@dataclass(frozen=True, slots=True)
class _Area:
    """A rectangle on a page, in CSS pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: _Area) -> bool:
        return (
            other.left >= self.left - _SLACK
            and other.top >= self.top - _SLACK
            and other.right <= self.right + _SLACK
            and other.bottom <= self.bottom + _SLACK
        )

    def meets(self, other: _Area) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > _SLACK
            and min(self.bottom, other.bottom) - max(self.top, other.top) > _SLACK
        )

    def cut(self, other: _Area) -> _Area:
        return _Area(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class _Window:
    """What can be seen at one place of the tree of boxes."""

    area: _Area
    background: tuple[float, float, float]
    hidden: bool = False
    """Whether something above makes all below invisible."""
    around: frozenset[int] = frozenset()
    """The boxes that this place is in."""
    key: str | None = None
    """The key of the marked element that this place is in."""


@dataclass(frozen=True, slots=True)
class _Word:
    """Words that could be read if nothing lay over them."""

    key: str
    text: str
    area: _Area
    around: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Paint:
    """A box that hides what is below it."""

    box: int
    area: _Area


def words_by_key(document: Any) -> dict[str, str]:  # noqa: ANN401  the engine is not typed
    """Return the visible words of `document`, a laid-out WeasyPrint document, by their key."""
    words: dict[str, list[str]] = {}
    for page in document.pages:
        box = page._page_box  # noqa: SLF001  the laid-out boxes have no public door
        window = _Window(_Area(0, 0, page.width, page.height), (1, 1, 1))
        found = list(_walk(box, window))
        paints = [item for item in found if isinstance(item, _Paint)]
        for item in found:
            if isinstance(item, _Word) and not _covered(item, paints):
                words.setdefault(item.key, []).append(item.text)
    return {key: " ".join(texts) for key, texts in words.items()}


def _covered(word: _Word, paints: list[_Paint]) -> bool:
    return any(paint.box not in word.around and paint.area.meets(word.area) for paint in paints)


def _walk(box: Any, window: _Window) -> Iterator[_Word | _Paint]:  # noqa: ANN401
    """Yield the words and the paints of `box` and of all in it."""
    box = getattr(box, "_box", box)
    window = _inside(box, window)
    if _paints(box):
        yield _Paint(id(box), _border_area(box).cut(window.area))
    text = getattr(box, "text", None)
    if text and window.key and _readable(box, window):
        yield _Word(window.key, text, _text_area(box), window.around)
    for child in getattr(box, "children", ()):
        yield from _walk(child, window)


def _inside(box: Any, window: _Window) -> _Window:  # noqa: ANN401
    """Return the window as `box` leaves it to what it holds."""
    style = box.style
    drawn = any(kind != "none" for kind, _ in style["background_image"])
    hidden = window.hidden or style["opacity"] < 1 or bool(style["transform"]) or drawn
    red, green, blue, alpha = _rgb(style["background_color"], style)
    window = replace(
        window,
        background=(red, green, blue) if alpha > 0 else window.background,
        hidden=hidden,
        around=window.around | {id(box)},
        key=_key(box, window.key),
    )
    if style["overflow"] == "visible" or not hasattr(box, "padding_box_x"):
        return window
    left, top = box.padding_box_x(), box.padding_box_y()
    right, bottom = left + box.padding_width(), top + box.padding_height()
    return replace(window, area=window.area.cut(_Area(left, top, right, bottom)))


def _key(box: Any, key: str | None) -> str | None:  # noqa: ANN401
    """Return the key under which the words of `box` count; those that a style adds do not."""
    if "::" in str(box.element_tag):
        return None
    element = box.element
    return (element.get("data-safe") or key) if hasattr(element, "get") else key


def _paints(box: Any) -> bool:  # noqa: ANN401
    """Return whether `box` is a picture or has a background, and so hides what is below it."""
    if box.style["visibility"] != "visible" or not hasattr(box, "border_width"):
        return False
    drawn = any(kind != "none" for kind, _ in box.style["background_image"])
    return (
        drawn
        or hasattr(box, "replacement")
        or _rgb(box.style["background_color"], box.style)[3] > 0
    )


def _border_area(box: Any) -> _Area:  # noqa: ANN401
    left, top = box.border_box_x(), box.border_box_y()
    return _Area(left, top, left + box.border_width(), top + box.border_height())


def _text_area(box: Any) -> _Area:  # noqa: ANN401
    left, top = box.position_x, box.position_y
    return _Area(left, top, left + box.width, top + box.height)


def _readable(box: Any, window: _Window) -> bool:  # noqa: ANN401
    style = box.style
    size = style["font_size"]
    spacing = style["letter_spacing"]
    red, green, blue, alpha = _rgb(style["color"], style)
    return (
        not window.hidden
        and style["visibility"] == "visible"
        and size >= SMALLEST_PT * _PX_PER_PT - 0.01
        and (spacing == "normal" or spacing >= _TIGHTEST * size)
        and window.area.holds(_text_area(box))
        and alpha == 1
        and contrast((red, green, blue), window.background) >= LEAST_CONTRAST
    )


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
