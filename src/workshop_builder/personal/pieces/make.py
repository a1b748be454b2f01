"""Makes all sheets of a roster that can be put together from parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from workshop_builder.markup import typography
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.pages.render import Renderer
from workshop_builder.pdf.engine import Pdf
from workshop_builder.pdf.parts.drawn import NotComposable
from workshop_builder.personal.pieces.composing import Composer
from workshop_builder.personal.pieces.kit import PartsKit, SheetPlan
from workshop_builder.personal.pieces.parts import is_composable, parts_of
from workshop_builder.personal.sheet import Kit as SheetKit
from workshop_builder.personal.sheet import make_sheet, renderer, target

_TEMPLATE = "sheet-parts.html"
_FEW = 3
"""Sheets of one look that are laid out whole in the time that it takes to lay out their parts."""


@dataclass(frozen=True, slots=True)
class PlannedSheet:
    """A sheet that is put together from parts."""

    sheet: PersonalSheet = field(repr=False)
    plan: SheetPlan = field(repr=False)
    composer: Composer = field(repr=False)
    title: str = field(repr=False)

    def pdf(self) -> Pdf:
        """Return it as a PDF, the same as if it had been laid out whole."""
        return self.composer.write(self.plan, self.title)


def plan_all(sheets: Sequence[PersonalSheet], kit: SheetKit) -> dict[int, PlannedSheet]:
    """Return those of `sheets` that are put together, by row; the others are to be laid out whole.

    What all of them need is laid out and drawn, each part once.
    """
    looks: dict[tuple[str, str], list[PersonalSheet]] = {}
    for sheet in sheets:
        made_for = target(kit.workshop, sheet)
        if is_composable(kit.workshop, made_for, sheet):
            looks.setdefault((made_for.edition, made_for.paper), []).append(sheet)
    many = [alike for alike in looks.values() if len(alike) > _FEW]
    return {each.sheet.row: each for alike in many for each in _planned(alike, kit)}


def _planned(sheets: Sequence[PersonalSheet], kit: SheetKit) -> Iterator[PlannedSheet]:
    """Yield those of sheets of one look that can be put together."""
    renderers = [renderer(sheet, kit) for sheet in sheets]
    first = renderers[0]
    parts = _parts_kit(first, kit)
    plans = parts.plan_all(
        [parts_of(each, sheet) for each, sheet in zip(renderers, sheets, strict=True)]
    )
    found = [(sheet, plan) for sheet, plan in zip(sheets, plans, strict=True) if plan]
    if not found:
        return
    try:
        composer = Composer(parts, [plan for _, plan in found])
    except NotComposable:
        return
    for sheet, plan in found:
        yield PlannedSheet(sheet, plan, composer, _title(sheet, first))


def _parts_kit(like: Renderer, kit: SheetKit) -> PartsKit:
    """Return a kit for the parts of sheets that look like that of a renderer."""
    product = replace(like.target.product, template=_TEMPLATE)
    alone = replace(like.target, product=product)
    own = Renderer(like.workshop, alone, like.labels, kit.templates)
    return PartsKit(own, kit.engine(like.target))


@dataclass(slots=True)
class SheetPress:
    """Makes one sheet after the other; their parts stay laid out for those that come."""

    kit: SheetKit = field(repr=False)
    _parts: dict[tuple[str, str], PartsKit] = field(default_factory=dict, repr=False)

    def make(self, sheet: PersonalSheet) -> Pdf:
        """Return a sheet as `make_sheet` does; raises BuildError likewise."""
        made_for = target(self.kit.workshop, sheet)
        if not is_composable(self.kit.workshop, made_for, sheet):
            return make_sheet(sheet, self.kit)
        rendering = renderer(sheet, self.kit)
        look = made_for.edition, made_for.paper
        parts = self._parts.setdefault(look, _parts_kit(rendering, self.kit))
        wanted = parts_of(rendering, sheet)
        (plan,) = parts.plan_all([wanted])
        if plan:
            with suppress(NotComposable):
                return Composer(parts, [plan]).write(plan, _title(sheet, rendering))
        too_full = not plan and sheet.exercises[1:] and parts.overfills(wanted)
        return make_sheet(replace(sheet, dense=True) if too_full else sheet, self.kit)


def _title(sheet: PersonalSheet, like: Renderer) -> str:
    """Return the title of a sheet, as the templates have it."""
    labels, settings = like.labels, like.workshop.settings
    name = typography.polish(settings.title, like.workshop.language.writing)
    return f"{name}{labels.colon} {labels['take_home']}, {sheet.name}"
