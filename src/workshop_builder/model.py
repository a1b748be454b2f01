"""The workshop as values: what the source folder says, once it has been read and found right.

Where a value comes from a person's file, the model that validates it is that
value. Nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
)

from workshop_builder.dose import Frequency, Hold, Repeat, Sides, Time, exercise_time

PaperName = Literal["a4", "letter"]
EditionName = Literal["standard", "ink-saver", "large-print"]
Kind = Literal["stretch", "mobility", "strength", "rest", "check"]
Urgency = Literal["emergency", "soon", "appointment"]

_Parsed = TypeVar("_Parsed")


def _from_text(parse: Callable[[str], _Parsed]) -> PlainValidator:
    """Return a validator that reads a text by `parse` and refuses anything else."""

    def read(value: object) -> _Parsed:
        if not isinstance(value, str):
            raise ValueError("this takes one text, not a list or a mapping; write it in one line")
        return parse(value.strip())

    return PlainValidator(read)


def _as_list(value: object) -> object:
    """Take one text where a list of texts is meant."""
    return [value] if isinstance(value, str) else value


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", value):
        raise ValueError(
            f"'{value}' is not a web address; write it whole, like https://a.example/b"
        )
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f"'{value}' is not a language; write its code, like en, en-GB or de")
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError(f"'{value}' cannot name files; use small letters, digits and hyphens")
    return value


def _date(value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"'{value}' is no day of the calendar; write it like 2026-11-22") from None


def _pages(value: str) -> Pages:
    found = re.fullmatch(r"([1-9]\d?)(?:\s*[-–]\s*([1-9]\d?))?", value)
    if not found or int(found[2] or found[1]) < int(found[1]):
        raise ValueError(f"'{value}' is not a number of pages; write it like '1' or '2-4'")
    return Pages(int(found[1]), int(found[2] or found[1]))


def _in_folder(folder: str) -> Callable[[str], str]:
    """Return a validator for a file of `folder`, named with or without that folder."""

    def normal(value: str) -> str:
        return value if "/" in value else f"{folder}/{value}"

    return normal


@dataclass(frozen=True, slots=True)
class Pages:
    """A promise of pages, from the fewest to the most."""

    low: int
    high: int


def _schema(pattern: str, *examples: str) -> WithJsonSchema:
    """Describe a text for editors, to which a bare number is no text."""
    kinds = ["string", "integer"] if re.fullmatch(pattern, "1") else "string"
    return WithJsonSchema({"type": kinds, "pattern": pattern, "examples": list(examples)})


_RANGE = r"\d+(\s*[-–]\s*\d+)?"
Texts = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_list, json_schema_input_type=tuple[str, ...] | str),
]
WebAddress = Annotated[str, AfterValidator(_web_address)]
PictureFile = Annotated[str, AfterValidator(_in_folder("pictures"))]
HoldField = Annotated[
    Hold,
    _from_text(Hold.parse),
    _schema(rf"^({_RANGE}\s*(s|min)|\d+:\d\d)$", "45 s", "30-60 s"),
]
RepeatField = Annotated[Repeat, _from_text(Repeat.parse), _schema(rf"^{_RANGE}$", "2", "5-10")]
FrequencyField = Annotated[
    Frequency, _from_text(Frequency.parse), _schema(".+", "daily", "3 times a week")
]
PagesField = Annotated[Pages, _from_text(_pages), _schema(rf"^{_RANGE}$", "1", "2-4")]
DateField = Annotated[
    datetime.date, _from_text(_date), WithJsonSchema({"type": "string", "format": "date"})
]


class Value(BaseModel):
    """Base of all that a person writes: frozen, no unknown keys, no stray blanks."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, str_min_length=1
    )


class Studio(Value):
    """Who teaches the workshop and how to reach them."""

    name: str = Field(description="The studio's name")
    website: WebAddress | None = Field(
        default=None, description="The studio's own address on the web"
    )
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = Field(
        default=None, description="Printed in the colophon"
    )
    phone: str | None = Field(default=None, description="Printed in the colophon")
    logo: PictureFile | None = Field(default=None, description="A file of pictures/")
    emergency: str | None = Field(default=None, description="The emergency number of the country")


class RedFlag(Value):
    """A sign that calls for a clinician before any exercise."""

    text: str = Field(description="The sign, in plain words")
    when: Urgency = Field(default="emergency", description="How soon to ask for help")


def _as_flag(value: object) -> object:
    """Take a plain text as an emergency sign."""
    return {"text": value} if isinstance(value, str) else value


class Safety(Value):
    """What every product says about stopping and about seeing a clinician."""

    red_flags: tuple[
        Annotated[RedFlag, BeforeValidator(_as_flag, json_schema_input_type=RedFlag | str)],
        ...,
    ] = Field(default=(), description="Signs that call for a clinician first")
    stop_if: Texts = Field(default=(), description="When to stop at once")
    disclaimer: str | None = Field(default=None, description="That this is no diagnosis")

    def flags(self, when: Urgency) -> tuple[str, ...]:
        """Return the signs that call for help `when`."""
        return tuple(flag.text for flag in self.red_flags if flag.when == when)


class SessionBlock(Value):
    """One row of the session plan."""

    title: str = Field(description="What is done")
    minutes: Annotated[int, Field(ge=1, le=600)] = Field(description="How long it takes")
    chapter: str | None = Field(default=None, description="A chapter, by file name without .md")
    exercises: Texts = Field(default=(), description="Groups or exercises")
    cue: str | None = Field(default=None, description="What the teacher says or does")
    needs: Texts = Field(default=(), description="What each person needs")


class ProductSettings(Value):
    """What workshop.yaml says of one product."""

    exercises: Texts = Field(default=(), description="Groups or exercises, in this order")
    chapters: Texts = Field(default=(), description="Chapters, by file name without .md")
    pages: PagesField | None = Field(
        default=None, description="The promise of pages, like 1 or 2-4"
    )
    weeks: Annotated[int, Field(ge=1, le=8)] | None = Field(
        default=None, description="Weeks of the tick chart or log"
    )
    editions: tuple[EditionName, ...] = Field(default=("standard",), description="Of a PDF")
    papers: tuple[PaperName, ...] = Field(
        default=(), description="Of a PDF; else that of the workshop"
    )
    template: str | None = Field(default=None, description="A file of templates/")
    style: str | None = Field(default=None, description="A file of styles/")


class Link(Value):
    """A named page of the web."""

    title: str = Field(description="What the page is called")
    url: WebAddress = Field(description="Its address")


class Newsletter(Value):
    """The studio's newsletter, at its own provider."""

    name: str = Field(description="What it is called")
    action: WebAddress = Field(description="Where the form is sent")
    privacy: WebAddress = Field(description="Where its privacy is explained")


class Website(Value):
    """Where the workshop is offered."""

    url: WebAddress = Field(description="The workshop's own page; printed as a QR code")
    home: WebAddress | None = Field(default=None, description="The studio's first page")
    links: tuple[Link, ...] = Field(default=(), description="Other pages of the studio")
    newsletter: Newsletter | None = Field(default=None, description="The studio's newsletter")


class Term(Value):
    """A word of the glossary."""

    term: str = Field(description="The word")
    meaning: str = Field(description="What it means")


class Source(Value):
    """Where a fact comes from."""

    key: str = Field(description="A short name")
    text: str = Field(description="Who, what, when")
    url: WebAddress | None = Field(default=None, description="Where it can be read")


class Settings(Value):
    """workshop.yaml."""

    title: Annotated[str, Field(max_length=200)] = Field(description="The workshop's name")
    language: Annotated[str, AfterValidator(_language)] = Field(
        description="Its code, like en, en-GB or de"
    )
    subtitle: str | None = Field(default=None, description="Printed below the title")
    slug: Annotated[str, AfterValidator(_slug)] | None = Field(
        default=None, description="First part of the file names; else made from the title"
    )
    description: str | None = Field(default=None, description="What it is, in a sentence or two")
    author: str | None = Field(default=None, description="Who wrote it")
    version: str | None = Field(default=None, description="Like 1.0; in quotes")
    date: DateField | None = Field(
        default=None, description="The day of this version, like 2026-11-22"
    )
    reviewed: str | None = Field(
        default=None, description="Who has reviewed it, or that nobody has"
    )
    paper: PaperName = Field(default="a4", description="The workshop's own paper")
    cover: PictureFile | None = Field(default=None, description="A file of pictures/")
    studio: Studio | None = Field(default=None, description="Who teaches it")
    safety: Safety = Field(default=Safety(), description="Printed in every product")
    session: tuple[SessionBlock, ...] = Field(default=(), description="The plan of the hour")
    session_minutes: Annotated[int, Field(ge=1, le=1440)] | None = Field(
        default=None, description="What the blocks must add up to"
    )
    goals: Texts = Field(default=(), description="What people can do afterwards")
    groups: Mapping[str, Texts] = Field(
        default_factory=dict, description="Names for several exercises"
    )
    products: Mapping[str, ProductSettings] = Field(
        default_factory=dict, description="What is made; everything, if left out"
    )
    website: Website | None = Field(default=None, description="Where the workshop is offered")
    glossary: tuple[Term, ...] = Field(default=(), description="Words and what they mean")
    sources: tuple[Source, ...] = Field(default=(), description="Where the facts come from")
    rights: str | None = Field(default=None, description="Who may copy it")


class ExerciseFields(Value):
    """The front matter of an exercise."""

    name: Annotated[str, Field(max_length=120)] = Field(description="What it is called")
    targets: Texts = Field(default=(), description="What it works on")
    kind: Kind = Field(default="stretch", description="What sort of exercise it is")
    hold: HoldField | None = Field(
        default=None, description="How long, like 45 s, 30-60 s, 2 min or 1:30"
    )
    repeat: RepeatField | None = Field(default=None, description="How many times, like 2 or 5-10")
    sides: Sides = Field(default="none", description="each, both or none")
    frequency: FrequencyField | None = Field(
        default=None, description="How often, like daily or 3 times a week"
    )
    needs: Texts = Field(default=(), description="What a person needs")
    feel: str | None = Field(default=None, description="Where it is felt")
    caution: str | None = Field(default=None, description="Printed wherever the exercise is")
    avoid_with: Texts = Field(default=(), description="Who leaves it out")
    easier: str | None = Field(default=None, description="A gentler way")
    harder: str | None = Field(default=None, description="A stronger way")
    mistakes: Texts = Field(default=(), description="What to watch out for")
    picture: PictureFile | None = Field(default=None, description="A file of pictures/")
    alt: str | None = Field(
        default=None, description="What the picture shows, for those who cannot see it"
    )
    caption: str | None = Field(default=None, description="Printed below the picture")
    video: WebAddress | None = Field(default=None, description="Its address on the web")


class ChapterFields(Value):
    """The front matter of a chapter."""

    title: Annotated[str, Field(max_length=200)] = Field(description="The chapter's name")
    audience: Literal["everyone", "teacher"] = Field(
        default="everyone", description="For everyone, or for the teacher's guide alone"
    )
    summary: str | None = Field(default=None, description="One sentence below the title")


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: its fields, its steps, and the text below them."""

    id: str
    """The file's name without `.md`."""
    path: str
    """The file, relative to the source folder."""
    fields: ExerciseFields
    steps: tuple[str, ...]
    """The numbered steps, as inline XHTML, without their numbers."""
    body: str
    """What stands below the steps, as XHTML."""
    lines: Mapping[tuple[str | int, ...], int] = field(repr=False)
    """The line of each field in the file."""

    def line(self, name: str) -> int:
        """Return the line of the field `name`, or the first."""
        return self.lines.get((name,), 1)

    @property
    def time(self) -> Time:
        """How long it takes by its dose, without changing over."""
        return exercise_time(self.fields.hold, self.fields.repeat, self.fields.sides)


@dataclass(frozen=True, slots=True)
class BlockUse:
    """A block opened in a chapter."""

    name: str
    argument: str
    line: int
    """The line of the file."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter."""

    id: str
    """The file's name without `.md`."""
    path: str
    """The file, relative to the source folder."""
    fields: ChapterFields
    body: str
    """The text as XHTML, its headings from h2 on, with slots where exercises go."""
    blocks: tuple[BlockUse, ...]
    """The blocks it opens, in order."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Everything the source folder holds; every product is made from this value alone."""

    settings: Settings
    chapters: tuple[Chapter, ...]
    exercises: Mapping[str, Exercise]
    pictures: Mapping[str, bytes] = field(repr=False)
    """The pictures in use, as they are in the folder, by their path in it."""
    overrides: Mapping[str, bytes] = field(repr=False)
    """The studio's own templates, styles and labels, by their path in the folder."""
    lines: Mapping[tuple[str | int, ...], int] = field(repr=False)
    """The line of each part of workshop.yaml, by its place, such as `("products", "book")`."""

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
        """All exercises: those of the groups in their order, then the others by name."""
        grouped = [name for members in self.settings.groups.values() for name in members]
        return tuple(dict.fromkeys((*grouped, *self.exercises)))

    def select(self, names: tuple[str, ...]) -> tuple[Exercise, ...]:
        """Return the exercises that `names` (groups or exercises) stand for, each once."""
        ids = [i for name in names for i in self.settings.groups.get(name, (name,))]
        return tuple(self.exercises[i] for i in dict.fromkeys(ids))


def slugify(text: str) -> str:
    """Return `text` in small ASCII letters, digits and hyphens; empty if nothing is left."""
    german = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    plain = unicodedata.normalize("NFKD", text.lower().translate(german))
    return "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode()))
