"""JSON Schemas made from the model, for completion and checks in editors."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from workshop_builder.model.base import ChapterFields
from workshop_builder.model.exercise_fields import ExerciseFields
from workshop_builder.model.figure import Figure
from workshop_builder.model.personal.student import Roster
from workshop_builder.model.workshop import Settings

_FORMS: dict[str, tuple[Any, str]] = {
    "workshop": (Settings, "workshop.yaml"),
    "exercise": (ExerciseFields, "front matter of an exercise"),
    "chapter": (ChapterFields, "front matter of a chapter"),
    "figure": (Figure, "file of figures/"),
    "roster": (Roster, "roster.yaml"),
}


def text(name: str) -> str:
    """Return the schema of `workshop`, `exercise`, `chapter`, `figure` or `roster` as JSON text."""
    form, title = _FORMS[name]
    schema = TypeAdapter(form).json_schema()
    schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
