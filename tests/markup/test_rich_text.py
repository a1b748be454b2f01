"""Texts of fields: what they become, and what cannot stand in them."""

from __future__ import annotations

import pytest
from markupsafe import escape

from workshop_builder.languages.read import read as read_language
from workshop_builder.markup.rich_text import RichText, RichTextError, read

ENGLISH = read_language("en")[0].writing


@pytest.mark.parametrize(
    ("text", "xhtml", "plain"),
    [
        ("Not *with* hips", "Not <em>with</em> hips", "Not with hips"),
        ("5. Woche", "5. Woche", "5. Woche"),
        ("# 1 rule", "# 1 rule", "# 1 rule"),
        ("- a dash", "- a dash", "- a dash"),
        ("One.\n\nTwo.", "One.<br/>Two.", "One. Two."),
        ("[web](https://a.example)", '<a href="https://a.example">web</a>', "web"),
        ("hold it 30-60 s", "hold it 30–60~s", "hold it 30–60 s"),
        ("see what we do now", "see what we do~now", "see what we do now"),
        ("a<b, &", "a&lt;b, &amp;", "a<b, &"),
        ('it\'s "so"', "it’s “so”", "it’s “so”"),
        ("<b onclick='x'>a</b><script>b</script>", "<b>a</b>", "a"),
    ],
)
def test_read(text: str, xhtml: str, plain: str) -> None:
    """A text keeps what was typed, and is at hand as clean inline XHTML and as words alone."""
    found = read(text, ENGLISH)
    assert (found.source, found.xhtml.replace("\u00a0", "~"), found.plain) == (text, xhtml, plain)


def test_quotation_marks_are_those_of_the_language() -> None:
    """The same text has other quotation marks in German."""
    assert read('"so"', read_language("de-AT")[0].writing).xhtml == "„so“"


def test_among_other_words_the_end_is_free() -> None:
    """Only a text that stands alone has its short last word tied to the one before."""
    text = read("see what we do now", ENGLISH)
    assert (text.inline, text.xhtml) == ("see what we do now", "see what we do\u00a0now")


def test_what_is_printed() -> None:
    """A template that escapes whatever it prints prints the XHTML; as text it is the words."""
    text = RichText("*a*", "<em>a</em>", "<em>a</em>", "a")
    assert (escape(text), str(text)) == ("<em>a</em>", "a")


@pytest.mark.parametrize(
    ("text", "beginnings"),
    [
        ("Not with:\n\n- hips\n- knees", ["a list, heading or table"]),
        ("<span><table><tr><td>a</td></tr></table></span>", ["a list, heading or table"]),
        ("![a](pictures/a.png)", ["a picture"]),
        ("[a](02.md)", ["the link '02.md'"]),
        ("more <than> a word", ["'<than' is no tag"]),
        ("[a](javascript:b)", ["the link ''"]),
        ("![a](b) and [c](02.md)", ["a picture", "the link '02.md'"]),
        ("a " * 30_000, ["a paragraph of more than"]),
        ("<b>" * 200 + "a" + "</b>" * 200, ["signs are nested too deep"]),
    ],
)
def test_what_cannot_stand_in_a_sentence(text: str, beginnings: list[str]) -> None:
    """All that cannot stand in a field is told at once, and nothing of it gets through."""
    with pytest.raises(RichTextError) as caught:
        read(text, ENGLISH)
    told = [
        start
        for fault, start in zip(caught.value.faults, beginnings, strict=True)
        if fault.startswith(start)
    ]
    assert told == beginnings
