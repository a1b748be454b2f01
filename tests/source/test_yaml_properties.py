"""YAML of every kind: text stays the text it was, and whatever is wrong ends in lines of words."""

from __future__ import annotations

from typing import TypeAlias

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop_builder.errors import Problem, WorkshopError
from workshop_builder.source.characters import as_text, first_unprintable
from workshop_builder.source.yaml_text import KeyPath, Tree, read, split_front_matter

Nested: TypeAlias = "str | list[Nested] | dict[str, Nested]"

WORDS = st.text("aZ05 :#-_.,'\"\\\t\n\xa0é…漢😀", max_size=8)
TEXTS = WORDS | st.sampled_from(
    ["no", "010", "1:30", "null", "~", "1e3", "0x1f", "2024-02-30", "- a", "&a", "*a", "!!int 1"]
)
"""Texts that other readers of YAML turn into numbers, dates or truths, and signs of YAML."""
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
SOURCE = st.text("ab01:-#\n\n  {}[],'\"|>&*!%?~\t\0é\u2028\x85…", max_size=40)
"""What looks like YAML, with all its signs; most of it is none."""


def problems(text: str, offset: int = 0) -> tuple[Problem, ...]:
    """Return why a text is refused; nothing where it is read."""
    try:
        read("w.yaml", text, offset)
    except WorkshopError as error:
        return error.problems
    return ()


def quoted(tree: Nested) -> str:
    """Return a tree as YAML in which every text is quoted."""
    return yaml.safe_dump(tree, default_style='"', allow_unicode=True, width=10_000)


def places(tree: Tree, keys: KeyPath = ()) -> list[KeyPath]:
    """Return the way to every key and item of a tree, in their order in the file."""
    below: list[tuple[str | int, Tree]] = []
    if isinstance(tree, dict):
        below = list(tree.items())
    elif isinstance(tree, list):
        below = list(enumerate(tree))
    found = []
    for key, inner in below:
        found += [(*keys, key), *places(inner, (*keys, key))]
    return found


@given(TREES)
def test_quoted_text_comes_back_as_it_was(tree: Nested) -> None:
    """Whatever is written with every text in quotes is read as the same texts."""
    assert read("w.yaml", quoted(tree)).data == tree


@given(st.dictionaries(st.sampled_from("abcdef"), st.text("abn0159:.-+_exo", min_size=1)))
def test_plain_text_stays_what_was_typed(values: dict[str, str]) -> None:
    """A text without quotes is what was typed, whatever it looks like, or is refused."""
    text = "".join(f"{key}: {value}\n" for key, value in values.items())
    if not problems(text):
        assert read("w.yaml", text).data == values


@given(TREES.filter(lambda tree: not isinstance(tree, str)), st.integers(0, 9))
def test_lines_are_those_of_the_file(tree: Nested, offset: int) -> None:
    """The line of each key is one on which that key stands, later keys on later lines."""
    text = quoted(tree)
    document = read("w.yaml", text, offset)
    lines = text.splitlines()
    found = [document.line(keys) - offset for keys in places(document.data)]
    assert found == sorted(found)
    for keys, line in zip(places(document.data), found, strict=True):
        assert isinstance(keys[-1], int) or quoted(keys[-1]).strip() in lines[line - 1]


@settings(max_examples=300)
@given(SOURCE, st.integers(0, 9))
def test_anything_is_read_or_refused_in_lines(text: str, offset: int) -> None:
    """Of any text at all, there is a tree, or problems at lines that the text has."""
    most = text.count("\n") + 1 + offset
    for problem in problems(text, offset):
        assert offset < problem.line <= most
        assert "; " in problem.text
        assert "\n" not in str(problem)


@settings(max_examples=300)
@given(SOURCE)
def test_what_is_read_is_what_yaml_means(text: str) -> None:
    """Where a text is read, mappings and lists are those that a general reader finds in it."""
    if not problems(text):
        general = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506  it keeps all as text
        expected = {} if general is None else without_empty(general)
        assert without_empty(read("w.yaml", text).data) == expected


def without_empty(tree: Tree) -> Tree:
    """Return a tree with None for what is empty, and without such items in lists."""
    if isinstance(tree, dict):
        return {key: without_empty(inner) for key, inner in tree.items()}
    if isinstance(tree, list):
        return [inner for inner in map(without_empty, tree) if inner is not None]
    return None if tree in {None, "", "~"} else tree


@given(st.binary(max_size=40))
def test_any_bytes_become_text(data: bytes) -> None:
    """Whatever a file holds becomes text that every page can show, or a problem says why not."""
    found: list[Problem] = []
    text = as_text("a.md", data, found)
    assert first_unprintable(text) is None
    assert "\r" not in text
    assert found or text == data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


@given(st.text("-\n ab:", max_size=20))
def test_front_matter_and_body_are_the_whole_file(text: str) -> None:
    """Splitting a file loses nothing, and the body begins on the line that is said."""
    front, body, lines = split_front_matter(text)
    assert text.endswith(body)
    assert lines == text[: len(text) - len(body)].count("\n")
    assert front is None or f"\n{front}" in text
    assert front is not None or (body, lines) == (text, 0)


BLANK = st.sampled_from([" ", "  ", "", "\xa0", "\u2009", "\u3000"])


@given(st.lists(st.tuples(BLANK, BLANK, st.sampled_from(["pain", "a b", "x #1", "#2"]))))
def test_no_item_of_a_list_goes_unseen(items: list[tuple[str, str, str]]) -> None:
    """A list with odd blanks, indents and signs has an item for each line, whole, or is refused."""
    lines = [f"  {indent}-{blank}{words}" for indent, blank, words in items]
    text = "\n".join(["stop_if:", "  - first", *lines, ""])
    if not problems(text):
        assert read("w.yaml", text).data == {"stop_if": ["first", *(item[2] for item in items)]}


@given(st.sampled_from(["caution", "name"]), st.lists(st.sampled_from(["a", "#", "#1", "b#"])))
def test_a_sign_cuts_nothing_but_a_note(key: str, words: list[str]) -> None:
    """A text is cut at no '#' but that of a note set apart by blanks, one of safety at none."""
    text = " ".join(["two words", *words])
    refused = problems(f"{key}: {text}\n")
    notes = [word for word in words if word.startswith("#")]
    if notes and (notes[0] != "#" or key == "caution"):
        assert [problem.line for problem in refused] == [1]
    else:
        assert read("w.yaml", f"{key}: {text}\n").data == {key: text.split(" #")[0]}


@given(
    st.lists(st.text("aé漢\n", min_size=1).map(lambda text: "- " + text), min_size=2),
    st.sampled_from(["utf-16", "utf-32"]),
)
def test_another_encoding_is_one_line(lines: list[str], encoding: str) -> None:
    """A text in the encoding of another program is one line, and is read for its other faults."""
    text = "\n".join(lines)
    found: list[Problem] = []
    assert as_text("a.md", text.encode(encoding), found) == text
    assert len(found) == 1


@given(st.lists(st.sampled_from(["", "'", '"']), min_size=1, max_size=6), st.data())
def test_a_missing_quote_is_told_where_it_opens(signs: list[str], data: st.DataObject) -> None:
    """Whichever closing quote of some texts is left out, the line of its opening one is told."""
    sign = data.draw(st.sampled_from(["'", '"']))
    number = data.draw(st.integers(0, len(signs)))
    lines = [f"k{n}: {each}some words{each}" for n, each in enumerate(signs)]
    lines.insert(number, f"open: {sign}some words")
    assert [problem.line for problem in problems("\n".join(lines))] == [number + 1]


@given(st.lists(st.sampled_from(["'", '"', "|", ">"]), max_size=5))
def test_texts_of_several_lines_are_read(signs: list[str]) -> None:
    """A text in quotes or in a block may go on in lines that are indented, whatever is in it."""
    ends = {"'": "'", '"': '"', "|": "", ">": ""}
    text = "".join(
        f"k{n}: {sign}{'' if ends[sign] else chr(10)}  it goes\n  on: here{ends[sign]}\n"
        for n, sign in enumerate(signs)
    )
    assert problems(text) == ()
