#!/usr/bin/env python3
"""Pictures for the README of what is seen in a browser: the website, the preview, the studio.

`make readme-pictures` calls this after a build: `screenshots.py workshop dist docs/pictures`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, sync_playwright

EDGE = "#9db5b8"
GAP = 28


def main(source: Path, package: Path, folder: Path) -> None:
    """Write `website.png`, `preview.png`, `studio.png` and `content.png` into `folder`."""
    chromium = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = (package / "site" / "index.html").resolve().as_uri()
        desk, phone = (_seen(browser, page, width, 800) for width in (1280, 390))
        phone = ImageOps.contain(phone, (phone.width, 800))
        _save(_beside([desk, phone]), folder / "website.png")
        _save(_framed(_previewed(browser, source)), folder / "preview.png")
        _save(_framed(_picked(browser, source)), folder / "studio.png")
        _save(_framed(_edited(browser, source)), folder / "content.png")
        browser.close()


def _seen(browser: Browser, address: str, width: int, height: int) -> Image.Image:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address, wait_until="networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    page.close()
    return _framed(picture)


def _previewed(browser: Browser, source: Path) -> Image.Image:
    """Return the preview of `source` with the take-home sheet in view."""
    with _open(browser, "preview", source) as page:
        page.get_by_role("tab").nth(1).click()
        return _quiet(page)


def _picked(browser: Browser, source: Path) -> Image.Image:
    """Return the studio of `source` with a sheet for somebody."""
    with _open(browser, "studio", source) as page:
        page.locator(".cards button").first.wait_for(timeout=120_000)
        for name in ("Knee rolls", "Bottom to heels"):
            page.locator(".cards button", has_text=name).click()
        page.get_by_label("Name").fill("Anna Berg")
        page.locator(".sheet-pages img").wait_for(timeout=60_000)
        page.locator(".picker").evaluate("node => { node.scrollTop = 0 }")
        return _quiet(page)


def _edited(browser: Browser, source: Path) -> Image.Image:
    """Return the form of an exercise of `source`."""
    with _open(browser, "studio", source) as page:
        page.get_by_role("tab", name="Content").click()
        page.locator(".files button", has_text="Knee rolls").click(timeout=120_000)
        page.get_by_label("Caution").wait_for()
        return _quiet(page)


@contextmanager
def _open(browser: Browser, command: str, source: Path) -> Iterator[Page]:
    """Yield the page that a command shows in the browser."""
    program = [sys.executable, "-m", "workshop_builder", command, source, "--no-open"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:
        try:
            address = running.stdout.readline().split()[0] if running.stdout else ""
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(address)
            yield page
            page.close()
        finally:
            running.terminate()


def _quiet(page: Page) -> Image.Image:
    """Return a page as soon as all is made."""
    page.get_by_text("Up to date").wait_for(timeout=120_000)
    page.wait_for_timeout(1000)
    return Image.open(BytesIO(page.screenshot()))


def _framed(picture: Image.Image) -> Image.Image:
    return ImageOps.expand(picture.convert("RGB"), border=2, fill=EDGE)


def _beside(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures side by side on white."""
    width = sum(each.width for each in pictures) + GAP * (len(pictures) - 1)
    sheet = Image.new("RGB", (width, max(each.height for each in pictures)), "white")
    left = 0
    for each in pictures:
        sheet.paste(each, (left, 0))
        left += each.width + GAP
    return sheet


def _save(picture: Image.Image, path: Path) -> None:
    """Write a picture, half as large and in few enough colours to be a small file."""
    smaller = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)
    smaller.quantize(200, method=Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
