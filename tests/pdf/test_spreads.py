"""Pages in spreads: what is mirrored, what stands beside the text, what fills a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import weasyprint

from workshop_builder.pdf import spreads

PICTURE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 1'>"
    "<rect width='2' height='1'/></svg>"
)
STYLE = """@page { size: 200px 200px; margin: 10px 20px } body, p, main { margin: 0 }
section { margin-left: 50px; --mirror: text; font: 10px/10px serif; position: relative }
p, .next { break-inside: avoid } .next { break-before: page }
i { position: absolute; left: -50px; width: 40px; --mirror: note }
img { display: block; width: 110px; height: 20px; --grow: 30px }
header { height: 30px; --room: 12px; margin-top: var(--air, 0px) } header b { --room: none }
.spare { break-before: page; --spare: yes }"""


def _document(body: str) -> Any:  # noqa: ANN401  the engine is not typed
    page = f"<html lang='en'><head><title>A</title></head><body><main>{body}</main></body></html>"
    return weasyprint.HTML(string=page).render(stylesheets=[weasyprint.CSS(string=STYLE)])


def _boxes(page: Any, tag: str) -> list[Any]:  # noqa: ANN401
    return [box for box in page._page_box.descendants() if box.element_tag == tag]


def _places(page: Any, tag: str) -> Iterator[tuple[int, int]]:  # noqa: ANN401
    """Yield left and top of the boxes of an element."""
    for box in _boxes(page, tag):
        if type(box).__name__ != "LineBox" and not hasattr(box, "text"):
            yield round(box.position_x), round(box.position_y)


def test_a_right_page_is_the_mirror_of_a_left_one() -> None:
    """Text stands on the inside and its note on the outside, on right pages and on left ones."""
    one = "<section><p>Word<i>Note</i></p><p class='next'>Word<i>Note</i></p></section>"
    right, left = spreads.set_in_spreads(_document(one)).pages
    assert ([*_places(right, "p")], [*_places(right, "i")]) == ([(20, 10)], [(140, 10)])
    assert ([*_places(left, "p")], [*_places(left, "i")]) == ([(70, 10)], [(20, 10)])


def test_no_note_covers_another() -> None:
    """Notes of one line stand one below the other, and those of the last line end with the page."""
    many = "<section><p style='margin-top: 160px'>Word" + "<i>Note</i>" * 4 + "</p></section>"
    (page,) = spreads.set_in_spreads(_document(many)).pages
    assert [top for _, top in _places(page, "i")] == [150, 160, 170, 180]


def test_a_picture_takes_the_height_that_is_left() -> None:
    """A picture grows as far as it may and as its page has room, and what is below moves down."""
    roomy = f"<section><img src=\"{PICTURE}\" alt=''/><p>Word</p></section>"
    (page,) = spreads.set_in_spreads(_document(roomy)).pages
    assert (_boxes(page, "img")[0].height, [*_places(page, "p")]) == (50, [(20, 60)])
    full = roomy.replace("<p>", "<p style='margin-top: 140px'>")
    (page,) = spreads.set_in_spreads(_document(full)).pages
    assert 28 < _boxes(page, "img")[0].height <= 30


def test_what_is_below_a_growing_picture_moves_down_with_its_margin() -> None:
    """A heading whose margin lies in that of the picture above it moves down like the rest."""
    close = (
        f"<section><figure style='margin: 0 0 6px'><img src=\"{PICTURE}\" alt=''/></figure>"
        "<h2 style='margin: 10px 0 0; font: inherit'>Head</h2><p>Word</p></section>"
    )
    (page,) = spreads.set_in_spreads(_document(close)).pages
    figure, (_, head), (_, words) = (next(_places(page, tag)) for tag in ("figure", "h2", "p"))
    assert (_boxes(page, "figure")[0].height, words - head) == (50, 20)
    assert head == figure[1] + 50


def test_what_a_margin_draws_up_moves_down_too() -> None:
    """What follows a growing picture keeps its distance, whichever way its margin goes."""
    for margin in (-8, 0, 8):
        drawn_up = (
            f"<section><article><img src=\"{PICTURE}\" alt=''/><p>Word</p></article>"
            f"<div style='margin: {margin}px 0 0'><p>Other</p></div></section>"
        )
        (page,) = spreads.set_in_spreads(_document(drawn_up)).pages
        (_, word), (_, other) = _places(page, "p")
        assert (word, other - word) == (60, 10 + margin)


def test_what_is_below_a_place_for_notes_stays_on_its_page() -> None:
    """Notes take the height that is left between what is above them and what is below."""
    rest = "<div style='height: 0; --grow: 180px'></div>"
    for below, place in (("", []), ("<p>Word</p>", [180])):
        section = f"<section>Word{rest}{below}</section>"
        (page,) = spreads.set_in_spreads(_document(section)).pages
        assert [round(top, -1) for _, top in _places(page, "p")] == place
        assert _boxes(page, "div")[0].height == pytest.approx(160 if below else 170, abs=2)


def test_notes_move_down_with_their_lines() -> None:
    """A place for notes below a picture that grows takes its heading and its lines along."""
    notes = "<p style='position: absolute; top: 2px'>Notes</p><p style='position: absolute'>.</p>"
    rest = f"<div style='position: relative; height: 0; --grow: 180px'>{notes}</div>"
    section = f"<section><img src=\"{PICTURE}\" alt=''/>{rest}</section>"
    (page,) = spreads.set_in_spreads(_document(section)).pages
    assert next(_places(page, "div"))[1] == 60
    assert [top for _, top in _places(page, "p")] == [62, 60]


def test_the_number_of_pages_is_even() -> None:
    """A spare page stays where it makes their number even, and goes where it makes it odd."""
    spare = "<div class='spare'>Notes</div>"
    assert len(spreads.set_in_spreads(_document(f"<p>One</p>{spare}")).pages) == 2
    two = f"<p>One</p><p class='next'>Two</p>{spare}"
    assert len(spreads.set_in_spreads(_document(two)).pages) == 2


def test_an_opening_makes_room_for_the_last_line() -> None:
    """The opening of a chapter is less high where that saves a page of one line, and only there."""
    for count, wanted in ((15, False), (16, True), (20, False)):
        body = "<section><header><b>A</b></header>" + "<p>Word</p>" * count + "</section>"
        assert spreads.give_room(_document(body)) is wanted


def test_an_opening_makes_room_for_a_box_that_nearly_fits() -> None:
    """It is what the page before lacks that counts, not the height of the box."""
    for lines, wanted in ((3, True), (6, False)):
        words = "Word<br/>" * lines
        box = f"<div style='margin-top: 6px; break-inside: avoid'>{words}</div>"
        body = f"<section><header><b>A</b></header>{'<p>Word</p>' * 12}{box}</section>"
        assert spreads.give_room(_document(body)) is wanted


def test_an_opening_makes_room_for_lines_before_a_card() -> None:
    """So it is where a card follows the few lines, and takes the rest of their page."""
    card = "<div style='--whole: yes; height: 150px; break-inside: avoid'>Card</div>"
    for count, wanted in ((15, False), (16, True), (20, False)):
        body = f"<section><header><b>A</b></header>{'<p>Word</p>' * count}{card}</section>"
        assert spreads.give_room(_document(body)) is wanted


def test_what_an_opening_has_not_is_taken_from_the_leading() -> None:
    """A chapter is leaded less where its opening alone has too little room."""
    lines = "<p>Word</p>" * 17
    for tight, wanted in (("", None), ("--tight: 0.9", "--leading: 0.9")):
        header = f"<header style='--room: 18px; {tight}'><b>A</b></header>"
        document = _document(f"<section>{header}{lines}</section>")
        assert spreads.give_room(document) is bool(wanted)
        assert _boxes(document.pages[0], "section")[0].element.get("style") == wanted


def test_no_paragraph_ends_with_a_short_line() -> None:
    """Where a last line is shorter than asked for, the lines before it give it words."""
    words = "<p style='width: 100px; --ending: 40%'>aaaa aaaa aaaa aaaa aaaa</p>"
    document = _document(f"<section>{words}</section>")
    assert spreads.improve(document)
    (style,) = {box.element.get("style") for box in _boxes(document.pages[0], "p")}
    assert "padding-right" in style
    assert not spreads.improve(
        _document(f"<section>{words.replace('--ending: 40%', '')}</section>")
    )


def test_what_is_better_is_decided_by_the_numbers_that_are_printed() -> None:
    """Where a better page moves a printed number, it is decided anew by that number."""
    body = "<section><p style='width: 100px; --ending: 40%'>aaaa aaaa aaaa aaaa aaaa</p></section>"
    link = "<a href='#a'>there</a>"
    style = weasyprint.CSS(string="a::after{content:target-counter(attr(href url),page)}")
    html = weasyprint.HTML(string=f"{body}<p id='a'>{link}</p>")
    html.numbers = {"a": {"page": [9]}}
    asked: list[bool] = []

    def lay_out(*, as_told: bool = False) -> weasyprint.Document:
        asked.append(as_told)
        html.numbers = {"a": {"page": [10]}}
        return html.render(stylesheets=[style])

    spreads.improved(html.render(stylesheets=[style]), html, lay_out)
    assert asked == [False, True, False]
