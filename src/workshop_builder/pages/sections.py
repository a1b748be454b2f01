"""A chapter as it is in one product: its text, and parts that a product may show alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass

from workshop_builder.markup import xhtml
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
    number: int
    """Counted from 1 in this product."""
    for_teacher: bool
    html: Fragment
    """Its text without the boxes for the teacher."""
    anchored: frozenset[str]
    """The ids of the exercises whose cards in it are those to which links lead."""
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


def divide(
    chapter: Chapter,
    root: Element,
    number: int,
    exercises: tuple[Exercise, ...],
    fill: Callable[[Element], None],
) -> Section:
    """Return a chapter in its parts.

    `root` is a copy of its text, which is changed; `fill` fills the slots in a tree.
    """
    notes = list(root.iterfind(".//div[@data-box='teacher']"))
    inside = [deepcopy(note) for note in notes]
    for note in notes:
        xhtml.remove(note)
    figures = [_whole(figure) for figure in root.iter("figure")]
    tips = [_whole(tip) for tip in root.iterfind(".//div[@data-box='tip']")]
    captions = [deepcopy(caption) for caption in root.iter("figcaption")]
    # In this order, for links lead to the first card of an exercise.
    for tree in (*inside, root, *figures, *tips):
        fill(tree)
    ids = (element.get("id") or "" for element in root.iter("*"))
    return Section(
        id=chapter.anchor,
        title=chapter.fields.title,
        summary=chapter.fields.summary,
        number=number,
        for_teacher=chapter.fields.audience == "teacher",
        html=Fragment(root),
        anchored=frozenset(name.removeprefix(_ANCHOR) for name in ids if name.startswith(_ANCHOR)),
        figures=_fragments(figures),
        captions=_fragments(captions),
        tips=_fragments(tips),
        exercises=exercises,
        teacher_notes=_fragments(inside),
    )


def _whole(part: Element) -> Element:
    """Return a copy of an element, its own tags included, in a `div`."""
    root = xhtml.division()
    root.append(deepcopy(part))
    root[0].tail = None
    return root


def _fragments(roots: Iterable[Element]) -> tuple[Fragment, ...]:
    return tuple(Fragment(root) for root in roots)
