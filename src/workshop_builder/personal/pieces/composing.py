"""Puts planned sheets together from the drawn parts of a kit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from workshop_builder.pdf.engine import Pdf
from workshop_builder.pdf.fitting.copyfitting import Scale
from workshop_builder.pdf.parts.drawn import DrawnPart, SharedObjects, draw
from workshop_builder.pdf.parts.file import FileWriter
from workshop_builder.pdf.parts.placed import Group, PageLayout, Placed
from workshop_builder.personal.pieces.kit import PX, PartsKit
from workshop_builder.personal.pieces.plan import SheetPlan
from workshop_builder.personal.pieces.rows import ROW, ExerciseRow, SheetPart

_HEAD = (
    "logo",
    "title",
    "lead",
    "need",
    "marks",
    "code",
    "now",
    "stop",
    "imprint",
    "log",
    "chart",
    "list",
    "out",
)
"""Kinds of parts of which a sheet has one at the most."""


class Composer:
    """Makes the files of planned sheets; made when all plans of a kit are known."""

    def __init__(self, kit: PartsKit, plans: Iterable[SheetPlan]) -> None:
        """Draw all parts of the plans; raises NotComposable where one cannot be drawn alone."""
        wanted = {(plan.stack.scale, part): None for plan in plans for part, _ in plan.tops}
        drawn, ground = draw([kit.part(*key) for key in wanted])
        self._kit = kit
        self._drawn = dict(zip(wanted, drawn, strict=True))
        self._most = _most(self._drawn)
        self._writer = FileWriter(ground)

    def write(self, plan: SheetPlan, title: str, told: tuple[str, ...] = ()) -> Pdf:
        """Return a sheet as a PDF, with what whoever asked for it is told."""
        return Pdf(self._writer.write(self.layout(plan), title), 1, told)

    @property
    def ground(self) -> SharedObjects:
        """What all sheets share."""
        return self._writer.ground

    def layout(self, plan: SheetPlan) -> PageLayout:
        """Return where the drawn parts of a sheet stand on its page."""
        width, height = self._kit.target.size
        placed = dict(self._placed(plan))
        parts = plan.parts
        rows = [
            self._row(row, see, close, placed)
            for row, see, close in zip(parts.rows, plan.pictures, plan.cards, strict=True)
        ]
        head = _of(placed, parts.logo, *parts.head, parts.code)
        foot = _of(placed, *parts.strips)
        out = self._out(plan, placed)
        imprint = _of(placed, parts.imprint)
        log = (
            [Group("Sect", tuple(_of(placed, *parts.log)))]
            if parts.columns
            else _of(placed, *parts.log)
        )
        lines = _of(placed, *parts.lines)
        stop = _of(placed, parts.stop)
        nodes = [*head, *lines, *foot, *out, *imprint, *stop, *rows, *log]
        shown = [part for row in rows for part in (row.parts if isinstance(row, Group) else (row,))]
        outline = [*head, *shown, *(_of(placed, *parts.log) if parts.columns else ()), *foot]
        outline += _of(placed, *parts.out[:1])
        lang = self._kit.renderer.workshop.settings.language
        size = width * PX, height * PX
        return PageLayout(size, tuple(nodes), tuple(outline), lang, tuple(self._anchors(plan)))

    def _anchors(self, plan: SheetPlan) -> Iterator[tuple[str, float, float]]:
        like, across = self._kit.like[plan.stack.scale], plan.stack.across
        places = zip(plan.stack.rows, plan.cards, strict=True)
        for (row, y, _), close in places:
            moved = across[id(close[0])] if close else 0
            left = like[f"row{row.look}"].left + moved
            yield f"ex-{row.card.exercise.id}", left, like["page"].top + y

    def _row(
        self,
        row: ExerciseRow,
        see: SheetPart | None,
        close: Sequence[SheetPart],
        placed: dict[int, Placed],
    ) -> Placed | Group:
        if row.close:
            parts = _of(placed, *close)
            return Group("Art", tuple(parts)) if row.close.dose else parts[0]
        before, after = row.words[: row.before_see], row.words[row.before_see :]
        return Group("Art", tuple(_of(placed, *before, see, *after)))

    def _out(self, plan: SheetPlan, placed: dict[int, Placed]) -> list[Placed | Group]:
        if not plan.frame:
            return []
        title, *items = plan.parts.out
        listed = tuple(_of(placed, *items))
        return [*_of(placed, plan.frame, title), Group("L", listed)]

    def _placed(self, plan: SheetPlan) -> Iterator[tuple[int, Placed]]:
        """Yield each part of a plan, by its `id`, with its place and numbers."""
        numbers = self._numbers(plan)
        scale, top = plan.stack.scale, self._kit.like[plan.stack.scale]["page"].top
        for part, y in plan.tops:
            across = plan.stack.across.get(id(part), 0)
            yield id(part), Placed(self._drawn[scale, part], top + y, numbers[id(part)], across)

    def _numbers(self, plan: SheetPlan) -> dict[int, int]:
        """Return the number of the first marked content of each part, by its `id`.

        A part has the same on most sheets, since numbers are left free for what a sheet lacks.
        """
        found: dict[int, int] = {}
        parts, most = plan.parts, self._most
        single = {part.kind: part for part in parts.single}
        number = 0
        for kind in _HEAD:
            if kind in single:
                found[id(single[kind])] = number
            number += most.get(kind, 0)
        for row, see, close in zip(parts.rows, plan.pictures, plan.cards, strict=True):
            own = {part.kind: part for part in close or row.words}
            own |= {see.kind: see} if see else {}
            for kind in ROW:
                if kind in own:
                    found[id(own[kind])] = number
                number += most.get(kind, 0)
        rest = [*parts.out[1:], *parts.lines]
        for part in rest:
            found[id(part)] = number
            number += most[part.kind]
        if plan.frame:
            found[id(plan.frame)] = number
        return found


def _of(placed: dict[int, Placed], *parts: SheetPart | None) -> list[Placed]:
    return [placed[id(part)] for part in parts if part]


def _most(drawn: Mapping[tuple[Scale, SheetPart], DrawnPart]) -> dict[str, int]:
    """Return the most marked contents that a part of each kind has."""
    most: dict[str, int] = {}
    for (_, part), each in drawn.items():
        most[part.kind] = max(most.get(part.kind, 0), each.marks)
    return most
