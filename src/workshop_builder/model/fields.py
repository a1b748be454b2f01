"""The types of fields: Markdown, dates, addresses, names of files.

Each is read strictly; what is refused is answered by what to write instead.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetPydanticSchema,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import core_schema

from workshop_builder.languages.files import ENGLISH
from workshop_builder.languages.read import read as read_language
from workshop_builder.markup import rich_text
from workshop_builder.markup.rich_text import RichText
from workshop_builder.source import publish_target
from workshop_builder.source.names import LONGEST_SLUG, as_typed

_LONGEST_ADDRESS = 500
"""Characters; what is much longer fits into no QR code that a phone can read."""

LONGEST_SESSION = 1440
"""Minutes: a day."""

_LONGEST_BLOCK = 600
"""Minutes."""

BlockMinutes: TypeAlias = int | Mapping[int, int]
"""Minutes of a block in any session, or in each by the session's own length in minutes."""

_Parsed = TypeVar("_Parsed")


def _from_text(parse: Callable[[str], _Parsed]) -> PlainValidator:
    """Return a validator that reads a text by `parse` and refuses anything else."""
    return PlainValidator(lambda value: parse(as_text(value)))


def as_text(value: object) -> str:
    """Return a text without blanks around it; raises ValueError for anything else."""
    if not isinstance(value, str):
        raise ValueError("this takes one text, not a list or a mapping; write it in one line")
    return value.strip()


def as_list(value: object) -> object:
    """Accept a single text for a list of texts."""
    return [value] if isinstance(value, str) else value


def _as_bool(value: object) -> object:
    """Return `yes` and `no`, which YAML has as texts, as true and false."""
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


def _line(value: str) -> str:
    """Join the lines of a text."""
    return " ".join(value.split())


def _whole(value: object) -> object:
    """Refuse numbers written as they may be elsewhere: 010, 1_000, 10.0."""
    if isinstance(value, str) and not re.fullmatch(r"-?(0|[1-9]\d{0,5})", value.strip()):
        raise ValueError(f"'{value}' is not a whole number; write it like 10")
    return value


def _web_address(value: str) -> str:
    if len(value) > _LONGEST_ADDRESS:
        raise ValueError(f"'{value}' is longer than {_LONGEST_ADDRESS} characters; shorten it")
    if not re.fullmatch(r"https?://[\w.-]+\.\w+(:\d+)?([/?#][^\s\"<>\\]*)?", value):
        raise ValueError(
            f"'{value}' is not a web address; write it whole, like https://a.example/b"
        )
    return value


def language_code(value: str) -> str:
    """Return a language's code as it is usually written: en, en-GB, zh-Hant.

    Raises ValueError for what is none.
    """
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f"'{value}' is not a language; write its code, like en, en-GB or de")
    first, *others = value.lower().split("-")
    marks = [mark.upper() if len(mark) == 2 else mark for mark in others]
    return "-".join([first, *(mark.title() if len(mark) == 4 else mark for mark in marks)])


def language_of(value: object) -> str:
    """Return the code of the language given as `value`; that of English if it is not a language."""
    try:
        return language_code(value.strip()) if isinstance(value, str) else ENGLISH
    except ValueError:
        return ENGLISH


def _rich_text(value: str, info: ValidationInfo) -> RichText:
    """Read Markdown in the language given as the context of the validation, or in English."""
    language = (info.context or {}).get("language") or read_language(ENGLISH)[0]
    return rich_text.read(value, language.writing)


def _slug(value: str) -> str:
    if len(value) > LONGEST_SLUG or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        remedy = f"use at most {LONGEST_SLUG} small letters, digits and hyphens"
        raise ValueError(f"'{value}' cannot name files; {remedy}")
    return value


def _date(value: str) -> datetime.date:
    try:
        # The library alone would also take 20261122 and 2026-W47-7.
        return datetime.datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=datetime.UTC).date()
    except ValueError:
        raise ValueError(f"'{value}' is no day of the calendar; write it like 2026-11-22") from None


def _pages(value: str) -> Pages:
    found = re.fullmatch(r"([1-9]\d?)(?:\s*[-–]\s*([1-9]\d?))?", value)
    if not found or int(found[2] or found[1]) < int(found[1]):
        raise ValueError(f"'{value}' is not a number of pages; write it like '1' or '2-4'")
    return Pages(int(found[1]), int(found[2] or found[1]))


def _between(value: object, low: int, high: int) -> int:
    """Return a whole number between two bounds, inclusive."""
    number = _whole(value)
    if not isinstance(number, str | int):
        raise ValueError("this takes a number, like 10")
    if int(number) < low:
        raise ValueError(f"'{number}' is no number that fits; write a whole number from {low}")
    if int(number) > high:
        raise ValueError(f"'{number}' is no number that fits; write a whole number up to {high}")
    return int(number)


def _minutes(value: object) -> BlockMinutes:
    """Read a number of minutes, or one for each length that the session can have."""
    if isinstance(value, list):
        raise ValueError(
            "this takes a number, like 10, or one for each length, like {60: 5, 90: 8}"
        )
    if not isinstance(value, Mapping):
        return _between(value, 1, _LONGEST_BLOCK)
    if not value:
        raise ValueError("this is empty; write a number of minutes, like 10")
    return {
        _between(length, 1, LONGEST_SESSION): _between(minutes, 0, _LONGEST_BLOCK)
        for length, minutes in value.items()
    }


def _in_folder(folder: str) -> Callable[[str], str]:
    """Return a validator for a file of `folder`, named with or without that folder."""

    def normal(value: str) -> str:
        path = value if "/" in value else f"{folder}/{value}"
        return as_typed(path)

    return normal


def _figure(value: str) -> str:
    """Return the file of a figure, named with or without its folder and its ending."""
    path = _in_folder("figures")(value)
    return path if path.lower().endswith(".yaml") else f"{path}.yaml"


def _cover(value: str) -> str:
    """Return the file of a picture, or of a figure where it ends like one."""
    return (_figure if value.lower().endswith(".yaml") else _in_folder("pictures"))(value)


@dataclass(frozen=True, slots=True)
class Pages:
    """A promise of pages, from the fewest to the most."""

    low: int
    high: int


def schema_of(pattern: str, *examples: str) -> WithJsonSchema:
    """Return a JSON Schema for a text; editors take a bare number for a number."""
    kinds = ["string", "integer"] if re.fullmatch(pattern, "1") else "string"
    return WithJsonSchema({"type": kinds, "pattern": pattern, "examples": list(examples)})


RANGE = r"\d+(\s*[-–]\s*\d+)?"
Texts = Annotated[
    tuple[str, ...],
    BeforeValidator(as_list, json_schema_input_type=tuple[str, ...] | str),
]
Line = Annotated[str, AfterValidator(_line)]
RichTextField = Annotated[
    RichText,
    GetPydanticSchema(
        lambda _, handler: core_schema.with_info_after_validator_function(_rich_text, handler(str))
    ),
    WithJsonSchema({"type": "string", "minLength": 1, "contentMediaType": "text/markdown"}),
]
"""Markdown: emphasis, and links to the web."""
RichTexts = Annotated[
    tuple[RichTextField, ...],
    BeforeValidator(as_list, json_schema_input_type=tuple[str, ...] | str),
]
YesNo = Annotated[bool, BeforeValidator(_as_bool)]
Whole = BeforeValidator(_whole)
"""Stands last in an annotation, so that a schema knows the bounds of the number before it."""
LanguageCode = Annotated[str, AfterValidator(language_code)]
Slug = Annotated[str, AfterValidator(_slug)]
PublishAddress = Annotated[str, AfterValidator(publish_target.check)]
"""Where a website is copied to: a folder or a host."""
Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
WebAddress = Annotated[str, AfterValidator(_web_address)]
PictureFile = Annotated[str, AfterValidator(_in_folder("pictures"))]
FigureFile = Annotated[str, AfterValidator(_figure)]
CoverFile = Annotated[str, AfterValidator(_cover)]
MinutesField = Annotated[
    BlockMinutes,
    PlainValidator(_minutes),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": _LONGEST_BLOCK},
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": {"pattern": r"^[1-9]\d*$"},
                    "additionalProperties": {
                        "type": "integer",
                        "minimum": 0,
                        "maximum": _LONGEST_BLOCK,
                    },
                },
            ]
        }
    ),
]
PagesField = Annotated[Pages, _from_text(_pages), schema_of(rf"^{RANGE}$", "1", "2-4")]
DateField = Annotated[
    datetime.date, _from_text(_date), WithJsonSchema({"type": "string", "format": "date"})
]
