"""A real browser: pages in Chromium, and what axe finds wrong in them."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from judges.tools import chromium, node_package

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
"""As root it does not start in its sandbox; what it opens here is our own."""
PATIENCE = 30_000
"""Milliseconds after which a page is taken to stay as it is, however much else the machine does."""


@cache
def browser() -> Browser:
    """Return Chromium, without a window; it is started once, and ends with this process."""
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    expect.set_options(timeout=PATIENCE)
    return playwright.chromium.launch(executable_path=chromium(), args=FLAGS)


def axe(page: Page) -> list[str]:
    """Return what axe finds wrong in a page: the rule, and the first element that breaks it."""
    # Evaluated and not added as a script, which the policy of a strict page would refuse.
    page.evaluate((node_package("axe-core") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine alone; yield its address, with a slash at its end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
