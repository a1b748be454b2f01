"""Paragraphs whose lines end badly: a last one of a word or two, or one that the engine cut off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from workshop_builder.pdf.spreads.boxes import Box, asked, children

_Extent: TypeAlias = tuple[float, float]
"""Width of the words of a line, and of its column."""

_CUT_OFF = 0.4
"""The share of its column that a line which goes on takes at least."""
_NUDGE = 2.0
"""Pixels by which a column is less wide that lets the engine break a line elsewhere."""


def even_out(document: Any) -> bool:  # noqa: ANN401  the engine is not typed
    """Make the columns of such paragraphs a little narrower; return whether there are some."""
    columns = narrower(document)
    set_narrower(columns)
    return bool(columns)


def set_narrower(paddings: Mapping[Any, float]) -> None:
    """Mark elements with their paddings on the right, for the next layout."""
    for element, padding in paddings.items():
        element.set("style", f"{element.get('style', '')};padding-right:{padding}px")


def narrower(document: Any) -> dict[Any, float]:  # noqa: ANN401
    """Return for the element of each such paragraph what its padding on the right is to be.

    `--ending: 25%` asks for it, and for a last line of so much of the column. What a column
    loses, the last line gains, so that no line is added.
    """
    found: dict[Any, tuple[Box, list[_Extent]]] = {}
    for page in document.pages:
        for box in page._page_box.descendants():  # noqa: SLF001  it has no public door
            if box.element_tag in ("p", "li", "dd") and (lines := list(_lines(box))):
                found.setdefault(box.element, (box, []))[1].extend(lines)
    return {
        element: round(box.padding_right + pixels, 1)
        for element, (box, lines) in found.items()
        if len(lines) > 1 and (pixels := _narrower(box, lines))
    }


def _lines(box: Box) -> Iterator[_Extent]:
    for line in children(box):
        if type(line).__name__ == "LineBox":
            words = [each for each in children(line) if each.is_in_normal_flow()]
            ends = [each.position_x + each.margin_width() for each in words]
            yield max(ends, default=line.position_x) - line.position_x, box.width


def _narrower(box: Box, lines: Sequence[_Extent]) -> float:
    """Return by how many pixels the column should be narrower."""
    least = asked(box, "ending")
    if least is None or least.type != "percentage":
        return 0.0
    *others, (last, column) = lines
    if any(width < _CUT_OFF * column for width, column in others):
        return _NUDGE
    missing = least.value / 100 * column - last
    return missing / len(others) + _NUDGE if missing > 0 else 0.0
