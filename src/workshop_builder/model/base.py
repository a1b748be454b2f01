"""The smaller parts of workshop.yaml, and the base of all models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
)

from workshop_builder.languages.kinds import MOVEMENT
from workshop_builder.languages.language import Language
from workshop_builder.markup.rich_text import RichText
from workshop_builder.model.colours import palette
from workshop_builder.model.editions import EditionName, PaperName
from workshop_builder.model.fields import (
    CoverFile,
    DateField,
    Email,
    Line,
    MinutesField,
    PagesField,
    PictureFile,
    PublishAddress,
    RichTextField,
    RichTexts,
    Texts,
    WebAddress,
    Whole,
    YesNo,
)


class Value(BaseModel):
    """Base of everything a person writes: frozen, without unknown keys or surrounding spaces."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, str_min_length=1, defer_build=True
    )


ExerciseKind = Literal["stretch", "mobility", "strength", "rest", "check", "activity"]


def activity_elsewhere(data: object, info: ValidationInfo) -> object:
    """Make an activity of what says no kind in a workshop in which people do not move."""
    language: Language | None = (info.context or {}).get("language")
    elsewhere = language is not None and language.kind != MOVEMENT
    return {"kind": "activity", **data} if elsewhere and isinstance(data, dict) else data


class SessionBlock(Value):
    """One row of the session plan."""

    title: str = Field(description="What is done")
    minutes: MinutesField = Field(
        description="How long it takes; or, for a session of several lengths, how long in each"
    )
    chapter: str | None = Field(default=None, description="A chapter, by file name without .md")
    exercises: Texts = Field(default=(), description="Groups or exercises")
    cue: RichTextField | None = Field(default=None, description="What the teacher says or does")
    needs: RichTexts = Field(default=(), description="What each person needs")


class Alternative(Value):
    """Exercises that are done in place of others."""

    title: str = Field(description="The heading, like On a chair instead")
    exercises: Texts = Field(min_length=1, description="Groups or exercises, in this order")


class ProductSettings(Value):
    """What workshop.yaml says of one product."""

    exercises: Texts = Field(default=(), description="Groups or exercises, in this order")
    chapters: Texts = Field(default=(), description="Chapters, by file name without .md")
    pages: PagesField | None = Field(
        default=None, description="The promise of pages, like 1 or 2-4"
    )
    weeks: Annotated[int, Field(ge=1, le=8), Whole] | None = Field(
        default=None, description="Weeks of the tick chart or log"
    )
    instead: tuple[Alternative, ...] = Field(
        default=(), description="What to do instead: on the take-home sheet, or on the website"
    )
    editions: tuple[EditionName, ...] = Field(
        default=("standard",), min_length=1, description="Of a PDF"
    )
    papers: tuple[PaperName, ...] = Field(
        default=(), description="Of a PDF; else that of the workshop"
    )
    template: str | None = Field(default=None, description="A file of templates/")
    style: str | None = Field(default=None, description="A file of styles/")
    private: YesNo = Field(
        default=False, description="yes: made for you alone, in no bundle and on no website"
    )


Urgency = Literal["emergency", "soon", "appointment"]
EvaluationStandard = Literal[
    "EPUB Accessibility 1.1 - WCAG 2.0 Level A",
    "EPUB Accessibility 1.1 - WCAG 2.0 Level AA",
    "EPUB Accessibility 1.1 - WCAG 2.1 Level A",
    "EPUB Accessibility 1.1 - WCAG 2.1 Level AA",
    "EPUB Accessibility 1.1 - WCAG 2.2 Level A",
    "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
]
"""The claims of conformance, as EPUB Accessibility 1.1 (section 5.3) has them written."""


class Evaluation(Value):
    """An evaluation of the e-book against a standard of accessibility, made by a person."""

    by: str = Field(description="Who has evaluated it")
    date: DateField = Field(description="When, like 2026-11-22")
    standard: EvaluationStandard = Field(description="What it was held against, and meets")


class RedFlag(Value):
    """A sign that calls for a clinician before any exercise."""

    text: RichTextField = Field(description="The sign, in plain words")
    when: Urgency = Field(default="emergency", description="How soon to ask for help")
    short: RichTextField | None = Field(default=None, description="The same in a few words")


def _as_flag(value: object) -> object:
    """Take a plain text as an emergency sign."""
    return {"text": value} if isinstance(value, str) else value


class Safety(Value):
    """What every product says about stopping and about seeing a clinician."""

    red_flags: tuple[
        Annotated[RedFlag, BeforeValidator(_as_flag, json_schema_input_type=RedFlag | str)],
        ...,
    ] = Field(default=(), description="Signs that call for a clinician first")
    stop_if: RichTexts = Field(default=(), description="When to stop at once")
    disclaimer: RichTextField | None = Field(default=None, description="That this is no diagnosis")

    def flags(self, when: Urgency) -> tuple[RichText, ...]:
        """Return the signs that call for help `when`."""
        return tuple(flag.text for flag in self.red_flags if flag.when == when)


class Studio(Value):
    """Who teaches the workshop and how to reach them."""

    name: str = Field(description="The studio's name")
    website: WebAddress | None = Field(
        default=None, description="The studio's own address on the web"
    )
    email: Email | None = Field(default=None, description="Printed in the colophon")
    phone: str | None = Field(default=None, description="Printed in the colophon")
    logo: PictureFile | None = Field(default=None, description="A file of pictures/")
    emergency: str | None = Field(default=None, description="The emergency number of the country")
    colour: Annotated[str, AfterValidator(palette.checked)] | None = Field(
        default=None, description="Its colour, like '#1f6f78', of which all tints are made"
    )
    about: RichTextField | None = Field(
        default=None, description="A word about who teaches; printed on the website"
    )


class Link(Value):
    """A named page of the web."""

    title: str = Field(description="What the page is called")
    url: WebAddress = Field(description="Its address")


FieldName = Annotated[str, Field(pattern=r"^[\w.\[\]-]{1,60}$")]
"""What a form calls one of its fields, such as `EMAIL` or `fields[email]`."""


class Newsletter(Value):
    """The studio's newsletter, at its own provider."""

    name: str = Field(description="What it is called")
    action: WebAddress = Field(description="Where the form is sent")
    privacy: WebAddress = Field(description="Where its privacy is explained")
    purpose: str | None = Field(
        default=None, description="What addresses are used for; else a sentence of ours"
    )
    email_field: FieldName = Field(
        default="email", description="What the provider calls the address"
    )
    name_field: FieldName = Field(
        default="first_name", description="What the provider calls the first name"
    )


class Website(Value):
    """Where the workshop is offered."""

    url: WebAddress = Field(
        description="The workshop's own page, to which its website is put; printed as a QR code"
    )
    home: WebAddress | None = Field(default=None, description="The studio's first page")
    links: tuple[Link, ...] = Field(default=(), description="Other pages of the studio")
    newsletter: Newsletter | None = Field(default=None, description="The studio's newsletter")
    read: Texts = Field(default=(), description="Chapters that are pages of the website")
    moving: YesNo = Field(
        default=False, description="yes: figures with a start or a ghost move on their pages"
    )
    publish: PublishAddress | None = Field(
        default=None, description="Where 'workshop publish' copies the website to"
    )


class Term(Value):
    """A word of the glossary."""

    term: str = Field(description="The word")
    meaning: RichTextField = Field(description="What it means")


class Source(Value):
    """Where a fact comes from."""

    key: str = Field(description="A short name")
    text: RichTextField = Field(description="Who, what, when")
    url: WebAddress | None = Field(default=None, description="Where it can be read")


Grade = Annotated[int, Field(ge=1, le=20), Whole]


class ReadingGrade(Value):
    """The years of school that texts may ask for."""

    sheet: Grade = Field(default=6, description="The exercises of the take-home sheet")
    book: Grade = Field(default=8, description="Each chapter")


RemarkName = Literal[
    "alt-repeats-caption",
    "chapter-without-exercise",
    "copied-exercise",
    "cure-promised",
    "dead-link",
    "dose-differs",
    "drawing-as-pixels",
    "english-labels",
    "file-name",
    "hard-word",
    "long-caution",
    "long-step",
    "low-resolution",
    "many-steps",
    "minutes-claimed",
    "no-caution",
    "no-easier",
    "no-picture",
    "no-review",
    "no-safety",
    "reading-grade",
    "same-name",
    "same-picture",
    "same-text",
    "short-block",
    "side-not-named",
    "stale-date",
    "two-actions",
    "unused-condition",
    "unused-picture",
    "wrong-letters",
]
"""The short name of a remark of `workshop check`, by which workshop.yaml can silence it."""


def _reason(value: object) -> object:
    """Refuse a remark that is silenced without a word."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("say in a few words why this remark is silenced")
    return value


Silence = Mapping[RemarkName, Annotated[str, BeforeValidator(_reason)]]
"""Remarks that are silenced, and why each is."""


class ChapterFields(Value):
    """The front matter of a chapter."""

    title: Annotated[Line, Field(max_length=200)] = Field(description="The chapter's name")
    audience: Literal["everyone", "teacher"] = Field(
        default="everyone", description="For everyone, or for the teacher's guide alone"
    )
    summary: RichTextField | None = Field(default=None, description="One sentence below the title")
    picture: CoverFile | None = Field(default=None, description="What it opens with in the book")
