"""Pages that note, while they are painted, which of their boxes drew what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pydyf
from weasyprint.document import Page

from workshop_builder.pdf.tagging.read import TagReader

HYPHEN = "\N{HYPHEN}"
"""What WeasyPrint puts where it breaks a word; keyboards type another character."""
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
"""What such a hyphen is written as, so that a screen reader reads the word whole."""


class TaggedPage:
    """A laid-out page that notes, while it is painted, which box drew what."""

    def __init__(self, page: Page, number: int, reader: TagReader) -> None:
        self._page = page
        page_box = page._page_box  # noqa: SLF001 - the only way from a page to its boxes
        self._reading = reader.read(number, page_box, page.links)
        self._page_box = page_box.copy_with_children([])  # all that is left for WeasyPrint to tag
        self.links = self._reading.links
        self.height: float = page.height
        self.scale = 1.0
        """Points in a CSS pixel."""
        self.stream: Any = None
        """The content stream, once the page is painted."""
        self.contents: dict[Any, tuple[pydyf.Stream, int]] = {}
        """Of each box that has a tag: the stream and the number (MCID) of its marked content."""
        for *_, box in self.links:
            box.link_annotation = None  # WeasyPrint sets it if the target exists

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Return what the page itself has under `name`: in all else this is the page."""
        return getattr(self._page, name)

    def paint(self, stream: pydyf.Stream, scale: float = 1) -> None:
        """Paint the page, and make each thing painted either tagged content or an artifact."""
        forms = stream._resources["XObject"]  # noqa: SLF001 - groups of this page go here
        before = len(forms)
        self.stream, self.scale = stream, scale
        self._page.paint(stream, scale)
        numbered = stream._tags  # noqa: SLF001 - the only note of which box was drawn where
        boxes = {drawn["mcid"]: box for box, drawn in numbered.items()}
        for part in (stream, *_groups(islice(forms.values(), before, None))):
            self._sort(part, boxes)
        numbered.clear()

    def _sort(self, stream: pydyf.Stream, boxes: dict[int, Any]) -> None:
        """Note the marked content of tagged boxes, and make artifacts of the rest."""
        items = stream.stream
        places = [i for i, item in enumerate(items) if type(item) is pydyf.Dictionary]
        for place in places:
            number = items[place].get("MCID")
            box: Any = boxes.get(number)
            if box in self._reading.drawn:
                self.contents[box] = stream, number
                if getattr(box, "text", "").endswith(HYPHEN):
                    text = box.text.rstrip(HYPHEN + SOFT_HYPHEN) + SOFT_HYPHEN
                    items[place]["ActualText"] = pydyf.String(text)
            elif number is not None:
                items[place - 1 : place + 2] = "/Artifact", b"", b"BMC"


def _groups(forms: Iterable[pydyf.Stream | None]) -> Iterator[pydyf.Stream]:
    """Yield the streams of transparency groups, in which all with an opacity is drawn."""
    for form in forms:
        if isinstance(form, pydyf.Stream):
            yield form
            inner = getattr(form, "_resources", {}).get("XObject", {})
            yield from _groups(inner.values())
