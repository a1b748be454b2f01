"""Requests to the preview that no browser of ours sends, and clients that take their time."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from previewing import Running, running, write
from processes import eventually
from stress.kind import Kind, Trial, chance

_PATIENCE = 5.0
"""Seconds in which a request is answered or refused."""
_ANSWER = re.compile(rb"HTTP/1\.1 ([1-4]\d\d) ")
_OURS = "Host: 127.0.0.1:PORT"
_GET = f"GET / HTTP/1.1\r\n{_OURS}\r\n"
_PIECES = "Transfer-Encoding: chunked\r\n"
_LINES = {
    "nothing": "",
    "empty lines": "\r\n" * 500,
    "noise": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 50,
    "no version": f"GET /\r\n{_OURS}\r\n\r\n",
    "version 0.9": "GET /\r\n",
    "version 1.0": "GET / HTTP/1.0\r\n\r\n",
    "version 2": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "version 9": f"GET / HTTP/9.9\r\n{_OURS}\r\n\r\n",
    "no colon": f"{_GET}Header\r\n\r\n",
    "a folded header": f"{_GET}A: b\r\n c\r\n\r\n",
    "a blank before the colon": f"{_GET}Host : evil\r\n\r\n",
    "plain line ends": "GET / HTTP/1.1\nHost: 127.0.0.1:PORT\n\n",
    "a null in a header": f"{_GET}A: \x00\r\n\r\n",
    "no letters": f"{_GET}A: \xff\xfe\r\n\r\n",
    "a header of a megabyte": f"{_GET}A: {'a' * 1_000_000}\r\n\r\n",
    "10,000 headers": f"{_GET}{'A: b' + chr(13) + chr(10)}" + "A: b\r\n" * 10_000 + "\r\n",
    "no method": f" / HTTP/1.1\r\n{_OURS}\r\n\r\n",
    "a long method": f"{'A' * 100_000} / HTTP/1.1\r\n{_OURS}\r\n\r\n",
    "another method": f"CONNECT evil.example:443 HTTP/1.1\r\n{_OURS}\r\n\r\n",
    "all": f"OPTIONS * HTTP/1.1\r\n{_OURS}\r\n\r\n",
    "an upgrade": f"{_GET}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "a length below nothing": f"POST / HTTP/1.1\r\n{_OURS}\r\nContent-Length: -1\r\n\r\n",
    "two lengths": f"POST / HTTP/1.1\r\n{_OURS}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
    "a length of 6,000 digits": f"{_GET}Content-Length: {'9' * 6_000}\r\n\r\n",
    "a length and pieces": f"{_GET}Content-Length: 4\r\n{_PIECES}\r\n0\r\n\r\n",
    "pieces that are none": f"{_GET}{_PIECES}\r\nzz\r\n\r\n",
    "a huge piece": f"{_GET}{_PIECES}\r\nfffffffffffffffff\r\n",
    "pieces in pieces": f"{_GET}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "packed": f"{_GET}Transfer-Encoding: gzip\r\n\r\n",
    "an expectation": f"{_GET}Expect: 100-continue\r\nContent-Length: 5\r\n\r\n",
    "two requests at once": f"{_GET}\r\nGET /nowhere HTTP/1.1\r\n{_OURS}\r\n\r\n",
    "a hundred at once": f"{_GET}\r\n" * 100,
    "a range": f"{_GET}Range: bytes=0-0,1-1,{'2-2,' * 500}\r\n\r\n",
    "a range below nothing": f"{_GET}Range: bytes=-99999999999999999999\r\n\r\n",
    "a date": f"{_GET}If-Modified-Since: bomb\r\nIf-None-Match: {'a' * 5_000}\r\n\r\n",
    "cookies": f"{_GET}Cookie: {'a=b; ' * 1_000}\r\n\r\n",
    "forwarded": f"{_GET}X-Forwarded-For: evil\r\nX-Forwarded-Host: evil\r\n\r\n",
    "cut in the line": "GET / HT",
    "cut in a header": f"{_GET}Acc",
    "cut in the body": f"POST / HTTP/1.1\r\n{_OURS}\r\nContent-Length: 500\r\n\r\nabc",
}
_PATHS = (
    *("/" + "9" * 6_000, "/pages/a/" + "9" * 6_000 + "/600", "/pages/a/0/" + "9" * 4_000),
    *("/pages/a/-1/600", "/pages/a/1e9/600", "/pages/a/%D9%A1/600", "/pages//0/600"),
    *("/" + "a/" * 3_000, "/" + "%41" * 1_000, "/%", "/%zz", "/%c0%ae", "/%ed%a0%80"),
    *("/..", "/../../etc/passwd", "/site/website/....//", "/site/website/%2e", "/site/website/~"),
    *("/ui/../ui/main.js", "/ui/main.js/", "/ui/main.js%00", "/foliate/../package.json"),
    *("/events?tab=" + "a" * 5_000, "/events?tab=%00&tab=", "/events?", "/?" + "&" * 9_000),
    *("http://evil.example/", "//evil.example/", "*", "evil.example:80", "/\\evil", "/;a=b"),
    *("/files/plain/x/../../etc", "/files/../../../etc/passwd", "/book/epub/../../x"),
    *("/é", "/a b", "/a\tb", "/#a", "/?#", "/site/website/CON", "/site/website/a:b"),
)
_CASES = {
    **_LINES,
    **{
        f"path {path[:40]}": f"GET {path} HTTP/1.1\r\n{_OURS}\r\nConnection: close\r\n\r\n"
        for path in _PATHS
    },
}
_NAMES = list(_CASES)


@dataclass(frozen=True, slots=True)
class _Preview:
    """A preview that must live on, whatever comes."""

    there: Running

    def sent(self, text: str) -> bytes:
        """Send a text, and no more; return what is answered until the end or for some time."""
        data = text.replace("PORT", str(self.there.port)).encode("latin-1", "replace")
        with self.connected() as line:
            with suppress(OSError):  # it may refuse the rest
                line.sendall(data)
                line.shutdown(socket.SHUT_WR)
            return _answer(line)

    def connected(self) -> socket.socket:
        """Return a new connection."""
        return socket.create_connection(("127.0.0.1", self.there.port), _PATIENCE)

    def ailing(self) -> list[str]:
        """Return what is wrong with the answer to an ordinary request."""
        began = time.monotonic()
        status = self.there.get("/").status
        took = time.monotonic() - began
        slow = [f"a request took {took:.1f} s"] * (took > _PATIENCE)
        return slow if status == 200 else [f"an ordinary request: {status}"]

    def files(self) -> int:
        """Return how many files the server has open."""
        return len(list(Path(f"/proc/{self.there.process.pid}/fd").iterdir()))


def _answer(line: socket.socket) -> bytes:
    """Return what comes, at most for some time; a stream of states has no end."""
    data = b""
    until = time.monotonic() + _PATIENCE
    with suppress(OSError):
        while time.monotonic() < until and not data.startswith(b"HTTP/1.1 200"):
            piece = line.recv(65536)
            if not piece:
                break
            data += piece
    return data


@contextmanager
def _preview(place: Path) -> Iterator[_Preview]:
    """Run a preview; fails if it has anything to say at its end."""
    with running(write(place / "w", "red", "green")) as there:
        next(state for state in there.states() if state["finishedAt"])
        yield _Preview(there)
        said = there.stop()
        assert said == "stopped\n", said


@contextmanager
def _asking(place: Path) -> Iterator[Trial]:
    with _preview(place) as preview:

        def trial(number: int, _: Path) -> Sequence[str]:
            name = _NAMES[number]
            answer = preview.sent(_CASES[name])
            # Where no request came, or half of one, there may be no answer.
            fine = not answer or _ANSWER.match(answer)
            faults = [] if fine else [f"answer: {answer[:60]!r}"]
            faults += ["shows what it should not"] * (b"root:" in answer)
            return [f"{name}: {fault}" for fault in (*faults, *preview.ailing())]

        yield trial


@contextmanager
def _waiting(place: Path) -> Iterator[Trial]:
    """Keep each client until the end; the server answers others all the while."""
    with _preview(place) as preview, ExitStack() as clients:
        before = preview.files()

        def trial(number: int, _: Path) -> Sequence[str]:
            random = chance("clients", number)
            line = clients.enter_context(preview.connected())
            text = random.choice([_GET, f"{_GET}\r\n", f"GET /events HTTP/1.1\r\n{_OURS}\r\n\r\n"])
            text = text.replace("PORT", str(preview.there.port))
            line.sendall(text[: random.randint(0, len(text))].encode())
            return [f"{fault}, with {number + 1} slow clients" for fault in preview.ailing()]

        yield trial
        clients.close()
        assert eventually(lambda: preview.files() <= before + 3), "connections are kept"


ODD = Kind("requests", "odd requests to the preview", len(_CASES), 20, _asking)
SLOW = Kind("clients", "slow clients of one preview, at once", 200, 20, _waiting)
