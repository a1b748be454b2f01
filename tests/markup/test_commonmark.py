"""Markdown is read as CommonMark and GitHub read it: markdown-it-py is the judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from workshop_builder.languages.read import read as read_language
from workshop_builder.markup.markdown.html import from_text
from workshop_builder.markup.sanitize import clean
from workshop_builder.markup.xhtml import Element

JUDGE = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ENGLISH = read_language("en")[0].writing
EXAMPLES = (Path(__file__).parent / "commonmark.txt").read_text(encoding="utf-8")
_NAMES = "blockquote br div h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul"
BLOCKS = frozenset(_NAMES.split())


def _examples(*, differing: bool) -> Iterator[str]:
    """Yield the texts that are read otherwise here, or the others."""
    for part in re.split(r"^%%", EXAMPLES, flags=re.MULTILINE)[1:]:
        reason, _, text = part.partition("\n")
        if bool(reason.strip()) == differing:
            yield text


def _ours(text: str) -> str:
    html = from_text(text, ENGLISH)
    return _normal(html.text.replace("\ue022", '"').replace("\ue027", "'"))


def _judged(text: str) -> str:
    html = re.sub(r'style="text-align:(\w+)"', r'class="align-\1"', JUDGE.render(text))
    return _normal(html.replace("<s>", "<del>").replace("</s>", "</del>"))


def _normal(html: str) -> str:
    """Return a cleaned tree as text, without the blanks that mean nothing."""
    root = clean(html)
    for element in list(root.iter()):
        _make_normal(element)
    text = etree.tostring(root, encoding="unicode", with_tail=False)
    text = re.sub(rf" *(</?(?:{'|'.join(BLOCKS)})\b)", r"\1", text)
    return text.replace("<p></p>", "")  # where a comment was


def _make_normal(element: Element) -> None:
    attributes = {name: unquote(value) for name, value in sorted(element.attrib.items())}
    element.attrib.clear()
    element.attrib.update(attributes)
    parent = element.getparent()
    if element.tag == "code" and parent is not None and parent.tag == "pre":
        element.text = (element.text or "").rstrip() + "\n"
    else:
        element.text = _spaced(element.text, after=element.tag in BLOCKS)
    element.tail = _spaced(element.tail, after=element.tag in BLOCKS)


def _spaced(text: str | None, *, after: bool) -> str:
    spaced = re.sub(r"[ \n]+", " ", text or "")
    return spaced.lstrip(" ") if after else spaced


@pytest.mark.parametrize("text", list(_examples(differing=False)))
def test_read_as_others_read_it(text: str) -> None:
    """A text becomes what the judge makes of it, and nothing in it is a fault."""
    assert _ours(text) == _judged(text)
    assert not from_text(text, ENGLISH).faults


@pytest.mark.parametrize("text", list(_examples(differing=True)))
def test_read_otherwise_for_a_reason(text: str) -> None:
    """What is listed with a reason is in fact read otherwise."""
    assert _ours(text) != _judged(text)


@st.composite
def _lists(draw: st.DrawFn, depth: int = 0) -> list[object]:
    """Return items: words, and below some of them a list of the same kind."""
    items: list[object] = []
    for _ in range(draw(st.integers(1, 3))):
        items.append(draw(st.sampled_from(["a", "*b* c", "d.", "e"])))
        if depth < 2 and draw(st.booleans()):
            items.append(draw(_lists(depth + 1)))
    return items


MARKS = {"-": 2, "*": 2, "+": 2, "1.": 3, "1)": 3, "-  ": 4}
"""What begins an item, and how wide that is."""


def _written(items: list[object], marks: list[str], margin: int, more: list[int]) -> list[str]:
    """Return a list as lines; what is below an item is moved by its width, or by `more`."""
    mark, *others = marks
    lines = []
    number = 0
    for item in items:
        if isinstance(item, list):
            inner = margin + (more[0] if more else MARKS[mark])
            lines += _written(item, others, inner, more[1:])
        else:
            number += 1
            begin = mark.replace("1", str(number)) if mark[0] == "1" else mark
            lines.append(f"{' ' * margin}{begin} {item}")
    return lines


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    items=_lists(),
    marks=st.permutations(list(MARKS)),
    more=st.lists(st.integers(2, 4), min_size=3, max_size=3),
    before=st.sampled_from(["", "words\n", "words\n\n", "# heading\n", "| x |\n|---|\n"]),
    behind=st.sampled_from(["", "\n\nwords", "\n# heading", "\n```\ncode\n```", "\n> quote"]),
)
def test_lists_of_any_indent(
    items: list[object], marks: list[str], more: list[int], before: str, behind: str
) -> None:
    """Two to four blanks put a list below an item of any kind, whatever is above or below."""
    # Numbers below a number need as many blanks as others ask for.
    numbers = [one[0] == two[0] == "1" for one, two in pairwise(marks)]
    inner = [max(n, 3) if number else n for n, number in zip(more, numbers, strict=False)]
    typed = "\n".join(_written(items, marks, 0, inner))
    proper = "\n".join(_written(items, marks, 0, []))
    assert _ours(before + typed + behind) == _judged(before + proper + behind)


LINES = (
    *("words", "more words", "- a", "* b", "1. c", "1) d", "- - e", "-", "- # f", "# g", "***"),
    *("", "", "", "| h | i |", "|---|---|", "j | k", "<div>", "</div>", "<b>l</b>", "*m* `n`"),
    *("===", "---", "text  ", "back\\", "```\no\n\np\n```", "~~~ py\n- q\n~~~"),
)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["", "", "", "    "]), st.sampled_from(LINES)), max_size=8)
)
def test_any_lines_one_after_the_other(parts: list[tuple[str, str]]) -> None:
    """Blocks of all kinds, right behind each other or inside, are told apart as the judge does."""
    text = "\n".join(
        "\n".join(indent + line for line in part.split("\n")) for indent, part in parts
    )
    assert _ours(text) == _judged(text)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=5), st.integers(1, 2))
def test_any_lines_in_a_quotation(parts: list[str], levels: int) -> None:
    """The same, inside quotations."""
    text = "\n".join("> " * levels + line for part in parts for line in part.split("\n"))
    assert _ours(text) == _judged(text)
