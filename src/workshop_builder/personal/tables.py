"""Rosters from a spreadsheet: .csv as Excel and LibreOffice save it, and .xlsx.

A cell is the text that was typed; lists have `;` between their items, doses are written as
`bridge: hold 20 s, repeat 2; knee-rolls: repeat 5`. What cannot be told for sure is refused: a
cell that is merged with others may be meant for one row or for all. What is hidden in a workbook is
left out, and told.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from workshop_builder.errors import Problem, SourceError, did_you_mean
from workshop_builder.model.personal.student import Student
from workshop_builder.source.characters import as_text
from workshop_builder.source.yaml_text import Tree, YamlDocument

_TableRow: TypeAlias = tuple[int, Sequence[str]]
"""The number of a row, and its cells."""
_BY_WEEK = "hold_by_week"
_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"\"?sep=([^\n\"])\"?[^\w\n]*\n", re.IGNORECASE)
"""What Excel writes and reads before the headings; other programs quote it."""
_FIELD = re.compile(r"\s*(\w+)\s*[ :=]\s*(\S.*?)\s*")
"""A field of a dose and its value."""
_BETWEEN = re.compile(r"\s*[;\n]\s*")
_CSV_UTF8 = "is not UTF-8 text; in Excel save it as 'CSV UTF-8', elsewhere with the encoding UTF-8"
_WHOLE = re.compile(r"(\d+)[.,]0+")
"""A whole number, as programs for tables write it that have cells without one."""
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)")
"""A day with its month in the middle, as only dots have it."""
_MIDNIGHT, _SECONDS = re.compile(r"[ T]00:00(:00)?$"), re.compile(r"(\d:\d\d):00$")
_SERIAL = re.compile(r"[34567]\d{4}([.,]\d+)?")
"""A day as spreadsheets count it, from 1982 on."""
_MERGED = re.compile(rb'<mergeCell ref="[A-Z]+(\d+):[A-Z]+(\d+)"')
_NO_RESULT = re.compile(
    rb'<c r="[A-Z]+(\d+)"[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER, _HIDDEN = re.compile(rb'\br="(\d+)"'), re.compile(rb'\bhidden="(?:1|true)"')
_NAMED = 6
"""Hidden rows that are named; of more, their number is told."""
_NO_BOOK = "is no workbook of Excel, or is damaged; save it again as .xlsx or CSV UTF-8"


def read_csv(path: str, data: bytes, problems: list[Problem]) -> list[YamlDocument]:
    """Return the rows of a CSV; those that cannot be read are added to `problems`.

    Raises SourceError for what is no CSV, or not in UTF-8.
    """
    faults: list[Problem] = []
    text = as_text(path, data, faults)
    if faults:
        told = ((each, _CSV_UTF8 if "UTF-8" in each.text else each.text) for each in faults)
        raise SourceError(Problem(each.path, each.line, words) for each, words in told)
    first = _SEPARATOR_LINE.match(text)
    body = text[first.end() :] if first else text
    delimiter = first[1] if first else _delimiter(body)
    return list(_rows(path, _csv_lines(path, body, delimiter, 1 if first else 0), problems))


def _delimiter(text: str) -> str:
    """Return what stands between the cells: the sign that the line of headings has most of."""
    head = text.lstrip("\n").partition("\n")[0]
    return max(_DELIMITERS, key=head.count)


def _csv_lines(
    path: str, text: str, delimiter: str, offset: int
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the line at which each row begins, and its cells."""
    csv.field_size_limit(max(len(text), 1))  # of one cell, which may have any length
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = offset + 1
    try:
        for cells in reader:
            yield line, cells
            line = offset + reader.line_num + 1
    except csv.Error as error:
        fault = f"a quote is open or stands amid a cell ({error}); close it, or save the file again"
        raise SourceError([Problem(path, line, fault)]) from error


def read_xlsx(
    path: str, data: bytes, problems: list[Problem], left_out: list[Problem]
) -> list[YamlDocument]:
    """Return the rows of the first sheet of a workbook, and add to `problems` likewise.

    What is hidden is no part of the roster, and is added to `left_out`. Raises SourceError for what
    is none, or is not clear.
    """
    import openpyxl  # noqa: PLC0415  a fifth of a second, and seldom asked for

    try:
        with warnings.catch_warnings(action="ignore"):  # of styles, which are not asked for
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            heads = {sheet.title: next(_lines(sheet), None) for sheet in book.worksheets}
            seen = [each.title for each in book.worksheets if each.sheet_state == "visible"]
            name = next(filter(heads.get, seen), seen[0])
            place, lines = f"{path}:{name}", list(_lines(book[name]))
            head = lines[0][0] if lines else 0
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                xml = archive.read(book[name]._worksheet_path)  # noqa: SLF001  told nowhere else
            hidden = {number for number in _hidden(xml) if number > head}
            unclear = list(_unclear(place, xml, head, hidden))
    except Exception as error:
        raise SourceError([Problem(path, 0, _NO_BOOK)]) from error
    if unclear:
        raise SourceError(unclear)
    left_out += _left_out(place, [number for number, _ in lines if number in hidden])
    del heads[name]
    left_out += _not_read(path, heads, seen)
    shown = (line for line in lines if line[0] not in hidden)
    return list(_rows(place, shown, problems))


def _hidden(xml: bytes) -> Iterator[int]:
    """Yield the number of each row of a sheet that is hidden, by hand or by a filter."""
    number = 0
    for found in _ROW.finditer(xml):
        told = _NUMBER.search(found[0])
        number = int(told[1]) if told else number + 1
        if _HIDDEN.search(found[0]):
            yield number


def _left_out(place: str, rows: Sequence[int]) -> Iterator[Problem]:
    """Yield a line about rows that are hidden, if there are any."""
    if len(rows) == 1:
        text = "this row is hidden and has no sheet; show it in the workbook if it is to have one"
        yield Problem(place, rows[0], text)
    elif rows:
        which = ", ".join(map(str, rows[:_NAMED])) + (", …" if rows[_NAMED:] else "")
        text = f"{len(rows)} rows are hidden and have no sheets ({which})"
        yield Problem(place, rows[0], f"{text}; show them in the workbook if they are to have some")


def _not_read(
    path: str, others: Mapping[str, _TableRow | None], seen: Sequence[str]
) -> Iterator[Problem]:
    """Yield a line about each other sheet of a workbook that has a column of names, by its head."""
    for name, head in others.items():
        if head and "name" in (cell.strip().lower() for cell in head[1]):
            why = "one sheet is read" if name in seen else "it is hidden"
            text = f"nobody on this sheet of the workbook gets one, for {why}"
            yield Problem(f"{path}:{name}", 0, f"{text}; put its rows into the first sheet")


def _lines(sheet: Any) -> Iterator[_TableRow]:  # noqa: ANN401  of an untyped package
    """Yield the rows of a sheet that are not empty, with their numbers, one after the other."""
    sheet.reset_dimensions()  # one cell far away would make a million rows
    rows = enumerate(sheet.iter_rows(values_only=True), 1)
    typed = ((number, [_typed(value) for value in cells]) for number, cells in rows if any(cells))
    yield from ((number, cells) for number, cells in typed if any(map(str.strip, cells)))


def _unclear(place: str, xml: bytes, head: int, hidden: Container[int]) -> Iterator[Problem]:
    """Yield a problem for what a sheet has below its headings that is in none of its cells.

    In rows that are hidden nothing has to be clear.
    """
    for found in _MERGED.finditer(xml):
        below = range(max(int(found[1]), head + 1), int(found[2]) + 1)
        if any(number not in hidden for number in below):
            text = "cells are merged here; divide them, and write into each row what goes for it"
            yield Problem(place, max(int(found[1]), 1), text)
    for found in _NO_RESULT.finditer(xml):
        if int(found[1]) >= head and int(found[1]) not in hidden:
            text = "a formula has no result; open the book in Excel or LibreOffice, and save it"
            yield Problem(place, int(found[1]), text)


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


def _rows(
    path: str, lines: Iterator[tuple[int, Sequence[str]]], problems: list[Problem]
) -> Iterator[YamlDocument]:
    """Yield each row below the headings that is not empty, by its headings."""
    filled = ((n, [cell.strip() for cell in cells]) for n, cells in lines)
    filled = ((n, cells) for n, cells in filled if any(cells))
    line, head = next(filled, (1, []))
    names = [re.sub(r"[\s_-]+", "_", cell.lower()) for cell in head]
    if wrong := list(_wrong_headings(path, line, names)):
        raise SourceError(wrong)
    for line, cells in filled:
        named = [*names, *[""] * (len(cells) - len(names))]
        pairs = [(name, cell) for name, cell in zip(named, cells, strict=False) if cell]
        try:
            data: Tree = {name: _value(name, cell) for name, cell in pairs}
        except ValueError as error:
            problems.append(Problem(path, line, str(error)))
            continue
        yield YamlDocument(path, data, {(): line})


def _wrong_headings(path: str, line: int, names: Sequence[str]) -> Iterator[Problem]:
    if "name" not in names:
        text = "no heading 'name'; let the first line name the columns: name, exercises, conditions"
        yield Problem(path, line, text)
        return
    known = list(Student.model_fields)
    for name in dict.fromkeys(filter(None, names)):
        if name not in known:
            remedy = did_you_mean(name, known) or f"; the columns are {', '.join(known)}"
            yield Problem(path, line, f"unknown column '{name}'{remedy}")
        elif names.count(name) > 1:
            yield Problem(path, line, f"two columns are headed '{name}'; remove one")


def _value(name: str, cell: str) -> Tree:
    """Return a cell as a roster in YAML has it; raises ValueError for what cannot be read."""
    if not name:
        raise ValueError(
            "a cell has no heading above it; give its column one, or quote a text with a comma"
        )
    match name:
        case "exercises" | "conditions":
            return [each for each in re.split(r"\s*[;,\n]\s*", cell) if each]
        case "doses":
            return _doses(cell)
        case "weeks" | "pages":
            return _WHOLE.sub(r"\1", cell)
        case "date" | "next_visit":
            return _day(name, cell)
    return cell


def _day(name: str, cell: str) -> str:
    """Return a day as we write it, of those that a spreadsheet writes in one meaning alone."""
    if _SERIAL.fullmatch(cell):
        like = "give the column the format of a day, or write it like 2026-11-22"
        raise ValueError(f"{name}: '{cell}' is a day as spreadsheets count them; {like}")
    text = _SECONDS.sub(r"\1", _MIDNIGHT.sub("", cell))
    if found := _DAY.fullmatch(text):
        return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}{found[4]}"
    return text


def _doses(cell: str) -> Tree:
    found: dict[str, Tree] = {}
    for each in filter(None, _BETWEEN.split(cell)):
        exercise, colon, fields = (part.strip() for part in each.partition(":"))
        pairs = [_FIELD.fullmatch(part) for part in re.split(r",(?!\d)", fields) if part.strip()]
        told = dict.fromkeys(pair[1] for pair in pairs if pair)
        if not (colon and pairs and all(pairs)):
            like = "write it like 'bridge: hold 20 s, repeat 2; knee-rolls: repeat 5'"
            raise ValueError(f"doses: '{each}' cannot be read; {like}")
        if exercise in found or len(told) < len(pairs):
            raise ValueError(f"doses: '{each}' says something twice; remove one")
        found[exercise] = {pair[1]: _dose(pair[1], pair[2]) for pair in pairs if pair}
    return found


def _dose(key: str, value: str) -> Tree:
    return [each.strip() for each in value.split("/")] if key == _BY_WEEK else value
