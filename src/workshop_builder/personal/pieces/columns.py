"""The parts of a personal sheet in two columns, where not all fits into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Card, Renderer
from workshop_builder.personal.pieces.parts import MANY, WEEKS, SheetParts, growing, in_one_column
from workshop_builder.personal.pieces.rows import CloseCard, ExerciseRow, SheetPart

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIGURE = (True,)
"""The lines of most doses: one, with a figure."""


def parts_of(renderer: Renderer, sheet: PersonalSheet) -> SheetParts:
    """Return the parts of a sheet, as it is in one column and in two."""
    one = in_one_column(renderer, sheet)
    return replace(one, dense=_in_columns(one, renderer)) if renderer.cards[1:] else one


def _in_columns(one: SheetParts, renderer: Renderer) -> SheetParts:
    weeks = renderer.target.settings.weeks or WEEKS
    crowded = len(renderer.cards) > MANY
    return replace(
        one,
        logo=_there(one.logo) if one.logo else None,
        head=tuple(map(_there, one.head)),
        code=_there(one.code) if one.code else None,
        out=(),
        beside=False,
        imprint=SheetPart("foot", "imprint", key=False, values=(False,)),
        rows=tuple(_row(card, renderer.labels, crowded=crowded) for card in renderer.cards),
        log=tuple(_log(one, renderer.cards, weeks, crowded=crowded)),
        columns=True,
    )


def _there(part: SheetPart) -> SheetPart:
    return replace(part, place=f"{part.place} dense")


def _row(card: Card, labels: Labels, *, crowded: bool) -> ExerciseRow:
    fields = card.exercise.fields
    close = CloseCard(card, labels.dose(fields), bool(fields.easier) and not crowded)
    words = (close.part(_FIGURE if close.dose else ()),)
    return ExerciseRow(" dense", words, card, before_see=1, pictured=False, close=close)


def _log(
    one: SheetParts, cards: Sequence[Card], weeks: int, *, crowded: bool
) -> Iterator[SheetPart]:
    """Yield what stands below the columns: the chart, and who leaves out what."""
    grows, holds, numbers = growing(cards)
    key, values = (weeks, grows, crowded), (weeks, holds, numbers, not crowded)
    yield SheetPart("chart", "chart", key, values)
    if one.out:
        shown = [(card.number, card.exercise) for card in cards]
        yield SheetPart("list", "list", tuple(part.key for part in one.out[1:]), (shown,))
