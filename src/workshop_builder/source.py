"""From the files of a source folder to a workshop, or to every problem of it in one run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from workshop_builder import agreement, blocks, markup, yamltext
from workshop_builder import folder as folders
from workshop_builder.errors import Problem, SourceError, WorkshopError, did_you_mean
from workshop_builder.folder import SETTINGS_FILE, Folder
from workshop_builder.model import (
    BlockUse,
    Chapter,
    ChapterFields,
    Exercise,
    ExerciseFields,
    Settings,
    Value,
    Workshop,
)
from workshop_builder.references import check_references
from workshop_builder.yamltext import Sheet, Tree

_Fields = TypeVar("_Fields", bound=Value)


class _Desk:
    """The files on the desk and the problems found so far."""

    def __init__(self, folder: Folder) -> None:
        self.files = folder.files
        self.names = frozenset(folder.files)
        self.problems: list[Problem] = []

    def text(self, path: str) -> str:
        """Return a file as text; note it where it is not UTF-8."""
        try:
            text = self.files[path].decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.files[path].count(b"\n", 0, error.start) + 1
            fault = "is not UTF-8 text; save the file again with the encoding UTF-8"
            self.problems.append(Problem(path, line, fault))
            return ""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def under(self, folder: str) -> list[str]:
        """Return the paths of the files in `folder`, in order of their names."""
        return sorted(path for path in self.names if path.startswith(folder + "/"))


def load_folder(source: str | Path) -> Workshop:
    """Return the workshop in the folder `source`; raises SourceError with every problem of it."""
    return load(folders.read(Path(source)))


def load(folder: Folder) -> Workshop:
    """Return the workshop that `folder` holds; raises SourceError with every problem of it."""
    desk = _Desk(folder)
    settings, sheet = _settings(desk)
    language = settings.language if settings else "en"
    exercises = _exercises(desk, language)
    chapters, used = _chapters(desk, language, exercises)
    if settings:
        check_references(settings, sheet, exercises, chapters, desk.names, desk.problems)
    if desk.problems or not settings:
        raise SourceError(desk.problems)
    pictures = _pictures_in_use(settings, exercises, used)
    return Workshop(
        settings=settings,
        chapters=tuple(chapters),
        exercises=exercises,
        pictures={path: folder.files[path] for path in sorted(pictures)},
        overrides=_overrides(folder),
        lines=sheet.lines,
    )


def _overrides(folder: Folder) -> dict[str, bytes]:
    own = ("templates/", "styles/", "labels/")
    return {path: data for path, data in folder.files.items() if path.startswith(own)}


def _pictures_in_use(
    settings: Settings, exercises: Mapping[str, Exercise], used: set[str]
) -> set[str]:
    logo = settings.studio.logo if settings.studio else None
    named = {settings.cover, logo, *(exercise.fields.picture for exercise in exercises.values())}
    return used | {path for path in named if path}


def _settings(desk: _Desk) -> tuple[Settings | None, Sheet]:
    text = desk.text(SETTINGS_FILE)
    try:
        sheet = yamltext.read(SETTINGS_FILE, text)
    except WorkshopError as error:
        desk.problems += error.problems
        return None, Sheet(SETTINGS_FILE, {}, {})
    return _validate(Settings, sheet, desk.problems), sheet


def _exercises(desk: _Desk, language: str) -> dict[str, Exercise]:
    exercises = {}
    for path in desk.under("exercises"):
        parts = _front_matter(desk, path, ExerciseFields, "name")
        if not parts:
            continue
        fields, sheet, body, offset = parts
        prose, problems = markup.convert(path, body, offset, language, desk.names)
        desk.problems += problems
        desk.problems += _no_blocks(path, body, offset)
        desk.problems += agreement.of_exercise(path, body, offset, fields)
        steps, text = markup.take_steps(prose.html)
        name = _id(path, "exercises")
        exercises[name] = Exercise(name, path, fields, steps, text, sheet.lines)
    return exercises


def _no_blocks(path: str, body: str, offset: int) -> list[Problem]:
    fault = "a block cannot stand in an exercise; move it to a chapter"
    return [Problem(path, use.line, fault) for use in _uses(body, offset)]


def _uses(body: str, offset: int) -> Iterator[BlockUse]:
    """Yield the well-formed blocks that a text opens."""
    for item in blocks.scan(body):
        if isinstance(item, blocks.Opening):
            yield BlockUse(item.name, item.argument, item.line + offset)


def _chapters(
    desk: _Desk, language: str, exercises: Mapping[str, Exercise]
) -> tuple[list[Chapter], set[str]]:
    """Return the chapters and the pictures that they show."""
    chapters: list[Chapter] = []
    pictures: set[str] = set()
    texts: list[tuple[str, str, int]] = []
    for path in desk.under("chapters"):
        parts = _front_matter(desk, path, ChapterFields, "title")
        if not parts:
            continue
        fields, _, body, offset = parts
        prose, problems = markup.convert(path, body, offset, language, desk.names)
        desk.problems += problems
        uses = tuple(_uses(body, offset))
        chapters.append(Chapter(_id(path, "chapters"), path, fields, prose.html, uses))
        pictures.update(prose.pictures)
        texts.append((path, body, offset))
    desk.problems += agreement.of_chapters(texts, {i: e.fields for i, e in exercises.items()})
    return chapters, pictures


def _id(path: str, folder: str) -> str:
    return path.removeprefix(folder + "/").removesuffix(".md").replace("/", "-")


def _front_matter(
    desk: _Desk, path: str, model: type[_Fields], required: str
) -> tuple[_Fields, Sheet, str, int] | None:
    """Return a file's fields, their sheet, the body and its offset in lines."""
    front, body, offset = yamltext.split(desk.text(path))
    if front is None:
        fault = f"has no front matter; begin with a line '---', then '{required}: …', then '---'"
        desk.problems.append(Problem(path, 1, fault))
        return None
    try:
        sheet = yamltext.read(path, front, offset=1)
    except WorkshopError as error:
        desk.problems += error.problems
        return None
    fields = _validate(model, sheet, desk.problems)
    return (fields, sheet, body, offset) if fields else None


def _validate(model: type[_Fields], sheet: Sheet, problems: list[Problem]) -> _Fields | None:
    """Return the model of a sheet's data, or None with its faults added to `problems`."""
    if not isinstance(sheet.data, dict):
        fault = "this is not a list of 'key: value' lines; write it like 'title: My workshop'"
        problems.append(Problem(sheet.path, sheet.line(()), fault))
        return None
    try:
        return model.model_validate(_without_empty(sheet.data))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            line = sheet.line(detail["loc"])
            problems.append(Problem(sheet.path, line, _in_words(detail, model)))
        return None


def _without_empty(data: Tree) -> Tree:
    """Leave out keys that have no value: an empty line in a form says nothing."""
    if isinstance(data, dict):
        return {key: _without_empty(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [_without_empty(item) for item in data if item is not None]
    return data


def _in_words(detail: ErrorDetails, model: type[Value]) -> str:
    """Say one of pydantic's faults in a teacher's words, with what to do."""
    key = next((str(part) for part in reversed(detail["loc"]) if isinstance(part, str)), "")
    given = detail.get("input")
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            known = _known_keys(model, detail["loc"][:-1])
            return f"unknown key '{key}'{did_you_mean(key, known) or '; remove it'}"
        case "missing":
            return f"'{key}' is missing; add '{key}: …'"
        case "literal_error":
            wanted = re.sub(r"'", "", str(context.get("expected", "")))
            return f"{key}: '{given}' is not known{_choice(str(given), wanted)}"
        case "value_error":
            return f"{key}: {context['error']}"
        case "int_parsing" | "int_type" | "greater_than_equal" | "less_than_equal":
            return f"{key}: '{given}' is no number that fits; {_bounds(detail)}"
        case "tuple_type" | "list_type":
            return f"{key}: this takes a list; write each item on a line of its own after '- '"
        case "string_too_long":
            return f"{key}: longer than {context['max_length']} characters; shorten it"
        case "string_pattern_mismatch":
            return f"{key}: '{given}' does not look right; check it for slips"
        case "string_type":
            return f"{key}: this takes one text; write it in one line, in quotes if it has ': '"
        case "model_type" | "dict_type" | "mapping_type" | "model_attributes_type":
            return f"{key}: this takes lines of 'key: value' below it, indented by two blanks"
        case _:
            return f"{key}: {detail['msg']}; check this value"


def _choice(given: str, wanted: str) -> str:
    names = re.split(r", | or ", wanted)
    return did_you_mean(given, names) + f"; write one of {', '.join(names)}"


def _bounds(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    if "ge" in context:
        return f"write a whole number from {context['ge']}"
    if "le" in context:
        return f"write a whole number up to {context['le']}"
    return "write a whole number, like 10"


def _known_keys(model: type[Value], place: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the model allows at `place`."""
    schema = model.model_json_schema()
    node = schema
    for part in place:
        node = _inside(node, schema)
        properties = node.get("properties", {})
        node = properties.get(part) or node.get("items") or node.get("additionalProperties") or {}
    return list(_inside(node, schema).get("properties", {}))


def _inside(node: dict[str, object], schema: dict[str, object]) -> dict[str, object]:
    """Follow references and optional values down to the schema of the value itself."""
    while True:
        options = node.get("anyOf")
        if isinstance(options, list):
            node = options[0]
        elif isinstance(node.get("$ref"), str):
            name = str(node["$ref"]).rsplit("/", 1)[1]
            node = schema["$defs"][name]  # type: ignore[index]
        else:
            return node
