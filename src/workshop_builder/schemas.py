"""JSON Schemas made from the model, for completion and checks in editors."""

from __future__ import annotations

import json

from workshop_builder.forms import Value
from workshop_builder.model import ChapterFields, ExerciseFields, Settings

_MODELS: dict[str, tuple[type[Value], str]] = {
    "workshop": (Settings, "workshop.yaml"),
    "exercise": (ExerciseFields, "front matter of an exercise"),
    "chapter": (ChapterFields, "front matter of a chapter"),
}


def text(name: str) -> str:
    """Return the schema of `workshop`, `exercise` or `chapter` as JSON text."""
    model, title = _MODELS[name]
    schema = model.model_json_schema()
    schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
