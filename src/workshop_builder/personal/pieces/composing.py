"""Puts planned sheets together from the drawn parts of a kit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workshop_builder.pdf.engine import Pdf
from workshop_builder.pdf.fitting.copyfitting import Scale
from workshop_builder.pdf.parts.drawn import DrawnPart, SharedObjects, draw
from workshop_builder.pdf.parts.file import FileAround, FileWriter
from workshop_builder.pdf.parts.placed import OWN, Group, PageLayout, Placed
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

_KEPT = 50
"""How many files are kept that others are like."""
_OUT, _LOG, _ROWS = range(OWN, OWN + 3)
"""The numbers of tags around parts: who leaves out what, what stands below, and each exercise."""


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
        self._around: dict[object, FileAround] = {}

    def write(self, plan: SheetPlan, title: str, told: tuple[str, ...] = ()) -> Pdf:
        """Return a sheet as a PDF, with what whoever asked for it is told.

        Of those that differ in a short line alone, all around it is written once.
        """
        line = self._drawn[plan.stack.scale, plan.parts.lines[0]]
        key = plan.like, line.around
        if key not in self._around:
            if len(self._around) == _KEPT:
                self._around.clear()
            self._around[key] = self._writer.around(self.layout(plan), line)
        return Pdf(self._around[key].filled(line, title), 1, told)

    @property
    def ground(self) -> SharedObjects:
        """What all sheets share."""
        return self._writer.ground

    def layout(self, plan: SheetPlan) -> PageLayout:
        """Return where the drawn parts of a sheet stand on its page."""
        width, height = self._kit.target.size
        slots = self._slots(plan)
        placed = dict(self._placed(plan, slots))
        parts = plan.parts
        each = zip(parts.rows, plan.pictures, plan.cards, strict=True)
        rows = [
            self._row(row, see, close, placed, own)
            for own, (row, see, close) in enumerate(each, _ROWS)
        ]
        head = _of(placed, parts.logo, *parts.head, parts.code)
        first = _of(placed, *parts.strips, parts.stop)
        out = self._out(plan, placed)
        imprint = _of(placed, parts.imprint)
        below = _of(placed, *parts.log)
        log = [Group("Sect", tuple(below), _LOG)] if parts.columns else below
        lines = _of(placed, *parts.lines)
        nodes = [*head, *lines, *first, *out, *imprint, *rows, *log]
        shown = [part for row in rows for part in (row.parts if isinstance(row, Group) else (row,))]
        outline = [*head, *first, *shown, *(below if parts.columns else ())]
        outline += _of(placed, *parts.out[:1])
        lang = self._kit.renderer.workshop.settings.language
        size, anchors = (width * PX, height * PX), tuple(self._anchors(plan))
        return PageLayout(size, tuple(nodes), tuple(outline), lang, anchors, slots.own)

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
        own: int,
    ) -> Placed | Group:
        if row.close:
            parts = _of(placed, *close)
            return Group("Art", tuple(parts), own) if row.close.dose else parts[0]
        before, after = row.words[: row.before_see], row.words[row.before_see :]
        return Group("Art", tuple(_of(placed, *before, see, *after)), own)

    def _out(self, plan: SheetPlan, placed: dict[int, Placed]) -> list[Placed | Group]:
        if not plan.frame:
            return []
        title, *items = plan.parts.out
        listed = tuple(_of(placed, *items))
        return [*_of(placed, plan.frame, title), Group("L", listed, _OUT)]

    def _placed(self, plan: SheetPlan, slots: _Slots) -> Iterator[tuple[int, Placed]]:
        """Yield each part of a plan, by its `id`, with its place and numbers."""
        scale, top = plan.stack.scale, self._kit.like[plan.stack.scale]["page"].top
        across, drawn = plan.stack.across, self._drawn
        for part, y in plan.tops:
            key = id(part)
            yield key, Placed(drawn[scale, part], top + y, *slots.of[key], across.get(key, 0))

    def _slots(self, plan: SheetPlan) -> _Slots:
        """Return the numbers of each part.

        A part has the same on most sheets, since numbers are left free for what a sheet lacks.
        """
        parts, slots = plan.parts, _Slots(self._most, _ROWS + len(plan.parts.rows))
        single = {part.kind: part for part in parts.single}
        for kind in _HEAD:
            slots.give(kind, single.get(kind))
        for row, see, close in zip(parts.rows, plan.pictures, plan.cards, strict=True):
            own = {part.kind: part for part in close or row.words}
            own |= {see.kind: see} if see else {}
            for kind in ROW:
                slots.give(kind, own.get(kind))
        for part in (*parts.out[1:], *parts.lines, *((plan.frame,) if plan.frame else ())):
            slots.give(part.kind, part)
        return slots


@dataclass(slots=True)
class _Slots:
    """The numbers of the parts of a sheet."""

    most: Mapping[str, tuple[int, int]]
    own: int
    """The next number of an object, counted from that of the page."""
    mark: int = 0
    """The next number of a marked content."""
    of: dict[int, tuple[int, int]] = field(default_factory=dict)
    """The first of each part, by its `id`: of marked content, and of an object."""

    def give(self, kind: str, part: SheetPart | None) -> None:
        """Give a part of a kind its numbers, or leave them free."""
        if part:
            self.of[id(part)] = self.mark, self.own
        marks, objects = self.most.get(kind, (0, 0))
        self.mark += marks
        self.own += objects


def _of(placed: dict[int, Placed], *parts: SheetPart | None) -> list[Placed]:
    return [placed[id(part)] for part in parts if part]


def _most(drawn: Mapping[tuple[Scale, SheetPart], DrawnPart]) -> dict[str, tuple[int, int]]:
    """Return the most marked contents, and objects, that a part of each kind has."""
    most: dict[str, tuple[int, int]] = {}
    for (_, part), each in drawn.items():
        marks, objects = most.get(part.kind, (0, 0))
        most[part.kind] = max(marks, each.marks), max(objects, len(each.tags.starts))
    return most
