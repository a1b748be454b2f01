#!/usr/bin/env python3
"""Pictures for the README of what is seen in a browser: the website, and the preview.

`make readme-pictures` calls this after a build: `screenshots.py workshop dist docs/pictures`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Browser, sync_playwright

EDGE = "#9db5b8"
GAP = 28


def main(source: Path, package: Path, folder: Path) -> None:
    """Write `website.png` and `preview.png` into `folder`."""
    chromium = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = (package / "site" / "index.html").resolve().as_uri()
        desk, phone = (_seen(browser, page, width, 800) for width in (1280, 390))
        phone = ImageOps.contain(phone, (phone.width, 800))
        _save(_beside([desk, phone]), folder / "website.png")
        _save(_framed(_previewed(browser, source)), folder / "preview.png")
        browser.close()


def _seen(browser: Browser, address: str, width: int, height: int) -> Image.Image:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address, wait_until="networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    page.close()
    return _framed(picture)


def _previewed(browser: Browser, source: Path) -> Image.Image:
    """Return the preview of `source` with the take-home sheet in view."""
    program = Path(sys.executable).with_name("workshop")
    command = [program, "preview", source, "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as preview:
        try:
            address = preview.stdout.readline().split()[0] if preview.stdout else ""
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(address)
            page.get_by_role("tab").nth(1).click()
            page.get_by_text("Up to date").wait_for(timeout=120_000)
            page.wait_for_timeout(1000)
            return Image.open(BytesIO(page.screenshot()))
        finally:
            preview.terminate()


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
