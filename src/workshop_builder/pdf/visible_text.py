"""Which of the words that must be shown a reader of the laid-out pages can see.

The boxes that the engine has laid out are walked, and of each element marked
`data-safe` those words are kept that are on the page: not hidden, covered or cut
off, not tiny, and not in the colour of what lies behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workshop_builder.errors import BuildError, Problem
from workshop_builder.model.colours.contrast import LEAST_CONTRAST, Rgb, contrast
from workshop_builder.model.products import Target
from workshop_builder.pages import safety
from workshop_builder.pages.render import Page
from workshop_builder.source.characters import line_of
from workshop_builder.source.folder import SETTINGS_FILE

SMALLEST_PT = 8.5
"""Points; smaller words cannot be counted on to be read."""

_PX_PER_PT = 96 / 72
_SLACK = 1.0
"""CSS pixels by which a word may be cut off or covered: differences of rounding."""
_HIGHEST, _LOWEST = 1.05, 0.34
"""How far letters reach over and below their line, as shares of the size: a face for Thai or
Burmese has far more room than that above and below, which another box may well cover."""
_TIGHTEST = -0.06
"""The least letter spacing, as a share of the size, at which letters can still be told apart."""

_OWN_LOOK = ("templates/", "styles/")


@dataclass(frozen=True, slots=True)
class _Area:
    """A rectangle on a page, in CSS pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: _Area) -> bool:
        """Return whether `other` lies inside this rectangle."""
        return (
            other.left >= self.left - _SLACK
            and other.top >= self.top - _SLACK
            and other.right <= self.right + _SLACK
            and other.bottom <= self.bottom + _SLACK
        )

    def meets(self, other: _Area) -> bool:
        """Return whether the two overlap."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > _SLACK
            and min(self.bottom, other.bottom) - max(self.top, other.top) > _SLACK
        )

    def cut(self, other: _Area) -> _Area:
        """Return the overlap of the two."""
        return _Area(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class _Window:
    """What can be seen of the boxes inside one box."""

    area: _Area
    """The part of the page outside which they are cut off."""
    background: Rgb
    """The colour behind them."""
    hidden: bool = False
    """Whether a box around them makes them invisible."""
    around: frozenset[int] = frozenset()
    """The boxes around them, by `id`."""
    key: str | None = None
    """The key of the marked element that they belong to."""


@dataclass(frozen=True, slots=True)
class _Word:
    """Words that can be read if nothing lies over them."""

    key: str
    """The keys of the marked element that they belong to, with blanks between them."""
    text: str
    area: _Area
    around: frozenset[int]
    """The boxes around them, by `id`; these lie behind the words and not over them."""


@dataclass(frozen=True, slots=True)
class _Cover:
    """A box that covers what lies below it."""

    box: int
    """Its `id`."""
    area: _Area


def words_by_key(document: Any) -> dict[str, str]:  # noqa: ANN401  the engine is not typed
    """Return the visible words of a laid-out WeasyPrint document, by the key of their element."""
    words: dict[str, list[str]] = {}
    for page in document.pages:
        box = page._page_box  # noqa: SLF001  the laid-out boxes have no public door
        for key, text in words_in(box, page.width, page.height).items():
            words.setdefault(key, []).append(text)
    return {key: " ".join(texts) for key, texts in words.items()}


def words_in(box: Any, width: float, height: float) -> dict[str, str]:  # noqa: ANN401
    """Return the visible words in a box on a page of that size, by the key of their element."""
    return _found(box, width, height)[0]


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be seen of a part of a page, and what of it could meet another part."""

    words: Mapping[str, str]
    """The visible words, by the key of their element."""
    reaching: tuple[_Area, ...]
    """Where words reach over the upper or lower edge of the part."""
    covers: tuple[_Area, ...]
    """What would cover the words of another part."""

    def hides(self, other: Sight, by: tuple[float, float]) -> bool:
        """Return whether this part covers words of another, moved left and up `by` against it."""
        left, up = by
        return any(
            cover.meets(_Area(area.left - left, area.top - up, area.right - left, area.bottom - up))
            for area in other.reaching
            for cover in self.covers
        )


def sight(box: Any, width: float, height: float) -> Sight:  # noqa: ANN401
    """Return what can be seen of a box on a page of that size."""
    words, found = _found(box, width, height)
    around = _border_area(box)
    areas = [item.area for item in found if isinstance(item, _Word)]
    reaching = [each for each in areas if each.top < around.top or each.bottom > around.bottom]
    covers = [item.area for item in found if isinstance(item, _Cover)]
    return Sight(words, tuple(reaching), tuple(covers))


def _found(
    box: Any,  # noqa: ANN401
    width: float,
    height: float,
) -> tuple[dict[str, str], list[_Word | _Cover]]:
    words: dict[str, list[str]] = {}
    found = list(_walk(box, _Window(_Area(0, 0, width, height), (1, 1, 1))))
    covers = [item for item in found if isinstance(item, _Cover)]
    for item in found:
        if isinstance(item, _Word) and not _covered(item, covers):
            for key in item.key.split():
                words.setdefault(key, []).append(item.text)
    return {key: " ".join(texts) for key, texts in words.items()}, found


def _covered(word: _Word, covers: list[_Cover]) -> bool:
    return any(cover.box not in word.around and cover.area.meets(word.area) for cover in covers)


def _walk(box: Any, window: _Window) -> Iterator[_Word | _Cover]:  # noqa: ANN401
    """Yield the words in `box` that could be read, and the areas that it covers."""
    box = getattr(box, "_box", box)
    window = _inside(box, window)
    if _is_opaque(box):
        yield _Cover(id(box), _border_area(box).cut(window.area))
    text = getattr(box, "text", None)
    if text and window.key and _readable(box, window):
        yield _Word(window.key, text, _text_area(box), window.around)
    for child in getattr(box, "children", ()):
        yield from _walk(child, window)


def _inside(box: Any, window: _Window) -> _Window:  # noqa: ANN401
    """Return what can be seen of the boxes inside `box`, which is itself seen in `window`."""
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
    """Return the key of the words in `box`; None for what a style adds, which does not count."""
    if "::" in str(box.element_tag):
        return None
    element = box.element
    return (element.get("data-safe") or key) if hasattr(element, "get") else key


def _is_opaque(box: Any) -> bool:  # noqa: ANN401
    """Return whether `box` is a picture or has a background, and so covers what lies below it."""
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
    baseline, size = top + box.baseline, box.style["font_size"]
    upper = max(top, baseline - _HIGHEST * size)
    lower = min(top + box.height, baseline + _LOWEST * size)
    return _Area(left, upper, left + box.width, lower)


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


def check_safety(seen: Mapping[str, str], page: Page, target: Target) -> None:
    """Raise BuildError for words of safety that are left out, hidden or cut off."""
    lost = safety.missing(page.required, seen)
    if lost and any(path.startswith(_OWN_LOOK) for path in page.texts):
        raise BuildError(safety.not_shown(lost, target))
    if lost:
        raise BuildError(dict.fromkeys(_no_room(key, lost[key], page, target) for key in lost))


def _no_room(key: str, words: str, page: Page, target: Target) -> Problem:
    """Return the problem of words that a page of ours cannot hold, with the file that has them."""
    kind, _, rest = key.partition(":")
    of_exercise = kind in ("caution", "avoid", "instead")
    path = (of_exercise and page.sources.get(rest.partition(":")[0])) or SETTINGS_FILE
    line = line_of(max(words.split(), key=len), page.texts.get(path, ""))
    remedy = "name fewer conditions" if key.startswith("whole:") else "shorten it"
    text = f"there is no room in {target.file} for '{words}'; {remedy}"
    return Problem(path, line, text)
