"""A sheet that is laid out as a whole: in one column if that fits, and else in two."""

from __future__ import annotations

from dataclasses import replace

from workshop_builder.errors import BuildError, Problem
from workshop_builder.model.fields import Pages
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.pages.render import Renderer
from workshop_builder.pdf.engine import Pdf
from workshop_builder.pdf.parts.drawn import NotComposable
from workshop_builder.personal.pieces.columns import parts_of
from workshop_builder.personal.pieces.kit import PartsKit
from workshop_builder.personal.sheet import Kit, laid_out, renderer, target
from workshop_builder.source.folder import SETTINGS_FILE

_TEMPLATE = "sheet-parts.html"
_ROOMY = 4
"""Exercises in two columns beside which there is room for all that belongs to them."""


def make_sheet(sheet: PersonalSheet, kit: Kit, *, too_long: bool = False) -> Pdf:
    """Return a sheet as a PDF, with all in one column if that fits, and else in two.

    With `too_long` it is known that it does not. Raises BuildError, with the place of the row,
    where it cannot be made.
    """
    try:
        return _fitted(sheet, kit, too_long=too_long)
    except BuildError as error:
        told = _too_many(sheet, kit) if _is_too_long(error) else ()
        problems = told or [f"{each.path}: {each.text}" for each in error.problems]
        raise BuildError(Problem(sheet.path, sheet.line, text) for text in problems) from error


def _fitted(sheet: PersonalSheet, kit: Kit, *, too_long: bool = False) -> Pdf:
    try:
        if not too_long:
            return laid_out(sheet, kit)
    except BuildError:
        if not sheet.exercises[1:]:
            raise
    made = laid_out(_in_columns(sheet, kit), kit)
    return replace(made, told=no_room(sheet, kit))


def _in_columns(sheet: PersonalSheet, kit: Kit) -> PersonalSheet:
    """Return a sheet in two columns: on one page they are as even as the exercises let them be."""
    dense = replace(sheet, dense=True)
    if target(kit.workshop, sheet).pages != Pages(1, 1):
        return dense
    made_by = renderer(sheet, kit)
    try:
        first = parts_kit(made_by, kit).first_column(parts_of(made_by, sheet))
    except NotComposable:
        first = (len(sheet.exercises) + 1) // 2
    return replace(dense, first_column=first)


def parts_kit(like: Renderer, kit: Kit) -> PartsKit:
    """Return a kit for the parts of sheets that look like that of a renderer."""
    product = replace(like.target.product, template=_TEMPLATE)
    alone = replace(like.target, product=product)
    own = Renderer(like.workshop, alone, like.labels, kit.templates)
    language = kit.workshop.settings.language
    foreign = language if like.workshop.settings.language != language else ""
    return PartsKit(own, kit.engine(like.target), foreign)


def no_room(sheet: PersonalSheet, kit: Kit) -> tuple[str, ...]:
    """Return what is to be told of a sheet in two columns: what has no room on it."""
    too_many = len(sheet.exercises) - _ROOMY
    if too_many <= 0 or sheet.student.edition == "large-print":
        return ()
    order = kit.workshop.in_order
    easier = [n for n in sheet.exercises if kit.workshop.exercises[n].fields.easier]
    numbers = ", ".join(str(order.index(name) + 1) for name in easier)
    what = f"what is easier ({numbers}) and " if easier else ""
    pages = target(kit.workshop, sheet).pages
    more = f", or write 'pages: {pages.high + 1}'" if pages else ""
    text = f"there is no room for {what}the student's own lines; take {too_many} away{more}"
    return (str(Problem(sheet.path, sheet.line, text)),)


def _is_too_long(error: BuildError) -> bool:
    """Return whether a promise of pages is all that is wrong: it is made in workshop.yaml."""
    return all(problem.path == SETTINGS_FILE for problem in error.problems)


def _too_many(sheet: PersonalSheet, kit: Kit) -> list[str]:
    """Return how many exercises are too many, if with fewer the promise of pages can be kept."""
    promise = target(kit.workshop, sheet).pages
    fits, fails = 0, len(sheet.exercises)
    while promise and fails - fits > 1:
        count = (fits + fails) // 2
        try:
            _fitted(replace(sheet, exercises=sheet.exercises[:count]), kit)
        except BuildError:
            fails = count
        else:
            fits = count
    if not fits or not promise:
        return []
    room = "1 page" if promise.high == 1 else f"{promise.high} pages"
    text = f"{len(sheet.exercises)} exercises do not fit on {room}"
    return [
        f"{text}; take {len(sheet.exercises) - fits} away, or write 'pages: {promise.high + 1}'"
    ]
