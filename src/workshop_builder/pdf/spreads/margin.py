"""The margin beside the text: its notes, and on which side it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from workshop_builder.pdf.spreads.boxes import Box, Part, bottom, mirrored, top

_Reach: TypeAlias = tuple[float, float]
"""Top and bottom."""

_HAIR = 0.1
"""Pixels; less is an error of reckoning."""

_IN_LINE = "--beside: none"
"""What a style finds in an element whose note has no room in the margin."""


def set_apart(page: Box, parts: Sequence[Part]) -> None:
    """Move the notes of a page up or down until none covers another or something wide."""
    notes = _notes(parts)
    wanted = [(top(note), bottom(note)) for note in notes]
    for note, place in zip(notes, places(wanted, _wide(parts), _text_area(page)), strict=True):
        note.translate(0, place - top(note))


def put_in_line(document: Any) -> bool:  # noqa: ANN401  the engine is not typed
    """Mark the notes that the margin of their page has no room for; return whether there are some.

    A style then prints them in the text, where they are referred to.
    """
    found = [note.element for page in document.pages for note in _without_room(page._page_box)]  # noqa: SLF001
    for element in found:
        element.set("style", ";".join(filter(None, (element.get("style"), _IN_LINE))))
    return bool(found)


def _without_room(page: Box) -> list[Box]:
    """Return the notes that lie over the one before or over something wide."""
    parts = list(mirrored(page))
    wide, end = _wide(parts), float("-inf")
    found = []
    for note in sorted(_notes(parts), key=top):
        taken = [(float("-inf"), end), *wide]
        if any(top(note) < last - _HAIR and bottom(note) > first + _HAIR for first, last in taken):
            found.append(note)
        else:
            end = bottom(note)
    return found


def _notes(parts: Iterable[Part]) -> list[Box]:
    return sorted((part.box for part in parts if part.kind == "note"), key=top)


def _wide(parts: Iterable[Part]) -> list[_Reach]:
    return [(top(part.box), bottom(part.box)) for part in parts if part.kind == "wide"]


def _text_area(page: Box) -> _Reach:
    return page.content_box_y(), page.content_box_y() + page.height


def places(notes: Sequence[_Reach], wide: Iterable[_Reach], area: _Reach) -> list[float]:
    """Return the top of each note: at its line, or as near as there is room in its area.

    They keep their order where they can; else each takes the next free place in which it fits.
    One that fits nowhere ends with the area, over what is there.
    """
    free = _between(wide, area)
    tops = _upwards(notes, _downwards(notes, free), free)
    return _nearest(notes, free, area) if tops is None else tops


def _between(taken: Iterable[_Reach], area: _Reach) -> list[_Reach]:
    """Return what `taken` leaves free of an area, from the top down."""
    free = []
    start, end = area
    for first, last in (*sorted(taken), (end, end)):
        if min(first, end) > start:
            free.append((start, min(first, end)))
        start = max(start, last)
    return free


def _downwards(notes: Iterable[_Reach], free: Sequence[_Reach]) -> list[float]:
    """Return the top of each note at its line, or below what is in its way, even past the end."""
    found: list[float] = []
    least = float("-inf")
    for start, end in notes:
        least = max(start, least)
        tops = ((max(least, first), last) for first, last in free)
        found.append(next((place for place, last in tops if last - place >= end - start), least))
        least = found[-1] + end - start
    return found


def _upwards(
    notes: Sequence[_Reach], tops: Sequence[float], free: Sequence[_Reach]
) -> list[float] | None:
    """Return `tops`, of which those too far down are moved up; None where there is no room."""
    moved: list[float] = []
    most = float("inf")
    for (start, end), place in zip(reversed(notes), reversed(tops), strict=True):
        limits = ((first, min(place, min(last, most) - end + start)) for first, last in free)
        most = max((place for first, place in limits if place >= first), default=float("-inf"))
        moved.append(most)
    return moved[::-1] if most > float("-inf") else None


def _nearest(notes: Sequence[_Reach], free: Sequence[_Reach], area: _Reach) -> list[float]:
    """Return the top of each note in the free place that is nearest, the highest notes first."""
    free = list(free)
    found: dict[int, float] = {}
    for number in sorted(range(len(notes)), key=lambda each: notes[each][0] - notes[each][1]):
        start, end = notes[number]
        rooms = [
            (min(max(start, first), last - end + start), (first, last))
            for first, last in free
            if last - first >= end - start
        ]
        place, room = min(
            rooms, key=lambda each: abs(each[0] - start), default=(area[1] - end + start, None)
        )
        found[number] = place
        if room is not None:
            free.remove(room)
            free += [(room[0], place), (place + end - start, room[1])]
    return [place for _, place in sorted(found.items())]


def mirror(page: Box, parts: Sequence[Part]) -> None:
    """Move each part of a page to where a mirror in its middle shows it."""
    middle = 2 * page.content_box_x() + page.width
    goals = [middle - part.box.border_box_x() - part.box.border_width() for part in parts]
    # A part takes along what is in it, which then goes its own way.
    for part, goal in zip(parts, goals, strict=True):
        part.box.translate(goal - part.box.border_box_x(), 0)
