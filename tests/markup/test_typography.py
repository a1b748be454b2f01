"""Dashes, fixed blanks and fractions."""

from __future__ import annotations

import pytest

from languages import ENGLISH, language_of
from workshop_builder.markup import xhtml
from workshop_builder.markup.typography import bind_end, bind_ends, polish, polish_words


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("30-60 s", "30–60\u00a0s"),
        ("30 - 60 s", "30–60\u00a0s"),
        ("L4-5", "L4–5"),
        ("a walk - slow - helps", "a walk – slow – helps"),
        ("2 x 3", "2\u00a0×\u00a03"),
        ("2x3", "2\u00a0×\u00a03"),
        ("5 times, 3 weeks", "5\u00a0times, 3\u00a0weeks"),
        ("1/2 and 1 3/4 cups", "½ and 1¾ cups"),
    ],
)
def test_polished(typed: str, set_: str) -> None:
    """What a typist writes becomes what a typesetter sets."""
    assert polish(typed, ENGLISH.writing) == set_


@pytest.mark.parametrize(
    ("language", "typed", "set_"),
    [
        ("de", "5 Sek. oder 2 Minuten", "5~Sek. oder 2~Minuten"),
        ("de", "'so' geht's", "‚so‘ geht’s"),
        ("fr", "Prêt ? 3 fois : « oui » !", "Prêt_? 3~fois~: «_oui_»_!"),
        ("es", "2 veces, 3 días", "2~veces, 3~días"),
        ("en", "5 Sek. ‚so’ : so", "5 Sek. ‚so’ : so"),
    ],
)
def test_each_language_is_set_as_it_is_written(language: str, typed: str, set_: str) -> None:
    """Units, inner quotation marks and fixed blanks are those of the language."""
    found = polish(typed, language_of(language).writing)
    assert found.replace("\u00a0", "~").replace("\u202f", "_") == set_


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "555-1234",
        "978-3-16-148410-0",
        "1/2/2026",
        "11/2",
        "well-known",
        "https://studio.example/1-2",
        "5 minds",
        "version 1.2-3.4",
    ],
)
def test_left_alone(text: str) -> None:
    """Dates, numbers of books and telephones, and addresses stay as they are."""
    assert polish(text, ENGLISH.writing) == text


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("Bend your knees a bit.", "Bend your knees a~bit."),
        ("Bend a bit.", "Bend a bit."),
        ("Bend your knees comfortably.", "Bend your knees comfortably."),
        ("Bend your <em>knees a bit</em>.", "Bend your <em>knees a~bit</em>."),
        ("Bend your knees a <em>bit</em>.", "Bend your knees a~<em>bit</em>."),
        ("Bend your\nknees a\nbit.", "Bend your\nknees a~bit."),
        ("Bend your knees<br/>a bit.", "Bend your knees<br/>a bit."),
        ("Bend your knees comfortably in.", "Bend your knees comfortably in."),
        ('Bend it <a href="a b c">so</a>', 'Bend it <a href="a b c">so</a>'),
    ],
)
def test_bound_end(typed: str, bound: str) -> None:
    """A short last word never stands alone in a line, whatever marks are around it."""
    root = xhtml.parse(typed)
    bind_end(root)
    assert xhtml.inner(root).replace("\u00a0", "~") == bound


def test_ends_are_bound_in_paragraphs_and_items() -> None:
    """In a text each paragraph and each item of a list has its own end."""
    root = xhtml.parse("<p>Bend your knees a bit.</p><ul><li><p>Lie on the mat now.</p></li></ul>")
    bind_ends(root)
    assert "a\u00a0bit." in xhtml.inner(root)
    assert "mat\u00a0now." in xhtml.inner(root)


def test_code_is_not_polished() -> None:
    """All words of a text are polished, and what is code in it stays as it was typed."""
    root = xhtml.parse("2 x 3 <code>2 x 3</code> 2 x 3")
    polish_words(root, ENGLISH.writing)
    assert xhtml.inner(root) == "2\u00a0×\u00a03 <code>2 x 3</code> 2\u00a0×\u00a03"
