"""Quotation marks, apostrophes and primes, as the languages have them; addresses as typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from workshop_builder.languages.read import read as read_language
from workshop_builder.markup import xhtml
from workshop_builder.markup.convert import convert
from workshop_builder.markup.typography import bind_end, polish

WRITINGS = {name: read_language(name)[0].writing for name in ("en", "en-GB", "de", "fr", "es")}

Piece = tuple[str, str]
"""A part of a text: as it is typed, and as it is set."""

WORDS: dict[str, tuple[Piece, ...]] = {
    "en": (
        ("don't", "don’t"),
        ("'til noon", "’til noon"),
        ("rock 'n' roll", "rock ’n’ roll"),
        ("'90s tunes", "’90s tunes"),
        ("**Don**'t", "Don’t"),
        ("5'10\" tall", "5′10″ tall"),
        ("O'Brien", "O’Brien"),
        ("*she*'s", "she’s"),
        ("'em all", "’em all"),
        ('6" wide', "6″ wide"),
    ),
    "de": (
        ("geht's", "geht’s"),
        ("'n Apfel", "’n Apfel"),
        ("'s war", "’s war"),
        ("**Hab**'s", "Hab’s"),
    ),
    "fr": (("l'eau", "l’eau"), ("aujourd'hui", "aujourd’hui"), ("*qu*'il", "qu’il")),
    "es": (("agua", "agua"), ("pan", "pan")),
}
"""Words of a language with an apostrophe or a prime in them."""
PLAIN: tuple[Piece, ...] = (
    ("mat", "mat"),
    ("`a'b\"`", "a'b\""),
    ("*so*", "so"),
    ("**no**", "no"),
    ("[there](https://a.example)", "there"),
    ("30-60", "30–60"),
    (r"\"x\"", '"x"'),
)


def _phrase(draw: st.DrawFn, language: str, depth: int) -> Piece:
    """Return words, some of them in quotation marks, with those of quotations in other marks."""
    before, after, inner_before, inner_after = WRITINGS[language].quotes
    marks = (('"', before, after), ("'", inner_before, inner_after))
    choice = st.sampled_from((*WORDS[language.partition("-")[0]], *PLAIN))
    parts: list[Piece] = []
    for _ in range(draw(st.integers(1, 3))):
        if depth < len(marks) and draw(st.booleans()):
            sign, opening, closing = marks[depth]
            typed, printed = _phrase(draw, language, depth + 1)
            stop = draw(st.sampled_from(("", ",", ".")))
            parts.append((f"{sign}{typed}{sign}{stop}", f"{opening}{printed}{closing}{stop}"))
        else:
            parts.append(draw(choice))
    return " ".join(typed for typed, _ in parts), " ".join(printed for _, printed in parts)


@st.composite
def _phrases(draw: st.DrawFn) -> tuple[str, str, str]:
    """Return a language, and a phrase as it is typed and as it is set."""
    language = draw(st.sampled_from(sorted(WRITINGS)))
    typed, printed = _phrase(draw, language, 0)
    return language, f"So {typed} so", f"So {printed} so"


def _set(typed: str, language: str) -> str:
    """Return the words of a paragraph as they are set."""
    prose, problems = convert("a.md", typed, 0, WRITINGS[language], frozenset())
    assert not problems
    return "".join(prose.body.root.itertext()).strip("\n")


@settings(max_examples=250, derandomize=True, deadline=None)
@given(_phrases())
def test_any_quotation_is_set_as_its_language_has_it(phrase: tuple[str, str, str]) -> None:
    """Quotations in quotations, apostrophes and primes are told apart, whatever tags are there."""
    language, typed, printed = phrase
    verbatim = "`" in typed
    assert _set(typed, language) == (printed if verbatim else _bound(printed))


def _bound(words: str) -> str:
    """Return words as they end a paragraph."""
    root = xhtml.parse(escape(words))
    bind_end(root)
    return "".join(root.itertext())


@settings(max_examples=150, derandomize=True, deadline=None)
@given(_phrases())
def test_a_title_has_the_quotes_of_a_heading(phrase: tuple[str, str, str]) -> None:
    """Words without tags are set alike in a title and in a text; set again, they stay."""
    language, typed, _ = phrase
    writing = WRITINGS[language]
    plain = re.sub(r"\[(\w+)\]\([^)]*\)|\*|\\\"", r"\1", re.sub("`[^`]*`", "mat", typed))
    title = polish(plain, writing)
    assert _set(plain, language) == _bound(title)
    assert polish(title, writing) == title


SIGNS = "ab12-_/.~+=&%:,;!'x*^$@{}"
ADDRESSES = st.builds(
    lambda start, middle, end: start + middle + end,
    st.sampled_from(("https://a-1-2.example/", "http://example.org/x?", "www.a.example/")),
    st.text(SIGNS, max_size=12),
    st.sampled_from(("1-2", "1/2", "a--b", "2x3", "L4-5", "1:30-2", "z")),
) | st.builds(
    lambda name, host: f"{name}@{host}.example",
    st.from_regex(r"[a-z]([a-z0-9._+-]{0,6}[a-z0-9])?", fullmatch=True),
    st.sampled_from(("a-1-2", "b1--2", "x.y")),
)


@settings(max_examples=250, derandomize=True, deadline=None)
@given(
    ADDRESSES,
    st.sampled_from(("{}", "<{}>", "[{0}](https://b.example)", "**{}**", '"{}"', "({})")),
    st.sampled_from(("en", "de", "fr")),
)
def test_no_sign_of_an_address_changes(address: str, manner: str, language: str) -> None:
    """A printed address has each dash, fraction and quotation mark as it was typed."""
    if manner == "<{}>" and address.startswith("www."):
        manner = "{}"
    text = f"Hold 1-2 s. See {manner.format(address)}, it's 3-4 days."
    prose, problems = convert("a.md", text, 0, WRITINGS[language], frozenset())
    assert not problems
    words = "".join(prose.body.root.itertext())
    assert address in words
    assert {"1–2", "3–4"} <= set(words.split())


@pytest.mark.parametrize(
    "address", ["a_b_c@a.example", "https://a.example/x*y*z_1_2~~3~~4", "www.a.example/==a==b=="]
)
def test_no_sign_of_an_address_makes_words_slanted(address: str) -> None:
    """Stars and lines below within a printed address are signs of it."""
    prose, _ = convert("a.md", f"See {address} now.", 0, WRITINGS["en"], frozenset())
    assert address in "".join(prose.body.root.itertext())
