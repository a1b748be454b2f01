"""A PDF as others see it: its pages as pictures, its text, and the soundness of its syntax.

MuPDF draws the pages, and not poppler's pdftoppm, which drops gradients at some sizes.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from judges.tools import program, run, run_well

Pixels = NDArray[np.uint8]


def pages(path: Path, dpi: int = 100, *, grey: bool = False, which: str = "") -> list[Pixels]:
    """Draw every page, or `which` (`3,5-7`, counted from 1).

    Each is rows by columns (by red, green, blue unless `grey`); 255 is white.
    """
    mutool = program("mutool", "mupdf-tools")
    space, suffix = ("gray", "pgm") if grey else ("rgb", "ppm")
    with tempfile.TemporaryDirectory() as folder:
        pattern = Path(folder, f"%04d.{suffix}")
        run_well(
            [
                mutool,
                "draw",
                "-q",
                "-r",
                str(dpi),
                "-c",
                space,
                "-o",
                pattern,
                path,
                *filter(None, [which]),
            ]
        )
        return [_pixels(page) for page in sorted(Path(folder).iterdir())]


def _pixels(page: Path) -> Pixels:
    """Read one drawn page."""
    with Image.open(page) as image:
        return np.array(image, dtype=np.uint8)


def pdf_text(path: Path) -> str:
    """Return the text in reading order; each page ends in a form feed."""
    return run_well([program("pdftotext", "poppler-utils"), "-enc", "UTF-8", path, "-"])


def qpdf_check(path: Path) -> list[str]:
    """Return what qpdf has against the syntax of the file; nothing: it is sound."""
    done = run([program("qpdf", "qpdf"), "--check", path])
    if not done.returncode:
        return []
    return done.stderr.splitlines() or [f"qpdf --check ended in {done.returncode}"]
