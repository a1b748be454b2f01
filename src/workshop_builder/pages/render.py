"""From a workshop to the pages of one product: XHTML, and what each must show."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from markupsafe import Markup

from workshop_builder.markup import xhtml
from workshop_builder.markup.xhtml import Element
from workshop_builder.model import session
from workshop_builder.model.dose import CHANGE_SECONDS, Time, routine_time
from workshop_builder.model.products import Target
from workshop_builder.model.workshop import Chapter, Exercise, Workshop
from workshop_builder.pages import safety, web_addresses
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.links import Targets, lead
from workshop_builder.pages.templates import Templates
from workshop_builder.pictures import qr_code

_SLOT = re.compile(r'<div data-(exercise|exercises|write)="([^"]*)"/>')
_ID = re.compile(r'\bid="([^"]*)"')
_INNER_LINK = re.compile(r'<a\b[^>]*\bhref="#([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_CARD = re.compile(r'data-card="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter as it stands in one product."""

    id: str
    title: str
    summary: str | None
    number: int
    """Counted from 1 in this product."""
    for_teacher: bool
    html: Markup
    """Its text without the boxes for the teacher, unless the product is the teacher's."""
    figures: tuple[Markup, ...]
    """Its figures alone, for a product that shows only those."""
    captions: tuple[Markup, ...]
    """What stands below its figures, where something does."""
    tips: tuple[Markup, ...]
    """Its boxes with a tip."""
    exercises: tuple[Exercise, ...]
    """The exercises whose cards stand in it."""
    teacher_notes: tuple[Markup, ...]
    """Its boxes for the teacher."""


@dataclass(frozen=True, slots=True)
class Card:
    """An exercise as it stands in one product."""

    exercise: Exercise
    number: int
    """Its number, the same wherever this product names it."""
    anchor: bool
    """Whether links lead here; only the first card of an exercise has the anchor."""
    web: str
    """The address of its page on the web; empty where it has none."""
    code: Callable[[], str] | None = None
    """On paper: gives the address of a picture of the QR code for that page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document, ready for an engine."""

    html: str
    """Well-formed XHTML, without a namespace."""
    required: Mapping[str, str]
    """What must be shown, by the key of `data-safe` (see `safety`)."""
    codes: Mapping[str, bytes] = field(repr=False)
    """The QR codes it shows, as SVG, by their address."""


class Renderer:
    """Makes the pages of one product from one workshop."""

    def __init__(
        self,
        workshop: Workshop,
        target: Target,
        labels: Labels,
        templates: Templates | None = None,
    ) -> None:
        self.workshop = workshop
        self.target = target
        self.labels = labels
        self._templates = templates or Templates(workshop.overrides, workshop.settings.language)
        self._codes: dict[str, bytes] = {}
        self._anchored: set[str] = set()
        self._boxes: dict[str, str] = {}
        names = target.settings.exercises or workshop.in_order
        self.exercises = workshop.select(names)
        self._numbers = {exercise.id: n for n, exercise in enumerate(self.exercises, 1)}
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
        """The exercises of the product that no chapter of it shows."""
        placed = {item.id for chapter in self.chapters for item in self.placed(chapter)}
        return tuple(item for item in self.exercises if item.id not in placed)

    def placed(self, chapter: Chapter) -> tuple[Exercise, ...]:
        """Return the exercises that the slots of `chapter` show."""
        uses = (use for use in chapter.blocks if use.name in ("exercise", "exercises"))
        return self.workshop.select(tuple(use.argument for use in uses))

    def page(self) -> Page:
        """Return the whole product as one page.

        Raises BuildError where the template is at fault.
        """
        self._anchored.clear()
        links = self._own_targets()
        sections = [self.section(chapter, links) for chapter in self.chapters]
        page = self.part(sections=sections)
        return replace(page, html=_without_dead_links(page.html))

    def part(self, **more: object) -> Page:
        """Return one of the product's pages by its template, with `more` values for it."""
        html = self._templates.fill(self.target.product.template, self._context() | more)
        marked = set(_CARD.findall(html))
        shown = [e for e in self.workshop.exercises.values() if e.id in marked or _told(e, html)]
        required = safety.required(self.workshop.settings, shown)
        required |= {key: words for key, words in self._boxes.items() if f'"{key}"' in html}
        return Page(html, required, dict(self._codes))

    def section(self, chapter: Chapter, targets: Targets) -> Section:
        """Return a chapter with its slots filled and its links leading somewhere."""
        root = xhtml.parse(chapter.body)
        boxes = list(root.iterfind(".//div[@data-box='teacher']"))
        lead(root, chapter.anchor, targets)
        self._mark_safety(root, chapter.anchor)
        notes = [Markup(self._fill(xhtml.inner(box))) for box in boxes]  # noqa: S704
        for box in boxes:
            xhtml.remove(box)
        return Section(
            id=chapter.anchor,
            title=chapter.fields.title,
            summary=chapter.fields.summary,
            number=self.chapters.index(chapter) + 1,
            for_teacher=chapter.fields.audience == "teacher",
            html=Markup(self._fill(xhtml.inner(root))),  # noqa: S704
            figures=self._parts(root, ".//figure"),
            captions=tuple(Markup(xhtml.inner(c)) for c in root.iter("figcaption")),  # noqa: S704
            tips=self._parts(root, ".//div[@data-box='tip']"),
            exercises=self.placed(chapter),
            teacher_notes=tuple(notes),
        )

    def _parts(self, root: Element, path: str) -> tuple[Markup, ...]:
        return tuple(Markup(self._fill(xhtml.outer(part))) for part in root.iterfind(path))  # noqa: S704

    def _mark_safety(self, root: Element, chapter: str) -> None:
        """Mark each safety box of a chapter, and keep what must be shown of it."""
        for number, box in enumerate(root.iterfind(".//div[@data-box='safety']"), 1):
            key = f"box:{chapter}:{number}"
            box.set("data-safe", key)
            self._boxes[key] = " ".join("".join(box.itertext()).split())

    def routine(self, exercises: Sequence[Exercise]) -> Time:
        """Return the time of `exercises` done one after the other."""
        return routine_time([(item.time, item.fields.sides) for item in exercises])

    def _own_targets(self) -> Targets:
        """Return the targets of a product that is one document."""
        return Targets(
            {chapter.path: f"#{chapter.anchor}" for chapter in self.chapters},
            {exercise.path: f"#ex-{exercise.id}" for exercise in self.exercises},
        )

    def _context(self) -> dict[str, object]:
        return {
            **self._common(),
            "cards": self._cards(self.exercises),
            "loose_cards": self._cards(self.unplaced),
            "routine": self.routine(self.exercises),
            "plan": session.plan(self.workshop.settings),
        }

    def _common(self) -> dict[str, object]:
        return {
            "w": self.workshop.settings,
            "target": self.target,
            "labels": self.labels,
            "change_seconds": CHANGE_SECONDS,
            "qr": self._code,
        }

    def _cards(self, exercises: Sequence[Exercise]) -> list[Card]:
        return [self._card(exercise) for exercise in exercises]

    def _card(self, exercise: Exercise) -> Card:
        number = self._numbers.setdefault(exercise.id, len(self._numbers) + 1)
        web = web_addresses.printed_address(self.workshop, exercise.id)
        paged = web and self.target.product.format == "pdf"
        return Card(exercise, number, True, web, partial(self._code, web) if paged else None)  # noqa: FBT003

    def _fill(self, html: str) -> str:
        """Put cards and ruled lines into the slots of a text."""
        return _SLOT.sub(lambda found: self._slot(found[1], found[2]), html)

    def _slot(self, name: str, argument: str) -> str:
        if name == "write":
            context: dict[str, object] = {"lines": int(argument)}
            return self._templates.fill("parts/write.html", self._common() | context)
        chosen = self.workshop.select((argument,))
        context = {
            "cards": [self._once(exercise) for exercise in chosen],
            "routine": self.routine(chosen) if len(chosen) > 1 else None,
        }
        return self._templates.fill("parts/cards.html", self._common() | context)

    def _once(self, exercise: Exercise) -> Card:
        first = exercise.id not in self._anchored
        self._anchored.add(exercise.id)
        return replace(self._card(exercise), anchor=first)

    def _code(self, address: str) -> str:
        """Keep a QR code for a web address; return the address of its picture.

        With the workshop's own address goes which version of it the paper is.
        """
        website = self.workshop.settings.website
        if website and address == website.url:
            address = web_addresses.printed_address(self.workshop)
        name = f"codes/{len(self._codes)}.svg"
        picture = qr_code.svg(address)
        known = next((key for key, value in self._codes.items() if value == picture), name)
        self._codes[known] = picture
        return known


def _without_dead_links(html: str) -> str:
    """Keep only the words of links to chapters and exercises that this product does not show."""
    ids = set(_ID.findall(html))
    return _INNER_LINK.sub(lambda link: link[0] if link[1] in ids else link[2], html)


def _told(exercise: Exercise, html: str) -> bool:
    """Return whether a page has most of an exercise's steps; one alone can be another's too."""
    return 2 * sum(step in html for step in exercise.steps) > len(exercise.steps)
