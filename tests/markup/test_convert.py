"""Markdown: what passes, what is put right, and what no text can do."""

from __future__ import annotations

import time

import pytest
from lxml import etree

from workshop_builder.loading.exercise_steps import take
from workshop_builder.markup import convert

FILES = frozenset({"chapters/01.md", "exercises/knees.md", "pictures/knees.svg"})


def _convert(text: str) -> tuple[str, list[str]]:
    prose, problems = convert.convert("chapters/01.md", text, 0, "en", FILES)
    return prose.html, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("<b onclick='x'>a</b>", "<p><b>a</b></p>"),
        ("a<script>x</script>b", "<p>ab</p>"),
        ('<p style="display:none">a</p>', "<p>a</p>"),
        ("a<!-- b -->c", "<p>ac</p>"),
        ("a&#1;b&#0;c", "<p>ab\ufffdc</p>"),
        ("``a - b``", "<p><code>a - b</code></p>"),
        ("\\*a\\*", "<p>*a*</p>"),
        ("", ""),
    ],
)
def test_clean(text: str, html: str) -> None:
    """What leaves is well-formed and harmless."""
    assert _convert(text) == (html, [])


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "![" * 20_000,
        "[a](" * 10_000,
        "[^1]" * 10_000 + "\n\n[^1]: x",
        "<a " * 10_000,
        "<div>" * 10_000,
        ">" * 20_000,
        "*" * 40_000,
        "`" * 40_000,
        "\n".join("    " * depth + "- a" for depth in range(200)),
        "/// note\n" * 5000,
        "|a" * 20_000 + "\n" + "|-" * 20_000,
        "|a|b|\n|-|-|\n" + "|x|y|\n" * 300_000,
        "- a\n\n" * 300_000,
        "\x02wzxhzdk:0\x03",
        "<![CDATA[",
        "<?php",
        "<!",
        "&" * 40_000,
        "a" * 40_000,
        "[a]: b\n" * 5000,
        ": a\n" * 5000,
        "![a](//[) [b](http://[x)",
    ],
    ids=lambda text: repr(text[:8]),
)
def test_bombs(text: str) -> None:
    """No text raises anything, or keeps the reader for long; what comes out is well-formed."""
    start = time.process_time()
    html, _ = _convert(text)
    etree.fromstring(f"<div>{html}</div>")
    assert time.process_time() - start < 30


def test_lines_are_exact() -> None:
    """The same slip on two lines is told on both, and a sound one between them is not."""
    text = "[a](02.md)\n\n![](../pictures/knees.svg)\n\n![k](../pictures/knees.svg)\n\n[b](02.md)"
    assert [problem.split(": ")[0] for problem in _convert(text)[1]] == [
        "chapters/01.md:3",
        "chapters/01.md:1",
        "chapters/01.md:7",
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Not *with* hips", "Not <em>with</em> hips"),
        ("5. Woche", "5. Woche"),
        ("# 1 rule", "# 1 rule"),
        ("- a dash", "- a dash"),
        ("Not with:\n\n- hips\n- knees", "Not with:<br/>hips<br/>knees"),
        ("One.\n\nTwo.", "One.<br/>Two."),
        ("[web](https://a.example)", '<a href="https://a.example">web</a>'),
        ("[file](02.md)", "<a>file</a>"),
    ],
)
def test_fields(text: str, html: str) -> None:
    """A field's text comes out inline, and none of its words is lost."""
    assert convert.inline(text, "en") == html


@pytest.mark.parametrize(
    ("body", "items", "rest"),
    [
        ("1. a\n2. b\n\nText.", ("a", "b"), "<p>Text.</p>"),
        ("1. a\n\n2. b", ("a", "b"), ""),
        ("1. a\n\n    more\n\n2. b", ("a more", "b"), ""),
        ("Text.", (), "<p>Text.</p>"),
    ],
)
def test_steps(body: str, items: tuple[str, ...], rest: str) -> None:
    """The steps are the items of the numbered list; the rest is the text."""
    steps = take(_convert(body)[0])
    assert (steps.items, steps.text) == (items, rest)
