"""The areas of a page in which a click follows a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes

Rectangle: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in CSS pixels from the top left of the page."""
LinkArea: TypeAlias = tuple[str, str, Rectangle, Any]
"""A link's area as WeasyPrint keeps it: `external` or `internal`, the address, where, its box."""


def joined_areas(
    linked: Sequence[boxes.Box], known: Mapping[boxes.Box, LinkArea]
) -> list[tuple[Rectangle, Any]]:
    """Return one area for each line of a link, with the first box in it.

    `linked` are the boxes of the link in their order; `known` are the areas that WeasyPrint found.
    """
    found: list[tuple[Rectangle, Any]] = []
    for box in linked:
        area = known[box][2] if box in known else _area(box)
        if area[2] <= area[0] or area[3] <= area[1]:
            continue
        if found and _same_line(found[-1][0], area):
            line, first = found.pop()
            found.append((_union(line, area), first))
        else:
            found.append((area, box))
    return found


def _union(one: Rectangle, other: Rectangle) -> Rectangle:
    """Return the smallest area around two."""
    left, top, right, bottom = zip(one, other, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _area(box: boxes.Box) -> Rectangle:
    """Return the area in which a box takes clicks."""
    left, top, width, height = box.hit_area()
    return left, top, left + width, top + height


def _same_line(one: Rectangle, other: Rectangle) -> bool:
    """Return whether two areas share more than half of the height of the less high one."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > min(one[3] - one[1], other[3] - other[1]) / 2
