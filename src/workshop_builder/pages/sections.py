"""A chapter as it is in one product: its text, and parts that a product may show alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workshop_builder.markup import footnotes, xhtml
from workshop_builder.markup.blocks import slot_of
from workshop_builder.markup.fragment import Fragment
from workshop_builder.markup.rich_text import RichText
from workshop_builder.markup.xhtml import Element
from workshop_builder.model.workshop import Chapter, Exercise

_ANCHOR = "ex-"
"""How the id of a card begins."""


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter as it is in one product."""

    id: str
    title: str
    summary: RichText | None
    picture: str | None
    """What it opens with."""
    number: int
    """Counted from 1 in this product."""
    for_teacher: bool
    html: Fragment
    """Its text; in a chapter for everyone without the boxes for the teacher."""
    anchored: frozenset[str]
    """The ids of the exercises whose cards in it are those to which links lead."""
    words: Fragment
    """Its text without the cards, for a product that shows those apart."""
    steps: tuple[Fragment, ...]
    """Its numbered lists."""
    figures: tuple[Fragment, ...]
    """Its figures, for a product that shows only those."""
    captions: tuple[Fragment, ...]
    """The captions of its figures that have one."""
    tips: tuple[Fragment, ...]
    """Its boxes with a tip."""
    exercises: tuple[Exercise, ...]
    """The exercises with a card in it."""
    teacher_notes: tuple[Fragment, ...]
    """Its boxes for the teacher."""


@dataclass
class LazySections(Sequence[Section]):
    """The chapters as they are in a product, made when its template first asks for one."""

    chapters: Sequence[Chapter]
    make: Callable[[Chapter], Section]

    @cached_property
    def _made(self) -> list[Section]:
        return [self.make(chapter) for chapter in self.chapters]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.chapters)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401  one, or some
        """Return what a list of them has there."""
        return self._made[place]


def take_teacher_boxes(root: Element) -> list[Element]:
    """Take the boxes for the teacher out of a text, and return them.

    Each gets the footnotes it refers to, and the text keeps its own.
    """
    boxes = list(root.iterfind(".//div[@data-box='teacher']"))
    alone = [footnotes.with_own_notes(box, root) for box in boxes]
    for box in boxes:
        xhtml.remove(box)
    footnotes.settle(root)
    return alone


def take_step_marks(root: Element) -> set[str]:
    """Take the marks of steps out of a page; return the ids of the exercises they belong to."""
    marks = list(root.iter("{*}span"))
    marks = [element for element in marks if element.get("data-step")]
    for element in marks:
        xhtml.unwrap(element)
    return {element.get("data-step", "") for element in marks}


def divide(
    chapter: Chapter,
    root: Element,
    boxes: list[Element],
    number: int,
    exercises: tuple[Exercise, ...],
    fill: Callable[[Element], None],
) -> Section:
    """Return a chapter in its parts.

    `root` is a copy of its text, which is changed, without the `boxes` for the teacher; `fill`
    fills the slots in a tree.
    """
    words = _without_cards(root)
    steps = [_whole(items) for items in root.iter("ol") if _is_told(items)]
    figures = [_whole(figure) for figure in root.iter("figure")]
    tips = [_whole(tip) for tip in root.iterfind(".//div[@data-box='tip']")]
    captions = [deepcopy(caption) for caption in root.iter("figcaption")]
    # In this order, for links lead to the first card of an exercise.
    for tree in (*boxes, root, words, *steps, *figures, *tips):
        fill(tree)
    ids = (element.get("id") or "" for element in root.iter("*"))
    return Section(
        id=chapter.anchor,
        title=chapter.fields.title,
        summary=chapter.fields.summary,
        picture=chapter.fields.picture,
        number=number,
        for_teacher=chapter.fields.audience == "teacher",
        html=Fragment(root),
        anchored=frozenset(name.removeprefix(_ANCHOR) for name in ids if name.startswith(_ANCHOR)),
        words=Fragment(words),
        steps=_fragments(steps),
        figures=_fragments(figures),
        captions=_fragments(captions),
        tips=_fragments(tips),
        exercises=exercises,
        teacher_notes=_fragments(boxes),
    )


def _without_cards(root: Element) -> Element:
    """Return a copy of a text without the slots for exercises."""
    copy = deepcopy(root)
    for box in list(copy.iter("div")):
        if slot_of(box)[0].startswith("exercise"):
            xhtml.remove(box)
    return copy


def _is_told(items: Element) -> bool:
    """Tell whether a list is one of a text, neither in another list nor of its footnotes."""
    return not any(above.tag in ("li", "section") for above in items.iterancestors())


def _whole(part: Element) -> Element:
    """Return a copy of an element, its own tags included, in a `div`."""
    root = xhtml.division()
    root.append(deepcopy(part))
    root[0].tail = None
    return root


def _fragments(roots: Iterable[Element]) -> tuple[Fragment, ...]:
    return tuple(Fragment(root) for root in roots)
