"""Makes all sheets of a roster that can be put together from parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from workshop_builder.markup import typography
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.pages.render import Renderer
from workshop_builder.pdf.engine import Pdf
from workshop_builder.pdf.parts.drawn import NotComposable, SharedObjects
from workshop_builder.pdf.parts.placed import PageLayout
from workshop_builder.personal.pieces.columns import parts_of
from workshop_builder.personal.pieces.composing import Composer
from workshop_builder.personal.pieces.kit import PartsKit
from workshop_builder.personal.pieces.parts import SheetParts, is_composable
from workshop_builder.personal.pieces.plan import SheetPlan
from workshop_builder.personal.pieces.whole import make_sheet, no_room, parts_kit
from workshop_builder.personal.sheet import Kit as SheetKit
from workshop_builder.personal.sheet import renderer, target
from workshop_builder.source.look_alikes import as_set

_Look: TypeAlias = tuple[str, str, str]
"""Edition, paper and language."""
_ANY = "A"
"""A name that is a line."""
_FEW = 3
"""Sheets of one look that are laid out whole in the time that it takes to lay out their parts."""


@dataclass(frozen=True, slots=True)
class SheetOfParts:
    """A sheet as it goes into a file of many."""

    ground: SharedObjects = field(repr=False)
    layout: PageLayout = field(repr=False)
    told: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlannedSheet:
    """A sheet that is put together from parts."""

    sheet: PersonalSheet = field(repr=False)
    plan: SheetPlan = field(repr=False)
    composer: Composer = field(repr=False)
    title: str = field(repr=False)
    told: tuple[str, ...] = field(repr=False)

    def pdf(self) -> Pdf:
        """Return it as a PDF, the same as if it had been laid out whole."""
        return self.composer.write(self.plan, self.title, self.told)

    def parts(self) -> SheetOfParts:
        """Return it as it goes into a file of many, with its content packed."""
        layout = self.composer.layout(self.plan)
        for placed in layout.parts:
            placed.part.content(placed.first)
        return SheetOfParts(self.composer.ground, layout, self.told)


@dataclass(slots=True)
class SheetPress:
    """Makes sheets of one workshop; their parts stay laid out for those that come."""

    kit: SheetKit = field(repr=False)
    _parts: dict[_Look, PartsKit] = field(default_factory=dict, repr=False)

    def plan_all(self, sheets: Sequence[PersonalSheet]) -> dict[int, PlannedSheet]:
        """Return those of `sheets` that are put together, by row; the others are laid out whole.

        What all of them need is laid out and drawn, each part once.
        """
        looks: dict[_Look, list[PersonalSheet]] = {}
        known: dict[object, _Look | None] = {}
        for sheet in sheets:
            if (done := sheet.done) not in known:
                known[done] = self._look(sheet)
            if look := known[done]:
                looks.setdefault(look, []).append(sheet)
        return {
            each.sheet.row: each
            for look, alike in looks.items()
            if len(alike) > _FEW
            for each in self._planned(alike, look)
        }

    def lay_out(self, sheet: PersonalSheet) -> None:
        """Lay out the parts that a sheet shares with others: all but the student's own words."""
        if look := self._look(sheet):
            own = {"name": _ANY, "note": None, "date": None, "next_visit": None}
            student = sheet.student.model_copy(update=own)
            bare = replace(sheet, name=_ANY, student=student, left_out=())
            like = renderer(bare, self.kit)
            self._kit_of(like, look).plan_all([parts_of(like, bare)])

    def make(self, sheet: PersonalSheet) -> Pdf:
        """Return a sheet as `make_sheet` does; raises BuildError likewise."""
        if not (look := self._look(sheet)):
            return make_sheet(sheet, self.kit)
        for planned in self._planned([sheet], look):
            return planned.pdf()
        made_by = renderer(sheet, self.kit)
        too_long = self._kit_of(made_by, look).overfills(parts_of(made_by, sheet))
        return make_sheet(sheet, self.kit, too_long=too_long)

    def _look(self, sheet: PersonalSheet) -> _Look | None:
        """Return what parts look alike in; None of a sheet that cannot be put together."""
        made_for = target(self.kit.workshop, sheet)
        if not is_composable(self.kit.workshop, made_for, sheet):
            return None
        return made_for.edition, made_for.paper, sheet.student.language or ""

    def _kit_of(self, like: Renderer, look: _Look) -> PartsKit:
        if look not in self._parts:
            self._parts[look] = parts_kit(like, self.kit)
        return self._parts[look]

    def _planned(self, sheets: Sequence[PersonalSheet], look: _Look) -> Iterator[PlannedSheet]:
        """Yield those of sheets of one look that can be put together."""
        like = renderer(sheets[0], self.kit)
        kit = self._kit_of(like, look)
        made = list(zip(sheets, kit.plan_all(self._parts_of_all(sheets)), strict=True))
        for columns in (False, True):
            found = [
                (sheet, plan) for sheet, plan in made if plan and plan.parts.columns == columns
            ]
            with suppress(NotComposable):
                yield from self._composed(found, kit, like)

    def _parts_of_all(self, sheets: Sequence[PersonalSheet]) -> list[SheetParts]:
        """Return the parts of sheets: what is done in the same way is looked at once."""
        known: dict[object, SheetParts] = {}
        found = []
        for sheet in sheets:
            if like := known.get(done := sheet.done):
                found.append(like.of(sheet))
                continue
            known[done] = parts_of(renderer(sheet, self.kit), sheet)
            found.append(known[done])
        return found

    def _composed(
        self, found: Sequence[tuple[PersonalSheet, SheetPlan]], kit: PartsKit, like: Renderer
    ) -> Iterator[PlannedSheet]:
        if found:
            composer = Composer(kit, [plan for _, plan in found])
        for sheet, plan in found:
            told = no_room(sheet, self.kit) if plan.parts.columns else ()
            yield PlannedSheet(sheet, plan, composer, _title(sheet, like), told)


def _title(sheet: PersonalSheet, like: Renderer) -> str:
    """Return the title of a sheet, as the templates have it."""
    labels, settings = like.labels, like.workshop.settings
    name = typography.polish(settings.title, like.workshop.language.writing)
    return as_set(f"{name}{labels.colon} {labels['take_home']}, {sheet.name}")
