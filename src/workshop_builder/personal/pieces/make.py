"""Makes all sheets of a roster that can be put together from parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from workshop_builder.personal.sheet import renderer, target

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
    product = replace(first.target.product, template=_TEMPLATE)
    alone = replace(first.target, product=product)
    own = Renderer(first.workshop, alone, first.labels, kit.templates)
    parts = PartsKit(own, kit.engine(first.target))
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


def _title(sheet: PersonalSheet, like: Renderer) -> str:
    """Return the title of a sheet, as the templates have it."""
    labels, settings = like.labels, like.workshop.settings
    name = typography.polish(settings.title, like.workshop.language.writing)
    return f"{name}{labels.colon} {labels['take_home']}, {sheet.name}"
