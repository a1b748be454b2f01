"""The kiln of the preview: a process that makes what was saved, and survives whatever was."""

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
from workshop_builder.preview.messages import Changed, Faults, Look, Rest, Shown, Tabs
from workshop_builder.source.folder import Folder

pytestmark = forks

PRODUCTS = "{take-home: {pages: 1}, book: {}, epub: {}}"
EXERCISE = "exercises/rest.md"
CHAPTER = "chapters/01-lie-down.md"


@dataclass
class Kiln:
    """A kiln at work, and what it has said."""

    folder: Path
    pipe: Any
    process: BaseProcess
    heard: list[Any] = field(default_factory=list)

    def hear(self, enough: Callable[[Any], bool], seconds: float = 60) -> list[Any]:
        """Listen until a message is `enough`; return all that came meanwhile."""
        heard: list[Any] = []
        until = time.monotonic() + seconds
        while not heard or not enough(heard[-1]):
            assert self.pipe.poll(max(0.0, until - time.monotonic())), heard
            heard.append(self.pipe.recv())
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
        self.pipe.send(Changed())

    def saved(self, *files: tuple[str, str | None]) -> list[Any]:
        """Save, and return what the kiln says until all is made."""
        self.save(*files)
        return self.hear(lambda message: isinstance(message, Rest))

    def settle(self) -> None:
        """Listen until the kiln has said nothing for a while, and rests."""
        last: Any = None
        while not isinstance(last, Rest) or self.pipe.poll(0.3):
            last = self.pipe.recv()


def start(folder: Path) -> Kiln:
    """Start a kiln for the folder, as the server does."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=builder.run, args=(folder, theirs))
    process.start()
    theirs.close()
    return Kiln(folder, ours, process)


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiln]:
    """Start a kiln for the small workshop and wait until it has made everything."""
    folder = small.write(tmp_path_factory.mktemp("kiln") / "rest", PRODUCTS)
    found = start(folder)
    found.heard = found.hear(lambda message: isinstance(message, Rest))
    yield found
    found.pipe.close()
    found.process.join(10)
    found.process.kill()


def shown(messages: list[Any], product: str = "") -> list[Shown]:
    """Return what was shown, of one product or of all."""
    return [m for m in messages if isinstance(m, Shown) and product in ("", m.product)]


def faults(messages: list[Any]) -> list[tuple[str, ...]]:
    """Return what was told to be wrong, each time."""
    return [message.lines for message in messages if isinstance(message, Faults)]


def words(pdf: bytes) -> str:
    """Return the words of a PDF, with single blanks."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def test_all_products_come_by_themselves(warm: Kiln) -> None:
    """A kiln that has just started tells the tabs in their order, and shows each as a file."""
    tabs = next(message for message in warm.heard if isinstance(message, Tabs))
    assert tabs.title == "Rest well"
    assert [(tab.product, tab.format, tab.file) for tab in tabs.tabs] == [
        ("take-home", "pdf", "rest-take-home.pdf"),
        ("book", "pdf", "rest-book.pdf"),
        ("epub", "epub", "rest.epub"),
    ]
    assert faults(warm.heard) == [()]
    made = shown(warm.heard)
    assert made[0].product == "take-home"
    assert {name for each in made for name in each.files} == {tab.file for tab in tabs.tabs}
    assert not any(each.draft for each in made)
    for each in (each for each in made if each.product != "epub"):
        assert {sheet.pdf for sheet in each.sheets} == set(each.pdfs)
        assert list(each.pdfs.values()) == list(each.files.values())


def test_a_save_shows_a_draft_and_then_the_file(warm: Kiln) -> None:
    """What is looked at comes first, as a draft with the new words; its file comes soon after."""
    warm.pipe.send(Look("take-home"))
    heard = shown(warm.saved((EXERCISE, small.EXERCISE.replace("slowly", "like a calm sea"))))
    sheet = [each for each in heard if each.product == "take-home"]
    assert heard[0] is sheet[0]
    assert [each.draft for each in sheet] in ([True, False], [False])
    assert not (sheet[0].draft and sheet[0].files)
    for each in sheet:
        assert "like a calm sea" in words(next(iter(each.pdfs.values())))


def test_only_what_changes_is_made(warm: Kiln) -> None:
    """A chapter's new words make the book anew, and not the sheet that has none of them."""
    heard = shown(warm.saved((CHAPTER, small.CHAPTER.replace("floor", "soft floor"))))
    assert {each.product for each in heard} == {"book", "epub"}
    assert warm.saved() == [Rest()]


def test_what_is_looked_at_comes_first(warm: Kiln) -> None:
    """The product that is looked at is shown before those that stand before it."""
    warm.pipe.send(Look("book"))
    heard = shown(warm.saved((EXERCISE, small.EXERCISE.replace("slowly", "with a sigh"))))
    assert heard[0].product == "book"
    warm.pipe.send(Look("take-home"))


def test_a_mistake_is_told_in_the_words_of_the_build(warm: Kiln) -> None:
    """A broken file gives the build's own line and shows nothing new; a mended one clears it."""
    broken = warm.saved((EXERCISE, small.EXERCISE.replace("hold:", "hodl:")))
    with pytest.raises(SourceError) as error:
        load(warm.folder)
    assert faults(broken) == [tuple(str(problem) for problem in error.value.problems)]
    assert not shown(broken)
    assert faults(warm.saved((EXERCISE, small.EXERCISE))) == [()]


def test_a_product_that_cannot_be_made_stops_no_other(warm: Kiln) -> None:
    """A sheet that grows too long is a line of faults, and the book shows the new words."""
    steps = "".join(f"{n}. Breathe in, wait, breathe out, and wait again.\n" for n in range(3, 75))
    long = warm.saved((EXERCISE, small.EXERCISE + steps))
    (line,) = faults(long)[-1]
    assert line.startswith("workshop.yaml:")
    assert "rest-take-home.pdf takes" in line
    assert "book" in {each.product for each in shown(long) if each.files}
    assert "take-home" not in {each.product for each in shown(long)}
    assert faults(warm.saved((EXERCISE, small.EXERCISE)))[-1] == ()


def test_a_template_that_fails_is_a_line(warm: Kiln) -> None:
    """A studio's template that throws, or never ends in memory, is told, and the kiln lives."""
    for bad in ("{{ nothing.at.all }}", "{{ 'x' * (10 ** 11) }}"):
        heard = warm.saved(("templates/take-home.html", bad))
        assert faults(heard)[-1]
        assert "take-home" in faults(heard)[-1][0]
    assert faults(warm.saved(("templates/take-home.html", None)))[-1] == ()


def test_files_that_vanish_in_the_middle(warm: Kiln) -> None:
    """Files that come and go while they are read and made do the kiln no harm."""
    for number in range(10):
        warm.save((f"exercises/more-{number}.md", small.EXERCISE.replace("Rest", f"More {number}")))
        time.sleep(0.01)
        warm.save((f"exercises/more-{number}.md", None))
    warm.settle()
    settings = warm.folder / "workshop.yaml"
    text = settings.read_text(encoding="utf-8")
    gone = warm.saved(("workshop.yaml", None))
    assert "there is no workshop.yaml here" in faults(gone)[-1][0]
    back = warm.saved(("workshop.yaml", text))
    assert faults(back)[-1] == ()


def test_settings_that_vanish_while_the_folder_is_read() -> None:
    """A workshop.yaml that went between listing and reading is told as what it is."""
    gone = Problem("workshop.yaml", 0, "cannot be read; check the file")
    with pytest.raises(SourceError) as error:
        loading.from_folder(Folder("rest", {CHAPTER: small.CHAPTER.encode()}, (gone,)))
    assert error.value.problems == (gone,)


def test_a_website_offers_what_was_made(warm: Kiln) -> None:
    """A new product gets a tab; a website comes behind all others, and holds their files."""
    settings = small.SETTINGS.format(products="{take-home: {pages: 1}, website: {}}")
    words_of_its_own = small.EXERCISE.replace("slowly", "all the way")
    heard = warm.saved(("workshop.yaml", settings), (EXERCISE, words_of_its_own))
    tabs = next(message for message in heard if isinstance(message, Tabs))
    assert [tab.format for tab in tabs.tabs] == ["pdf", "site"]
    site = shown(heard, "website")[-1]
    sheet = next(each.files for each in shown(heard, "take-home") if each.files)
    assert b"Rest well" in site.files["index.html"]
    assert site.files["downloads/rest-take-home.pdf"] == sheet["rest-take-home.pdf"]
    assert isinstance(heard[-2], Shown)
    assert heard[-2].product == "website"
    warm.saved(("workshop.yaml", small.SETTINGS.format(products=PRODUCTS)))


def test_two_hundred_quick_saves(warm: Kiln) -> None:
    """Under one save after the other something new is shown again and again, and the last at last.

    No save waits for the kiln, and in between some files are broken.
    """
    warm.pipe.send(Look("take-home"))
    for number in range(200):
        text = small.EXERCISE.replace("slowly", f"{number} times")
        warm.save((EXERCISE, text.replace("hold:", "hodl:") if number % 20 == 5 else text))
        time.sleep(0.01)
    heard = warm.hear(
        lambda m: (
            isinstance(m, Shown)
            and "rest-take-home.pdf" in m.files
            and "199 times" in words(m.files["rest-take-home.pdf"])
        )
    )
    warm.settle()
    assert len(shown(heard, "take-home")) > 3
    assert not faults(heard) or faults(heard)[-1] == ()


def test_an_interrupt_is_left_to_the_server(warm: Kiln) -> None:
    """Ctrl-C, which a terminal sends to all at once, does not end the kiln."""
    os.kill(warm.process.pid or 0, signal.SIGINT)
    assert Rest() in warm.saved((EXERCISE, small.EXERCISE))


def test_it_ends_with_its_pipe(warm: Kiln) -> None:
    """A kiln whose server is gone ends in the middle of its work, and its jobs with it."""
    warm.save((EXERCISE, small.EXERCISE.replace("slowly", "out")))
    number = warm.process.pid or 0
    assert eventually(lambda: bool(children(number)))
    jobs = children(number)
    warm.pipe.close()
    warm.process.join(10)
    assert warm.process.exitcode == 0
    assert not any(Path("/proc", str(job)).exists() for job in jobs)


def test_it_ends_on_request(tmp_path: Path) -> None:
    """A kiln that is told to end by a signal leaves none of its jobs behind."""
    found = start(small.write(tmp_path / "rest", PRODUCTS))
    number = found.process.pid or 0
    assert eventually(lambda: bool(children(number)))
    jobs = children(number)
    found.process.terminate()
    found.process.join(10)
    assert found.process.exitcode == -signal.SIGTERM
    assert eventually(lambda: not any(Path("/proc", str(job)).exists() for job in jobs))
