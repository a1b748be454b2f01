"""Runs a preview for a test: with the real build process, or with a quick one of plain pages.

The quick one reads `pages.txt` of the source: each line is the colour of a page. A line that
begins with `!` is a problem, one with `~` a remark; `die` kills the process, `hang` has it hear
nothing any more.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PIL import Image

from processes import children, eventually
from workshop_builder.preview.messages import (
    Catalogue,
    CheckAsked,
    CheckMade,
    Idle,
    PdfPage,
    PoseAsked,
    PoseDrawn,
    ProblemLines,
    ProductUpdate,
    RemarkLines,
    SheetAsked,
    SheetFault,
    SheetMade,
    SheetsWanted,
    Tab,
    Tabs,
)
from workshop_builder.preview.server import serve as serving
from workshop_builder.source import folder as folders

POSE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>'
SITE = {
    "index.html": b'<!DOCTYPE html><html lang="en"><title>Site</title><h1>Website</h1>'
    b'<a href="downloads/plain.pdf">Plain</a>',
    "downloads/plain.pdf": b"%PDF-1.4",
}
TABS = (
    Tab("plain", "Plain", "pdf", "plain.pdf"),
    Tab("other", "Other", "pdf", "other.pdf"),
    Tab("website", "Website", "site", "site"),
)


def _exercise(number: int, name: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  what JSON has
    """Return an exercise as the studio's page is told of it."""
    usual = {"kind": "Stretch", "targets": ["hip"], "needs": [], "position": "standing"}
    own = {"hold": "45 s", "repeat": "2", "sides": "each"}
    rest = {"avoid": [], "text": "Breathe out.", "dose": "Hold 45 seconds, twice", "own": own}
    known = {
        "id": name.lower(),
        "path": f"exercises/{name.lower()}.md",
        "number": number,
        "name": name,
        "picture": "green",
    }
    return known | usual | rest | more


CATALOGUE = {
    "language": "en",
    "title": "A plain workshop",
    "paper": "a4",
    "weeks": 4,
    "usual": ["bend"],
    "groups": {"core": ["bend", "reach"]},
    "conditions": {"knee": "sore knee", "back": "sore back"},
    "exercises": [
        _exercise(1, "Bend", position="lying on the back", avoid=["back"]),
        _exercise(2, "Reach", targets=["shoulder"], needs=["a chair"]),
        _exercise(3, "Squat", kind="Strength", avoid=["knee"], text="Bend both knees."),
    ],
}
"""What can be chosen in a studio with a quick build process."""


def quick(source: Path, pipe: Connection) -> None:
    """Be a build process: answer each message with all pages."""
    with suppress(EOFError):
        while True:
            _make(source, pipe)
            pipe.recv()


def quick_studio(source: Path, pipe: Connection) -> None:
    """Be a build process that makes a green page of each sheet; one for `wrong` has faults.

    What is edited is checked as by the real one; every pose is an empty drawing.
    """
    with suppress(EOFError):
        while True:
            message = pipe.recv()
            if isinstance(message, SheetsWanted):
                _make(source, pipe)
                pipe.send(Catalogue(CATALOGUE, {"green": ("image/png", _picture())}))
                from workshop_builder.preview.builder import checks, forms  # noqa: PLC0415  seconds

                pipe.send(forms.forms())
            elif isinstance(message, SheetAsked):
                pipe.send(_sheet(message))
            elif isinstance(message, CheckAsked):
                found = checks.faults(folders.read(source), message.files)
                pipe.send(CheckMade(message.number, found))
            elif isinstance(message, PoseAsked):
                pipe.send(PoseDrawn(message.name, POSE))


def _sheet(asked: SheetAsked) -> SheetMade:
    if "wrong" not in asked.student["name"]:
        return SheetMade(asked.number, pdf(["green"]), 1, told=("5 Bend is left out",))
    faults = (
        SheetFault(("doses", "bend", "hold"), "'45 parsecs' is no time; write it like '45 s'"),
        SheetFault(("note",), "this is too long"),
    )
    return SheetMade(asked.number, faults=faults)


def _picture() -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(packed, "PNG")
    return packed.getvalue()


def _make(source: Path, pipe: Connection) -> None:
    lines = (source / "pages.txt").read_text(encoding="utf-8").split("\n")
    if "die" in lines:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hang" in lines:
        subprocess.Popen(["sleep", "60"])  # in place of a worker
        time.sleep(60)
    pipe.send(Tabs("A plain workshop", "en", TABS))
    problems = tuple(line.removeprefix("!") for line in lines if line.startswith("!"))
    remarks = tuple(line.removeprefix("~") for line in lines if line.startswith("~"))
    if not problems:
        colours = [line for line in lines if line and not line.startswith("~")]
        for product in ("plain", "other"):
            pipe.send(_update(product, colours))
        pipe.send(ProductUpdate("website", is_draft=False, files=SITE))
    pipe.send(ProblemLines(problems))
    pipe.send(Idle())
    pipe.send(RemarkLines(remarks))


def _update(product: str, colours: Sequence[str]) -> ProductUpdate:
    """Return a PDF of plain pages, each of which is a PDF of its own in the list of pages."""
    singles = {colour: pdf([colour]) for colour in colours}
    names = {colour: hashlib.sha256(data).hexdigest() for colour, data in singles.items()}
    pages = tuple(PdfPage(names[colour], 0) for colour in colours)
    pdfs = {names[colour]: data for colour, data in singles.items()}
    return ProductUpdate(product, False, pages, pdfs, {f"{product}.pdf": pdf(colours)})  # noqa: FBT003  a value's field


def pdf(colours: Sequence[str]) -> bytes:
    """Return a PDF whose pages are of the given colours."""
    first, *others = [Image.new("RGB", (210, 297), colour) for colour in colours]
    packed = io.BytesIO()
    fixed = time.gmtime(0)  # the same page is the same bytes
    first.save(
        packed, "PDF", save_all=True, append_images=others, creationDate=fixed, modDate=fixed
    )
    return packed.getvalue()


def serve_quick(folder: str, port: str) -> None:
    """Run a preview with the quick build process."""
    serving.run(Path(folder), int(port), open_browser=False, process_main=quick)


def serve_in_background(folder: str, port: str) -> None:
    """Run the same where Ctrl-C is ignored, as by what a shell has put into the background."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve_quick(folder, port)


def serve_studio(folder: str, port: str) -> None:
    """Run a studio with a quick build process."""
    main = quick_studio
    serving.run(Path(folder), int(port), open_browser=False, has_studio=True, process_main=main)


def serve(folder: str, port: str) -> None:
    """Run a preview as the command does."""
    serving.run(Path(folder), int(port), open_browser=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the server."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Running:
    """A preview that runs."""

    port: int
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        """Return the address of its page."""
        return f"http://127.0.0.1:{self.port}/"

    def raw(self, request: bytes) -> bytes:
        """Return the answer to a request that is sent as it is."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(request)
            return b"".join(iter(lambda: line.recv(65536), b""))

    def get(self, path: str) -> Answer:
        """Return the answer to an ordinary request."""
        with self._asked(path) as answer:
            return Answer(answer.status, dict(answer.headers.items()), answer.read())

    def post(self, path: str, content: object, **headers: str) -> Answer:
        """Return the answer to a request that carries JSON, or bytes as they are.

        In the name of a header, `_` is `-`.
        """
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            data = content if isinstance(content, bytes) else json.dumps(content)
            line.request("POST", path, data, named)
            with line.getresponse() as answer:
                return Answer(answer.status, dict(answer.headers.items()), answer.read())
        finally:
            line.close()

    def headers(self, path: str) -> dict[str, str]:
        """Return the headers of an answer, which may have no end."""
        with self._asked(path) as answer:
            return dict(answer.headers.items())

    def states(self, tab: str = "") -> Iterator[dict[str, Any]]:
        """Yield what the page is told, from now on."""
        with self._asked(f"/events?tab={tab}") as stream:
            for line in stream:
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))

    @contextmanager
    def _asked(self, path: str) -> Iterator[http.client.HTTPResponse]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("GET", path)
            with line.getresponse() as answer:
                yield answer
        finally:
            line.close()

    def offspring(self) -> set[int]:
        """Return every process that it has started, and those that these have."""
        found = {self.process.pid}
        while more := {child for one in found for child in children(one)} - found:
            found |= more
        return found - {self.process.pid}

    def stop(self) -> str:
        """End it as Ctrl-C does; return what it said to stderr."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=20)
        return said


def alive(numbers: set[int]) -> set[int]:
    """Return those of the processes that have not ended."""
    found = set()
    for number in numbers:
        with suppress(OSError):
            line = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
            if not line.rpartition(")")[2].strip().startswith("Z"):
                found.add(number)
    return found


def write(folder: Path, *lines: str) -> Path:
    """Write what the quick build process reads, in one step; return the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "workshop.yaml").touch()
    (folder / "pages.txt.new").write_text("\n".join(lines), encoding="utf-8")
    (folder / "pages.txt.new").rename(folder / "pages.txt")
    return folder


@contextmanager
def running(folder: Path, how: str = "serve_quick") -> Iterator[Running]:
    """Run a preview of `folder`, by the function `how` of this module, and end it afterwards."""
    script = f"import sys, previewing; previewing.{how}(*sys.argv[1:])"
    command = [sys.executable, "-c", script, str(folder), "0"]
    with subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("http://127.0.0.1:"), line
        there = Running(int(line.split("/")[2].rpartition(":")[2]), process)
        try:
            yield there
        finally:
            if process.poll() is None:
                left = there.offspring()
                there.stop()
                assert eventually(lambda: not alive(left), 3)
