"""What templates can do to texts, and what they cannot reach."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from workshop_builder.languages.read import read as read_language
from workshop_builder.markup import rich_text, xhtml
from workshop_builder.markup.fragment import Fragment
from workshop_builder.pages import templates

ENGLISH = read_language("en")[0].writing


@pytest.mark.parametrize(
    ("levels", "deeper"),
    [(1, "<h3>a</h3><h6>b</h6><h6>c</h6>"), (4, "<h6>a</h6><h6>b</h6><h6>c</h6>")],
)
def test_deeper(levels: int, deeper: str) -> None:
    """Headings go down as many levels as are asked for, and the text itself stays as it is."""
    text = Fragment(xhtml.parse("<h2>a</h2><h5>b</h5><h6>c</h6>"))
    assert templates.deeper(text, levels) == deeper
    assert text.__html__() == "<h2>a</h2><h5>b</h5><h6>c</h6>"


def test_listed() -> None:
    """Texts stand in one line with commas, and only its end may then be tied."""
    texts = [
        rich_text.read(text, ENGLISH) for text in ("*mat*", "a chair that can not roll", "wall")
    ]
    line = templates.listed(texts)
    assert line == "<em>mat</em>, a chair that can not roll, wall"
    assert templates.bind_end(line).endswith("can not roll,\u00a0wall")


def test_tight() -> None:
    """Line breaks beside tags go, and those between words stay."""
    assert templates.tight(Markup("\n<p>\na\nb\n</p>\n<p/>\n")) == "<p>a\nb</p><p/>"


@pytest.mark.parametrize(
    ("text", "wide", "high"),
    [
        ("", 20, 1),
        ("Lie on your back.", 20, 1),
        ("Legen Sie sich auf den Rücken.", 20, 2),
        ("zur Oberschenkelmuskulaturkräftigung bitte", 20, 3),
        (Markup("<b>2 sets of 10</b>, every day"), 30, 1),
        (Fragment(xhtml.parse("<em>Lie</em> down &amp; rest")), 14.2, 1),
    ],
)
def test_lines(text: str | Fragment, wide: float, high: int) -> None:
    """Lines are counted by whole words, without the tags; a word that is too wide breaks."""
    assert templates.line_count(text, wide) == high
