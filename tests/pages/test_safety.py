"""Words that must be shown: what counts as shown on paper and in an e-book."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from small import write
from workshop_builder import load
from workshop_builder.errors import BuildError
from workshop_builder.model.base import Safety
from workshop_builder.model.products import select_targets
from workshop_builder.model.workshop import Settings
from workshop_builder.pages import hidden_text, safety
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer
from workshop_builder.pdf import fonts, visible_text

fonts.use_only_shipped()

import weasyprint  # noqa: E402  the engine reads the fonts when it is imported

WORDS = "Leave it out with a new hip."
PAGE = (
    f'<html><body><section><p class="c" data-safe="caution:a">{WORDS}</p></section></body></html>'
)


def _on_paper(style: str) -> str:
    base = "@page { size: 10cm; margin: 1cm } body { font-size: 11pt }"
    sheet = weasyprint.CSS(string=base + style)
    document = weasyprint.HTML(string=PAGE).render(stylesheets=[sheet])
    return visible_text.words_by_key(document).get("caution:a", "")


@pytest.mark.parametrize(
    "style",
    [
        "",
        ".c { color: #333; background: #fff; font-size: 9pt; font-weight: bold }",
        "section { background: #123 } .c { color: white }",
        "section { overflow: hidden; padding: 1em }",
        ".c { width: 2cm; columns: 1 }",
        ".c { position: relative; left: 1cm }",
    ],
)
def test_shown_on_paper(style: str) -> None:
    """Words that can be read count as shown, however they are styled."""
    assert not safety.missing({"caution:a": WORDS}, {"caution:a": _on_paper(style)})


@pytest.mark.parametrize(
    "style",
    [
        ".c { display: none }",
        "section { display: none }",
        ".c { visibility: hidden }",
        "section { opacity: 0 }",
        "section { transform: scale(0) }",
        ".c { color: white }",
        ".c { color: transparent }",
        ".c { color: rgba(0, 0, 0, 0.05) }",
        "section { background: #000 }",
        "section { background: linear-gradient(#000, #000) }",
        ".c { font-size: 2pt }",
        ".c { height: 1mm; overflow: hidden }",
        "section { width: 1cm; overflow: hidden } .c { width: 20cm }",
        ".c { position: absolute; top: -10cm }",
        ".c { position: absolute; left: 30cm }",
        ".c { margin-left: -30cm }",
        ".c { text-indent: -30cm }",
        ".c { letter-spacing: -0.5em }",
        "section::after { content: ''; position: absolute; inset: 0; background: white }",
    ],
)
def test_hidden_on_paper(style: str) -> None:
    """Words that nobody could read do not count as shown."""
    assert safety.missing({"caution:a": WORDS}, {"caution:a": _on_paper(style)}) == {
        "caution:a": WORDS
    }


def _in_a_book(style: str) -> dict[str, str]:
    return hidden_text.shown_words(etree.fromstring(PAGE), style, {})


@pytest.mark.parametrize(
    "style",
    [
        "",
        ".c { color: #333; font-size: 0.9em }",
        ".d { display: none }",
        "p { margin: 0 }",
        ".c { letter-spacing: normal; word-spacing: 0; text-indent: 0em }",
        ".c { letter-spacing: 0.05em; text-indent: 1em; line-height: 150%; text-transform: none }",
        ".c { transform: none; position: relative; height: auto; text-shadow: none }",
    ],
)
def test_shown_in_a_book(style: str) -> None:
    """A style that hides nothing marked leaves the words."""
    assert _in_a_book(style) == {"caution:a": WORDS}


@pytest.mark.parametrize(
    "style",
    [
        ".c { display: none }",
        ".c { DISPLAY: None !important }",
        "section > p { visibility: hidden }",
        "body { opacity: 0 }",
        ".c { opacity: 0.01 }",
        ".c { font-size: 0 }",
        ".c { font-size: 1px }",
        ".c { font: 0/0 serif }",
        ".c { color: transparent }",
        ".c { color: white }",
        ".c { color: rgba(0, 0, 0, 0) }",
        ".c { position: absolute; left: -9999px }",
        ".c { text-indent: -9999px }",
        ".c { height: 1px; overflow: hidden }",
        ".c { transform: scale(0) }",
        ".c { clip-path: inset(100%) }",
        "@media all { .c { display: none } }",
        "@supports (display: grid) { .c { display: none } }",
        "@layer a { .c { display: none } }",
        "section { .c { display: none } }",
    ],
)
def test_hidden_in_a_book(style: str) -> None:
    """A rule that hides a marked element, or what it stands in, is seen without a layout."""
    assert _in_a_book(style) == {}


def test_required() -> None:
    """Stop rules, emergency signs and disclaimer are always required, cautions where shown."""
    signs = ({"text": "Numb", "when": "emergency"}, {"text": "Fever", "when": "soon"})
    words = Safety.model_validate({"stop_if": ("*Sharp* pain",), "red_flags": signs})
    settings = Settings(title="A", language="en", safety=words)
    assert safety.required(settings, ()) == {"stop:0": "Sharp pain", "flag:0": "Numb"}


def test_what_a_page_marks_itself_is_required() -> None:
    """That is the boxes that stand in it, and the extracts that it marks as whole."""
    page = etree.fromstring(
        '<p><i data-safe="box:a:1">A</i><b data-safe="whole:b">B <u>C</u></b></p>'
    )
    boxes = {"box:a:1": "A", "box:a:2": "D"}
    assert safety.in_page(page, boxes) == {"box:a:1": "A", "whole:b": "B C"}


@pytest.mark.parametrize(
    ("words", "seen", "lost"),
    [
        ("Leave it out", "Leave it out", False),
        ("Leave it out", "Leave\nit  out", False),
        ("Osteoporosis", "Osteo\u00adporo-\nsis", False),
        ("Leave it out", "Leave it", True),
        ("Leave it out", "", True),
    ],
)
def test_missing(words: str, seen: str, lost: bool) -> None:  # noqa: FBT001  a table's column
    """Words count as shown when all of them are, whatever breaks their lines."""
    assert safety.missing({"a": words}, {"a": seen}) == ({"a": words} if lost else {})


def test_what_hides_is_named() -> None:
    """The declaration that could hide words is told, with the selector of its rule."""
    hiding: dict[str, str] = {}
    style = "p { margin: 0 } section .c { color: #333; letter-spacing: -0.5em }"
    assert hidden_text.shown_words(etree.fromstring(PAGE), style, hiding) == {}
    assert hiding == {"caution:a": "'letter-spacing: -0.5em' of 'section .c'"}


def test_words_without_room_are_told_at_their_file(tmp_path: Path) -> None:
    """What a page of ours cannot hold is told at the exercise; what one's own hides, at that."""
    workshop = load(write(tmp_path, "{slides: {}}"))
    (target,) = select_targets(workshop)
    page = Renderer(workshop, target, Labels(workshop.language)).page()
    said = "exercises/rest.md:5: there is no room in rest-slides.pdf for 'Not on a cold floor.'"
    seen = {key: words for key, words in page.required.items() if key != "caution:rest"}
    with pytest.raises(BuildError) as caught:
        visible_text.check_safety(seen, page, target)
    assert [str(each) for each in caught.value.problems] == [f"{said}; shorten it"]
    own = replace(page, texts={**page.texts, "styles/slides.css": ""})
    with pytest.raises(BuildError, match=r"templates/slides\.html: does not show"):
        visible_text.check_safety(seen, own, target)
