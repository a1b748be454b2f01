"""The outline of a page that was put together: its headings, one below the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop_builder.pdf.parts.placed import POINTS, PageLayout, PageObjects, text


@dataclass(slots=True, eq=False)
class _OutlineItem:
    level: int
    words: str
    place: bytes
    inner: list[_OutlineItem] = field(default_factory=list)
    number: int = 0

    @property
    def count(self) -> int:
        """How many entries are below it, at any depth."""
        return sum(1 + each.count for each in self.inner)


def write(
    objects: PageObjects, layout: PageLayout, page: int, first: int, root_number: int
) -> tuple[int, bytes]:
    """Add the headings to `objects` as `first` and what follows, below an entry or the root.

    Returns the first number that is not taken, and what whatever is above them has to say of them:
    nothing where there is no heading.
    """
    root = _OutlineItem(0, "", b"")
    path = [root]
    for placed in layout.outline:
        for level, words, left, top in placed.part.bookmarks:
            at = ((left + placed.across) * POINTS, (layout.size[1] - placed.moved - top) * POINTS)
            entry = _OutlineItem(level, words, b"[%d 0 R /XYZ %.3f %.3f 0]" % (page, *at))
            while path[-1].level >= level:
                path.pop()
            path[-1].inner.append(entry)
            path.append(entry)
    if not root.inner:
        return first, b""
    root.number = root_number
    free = _numbered(root, first)
    _write(objects, root)
    ends = (root.inner[0].number, root.inner[-1].number)
    return free, b"/Count %d /First %d 0 R /Last %d 0 R" % (root.count, *ends)


def _numbered(entry: _OutlineItem, number: int) -> int:
    for each in entry.inner:
        each.number, number = number, number + 1
        number = _numbered(each, number)
    return number


def _write(objects: PageObjects, around: _OutlineItem) -> None:
    for place, entry in enumerate(around.inner):
        said = b"<</Title %s /Dest %s /Parent %d 0 R /Count %d" % (
            text(entry.words),
            entry.place,
            around.number,
            entry.count,
        )
        for key, other in ((b"Prev", place - 1), (b"Next", place + 1)):
            if 0 <= other < len(around.inner):
                said += b" /%s %d 0 R" % (key, around.inner[other].number)
        if entry.inner:
            ends = (entry.inner[0].number, entry.inner[-1].number)
            said += b" /First %d 0 R /Last %d 0 R" % ends
        objects.add(entry.number, said + b">>")
        _write(objects, entry)
