"""What the studio's page needs for a form: the fields of the model, with their help and kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from workshop_builder.figures import gallery
from workshop_builder.model.base import Value
from workshop_builder.model.exercise_fields import ExerciseFields
from workshop_builder.model.workshop import Settings
from workshop_builder.preview.messages import EditForms

_Schema: TypeAlias = Mapping[str, Any]

_NAMED = {
    "avoid_with": "conditions",
    "chapter": "chapters",
    "chapters": "chapters",
    "cover": "pictures",
    "credits": "pictures",
    "exercises": "exercises",
    "figure": "figures",
    "groups": "exercises",
    "instead": "exercises",
    "logo": "pictures",
    "picture": "pictures",
}
"""By key: of what its value names one, or several."""


def forms() -> EditForms:
    """Return the forms of workshop.yaml and of an exercise, and the ready poses."""
    models: dict[str, type[Value]] = {"workshop": Settings, "exercise": ExerciseFields}
    fields = {}
    for name, model in models.items():
        schema = model.model_json_schema()
        fields[name] = _fields(schema, schema.get("$defs", {}))
    poses = {
        name: (gallery.about(file), file.read_bytes()) for name, file in gallery.poses().items()
    }
    return EditForms(fields, poses)


def _fields(schema: _Schema, models: _Schema) -> list[dict[str, Any]]:
    """Return the fields of a mapping in the order in which a file has them."""
    required = schema.get("required", ())
    return [
        {
            "key": key,
            "help": node.get("description", ""),
            "required": key in required,
            "names": _NAMED.get(key, ""),
            **_kind(node, models),
        }
        for key, node in schema["properties"].items()
    ]


def _kind(node: _Schema, models: _Schema) -> dict[str, Any]:
    """Return how a value is typed: as a text, from choices, or of what parts."""
    node = _resolved(node, models)
    ways = [_resolved(way, models) for way in node.get("anyOf", ()) if way.get("type") != "null"]
    if len(ways) == 1:
        return _kind(ways[0], models)
    if ways:
        return _either(ways, models)
    match node.get("type"):
        case "boolean":
            return {"kind": "choice", "choices": ["yes", "no"]}
        case "array":
            return _list(_kind(node["items"], models))
        case "object" if "properties" in node:
            return {"kind": "object", "fields": _fields(node, models)}
        case "object":
            of = _kind(node["additionalProperties"], models)
            choices = node.get("propertyNames", {}).get("enum", [])
            return {"kind": "map", "of": of, "choices": choices}
    if "enum" in node:
        return {"kind": "choice", "choices": node["enum"]}
    is_date = node.get("format") == "date"
    long = node.get("contentMediaType") == "text/markdown"
    return {"kind": "long" if long else "date" if is_date else "text"}


def _either(ways: list[_Schema], models: _Schema) -> dict[str, Any]:
    """Return how a value is typed that may be of several kinds: as the richest of them."""
    kinds = [_kind(way, models) for way in ways]
    by_kind = {each["kind"]: each for each in kinds}
    if "map" in by_kind:
        return {**by_kind["map"], "plain": True}  # and as what it has for each, for all
    return by_kind.get("object") or by_kind.get("list") or kinds[0]


def _list(of: dict[str, Any]) -> dict[str, Any]:
    """Return how a list is typed: of parts, or of texts."""
    if of["kind"] == "object":
        return {"kind": "items", "fields": of["fields"]}
    return {"kind": "list", "choices": of.get("choices", [])}


def _resolved(node: _Schema, models: _Schema) -> _Schema:
    """Return what a schema refers to, if it does."""
    return models[node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else node
