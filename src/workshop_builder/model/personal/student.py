"""One row of a roster: a student, and what the sheet is to be."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from workshop_builder.model.base import Value
from workshop_builder.model.dose import Sides
from workshop_builder.model.editions import EditionName, PaperName
from workshop_builder.model.exercise_fields import (
    ExerciseFields,
    FrequencyField,
    HoldField,
    RepeatField,
    WholeField,
)
from workshop_builder.model.fields import (
    DateField,
    LanguageCode,
    Line,
    RichTextField,
    Texts,
    Whole,
    as_text,
    schema_of,
)

_VISIT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T]+((?:[01]?\d|2[0-3]):[0-5]\d))?")
_TIMES = ("hold", "hold_by_week", "takes")
"""The fields that say how long: where one is set, the others of an exercise no longer hold."""


@dataclass(frozen=True, slots=True)
class Visit:
    """When a student comes again."""

    day: datetime.date
    time: str
    """Of the clock, as it was typed; empty where none was."""


def _visit(value: object) -> Visit:
    text = as_text(value)
    found = _VISIT.fullmatch(text)
    try:
        day = datetime.date.fromisoformat(found[1] if found else "")
    except ValueError:
        remedy = "write it like 2026-11-22, or 2026-11-22 10:30"
        raise ValueError(f"'{text}' is no day of the calendar; {remedy}") from None
    return Visit(day, (found and found[2]) or "")


class DoseChange(Value):
    """What differs in the dose of one exercise for one student."""

    hold: HoldField | None = Field(default=None, description="How long, like 20 s or 3 breaths")
    hold_by_week: tuple[HoldField, ...] = Field(
        default=(), description="How long in each week, the first week first"
    )
    takes: WholeField | None = Field(default=None, description="How long it takes as a whole")
    repeat: RepeatField | None = Field(default=None, description="How many times, like 2 or 5-10")
    sides: Sides | None = Field(default=None, description="each, both or none")
    frequency: FrequencyField | None = Field(default=None, description="How often, like daily")

    @property
    def said(self) -> dict[str, Any]:
        """What is set, in the order of the fields."""
        return {name: getattr(self, name) for name in _DOSE if name in self.model_fields_set}

    def applied(self, fields: ExerciseFields) -> ExerciseFields:
        """Return the fields of an exercise with this dose: what it does not say stays."""
        said = self.said
        if said.keys() & set(_TIMES):
            said = {name: ExerciseFields.model_fields[name].default for name in _TIMES} | said
        if said.get("takes"):
            said = {"repeat": None} | said
        return fields.model_copy(update=said)


_DOSE = tuple(DoseChange.model_fields)


class Student(Value):
    """A student: a row of a roster, or a file of sheets/."""

    name: Annotated[Line, Field(max_length=80)] = Field(description="Whose sheet it is")
    exercises: Texts = Field(
        default=(), description="Exercises or groups, in this order; else the take-home sheet's"
    )
    doses: Mapping[str, DoseChange] = Field(
        default_factory=dict, description="By exercise: the fields of its dose that differ"
    )
    conditions: Texts = Field(default=(), description="Names of conditions of workshop.yaml")
    note: RichTextField | None = Field(default=None, description="A word from you, in a box")
    pages: Annotated[int, Field(ge=1, le=4), Whole] | None = Field(
        default=None, description="The most pages of the sheet; else as the take-home sheet has"
    )
    weeks: Annotated[int, Field(ge=1, le=8), Whole] | None = Field(
        default=None, description="Weeks of the tick chart"
    )
    paper: PaperName | None = Field(default=None, description="Else that of the workshop")
    edition: EditionName = Field(default="standard", description="Of the sheet")
    language: LanguageCode | None = Field(
        default=None, description="Of the labels and doses; else that of the workshop"
    )
    date: DateField | None = Field(default=None, description="Of the sheet, like 2026-11-22")
    next_visit: (
        Annotated[
            Visit,
            PlainValidator(_visit),
            schema_of(r"^\d{4}-\d\d-\d\d( \d?\d:\d\d)?$", "2026-12-03", "2026-12-03 10:30"),
        ]
        | None
    ) = Field(default=None, description="A day, or a day and a time of the clock")


class Roster(Value):
    """roster.yaml."""

    students: tuple[Student, ...] = Field(min_length=1, description="One for each sheet")
