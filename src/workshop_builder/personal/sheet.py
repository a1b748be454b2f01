"""The sheet of one student as a PDF: the take-home sheet, as it is for this one student."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workshop_builder.languages.read import read as read_language
from workshop_builder.making.pictures import Pictures, Sizes
from workshop_builder.model import products
from workshop_builder.model.base import ProductSettings
from workshop_builder.model.fields import Pages
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.model.products import Product, Target
from workshop_builder.model.workshop import Workshop
from workshop_builder.pages import stylesheets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Page, Renderer
from workshop_builder.pages.templates import Templates
from workshop_builder.personal import foreign_words
from workshop_builder.personal.choosing import TAKE_HOME, as_done

if TYPE_CHECKING:
    from workshop_builder.pdf.engine import Pdf, PdfEngine


@dataclass(frozen=True, slots=True)
class Kit:
    """What all sheets of a workshop are made with; made once."""

    workshop: Workshop = field(repr=False)
    templates: Templates = field(repr=False)
    usual: PdfEngine = field(repr=False)
    """The engine with the pictures of every edition but ink-saver."""
    ink_saver: PdfEngine = field(repr=False)
    """The engine with outlines for pictures."""

    @classmethod
    def of(cls, workshop: Workshop, pictures: Pictures) -> Kit:
        """Return the kit of a workshop, whose pictures have been prepared."""
        from workshop_builder.pdf.engine import PdfEngine  # noqa: PLC0415  0.4 s
        from workshop_builder.pdf.served_files import Resource  # noqa: PLC0415  likewise

        def printed(sizes: Mapping[str, Sizes]) -> dict[str, Resource]:
            return {n: Resource(pair[0].data, pair[0].media_type) for n, pair in sizes.items()}

        templates = Templates(workshop.overrides, workshop.language.writing)
        templates.warm_up()
        engine = PdfEngine(printed(pictures.usual))
        return cls(workshop, templates, engine, engine.with_files(printed(pictures.ink_saver)))

    def engine(self, target: Target) -> PdfEngine:
        """Return the engine for a target."""
        return self.ink_saver if target.edition == "ink-saver" else self.usual


def renderer(sheet: PersonalSheet, kit: Kit) -> Renderer:
    """Return what renders a sheet: the workshop with the doses and labels of the student."""
    workshop, code = kit.workshop, sheet.student.language
    settings = workshop.settings
    exercises = {**workshop.exercises, **as_done(workshop, sheet)}
    language = workshop.language
    if code:
        language, _ = read_language(code, workshop.overrides, settings.kind)
        settings = settings.model_copy(update={"language": code})
    own = replace(workshop, exercises=exercises, settings=settings)
    return Renderer(own, target(workshop, sheet), Labels(language), kit.templates, sheet)


def target(workshop: Workshop, sheet: PersonalSheet) -> Target:
    """Return the file that a sheet is: a take-home sheet with its exercises and weeks."""
    product, said = take_home(workshop)
    student = sheet.student
    most = student.pages or (said.pages and said.pages.high)
    update: dict[str, object] = {
        "exercises": sheet.exercises,
        "instead": (),
        "weeks": student.weeks or said.weeks,
        "pages": Pages(1, most) if most else None,
    }
    return Target(
        product,
        said.model_copy(update=update),
        student.edition,
        student.paper or workshop.settings.paper,
        file=f"row {sheet.row}",
        line=workshop.line("products", TAKE_HOME),
    )


def take_home(workshop: Workshop) -> tuple[Product, ProductSettings]:
    """Return the take-home sheet as the workshop has it, or as it is usual where it has none."""
    usual = next(each for each in products.PRODUCTS if each.name == TAKE_HOME)
    return products.offered(workshop).get(TAKE_HOME, (usual, ProductSettings()))


def page(sheet: PersonalSheet, kit: Kit) -> Page:
    """Return a sheet as a page, ready to be laid out."""
    found = renderer(sheet, kit).page()
    if sheet.student.language:
        foreign_words.mark(found.root, kit.workshop.settings.language)
    return found


def laid_out(sheet: PersonalSheet, kit: Kit) -> Pdf:
    """Return a sheet as a PDF, as it is decided; raises BuildError where that cannot be."""
    made_for = target(kit.workshop, sheet)
    styles = stylesheets.for_target(kit.workshop, made_for)
    return kit.engine(made_for).make_pdf(page(sheet, kit), made_for, styles)
