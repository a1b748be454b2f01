"""Markdown of every kind: harmless and well-formed, its headings in order, its words kept."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from workshop_builder.errors import Problem
from workshop_builder.languages.read import read as read_language
from workshop_builder.markup import convert, rich_text, xhtml
from workshop_builder.markup.rich_text import RichText, RichTextError
from workshop_builder.markup.sanitize import SCHEMES
from workshop_builder.markup.xhtml import Element

ENGLISH = read_language("en")[0].writing
FILES = frozenset({"chapters/01.md", "chapters/02.md", "exercises/knees.md", "pictures/knees.svg"})
PARTS = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "\n\n",
            "# ",
            "## ",
            "#### ",
            "###### ",
            "A\n===\n",
            "A\n---\n",
            "<h5>a</h5>",
        ),
        *("- ", "1. ", "> ", "    ", "\t", "*", "**", "_", "`", "```\n", "\\", ": a\n", "---\n"),
        *(
            "[a](02.md)",
            "[a](#b)",
            "[a](javascript:b)",
            "![a](../pictures/knees.svg)",
            "![",
            "](",
            "]",
        ),
        *(
            "<div>",
            "</div>",
            "<b onclick='c()'>",
            "<p style='d'>",
            "<script>e</script>",
            "<script>",
        ),
        *(
            "<a href='data:f'>",
            "<img src=x onerror='g()'>",
            "<!--",
            "-->",
            "<svg>",
            "<!",
            "<?",
            "<[",
        ),
        *(
            "&lt;",
            "&#1;",
            "&",
            "<",
            ">",
            "\x00",
            "\x02",
            "\u2028",
            "{#b .c}",
            "|a|b|\n|-|-|\n|c|d|\n",
        ),
        *(
            "/// note\n",
            "/// exercise | knees\n",
            "///\n",
            "[^1]",
            "[^1]: a\n",
            "[r]: 02.md\n",
            '"',
            "'",
        ),
    ]
)
TEXTS = st.lists(PARTS | st.text("aé 1.\n", max_size=4), max_size=12).map("".join)
"""What looks like Markdown, with all its signs and much that browsers would obey."""
WORD = st.text("abcdefgäöüßé", min_size=1, max_size=8)
PARAGRAPH = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
HARMLESS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl"),
    *("dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins"),
    *("kbd", "li", "ol", "p", "pre", "q", "s", "section", "small", "span", "strong", "sub", "sup"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var"),
}
BLOCKS = {"blockquote", "div", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "table", "ul"}


def converted(text: str) -> tuple[Element, list[Problem]]:
    """Return a text as a chapter has it, read anew from what is printed of it, and its problems."""
    prose, problems = convert.convert("chapters/01.md", text, 3, ENGLISH, FILES)
    return etree.fromstring(f"<div>{xhtml.inner(prose.body.root)}</div>"), problems


@settings(max_examples=300)
@given(TEXTS)
def test_any_text_becomes_harmless_pages_or_problems(text: str) -> None:
    """Of any text at all, what comes out has no script, and leads to where it may."""
    root, problems = converted(text)
    for problem in problems:
        assert problem.line in {0, *range(4, 5 + text.count("\n"))}
        assert "\n" not in problem.text
    assert {element.tag for element in root.iterdescendants()} <= HARMLESS
    for element in root.iter():
        assert not [name for name in element.attrib if re.match("on|style|src(?!$)", str(name))]
        address = element.get("href") or element.get("src") or ""
        scheme = re.match(r"[A-Za-z][\w+.-]*(?=:)", address)
        assert not scheme or scheme[0].lower() in SCHEMES


@settings(max_examples=150)
@given(st.lists(st.sampled_from(["# a\n", "## b\n", "#### c\n", "###### d\n"]) | TEXTS, max_size=8))
def test_headings_skip_no_level(texts: list[str]) -> None:
    """The first heading of a chapter is an h2, and none is more than one level below the last."""
    root, _ = converted("\n\n".join(texts))
    levels = [1, *(int(str(e.tag)[1]) for e in root.iter("h1", "h2", "h3", "h4", "h5", "h6"))]
    assert all(2 <= after <= before + 1 for before, after in pairwise(levels))


@given(st.lists(PARAGRAPH, min_size=1, max_size=4), TEXTS)
def test_words_of_plain_paragraphs_are_kept(paragraphs: list[str], after: str) -> None:
    """Plain paragraphs come out as they were typed, whatever stands behind them."""
    root, problems = converted("\n\n".join([*paragraphs, after]))
    found = xhtml.words(root).replace("\xa0", " ")
    assert problems or f"{found} ".startswith(" ".join([*paragraphs, ""]))


@settings(max_examples=200)
@given(TEXTS)
def test_any_field_is_a_sentence_or_refused(text: str) -> None:
    """Of any text at all, a field is harmless inline XHTML with its words, or refused in lines."""
    field, faults = read_field(text)
    assert (field is None) == bool(faults)
    assert not any("\n" in fault for fault in faults)
    if field is None:
        return
    for printed in (field.inline, field.xhtml):
        root = xhtml.parse(printed)
        assert {element.tag for element in root.iterdescendants()} <= HARMLESS - BLOCKS
        assert xhtml.words(root).replace("\xa0", " ") == field.plain.replace("\xa0", " ")


def read_field(text: str) -> tuple[RichText | None, tuple[str, ...]]:
    """Return a text as a field has it, or what is wrong with it."""
    try:
        return rich_text.read(text, ENGLISH), ()
    except RichTextError as error:
        return None, error.faults
