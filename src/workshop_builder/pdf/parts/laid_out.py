"""Parts of a page, laid out one below the other on a page that has no end.

Each is the only child of an element of which `data-part` is the name. That has no id, for elements
with ids have styles of their own, and so has all that is in them. With `data-inner`, a tag is
around it on the page that is not its own, such as a list. Of an element with `data-like` the
measures are
wanted, and nothing that is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from workshop_builder.errors import BuildError
from workshop_builder.model.products import Target
from workshop_builder.pages import safety
from workshop_builder.pages.render import Page
from workshop_builder.pdf import glyphs, spreads, visible_text, warnings_log
from workshop_builder.pdf.engine import PdfEngine
from workshop_builder.pdf.fitting import misfits
from workshop_builder.pdf.fitting.copyfitting import Scale
from workshop_builder.pdf.visible_text import Sight

_ENDLESS = 20_000
"""Millimetres; more than all parts of a document take, and no more than viewers reckon with."""
PART = "data-part"
"""The attribute of an element that holds a part: its name."""
LIKE = "data-like"
"""The attribute of an element of which the measures are wanted: their name."""
PIECE = "data-piece"
"""The attribute of an element in a part that is drawn by itself: its name. In a part with such,
nothing else is drawn; `drawn` is what is drawn as the part itself."""


@dataclass(eq=False)
class LaidPart:
    """A part as it was laid out. Lengths are CSS pixels."""

    box: Any = field(repr=False)
    page: Any = field(repr=False)
    """The page that it was laid out on."""
    document: Any = field(repr=False)
    top: float
    """Where its border begins on that page."""
    height: float
    above: float
    """Its margin at the top."""
    below: float
    """Its margin at the bottom."""
    fits: bool
    """Whether no word leaves its place."""
    inner: bool
    """Whether its own tag is that of another part as well."""

    pieces: dict[str, LaidPart] = field(default_factory=dict, repr=False)
    """What of it is drawn by itself, by its name: see `PIECE`."""
    _seen: frozenset[str] | None = None

    @cached_property
    def sight(self) -> Sight:
        """What can be seen of it."""
        return visible_text.sight(self.box, self.page.width, self.page.height)

    def like(self, other: LaidPart) -> bool:
        """Return whether it takes as much room from top to bottom as another."""
        own = (self.height, self.above, self.below)
        theirs = (other.height, other.above, other.below)
        return all(abs(a - b) < 0.001 for a, b in zip(own, theirs, strict=True))

    @cached_property
    def bold(self) -> tuple[bool, ...]:
        """Of each of its lines, whether a word in it is bold."""
        lines = (box for box in _boxes(self.box) if _is_line(box))
        return tuple(any(each.element_tag == "b" for each in _boxes(line)) for line in lines)

    @cached_property
    def beside(self) -> tuple[float, float]:
        """How far what floats beside its piece `told` reaches into that, and how far down.

        That is from the left and from the top of the piece; both are 0 where nothing does.
        """
        box = self.pieces["told"].box
        line = next(each for each in _boxes(box) if _is_line(each))
        wide = line.position_x - box.content_box_x()
        floats = (each for each in _boxes(self.box) if each.style["float"] != "none")
        ends = (each.position_y + each.margin_height() for each in floats)
        high = max(ends, default=0) - box.border_box_y()
        return (wide, high) if wide > 0 and high > 0 else (0, 0)

    def seen(self, required: Mapping[str, str]) -> frozenset[str]:
        """Return the keys of all `required` words that can be seen in it; it is looked at once.

        What words a key has is the same wherever the part is used.
        """
        if self._seen is None:
            words = self.sight.words
            asked = {key: required[key] for key in words if key in required}
            self._seen = frozenset(asked.keys() - safety.missing(asked, words).keys())
        return self._seen


PlacedPart: TypeAlias = tuple[LaidPart, float, float]
"""A part, how far it is moved to the right, and where its top is, in CSS pixels."""


def hidden(parts: Sequence[PlacedPart], others: Sequence[PlacedPart]) -> bool:
    """Return whether words of one of `parts` reach under what is drawn of one of the `others`."""
    reaching = [(part, x, top - part.top) for part, x, top in parts if part.sight.reaching]
    covering = [(part, x, top - part.top) for part, x, top in others if part.sight.covers]
    return any(
        cover is not part and cover.sight.hides(part.sight, (left - x, down - moved))
        for part, x, moved in reaching
        for cover, left, down in covering
    )


@dataclass(frozen=True, slots=True)
class Measures:
    """What a box takes, in CSS pixels."""

    left: float
    top: float
    width: float
    height: float
    """Of its border box."""
    least: float
    """The least height that its style gives it; of the page, that of its margins."""
    before: float
    """Its border and padding at the top."""
    after: float
    """The same at the bottom."""
    below: float
    """Its margin at the bottom."""


def lay_out(
    engine: PdfEngine, page: Page, target: Target, styles: Sequence[tuple[str, str]], scale: Scale
) -> Any:  # noqa: ANN401
    """Return a page of parts at a scale, laid out; it has no end, and is as wide as a target.

    Raises BuildError where a character is in no font or the engine warns.
    """
    glyphs.check(page, target)
    html, fetcher = engine.read(page)
    sheets = [engine.style(name, text) for name, text in styles]
    sheets.append(engine.size_style(target, scale.css, _ENDLESS))
    with warnings_log.collected() as log:
        document, _ = spreads.lay_out(html, engine.fonts, sheets, html.images, html.numbers)
    if problems := warnings_log.problems(log.lines, fetcher.refused, target):
        raise BuildError(problems)
    return document


def find(document: Any) -> tuple[dict[str, LaidPart], dict[str, Measures]]:  # noqa: ANN401
    """Return the parts of a laid-out document by their names, and the measures by theirs."""
    tight = {name for each in misfits.find(document) for name in each.homes}
    parts: dict[str, LaidPart] = {}
    like: dict[str, Measures] = {}
    for page in document.pages:
        around = page._page_box  # noqa: SLF001  boxes have no public door
        like["page"] = _measures(around, page.height - around.height)
        for box in _boxes(around):
            element = box.element
            if not hasattr(element, "get") or box.element_tag != element.tag:
                continue
            if (name := element.get(LIKE)) and name not in like:
                least = box.style["height"]
                px = getattr(least, "unit", "") == "px"
                like[name] = _measures(box, least.value if px else 0.0)
            name = element.get(PART)
            if name and name not in parts:
                parts[name] = _part(box, page, document, fits=name not in tight)
    return parts, like


def _boxes(box: Any) -> Iterator[Any]:  # noqa: ANN401
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)  # noqa: PLW2901  what stands for a placed box
        yield child
        yield from _boxes(child)


def _is_line(box: Any) -> bool:  # noqa: ANN401
    return type(box).__name__ == "LineBox"


def _part(holder: Any, page: Any, document: Any, *, fits: bool) -> LaidPart:  # noqa: ANN401
    (box,) = (getattr(child, "_box", child) for child in holder.children)
    part = _laid(box, holder, page, document, fits=fits)
    for each in _boxes(box):
        name = each.element.get(PIECE) if hasattr(each.element, "get") else None
        if name and name not in part.pieces:
            part.pieces[name] = _laid(each, each, page, document, fits=fits)
    if drawn := part.pieces.get("drawn"):
        part.box, part.inner = drawn.box, drawn.inner
    return part


def _laid(box: Any, holder: Any, page: Any, document: Any, *, fits: bool) -> LaidPart:  # noqa: ANN401
    margins = box.margin_top, box.margin_bottom
    inner = holder.element.get("data-inner") is not None
    return LaidPart(
        box, page, document, box.border_box_y(), box.border_height(), *margins, fits, inner
    )


def _measures(box: Any, least: float) -> Measures:  # noqa: ANN401
    return Measures(
        box.border_box_x(),
        box.border_box_y(),
        box.border_width(),
        box.border_height(),
        least,
        box.border_top_width + box.padding_top,
        box.padding_bottom + box.border_bottom_width,
        box.margin_bottom,
    )
