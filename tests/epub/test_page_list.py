"""The pages of the printed book in the e-book."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from pypdfium2 import PdfDocument

import small
from packages import forks
from workshop_builder import build, load

pytestmark = forks
BOTH = "{book: {}, epub: {}}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def marks(folder: Path) -> dict[int, str]:
    """Return the words behind each mark of a page, to which the list of pages leads."""
    with zipfile.ZipFile(folder / "rest.epub") as book:
        trees = {
            name.removeprefix("EPUB/"): etree.fromstring(book.read(name))
            for name in book.namelist()
            if name.endswith(".xhtml")
        }
    links = trees["nav.xhtml"].findall(".//{*}nav[@id='page-list']//{*}a")
    found = {}
    for link in links:
        file, _, name = str(link.get("href")).partition("#")
        (mark,) = trees[file].xpath(f"//*[@id='{name}']")
        assert (mark.get(EPUB_TYPE), mark.get("aria-label")) == ("pagebreak", link.text)
        found[int(link.text)] = " ".join("".join(mark.getparent().itertext()).split())
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the book and the e-book of a small workshop; return their folder."""
    folder = tmp_path_factory.mktemp("pages")
    long = small.CHAPTER + "".join(f"\n\nParagraph {n}. " + "Rest. " * 90 for n in range(20))
    place = small.write(folder / "source", BOTH, {"chapters/01-lie-down.md": long})
    build(load(place), folder / "dist")
    return folder / "dist"


def test_the_e_book_tells_the_pages_of_the_printed_one(made: Path) -> None:
    """Each page in the list begins with words that stand on that page of the printed book."""
    found = marks(made)
    with PdfDocument(made / "rest-book.pdf") as book:
        pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in book]
    assert len(found) >= 3
    for number, words in found.items():
        assert re.sub(r"\s", "", words)[:12] in pages[number - 1], number


def test_an_e_book_alone_tells_the_same_pages(made: Path, tmp_path: Path) -> None:
    """The e-book has the same bytes where the printed book is not asked for."""
    build(load(made.parent / "source"), tmp_path, only=("epub",))
    assert [path.name for path in tmp_path.glob("*.pdf")] == []
    assert (tmp_path / "rest.epub").read_bytes() == (made / "rest.epub").read_bytes()
