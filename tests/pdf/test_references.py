"""Printed numbers of pages: each is that of the page where its target begins."""

from __future__ import annotations

import random
import re
from typing import Any

import pypdfium2
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop_builder.pdf.spreads import references

STYLE = """@page { size: 200px 60px; margin: 10px; @bottom-left { content: counter(page) } }
body, p { margin: 0; font: 10px/10px "Atkinson Hyperlegible"; orphans: 1; widows: 1 }
section { break-before: page }
nav { width: 46px } nav a { display: block }
a::after { content: " p.\\a0" target-counter(attr(href url), page) }"""


def _laid_out(body: str, style: str = STYLE) -> tuple[Any, list[references.Misprint]]:
    page = f"<html lang='en'><head><title>A</title></head><body>{body}</body></html>"
    fonts = weasyprint.text.fonts.FontConfiguration()
    sheets = [weasyprint.CSS(string=style, font_config=fonts)]
    return references.lay_out(weasyprint.HTML(string=page), fonts, sheets)


def _manuscript(chance: random.Random) -> str:
    """Return chapters of any length, which refer to each other, and contents that grow with them.

    A reference to chapter 7 reads `chapter7`, and chapter 7 begins with `begin7.`.
    """
    numbers = range(chance.randint(4, 9))

    def paragraph() -> str:
        to = chance.choice(numbers)
        return f"<p>{'word ' * chance.randint(1, 60)}<a href='#s{to}'>chapter{to}</a></p>"

    contents = [f"<a href='#s{n}'>{'of ' * chance.randint(0, 6)}chapter{n}</a>" for n in numbers]
    chapters = [
        f"<section id='s{n}'>begin{n}. {''.join(paragraph() for _ in range(chance.randint(1, 4)))}"
        "</section>"
        for n in numbers
    ]
    return f"<nav>{''.join(contents)}</nav>{''.join(chapters)}"


@settings(max_examples=5)
@given(st.integers(0, 1000))
def test_every_printed_number_is_that_of_its_page(seed: int) -> None:
    """In chapters of any length, what a PDF prints as a page is the page as read from the PDF."""
    document, wrong = _laid_out(_manuscript(random.Random(seed)))
    assert wrong == []
    pages = [
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(_pdf(document))
    ]
    begins = {
        found: number
        for number, text in enumerate(pages, 1)
        for found in re.findall(r"begin(\d)\.", text)
    }
    printed = re.findall(r"chapter(\d)\s+p\.\s(\d+)", "\n".join(pages))
    assert len(printed) >= 2 * len(begins) - 1
    assert [(to, int(number)) for to, number in printed] == [(to, begins[to]) for to, _ in printed]


def _pdf(document: Any) -> bytes:  # noqa: ANN401  the engine is not typed
    return bytes(document.write_pdf())


def test_a_number_that_never_settles_is_told() -> None:
    """Where each number moves its target to another page, that is said with what helps.

    The narrow 11 leaves the target on page 10, and the wide 10 breaks the line, which moves it on.
    """
    style = """@page { size: 200px 100px; margin: 10px }
    p { margin: 0; width: 21px; font: 10px/80px "Atkinson Hyperlegible"; break-after: page }
    a::after { content: " " target-counter(attr(href url), page) }"""
    body = "<p><a href='#end'>to</a></p>" + "<p>a</p>" * 8 + "<h6 id='end'>End</h6>"
    _, wrong = _laid_out(body, style)
    assert [each.words for each in wrong] == ["to"]
    assert {wrong[0].text, str(wrong[0].page)} == {"10", "11"}
