"""Renders the pages of one product: XHTML, with the words that each page must show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from workshop_builder.markup import footnotes, structure, xhtml
from workshop_builder.markup.blocks import slot_of
from workshop_builder.markup.markdown.structure.boxes import ALL
from workshop_builder.markup.xhtml import Element
from workshop_builder.model import session
from workshop_builder.model.dose import Time, routine_time, side_count
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.model.products import Target
from workshop_builder.model.workshop import Chapter, Exercise, Workshop
from workshop_builder.pages import links, safety, stylesheets, web_addresses
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.links import Targets
from workshop_builder.pages.sections import (
    LazySections,
    Section,
    divide,
    take_step_marks,
    take_teacher_boxes,
)
from workshop_builder.pages.templates import Templates
from workshop_builder.pictures import qr_code


@dataclass(frozen=True, slots=True)
class Card:
    """An exercise as it is in one product."""

    exercise: Exercise
    number: int
    """Its number, the same in all products."""
    anchor: bool
    """Whether it has the id to which links lead; only the first card of an exercise has it."""
    web: str
    """The address of its page on the web; empty where it has none."""
    moves: bool
    """Whether its figure moves there."""
    code: Callable[[], str] | None = None
    """On paper: returns the address of a picture of the QR code for that page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document, ready to be laid out or packed."""

    root: Element = field(repr=False)
    """The document as a tree. It belongs to the caller, who may change it."""
    required: Mapping[str, str]
    """The words that must be shown, by the value of `data-safe` (see `safety`)."""
    codes: Mapping[str, bytes] = field(repr=False)
    """The QR codes in it, as SVG, by their address."""
    sources: Mapping[str, str] = field(repr=False)
    """The files of the source folder, by the id of a chapter or the `data-card` of an exercise."""
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The files of the source folder in which words are written, to find the line of one."""

    @property
    def html(self) -> str:
        """The document as text, written anew at each call."""
        return xhtml.write_document(self.root)


class Renderer:
    """Makes the pages of one product from one workshop."""

    def __init__(
        self,
        workshop: Workshop,
        target: Target,
        labels: Labels,
        templates: Templates | None = None,
        personal: PersonalSheet | None = None,
    ) -> None:
        self.workshop = workshop
        self.target = target
        self.labels = labels
        self._personal = personal
        self.templates = templates or Templates(workshop.overrides, workshop.language.writing)
        self._codes: dict[str, bytes] = {}
        self._anchored: set[str] = set()
        self._boxes: dict[str, str] = {}
        self._sources = frozenset(
            (
                *(chapter.path for chapter in workshop.chapters),
                *(exercise.path for exercise in workshop.exercises.values()),
            )
        )
        self._pictures = workshop.pictures.keys() | workshop.figures.keys()
        names = target.settings.exercises or workshop.in_order
        self.exercises = workshop.select(names)
        self._numbers = {name: n for n, name in enumerate(workshop.in_order, 1)}
        self.chapters = self._chapters()

    def _chapters(self) -> tuple[Chapter, ...]:
        names = self.target.settings.chapters
        teacher = self.target.product.for_teacher
        return tuple(
            chapter
            for chapter in self.workshop.chapters
            if (not names or chapter.id in names)
            and (teacher or chapter.fields.audience == "everyone")
        )

    @property
    def unplaced(self) -> tuple[Exercise, ...]:
        """The exercises of the product that none of its chapters shows."""
        placed = {item.id for chapter in self.chapters for item in self.placed(chapter)}
        return tuple(item for item in self.exercises if item.id not in placed)

    def placed(self, chapter: Chapter) -> tuple[Exercise, ...]:
        """Return the exercises that the slots of `chapter` show."""
        uses = (use for use in chapter.blocks if use.name in ("exercise", "exercises"))
        return self.workshop.select(tuple(use.argument for use in uses))

    def page(self) -> Page:
        """Return the whole product as one page.

        Raises BuildError if the template is at fault.
        """
        self._anchored.clear()
        page = self.part(self._own_targets(), sections=LazySections(self.chapters, self.section))
        links.unwrap_dead(page.root)
        return page

    @property
    def cards(self) -> list[Card]:
        """The exercises of the product, each with what it is there."""
        return self._cards(self.exercises)

    def part(self, targets: Targets, **more: object) -> Page:
        """Return a page made by the product's template from the workshop and `more` values.

        Links to chapters and exercises lead to their `targets`. Raises BuildError if the
        template is at fault.
        """
        template = stylesheets.laid_out(self.workshop, self.target, self.target.product.template)
        root = self.templates.page(template, self._context() | more)
        footnotes.drop_references_to_nothing(root)
        links.separate_cards(root)
        structure.use_look_alikes(root)
        links.resolve(root, targets, self._sources)
        structure.level_headings(root, top=1)
        if self.target.edition == "large-print":
            structure.unfold_tables(root, self.labels.colon)
            links.look_close(root, self._pictures)
        links.address_pictures(root, self._pictures)
        footnotes.set_beside(root)
        if self.target.product.format == "pdf":
            links.lead_to_parts(root)
            links.mark_plates(root, self.workshop.figures)
            links.number_exercises(root, self._numbers)
            links.print_addresses(root)
            links.lead_from_back(root, self.labels["page_brief"])
        marked = {element.get("data-card") for element in root.iter("*")} | take_step_marks(root)
        shown = [item for item in self.workshop.exercises.values() if item.id in marked]
        required = safety.required(self.workshop.settings, shown)
        required |= safety.in_page(root, self._boxes)
        required |= self._personal.required if self._personal else {}
        homes = {chapter.anchor: chapter.path for chapter in self.workshop.chapters}
        homes |= {name: item.path for name, item in self.workshop.exercises.items()}
        return Page(root, required, dict(self._codes), homes, self.workshop.texts)

    def section(self, chapter: Chapter) -> Section:
        """Return a chapter as this product shows it, with its slots filled."""
        root = chapter.body.copy()
        links.prefix_ids(root, chapter.anchor)
        for_teacher = chapter.fields.audience == "teacher"
        boxes = [] if for_teacher else take_teacher_boxes(root)
        self._boxes |= safety.mark_boxes([root, *boxes], chapter.anchor)
        number = self.chapters.index(chapter) + 1
        return divide(chapter, root, boxes, number, self.placed(chapter), self._fill)

    def number(self, exercise: Exercise) -> int:
        """Return the number of an exercise, the same in all products."""
        return self._numbers[exercise.id]

    def routine(self, exercises: Sequence[Exercise]) -> Time | None:
        """Return the time of `exercises` done one after the other; None where none has a dose."""
        counted = [item for item in exercises if item.takes_time]
        if not any(item.has_dose for item in counted):
            return None
        return routine_time([(item.time_of_weeks, item.fields.sides) for item in counted])

    def in_block(self, row: session.PlanRow) -> list[tuple[Card, int | None]]:
        """Return the cards of a block, and when each begins; None where it is too short for all."""
        shown = {exercise.id for exercise in self.exercises}
        named = [item for item in self.workshop.select(row.block.exercises) if item.id in shown]
        minutes = [self.class_minutes(each) or side_count(each.fields.sides) for each in named]
        begins = session.starts(row, minutes) or [None] * len(named)
        return list(zip(self._cards(named), begins, strict=True))

    def class_minutes(self, exercise: Exercise) -> int:
        """Return the minutes that a movement takes at least; 0 of what is no movement."""
        moved = self.workshop.settings.kind == "movement" and self.routine([exercise])
        return -(-routine_time([(exercise.time, exercise.fields.sides)]).low // 60) if moved else 0

    def _at_home(self) -> Sequence[Exercise]:
        """Return the exercises that workshop.yaml names for the take-home sheet."""
        sheet = self.workshop.settings.products.get("take-home")
        return self.workshop.select(sheet.exercises) if sheet else ()

    def _own_targets(self) -> Targets:
        """Return the targets of a product that is one document."""
        return Targets(
            {chapter.path: f"#{chapter.anchor}" for chapter in self.chapters},
            {exercise.path: f"#ex-{exercise.id}" for exercise in self.exercises},
        )

    def _context(self) -> dict[str, object]:
        return {
            **self._common(),
            "cards": self.cards,
            "loose_cards": self._cards(self.unplaced),
            "at_home": self._cards(self._at_home()),
            "instead": [
                (other.title, self._cards(self.workshop.select(other.exercises)))
                for other in self.target.settings.instead
            ],
            "routine": self.routine(self.exercises),
            "home_routine": self.routine(self._at_home()),
            "plan": session.plan(self.workshop.settings),
            "in_block": self.in_block,
            "class_minutes": self.class_minutes,
            "advised": safety.advised(self.workshop),
        }

    def _common(self) -> dict[str, object]:
        return {
            "w": self.workshop.settings,
            "target": self.target,
            "labels": self.labels,
            "personal": self._personal,
            "numbers": self._numbers,
            "qr": self._code,
        }

    def _cards(self, exercises: Sequence[Exercise]) -> list[Card]:
        return [self._card(exercise) for exercise in exercises]

    def _card(self, exercise: Exercise) -> Card:
        number = self.number(exercise)
        web = web_addresses.printed_address(self.workshop, exercise.id)
        paged = web and self.target.product.format == "pdf"
        moves = self.workshop.moving(exercise) is not None
        return Card(exercise, number, True, web, moves, partial(self._code, web) if paged else None)  # noqa: FBT003

    def _fill(self, root: Element) -> None:
        """Fill the slots of a text with cards and ruled lines."""
        for box in list(root.iter("div")):
            name, argument = slot_of(box)
            if name:
                xhtml.replace(box, self._slot(name, argument))

    def _slot(self, name: str, argument: str) -> Element:
        """Return the content for a slot."""
        part = name if name in {"swaps", "write"} else "cards"
        made = {"swaps": self._swaps, "write": _ruled}.get(name, self._placed)(argument)
        return self.templates.part(f"parts/{part}.html", self._common() | made)

    def _placed(self, name: str) -> dict[str, object]:
        """Return what a slot for an exercise or a group shows."""
        chosen = self.workshop.select((name,))
        routine = self.routine(chosen) if len(chosen) > 1 else None
        return {"cards": [self._once(exercise) for exercise in chosen], "routine": routine}

    def _swaps(self, group: str) -> dict[str, object]:
        """Return who leaves out which exercises of a group, or of the product."""
        shown = self.exercises if group == ALL else self.workshop.select((group,))
        conditions = safety.by_condition(shown, self.workshop)
        return {"cards": self._cards(shown), "conditions": conditions}

    def _once(self, exercise: Exercise) -> Card:
        first = exercise.id not in self._anchored
        self._anchored.add(exercise.id)
        return replace(self._card(exercise), anchor=first)

    def _code(self, address: str) -> str:
        """Make a QR code for a web address; return the address of its picture.

        To the workshop's own address it adds the version that is on paper.
        """
        website = self.workshop.settings.website
        if website and address == website.url:
            address = web_addresses.printed_address(self.workshop)
        name = f"codes/{len(self._codes)}.svg"
        picture = qr_code.svg(address)
        known = next((key for key, value in self._codes.items() if value == picture), name)
        self._codes[known] = picture
        return known


def _ruled(lines: str) -> dict[str, object]:
    return {"lines": int(lines)}
