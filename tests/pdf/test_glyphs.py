"""Characters: those that look alike, those of the fonts, and those that no font has."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from small import EXERCISE, write
from workshop_builder import build, load, resources
from workshop_builder.errors import BuildError, Problem
from workshop_builder.languages.read import read
from workshop_builder.markup import xhtml
from workshop_builder.model.products import Target, select_targets
from workshop_builder.model.workshop import Settings, Workshop
from workshop_builder.pages.render import Page
from workshop_builder.pdf import glyphs
from workshop_builder.source import look_alikes
from workshop_builder.source.look_alikes import as_set

PATH = "chapters/01.md"
SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn", "Zl", "Zp"])


def _target() -> Target:
    fields = Settings.model_validate({"title": "A", "language": "en"})
    workshop = Workshop(fields, read("en")[0], (), {}, {}, {}, {}, {})
    return select_targets(workshop, ("book",), (), ())[0]


TARGET = _target()


def _page(text: str, lines: dict[str, int]) -> Page:
    root = xhtml.parse_document(f"<html><body><p>{xhtml.escape(text)}</p></body></html>")
    typed = ["".join(sign for sign in lines if lines[sign] == n) for n in range(100)]
    return Page(root, {}, {}, {}, {PATH: "\n".join(typed[1:])})


def _said(text: str, lines: dict[str, int]) -> list[Problem]:
    try:
        glyphs.check(_page(text, lines), TARGET)
    except BuildError as error:
        return list(error.problems)
    return []


def test_what_need_not_be_looked_up_is_in_every_face() -> None:
    """The usual characters are in each font that a page is set in, or beside it in the others."""
    fonts = resources.font_files()
    usual = {ord(sign) for sign in glyphs._USUAL if sign.isprintable()}
    for name in ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf"):
        with TTFont(fonts[name], lazy=True) as font:
            assert usual <= set(font.getBestCmap())
    assert usual <= resources.font_characters()


def test_look_alikes_are_in_the_fonts() -> None:
    """What is put in place of another character is a character that the fonts have."""
    for sign in map(chr, look_alikes._TABLE):
        like = as_set(sign)
        assert as_set(like) == like
        assert {ord(each) for each in like} <= resources.font_characters(), sign


@settings(max_examples=300)
@given(st.text(SIGNS, max_size=12), st.integers(1, 99))
def test_each_character_is_set_or_told(typed: str, line: int) -> None:
    """Each character that is typed is in a font and runs to the right, or its place is told."""
    text = as_set(typed)
    problems = _said(text, dict.fromkeys(text, line))
    lost = {
        sign
        for sign in text
        if unicodedata.bidirectional(sign) in {"R", "AL"}
        or (ord(sign) not in resources.font_characters() and sign not in "\u200d\ufe0e\ufe0f\xad")
    }
    assert bool(problems) == bool(lost)
    assert len(problems) <= 3
    for problem in problems:
        assert (problem.path, problem.line) == (PATH, line)
        assert "; " in problem.text


@pytest.mark.parametrize("text", ["Don’t – “x” … ½", "T\u2011shirt", "5\u2009km", "👍🏽 ❤️ 1️⃣"])
def test_nothing_is_said_of(text: str) -> None:
    """What teachers type, or Word for them, is set without a word."""
    assert _said(as_set(text), {}) == []


def test_no_line_breaks_after_a_hyphen_of_word(tmp_path: Path) -> None:
    """U+2011 ends no line, however narrow the column, and a search finds the word with a hyphen."""
    words = "well\u2011known **T\u2011*shirt*** `a\u2011b`"
    text = "".join(f"{'m' * n} {words}.\n\n" for n in range(1, 58))
    row = "| well\u2011known " * 8
    table = f"{row}\n{'|---' * 8}\n{row}\n"
    files = {
        "chapters/02-words.md": f"---\ntitle: T\u2011shirts\n---\n\n{text}{table}",
        "exercises/rest.md": EXERCISE.replace("cold", "ice\u2011cold"),
    }
    build(load(write(tmp_path / "words", "{book: {papers: [a4]}}", files)), tmp_path / "dist")
    with pypdfium2.PdfDocument(next((tmp_path / "dist").glob("*.pdf"))) as book:
        printed = "\n".join(page.get_textpage().get_text_range() for page in book)
    assert printed.count("well-known") == 57 + 16
    assert printed.count("T-shirt") == 57 + len(["contents", "heading"])
    assert printed.count("a-b") == 57


def test_what_a_template_prints_is_told_with_the_product() -> None:
    """A character that stands in no file of the source is told with the name of the product."""
    (problem,) = _said("ᚠ", {})
    assert (problem.path, problem.line) == (TARGET.file, 0)
    assert problem.text.startswith("'ᚠ' (U+16A0) is not in the fonts; ")
