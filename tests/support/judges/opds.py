"""Clients of OPDS: what do e-reader programs see in a feed, and do they get the e-book?"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from judges.tools import node_package, program, run_well


@dataclass(frozen=True, slots=True)
class Link:
    """A file that a reader may fetch."""

    href: str
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication as a program shows it."""

    title: str
    identifier: str
    authors: tuple[str, ...]
    languages: tuple[str, ...]
    links: tuple[Link, ...]
    images: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a program shows of a feed."""

    publications: tuple[Publication, ...]
    sha256: str | None
    """Of the first e-book, once fetched."""


def opened(address: str) -> Mapping[str, Shelf]:
    """Return what each program shows of `opds.xml` and `opds.json` below `address`."""
    script = Path(__file__).with_name("opds.js")
    modules = node_package("r2-opds-js").parent
    node_package("opds-feed-parser")
    node = program("node", "nodejs")
    feeds = [f"{address}/opds.xml", f"{address}/opds.json"]
    found = json.loads(run_well([node, script, modules, *feeds]))
    return {name: _shelf(**shelf) for name, shelf in found.items()}


def _shelf(publications: list[dict[str, list[str]]], sha256: str | None) -> Shelf:
    return Shelf(tuple(_publication(**one) for one in publications), sha256)  # type: ignore[arg-type]


def _publication(
    title: str, identifier: str, links: list[dict[str, str]], **lists: list[str]
) -> Publication:
    found = tuple(Link(**link) for link in links)
    return Publication(title, identifier, links=found, **{k: tuple(v) for k, v in lists.items()})


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the files of `folder` on this machine alone; give the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name it has there
        """Keep silent."""
