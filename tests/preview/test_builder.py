"""The build process of the preview: it makes what was saved, and survives whatever was."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import small
from packages import forks
from processes import children, eventually
from workshop_builder import load
from workshop_builder.errors import Problem, SourceError
from workshop_builder.loading import load as loading
from workshop_builder.preview.builder import process as builder
from workshop_builder.preview.messages import (
    Idle,
    ProblemLines,
    ProductUpdate,
    ProductViewed,
    RemarkLines,
    SourceChanged,
    Tabs,
)
from workshop_builder.source.folder import Folder

pytestmark = forks

PRODUCTS = "{take-home: {pages: 1}, book: {}, epub: {}}"
EXERCISE = "exercises/rest.md"
CHAPTER = "chapters/01-lie-down.md"


@dataclass
class Builder:
    """A build process at work, and what it has sent."""

    folder: Path
    pipe: Any
    process: BaseProcess
    heard: list[Any] = field(default_factory=list)
    remarks: list[RemarkLines] = field(default_factory=list)
    """They come when all is made, at a time of their own."""

    def hear(self, enough: Callable[[Any], bool], seconds: float = 180) -> list[Any]:
        """Listen until a message is `enough`; return all that came meanwhile."""
        heard: list[Any] = []
        until = time.monotonic() + seconds
        while not heard or not enough(heard[-1]):
            assert self.pipe.poll(max(0.0, until - time.monotonic())), heard
            self._take(heard)
        return heard

    def _take(self, heard: list[Any]) -> None:
        message = self.pipe.recv()
        (self.remarks if isinstance(message, RemarkLines) else heard).append(message)

    def waiting(self) -> list[Any]:
        """Return the messages that have come and were not read yet."""
        heard: list[Any] = []
        while self.pipe.poll():
            self._take(heard)
        return heard

    def save(self, *files: tuple[str, str | None]) -> None:
        """Write files of the folder, or take them away, and say that something has changed."""
        for name, text in files:
            path = self.folder / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        self.pipe.send(SourceChanged())

    def saved(self, *files: tuple[str, str | None]) -> list[Any]:
        """Save, and return what the process sends until all is made."""
        self.save(*files)
        return self.hear(lambda message: isinstance(message, Idle))

    def settle(self) -> list[Any]:
        """Listen until the build process is idle, and has sent nothing for a while."""
        heard: list[Any] = []
        while not heard or not isinstance(heard[-1], Idle) or self.pipe.poll(0.3):
            self._take(heard)
        return heard


def start(folder: Path) -> Builder:
    """Start a build process for the folder, as the server does."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=builder.run, args=(folder, theirs))
    process.start()
    theirs.close()
    return Builder(folder, ours, process)


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """Start a build process for the small workshop and wait until it has made everything."""
    folder = small.write(tmp_path_factory.mktemp("warm") / "rest", PRODUCTS)
    found = start(folder)
    found.heard = found.hear(lambda message: isinstance(message, Idle))
    yield found
    found.pipe.close()
    found.process.join(10)
    found.process.kill()


def updates(messages: list[Any], product: str = "") -> list[ProductUpdate]:
    """Return the updates of one product, or of all."""
    return [m for m in messages if isinstance(m, ProductUpdate) and product in ("", m.product)]


def problems(messages: list[Any]) -> list[tuple[str, ...]]:
    """Return what was reported to be wrong, each time."""
    return [message.lines for message in messages if isinstance(message, ProblemLines)]


def words(pdf: bytes) -> str:
    """Return the words of a PDF, with single blanks."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def test_all_products_come_by_themselves(warm: Builder) -> None:
    """A process that has just started sends the tabs in their order, and a file for each."""
    tabs = next(message for message in warm.heard if isinstance(message, Tabs))
    assert tabs.title == "Rest well"
    assert [(tab.product, tab.format, tab.file) for tab in tabs.tabs] == [
        ("take-home", "pdf", "rest-take-home.pdf"),
        ("book", "pdf", "rest-book.pdf"),
        ("epub", "epub", "rest.epub"),
    ]
    assert problems(warm.heard) == [()]
    made = updates(warm.heard)
    assert made[0].product == "take-home"
    assert {name for each in made for name in each.files} == {tab.file for tab in tabs.tabs}
    assert not any(each.is_draft for each in made)
    for each in (each for each in made if each.product != "epub"):
        assert {page.pdf for page in each.pages} == set(each.pdfs)
        assert list(each.pdfs.values()) == list(each.files.values())


def test_a_save_shows_a_draft_and_then_the_file(warm: Builder) -> None:
    """What is viewed comes first, as a draft with the new words; its file comes soon after."""
    warm.pipe.send(ProductViewed("take-home"))
    heard = updates(warm.saved((EXERCISE, small.EXERCISE.replace("slowly", "like a calm sea"))))
    viewed = [each for each in heard if each.product == "take-home"]
    assert heard[0] is viewed[0]
    assert [each.is_draft for each in viewed] in ([True, False], [False])
    assert not (viewed[0].is_draft and viewed[0].files)
    for each in viewed:
        assert "like a calm sea" in words(next(iter(each.pdfs.values())))


def test_only_what_changes_is_made(warm: Builder) -> None:
    """A chapter's new words make the book anew, and not the sheet that has none of them."""
    heard = updates(warm.saved((CHAPTER, small.CHAPTER.replace("floor", "soft floor"))))
    assert {each.product for each in heard} == {"book", "epub"}
    assert warm.saved() == [Idle()]


def test_what_is_viewed_comes_first(warm: Builder) -> None:
    """The product that is viewed is made before those whose tabs come before its own."""
    warm.pipe.send(ProductViewed("book"))
    heard = updates(warm.saved((EXERCISE, small.EXERCISE.replace("slowly", "with a sigh"))))
    assert heard[0].product == "book"
    warm.pipe.send(ProductViewed("take-home"))


def test_remarks_follow_what_is_made(warm: Builder) -> None:
    """What `workshop check` says is told when all is made, and again when it says otherwise."""
    assert eventually(lambda: warm.waiting() == [] and bool(warm.remarks))
    first = warm.remarks[-1].lines
    assert any(line.endswith("(no-picture)") for line in first)
    warm.saved((CHAPTER, "---\ntitle: Lie down\n---\n\nThis stretch cures back pain.\n"))
    assert eventually(lambda: warm.waiting() == [] and warm.remarks[-1].lines != first)
    (new,) = set(warm.remarks[-1].lines) - set(first)
    assert new.startswith(f"{CHAPTER}:5: ")
    assert new.endswith("(cure-promised)")


def test_a_mistake_is_reported_in_the_words_of_the_build(warm: Builder) -> None:
    """A broken file gives the build's own line and shows nothing new; a mended one clears it."""
    broken = warm.saved((EXERCISE, small.EXERCISE.replace("hold:", "hodl:")))
    with pytest.raises(SourceError) as error:
        load(warm.folder)
    assert problems(broken) == [tuple(str(problem) for problem in error.value.problems)]
    assert not updates(broken)
    assert problems(warm.saved((EXERCISE, small.EXERCISE))) == [()]


def test_a_product_that_cannot_be_made_stops_no_other(warm: Builder) -> None:
    """A sheet that grows too long is a problem, and the book shows the new words."""
    steps = "".join(f"{n}. Breathe in, wait, breathe out, and wait again.\n" for n in range(3, 75))
    long = warm.saved((EXERCISE, small.EXERCISE + steps))
    (line,) = problems(long)[-1]
    assert line.startswith("workshop.yaml:")
    assert "rest-take-home.pdf takes" in line
    assert "book" in {each.product for each in updates(long) if each.files}
    assert "take-home" not in {each.product for each in updates(long)}
    assert problems(warm.saved((EXERCISE, small.EXERCISE)))[-1] == ()


def test_a_template_that_fails_is_a_line(warm: Builder) -> None:
    """A studio's template that fails, or fills the memory, is a problem, and the process lives."""
    for bad in ("{{ nothing.at.all }}", "{{ 'x' * (10 ** 11) }}"):
        heard = warm.saved(("templates/take-home.html", bad))
        assert problems(heard)[-1]
        assert "take-home" in problems(heard)[-1][0]
    assert problems(warm.saved(("templates/take-home.html", None)))[-1] == ()


@pytest.mark.slow
def test_files_that_vanish_in_the_middle(warm: Builder) -> None:
    """Files that come and go while they are read do the build process no harm."""
    for number in range(10):
        warm.save((f"exercises/more-{number}.md", small.EXERCISE.replace("Rest", f"More {number}")))
        time.sleep(0.01)
        warm.save((f"exercises/more-{number}.md", None))
    warm.settle()
    settings = warm.folder / "workshop.yaml"
    text = settings.read_text(encoding="utf-8")
    gone = warm.saved(("workshop.yaml", None))
    assert "there is no workshop.yaml here" in problems(gone)[-1][0]
    back = warm.saved(("workshop.yaml", text))
    assert problems(back)[-1] == ()


def test_settings_that_vanish_while_the_folder_is_read() -> None:
    """A workshop.yaml that went between listing and reading is reported as what it is."""
    gone = Problem("workshop.yaml", 0, "cannot be read; check the file")
    with pytest.raises(SourceError) as error:
        loading.from_folder(Folder("rest", {CHAPTER: small.CHAPTER.encode()}, (gone,)))
    assert error.value.problems == (gone,)


def test_a_website_offers_what_was_made(warm: Builder) -> None:
    """A new product gets a tab; a website comes behind all others, and holds their files."""
    settings = small.SETTINGS.format(products="{take-home: {pages: 1}, website: {}}")
    words_of_its_own = small.EXERCISE.replace("slowly", "all the way")
    heard = warm.saved(("workshop.yaml", settings), (EXERCISE, words_of_its_own))
    tabs = next(message for message in heard if isinstance(message, Tabs))
    assert [tab.format for tab in tabs.tabs] == ["pdf", "site"]
    site = updates(heard, "website")[-1]
    sheet = next(each.files for each in updates(heard, "take-home") if each.files)
    assert b"Rest well" in site.files["index.html"]
    assert site.files["downloads/rest-take-home.pdf"] == sheet["rest-take-home.pdf"]
    assert isinstance(heard[-2], ProductUpdate)
    assert heard[-2].product == "website"
    warm.saved(("workshop.yaml", small.SETTINGS.format(products=PRODUCTS)))


@pytest.mark.slow
def test_two_hundred_quick_saves(warm: Builder) -> None:
    """Saves that wait for nothing, some of them broken, show new pages up to the last.

    Where the machine has much else to do, there are more of them until three were shown.
    """
    warm.pipe.send(ProductViewed("take-home"))
    heard: list[Any] = []
    until = time.monotonic() + 60
    number = 0
    while number < 200 or (len(updates(heard, "take-home")) < 3 and time.monotonic() < until):
        number += 1
        text = small.EXERCISE.replace("slowly", f"{number} times")
        warm.save((EXERCISE, text.replace("hold:", "hodl:") if number % 20 == 5 else text))
        if len(updates(heard, "take-home")) < 3:
            time.sleep(0.01)
            heard += warm.waiting()
    assert len(updates(heard, "take-home")) >= 3
    warm.save((EXERCISE, small.EXERCISE.replace("slowly", "no more")))
    heard += warm.hear(
        lambda m: (
            isinstance(m, ProductUpdate)
            and "rest-take-home.pdf" in m.files
            and "no more" in words(m.files["rest-take-home.pdf"])
        )
    )
    heard += warm.settle()
    assert problems(heard)[-1:] in ([], [()])


def test_an_interrupt_is_left_to_the_server(warm: Builder) -> None:
    """Ctrl-C, which a terminal sends to all at once, does not end the build process."""
    os.kill(warm.process.pid or 0, signal.SIGINT)
    assert Idle() in warm.saved((EXERCISE, small.EXERCISE))


def test_it_ends_with_its_pipe(warm: Builder) -> None:
    """A process whose server is gone ends in the middle of its work, and its jobs with it."""
    warm.save((EXERCISE, small.EXERCISE.replace("slowly", "out")))
    number = warm.process.pid or 0
    assert eventually(lambda: bool(children(number)))
    jobs = children(number)
    warm.pipe.close()
    warm.process.join(10)
    assert warm.process.exitcode == 0
    assert not any(Path("/proc", str(job)).exists() for job in jobs)


@pytest.mark.slow
def test_it_ends_on_request(tmp_path: Path) -> None:
    """A process that is ended by a signal leaves none of its jobs behind."""
    found = start(small.write(tmp_path / "rest", PRODUCTS))
    number = found.process.pid or 0
    assert eventually(lambda: bool(children(number)))
    jobs = children(number)
    found.process.terminate()
    found.process.join(10)
    assert found.process.exitcode == -signal.SIGTERM
    assert eventually(lambda: not any(Path("/proc", str(job)).exists() for job in jobs))
