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
        raise ValueError(f"'{value}' is not a web address; write it whole, like https://a.example/b")
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
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": list(examples)})


_RANGE = r"\d+(\s*[-–]\s*\d+)?"
Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
PictureFile = Annotated[str, AfterValidator(_in_folder("pictures"))]
HoldField = Annotated[
    Hold, _from_text(Hold.parse), _schema(rf"^({_RANGE}\s*(s|min)|\d+:\d\d)$", "45 s", "30-60 s")
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

    name: str
    website: WebAddress | None = None
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    phone: str | None = None
    logo: PictureFile | None = None
    emergency: str | None = Field(default=None, description="The emergency number of the country")


class RedFlag(Value):
    """A sign that calls for a clinician before any exercise."""

    text: str
    when: Urgency = "emergency"


class Safety(Value):
    """What every product says about stopping and about seeing a clinician."""

    red_flags: tuple[Annotated[RedFlag, BeforeValidator(lambda v: _as_flag(v))], ...] = ()
    stop_if: Texts = ()
    disclaimer: str | None = None

    def flags(self, when: Urgency) -> tuple[str, ...]:
        """Return the signs that call for help `when`."""
        return tuple(flag.text for flag in self.red_flags if flag.when == when)


def _as_flag(value: object) -> object:
    """Take a plain text as an emergency sign."""
    return {"text": value} if isinstance(value, str) else value


class SessionBlock(Value):
    """One row of the session plan."""

    title: str
    minutes: Annotated[int, Field(ge=1, le=600)]
    chapter: str | None = None
    exercises: Texts = ()
    cue: str | None = Field(default=None, description="What the teacher says or does")
    needs: Texts = ()


class ProductSettings(Value):
    """What workshop.yaml says of one product."""

    exercises: Texts = Field(default=(), description="Groups or exercises, in this order")
    chapters: Texts = Field(default=(), description="Chapters, by file name without .md")
    pages: PagesField | None = None
    weeks: Annotated[int, Field(ge=1, le=8)] | None = None
    editions: tuple[EditionName, ...] = ("standard",)
    papers: tuple[PaperName, ...] = ()
    template: str | None = None
    style: str | None = None


class Link(Value):
    """A named page of the web."""

    title: str
    url: WebAddress


class Newsletter(Value):
    """The studio's newsletter, at its own provider."""

    name: str
    action: WebAddress
    privacy: WebAddress


class Website(Value):
    """Where the workshop is offered."""

    url: WebAddress
    home: WebAddress | None = None
    links: tuple[Link, ...] = ()
    newsletter: Newsletter | None = None


class Term(Value):
    """A word of the glossary."""

    term: str
    meaning: str


class Source(Value):
    """Where a fact comes from."""

    key: str
    text: str
    url: WebAddress | None = None


class Settings(Value):
    """workshop.yaml."""

    title: Annotated[str, Field(max_length=200)]
    language: Annotated[str, AfterValidator(_language)]
    subtitle: str | None = None
    slug: Annotated[str, AfterValidator(_slug)] | None = None
    description: str | None = None
    author: str | None = None
    version: str | None = None
    date: DateField | None = None
    reviewed: str | None = None
    paper: PaperName = "a4"
    cover: PictureFile | None = None
    studio: Studio | None = None
    safety: Safety = Safety()
    session: tuple[SessionBlock, ...] = ()
    session_minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    goals: Texts = ()
    groups: Mapping[str, Texts] = Field(default_factory=dict)
    products: Mapping[str, ProductSettings] = Field(default_factory=dict)
    website: Website | None = None
    glossary: tuple[Term, ...] = ()
    sources: tuple[Source, ...] = ()
    rights: str | None = None


class ExerciseFields(Value):
    """The front matter of an exercise."""

    name: Annotated[str, Field(max_length=120)]
    targets: Texts = ()
    kind: Kind = "stretch"
    hold: HoldField | None = None
    repeat: RepeatField | None = None
    sides: Sides = "none"
    frequency: FrequencyField | None = None
    needs: Texts = ()
    feel: str | None = None
    caution: str | None = None
    avoid_with: Texts = ()
    easier: str | None = None
    harder: str | None = None
    mistakes: Texts = ()
    picture: PictureFile | None = None
    alt: str | None = None
    caption: str | None = None
    video: WebAddress | None = None


class ChapterFields(Value):
    """The front matter of a chapter."""

    title: Annotated[str, Field(max_length=200)]
    audience: Literal["everyone", "teacher"] = "everyone"
    summary: str | None = None


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
