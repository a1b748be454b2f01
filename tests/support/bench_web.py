"""What the website weighs; how long a save, or a choice in the studio, takes to be seen."""

from __future__ import annotations

import gzip
import re
import shutil
import signal
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Response

from commands import COMMAND
from judges.browser import browser, served
from workshop_builder.site.thumbnails import pages_with_titles

PATIENCE = 120_000
"""Milliseconds."""
PANEL = "[role=tabpanel]:not([hidden])"
EDITED = "exercises/knees-to-chest.md"
WORDS = ("down", "back", "flat", "softly", "out")
"""What is typed into the exercise, one save after the other."""
PRODUCTS = {
    "take-home": ("Take-home sheet", "at most 1 s"),
    "handout": ("Class handout", ""),
    "book": ("Workshop book", "at most 4 s"),
}
"""The tab of each product that is timed, and the limit."""
CHOICES = (
    *("Knees to chest", "Bridge", "Knees to chest", "Knee rolls", "Bridge"),
    *("Knees to chest", "Knee rolls", "Bridge"),
)
"""The exercises that are chosen in the studio; one that is on the sheet is taken off again."""
SEEN = """([page, before]) => {
  const image = page.querySelector('img')
  return image && image.getAttribute('src') !== before && image.complete && image.naturalWidth
}"""


def weights(site: Path) -> list[tuple[str, str, str]]:
    """Return what the page to download from weighs: what is seen first, and all of it."""
    with served(site) as address:
        first, whole, requests = weight(browser(), address, width=360, scale=3)
    unscrolled = f"{first / 1000:.0f} kB in {requests} requests"
    return [
        ("the page, first view", unscrolled, "at most 100 kB, 20 requests"),
        ("the page, all of it", f"{whole / 1000:.0f} kB", "at most 300 kB"),
    ]


def weight(chrome: Browser, address: str, width: int, scale: int) -> tuple[int, int, int]:
    """Return the bytes that a page's first view needs, those of all of it, and its first requests.

    These are all that are made until who looks at the page scrolls.

    Text is counted packed by gzip, as web hosts send it.
    """
    context = chrome.new_context(
        viewport={"width": width, "height": 800}, device_scale_factor=scale
    )
    page = context.new_page()
    answers: list[Response] = []

    def note(answer: Response) -> None:  # the browser's own list takes no method of a list
        answers.append(answer)

    page.on("response", note)
    page.goto(address, wait_until="networkidle")
    pictures: dict[str, bool] = dict(
        page.evaluate(
            """[...document.images].map(image =>
                 [image.currentSrc, image.getBoundingClientRect().top < innerHeight])"""
        )
    )
    early = {answer.url for answer in answers}
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    page.wait_for_load_state("networkidle")
    sizes = {answer.url: _packed(answer) for answer in answers}
    context.close()
    first = sum(sizes[url] for url in early if pictures.get(url, True))
    return first, sum(sizes.values()), len(early)


def _packed(answer: Response) -> int:
    body = answer.body()
    text = answer.headers["content-type"].startswith(("text/", "image/svg"))
    return len(gzip.compress(body) if text else body)


def saves(source: Path, folder: Path) -> list[tuple[str, str, str]]:
    """Return how long after a save its page is seen, beside a cold build of the same product."""
    place = folder / "watched"
    shutil.copytree(source, place)
    rows = []
    with _running("preview", place) as address:
        page = browser().new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        for product, (tab, limit) in PRODUCTS.items():
            cold, number = _cold(source, product, folder)
            page.get_by_role("tab", name=tab).click()
            page.get_by_text("Up to date").wait_for(timeout=PATIENCE)
            shown = page.locator(f"{PANEL} li").nth(number)
            shown.scroll_into_view_if_needed()
            shown.locator("img").wait_for()
            times = [_save(page, place / EDITED, shown, word) for word in WORDS]
            rows.append((f"save to seen, {product}", f"{_told(times)}; cold {cold:.1f} s", limit))
    return rows


def choices(source: Path, folder: Path) -> list[tuple[str, str, str]]:
    """Return how long after a choice in the studio the finished sheet is seen beside it."""
    place = folder / "picked"
    shutil.copytree(source, place)
    with _running("studio", place) as address:
        page = browser().new_page(viewport={"width": 1440, "height": 900})
        page.goto(address)
        page.get_by_label("Name").fill("Anna Berg", timeout=PATIENCE)
        page.locator(".cards button", has_text=CHOICES[0]).click()
        shown = page.locator(".sheet-pages")
        shown.locator("img").wait_for(timeout=PATIENCE)
        page.get_by_text("Up to date").wait_for(timeout=PATIENCE)
        times = [_choice(page, shown, name) for name in CHOICES[1:]]
    return [("choice to seen, studio", _told(times), "at most 0.6 s")]


def _choice(page: Page, shown: Locator, name: str) -> float:
    """Choose an exercise, or take it off; return the seconds until the sheet with it is seen."""
    before = shown.locator("img").first.get_attribute("src")
    start = time.perf_counter()
    page.locator(".cards button", has_text=name).click()
    arguments = [shown.element_handle(), before]
    page.wait_for_function(SEEN, arg=arguments, timeout=PATIENCE, polling=20)
    return time.perf_counter() - start


@contextmanager
def _running(what: str, place: Path) -> Iterator[str]:
    """Run the preview, or the studio, of the folder `place`; yield its address."""
    command: list[str | Path] = [*COMMAND, what, place, "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as preview:
        try:
            yield preview.stdout.readline().split()[0] if preview.stdout else ""
        finally:
            preview.send_signal(signal.SIGINT)


def _save(page: Page, file: Path, shown: Locator, word: str) -> float:
    """Save a change of one exercise; return the seconds until the browser shows its page anew."""
    page.get_by_text("Up to date").wait_for(timeout=PATIENCE)
    time.sleep(0.5)
    element = shown.element_handle()
    before = shown.locator("img").get_attribute("src")
    text = re.sub(
        r"^1\. Lie.*?on", f"1. Lie {word} on", file.read_text("utf-8"), flags=re.MULTILINE
    )
    start = time.perf_counter()
    file.write_text(text, encoding="utf-8")
    page.wait_for_function(SEEN, arg=[element, before], timeout=PATIENCE, polling=20)
    return time.perf_counter() - start


def _told(times: list[float]) -> str:
    return f"{statistics.median(times):.2f} s  ({min(times):.2f} to {max(times):.2f})"


def _cold(source: Path, product: str, folder: Path) -> tuple[float, int]:
    """Build a product from nothing; return the seconds, and the page of the edited exercise."""
    out = folder / f"cold-{product}"
    command: list[str | Path] = [*COMMAND, "build", source, "--only", product, "-o", out]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    spent = time.perf_counter() - start
    pdf = next(out.glob("*.pdf")).read_bytes()
    return spent, next(iter(pages_with_titles(pdf, ["Knees to chest"]).values()), 0)
