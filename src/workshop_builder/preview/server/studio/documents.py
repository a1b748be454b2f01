"""A file of the workshop as a form has it: its fields and its text, and back into the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.preview.server.studio.source_files import version
from workshop_builder.source import yaml_text
from workshop_builder.source.characters import as_text
from workshop_builder.source.yaml_text import KeyPath, Tree
from workshop_builder.source.yaml_writing import edit

BODY = "body"
"""The place of the text below the fields; no field has this name."""
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as a form has it."""

    path: str
    version: str
    fields: Mapping[str, Tree] = field(repr=False)
    """Empty where they cannot be read."""
    body: str = field(repr=False)
    """The text below the fields, without empty lines around it."""
    problems: tuple[Problem, ...] = ()
    """Why it can be edited in no form."""


def opened(path: str, data: bytes) -> OpenedFile:
    """Return the file `path` as a form has it."""
    problems: list[Problem] = []
    text = as_text(path, data, problems)
    front, body, offset = _parts(path, text)
    if problems or front is None:
        fault = Problem(path, 1, "has no front matter that can be read; mend it in an editor")
        return OpenedFile(path, version(data), {}, "", tuple(problems) or (fault,))
    try:
        read = yaml_text.read(path, front, offset and 1).data
    except WorkshopError as error:
        return OpenedFile(path, version(data), {}, "", error.problems)
    if not isinstance(read, dict):
        return OpenedFile(path, version(data), {}, "", (Problem(path, 1, "is no list of keys"),))
    fields = edit.tree(front)
    return OpenedFile(path, version(data), fields if isinstance(fields, dict) else {}, body.strip())


def edited(
    path: str, data: bytes, fields: Mapping[str, Tree], body: str | None, order: Sequence[str]
) -> bytes:
    """Return a file with some fields changed, and its text if one is given.

    A field that is None is taken out; a new one has its place by the `order` of all. Raises
    WorkshopError where the file cannot be read, or the fields cannot be written.
    """
    raw = data.decode("utf-8")
    text = raw.removeprefix(_MARK).replace("\r\n", "\n")
    front, below, _ = _parts(path, text)
    read = edit.tree(front or "")
    now = read if isinstance(read, dict) else {}
    places = {key: number for number, key in enumerate(order)}
    keys = sorted({**now, **fields}, key=lambda key: places.get(key, len(places)))
    merged = {key: fields.get(key, now.get(key)) for key in keys}
    out = {key for key, value in fields.items() if value is None and now.get(key) is not None}
    known = now.keys() - out
    wanted = {key: each for key, each in merged.items() if key in known or each is not None}
    new_front = edit.edited(front or "", wanted)
    start = 0 if path.endswith(".yaml") else text.index("\n") + 1
    end = start + len(front or "")
    between = text[end : len(text) - len(below)]
    if body is not None and body.strip() != below.strip():
        below = _in_place_of(below, body)
    return _with_ends(raw, text[:start] + new_front + between + below).encode()


def place_of(path: str, data: bytes, problem: Problem) -> tuple[str, ...]:
    """Return the field of a file in which a problem is; empty where it is in none."""
    front, _, offset = _parts(path, as_text(path, data, []))
    if problem.path != path or not problem.line or front is None:
        return ()
    if offset and problem.line > offset:
        return (BODY,)
    lines = yaml_text.read(path, front, offset and 1).lines
    return tuple(map(str, _nearest(lines, problem)))


def _nearest(lines: Mapping[KeyPath, int], problem: Problem) -> KeyPath:
    """Return the part that a problem names, or else the outermost that begins in its line."""
    line = max((each for each in lines.values() if each <= problem.line), default=0)
    there: Iterable[KeyPath] = sorted((p for p in lines if p and lines[p] == line), key=len)
    named = (p for p in there if problem.text.startswith(f"{p[-1]}:"))
    return next(named, next(iter(there), ()))


def _parts(path: str, text: str) -> tuple[str | None, str, int]:
    """Return the fields of a file as YAML, its text, and how many lines are above that."""
    return (text, "", 0) if path.endswith(".yaml") else yaml_text.split_front_matter(text)


def _in_place_of(before: str, body: str) -> str:
    """Return a text with the empty lines around it that were around another."""
    lead = before[: len(before) - len(before.lstrip("\n"))] or "\n"
    return f"{lead}{body.strip()}\n" if body.strip() else ""


def _with_ends(raw: str, text: str) -> str:
    """Return a text with the ends of lines that it had before, and the mark at its start."""
    mark = _MARK if raw.startswith(_MARK) else ""
    raw = raw.removeprefix(_MARK)
    if "\r\n" not in raw:
        return mark + text
    old, new = raw.splitlines(keepends=True), text.splitlines(keepends=True)
    usual = "\r\n" if 2 * raw.count("\r\n") > raw.count("\n") else "\n"
    done = [line.replace("\n", usual) for line in new]
    plain = [line.replace("\r\n", "\n") for line in old]
    for a, b, size in SequenceMatcher(None, plain, new, autojunk=False).get_matching_blocks():
        done[b : b + size] = old[a : a + size]
    return mark + "".join(done)
