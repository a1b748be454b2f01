"""Requests of every kind to the preview: each has an answer, and none finds what is not shown."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.types import ASGIApp

from previewing import SITE, pdf
from workshop_builder.preview.messages import PdfPage, ProductUpdate
from workshop_builder.preview.server import ebook_reader, page_images, routes
from workshop_builder.preview.server.broadcast import Broadcast
from workshop_builder.preview.server.state import next_state

Headers: TypeAlias = Sequence[tuple[bytes, bytes]]

PORT = 8730
OURS = f"127.0.0.1:{PORT}"
OWN_HOSTS = [OURS, f"localhost:{PORT}"]
OWN_SITES = ["same-origin", "none"]
INSIDE = {
    "META-INF/container.xml": b"<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'>"
    b"<rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>",
    "OPS/book.opf": b"<package xmlns='http://www.idpf.org/2007/opf'><manifest>"
    b"<item properties='nav' href='nav.xhtml'/></manifest></package>",
    "OPS/nav.xhtml": b"<html>Contents</html>",
}
"""What is in the e-book."""
PAGE = PdfPage("a1", 0)
GOOD = [
    *("/", "/reader", "/events", "/ui/main.js", "/pages/a1/0/600", "/files/plain/{}/plain.pdf"),
    *("/site/website/", "/site/website/downloads/plain.pdf", "/site/plain/plain.pdf"),
    *("/book/epub/", "/book/epub/OPS/nav.xhtml"),
]
"""Addresses that lead to something; `{}` stands for the version of the PDF."""
PARTS = [
    *("", "..", ".", "%2e%2e", "%00", "%ff", "%C3%A9", "\\", "etc", "passwd", "index.html", "epub"),
    *("9" * 5000, "-1", "a1", "0", "600", "site", "website", "plain", "plain.pdf", "foliate", "ui"),
]
PATHS = st.builds(
    lambda begin, parts: "/".join([begin, *parts]),
    st.sampled_from([*GOOD, "", "/pages", "/pages/a1", "/files/plain", "/book", "/foliate"]),
    st.lists(st.sampled_from(PARTS) | st.text("aZ0./%\\", max_size=5), max_size=3),
)
METHODS = st.sampled_from(["GET"] * 6 + ["HEAD", "POST", "OPTIONS", "TRACE", "BREW"])


def header(name: bytes, values: Sequence[str], least: int) -> st.SearchStrategy[Headers]:
    """Return a header that is there once, or not, or now and then twice."""
    line = st.sampled_from(values).map(lambda value: (name, value.encode()))
    return st.lists(line, min_size=least, max_size=1) | st.lists(line, max_size=2)


HEADERS = st.tuples(
    header(b"host", [OURS] * 6 + [OWN_HOSTS[1], "evil.example", f"{OURS}.evil", "", "é"], 1),
    header(b"origin", [f"http://{OURS}", f"http://{OURS}", f"https://{OURS}", "null"], 0),
    header(b"sec-fetch-site", [*OWN_SITES, "cross-site", ""], 0),
).map(lambda headers: [line for lines in headers for line in lines])


@dataclass(frozen=True, slots=True)
class Preview:
    """The server of a preview of three products, without a network and a build process."""

    application: ASGIApp
    version: str
    """The version of the PDF."""
    shown: frozenset[bytes] = field(repr=False)
    """All that it may answer with."""
    thread: Executor
    """Where it runs: an event loop may be at work already in the thread of the tests."""

    def answer(self, method: str, path: str, headers: Headers) -> tuple[int, bytes]:
        """Return the status and the body of the answer to a request."""
        raw, _, query = path.replace("{}", self.version).partition("?")
        plain = unquote_to_bytes(raw).decode("utf-8", "replace")
        scope = {
            "type": "http",
            "method": method,
            "headers": headers,
            "query_string": query.encode(),
            "raw_path": raw.encode(),
            "path": plain,
            "root_path": "",
            "scheme": "http",
        }
        sent: list[Any] = []

        async def receive() -> dict[str, str]:
            await asyncio.sleep(0)
            return {"type": "http.request"}

        async def send(message: Any) -> None:  # noqa: ANN401  ASGI's own
            sent.append(message)

        async def run() -> None:
            await self.application(scope, receive, send)

        self.thread.submit(lambda: asyncio.run(run())).result()
        return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


@pytest.fixture(scope="module")
def preview() -> Iterator[Preview]:
    """Show a PDF, a website and an e-book."""
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        for name, data in INSIDE.items():
            archive.writestr(name, data)
    plain = pdf(["red"])
    broadcast = Broadcast(Path("nowhere"), lambda *_: None)
    for name, files in (
        ("plain", {"plain.pdf": plain}),
        ("website", SITE),
        ("epub", {"rest.epub": book.getvalue()}),
    ):
        update = ProductUpdate(name, is_draft=False, pages=(PAGE,), pdfs={"a1": plain}, files=files)
        broadcast.page_images.add(update)
        broadcast.state = next_state(broadcast.state, update, 0)
    broadcast.stop()  # so that a stream of states ends at once
    images = [broadcast.page_images.image(PAGE, width) or b"" for width in page_images.WIDTHS]
    own = [*routes._page_files().values(), *ebook_reader.foliate_scripts().values()]
    products = [plain, book.getvalue(), *SITE.values(), *INSIDE.values()]
    shown = frozenset([b"", *images, *own, *products])
    version = broadcast.state.products["plain"].version
    with ThreadPoolExecutor(1) as thread:
        yield Preview(routes.application(broadcast, PORT), version, shown, thread)
    broadcast.supervisor.close()
    broadcast.page_images.close()


def is_ours(headers: Headers) -> bool:
    """Return whether a request says that it comes from the preview's own page."""
    said = [(name, value.decode().lower()) for name, value in headers]
    hosts = [value for name, value in said if name == b"host"]
    if len(hosts) != 1 or hosts[0] not in OWN_HOSTS:
        return False
    good = {b"host": hosts, b"origin": [f"http://{hosts[0]}"], b"sec-fetch-site": OWN_SITES}
    return all(value in good[name] for name, value in said)


@settings(max_examples=300)
@given(METHODS, PATHS, HEADERS)
@example("GET", f"/pages/a1/{'9' * 5000}/600", [(b"host", OURS.encode())])
def test_every_request_has_an_answer(
    preview: Preview, method: str, path: str, headers: Headers
) -> None:
    """Strangers and changes are refused at every address; our own page finds what is shown."""
    status, body = preview.answer(method, path, headers)
    if not is_ours(headers):
        assert status == 403
    elif method not in {"GET", "HEAD"}:
        assert status == 405
    else:
        assert status in {200, 307, 400, 404}
        assert status != 200 or body in preview.shown


@pytest.mark.parametrize("path", GOOD)
def test_what_is_shown_is_found(preview: Preview, path: str) -> None:
    """Each address that the requests are made from leads to something."""
    status, body = preview.answer("GET", path, [(b"host", OURS.encode())])
    assert status in {200, 307}
    assert body in preview.shown
