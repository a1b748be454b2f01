"""How full laid-out pages are, and what to shorten where the promised ones are not enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workshop_builder.errors import Problem
from workshop_builder.model.products import Target
from workshop_builder.source.folder import SETTINGS_FILE

_MM_PER_PX = 25.4 / 96


def share_filled(document: Any, pages: int) -> float:  # noqa: ANN401  the engine is not typed
    """Return the share of `pages` pages that a laid-out document takes; above 1 it needs more."""
    area = _area(document.pages[0])
    used = (len(document.pages) - 1) * area + _used(document.pages[-1])
    return float(used / (pages * area))


def free_height(document: Any) -> float:  # noqa: ANN401
    """Return the height that is free on the last page, in millimetres."""
    last = document.pages[-1]
    return float(_area(last) - _used(last)) * _MM_PER_PX


def gap_count(document: Any) -> int:  # noqa: ANN401
    """Return the number of gaps of a sheet: below its head, its cards and its safety box."""
    return len(list(_cards(document))) + 2


def too_long(document: Any, target: Target) -> Problem:  # noqa: ANN401
    """Return the problem of a document that takes more pages than promised: by how much it does."""
    promise = target.pages
    most = promise.high if promise else len(document.pages)
    area = _area(document.pages[0])
    over = (len(document.pages) - 1 - most) * area + _used(document.pages[-1])
    text = (
        f"{target.file} takes {len(document.pages)} pages and not {most}, even at "
        f"{target.body[0]:g} pt: it is about {over * _MM_PER_PX:.0f} mm too long; "
        f"{_advice(document)}"
    )
    return Problem(SETTINGS_FILE, target.line, text)


def too_short(document: Any, target: Target) -> Problem:  # noqa: ANN401
    """Return the problem of a document that takes fewer pages than promised."""
    count = len(document.pages)
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
