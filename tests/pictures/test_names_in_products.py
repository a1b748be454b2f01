"""Pictures of every name that phones, Macs and people give, in each product."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pypdfium2
import pytest
from lxml import html
from PIL import Image

import small
from workshop_builder import build, load

NAMES = (
    "cat cow.png",
    "Käse ü.png",
    unicodedata.normalize("NFD", "Rücken.png"),
    "a (1).png",
    "100%.png",
    "%41.png",
    "A.png",
    "a#b.png",
    "what?.png",
    "you & me.png",
    'a"b.png',
    "child's.png",
    "b%20c.png",
    "b c.png",
    "Cat.png",
    "cat.png",
    "cat.jpg",
    "cat.jpeg",
    "old/pose.png",
    "pose.png",
    "IMG_1234 (2) – Kopie.JPG",
    "PXL_20240101_123456.MP~2.jpg",
    "背 伸び.png",
    "🧘.png",
    "a+b=c;d,e.png",
    "[x]{y}$5!@^.png",
    "a<b>.png",
    "x:y.png",
)
COLOURS = tuple((n * 53 % 256, n * 97 % 256, n * 29 % 256) for n in range(len(NAMES)))
CHAPTER = "---\ntitle: Pictures\n---\n\nAfter [the first](02%20b%20(2).md).\n\n"
EXERCISE = (
    "---\nname: Sit\nhold: 1 min\nfrequency: daily\npicture: child's.png\nalt: A child.\n"
    "caution: Not on a cold floor.\n---\n\n1. Sit.\n"
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a workshop with a picture of each name, each of another colour, in a chapter."""
    source = tmp_path_factory.mktemp("names") / "source"
    shown = [f"![Picture {n}.](../pictures/{quote(name)})\n\n" for n, name in enumerate(NAMES)]
    more = {
        "chapters/01 Über uns & mehr (2).md": CHAPTER + "".join(shown),
        "chapters/02 b (2).md": "---\ntitle: B\n---\n\n[Back](<01 Über uns & mehr (2).md>).\n",
        "exercises/child's pose (2).md": EXERCISE,
    }
    small.write(source, "{book: {}, take-home: {}, epub: {}, website: {}}", more)
    for name, colour in zip(NAMES, COLOURS, strict=True):
        path = source / "pictures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (32, 32), colour).save(path, "PNG")
    build(load(source), source.parent / "out")
    return source.parent / "out"


def test_the_book_shows_each_picture_in_its_place(package: Path) -> None:
    """On paper the pictures stand in the order of the chapter, whatever they are called."""
    with pypdfium2.PdfDocument(package / "rest-book.pdf") as document:
        drawn = [_corner(image.get_bitmap().to_pil()) for image in _images(document)]
    assert drawn[: len(NAMES)] == list(COLOURS)


def test_the_ebook_shows_each_picture_in_its_place(package: Path) -> None:
    """In the e-book too; no two of its files have one name on a disk that knows no capitals."""
    with zipfile.ZipFile(package / "rest.epub") as book:
        names = book.namelist()
        chapter = next(name for name in names if "chapter-01-Über" in name)
        shown = _pictures(book.read(chapter))
        drawn = [_corner(Image.open(io.BytesIO(book.read(f"EPUB/{name}")))) for name in shown]
        second = book.read(next(name for name in names if "chapter-02" in name)).decode()
    assert drawn == list(COLOURS)
    assert len({name.casefold() for name in names}) == len(names)
    assert 'href="chapter-01-Über-uns-mehr-2.xhtml"' in second


def test_the_website_shows_the_picture_of_an_exercise(package: Path) -> None:
    """The page of an exercise with an apostrophe in its name shows the picture with one."""
    page = package / "site" / "exercises" / "child-s-pose-2.html"
    (address,) = _pictures(page.read_bytes())
    assert _corner(Image.open(page.parent / address)) == COLOURS[NAMES.index("child's.png")]


def _images(document: pypdfium2.PdfDocument) -> Iterator[pypdfium2.PdfImage]:
    for page in document:
        found = page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))
        yield from (each for each in found if isinstance(each, pypdfium2.PdfImage))


def _pictures(page: bytes) -> list[str]:
    """Return the paths of the pictures of a page."""
    return [unquote(str(image.get("src"))) for image in html.fromstring(page).iter("img")]


def _corner(picture: Image.Image) -> tuple[int, ...]:
    colour = picture.convert("RGB").getpixel((1, 1))
    assert isinstance(colour, tuple)
    return colour
