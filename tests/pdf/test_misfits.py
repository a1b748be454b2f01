"""Long words on paper: wherever one stands, poppler finds all of it inside the margins."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judges.raster import pdf_text
from judges.tools import program, run_well
from small import write
from workshop_builder import BuildError, build, load
from workshop_builder.source.characters import line_of

PT_PER_MM = 72 / 25.4
WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzrechtsschutzversicherung"
ADDRESS = "https://studio.example/" + "withoutanybreak" * 9 + "?with=query"
CODE = "a_piece_of_code_" * 9
LONG = st.sampled_from([WORD, ADDRESS, CODE])
PLACES = st.sampled_from(
    [
        "Some {} words.",
        "## {}",
        "- one\n- {}",
        "> {}",
        "**{}**",
        "Some `{}` code.",
        "Some text\n\n    {}\n\nmore text",
        "| What | Where |\n|---|---|\n| Link | {} |",
        "|" + " {} |" * 7 + "\n|" + "---|" * 7 + "\n|" + " two |" * 7,
        "/// tip | {}\nSome words.\n///",
        "/// safety\n{}\n///",
        "Term\n: {}",
    ]
)
SETTINGS = "{{book: {{editions: [{0}], papers: [a4]}}}}"
IGNORED = re.compile(r"[\s\u00ad\u2010-]+")


def right_edges(path: Path) -> list[tuple[float, float, str]]:
    """Return of each word in a PDF its right edge and the width of its page, in millimetres."""
    listed = run_well([program("pdftotext", "poppler-utils"), "-bbox", path, "-"])
    root = ElementTree.fromstring(listed)  # noqa: S314  poppler's own words
    return [
        (_mm(word, "xMax"), _mm(page, "width"), word.text or "")
        for page in root.findall(".//{*}page")
        for word in page.findall("{*}word")
    ]


def _mm(element: ElementTree.Element, name: str) -> float:
    return float(element.attrib[name]) / PT_PER_MM


@settings(max_examples=3, deadline=None)
@pytest.mark.slow
@given(st.lists(st.tuples(PLACES, LONG), min_size=4, max_size=8), st.booleans())
def test_no_word_leaves_the_page(parts: list[tuple[str, str]], large: bool) -> None:  # noqa: FBT001  drawn
    """In any place of a chapter, words are whole and inside the margins of the book."""
    texts = [place.replace("{}", word) for place, word in parts]
    chapter = "\n\n".join(["---\ntitle: Long\n---", *texts, ""])
    products = SETTINGS.format("large-print" if large else "standard")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = write(folder / "source", products, {"chapters/02-long.md": chapter})
        build(load(source), folder / "out")
        (path,) = (folder / "out").glob("*.pdf")
        placed = right_edges(path)
        assert len(placed) > 50
        assert [word for edge, width, word in placed if edge > width - 19] == []
        printed = IGNORED.sub("", pdf_text(path))
    for place, word in parts:
        # Of the columns of a table the reader's text has the lines mixed.
        assert "|" in place or IGNORED.sub("", word) in printed


def test_an_address_breaks_without_a_hyphen(tmp_path: Path) -> None:
    """No sign is printed that the address does not have."""
    more = {"chapters/02-long.md": f"---\ntitle: Long\n---\n\n<{ADDRESS}>\n"}
    build(load(write(tmp_path / "source", "{book: {}}", more)), tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*.pdf")
    assert ADDRESS in re.sub(r"\s", "", pdf_text(path))


def test_what_fits_is_not_broken_beside_what_does_not(tmp_path: Path) -> None:
    """A long address in a table lets no short word of the table break."""
    table = f"| What | Where |\n|---|---|\n| Shoulders | {ADDRESS} |\n"
    more = {"chapters/02-long.md": f"---\ntitle: Long\n---\n\n{table}"}
    build(load(write(tmp_path / "source", "{book: {}}", more)), tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*.pdf")
    assert {"What", "Where", "Shoulders"} <= {word for _, _, word in right_edges(path)}


def test_words_decide_how_large_a_sparse_page_is(tmp_path: Path) -> None:
    """A page with more room below than beside is set in the size at which its words fit."""
    rest = (
        "---\nname: Le souffle qui dure\nkind: activity\nrepeat: 2-3 sets of 15\nhold: 20-30 s\n"
        "picture: a.svg\nalt: A person lies on the back with the calves on a chair.\n---\n"
        "1. Lie on your back.\n2. Breathe out.\n"
    )
    more = {"exercises/rest.md": rest, "pictures/a.svg": SVG}
    build(load(write(tmp_path / "source", "{poster: {exercises: [rest]}}", more)), tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*.pdf")
    assert all(edge < width for edge, width, _ in right_edges(path))


def test_words_that_a_style_puts_off_the_page_are_told(tmp_path: Path) -> None:
    """What cannot be helped by breaking is one line with the file, the word and the product."""
    style = "ol li { position: relative; margin-left: 230mm; width: 60mm }"
    more = {"styles/poster.css": style, "templates/poster.html": POSTER}
    products = "{poster: {template: poster.html, style: poster.css}}"
    source = write(tmp_path / "source", products, more)
    with pytest.raises(BuildError) as caught:
        build(load(source), tmp_path / "out")
    told = [str(problem) for problem in caught.value.problems]
    assert told == [
        f"exercises/rest.md:{line}: the word '{word}' does not fit its place in rest-poster.pdf; "
        "shorten or divide it"
        for line, word in ((8, "back."), (9, "Breathe"))
    ]


def test_words_of_every_file_are_told_with_their_line(tmp_path: Path) -> None:
    """The title of workshop.yaml, the steps, and what a style adds have a line."""
    style = (
        "h1, ol li { position: relative; margin-left: 230mm; width: 60mm }\n\n"
        "h1::after { content: ' Sonderangebot' }\n"
    )
    template = POSTER.replace("<body>", "<body><h1>{{ w.title }}</h1>")
    more = {"styles/poster.css": style, "templates/poster.html": template}
    products = "{poster: {template: poster.html, style: poster.css}}"
    source = write(tmp_path / "source", products, more)
    with pytest.raises(BuildError) as caught:
        build(load(source), tmp_path / "out")
    told = {(each.path, each.line) for each in caught.value.problems}
    assert told == {
        ("workshop.yaml", 1),
        ("styles/poster.css", 3),
        ("exercises/rest.md", 8),
        ("exercises/rest.md", 9),
    }


@given(
    st.lists(st.text("abcdé ß", min_size=1).filter(str.strip), min_size=1, max_size=5),
    st.sampled_from(["**{}**", "- {}", "“{}”", "[{}](a.md)", "{}\u00ad", "_{}_.", "title: {}"]),
    st.data(),
)
def test_the_line_of_a_word_is_found_through_its_signs(
    lines: list[str], written: str, data: st.DataObject
) -> None:
    """A word is found in its first line, whatever marks, quotes and hyphens stand around it."""
    number = data.draw(st.integers(0, len(lines) - 1))
    lines[number] = written.format("Rindfleisch")
    assert line_of("Rindfleisch,", "\n".join(lines)) == number + 1
    assert line_of("RINDFLEISCH", "\n".join([*lines, "Rindfleischsuppe"])) == number + 1


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'
POSTER = """<html lang="en"><head><title>Rest</title></head><body>
{% for card in cards %}<section data-card="{{ card.exercise.id }}"><ol>
{% for step in card.exercise.steps %}<li>{{ step }}</li>{% endfor %}</ol>
<p data-safe="caution:{{ card.exercise.id }}">{{ card.exercise.fields.caution }}</p></section>
{% endfor %}<ul>{% for text in w.safety.stop_if %}
<li data-safe="stop:{{ loop.index0 }}">{{ text }}</li>{% endfor %}</ul></body></html>
"""
