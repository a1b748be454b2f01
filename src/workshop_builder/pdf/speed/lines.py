"""Lines of nothing but text in columns, set once (`get_next_linebox` of `layout/inline.py`).

Columns are laid out again and again until they are even: the same lines at other heights. Where
nothing floats, a line follows from its text and from where it begins and ends. All in it is placed
around its baseline, and then it is moved down: from there on a copy of it will do. Elsewhere too
few lines come back for what it takes to keep them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import is_
from typing import Any

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline
from weasyprint.text.line_break import Layout

from workshop_builder.pdf.speed.replacing import replace

_next_line = inline.get_next_linebox
_move = LineBox.translate


def set_once() -> None:
    """Keep what is set with the context of its document, and move copies of it down."""
    replace(_next_line, _next_line_once)


def _next_line_once(
    context: Any,  # noqa: ANN401
    box: Any,  # noqa: ANN401
    position_y: float,
    bottom_space: float,
    skip: Mapping[int, Any] | None,
    around: Any,  # noqa: ANN401
    *more: Any,  # noqa: ANN401
) -> tuple[Any, Any]:
    *_, of_first_letter, of_first_line = more
    parts = [box.style]
    if (
        not context.in_column
        or context.excluded_shapes
        or of_first_letter
        or of_first_line
        or around.style["direction"] != "ltr"
        or not _is_text(box, parts)
    ):
        return _next_line(context, box, position_y, bottom_space, skip, around, *more)  # type: ignore[no-any-return]
    lines = context.__dict__.setdefault("_lines", {})
    key = box, around.content_box_x(), around.width, box.text_indent, *_places(skip)
    kept = lines.get(key)
    if kept and len(kept[0]) == len(parts) and all(map(is_, kept[0], parts)):
        _, line, moved, resume_at = kept
        line = _copy(line, moved, position_y - line.position_y)
        line.position_y = position_y
        return line, resume_at
    moves: list[tuple[Any, float]] = []
    LineBox.translate = _noting(moves)
    try:
        line, resume_at = _next_line(context, box, position_y, bottom_space, skip, around, *more)
    finally:
        LineBox.translate = _move
    if len(moves) == 1:
        lines[key] = parts, *moves[0], resume_at
    return line, resume_at


def _noting(moves: list[tuple[Any, float]]) -> Any:  # noqa: ANN401
    """Return what moves a line, and notes how it was and how far it goes to the right."""

    def move(line: Any, dx: float = 0, dy: float = 0, *more: Any) -> None:  # noqa: ANN401
        moves.append((_copy(line, 0, 0), dx))
        _move(line, dx, dy, *more)

    return move


def _is_text(box: Any, parts: list[Any]) -> bool:  # noqa: ANN401
    """Return whether all in a box is text in its line; add what may change to `parts`."""
    for child in box.children:
        parts += child, child.style
        if type(child) is TextBox:
            parts.append(child.text)
        elif (
            type(child) is not InlineBox
            or child.is_leader
            or child.footnote
            or not child.is_in_normal_flow()
            or not _is_text(child, parts)
        ):
            return False
    return True


def _places(skip: Mapping[int, Any] | None) -> Iterator[int]:
    """Yield the place at which a line begins, from the outside in."""
    while skip:
        ((place, skip),) = skip.items()
        yield place


def _copy(box: Any, dx: float, dy: float) -> Any:  # noqa: ANN401
    """Return a copy of a box and all in it, which are moved."""
    copied = box.copy()
    if dx or dy:
        copied.position_x += dx
        copied.position_y += dy
    copied.remove_decoration_sides = {*box.remove_decoration_sides}
    if type(box) is TextBox:
        layout = copied.pango_layout = object.__new__(Layout)
        layout.__dict__.update(box.pango_layout.__dict__)
    else:
        copied.children = [_copy(child, dx, dy) for child in box.children]
    return copied
