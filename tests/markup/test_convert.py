"""Markdown: what passes, what is put right, and what no text can do."""

from __future__ import annotations

import pickle
import time

import pytest
from lxml import etree

from workshop_builder.languages.read import read as read_language
from workshop_builder.markup import convert
from workshop_builder.markup.xhtml import inner, outer

ENGLISH = read_language("en")[0].writing

FILES = frozenset({"chapters/01.md", "exercises/knees.md", "pictures/knees.svg"})


def _convert(text: str) -> tuple[str, list[str]]:
    prose, problems = convert.convert("chapters/01.md", text, 0, ENGLISH, FILES)
    return inner(prose.body.root), [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c", "<p>a &lt; b &amp;\u00a0c</p>"),
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


def test_a_text_can_be_sent_to_another_process() -> None:
    """A text that was read by one process is the same in another, to the last letter."""
    table = "| a | b |\n|---|---|\n| *c* | `d  e` |"
    text = f"a < b & c\u00a0d \U0001f600\n\n{table}\n\nf[^1]\n\n[^1]: *Note* &"
    body = convert.convert("chapters/01.md", text, 0, ENGLISH, FILES)[0].body
    sent = pickle.loads(pickle.dumps(body))  # noqa: S301  our own
    assert outer(sent.root) == outer(body.root)
    assert "<table>" in outer(sent.root)


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
