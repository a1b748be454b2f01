"""The margin beside the text: its notes, and on which side it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from workshop_builder.pdf.spreads.boxes import Box, Part, bottom, top

_Reach: TypeAlias = tuple[float, float]
"""Top and bottom."""


def set_apart(page: Box, parts: Sequence[Part]) -> None:
    """Move the notes of a page up or down until none covers another or something wide."""
    notes = [part.box for part in parts if part.kind == "note"]
    notes.sort(key=top)
    wide = sorted((top(part.box), bottom(part.box)) for part in parts if part.kind == "wide")
    places = _downwards(notes, wide)
    end = page.content_box_y() + page.height
    for note, place in zip(notes, _upwards(notes, places, wide, end), strict=True):
        note.translate(0, place - top(note))


def _downwards(notes: Sequence[Box], wide: Sequence[_Reach]) -> list[float]:
    """Return the top of each note, at its line or below what is in its way."""
    places: list[float] = []
    free = 0.0
    for note in notes:
        place, height = max(top(note), free), note.margin_height()
        for start, end in wide:
            if place < end and place + height > start:
                place = end
        places.append(place)
        free = place + height
    return places


def _upwards(
    notes: Sequence[Box], places: Sequence[float], wide: Sequence[_Reach], end: float
) -> list[float]:
    """Return `places`, of which those too far down are moved up."""
    moved: list[float] = []
    for note, place in zip(reversed(notes), reversed(places), strict=True):
        height = note.margin_height()
        higher = min(place, end - height)
        for first, last in reversed(wide) if higher < place else ():
            if higher < last and higher + height > first:
                higher = first - height
        moved.append(higher)
        end = higher
    return moved[::-1]


def mirror(page: Box, parts: Sequence[Part]) -> None:
    """Move each part of a page to where a mirror in its middle shows it."""
    middle = 2 * page.content_box_x() + page.width
    goals = [middle - part.box.border_box_x() - part.box.border_width() for part in parts]
    # A part takes along what is in it, which then goes its own way.
    for part, goal in zip(parts, goals, strict=True):
        part.box.translate(goal - part.box.border_box_x(), 0)
