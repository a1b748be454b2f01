"""Writes data as YAML in the way a teacher types it, and so that it is read as it was meant."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping

from workshop_builder.errors import WorkshopError
from workshop_builder.source import yaml_text
from workshop_builder.source.yaml_text import Tree

_WIDTH = 100
"""Signs of a line of a long text."""
_STEP = 2


def after_key(value: Tree, indent: int, *, one_line: bool = False) -> str:
    """Return what stands behind the colon of a key that is indented by `indent`.

    With `one_line`, something may follow in the line of a text.
    """
    if value and isinstance(value, dict | list):
        return block(value, indent + _STEP)
    written = _plain(value, indent, one_line=one_line)
    return f" {written}" if written else ""


def after_dash(value: Tree, indent: int, *, one_line: bool = False) -> str:
    """Return what stands behind the dash of an item that is indented by `indent`, likewise."""
    if value and isinstance(value, dict | list):
        return " " + block(value, indent + _STEP).lstrip()
    written = _plain(value, indent, one_line=one_line)
    return f" {written}" if written else ""


def block(value: Mapping[str, Tree] | list[Tree], indent: int) -> str:
    """Return a mapping or a list as lines, each after a line break."""
    lead = "\n" + " " * indent
    if isinstance(value, list):
        return "".join(f"{lead}-{after_dash(each, indent)}" for each in value)
    return "".join(f"{lead}{key(name)}:{after_key(each, indent)}" for name, each in value.items())


def flow(value: Tree) -> str:
    """Return a value in one line, lists and mappings in brackets."""
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key(name)}: {flow(each)}' for name, each in value.items())}}}"
    return "" if value is None else _first_that_reads("[{}]", [value], [value, *_quoted(value)])


def key(name: str) -> str:
    """Return a key, in quotes where it needs them."""
    return _first_that_reads("{}: x", {name: "x"}, [name, *_quoted(name)])


def scalar(
    text: str, style: str | None, indent: int, *, one_line: bool = False, in_flow: bool = False
) -> str:
    """Return a text as a value of a line that is indented by `indent`, if it can be in a `style`.

    `style` is the sign of YAML with which the value before it began. With `one_line`, something
    may follow in the same line; with `in_flow`, it stands in brackets.
    """
    single, double = _quoted(text)
    ways = {"'": [single], '"': [double]}.get(style or "", [])
    if in_flow:
        return _first_that_reads("[{}]", [text], [*ways, text, single, double])
    if style == ">" and not one_line:
        ways = [_folded(text, indent)]
    if (style == "|" or "\n" in text) and not one_line:
        ways += [_literal(text, indent)]
    return _first_that_reads(f"{' ' * indent}x: {{}}", {"x": text}, [*ways, text, double])


def _plain(value: Tree, indent: int, *, one_line: bool) -> str:
    if isinstance(value, dict | list):
        return flow(value)
    return "" if value is None else scalar(value, None, indent, one_line=one_line)


def _first_that_reads(template: str, wanted: Tree, ways: list[str]) -> str:
    """Return the first way to write a text in which it is read as it is wanted, else the last."""
    return next((way for way in ways if _reads(template.format(way), wanted)), ways[-1])


def _reads(line: str, wanted: Tree) -> bool:
    try:
        return yaml_text.read("", line + "\n").data == wanted
    except WorkshopError:
        return False


def _quoted(text: str) -> tuple[str, str]:
    """Return a text in single and in double quotes."""
    single = "'" + text.replace("'", "''") + "'"
    return single, json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def _literal(text: str, indent: int) -> str:
    lines = text.split("\n")
    kept = "" if text.endswith("\n") and not text.endswith("\n\n") else "-"
    lead = " " * (indent + _STEP)
    return "\n".join([f"|{kept}", *(f"{lead}{line}" if line else "" for line in lines)]).rstrip(
        "\n"
    )


def _folded(text: str, indent: int) -> str:
    lead = " " * (indent + _STEP)
    return "\n".join([">-", *(f"{lead}{line}" if line else "" for line in _wrapped(text))])


def _wrapped(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.rstrip("\n").split("\n")):
        if number:
            yield ""
        yield from textwrap.wrap(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False)
