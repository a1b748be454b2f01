"""The fields of an exercise, and their types: doses, conditions, and what is done instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from workshop_builder.languages.dose_words import DoseWords, dose_words
from workshop_builder.markup.rich_text import RichText
from workshop_builder.model.base import ExerciseKind, Value, activity_elsewhere
from workshop_builder.model.dose import MOVE_SECONDS, Frequency, Hold, Repeat, Sides, spanning
from workshop_builder.model.fields import (
    RANGE,
    FigureFile,
    Line,
    PictureFile,
    RichTextField,
    RichTexts,
    Texts,
    WebAddress,
    as_list,
    as_text,
    schema_of,
)

_SHORTEST_BREATH = 2
_LONGEST_BREATH = 30
"""Seconds of one breath in and out."""

_Parsed = TypeVar("_Parsed")


def _dose(parse: Callable[[str, DoseWords], _Parsed]) -> PlainValidator:
    """Return a validator that reads a dose, in English or the language of the validation."""

    def read(value: object, info: ValidationInfo) -> _Parsed:
        return parse(as_text(value), dose_words((info.context or {}).get("language")))

    return PlainValidator(read)


def _hold(value: object, info: ValidationInfo) -> Hold:
    """Read how long something is held, with the breath of the validation."""
    context = info.context or {}
    words = dose_words(context.get("language"))
    return Hold.parse(as_text(value), words, context.get("breath", MOVE_SECONDS))


def _breath(text: str, words: DoseWords) -> int:
    hold = Hold.parse(text, words)
    if hold.low != hold.high or not _SHORTEST_BREATH <= hold.low <= _LONGEST_BREATH:
        span = f"from {_SHORTEST_BREATH} s to {_LONGEST_BREATH} s"
        raise ValueError(f"'{text}' is no breath; write one time {span}, like '6 s'")
    return hold.low


def _condition(value: RichText, info: ValidationInfo) -> RichText:
    """Return the words of a condition that is told by its name, with the name as their source."""
    named = (info.context or {}).get("conditions") or {}
    known = named.get(value.source)
    return replace(known, source=value.source) if known else value


def _instead(value: object) -> Mapping[str, tuple[str, ...]]:
    """Read what is done instead: for everyone, under an empty name, or by condition."""
    by_condition = value if isinstance(value, Mapping) else {"": value}
    if by_condition is value and "" in by_condition:
        raise ValueError("a line of it has no condition before its ':'; name one of 'avoid_with'")
    return {str(key): tuple(map(as_text, _listed(each))) for key, each in by_condition.items()}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


HoldField = Annotated[
    Hold,
    PlainValidator(_hold),
    schema_of(rf"^({RANGE}\s*(s|min|h|days?|breaths?)|\d+:\d\d(\s*min)?)$", "45 s", "3 breaths"),
]
WholeField = Annotated[
    Hold, _dose(Hold.parse_whole), schema_of(rf"^{RANGE}\s*(min|h|days?)$", "45 min", "1-2 days")
]
"""How long an activity takes as a whole."""
BreathField = Annotated[int, _dose(_breath), schema_of(r"^\d+\s*s$", "6 s")]
"""Seconds."""
RepeatField = Annotated[
    Repeat,
    _dose(Repeat.parse),
    schema_of(rf"^(once|twice|{RANGE}(\s*times?|\s*sets\s*of\s*{RANGE})?)$", "2", "2 sets of 10"),
]
Condition = Annotated[RichTextField, AfterValidator(_condition)]
"""The name of a condition, or words for one."""
Conditions = Annotated[
    tuple[Condition, ...],
    BeforeValidator(as_list, json_schema_input_type=tuple[str, ...] | str),
]
_WAYS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
InsteadField = Annotated[
    Mapping[str, tuple[str, ...]],
    PlainValidator(_instead),
    WithJsonSchema({"anyOf": [*_WAYS["anyOf"], {"type": "object", "additionalProperties": _WAYS}]}),
]
"""Exercises or words by the condition that calls for them; for everyone by an empty name."""
FrequencyField = Annotated[
    Frequency, _dose(Frequency.parse), schema_of(".+", "daily", "3 times a week")
]


class Advice(Value):
    """What somebody with a condition may do, and what they mind."""

    instead: Texts = Field(default=(), description="What they do: exercises, or words")
    mind: RichTextField | None = Field(default=None, description="What they are careful about")


class ExerciseFields(Value):
    """The front matter of an exercise."""

    name: Annotated[Line, Field(max_length=120)] = Field(description="What it is called")
    targets: RichTexts = Field(default=(), description="What it works on")
    kind: ExerciseKind = Field(default="stretch", description="What sort of exercise it is")
    hold: HoldField | None = Field(
        default=None, description="How long, like 45 s, 30-60 s, 2 min, 1:30 or 3 breaths"
    )
    hold_by_week: tuple[HoldField, ...] = Field(
        default=(), description="How long in each week, the first week first"
    )
    takes: WholeField | None = Field(
        default=None, description="How long it takes as a whole, like 45 min, 2 h or 1-2 days"
    )
    repeat: RepeatField | None = Field(
        default=None, description="How many times, like 2, 5-10 or 2 sets of 10"
    )
    sides: Sides = Field(default="none", description="each, both or none")
    frequency: FrequencyField | None = Field(
        default=None, description="How often, like daily or 3 times a week"
    )
    needs: RichTexts = Field(default=(), description="What a person needs")
    feel: RichTextField | None = Field(default=None, description="Where it is felt")
    caution: RichTextField | None = Field(
        default=None, description="Printed wherever the exercise is"
    )
    avoid_with: Conditions = Field(
        default=(), description="Who leaves it out: names of conditions, or words"
    )
    instead: InsteadField = Field(
        default_factory=dict, description="What they do: exercises or words, or for each condition"
    )
    record: RichTexts = Field(default=(), description="Of a check: words to tick for each side")
    easier: RichTextField | None = Field(default=None, description="A gentler way")
    harder: RichTextField | None = Field(default=None, description="A stronger way")
    mistakes: RichTexts = Field(default=(), description="What to watch out for")
    cues: RichTexts = Field(
        default=(), description="What the teacher sees and says; only in the teacher's guide"
    )
    short: RichTexts = Field(
        default=(), description="The steps in three to five words each, for posters and slides"
    )
    picture: PictureFile | None = Field(default=None, description="A file of pictures/")
    figure: FigureFile | None = Field(
        default=None, description="A file of figures/, in place of a picture"
    )
    alt: str | None = Field(
        default=None, description="What the picture shows, for those who cannot see it"
    )
    caption: RichTextField | None = Field(default=None, description="Printed below the picture")
    video: WebAddress | None = Field(default=None, description="Its address on the web")

    _kind = model_validator(mode="before")(activity_elsewhere)

    @property
    def whole_hold(self) -> Hold | None:
        """How long it is held: from the shortest of all weeks to the longest, if it has weeks."""
        return spanning(self.hold_by_week) or self.hold


@dataclass(frozen=True, slots=True)
class Substitute:
    """What is done in place of an exercise."""

    words: RichText
    """The other exercise's name, or words."""
    path: str = ""
    """The other exercise's file, relative to the source folder."""
    number: int = 0
    """Its number; 0 where it is no exercise."""


@dataclass(frozen=True, slots=True)
class Avoided:
    """Who leaves an exercise out."""

    words: RichText
    instead: tuple[Substitute, ...] = ()
    """What they do."""
    short: str = ""
    """The condition as plain words, and as few as tell it from others; see `conditions.resolve`."""
