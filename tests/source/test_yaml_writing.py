"""YAML that is changed by form: what was not changed stays as it was typed, sign by sign."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workshop_builder.errors import WorkshopError
from workshop_builder.preview.server.studio import documents
from workshop_builder.source import yaml_text
from workshop_builder.source.yaml_writing import edit

ROOT = Path(__file__).resolve().parents[2]
HOMES = (
    ROOT / "workshop",
    ROOT / "src/workshop_builder/commands/starter",
    ROOT / "tests/samples",
)
VALUES: tuple[Any, ...] = ("no: # 1", "one\ntwo", ["a", "b: c"], {"x": {"y": ["~"]}})

TEXT = """\
# a note at the head
title: A  # what it is called
studio:   {name: B, phone: "1"}   # in one line
goals:
- one   # first
# between
-   two
- three
session:
    - title: W
      minutes: 5   # five
      # inside
    - minutes: 6
      title: X
    -   title: Y
        needs:
        - a
safety:
   disclaimer: >-
      One two
      three.
   stop_if: [x]

last: "q"
"""


def files() -> list[Path]:
    """Return what can be edited by form in the sample, the starters and the sample folders."""
    found = [path for home in HOMES for path in home.rglob("exercises/*.md")]
    return sorted([*found, *(path for home in HOMES for path in home.rglob("workshop.yaml"))])


def opened() -> list[tuple[Path, bytes, documents.OpenedFile]]:
    """Return those that can be read."""
    read = [(path, path.read_bytes()) for path in files()]
    found = [(path, data, documents.opened(_name(path), data)) for path, data in read]
    return [each for each in found if not each[2].problems]


def _name(path: Path) -> str:
    return path.name if path.suffix == ".yaml" else f"exercises/{path.name}"


def test_an_unchanged_form_changes_nothing() -> None:
    """What a form has of a file, written back, leaves every byte of it; so in all our folders."""
    found = opened()
    assert len(found) > 150
    for path, data, file in found:
        written = documents.edited(_name(path), data, file.fields, file.body, list(file.fields))
        assert written == data, path


def test_one_field_changes_alone() -> None:
    """A field that is changed, or taken out, leaves every line of the others as it was."""
    for number, (path, data, file) in enumerate(opened()):
        is_whole = HOMES[2] not in path.parents and (path.suffix == ".yaml" or not number % 4)
        wanted = list(file.fields) if is_whole else list(file.fields)[number % 2 - 1 :][:1]
        for turn, key in enumerate(wanted, number):
            value = VALUES[number % len(VALUES)] if turn % 2 else None
            done = documents.edited(_name(path), data, {key: value}, None, list(file.fields))
            again = documents.opened(_name(path), done)
            assert again.fields == {k: v for k, v in file.fields.items() if k != key} | (
                {key: value} if value else {}
            )
            assert _others(done, path, key) == _others(data, path, key), (path, key)


def _others(data: bytes, path: Path, key: str) -> list[str]:
    """Return the lines of a file that are not of one of its fields, without empty ones.

    The notes behind its value belong to what follows.
    """
    text = data.decode()
    front, _, offset = yaml_text.split_front_matter(text)
    front, offset = (text, 0) if path.suffix == ".yaml" else (front or "", offset and 1)
    lines = yaml_text.read("", front).lines
    first = lines.get((key,))
    if first is None:
        return [line for line in text.split("\n") if line.strip()]
    starts = [line for place, line in lines.items() if len(place) == 1 and line > first]
    end = min(starts, default=front.count("\n") + 1)
    block = text.split("\n")[first - 1 + offset : end - 1 + offset]
    values = [n for n, line in enumerate(block) if line.strip() and line.lstrip()[0] != "#"]
    notes = block[values[-1] + 1 :]
    kept = text.split("\n")
    kept = kept[: first - 1 + offset] + notes + kept[end - 1 + offset :]
    return [line for line in kept if line.strip()]


CHANGES: dict[str, tuple[Callable[[Any], object], list[str], list[str]]] = {
    "an item out": (lambda w: w["goals"].pop(1), ["-   two"], []),
    "an item in": (lambda w: w["goals"].insert(1, "new: x"), [], ['- "new: x"']),
    "the first item out": (
        lambda w: w["session"].pop(0),
        ["    - title: W", "      minutes: 5   # five"],
        [],
    ),
    "the first key of an item out": (
        lambda w: w["session"][1].pop("minutes"),
        ["    - minutes: 6", "      title: X"],
        ["    - title: X"],
    ),
    "a key into an item": (lambda w: w["session"][1].update(cue="hey"), [], ["      cue: hey"]),
    "an item of a list inside": (
        lambda w: w["session"][2]["needs"].append("c"),
        [],
        ["        - c"],
    ),
    "a folded text": (
        lambda w: w["safety"].update(disclaimer="Four *five*."),
        ["      One two", "      three."],
        ["     Four *five*."],
    ),
    "a text with a note behind it": (
        lambda w: w.update(title="B: c\nd"),
        ["title: A  # what it is called"],
        [r'title: "B: c\nd"  # what it is called'],
    ),
    "a text in brackets": (
        lambda w: w["safety"]["stop_if"].append("y, z"),
        ["   stop_if: [x]"],
        ["   stop_if: [x, 'y, z']"],
    ),
    "all that is in a key": (lambda w: w.update(last=None), ['last: "q"'], ["last:"]),
    "quotes stay": (lambda w: w.update(last="r"), ['last: "q"'], ['last: "r"']),
    "a new mapping": (
        lambda w: w["safety"].update(more=[{"b": "c", "d": ["e", "~"]}]),
        [],
        ["   more:", "     - b: c", "       d:", "         - e", "         - '~'"],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_least_is_written(name: str) -> None:
    """A change writes the lines that it must, in the style of what is around them."""
    change, gone, new = CHANGES[name]
    data: Any = copy.deepcopy(edit.tree(TEXT))
    change(data)
    before, after = TEXT.split("\n"), edit.edited(TEXT, data).split("\n")
    assert [line for line in before if line not in after] == gone
    assert [line.replace('"~"', "'~'") for line in after if line not in before] == new


def test_a_new_field_has_its_place() -> None:
    """A new field comes behind the one that is before it by the model, or at the top."""
    data: Any = edit.tree("b: 1\nd: 2\n")
    assert edit.edited("b: 1\nd: 2\n", {"a": "x", "b": "1", "c": "y", "d": "2"}) == (
        "a: x\nb: 1\nc: y\nd: 2\n"
    )
    assert edit.edited("# only a note", {"a": "x"}) == "# only a note\na: x\n"
    assert edit.edited("b: 1\nd: 2", {**data, "e": ["z"]}) == "b: 1\nd: 2\ne:\n  - z\n"


def test_ends_of_lines_stay() -> None:
    """Windows' ends of lines, also of some lines only, and the mark at the start stay."""
    data = b"\xef\xbb\xbf---\r\nname: A\r\nfeel: x\n---\r\n\r\n1. Sit.\r\n"
    fields = {"feel": "y", "kind": "rest"}
    done = documents.edited("exercises/a.md", data, fields, "1. Go.", ["kind"])
    assert done == (b"\xef\xbb\xbf---\r\nkind: rest\r\nname: A\r\nfeel: y\r\n---\r\n\r\n1. Go.\r\n")


def test_what_is_no_mapping_is_refused() -> None:
    """A text that is a list, or cannot be read, is not written into."""
    for text in ("- a\n", "a: [\n"):
        with pytest.raises(WorkshopError):
            edit.edited(text, {"a": "b"})
