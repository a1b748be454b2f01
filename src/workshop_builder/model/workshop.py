"""The workshop as values: what the source folder says, once it has been read and found right.

Where a value comes from a person's file, the model that validates it is that
value. Nothing here reads or writes a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from workshop_builder.languages.kinds import WorkshopKind
from workshop_builder.languages.language import Language
from workshop_builder.markup.fragment import Fragment
from workshop_builder.model.base import (
    ChapterFields,
    Evaluation,
    ProductSettings,
    ReadingGrade,
    Safety,
    SessionBlock,
    Silence,
    Source,
    Studio,
    Term,
    Value,
    Website,
)
from workshop_builder.model.dose import MOVE_SECONDS, Hold, Time, exercise_time
from workshop_builder.model.editions import PaperName
from workshop_builder.model.exercise_fields import (
    Advice,
    Avoided,
    BreathField,
    ExerciseFields,
    Substitute,
)
from workshop_builder.model.fields import (
    LONGEST_SESSION,
    CoverFile,
    DateField,
    LanguageCode,
    Line,
    PictureFile,
    RichTextField,
    RichTexts,
    Slug,
    Texts,
    Whole,
)
from workshop_builder.model.figure import Figure, FigureSettings, PoseFigure
from workshop_builder.source.names import slugify

if TYPE_CHECKING:
    from workshop_builder.markup.blocks import BlockUse


class Settings(Value):
    """workshop.yaml."""

    title: Annotated[Line, Field(max_length=200)] = Field(description="The workshop's name")
    language: LanguageCode = Field(description="Its code, like en, en-GB or de")
    kind: WorkshopKind = Field(default="movement", description="movement, craft or lesson")
    subtitle: Line | None = Field(default=None, description="Printed below the title")
    slug: Slug | None = Field(
        default=None, description="First part of the file names; else made from the title"
    )
    description: RichTextField | None = Field(
        default=None, description="What it is, in a sentence or two"
    )
    author: str | None = Field(default=None, description="Who wrote it")
    version: str | None = Field(default=None, description="Like 1.0; in quotes")
    date: DateField | None = Field(
        default=None, description="The day of this version, like 2026-11-22"
    )
    reviewed: RichTextField | None = Field(
        default=None, description="Who has reviewed it, or that nobody has"
    )
    evaluated: Evaluation | None = Field(
        default=None, description="Who has evaluated the e-book's accessibility, and when"
    )
    paper: PaperName = Field(default="a4", description="The workshop's own paper")
    cover: CoverFile | None = Field(default=None, description="A file of pictures/ or figures/")
    studio: Studio | None = Field(default=None, description="Who teaches it")
    safety: Safety = Field(default=Safety(), description="Printed in every product")
    conditions: Mapping[Slug, RichTextField] = Field(
        default_factory=dict, description="Names of conditions, and the words printed for each"
    )
    advice: Mapping[Slug, Advice] = Field(
        default_factory=dict, description="What each of them may do and minds, by the same names"
    )
    breath: BreathField = Field(
        default=MOVE_SECONDS, description="How long one breath in and out is, like 6 s"
    )
    session: tuple[SessionBlock, ...] = Field(default=(), description="The plan of the hour")
    session_minutes: Annotated[int, Field(ge=1, le=LONGEST_SESSION), Whole] | None = Field(
        default=None, description="What the blocks must add up to; of several lengths the standard"
    )
    goals: RichTexts = Field(default=(), description="What people can do afterwards")
    groups: Mapping[str, Texts] = Field(
        default_factory=dict, description="Names for several exercises"
    )
    by_week: RichTexts = Field(
        default=(), description="What each week asks for; printed in the practice log"
    )
    products: Mapping[Slug, ProductSettings] = Field(
        default_factory=dict, description="What is made; everything, if left out"
    )
    figures: FigureSettings = Field(
        default=FigureSettings(), description="Who is drawn in the figures"
    )
    website: Website | None = Field(default=None, description="Where the workshop is offered")
    reading_grade: ReadingGrade = Field(
        default=ReadingGrade(), description="Years of school that texts may ask for"
    )
    silence: Silence = Field(
        default_factory=dict, description="Remarks of 'workshop check' not to make, and why"
    )
    glossary: tuple[Term, ...] = Field(default=(), description="Words and what they mean")
    sources: tuple[Source, ...] = Field(default=(), description="Where the facts come from")
    rights: RichTextField | None = Field(default=None, description="Who may copy it")
    credits: Mapping[PictureFile, Line] = Field(
        default_factory=dict, description="Who made a picture, and who may copy it"
    )

    def in_order(self, exercises: Iterable[str]) -> tuple[str, ...]:
        """Return exercises: those of the groups, then of the plan, then the others as they come."""
        grouped = [name for members in self.groups.values() for name in members]
        planned = [name for block in self.session for name in block.exercises]
        planned = [name for name in planned if name not in self.groups]
        return tuple(dict.fromkeys((*grouped, *planned, *exercises)))

    def members(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the exercises that `names` (groups or exercises) stand for, each once."""
        named = [each for name in names for each in self.groups.get(name, (name,))]
        return tuple(dict.fromkeys(named))

    @property
    def home_sheets(self) -> dict[str, tuple[str, ...]]:
        """The exercises that each sheet for home names, by the name of the product."""
        return {
            name: self.members(made.exercises)
            for name, made in self.products.items()
            if (made.template or f"{name}.html") == "take-home.html"
        }


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: its fields, its steps, and the text below them."""

    id: str
    """The file's name without `.md`, with hyphens in place of blanks and signs."""
    path: str
    """The file, relative to the source folder."""
    fields: ExerciseFields
    steps: tuple[Fragment, ...]
    """The numbered steps, without their numbers."""
    body: Fragment
    """What stands below the steps."""
    lines: Mapping[tuple[str | int, ...], int] = field(repr=False)
    """The line of each field in the file."""
    picture: str | None = None
    """Its picture, or the figure that is drawn for it: the path in the source folder."""
    alt: str | None = None
    """What that shows, for those who cannot see it."""
    marks: tuple[str, ...] = ()
    """What is marked in it, if it is drawn: where it is felt, how one moves, where one starts."""
    avoided: tuple[Avoided, ...] = ()
    """Who leaves it out."""
    breath: int = MOVE_SECONDS
    """Seconds of one breath."""

    def line(self, name: str) -> int:
        """Return the line of the field `name`, or the first."""
        return self.lines.get((name,), 1)

    @property
    def has_dose(self) -> bool:
        """Whether it says how long it is done or how many times."""
        fields = self.fields
        return bool(fields.whole_hold or fields.repeat or fields.takes)

    @property
    def takes_time(self) -> bool:
        """Whether a time can be counted for it: repeats alone tell of none where nobody moves."""
        fields = self.fields
        return fields.kind != "activity" or bool(fields.whole_hold or fields.takes)

    @property
    def time(self) -> Time:
        """How long it takes by its dose, without changing over."""
        return self._time(self.fields.hold or self.fields.whole_hold)

    @property
    def time_of_weeks(self) -> Time:
        """The same, from the shortest hold of all weeks to the longest."""
        return self._time(self.fields.whole_hold)

    def _time(self, hold: Hold | None) -> Time:
        fields = self.fields
        if fields.takes:
            return Time(fields.takes.low, fields.takes.high)
        return exercise_time(hold, fields.repeat, fields.sides, self.breath)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter."""

    id: str
    """The file's name without `.md`, with hyphens in place of blanks and signs."""
    path: str
    """The file, relative to the source folder."""
    fields: ChapterFields
    body: Fragment
    """The text, its headings from h2 on, with slots where exercises go."""
    blocks: tuple[BlockUse, ...]
    """The blocks it opens, in order."""

    @property
    def anchor(self) -> str:
        """The name under which products link to it; no part of theirs has one like it."""
        return f"chapter-{self.id}"


@dataclass(frozen=True, slots=True)
class Workshop:
    """Everything the source folder holds; every product is made from this value alone."""

    settings: Settings
    language: Language
    """All that its language says, with the studio's own words."""
    chapters: tuple[Chapter, ...]
    exercises: Mapping[str, Exercise]
    pictures: Mapping[str, bytes] = field(repr=False)
    """The pictures in use, as they are in the folder, by their path in it."""
    figures: Mapping[str, Figure] = field(repr=False)
    """The figures in use, likewise."""
    overrides: Mapping[str, bytes] = field(repr=False)
    """The studio's own templates, styles and labels, by their path in the folder."""
    lines: Mapping[tuple[str | int, ...], int] = field(repr=False)
    """The line of each part of workshop.yaml, by its place, such as `("products", "book")`."""
    advised: Mapping[str, tuple[Substitute, ...]] = field(default_factory=dict)
    """What is done with each condition of which there is advice, by its name."""
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The files of the source folder in which words are written, to find the line of one."""
    digest: str = field(default="", init=False)
    """The fingerprint of the files it was read from. A copy that was changed has none: it would
    pass for what the folder says."""
    digests: Mapping[str, str] = field(default_factory=dict, init=False, repr=False)
    """That of each file, by its path; none of a copy."""

    def line(self, *place: str | int) -> int:
        """Return the line of workshop.yaml at which `place`, or the nearest around it, stands."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    @property
    def slug(self) -> str:
        """The first part of every file name."""
        return self.settings.slug or slugify(self.settings.title) or "workshop"

    @property
    def in_order(self) -> tuple[str, ...]:
        """All exercises: those of the groups, then of the plan, then the others by name."""
        return self.settings.in_order(self.exercises)

    def moving(self, exercise: Exercise) -> PoseFigure | None:
        """Return the figure of an exercise if it moves on the website, else None."""
        website, figure = self.settings.website, self.figures.get(exercise.picture or "")
        asked = website is not None and website.moving
        return figure if asked and isinstance(figure, PoseFigure) and figure.moves else None

    def select(self, names: tuple[str, ...]) -> tuple[Exercise, ...]:
        """Return the exercises that `names` (groups or exercises) stand for, each once."""
        return tuple(self.exercises[each] for each in self.settings.members(names))
