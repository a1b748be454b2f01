"""The preview's server: what it answers, what it refuses, and how it ends."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import previewing
from previewing import Running, alive, running, write
from processes import eventually
from workshop_builder.errors import RequestError, SourceError
from workshop_builder.preview.messages import (
    FromBuilder,
    Idle,
    PdfPage,
    ProblemLines,
    ProductUpdate,
    SourceChanged,
    Tab,
    Tabs,
)
from workshop_builder.preview.server import ebook_reader, serve
from workshop_builder.preview.server.state import PreviewState, next_state
from workshop_builder.preview.server.supervisor import BuilderDied

FORBIDDEN, NO_SUCH, ODD, ONLY_READ = 403, 404, 400, 405


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a preview of two pages; a link in its folder leads out of it."""
    folder = write(tmp_path_factory.mktemp("plain") / "source", "red", "green")
    (folder / "website").symlink_to("/etc")
    with running(folder) as there:
        next(state for state in there.states() if state["finishedAt"])
        yield there


def status(there: Running, request: str, *headers: str) -> int:
    """Return the status of the answer to a request with its headers."""
    lines = [f"{request} HTTP/1.1", *headers, "Connection: close", "", ""]
    answer = there.raw("\r\n".join(lines).encode("latin-1"))
    return int(answer.split(b" ", 2)[1])


def differs(state: dict[str, Any], before: dict[str, Any]) -> bool:
    """Tell whether anything is to be seen in a state that was not there before."""
    return bool(state["tabs"] != before["tabs"])


def pages(state: dict[str, Any]) -> int:
    """Return how many pages the first product has."""
    return len(state["tabs"][0]["pages"]) if state["tabs"] else 0


HOSTS = {
    "another name": ["Host: evil.example"],
    "another name with our port": ["Host: evil.example:{port}"],
    "our name inside another": ["Host: 127.0.0.1:{port}.evil.example"],
    "no port": ["Host: 127.0.0.1"],
    "another port": ["Host: 127.0.0.1:1"],
    "every address": ["Host: 0.0.0.0:{port}"],
    "user in front": ["Host: 127.0.0.1:{port}@evil.example"],
    "empty": ["Host:"],
    "another's page": ["Host: 127.0.0.1:{port}", "Origin: http://evil.example"],
    "a page of another port": ["Host: 127.0.0.1:{port}", "Origin: http://127.0.0.1:1"],
    "a page without origin": ["Host: 127.0.0.1:{port}", "Origin: null"],
    "our page, safely": ["Host: 127.0.0.1:{port}", "Origin: https://127.0.0.1:{port}"],
    "a page of another site": ["Host: 127.0.0.1:{port}", "Sec-Fetch-Site: cross-site"],
    "a page of the same site": ["Host: 127.0.0.1:{port}", "Sec-Fetch-Site: same-site"],
}


@pytest.mark.parametrize("case", HOSTS)
def test_only_our_own_page_is_answered(plain: Running, case: str) -> None:
    """A request that names another host, or comes from another's page, is refused."""
    headers = [header.format(port=plain.port) for header in HOSTS[case]]
    for path in ("/", "/events", "/ui/main.js", "/files/plain/x/plain.pdf"):
        assert status(plain, f"GET {path}", *headers) == FORBIDDEN


def test_the_host_is_named_once(plain: Running) -> None:
    """A request without a host, or with two of them, is refused."""
    ours = f"Host: 127.0.0.1:{plain.port}"
    assert status(plain, "GET /") == ODD
    assert status(plain, "GET /", ours, "Host: evil.example") == ODD
    assert status(plain, "GET http://evil.example/", "Host: evil.example") == FORBIDDEN


def test_our_own_page_is_answered(plain: Running) -> None:
    """Both names of this machine are good, with what a browser adds for our own page."""
    for name in ("127.0.0.1", "localhost"):
        origin = f"http://{name}:{plain.port}"
        own = [f"Host: {name}:{plain.port}", f"Origin: {origin}", "Sec-Fetch-Site: same-origin"]
        assert status(plain, "GET /", *own) == 200
        assert status(plain, "HEAD /events", *own) == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_can_be_sent(plain: Running, method: str) -> None:
    """Whatever would change something is refused, at every address."""
    for path in ("/", "/events", "/files/plain/x/plain.pdf", "/nowhere"):
        assert status(plain, f"{method} {path}", f"Host: 127.0.0.1:{plain.port}") == ONLY_READ


PATHS = {
    "/%2e%2e/%2e%2e/etc/passwd": ODD,
    "/site/website/%2E%2E/pages.txt": ODD,
    "/site/website/..%2fpages.txt": ODD,
    "/site/website/../pages.txt": ODD,
    "/site/website/..\\pages.txt": ODD,
    "/site/website/..%5cpages.txt": ODD,
    "/site/website/%252e%252e/pages.txt": ODD,
    "/site/website/index.html%00": ODD,
    "/site/website/%00": ODD,
    "/site/website/%0d%0aSet-Cookie:x": ODD,
    "/site/website/%ff": ODD,
    "/site/website//etc/passwd": ODD,
    "//etc/passwd": ODD,
    "/site/website/passwd": NO_SUCH,
    "/site/website/etc/passwd": NO_SUCH,
    "/website/passwd": NO_SUCH,
    "/workshop.yaml": NO_SUCH,
    "/pages.txt": NO_SUCH,
    "/site/website/pages.txt": NO_SUCH,
    "/site/plain/../other/plain.pdf": ODD,
    "/site/nothing/": NO_SUCH,
    "/ui/": NO_SUCH,
    "/ui/__init__.py": NO_SUCH,
    "/foliate/package.json": NO_SUCH,
    "/book/website/": NO_SUCH,
    "/book/nothing/x": NO_SUCH,
    "/files/plain/0/plain.pdf": NO_SUCH,
    "/pages/0/0/600": NO_SUCH,
    "/pages/0/-1/600": NO_SUCH,
    "/docs": NO_SUCH,
}


@pytest.mark.parametrize("path", PATHS)
def test_only_products_are_served(plain: Running, path: str) -> None:
    """No way of writing an address leads to the source, to the disk or to the program's files."""
    assert status(plain, f"GET {path}", f"Host: 127.0.0.1:{plain.port}") == PATHS[path]


def test_what_is_served(plain: Running) -> None:
    """The page, pictures of pages at fixed widths, finished files and the website are there."""
    state = next(plain.states())
    pdf, number, width, height = state["tabs"][0]["pages"][1]
    assert (number, round(width / height, 2)) == (0, 0.71)
    answer = plain.get(f"/pages/{pdf}/0/600")
    assert answer.body.startswith(b"\xff\xd8\xff")
    assert "immutable" in answer.headers["cache-control"]
    assert plain.get(f"/pages/{pdf}/0/601").status == NO_SUCH
    assert plain.get(f"/pages/{pdf}/1/600").status == NO_SUCH
    file = plain.get(f"/files/plain/{state['tabs'][0]['version']}/plain.pdf")
    assert file.body.startswith(b"%PDF-")
    assert plain.get("/site/website/").body == previewing.SITE["index.html"]
    saved = plain.get("/site/website/downloads/plain.pdf")
    assert saved.headers["content-disposition"] == "attachment"


def test_every_answer_is_fenced_in(plain: Running) -> None:
    """Whatever is answered may run no script but ours, and be used by no other page."""
    for path in ("/", "/ui/main.js", "/nowhere", "/%00", "/site/website/", "/reader", "/events"):
        headers = plain.headers(path)
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        script = policy.partition("script-src ")[2].partition(";")[0]
        assert script in {"", "'self'"}
        assert "unsafe-eval" not in policy
        assert "frame-ancestors 'none'" in policy or "frame-ancestors 'self'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
    page = plain.headers("/")["content-security-policy"]
    assert "unsafe" not in page
    assert "frame-ancestors 'none'" in page


def test_it_listens_on_this_machine_alone(plain: Running) -> None:
    """The port is open at 127.0.0.1 and at no other address."""
    open_at = [
        line.split()[1]
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text(encoding="ascii").splitlines()[1:]
        if line.split()[1].endswith(f":{plain.port:04X}") and line.split()[3] == "0A"
    ]
    assert open_at == [f"0100007F:{plain.port:04X}"]


def test_a_taken_port_is_a_line(plain: Running, tmp_path: Path) -> None:
    """A port that another program has is named, with what to do."""
    with pytest.raises(
        RequestError, match=rf"--port: port {plain.port} cannot be used .*; name another"
    ):
        serve.run(write(tmp_path / "w", "red"), plain.port, open_browser=False)


def test_no_workshop_is_a_line(tmp_path: Path) -> None:
    """Without a workshop, the preview says what the build says."""
    with pytest.raises(SourceError, match=r"there is no workshop.yaml here; name the folder"):
        serve.run(tmp_path, open_browser=False)


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_everything(tmp_path: Path, times: int) -> None:
    """Within two seconds all is gone, though pages are viewed and the build process hangs."""
    with running(write(tmp_path / "w", "red")) as there:
        states = there.states()
        next(states)
        write(tmp_path / "w", "hang")
        assert eventually(lambda: len(there.offspring()) >= 3)
        left = there.offspring()
        began = time.monotonic()
        for _ in range(times - 1):
            there.process.send_signal(signal.SIGINT)
            time.sleep(0.15)
        assert there.stop() == "stopped\n"
        assert time.monotonic() - began < 2
        assert there.process.returncode == 0
        assert eventually(lambda: not alive(left), 1)


def test_ctrl_c_is_heard_in_the_background(tmp_path: Path) -> None:
    """A preview that a shell has put into the background is stopped by the signal all the same."""
    with running(write(tmp_path / "w", "red"), "serve_in_background") as there:
        next(there.states())
        assert there.stop() == "stopped\n"


def test_ctrl_c_may_be_pressed_all_the_while(tmp_path: Path) -> None:
    """However often it is pressed, and whenever, the preview ends in the same one word."""
    with running(write(tmp_path / "w", "red")) as there:
        next(there.states())
        while there.process.poll() is None:
            there.process.send_signal(signal.SIGINT)
            time.sleep(0.005)
        assert there.stop() == "stopped\n"
        assert there.process.returncode == 0


def test_a_server_that_is_killed_leaves_nothing(tmp_path: Path) -> None:
    """The build process ends by itself when the server is no more."""
    with running(write(tmp_path / "w", "red")) as there:
        next(state for state in there.states() if state["finishedAt"])
        left = there.offspring()
        there.process.send_signal(signal.SIGKILL)
        there.process.wait()
        assert eventually(lambda: not alive(left), 5)


def test_a_build_process_that_dies_is_restarted(tmp_path: Path) -> None:
    """The page is told of the restart, keeps what it has, and goes on after a save."""
    folder = write(tmp_path / "w", "red")
    with running(folder) as there:
        states = there.states()
        first = next(state for state in states if state["finishedAt"])
        write(folder, "die")
        dead = next(state for state in states if state["restarted"])
        assert dead["tabs"] == first["tabs"]
        write(folder, "blue")
        assert not next(state for state in states if differs(state, first))["restarted"]


def test_the_folder_may_vanish_and_come_back(tmp_path: Path) -> None:
    """A folder that is moved away, as by a program that syncs, is watched again when it is back."""
    folder = write(tmp_path / "w", "red")
    with running(folder) as there:
        states = there.states()
        first = next(state for state in states if state["finishedAt"])
        other = write(tmp_path / "new", "blue")
        shutil.rmtree(folder)
        other.rename(folder)
        second = next(state for state in states if differs(state, first) and not state["busy"])
        write(folder, "green")
        assert next(state for state in states if differs(state, second))


def test_two_hundred_quick_saves(tmp_path: Path) -> None:
    """After many saves in a row, what is shown is the last one."""
    folder = write(tmp_path / "w", "red")
    with running(folder) as there:
        states = there.states()
        next(state for state in states if state["finishedAt"])
        for number in range(200):
            write(folder, f"#{number:06x}", *(["!broken"] if number % 3 else []))
        write(folder, "#abcdef", "#123456", "#fedcba")
        last = next(state for state in states if not state["busy"] and pages(state) == 3)
        assert last["problems"] == []


BOOK = Tab("book", "Book", "pdf", "w-book.pdf")


def after(*messages: FromBuilder | BuilderDied | SourceChanged) -> PreviewState:
    """Return the state after messages that come at one second after another."""
    state = PreviewState()
    for second, message in enumerate(messages, 1):
        state = next_state(state, message, second)
    return state


def test_a_draft_keeps_the_finished_file() -> None:
    """While a draft is shown, what can be downloaded is the last finished file."""
    files = {"w-book.pdf": b"1"}
    done = ProductUpdate("book", is_draft=False, pages=(PdfPage("a", 0),), files=files)
    draft = ProductUpdate("book", is_draft=True, pages=(PdfPage("b", 0),))
    finished = after(Tabs("W", "en", (BOOK,)), done).products["book"]
    drafted = after(Tabs("W", "en", (BOOK,)), done, draft).products["book"]
    assert (drafted.is_draft, drafted.pages) == (True, (PdfPage("b", 0),))
    assert (drafted.files, drafted.version) == (files, finished.version)
    assert finished.version


def test_problems_change_no_page() -> None:
    """Problems leave the last good pages as they are, and go when all is right again."""
    good = (Tabs("W", "en", (BOOK,)), ProductUpdate("book", is_draft=False))
    wrong = after(*good, ProblemLines(("a.md:1: wrong; mend it",)))
    assert wrong.problems == ("a.md:1: wrong; mend it",)
    assert wrong.products == after(*good).products
    assert next_state(wrong, ProblemLines(()), 9) == after(*good)


def test_the_state_tells_what_is_going_on() -> None:
    """It is busy from a change until all is made, and tells of a death until the next change."""
    idle = after(Idle())
    assert (idle.is_busy, idle.finished_at) == (False, 1)
    dead = after(Idle(), BuilderDied())
    assert (dead.is_busy, dead.is_restarted) == (True, True)
    assert not after(Idle(), BuilderDied(), SourceChanged()).is_restarted


def test_a_product_that_is_made_no_more_goes() -> None:
    """A product that workshop.yaml no longer names has neither tab nor files."""
    made = (Tabs("W", "en", (BOOK,)), ProductUpdate("book", is_draft=False))
    assert after(*made).products
    assert after(*made, Tabs("W", "en", ())).products == {}


def test_without_foliate_there_are_no_scripts(tmp_path: Path) -> None:
    """Where the reader was not installed, the page is told so by its lack."""
    assert ebook_reader.foliate_scripts(tmp_path) == {}
