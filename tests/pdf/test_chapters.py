"""A book by its chapters: what comes out is the book laid out whole, and what is kept is used."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from small import EXERCISE, write
from workshop_builder import load
from workshop_builder.model.products import select_targets
from workshop_builder.output.store import CHAPTERS
from workshop_builder.pages import stylesheets
from workshop_builder.pages.labels import Labels
from workshop_builder.pages.render import Renderer
from workshop_builder.pdf.chapters import bound
from workshop_builder.pdf.engine import PdfEngine
from workshop_builder.pdf.served_files import Resource
from workshop_builder.preview.builder import drafts

DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 50" width="90" height="50">
<path d="M5 45L40 5L85 45Z" fill="#c62"/></svg>"""
SETTINGS = "{book: {editions: [standard, large-print]}}"


def _manuscript(chance: random.Random, chapters: int = 2) -> dict[str, str]:
    """Return chapters of any length that refer to each other, with figures, notes and a table."""
    names = [f"chapters/{number:02}-part.md" for number in range(2, chapters + 2)]

    def paragraph() -> str:
        to = Path(chance.choice(names)).name
        return f"{'word ' * chance.randint(5, 90)} [see there]({to}) and more.[^a]\n\n"

    def chapter(number: int) -> str:
        figure = "![A hill](../pictures/hill.svg)\n\n" * chance.randint(0, 2)
        rows = "| a | b |\n|---|---|\n| one | [two](02-part.md) |\n\n" * chance.randint(0, 1)
        text = "".join(paragraph() + chance.choice((figure, rows)) for _ in range(3))
        return f"---\ntitle: Part {number}\n---\n\n## Begin\n\n{text}[^a]: A note.\n"

    return {name: chapter(number) for number, name in enumerate(names)}


class _Book:
    """A small workshop's book, or another product of it."""

    def __init__(self, source: Path, edition: str = "standard", product: str = "book") -> None:
        workshop = load(source)
        (self.target,) = select_targets(workshop, (product,), (edition,))
        self.page = Renderer(workshop, self.target, Labels(workshop.language)).page()
        self.styles = stylesheets.for_target(workshop, self.target)
        self.engine = PdfEngine({"pictures/hill.svg": Resource(DRAWING, "image/svg+xml")})

    def whole(self) -> tuple[bytes, drafts.LayoutRecord]:
        layouts: list[drafts.LayoutRecord] = []

        def note(document: object, _: object) -> None:
            layouts.append(drafts.record_layout(document))

        pdf = self.engine.make_pdf(self.page, self.target, self.styles, note)
        return pdf.data, layouts[0]

    def bound(self, jobs: int = 1, *, keep: bool = False) -> bound.Bound:
        store, note = CHAPTERS if keep else None, drafts.record_layout
        made = bound.bind(self.engine, self.page, self.target, self.styles, store, jobs, note)
        assert made is not None, "it was not made by chapters"
        return made

    def joined(self, *, keep: bool = False) -> bytes:
        return self.bound(keep=keep).data


def _source(folder: Path, seed: int) -> Path:
    files = _manuscript(random.Random(seed)) | {"pictures/hill.svg": DRAWING.decode()}
    return write(folder, SETTINGS, files)


@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_joined_chapters_are_the_whole_book(tmp_path: Path, edition: str) -> None:
    """Chapters laid out by themselves, two at a time, join to the bytes of the book as a whole.

    The preview's drafts also know the same of its pages.
    """
    book = _Book(_source(tmp_path, 1), edition)
    made = book.bound(2)
    assert (made.data, drafts.joined_layout(made.noted)) == book.whole()


def test_what_is_kept_is_used_and_nothing_else_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With chapters kept, an edited book has the bytes of one made anew, and little is made."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    source = _source(tmp_path / "source", 2)
    _Book(source).joined(keep=True)
    before = _kept()
    assert before
    path = source / "chapters/03-part.md"
    path.write_text(path.read_text().replace("word", "sword", 1))
    edited = _Book(source)
    anew = edited.joined()
    assert edited.joined(keep=True) == anew
    assert 1 <= len(_kept() - before) <= 3
    damaged = min(_kept())
    damaged.write_bytes(damaged.read_bytes()[:-9])
    assert edited.joined(keep=True) == anew


def _kept() -> set[Path]:
    assert CHAPTERS.folder is not None
    return set(CHAPTERS.folder.iterdir())


def test_another_engine_lays_the_book_out_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No chapter is laid out by itself with a version whose inner functions we do not know."""
    book = _Book(_source(tmp_path, 1))
    monkeypatch.setattr("weasyprint.__version__", "another")
    assert bound.bind(book.engine, book.page, book.target, book.styles, None, 1) is None


def test_a_style_that_reaches_over_chapters_has_the_book_laid_out_whole(tmp_path: Path) -> None:
    """An element that stands on all pages is no chapter's own."""
    reaching = ".chapter:last-child { position: fixed; bottom: 0 }"
    write(tmp_path, SETTINGS, {"styles/book.css": reaching})
    book = _Book(tmp_path)
    assert bound.bind(book.engine, book.page, book.target, book.styles, None, 1) is None


def test_the_number_of_all_pages_is_told_to_each_chapter(tmp_path: Path) -> None:
    """A book that prints how many pages it has is laid out by chapters, with the same bytes."""
    source = _source(tmp_path, 1)
    counting = "@page { @bottom-center { content: counter(page) ' of ' counter(pages) } }"
    write(source, SETTINGS, {"styles/book.css": counting + " .chapter { break-before: page }"})
    book = _Book(source)
    assert book.joined() == book.whole()[0]


@pytest.mark.parametrize("product", ["cards", "slides"])
def test_cards_and_slides_are_kept_by_their_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, product: str
) -> None:
    """Pages laid out by themselves, at the scale of all, are the whole; a word makes one anew."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    names = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    exercises = {f"exercises/{name}.md": EXERCISE.replace("Rest", name.title()) for name in names}
    source = write(tmp_path / "source", f"{{{product}: {{}}}}", exercises)
    first = _Book(source, product=product)
    assert first.joined(keep=True) == first.whole()[0]
    before = _kept()
    path = source / "exercises/five.md"
    path.write_text(path.read_text() + "2. Let it all go again.\n")
    edited = _Book(source, product=product)
    assert edited.joined(keep=True) == edited.whole()[0]
    assert 1 <= len(_kept() - before) <= 6
