"""How full laid-out pages are, and what to shorten where the promised ones are not enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from workshop_builder.errors import Problem
from workshop_builder.model.fields import Pages
from workshop_builder.model.products import Target
from workshop_builder.source.folder import SETTINGS_FILE

FRAME = "data-frame"
"""The attribute of what has a fixed height, such as a side of a card: what it is, in words."""

_SLACK = 1.0
"""CSS pixels by which content may be higher than its frame: differences of rounding."""
_MM_PER_PX = 25.4 / 96


def has_frames(root: Any) -> bool:  # noqa: ANN401
    """Return whether a page has frames, in which a scale must fit even without a promise."""
    return any(element.get(FRAME) for element in root.iter())


def is_measured_whole(root: Any) -> bool:  # noqa: ANN401
    """Return whether a page is as full as its height is, where it has no end (`data-endless`)."""
    return any(element.get("data-endless") for element in root.iter())


def is_tight(root: Any) -> bool:  # noqa: ANN401
    """Return whether such a page is so full that the smallest scale is to be tried first."""
    return any(element.get("data-endless") == "tight" for element in root.iter())


def share_filled(pages: Sequence[Any], promise: Pages | None, longer: float = 0) -> float:
    """Return the share of the promised pages that laid-out ones take; above 1 it needs more.

    It is the share of the fullest frame, where that is fuller. The pages were laid out `longer` by
    so many millimetres.
    """
    area = _area(pages[0]) - longer / _MM_PER_PX
    used = (len(pages) - 1) * area + _used(pages[-1])
    share = used / (promise.high * area) if promise else 0.0
    return max(share, *(used / height for _, used, height in _frames(pages)), 0.0)


def problems(document: Any, target: Target) -> list[Problem]:  # noqa: ANN401
    """Return what is wrong with a document at the smallest scale: its pages, and its frames."""
    promise, count = target.pages, len(document.pages)
    if promise and count > promise.high:
        return [_too_long(document, target, promise)]
    if promise and count < promise.low:
        return [_too_short(count, target)]
    return [
        Problem(
            SETTINGS_FILE,
            target.line,
            f"{target.file}: {name} is about {(used - height) * _MM_PER_PX:.0f} mm too long, even "
            f"at {target.product.body[0]:g} pt; shorten its texts",
        )
        for name, used, height in _frames(document.pages)
        if used > height + _SLACK
    ]


def _frames(pages: Sequence[Any]) -> list[tuple[str, float, float]]:
    """Return the name of each frame, the height of its content and its own, in CSS pixels.

    What does not fit at the end of a page goes on on the next, and counts with it.
    """
    found: dict[Any, tuple[str, float, float]] = {}
    for page in pages:
        for box in page._page_box.descendants():  # noqa: SLF001  boxes have no public door
            element: Any = getattr(box, "element", None)
            name = element.get(FRAME) if hasattr(element, "get") else None
            if name and box.element_tag == element.tag:
                used = _content_height(box)
                _, before, height = found.get(element, (name, 0.0, box.height))
                found[element] = (name, before + used, height)
    return list(found.values())


def _content_height(frame: Any) -> float:  # noqa: ANN401
    """Return the height of what is in a frame, with what is put at its lower edge."""
    flowing = [child for child in frame.children if child.is_in_normal_flow()]
    placed = [child for child in frame.children if child.is_absolutely_positioned()]
    bottom = max((child.position_y + child.margin_height() for child in flowing), default=0.0)
    height = max(bottom - frame.content_box_y(), 0.0)
    return float(height + sum(child.margin_height() for child in placed))


def free_height(document: Any, longer: float = 0) -> float:  # noqa: ANN401
    """Return the millimetres that are free on the last page of a document, if all are `longer`."""
    last = document.pages[-1]
    return float(_area(last) - _used(last)) * _MM_PER_PX - longer


def gap_count(document: Any) -> int:  # noqa: ANN401
    """Return the number of gaps of a sheet: below its head and its cards, above its safety box.

    One more is for what stands between, such as exercises to do instead.
    """
    return len(list(_cards(document))) + 3


def _too_long(document: Any, target: Target, promise: Pages) -> Problem:  # noqa: ANN401
    """Return the problem of a document that takes more pages than promised: by how much it does."""
    area = _area(document.pages[0])
    over = (len(document.pages) - 1 - promise.high) * area + _used(document.pages[-1])
    text = (
        f"{target.file} takes {len(document.pages)} pages and not {promise.high}, even at "
        f"{target.product.body[0]:g} pt: it is about {over * _MM_PER_PX:.0f} mm too long; "
        f"{_advice(document)}"
    )
    return Problem(SETTINGS_FILE, target.line, text)


def _too_short(count: int, target: Target) -> Problem:
    """Return the problem of a document that takes fewer pages than promised."""
    taken = "1 page" if count == 1 else f"{count} pages"
    text = f"{target.file} takes {taken}, fewer than promised; write 'pages: {count}'"
    return Problem(SETTINGS_FILE, target.line, text)


def _advice(document: Any) -> str:  # noqa: ANN401
    """Return what to do: which exercise has most words to shorten, and which takes most room."""
    cards = {name: (height, words) for name, height, words in _cards(document)}
    if not cards:
        return "shorten its texts, or leave out a chapter or a picture"
    wordy = max(cards, key=lambda name: cards[name][1])
    tall = max(cards, key=lambda name: cards[name][0])
    return (
        f"shorten the texts of '{wordy}' ({cards[wordy][1]} words, the most), "
        f"or leave out '{tall}' (saves {cards[tall][0] * _MM_PER_PX:.0f} mm)"
    )


def _cards(document: Any) -> Iterator[tuple[str, float, int]]:  # noqa: ANN401
    """Yield id, height in CSS pixels and number of words of each exercise's card."""
    seen: set[str] = set()
    for page in document.pages:
        for box in page._page_box.descendants():  # noqa: SLF001  boxes have no public door
            element: Any = getattr(box, "element", None)
            name = element.get("data-card") if hasattr(element, "get") else None
            if name and name not in seen and box.element_tag == element.tag:
                seen.add(name)
                yield name, box.margin_height(), len("".join(element.itertext()).split())


def _area(page: Any) -> float:  # noqa: ANN401
    """Return the height of a page between its margins, in CSS pixels."""
    return float(page._page_box.height)  # noqa: SLF001


def _used(page: Any) -> float:  # noqa: ANN401
    """Return the height that the content takes on a page, in CSS pixels."""
    root = page._page_box.children[0]  # noqa: SLF001
    return float(root.margin_height())
