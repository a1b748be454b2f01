"""What grows into the free height of its page: pictures, and a place for notes at its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workshop_builder.pdf.spreads.boxes import (
    Box,
    asked,
    bottom,
    children,
    free_height,
    pixels,
)

_WORTH = 2.0
"""Pixels; less is not worth a change."""
_LEAST_REST = 110.0
"""Pixels that a place for notes takes at least: a few lines."""


@dataclass(slots=True)
class _Growing:
    """A box that may grow; not frozen, since it grows bit by bit."""

    path: list[Box]
    """The boxes around it, from the page on."""
    box: Box
    most: float
    """How much it may still grow."""


def fill(page: Box) -> bool:
    """Give the free height of a page to what may grow on it; return whether something did."""
    found = list(_growing(page, []))
    if not found:
        return False
    rests = [each for each in found if not _is_picture(each.box)]
    lines = [(each.box.position_y, _taken_out(each.box)) for each in rests]
    growing = [each for each in found if each.most > _WORTH and each not in rests]
    free = free_height(page)
    grown = bool(rests)
    while growing and free > _WORTH:
        share = min(free / len(growing), *(each.most for each in growing))
        for each in growing:
            _grow(each, share)
            each.most -= share
        free -= share * len(growing)
        growing = [each for each in growing if each.most > _WORTH]
        grown = True
    for rest, (before, inside) in zip(rests, lines, strict=True):
        for line in inside:
            line.translate(0, rest.box.position_y - before)
        _place_rest(page, rest, inside)
    return grown


def _taken_out(rest: Box) -> list[Box]:
    """Return the lines of a place for notes, which has none as long as it is not high."""
    lines, rest.children = children(rest), []
    return lines


def _place_rest(page: Box, rest: _Growing, lines: list[Box]) -> None:
    """Let a place for notes take all that is left below it, or take it away."""
    free = page.content_box_y() + page.height - bottom(rest.box)
    left = free_height(page)
    if left > free - _LEAST_REST / 2 and free > _LEAST_REST:
        # What stands below stays on the page; letters may hang over by a pixel.
        _grow(rest, min(left if left < free - _WORTH else free, rest.most))
        end = bottom(rest.box)
        rest.box.children = [line for line in lines if bottom(line) <= end]
    else:
        around = rest.path[-1]
        around.children = [child for child in around.children if child is not rest.box]


def _growing(box: Box, path: list[Box]) -> Iterator[_Growing]:
    limit = asked(box, "grow")
    if limit is not None and limit.type == "dimension":
        most = pixels(limit)
        yield _Growing(path, box, min(most, _useful(box)) if _is_picture(box) else most)
    elif not type(box).__name__.startswith("Table"):
        for child in children(box):
            yield from _growing(child, [*path, box])


def _is_picture(box: Box) -> bool:
    return hasattr(box, "replacement")


def _useful(box: Box) -> float:
    """Return by how much a picture may grow until it takes the width that it has."""
    style = box.style
    ratio = box.replacement.get_intrinsic_size(style["image_resolution"], style["font_size"])[2]
    return float(box.width / ratio - box.height) if ratio else 0.0


def _grow(growing: _Growing, height: float) -> None:
    """Make a box and all around it higher, and move down what stands below it."""
    inner = growing.box
    for around in reversed(growing.path[1:]):
        for other in _below(inner, children(around)):
            other.translate(0, height)
        inner.height += height
        inner = around
    inner.height += height


def _below(box: Box, beside: list[Box]) -> Iterator[Box]:
    """Yield what begins below the end of a box, or follows it in its column.

    What follows in the flow may begin before that end, where a margin draws it up.
    """
    place = beside.index(box)
    for number, other in enumerate(beside):
        follows = number > place and other.is_in_normal_flow() and _over_one_another(box, other)
        if number != place and (follows or _border_top(other) >= _border_bottom(box) - 1):
            yield other


def _over_one_another(box: Box, other: Box) -> bool:
    ends = min(each.position_x + each.width for each in (box, other))
    return bool(max(box.position_x, other.position_x) < ends)


def _border_top(box: Box) -> float:
    """Return where a box begins without its margin, which may lie in that of the one above."""
    return float(box.position_y + getattr(box, "margin_top", 0))


def _border_bottom(box: Box) -> float:
    return float(bottom(box) - getattr(box, "margin_bottom", 0))
