"""Where the parts of a sheet stand: one below the other, as the take-home sheet has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from workshop_builder.pdf.fitting.copyfitting import Scale
from workshop_builder.pdf.parts.drawn import NotComposable
from workshop_builder.pdf.parts.laid_out import LaidPart, Measures
from workshop_builder.personal.pieces.parts import SheetParts
from workshop_builder.personal.pieces.rows import ExerciseRow, SheetPart

_SAME = 0.001
"""CSS pixels by which heights may differ that are the same."""
_ALIKE = 0.5
"""CSS pixels by which heights may differ that are taken as the same."""


class Missing(Exception):  # noqa: N818  it is no error: they are laid out then
    """Parts that have not been laid out at a scale."""

    def __init__(self, scale: Scale, parts: Iterable[SheetPart]) -> None:
        super().__init__()
        self.scale = scale
        self.parts = tuple(parts)


@dataclass(slots=True)
class Stack:
    """Parts with their places, in CSS pixels below the upper margin of the page."""

    scale: Scale
    tops: list[tuple[SheetPart, float]] = field(default_factory=list)
    across: dict[int, float] = field(default_factory=dict)
    """How far a part is moved to the right, by its `id`."""
    rows: list[tuple[ExerciseRow, float, float]] = field(default_factory=list)
    """Each exercise: where it begins, and its height."""
    cards: list[tuple[SheetPart, ...]] = field(default_factory=list)
    """In two columns, the parts of each exercise."""
    frame: tuple[float, float] | None = None
    """Where the frame around those who leave something out begins, and the height inside."""
    end: float = 0
    """Where the last part ends."""
    clash: bool = False
    """Whether what stands beside the chart reaches over an exercise."""


@dataclass(frozen=True, slots=True)
class CardPlaces:
    """An exercise in one of two columns. Lengths are CSS pixels."""

    height: float
    places: list[tuple[SheetPart, float]]
    """Each part, and how far down it stands."""


def balanced(heights: Sequence[float]) -> int:
    """Return how many exercises stand in the first of two columns, so that both are short.

    Where it is all but the same, it is more of them.
    """

    def higher(first: int) -> float:
        return max(sum(heights[:first]), sum(heights[first:]))

    least = min(map(higher, range(1, len(heights))), default=0)
    return max(n for n in range(1, len(heights) + 1) if higher(n) <= least + _ALIKE)


class Stacker:
    """Stacks the parts of sheets at one scale."""

    def __init__(
        self, part: Callable[[SheetPart], LaidPart], like: Callable[[str], Measures]
    ) -> None:
        self._part = part
        self._like = like

    def stack(self, parts: SheetParts, scale: Scale, between: float) -> Stack:
        """Return the places of parts with gaps that are wider by `between`, in CSS pixels."""
        stack = Stack(scale)
        head = self._like("head dense" if parts.columns else "head")
        y = self._head(stack, parts) + head.below + (0 if parts.columns else between)
        y = self._put(stack, parts.lines, y)
        y = self._put(stack, parts.strips, y)
        y = self._put(stack, (parts.stop,) if parts.stop else (), y)
        if parts.columns:
            y = self._columns(stack, parts, y, between)
        else:
            for row in parts.rows:
                y = self._row(stack, row, y) + self._like(f"row{row.look}").below + between
            y = self._put(stack, parts.log, y)
        self._foot(stack, parts, y, between)
        if parts.beside and stack.frame:
            _, last, height = stack.rows[-1]
            stack.clash = stack.frame[0] < last + height - 1
        return stack

    def _head(self, stack: Stack, parts: SheetParts) -> float:
        """Put the head, whose cells stand in the middle of its height; return where it ends."""
        title = Stack(stack.scale)
        height = self._put(title, parts.head, 0)
        cells = [part for part in (parts.logo, parts.code) if part]
        most = max(height, *(self._part(part).height for part in cells), 0)
        stack.tops += [(part, (most - self._part(part).height) / 2) for part in cells]
        stack.tops += [(part, (most - height) / 2 + y) for part, y in title.tops]
        return most

    def _row(self, stack: Stack, row: ExerciseRow, y: float) -> float:
        inside = self._like(f"do{row.look}")
        end = self._put(stack, row.words, y + inside.before) + inside.after
        height = max(end - y, self._like(f"parts{row.look}").least)
        stack.rows.append((row, y, height))
        return y + height

    def _columns(self, stack: Stack, parts: SheetParts, y: float, between: float) -> float:
        """Put exercises in two columns, and what stands below them side by side."""
        rows, row = self._like("rows dense"), self._like("row dense")
        cards = dict(zip(map(id, parts.rows), self.cards(parts.rows, stack.scale), strict=True))
        top = y + rows.before + between
        ends = [top]
        halves = parts.rows[: parts.first_column], parts.rows[parts.first_column :]
        for half, across in zip(halves, (0, rows.width - row.width), strict=True):
            y = top
            for each in half:
                card = cards[id(each)]
                stack.tops += [(part, y + down) for part, down in card.places]
                stack.across |= {id(part): across for part, _ in card.places}
                stack.rows.append((each, y, card.height))
                stack.cards.append(tuple(part for part, _ in card.places))
                y += card.height + row.below + between
            ends.append(y)
        y = max(ends) + rows.after
        stack.tops += [(part, y) for part in parts.log]
        return y + max(self._part(part).height for part in parts.log)

    def cards(self, rows: Sequence[ExerciseRow], scale: Scale) -> list[CardPlaces]:
        """Return the places of the parts of exercises in one of two columns."""
        found: list[CardPlaces] = []
        missing: list[SheetPart] = []
        for row in rows:
            try:
                found.append(self._card(row))
            except Missing as more:
                missing += more.parts
        if missing:
            raise Missing(scale, missing)
        return found

    def _card(self, row: ExerciseRow) -> CardPlaces:
        (part,), close = row.words, row.close
        laid = self._part(part)
        if not close or not close.dose:
            return CardPlaces(laid.height, [(part, 0)])
        told = close.told(*laid.beside)
        dose = self._part(told)
        part = close.part(dose.bold)
        laid = self._part(part)
        space = laid.pieces["told"]
        if abs(space.height - dose.height) > _SAME:
            raise NotComposable
        places = [(part, 0.0), (told, space.top - laid.top)]
        if rest := close.rest(part):
            places.append((rest, laid.pieces["rest"].top - laid.top))
        return CardPlaces(laid.height, places)

    def _foot(self, stack: Stack, parts: SheetParts, y: float, between: float) -> None:
        foot = y
        y, below = y + self._like("safe").before + between, 0.0
        if parts.out:
            like = self._like(parts.out[0].place)
            inner = Stack(stack.scale)
            height = self._put(inner, parts.out, 0)
            if parts.beside:
                safe, aside = self._like("safe"), self._like("aside")
                end = foot + aside.top + aside.height - safe.top
                top = end - like.before - height - like.after
            else:
                top = y + below
                y, below = top + like.before + height + like.after, like.below
            stack.frame = (top, height)
            stack.tops += [(part, top + like.before + at) for part, at in inner.tops]
        stack.end = self._put(stack, (parts.imprint,), y, below)

    def _put(self, stack: Stack, parts: Sequence[SheetPart], y: float, below: float = 0) -> float:
        """Put parts one below the other from `y` on; return where the margin of the last ends."""
        return sum(self._put_all(stack, parts, y, below))

    def _put_all(
        self, stack: Stack, parts: Sequence[SheetPart], y: float, below: float = 0
    ) -> tuple[float, float]:
        """Put parts below a margin of `below`; return where they end, and the margin of the last.

        Of two margins that meet, the larger counts.
        """
        for part in parts:
            laid = self._part(part)
            y += max(below, laid.above)
            stack.tops.append((part, y))
            y += laid.height
            below = laid.below
        return y, below
