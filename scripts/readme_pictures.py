#!/usr/bin/env python3
"""The pages that the README shows, made from the sample's package and from the starters.

`make readme-pictures` calls this after a build: `readme_pictures.py dist docs/pictures`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

from workshop_builder import build, load, resources
from workshop_builder.personal.run import run as personal

DPI = 60
GAP = 14
"""Pixels between two pages."""
EDGE = "#9db5b8"
PICTURES: dict[str, tuple[str, tuple[int | str, ...]]] = {
    "handout": ("handout", (1, 2, "Bring up one knee")),
    "take-home": ("take-home", (1,)),
    "book": ("book", (1, "Emergency now", "Right leg shown. Tuck the tail")),
    "teacher": ("teacher", (1,)),
}
"""By the picture's name: the product, and its pages by number or by words on them."""
STARTERS = ("craft", "lesson")
SAMPLE = Path(__file__).resolve().parents[1] / "workshop"
ROSTER = """students:
  - name: Ann Bell
    conditions: pregnancy
    note: Go gently on the *left* side. Well done last week!
    date: 2026-11-26
    next_visit: 2026-12-03 10:30
  - name: Bernd Müller
    exercises: [figure-four, straight-leg-hamstring, cat-camel, knees-to-chest]
    language: de
  - name: Dora Lind
    exercises: [figure-four, straight-leg-hamstring, cat-camel, knees-to-chest, knee-rolls, bridge]
    doses: {bridge: {repeat: 5}}
    date: 2026-11-26
"""


def main(package: Path, folder: Path) -> None:
    """Write one picture for each product, its pages side by side."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (product, wanted) in PICTURES.items():
        pdf = next(package.glob(f"*-{product}.pdf"))
        pages = [_page(pdf, _number(pdf, page)) for page in wanted]
        _beside(pages).save(folder / f"{name}.png", optimize=True)
    _beside(_of_starters()).save(folder / "starters.png", optimize=True)
    _beside(_of_students()).save(folder / "personal.png", optimize=True)


def _of_starters() -> list[Image.Image]:
    """Return the cover of the book and the take-home sheet of each starter."""
    pages = []
    for kind in STARTERS:
        with tempfile.TemporaryDirectory() as folder:
            build(
                load(resources.folder(f"commands/starter/{kind}")),
                folder,
                only=("book", "take-home"),
            )
            found = (next(Path(folder).glob(f"*-{name}.pdf")) for name in ("book", "take-home"))
            pages += [_page(pdf, 1) for pdf in found]
    return pages


def _of_students() -> list[Image.Image]:
    """Return the sheets of a small roster of the sample."""
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.yaml"
        roster.write_text(ROSTER, encoding="utf-8")
        made = personal(SAMPLE, roster, None)
        return [_page(made.folder / name, 1) for name in made.pages]


def _number(pdf: Path, page: int | str) -> int:
    """Return the number of the page, or of the first one that has the words `page`."""
    if isinstance(page, int):
        return page
    command = ["pdftotext", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for number, words in enumerate(text.split("\f"), 1):
        if page in " ".join(words.split()):
            return number
    sys.exit(f"no page of {pdf.name} has the words '{page}'; mend {Path(__file__).name}")


def _page(pdf: Path, number: int) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        stem = Path(folder) / "page"
        page = str(number)
        command = ["pdftocairo", "-png", "-singlefile", "-r", str(DPI), "-f", page, "-l", page]
        subprocess.run([*command, pdf, stem], check=True)
        with Image.open(stem.with_suffix(".png")) as picture:
            return ImageOps.expand(picture.convert("RGB"), border=1, fill=EDGE)


def _beside(pages: list[Image.Image]) -> Image.Image:
    """Return the pages side by side on white, in few enough colours to be a small file."""
    width = sum(page.width for page in pages) + GAP * (len(pages) - 1)
    sheet = Image.new("RGB", (width, pages[0].height), "white")
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width + GAP
    return sheet.quantize(200, method=Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
