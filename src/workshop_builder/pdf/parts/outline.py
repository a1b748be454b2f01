"""The outline of a page that was put together: its headings, one below the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop_builder.pdf.parts.numbers import reference
from workshop_builder.pdf.parts.placed import PAGE, POINTS, PageLayout, PageObjects, text


@dataclass(slots=True, eq=False)
class _OutlineItem:
    level: int
    words: bytes
    place: bytes
    """Its left and top, in points."""
    inner: list[_OutlineItem] = field(default_factory=list)
    number: int = 0
    """Counted from that of the page."""
    count: int = 0
    """How many entries are below it, at any depth."""


def write(objects: PageObjects, layout: PageLayout, root: bytes) -> tuple[int, bytes]:
    """Add the headings to `objects`, below an entry or the root of the outline, a reference.

    Their numbers follow those of the layout. Returns how many numbers are taken then, and what
    whatever is above them has to say of them: nothing where there is no heading.
    """
    top = _OutlineItem(0, b"", b"")
    path = [top]
    for placed in layout.outline:
        across, up = placed.across, layout.size[1] - placed.moved
        for level, words, left, down in placed.part.bookmarks:
            place = b"%.3f %.3f" % ((left + across) * POINTS, (up - down) * POINTS)
            entry = _OutlineItem(level, text(words), place)
            while path[-1].level >= level:
                path.pop()
            path[-1].inner.append(entry)
            path.append(entry)
    if not top.inner:
        return layout.count, b""
    count = _numbered(top, layout.count)
    _write(objects, top, root)
    return count, b"/Count %d %s" % (count - layout.count, _ends(top))


def _numbered(entry: _OutlineItem, number: int) -> int:
    """Give numbers, from `number` on, to what is below an entry; return the next one."""
    for each in entry.inner:
        each.number = number
        number = _numbered(each, number + 1)
        each.count = number - each.number - 1
    return number


def _ends(entry: _OutlineItem) -> bytes:
    first, last = entry.inner[0].number, entry.inner[-1].number
    return b"/First %s /Last %s" % (reference(first), reference(last))


def _write(objects: PageObjects, around: _OutlineItem, root: bytes) -> None:
    said = b"<</Title %s /Dest [%s /XYZ %s 0] /Parent %s /Count %d%s%s %s>>"
    before = after = b""
    for place, entry in enumerate(around.inner, 1):
        more = place < len(around.inner)
        after = b" /Next " + reference(around.inner[place].number) if more else b""
        ends = _ends(entry) if entry.inner else b""
        values = (entry.words, reference(PAGE), entry.place, root, entry.count, before, after, ends)
        objects.add(entry.number, said % values)
        before = b" /Prev " + reference(entry.number)
        if entry.inner:
            _write(objects, entry, reference(entry.number))
