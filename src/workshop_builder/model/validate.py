"""Validates YAML against the model, and tells its faults in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from workshop_builder.errors import Problem, did_you_mean
from workshop_builder.languages.language import Language
from workshop_builder.markup.rich_text import RichTextError
from workshop_builder.model.base import Value
from workshop_builder.source.quotes import CURLY
from workshop_builder.source.yaml_text import KeyPath, Tree, YamlDocument

_Fields = TypeVar("_Fields", bound=Value)

_MAPPING = "this takes lines of 'key: value' below it, indented by two blanks"
_LIST = "this takes a list; write each item on a line of its own after '- '"
_PLAIN = {
    "dict_type": _MAPPING,
    "int_type": "this takes a number, like 10",
    "list_type": _LIST,
    "mapping_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "model_type": _MAPPING,
    "string_pattern_mismatch": "this does not look right; check it for slips",
    "string_too_short": "this is empty; write something, or leave the key out",
    "bool_parsing": "write yes or no",
    "string_type": "this takes one text; write it in one line, in quotes if it has ': '",
    "too_short": "this list is empty; add an item, or leave the key out",
    "tuple_type": _LIST,
}
"""Words for the faults that pydantic tells by their type alone."""

_MOST_PROBLEMS = 200

_CURLY = ("“", "”", "„", "‘", "’", "«", "»")

_STAND_IN = "…"
"""Takes the place of a text that cannot be read."""


def validate(
    model: type[_Fields],
    sheet: YamlDocument,
    stand_ins: Mapping[str, str],
    problems: list[Problem],
    language: Language | None = None,
    **more: object,
) -> _Fields:
    """Return the data of `sheet` as a `model`, and add its faults to `problems`.

    Markdown in it is typeset, and doses are read, as in `language`; fields are told `more`. Faulty
    parts are left out or replaced, by `stand_ins` if they are required, so that the rest can be
    checked in the same run.
    """
    context = {"language": language, **more}
    data = _without_empty(sheet.data)
    if not isinstance(data, dict):
        fault = "this is not a list of 'key: value' lines; write it like 'title: My workshop'"
        problems.append(Problem(sheet.path, sheet.line(()), fault))
        return model.model_validate(stand_ins)
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        details = _without_emptied(error.errors(include_url=False))
        for detail in details[:_MOST_PROBLEMS]:
            line = sheet.line(detail["loc"])
            problems += [Problem(sheet.path, line, text) for text in _faults(detail, model)]
        right = _without_wrong(data, details)
        return model.model_validate({**stand_ins, **right}, context=context)


def _without_emptied(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Return the faults without those of lists that are empty for a fault of their only item."""
    inside = {detail["loc"][:end] for detail in details for end in range(len(detail["loc"]))}
    return [each for each in details if each["type"] != "too_short" or each["loc"] not in inside]


def _without_wrong(data: dict[str, Tree], details: Sequence[ErrorDetails]) -> dict[str, Tree]:
    """Return `data` without the keys that have faults, and with other words in faulty Markdown."""
    wrong = set()
    for detail in details:
        if isinstance(_cause(detail), RichTextError):
            data = {**data, **_replaced(data, detail["loc"], _STAND_IN)}
        elif detail["loc"]:
            wrong.add(detail["loc"][0])
    return {key: value for key, value in data.items() if key not in wrong}


def _replaced(data: Tree, place: KeyPath, text: str) -> Any:  # noqa: ANN401  of the kind of `data`
    """Return `data` with `text` at `place`, or instead of the text that is on the way there."""
    match data, place:
        case dict(), (str(key), *rest):
            return {**data, key: _replaced(data[key], tuple(rest), text)}
        case list(), (int(number), *rest):
            item = _replaced(data[number], tuple(rest), text)
            return [*data[:number], item, *data[number + 1 :]]
        case _:
            return text


def _key(place: KeyPath) -> str:
    return next((part for part in reversed(place) if isinstance(part, str)), "")


def _without_empty(data: Tree) -> Tree:
    """Return `data` without keys that have no value."""
    if isinstance(data, dict):
        return {key: _without_empty(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [_without_empty(item) for item in data]
    return data


def _cause(detail: ErrorDetails) -> object:
    """Return the exception that one of our validators raised, if it was one."""
    return detail.get("ctx", {}).get("error")


def _faults(detail: ErrorDetails, model: type[Value]) -> list[str]:
    """Return a fault that pydantic found in plain words; Markdown may have several."""
    cause = _cause(detail)
    if isinstance(cause, RichTextError):
        return [f"{_key(detail['loc'])}: {fault}" for fault in cause.faults]
    given = detail.get("input")
    if isinstance(given, str) and given.startswith(_CURLY) and detail["type"] != "missing":
        return [f"{_key(detail['loc'])}: the curly quotes in {given} {CURLY}"]
    return [_in_words(detail, model)]


def _in_words(detail: ErrorDetails, model: type[Value]) -> str:
    """Return a fault that pydantic found in plain words, with what to do."""
    place = tuple(part for part in detail["loc"] if part != "[key]")
    key = _key(place)
    given = detail.get("input")
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            known = _known_keys(model, place[:-1])
            return f"unknown key '{key}'{did_you_mean(key, known) or _keys(known)}"
        case "missing":
            return f"'{key}' is missing; add '{key}: …'"
        case "literal_error":
            wanted = re.sub(r"'", "", str(context.get("expected", "")))
            return f"{key}: '{given}' is not known{_choice(str(given), wanted)}"
        case "value_error":
            return f"{key}: {context['error']}"
        case "greater_than_equal" | "less_than_equal":
            return f"{key}: '{given}' is no number that fits; {_bounds(context)}"
        case "string_too_long" | "too_long" if isinstance(given, str):
            return f"{key}: longer than {context['max_length']} characters; shorten it"
        case "too_long":
            return f"{key}: more than {context['max_length']} in this list; take some out"
        case kind:
            return f"{key}: {_PLAIN.get(kind, 'this value does not fit here; check it')}"


def _keys(known: list[str]) -> str:
    return f"; the keys here are {', '.join(known)}" if known else "; remove it"


def _choice(given: str, wanted: str) -> str:
    names = re.split(r", | or ", wanted)
    return did_you_mean(given, names) or f"; write one of {', '.join(names)}"


def _bounds(context: Mapping[str, Any]) -> str:
    if "ge" in context:
        return f"write a whole number from {context['ge']}"
    return f"write a whole number up to {context['le']}"


@cache
def _schema(model: type[Value]) -> dict[str, Any]:
    return model.model_json_schema()


def _known_keys(model: type[Value], place: tuple[int | str, ...]) -> list[str]:
    """Return the keys that `model` allows at `place`."""
    schema = _schema(model)
    node = schema
    for part in place:
        node = _inside(node, schema)
        properties = node.get("properties", {})
        node = properties.get(part) or node.get("items") or node.get("additionalProperties") or {}
    return list(_inside(node, schema).get("properties", {}))


def _inside(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow references and optional values down to the schema of the value itself."""
    while True:
        options = node.get("anyOf")
        if options:
            node = options[0]
        elif "$ref" in node:
            node = schema["$defs"][str(node["$ref"]).rsplit("/", 1)[1]]
        else:
            return node
