"""Each judge says yes to a right file and no to one that was spoilt for it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from judges.ace import ace
from judges.contrast import contrast, contrasts, hexadecimal
from judges.epubcheck import epubcheck
from judges.inside import letters
from judges.raster import pages, pdf_text, qpdf_check
from judges.reader import Entry, OpenedBook, Picture, open_book
from judges.samples import CHAPTER, dot, write_epub, write_pdf
from judges.tags import tags
from judges.tools import JudgeError, chromium, node_package, program, run_well
from judges.verapdf import verapdf

pytestmark = pytest.mark.judge

PLAIN = "<h1>Lie down</h1><p>Rest.</p>"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Write a right EPUB."""
    return write_epub(tmp_path / "a book.epub")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Write a right PDF."""
    return write_pdf(tmp_path / "a sheet.pdf", PLAIN)


def test_verapdf_tells_right_from_wrong(tmp_path: Path, sheet: Path) -> None:
    """One run of veraPDF passes the right file, names the broken rule, and knows a non-PDF."""
    (tmp_path / "dot.png").write_bytes(dot())
    address = (tmp_path / "dot.png").as_uri()
    wrong = write_pdf(tmp_path / "wrong.pdf", f'{PLAIN}<img src="{address}" alt="">')
    other = tmp_path / "other.pdf"
    other.write_text("no PDF at all", encoding="utf-8")
    verdicts = verapdf([sheet, wrong, other], ["ua1"])
    assert verdicts[sheet] == []
    assert [line.split(":")[0] for line in verdicts[wrong]] == ["ua1 7.3-1 (1x)"]
    assert verdicts[other][0].startswith("cannot be read: ")


def test_verapdf_judges_by_all_that_is_asked(sheet: Path) -> None:
    """A PDF that keeps one standard and not the other is told apart in the same run."""
    (path,) = verapdf([sheet], ["ua1", "2a"]).values()
    assert {line.split()[0] for line in path} == {"2a"}


def test_verapdf_refuses_an_unknown_flavour(sheet: Path) -> None:
    """A flavour that veraPDF does not know is an error, not a guess."""
    with pytest.raises(JudgeError, match="unknown flavour ua9"):
        verapdf([sheet], ["ua1", "ua9"])


def test_epubcheck_tells_right_from_wrong(tmp_path: Path, book: Path) -> None:
    """One run of EPUBCheck passes the right book, names what is missing, and knows half a zip."""
    wrong = write_epub(tmp_path / "wrong.epub", CHAPTER.replace("dot.png", "gone.png"))
    half = tmp_path / "half.epub"
    half.write_bytes(book.read_bytes()[: book.stat().st_size // 2])
    verdicts = epubcheck([book, wrong, half])
    assert verdicts[book] == []
    assert [line[:28] for line in verdicts[wrong]] == ["ERROR RSC-007 rest.xhtml:5: "]
    assert any(line.startswith("FATAL") for line in verdicts[half])


def test_ace_passes_a_right_book(book: Path) -> None:
    """Ace has no objection to the right book."""
    assert ace(book) == []


def test_ace_misses_the_text_of_a_picture(tmp_path: Path) -> None:
    """Ace names the picture that has no alternative text."""
    wrong = write_epub(tmp_path / "wrong.epub", CHAPTER.replace('alt="A dot"', ""))
    (line,) = ace(wrong)
    assert line.startswith("critical image-alt rest.xhtml: ")


def test_a_reader_opens_a_right_book(book: Path) -> None:
    """The reader finds title, language, nested contents, picture and font of the right book."""
    assert open_book(book) == OpenedBook(
        title="A Book of Rest",
        language="en",
        contents=(Entry("Rest", "rest.xhtml", (Entry("Lying", "rest.xhtml#rest", ()),)),),
        sections=2,
        pictures=(Picture("A dot", 8, 8),),
        broken=(),
        fonts=frozenset({"Atkinson"}),
        faults=(),
    )


def test_a_reader_shows_what_is_broken(tmp_path: Path) -> None:
    """The reader tells a section that is malformed, and a picture that is missing."""
    chapter = f'{CHAPTER}<img src="gone.png" alt="Gone"/><p>'
    opened = open_book(write_epub(tmp_path / "wrong.epub", chapter))
    assert [picture.alt for picture in opened.broken] == ["Gone"]
    (fault,) = opened.faults
    assert "error on line 5 " in fault


def test_a_reader_shows_who_reaches_out(tmp_path: Path) -> None:
    """The reader tells a picture that is asked for from elsewhere."""
    chapter = f'{CHAPTER}<img src="http://127.0.0.1:9/far.png" alt="Far"/>'
    opened = open_book(write_epub(tmp_path / "wrong.epub", chapter))
    assert [picture.alt for picture in opened.broken] == ["Far"]
    assert opened.faults[0] == "asks for http://127.0.0.1:9/far.png"


def test_a_reader_refuses_what_is_no_book(tmp_path: Path) -> None:
    """A file that the reader cannot open is an error that names it."""
    other = tmp_path / "other.epub"
    other.write_text("no book at all", encoding="utf-8")
    with pytest.raises(JudgeError, match=r"other\.epub"):
        open_book(other)


def test_pages_are_drawn_as_they_are(tmp_path: Path) -> None:
    """A page is drawn at the size and in the colours that it has, and in grey on demand."""
    half = '<div style="height: 50pt; background: #ff0000"></div>'
    path = write_pdf(tmp_path / "half.pdf", half + '<p style="break-before: page">Next</p>')
    first, second = pages(path, dpi=72)
    assert first.shape == second.shape == (100, 100, 3)
    assert tuple(first[10, 50]) == (255, 0, 0)
    assert tuple(first[90, 50]) == (255, 255, 255)
    grey, _ = pages(path, dpi=144, grey=True)
    assert grey.shape == (200, 200)
    assert np.all(grey[150] == 255)
    assert np.all(grey[20] < 150)


def test_text_is_read_page_by_page(tmp_path: Path) -> None:
    """The text of each page is found, and a form feed after it."""
    path = write_pdf(tmp_path / "two.pdf", '<p>One</p><p style="break-before: page">30–60 s</p>')
    assert pdf_text(path).split("\f") == ["One\n\n", "30–60 s\n\n", ""]


def test_tags_are_read_as_others_read_them(tmp_path: Path) -> None:
    """Our own reading of the tags finds the words that poppler finds, and where they stand."""
    table = "<table><tr><th>Week</th><td>One – “two”</td></tr></table>"
    steps = '<ol style="break-before: page"><li>Lie <b>down</b>.</li><li>Fine &amp; well.</li></ol>'
    path = write_pdf(tmp_path / "tagged.pdf", PLAIN + table + steps)
    root = tags(path)
    spoken = run_well([program("pdfinfo", "poppler-utils"), "-struct-text", "-enc", "UTF-8", path])
    quoted = [line.strip()[1:-1] for line in spoken.splitlines() if line.strip().startswith('"')]
    assert root.words.replace(" ", "") == "".join(quoted).replace(" ", "")
    assert [tag.words for tag in root.find("H1", "TH", "LBody")] == [
        "Lie down",
        "Week",
        "Lie down .",
        "Fine & well.",
    ]
    assert [tag.pages for tag in root.find("H1", "LBody")] == [(1,), (2,), (2,)]


def test_letters_have_their_line_and_colour(tmp_path: Path) -> None:
    """Pieces of one line are known as such, each with its size, colour and place."""
    style = "font-size: 20pt; color: #9a3322"
    rise = '<p>Rise <span style="color: #9a3322">up</span></p>'
    path = write_pdf(tmp_path / "sizes.pdf", f'<p>Rest <b style="{style}">now</b></p>{rise}')
    first, second, third, fourth = letters(path)
    words = [piece.text.strip() for piece in (first, second, third, fourth)]
    assert words == ["Rest", "now", "Rise", "up"]
    assert (third.line, third.font, third.size) == (fourth.line, fourth.font, fourth.size)
    assert (fourth.colour, first.colour) == (second.colour, third.colour) != (third.colour,) * 2
    assert first.line == second.line != third.line
    assert (round(second.size), second.page) == (20, 1)
    assert contrast(hexadecimal(second.colour), hexadecimal("#9a3322")) < 1.02
    assert first.box[2] <= second.box[0] + 0.1
    assert first.box[3] <= third.box[1] + 5


def test_contrast_is_that_of_the_drawn_page(tmp_path: Path) -> None:
    """Text is held against what is drawn behind it, wherever its colour comes from."""
    words = '<p style="color: #777777">Grey</p>'
    box = '<p style="background: black; color: #777777">Grey on black</p>'
    path = write_pdf(tmp_path / "grey.pdf", f"<p>Black</p>{words}{box}")
    found = {piece.text: ratio for piece, ratio in contrasts(path, letters(path))}
    assert found["Black"] == pytest.approx(21)
    assert found["Grey"] == pytest.approx(4.48, abs=0.06)
    assert found["Grey on black"] == pytest.approx(4.69, abs=0.06)


def test_qpdf_tells_sound_from_cut(tmp_path: Path, sheet: Path) -> None:
    """Sound syntax passes, and a file that lost its end does not."""
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(sheet.read_bytes()[:-200])
    assert qpdf_check(sheet) == []
    assert qpdf_check(cut)


def test_a_missing_tool_is_an_error_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge whose tool is missing says what to type; it never passes in silence."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("judges.tools.TOOLS", Path("/nowhere"))
    with pytest.raises(JudgeError, match="apt-get install qpdf"):
        program("qpdf", "qpdf")
    with pytest.raises(JudgeError, match="apt-get install chromium"):
        chromium()
    with pytest.raises(JudgeError, match="scripts/setup test"):
        node_package("foliate-js")
