"""Rosters from a spreadsheet: .csv as Excel and LibreOffice save it, and .xlsx.

A cell is the text that was typed; lists have `;` between their items, doses are written as
`bridge: hold 20 s, repeat 2; knee-rolls: repeat 5`.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from workshop_builder.errors import Problem, SourceError
from workshop_builder.source.characters import as_text
from workshop_builder.source.yaml_text import Tree, YamlDocument

_LISTS = ("exercises", "conditions")
_BY_WEEK = "hold_by_week"
_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"sep=(.)\n")
_BETWEEN = re.compile(r"\s*[;\n]\s*")
_CSV_UTF8 = "is not UTF-8 text; in Excel save it as 'CSV UTF-8', elsewhere with the encoding UTF-8"
_NO_BOOK = "is no workbook of Excel, or is damaged; save it again as .xlsx or CSV UTF-8"


def read_csv(path: str, data: bytes) -> list[YamlDocument]:
    """Return the rows of a CSV; raises SourceError for what is none, or not in UTF-8."""
    problems: list[Problem] = []
    text = as_text(path, data, problems)
    if problems:
        told = ((each, _CSV_UTF8 if "UTF-8" in each.text else each.text) for each in problems)
        raise SourceError(Problem(each.path, each.line, words) for each, words in told)
    first = _SEPARATOR_LINE.match(text)
    body = text[first.end() :] if first else text
    delimiter = first[1] if first else _delimiter(body)
    return _rows(path, _csv_lines(path, body, delimiter, 1 if first else 0))


def _delimiter(text: str) -> str:
    """Return what stands between the cells: the sign that the line of headings has most of."""
    head = text.lstrip("\n").partition("\n")[0]
    return max(_DELIMITERS, key=head.count)


def _csv_lines(
    path: str, text: str, delimiter: str, offset: int
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the line at which each row begins, and its cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = offset + 1
    try:
        for cells in reader:
            yield line, cells
            line = offset + reader.line_num + 1
    except csv.Error as error:
        fault = f"a quote is open or stands amid a cell ({error}); close it, or save the file again"
        raise SourceError([Problem(path, line, fault)]) from error


def read_xlsx(path: str, data: bytes) -> list[YamlDocument]:
    """Return the rows of the first sheet of a workbook; raises SourceError for what is none."""
    import openpyxl  # noqa: PLC0415  a fifth of a second, and seldom asked for

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
        lines = [
            (number, [_typed(value) for value in cells])
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1)
        ]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, StopIteration) as error:
        raise SourceError([Problem(path, 0, _NO_BOOK)]) from error
    return _rows(f"{path}:{sheet.title}", iter(lines))


def _typed(value: Any) -> str:  # noqa: ANN401  whatever a cell can hold
    """Return a cell as a person would type it: days as 2026-11-22, numbers as they are."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime.datetime():
            clock = f" {value:%H:%M}" if value.time() != datetime.time() else ""
            return f"{value:%Y-%m-%d}{clock}"
        case _:
            return str(value)


def _rows(path: str, lines: Iterator[tuple[int, Sequence[str]]]) -> list[YamlDocument]:
    """Return each row below the headings that is not empty, by its headings."""
    filled = ((n, [cell.strip() for cell in cells]) for n, cells in lines)
    filled = ((n, cells) for n, cells in filled if any(cells))
    line, head = next(filled, (1, []))
    names = [re.sub(r"[\s_-]+", "_", cell.lower()) for cell in head]
    problems = list(_wrong_headings(path, line, names))
    rows = []
    for line, cells in filled:
        named = [*names, *[""] * (len(cells) - len(names))]
        pairs = [(name, cell) for name, cell in zip(named, cells, strict=False) if cell]
        try:
            data: Tree = {name: _value(name, cell) for name, cell in pairs}
            rows.append(YamlDocument(path, data, {(): line}))
        except ValueError as error:
            problems.append(Problem(path, line, str(error)))
    if problems:
        raise SourceError(problems)
    return rows


def _wrong_headings(path: str, line: int, names: Sequence[str]) -> Iterator[Problem]:
    if "name" not in names:
        text = "no heading 'name'; let the first line name the columns: name, exercises, conditions"
        yield Problem(path, line, text)
    for name in dict.fromkeys(name for name in names if name and names.count(name) > 1):
        yield Problem(path, line, f"two columns are headed '{name}'; remove one")


def _value(name: str, cell: str) -> Tree:
    """Return a cell as a roster in YAML has it; raises ValueError for what cannot be read."""
    if not name:
        raise ValueError(
            "a cell has no heading above it; give its column one, or quote a text with a comma"
        )
    if name in _LISTS:
        return [each for each in _BETWEEN.split(cell) if each]
    return _doses(cell) if name == "doses" else cell


def _doses(cell: str) -> Tree:
    found: dict[str, Tree] = {}
    for each in filter(None, _BETWEEN.split(cell)):
        exercise, colon, fields = each.partition(":")
        pairs = [part.strip().partition(" ") for part in fields.split(",")]
        if not colon or not all(value.strip() for _, _, value in pairs):
            like = "write it like 'bridge: hold 20 s, repeat 2; knee-rolls: repeat 5'"
            raise ValueError(f"doses: '{each}' cannot be read; {like}")
        found[exercise.strip()] = {key: _dose(key, value.strip()) for key, _, value in pairs}
    return found


def _dose(key: str, value: str) -> Tree:
    return [each.strip() for each in value.split("/")] if key == _BY_WEEK else value
