"""A real reader: what does foliate-js in Chromium make of an EPUB?

The book is turned from its first section to its last, as a person would, and what
the reader then shows is asked of its pages.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Page

from judges.browser import browser
from judges.tools import JudgeError, node_package

SHELL = Path(__file__).with_name("reader.html")
OWN_WARNING = "An iframe which has both allow-scripts and allow-same-origin"
"""What Chromium says of the frames in which foliate-js shows any book."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the reader's contents."""

    label: str
    """The words of the line."""
    href: str
    """The place in the book that it leads to."""
    children: tuple[Entry, ...]
    """The lines below it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture, as the reader shows it."""

    alt: str
    """What is said in its place."""
    width: int
    """Its own width in pixels; 0 where it could not be shown."""
    height: int
    """Its own height in pixels; 0 where it could not be shown."""


@dataclass(frozen=True, slots=True)
class OpenedBook:
    """What the reader knows of a book after showing all of it."""

    title: str
    """The title of the book."""
    language: str
    """Its language, as a BCP 47 tag."""
    contents: tuple[Entry, ...]
    """The table of contents."""
    sections: int
    """How many content documents the reader turns through."""
    pictures: tuple[Picture, ...]
    """The pictures that are seen, in reading order."""
    broken: tuple[Picture, ...]
    """The pictures that are not."""
    fonts: frozenset[str]
    """The families of the fonts that came with the book and were used."""
    faults: tuple[str, ...]
    """Errors and warnings of the reader, and attempts to reach out of the book."""


def open_book(path: Path) -> OpenedBook:
    """Open the EPUB in the reader, turn all its pages, and return what was seen."""
    with _served(path) as address:
        page = browser().new_page()
        faults = _watched(page, address)
        page.goto(address)
        try:
            page.wait_for_function("window.read")
            book = page.evaluate("window.read()")
        except Error as error:
            raise JudgeError(f"the reader cannot open {path.name}: {error}; {faults}") from error
        finally:
            page.close()
    return _opened(book, faults)


def _watched(page: Page, address: str) -> list[str]:
    """Return a list that fills with what goes wrong on the page."""
    faults: list[str] = []
    inside = (address, "blob:", "data:", "about:")

    def look(url: str) -> None:
        if not url.startswith(inside):
            faults.append(f"asks for {url}")

    page.on("request", lambda request: look(request.url))

    def listen(message: ConsoleMessage) -> None:
        own = message.text.startswith(OWN_WARNING)
        if message.type in {"error", "warning"} and not own:
            faults.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults


def _opened(book: dict[str, Any], faults: list[str]) -> OpenedBook:
    """Make a value of what the page has answered."""
    pages = book["pages"]
    pictures = [Picture(**picture) for page in pages for picture in page["pictures"]]
    return OpenedBook(
        title=book["title"],
        language=book["language"],
        contents=_entries(book["contents"]),
        sections=len(pages),
        pictures=tuple(picture for picture in pictures if picture.width),
        broken=tuple(picture for picture in pictures if not picture.width),
        fonts=frozenset(font for page in pages for font in page["fonts"]),
        faults=tuple(dict.fromkeys(faults)),
    )


def _entries(contents: list[dict[str, Any]]) -> tuple[Entry, ...]:
    """Make values of a list of the contents and of the lists in it."""
    return tuple(Entry(e["label"], e["href"], _entries(e["children"])) for e in contents)


class _Shelf(SimpleHTTPRequestHandler):
    """Serves the reader's page, the reader itself and one book, and nothing else."""

    def __init__(self, book: Path, *request: Any) -> None:  # noqa: ANN401 - the server's own
        self.book = book
        super().__init__(*request, directory=str(node_package("foliate-js").parent))

    def translate_path(self, path: str) -> str:
        """Return the file for an address."""
        own = {"/": SHELL, "/book.epub": self.book}
        return str(own[path]) if path in own else super().translate_path(path)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the server's own
        """Say nothing: the test does."""


@contextmanager
def _served(book: Path) -> Iterator[str]:
    """Serve the book on this machine alone, and give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Shelf, book))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
