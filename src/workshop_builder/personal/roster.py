"""A roster from its file: roster.yaml, .csv or .xlsx, or a folder with a file for each student."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from workshop_builder.errors import Problem, SourceError, WorkshopError, did_you_mean
from workshop_builder.model.personal.student import Student
from workshop_builder.model.validate import validate
from workshop_builder.model.workshop import Workshop
from workshop_builder.personal.row import Row
from workshop_builder.personal.tables import read_csv, read_xlsx
from workshop_builder.source import file_names, yaml_text
from workshop_builder.source.characters import as_text
from workshop_builder.source.yaml_text import Tree, YamlDocument

NAMES = ("roster.yaml", "roster.csv", "roster.xlsx")
"""The files of a source folder in which a roster is looked for."""

_STUDENTS = "students"
_YAML = {".yaml", ".yml"}
_MEBIBYTE = 1024 * 1024
_LARGEST = 64 * _MEBIBYTE
"""Bytes of a roster."""


def find(source: Path) -> Path:
    """Return the roster in a source folder; raises SourceError unless there is one."""
    found = [source / name for name in NAMES if (source / name).is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(path.name for path in found)
        text = f"has several rosters ({names}); name the one that is meant"
    else:
        text = f"has no roster; write {NAMES[0]} in it, or name the roster after it"
    raise SourceError([Problem(str(source), 0, text)])


def read(
    path: Path, workshop: Workshop, left_out: list[Problem] | None = None
) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a roster, as far as they could be read, and what is wrong with them.

    What is hidden in a workbook is added to `left_out`. Raises SourceError for what is no roster.
    """
    problems: list[Problem] = []
    hidden: list[Problem] = [] if left_out is None else left_out
    rows = []
    breath = workshop.settings.breath
    for number, document in enumerate(_documents(path, problems, hidden), 1):
        student = validate(
            Student, document, {"name": "…"}, problems, workshop.language, breath=breath
        )
        rows.append(Row(number, document, student))
    if not rows and not problems:
        problems += hidden
    if not rows and not problems:
        text = f"has no students; write one below '{_STUDENTS}:', or in a row of the table"
        raise SourceError([Problem(str(path), 0, text)])
    return rows, problems


def _documents(
    path: Path, problems: list[Problem], left_out: list[Problem]
) -> Sequence[YamlDocument]:
    """Return what was typed for each student, in order.

    Adds to `problems` what cannot be read, and to `left_out` what is hidden.
    """
    if path.is_dir():
        return list(_in_folder(path, problems))
    match path.suffix.lower():
        case ".yaml" | ".yml":
            return list(_in_yaml(path, problems))
        case ".csv" | ".tsv":
            return read_csv(str(path), _content(path), problems)
        case ".xlsx":
            return read_xlsx(str(path), _content(path), problems, left_out)
    text = "is no roster; name a file ending in .yaml, .csv or .xlsx, or a folder of .yaml files"
    raise SourceError([Problem(str(path), 0, text)])


def _in_folder(path: Path, problems: list[Problem]) -> Iterator[YamlDocument]:
    """Yield each student of the files of a folder, in order; tells those that are passed over."""
    for file in sorted(path.iterdir()):
        if file.suffix.lower() in _YAML and not file.name.startswith("."):
            yield from _in_yaml(file, problems)
        elif set(file.suffixes) & _YAML and (name := file_names.meant(file.name, ".yaml")):
            text = f"would not be read; save it as plain text named '{name}'"
            problems.append(Problem(str(file), 0, text))


def _in_yaml(path: Path, problems: list[Problem]) -> Iterator[YamlDocument]:
    """Yield each student of a YAML file: those of `students:`, or the one that it is for."""
    try:
        document = yaml_text.read(str(path), as_text(str(path), _content(path), problems))
    except WorkshopError as error:
        problems += error.problems
        return
    faults = list(_wrong_list(document))
    problems += faults
    students = document.data.get(_STUDENTS) if isinstance(document.data, dict) else None
    if isinstance(students, list):
        yield from _each(document, students)
    elif not faults:
        yield document


def _wrong_list(document: YamlDocument) -> Iterator[Problem]:
    """Yield what is wrong with how the students of a YAML file are listed, if they are."""
    if isinstance(document.data, list):
        text = f"begins with a list; write '{_STUDENTS}:' in a line above it"
        yield Problem(document.path, 1, text)
    elif isinstance(document.data, dict) and _STUDENTS in document.data:
        for key in document.data.keys() - {_STUDENTS}:
            text = f"unknown key '{key}' beside '{_STUDENTS}'"
            remedy = "write it below a student, or remove it"
            yield Problem(document.path, document.line((key,)), f"{text}; {remedy}")
        if not isinstance(document.data[_STUDENTS], list):
            text = f"{_STUDENTS}: this takes a list; write each student after '- '"
            yield Problem(document.path, document.line((_STUDENTS,)), text)
    elif isinstance(document.data, dict):
        for key, value in document.data.items():
            if isinstance(value, list) and (hint := did_you_mean(key, [_STUDENTS])):
                yield Problem(document.path, document.line((key,)), f"unknown key '{key}'{hint}")


def _each(document: YamlDocument, students: Sequence[Tree]) -> Iterator[YamlDocument]:
    """Yield the students of a list, each with the lines of what is said of them."""
    lines: list[dict[tuple[str | int, ...], int]] = [{} for _ in students]
    for keys, line in document.lines.items():
        if len(keys) > 1 and isinstance(keys[1], int) and keys[1] < len(lines):
            lines[keys[1]][keys[2:]] = line
    for each, own in zip(students, lines, strict=True):
        named: Tree = {"name": each} if isinstance(each, str) else each
        yield YamlDocument(document.path, named, own)


def _content(path: Path) -> bytes:
    """Return what is in a file; raises SourceError where it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        text = f"cannot be read ({error.strerror}); check the name of the roster"
        raise SourceError([Problem(str(path), 0, text)]) from error
    if len(data) > _LARGEST:
        text = f"is larger than {_LARGEST // _MEBIBYTE} MB; divide it into several"
        raise SourceError([Problem(str(path), 0, text)])
    return data
