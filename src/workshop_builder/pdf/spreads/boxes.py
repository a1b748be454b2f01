"""Laid-out boxes: what they are asked for, and where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

Box: TypeAlias = Any
"""A box of the engine, which is not typed; distances are in CSS pixels."""


_PX = {"mm": 96 / 25.4, "px": 1.0, "pt": 96 / 72}


@dataclass(frozen=True, slots=True)
class Part:
    """A box that says where it stands, while all around it stands elsewhere."""

    box: Box
    kind: str
    """The value of `--mirror`; `none` lets a box stand where it is."""


def asked(box: Box, name: str) -> Any:  # noqa: ANN401
    """Return the value of a property of ours, such as `--grow`; None where there is none."""
    tokens = box.style[f"__{name}"] or ()
    return next((token for token in tokens if token.type != "whitespace"), None)


def pixels(length: Any) -> float:  # noqa: ANN401
    """Return a length of a property of ours in CSS pixels."""
    return float(length.value * _PX[getattr(length, "unit", "px")])


def children(box: Box) -> list[Box]:
    """Return the boxes in a box."""
    return list(getattr(box, "children", ()))


def sections(page: Box) -> Iterator[Box]:
    """Yield the boxes of the sections that a page shows: its boxes in three boxes."""
    for root in children(page):
        for body in children(root):
            for main in children(body):
                yield from children(main)


def mirrored(box: Box, around: str = "") -> Iterator[Part]:
    """Yield the parts in a box from the outermost on, in the order of the text."""
    value = asked(box, "mirror")
    kind = value.value if value is not None else ""
    if kind == "none":
        kind = around
    if kind and kind != around:
        yield Part(box, kind)
    for child in children(box):
        yield from mirrored(child, kind)


def top(box: Box) -> float:
    """Return where a box begins, its margin included."""
    return float(box.position_y)


def bottom(box: Box) -> float:
    """Return where a box ends, its margin included."""
    return float(box.position_y + box.margin_height())


def free_height(page: Box) -> float:
    """Return the height that is free at the foot of a page."""
    flow = [child for child in children(page) if type(child).__name__ != "MarginBox"]
    return float(page.content_box_y() + page.height - max(map(ink_bottom, flow)))


def ink_bottom(box: Box) -> float:
    """Return where the last thing that is seen in a box ends; notes in the margin do not count."""
    value = asked(box, "mirror")
    if value is not None and value.value == "note":
        return 0.0
    below = max((ink_bottom(child) for child in children(box)), default=0.0)
    seen = hasattr(box, "text") or hasattr(box, "replacement") or _has_frame(box)
    return max(below, box.border_box_y() + box.border_height() if seen else 0.0)


def _has_frame(box: Box) -> bool:
    style = box.style
    return bool(
        style["border_bottom_width"]
        or style["background_color"] == "currentcolor"
        or style["background_color"].alpha > 0
    )
