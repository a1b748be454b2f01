"""Trees of XHTML: parts of them put in, taken out, and written."""

from __future__ import annotations

import pytest

from workshop_builder.markup import xhtml


@pytest.mark.parametrize(
    ("text", "removed", "unwrapped", "replaced"),
    [
        ("a<i>b</i>c", "ac", "abc", "ax<b>y</b>zc"),
        ("<i>b</i>", "", "b", "x<b>y</b>z"),
        ("<u>a</u><i>b<s>c</s></i>d", "<u>a</u>d", "<u>a</u>b<s>c</s>d", "<u>a</u>x<b>y</b>zd"),
        ("<u>a</u>, <i/> d", "<u>a</u>,  d", "<u>a</u>,  d", "<u>a</u>, x<b>y</b>z d"),
    ],
)
def test_taken_out(text: str, removed: str, unwrapped: str, replaced: str) -> None:
    """All text around an element stays where it was, whatever becomes of the element."""
    found = []
    for change in (xhtml.remove, xhtml.unwrap):
        root = xhtml.parse(text)
        change(next(root.iter("i")))
        found.append(xhtml.inner(root))
    root = xhtml.parse(text)
    xhtml.replace(next(root.iter("i")), xhtml.parse("x<b>y</b>z"))
    assert [*found, xhtml.inner(root)] == [removed, unwrapped, replaced]


@pytest.mark.parametrize("text", [" a ", "\n<b> a</b> ", " ", "", " a <b/>c "])
def test_stripped(text: str) -> None:
    """Blanks go from both ends of what an element holds, and stay inside of it."""
    root = xhtml.parse(text)
    xhtml.strip(root)
    assert xhtml.inner(root) == text.strip()


def test_appended() -> None:
    """What one element holds moves to the end of another, text and all."""
    root = xhtml.parse("a<b>c</b>d")
    xhtml.append(root, xhtml.parse("e<i>f</i>g"))
    xhtml.append_text(root, "h")
    assert xhtml.inner(root) == "a<b>c</b>de<i>f</i>gh"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>a</p><p>b  c</p>", "a b c"),
        ("a<br/>b\u00a0c", "a b c"),
        ('see <img alt="a cat" src="c"/>.', "see a cat."),
        ('a<sup id="f"><a class="footnote-ref" href="#n">1</a></sup> b', "a b"),
        ('x<sup><a href="https://a.example">2</a></sup>', "x2"),
        ("<b>a</b>b", "ab"),
    ],
)
def test_words(text: str, words: str) -> None:
    """Words are parted where a reader sees them apart; pictures speak, marks of notes do not."""
    assert xhtml.words(xhtml.parse(text)) == words


def test_a_document_is_written_for_readers_of_html_too() -> None:
    """Only elements that are empty in HTML are closed in one tag; the tree is left as it was."""
    root = xhtml.parse_document("<html><p/><br/><td></td>a &#39;</html>\n")
    assert xhtml.write_document(root) == "<html><p></p><br/><td></td>a '</html>"
    assert xhtml.outer(root) == "<html><p/><br/><td/>a '</html>"
