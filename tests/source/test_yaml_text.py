"""YAML that stays text, and the lines at which everything stands."""

from __future__ import annotations

import json

import pytest

from workshop_builder.commands import schema
from workshop_builder.errors import WorkshopError
from workshop_builder.source import plain_text
from workshop_builder.source.yaml_text import Tree, front_matter_is_open, read, split_front_matter


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1:30", {"a": "1:30"}),
        ("a: 010", {"a": "010"}),
        ("a: no\nb: yes\non: off", {"a": "no", "b": "yes", "on": "off"}),
        ("a: 1.0\nb: 1e3\nc: 0x1f", {"a": "1.0", "b": "1e3", "c": "0x1f"}),
        ("a: 2024-02-30", {"a": "2024-02-30"}),
        ("a: 'null'\nb: null\nc: ~\nd:", {"a": "null", "b": None, "c": None, "d": None}),
        ("a: >-\n  one\n  two\n", {"a": "one two"}),
        ("a: [x, 'y', 3]", {"a": ["x", "y", "3"]}),
        ("a:\n  - x\n  -\n  - z\n", {"a": ["x", "z"]}),
        ("- a\n- b", ["a", "b"]),
        ("just text", "just text"),
        ("", {}),
        ("# a remark", {}),
        ("---\na: b\n", {"a": "b"}),
        ("a: !!str 10", {"a": "10"}),
    ],
)
def test_text_stays_text(text: str, data: Tree) -> None:
    """No scalar turns into a number, a date or a truth."""
    assert read("w.yaml", text).data == data


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3", 3, "'a' is given twice (first in line 11)"),
        ("a: &x 1", 1, "'&x' is an anchor"),
        ("a: 1\nb: *x", 2, "'*x' is an alias"),
        ("a: 1\n<<: {b: 2}", 2, "'<<' (merging)"),
        ("a: !!int 1", 1, "the tag '!!int'"),
        ("a: !thing {b: c}", 1, "the tag '!thing'"),
        ("a: ! Stop at once", 1, "the tag '!'"),
        ("a: !!python/object/apply:os.system [ls]", 1, "the tag '!!python"),
        ("? [a]\n: b", 1, "a key must be a plain word"),
        ("a:\n\t- b", 2, "not with tabs"),
        ("name: a\n\thold: b", 2, "not with tabs"),
        ("name Knees\nhold: 3 s", 1, "write 'name: Knees'"),
        ("name: a\nhold:3 s\nrepeat: 2", 2, "write 'hold: 3 s'"),
        ("name: a\nhold = 3 s", 2, "write 'hold: 3 s'"),
        ("a:\n  book\n  cards: {}", 2, "write 'book: …'"),
        ("a:\n- b\n-c", 3, "write '- c'"),
        ("name: a\n  hold: 3 s", 2, "begins further right"),
        (" name: a\nhold: 3 s", 2, "begins further left"),
        ("a: b\n  c d: e", 2, "quote a text that has ': ' in it"),
        ("a: - b", 1, "begin the list on the next line"),
        ("avoid_with:\n  knee\n  hip", 2, "begin each with '- '"),
        ('a: 1\nb: "two\nc: 3', 2, "is not closed on this line"),
        ('a: 1\nb: "two\nc: "3"', 2, "is not closed on this line"),
        ("a: 1\nb: 'two\nc: don't", 2, "is not closed on this line"),
        ("a: 1\nb: 'Child's pose'\nc: 3", 2, "ends at its second '"),
        ('a: 1\nb: "two" three', 2, "behind the closing quote"),
        ("a: 1\nb: “two: three”", 2, "the curly quotes in “two: three” count as letters"),
        ("a:\n  - «b: c: d»", 2, "the curly quotes"),
        ("a: 1\nb: [c\n", 2, "close the bracket"),
        ("a: b: c", 1, "quote a text that has ': ' in it"),
        ("a: @b", 1, "quote a text that starts with a sign"),
        ("a: 1\n---\nb: 2", 2, "a second '---'"),
        ("a: 1\nb: \x07", 2, "the character U+0007"),
        ('a: 1\nb: "\\0"', 2, "the character U+0000"),
        ("a: 1\u2028b: 2", 1, "the character U+2028"),
        ("a: " + "[" * 100_000, 1, "go too deep"),
        ("{" * 100_000, 1, "go too deep"),
        ("- " * 5000, 1, "go too deep"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_refused(text: str, line: int, said: str) -> None:
    """What is ambiguous or broken is refused at its line, with what to do."""
    with pytest.raises(WorkshopError) as caught:
        read("w.yaml", text, offset=10)
    found = [problem for problem in caught.value.problems if said in problem.text]
    assert [problem.line for problem in found] == [line + 10]
    assert "; " in found[0].text


def test_lines() -> None:
    """Each key and each item knows its line; what has none, that of what is around it."""
    sheet = read("w.yaml", "a: 1\nb:\n  - c: 2\n    d: 3\n  -\n  - e: 4\n")
    assert sheet.line(("b", 0, "d")) == 4
    assert sheet.line(("b", 1, "e")) == 6
    assert sheet.line(("b", 0, "missing")) == 3
    assert sheet.line(("missing",)) == 1


@pytest.mark.parametrize(
    ("text", "front", "body", "offset"),
    [
        ("---\na: 1\n---\n\nText\n", "a: 1\n", "\nText\n", 3),
        ("---\n---\nText", "", "Text", 2),
        ("---\na: 1\n---", "a: 1\n", "", 2),
        ("Text\n\n---\n", None, "Text\n\n---\n", 0),
    ],
)
def test_front_matter(text: str, front: str | None, body: str, offset: int) -> None:
    """The front matter is what stands between the first two lines of three hyphens."""
    assert split_front_matter(text) == (front, body, offset)


def test_open_front_matter() -> None:
    """A front matter without an end is told from none."""
    assert front_matter_is_open("---\na: 1\n\nText\n")
    assert not front_matter_is_open("Text\n")
    assert not front_matter_is_open("---\na: 1\n---\n")


def test_lists_are_those_of_the_files() -> None:
    """Keys whose lines may not be joined are those of the files' lists, where no text has them."""
    lists: dict[str, set[bool]] = {}
    for kind in ("workshop", "exercise", "chapter", "figure", "roster"):
        forms = json.loads(schema.text(kind))
        for form in (forms, *forms.get("$defs", {}).values()):
            for key, part in form.get("properties", {}).items():
                kinds = {str(each.get("type")) for each in part.get("anyOf", [])}
                lists.setdefault(key, set()).add({"array", "string"} <= kinds)
    texts = {"instead", "short"}  # words, or a list of them
    assert {key for key, found in lists.items() if True in found} - texts == plain_text.LISTS
