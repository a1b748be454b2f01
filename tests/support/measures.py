"""Measures of finished pages: how full they are, what is split, where columns and margins stand.

Each function takes a PDF and returns what a designer would mend, as values that name the page.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from judges import objects
from judges.objects import Area, Link, Page, Thing
from judges.tags import Tag
from sample_reading import HEADINGS, one_line, tags

EQUAL_MM = 0.5
"""Edges that are meant to be equal differ by no more."""
FULL = 0.7
"""The least share of a page that is filled, but before a chapter and at the end."""
STRAY = 0.12
"""The share of a page up to which there is but a remnant on it."""
WHOLE = (*HEADINGS, "LI", "TR", "TOCI", "Caption", "Figure", "Note")
"""Elements that stand on one page."""
BLOCKS = (*HEADINGS, "P", "LBody", "TD", "TH", "TOCI", "Caption", "Figure")
SHORT = 120
"""Characters; a paragraph with fewer, such as a dose, stands on one page."""

pages = cache(objects.read)
"""The pages of a PDF (see `objects.read`)."""


def fills(path: Path) -> dict[int, float]:
    """Return the share of each page's type area that is filled, from its top to the last content.

    The cover, the page before a chapter and the last page are left out.
    """
    chapters = {page for head in tags(path).find("H1") for page in head.pages}
    return {n: share for n, share in _shares(path).items() if n + 1 not in chapters}


def strays(path: Path) -> dict[int, float]:
    """Return the pages, also those before a chapter, that hold a line or two alone."""
    return {n: share for n, share in _shares(path).items() if share < STRAY}


def _shares(path: Path) -> dict[int, float]:
    inner = pages(path)[1:] if _has_cover(path) else pages(path)
    area = type_area(inner)
    return {
        page.number: (_end(page, area) - area.top) / area.height
        for page in inner
        if page.number != len(pages(path))
    }


def type_area(some: Sequence[Page]) -> Area:
    """Return the area that the content of some pages takes together."""
    areas = [text.area for page in some for text in page.texts if text.spoken]
    top, bottom = min(a.top for a in areas), max(a.bottom for a in areas)
    if len(some) == 1:
        bottom = max(bottom, some[0].height - top)
    return Area(min(a.left for a in areas), top, max(a.right for a in areas), bottom)


def _end(page: Page, area: Area) -> float:
    """Return where the last content of a page ends; a frame below the type area is none."""
    ends = [t.area.bottom for t in page.things if t.spoken or t.kind == "box"]
    return max((end for end in ends if end <= area.bottom + 2), default=area.top)


def _has_cover(path: Path) -> bool:
    """Return whether the first page has neither running head nor folio, and others do."""
    first, *others = ([t for t in page.texts if not t.spoken] for page in pages(path))
    return not first and any(others)


def split(root: Tag, *, cards: bool = True) -> list[tuple[int, str, str]]:
    """Return page, kind and words of headings, items, rows and short paragraphs on two pages.

    A card is whole, too, unless `cards` is not asked for.
    """
    whole = (*WHOLE, "Art") if cards else WHOLE
    return [
        (tag.pages[0], tag.kind, tag.words[:40])
        for tag in root.walk()
        if len(tag.pages) > 1
        and (tag.kind in whole or (tag.kind == "P" and len(tag.words) < SHORT))
    ]


def lead_ins(path: Path) -> Iterator[tuple[int, str]]:
    """Yield page and words of what leads in to something at the foot of a page."""
    last = {page: block for block in _blocks(tags(path)) for page in block.pages}
    for number, block in last.items():
        leads = block.kind in ("P", "LBody") and block.words.endswith(":")
        if leads and not _is_followed(pages(path)[number - 1], block.words):
            yield number, block.words[-40:]


def _is_followed(page: Page, words: str) -> bool:
    """Return whether there is something drawn below the words, such as lines to write on."""
    ends = [t.area.bottom for t in page.texts if t.spoken and words.endswith(one_line(t.text))]
    boxes = [t.area.bottom for t in page.things if t.kind == "box"]
    return any(bottom > max(ends, default=page.height) - 3 for bottom in boxes)


def _blocks(tag: Tag) -> Iterator[Tag]:
    """Yield the innermost blocks of text, and the figures, in the order of reading."""
    below = [block for child in tag.children for block in _blocks(child)]
    yield from below or ([tag] if tag.kind in BLOCKS else [])


def parted_items(root: Tag) -> Iterator[tuple[int, str]]:
    """Yield page and words of the first or last item of a list, where it stands alone."""
    for listed in root.find("L"):
        items = [child for child in listed.children if child.kind == "LI" and child.pages]
        count = Counter(item.pages[0] for item in items)
        if len(count) > 1 and len(items) > 3:
            ends = (items[0], items[-1])
            yield from (
                (item.pages[0], item.words[:40]) for item in ends if count[item.pages[0]] == 1
            )


def small_texts(path: Path, least: float, in_pictures: float) -> list[tuple[int, float, str]]:
    """Return page, size in points and words of text smaller than promised.

    The numbers of notes, which are raised, may have three quarters of the size.
    """
    found = []
    for page in pages(path):
        for text in page.texts:
            limit = in_pictures if "Figure" in text.marks else least
            raised = text.text.strip().isdigit() and text.spoken
            if text.size < limit * (0.75 if raised else 1) - 0.05:
                found.append((page.number, round(text.size, 1), text.text.strip()[:30]))
    return found


def unequal_columns(path: Path) -> list[tuple[int, str, float]]:
    """Return page, edge and difference in millimetres of frames side by side that do not match."""
    return [
        (page.number, name, round(difference, 1))
        for page in pages(path)
        for row in _rows(page)
        for name, difference in _differences(row)
        if difference > EQUAL_MM
    ]


def _differences(row: Sequence[Area]) -> Iterator[tuple[str, float]]:
    """Yield by how much the edges of frames in a row, and the gaps between them, differ."""
    gaps = [right.left - left.right for left, right in itertools.pairwise(row)]
    yield "top", _spread(area.top for area in row)
    yield "bottom", _spread(area.bottom for area in row)
    yield "gap", _spread(gaps)


def _spread(values: Iterable[float]) -> float:
    found = list(values)
    return max(found) - min(found)


def _rows(page: Page) -> Iterator[list[Area]]:
    """Yield the outermost frames of equal width that stand side by side, from left to right."""
    frames = [
        thing.area
        for thing in page.things
        if thing.kind == "box" and thing.area.width > 25 and thing.area.height > 12
    ]
    frames = [area for area in frames if area.left > 1 and area.right < page.width - 1]
    outer = {
        (round(a.left), round(a.right), round(a.top)): a
        for a in frames
        if not any(a is not b and _holds(b, a) for b in frames)
    }
    rows: dict[int, list[Area]] = {}
    for area in sorted(outer.values(), key=lambda a: (a.top, a.left)):
        key = next((top for top in rows if abs(top / 10 - area.top) < 3), round(area.top * 10))
        rows.setdefault(key, []).append(area)
    for row in rows.values():
        row.sort(key=lambda a: a.left)
        apart = all(b.left >= a.right - 0.2 for a, b in itertools.pairwise(row))
        if len(row) > 1 and apart and _spread(area.width for area in row) < 2 * EQUAL_MM:
            yield row


def _holds(outer: Area, inner: Area) -> bool:
    return (
        outer.left <= inner.left + 0.3
        and outer.top <= inner.top + 0.3
        and outer.right >= inner.right - 0.3
        and outer.bottom >= inner.bottom - 0.3
        and outer.width * outer.height > inner.width * inner.height + 1
    )


def out_of_margins(path: Path) -> list[tuple[int, str, float]]:
    """Return page, side and millimetres of what stands outside the margins of pages like it.

    Left and right pages are told apart; the margin is where the content of most of them ends.
    """
    faults = []
    inner = pages(path)[1:] if _has_cover(path) else pages(path)
    for parity in (0, 1):
        some = [page for page in inner if page.number % 2 == parity]
        edges = {page.number: _edges(page) for page in some}
        for side, sign in (("left", -1), ("right", 1)):
            reach = {number: sign * getattr(area, side) for number, area in edges.items()}
            usual = Counter(round(value) for value in reach.values()).most_common(1)
            limit = max((v for v in reach.values() if round(v) == usual[0][0]), default=0)
            faults += [
                (number, side, round(value - limit, 1))
                for number, value in reach.items()
                if value > limit + EQUAL_MM
            ]
    return faults


def covered(path: Path) -> list[tuple[int, str]]:
    """Return page and words of the texts that stand over or under a picture.

    What belongs to a picture is drawn as a part of it.
    """
    return [
        (page.number, text.text.strip())
        for page in pages(path)
        for picture in page.things
        if picture.kind == "picture" and "Figure" in picture.marks
        for text in page.texts
        if "Figure" not in text.marks and text.area.overlaps(_middle(picture.area))
    ]


def overprinted(path: Path) -> list[tuple[int, str, str]]:
    """Return page and words of texts that stand on one another."""
    return [
        (page.number, one.text.strip(), other.text.strip())
        for page in pages(path)
        for one, other in itertools.combinations(page.texts, 2)
        if _middle(one.area).overlaps(_middle(other.area))
    ]


def _middle(area: Area) -> Area:
    """Return an area without its edges, which a drawing's lines or a long letter reach over."""
    width, height = area.width / 10, area.height / 10
    return Area(area.left + width, area.top + height, area.right - width, area.bottom - height)


def _edges(page: Page) -> Area:
    """Return the area of all content of a page; what bleeds off the page is none."""
    areas = [
        thing.area
        for thing in page.things
        if (thing.spoken or thing.kind == "box")
        and thing.area.left > 1
        and thing.area.right < page.width - 1
    ]
    return Area(
        min(a.left for a in areas),
        min(a.top for a in areas),
        max(a.right for a in areas),
        max(a.bottom for a in areas),
    )


def uneven_folios(path: Path) -> list[float]:
    """Return by how many millimetres running heads, and folios, stand on different lines."""
    said = Counter(text.text.strip() for page in pages(path) for text in _in_margins(page))
    found: dict[bool, list[float]] = {True: [], False: []}
    for page in pages(path):
        for text in _in_margins(page):
            words = text.text.strip()
            if said[words] > 1 or re.match(rf"{page.number}( /|$)", words):
                found[text.baseline < page.height / 2].append(text.baseline)
    return [round(_spread(v), 1) for v in found.values() if v and _spread(v) > EQUAL_MM]


def _in_margins(page: Page) -> list[Thing]:
    """Return what is repeated at the head and at the foot of pages."""
    texts = [text for text in page.texts if not text.spoken]
    return [t for t in texts if t.baseline < 17 or t.baseline > page.height - 15]


def links_without_page(path: Path) -> list[tuple[int, int | str]]:
    """Return page and target of links that say on paper neither the page nor the address."""
    return [
        (page.number, link.page or link.address)
        for page in pages(path)
        for link in page.links
        if not _tells(page, link)
    ]


def _tells(page: Page, link: Link) -> bool:
    """Return whether the number of a link's page, or its address, is read beside the link."""
    room = 9.0
    band = Area(0, link.area.top - room, page.width, link.area.bottom + room)
    near = [text.text for text in page.texts if text.area.overlaps(band)]
    if link.page:
        return any(re.search(rf"(?<!\d){link.page}(?!\d)", words) for words in near)
    plain = re.sub(r"^(https?://|mailto:|tel:)|#.*$", "", link.address)
    code = [t for t in page.things if t.kind != "text" and _is_code(t) and t.area.overlaps(band)]
    return plain[:16] in "".join("".join(near).split()) or bool(code)


def _is_code(thing: Thing) -> bool:
    """Return whether a picture may be a QR code: a square of 12 to 35 mm."""
    area = thing.area
    return 12 < area.width < 35 and abs(area.width - area.height) < 1
