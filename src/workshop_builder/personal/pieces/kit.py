"""A kit: the parts of many sheets of one look, laid out once at each scale that is tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, TypeAlias, TypeVar

from workshop_builder.errors import BuildError
from workshop_builder.model.products import Target
from workshop_builder.pages import links, stylesheets
from workshop_builder.pages.links import Targets
from workshop_builder.pages.render import Renderer
from workshop_builder.pdf.engine import PdfEngine
from workshop_builder.pdf.fitting import copyfitting
from workshop_builder.pdf.fitting.copyfitting import Scale
from workshop_builder.pdf.parts import laid_out
from workshop_builder.pdf.parts.drawn import NotComposable
from workshop_builder.pdf.parts.laid_out import LaidPart, Measures
from workshop_builder.personal import foreign_words
from workshop_builder.personal.pieces.parts import NAME, SheetParts
from workshop_builder.personal.pieces.plan import SheetPlan, planned
from workshop_builder.personal.pieces.rows import SheetPart
from workshop_builder.personal.pieces.stack import Missing, Stack, Stacker, balanced

PX = 96 / 25.4
"""CSS pixels in a millimetre."""
_GAPS = 3
"""Gaps of a sheet beside those of its exercises, as `overflow.gap_count` counts them."""
_AT_ONCE = 100
"""Parts that are laid out in one document; in a longer one each takes more time."""
_LINES_AT_ONCE = 500
"""Of those that are lines, it is less."""

_Answer = TypeVar("_Answer")
_Laid: TypeAlias = dict[SheetPart, LaidPart | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A part that the template is to make."""

    name: str
    kind: str
    values: tuple[Any, ...]


@dataclass(eq=False)
class PartsKit:
    """The parts of sheets of one look: of one edition, and on one paper."""

    renderer: Renderer = field(repr=False)
    """Renders the parts of any of the sheets."""
    engine: PdfEngine = field(repr=False)
    own_language: str = ""
    """That of the workshop, where the labels are in another."""
    laid: dict[Scale, _Laid] = field(default_factory=partial(defaultdict, dict), repr=False)
    """The parts at each scale that was tried; None of one of which the engine complains."""
    like: dict[Scale, Mapping[str, Measures]] = field(default_factory=dict, repr=False)
    """What is measured at each scale."""
    line: dict[Scale, LaidPart] = field(default_factory=dict, repr=False)
    """A part that stands for any that is a line, at each scale, until all have their place."""

    @property
    def target(self) -> Target:
        """What any of the sheets is."""
        return self.renderer.target

    def plan_all(self, sheets: Sequence[SheetParts]) -> list[SheetPlan | None]:
        """Return the plan of each sheet; None where it has to be laid out whole.

        Those that differ in lines alone are planned once.
        """
        shapes: dict[object, list[int]] = defaultdict(list)
        for number, sheet in enumerate(sheets):
            shapes[sheet.shape].append(number)
        firsts = self._plan_shapes([sheets[numbers[0]] for numbers in shapes.values()])
        both = zip(firsts, shapes.values(), strict=True)
        alike = [(plan, numbers) for plan, numbers in both if plan is not None]
        lines: dict[Scale, dict[SheetPart, None]] = {}
        for plan, numbers in alike:
            wanted = lines.setdefault(plan.stack.scale, {})
            wanted |= {part: None for number in numbers for part in sheets[number].short_lines}
        for scale, parts in lines.items():
            self._lay_out_all(scale, [each for each in parts if each not in self.laid[scale]])
        plans: list[SheetPlan | None] = [None] * len(sheets)
        for plan, numbers in alike:
            used = self._used(plan)
            for number in numbers:
                own = plan.of(sheets[number])
                plans[number] = own if self._lines_fit(own, used) else None
        return plans

    def _plan_shapes(self, sheets: Sequence[SheetParts]) -> list[SheetPlan | None]:
        plans: dict[int, SheetPlan | None] = {}
        while len(plans) < len(sheets):
            missing: dict[Scale, dict[SheetPart, None]] = {}
            for number, sheet in enumerate(sheets):
                if number not in plans:
                    self._try(sheet, number, plans, missing)
            for scale, parts in missing.items():
                self._lay_out_all(scale, list(parts))
        return [plans[number] for number in range(len(sheets))]

    def _try(
        self,
        sheet: SheetParts,
        number: int,
        plans: dict[int, SheetPlan | None],
        missing: dict[Scale, dict[SheetPart, None]],
    ) -> None:
        """Add the plan of a sheet to `plans`, or what it needs for one to `missing`."""
        try:
            plans[number] = self._plan(sheet)
        except Missing as found:
            wanted = missing.setdefault(found.scale, {})
            one = found.scale not in self.line and any(part.line for part in wanted)
            wanted |= {part: None for part in found.parts if not (one and part.line)}
        except NotComposable:
            plans[number] = None

    def first_column(self, sheet: SheetParts) -> int:
        """Return how many exercises of a sheet stand in the first of two columns.

        Raises NotComposable where they cannot be laid out.
        """
        return self._with_all_parts(lambda: self._first_column(sheet.dense or sheet))

    def overfills(self, sheet: SheetParts) -> bool:
        """Return whether a sheet cannot be in one column."""
        try:
            return bool(sheet.dense) and self._with_all_parts(lambda: self._overfills(sheet))
        except NotComposable:
            return False

    def _with_all_parts(self, ask: Callable[[], _Answer]) -> _Answer:
        """Return an answer, with all parts laid out that it needs."""
        while True:
            try:
                return ask()
            except Missing as found:
                self._lay_out_all(found.scale, found.parts)

    def _first_column(self, sheet: SheetParts) -> int:
        scale = self._scales[-1]
        self._need(scale, [part for row in sheet.rows for part in row.words])
        below = self._like(scale)["row dense"].below
        stacker = Stacker(partial(self.part, scale), self._like(scale).__getitem__)
        return balanced([card.height + below for card in stacker.cards(sheet.rows, scale)])

    @cached_property
    def _scales(self) -> list[Scale]:
        return copyfitting.scales(*self.target.product.body)

    def _plan(self, sheet: SheetParts) -> SheetPlan:
        """Return where everything is on a sheet; raises Missing for parts, or NotComposable."""
        if not (sheet.dense and self._overfills(sheet)):
            return self._plan_one(sheet)
        first = self._first_column(sheet.dense)
        return self._plan_one(replace(sheet.dense, first_column=first))

    def _overfills(self, sheet: SheetParts) -> bool:
        """Return whether a sheet in one column is too long, even at the smallest scale.

        Most are by what many of them have; what each has of its own is laid out for the others.
        """
        scale = self._scales[-1]
        common = [part for row in sheet.rows for part in row.words]
        common += sheet.shared
        self._need(scale, common)
        like = self._like(scale)
        least = sum(self.part(scale, part).height for part in common)
        least += sum(like[f"row{row.look}"].below for row in sheet.rows)
        least += like["head"].below + like["safe"].before
        area = self._area(scale)
        return least > area or self._stack(sheet.narrow, scale).end > area

    def _plan_one(self, parts: SheetParts) -> SheetPlan:
        narrow = parts.narrow
        found = copyfitting.largest_that_fits(
            copyfitting.few(self._scales) if parts.columns else self._scales,
            lambda scale: self._stack(narrow, scale),
            lambda stack: stack.end / self._area(stack.scale),
            whole=True,
            tight=parts.columns,
        )
        scale, between = found.scale, 0.0
        area = self._area(scale)
        if found.filled < copyfitting.WELL_FILLED:
            free = (area - found.document.end) / PX
            wider = copyfitting.with_wider_gaps(scale, free, len(parts.rows) + _GAPS).between * PX
            between = wider if self._stack(narrow, scale, wider).end <= area else 0.0
        stack = self._stack(parts, scale, between)
        if stack.end > area or stack.clash:
            raise NotComposable
        plan = planned(parts, stack)
        self._need(scale, plan.late)
        self._check(plan)
        return plan

    def _check(self, plan: SheetPlan) -> None:
        """Raise NotComposable where a word leaves its place, or words of safety are not seen.

        They are looked for in each part once, and all that a sheet needs in its parts together.
        """
        used = self._used(plan)
        seen = {key for part, *_ in used for key in part.seen(plan.parts.required)}
        fits = all(part.fits for part, *_ in used)
        if not fits or plan.parts.required.keys() - {*seen, NAME} or laid_out.hidden(used, used):
            raise NotComposable

    def _used(self, plan: SheetPlan) -> list[laid_out.PlacedPart]:
        """Return all parts of a plan but short lines, with their places."""
        scale, across = plan.stack.scale, plan.stack.across
        tops = ((part, top) for part, top in plan.tops if not part.line)
        return [(self.part(scale, part), across.get(id(part), 0), top) for part, top in tops]

    def _lines_fit(self, plan: SheetPlan, used: Sequence[laid_out.PlacedPart]) -> bool:
        """Return whether the short lines of a plan are as was thought, among all else on it."""
        scale = plan.stack.scale
        found = [(self.laid[scale][part], top) for part, top in plan.tops if part.line]
        lines: list[laid_out.PlacedPart] = [(line, 0, top) for line, top in found if line]
        return (
            len(lines) == len(found)
            and all(line.fits and line.like(self.line[scale]) for line, *_ in lines)
            and NAME in self.part(scale, plan.parts.lines[0]).seen(plan.parts.required)
            and not laid_out.hidden(lines, used)
            and not laid_out.hidden(used, lines)
        )

    def _stack(self, parts: SheetParts, scale: Scale, between: float = 0) -> Stack:
        line = self.line.get(scale)
        self._need(scale, (part for part in parts.words if not (line and part.line)))

        def part_of(part: SheetPart) -> LaidPart:
            return line if line and part.line else self.part(scale, part)

        return Stacker(part_of, self._like(scale).__getitem__).stack(parts, scale, between)

    def part(self, scale: Scale, part: SheetPart) -> LaidPart:
        """Return a part; raises NotComposable where it could not be laid out, or Missing."""
        if part.of:
            return self.part(scale, part.of).pieces[part.kind]
        self._need(scale, [part])
        if laid := self.laid[scale][part]:
            return laid
        raise NotComposable

    def _need(self, scale: Scale, parts: Iterable[SheetPart]) -> None:
        laid = self.laid[scale]
        if missing := [part for part in parts if part not in laid]:
            raise Missing(scale, missing)

    def _like(self, scale: Scale) -> Mapping[str, Measures]:
        if scale not in self.like:  # none of its parts could be laid out
            raise NotComposable
        return self.like[scale]

    def _area(self, scale: Scale) -> float:
        """Return the height of a page between its margins, in CSS pixels."""
        return self.target.size[1] * PX - self._like(scale)["page"].least

    def _lay_out_all(self, scale: Scale, parts: Sequence[SheetPart]) -> None:
        """Lay out parts at a scale; those of which the engine complains are none."""
        at_once = _LINES_AT_ONCE if all(part.line for part in parts) else _AT_ONCE
        for first in range(0, len(parts), at_once):
            self._lay_out_some(scale, parts[first : first + at_once])

    def _lay_out_some(self, scale: Scale, parts: Sequence[SheetPart]) -> None:
        try:
            self._lay_out(scale, parts)
        except BuildError:
            if half := len(parts) // 2:
                self._lay_out_some(scale, parts[:half])
                self._lay_out_some(scale, parts[half:])
            else:
                self.laid[scale][parts[0]] = None

    def _lay_out(self, scale: Scale, parts: Sequence[SheetPart]) -> None:
        at: dict[str, list[Asked]] = {}
        names = {f"p{number}": part for number, part in enumerate(parts)}
        for name, part in names.items():
            at.setdefault(part.place, []).append(Asked(name, part.kind, part.values))
        page = self.renderer.part(Targets({}, {}), at=at)
        links.unwrap_dead(page.root)
        if self.own_language:
            foreign_words.mark(page.root, self.own_language)
        styles = [*stylesheets.for_target(self.renderer.workshop, self.target), stylesheets.parts()]
        joined = (styles[-1][0], "\n".join(text for _, text in styles))  # matched at one go
        document = laid_out.lay_out(self.engine, page, self.target, [joined], scale)
        laid, like = laid_out.find(document)
        self.like.setdefault(scale, like)
        self.laid[scale] |= {part: laid[name] for name, part in names.items()}
        for name in [name for name, part in names.items() if part.line][:1]:
            self.line.setdefault(scale, laid[name])
