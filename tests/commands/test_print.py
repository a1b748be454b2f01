"""`workshop print`, by a real CUPS whose printers print into files."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pypdfium2
import pytest

import small
from commands import command
from printers import Cups, cups
from workshop_builder import build, load

Grey: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
DPI = 100
ACTUAL_SIZE = {"print-scaling=none", "number-up=1", "collate"}


@pytest.fixture(scope="module")
def system() -> Iterator[Cups]:
    """Run CUPS with four printers: one for all, one for Letter, one that refuses, one paused."""
    with cups() as running:
        running.add("Office", "A4", "Letter", duplex=True)
        running.add("Desk", "Letter")
        running.add("Shut", "A4")
        running.add("Later", "A4")
        running.manage("cupsreject", "Shut")
        running.manage("cupsdisable", "Later")
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a small workshop, and its package beside it."""
    folder = tmp_path_factory.mktemp("print")
    small.write(folder / "workshop", "{take-home: {}, health-form: {}, slides: {}, epub: {}}")
    build(load(folder / "workshop"), folder / "dist", only=["take-home"])
    return folder


def sent(words: str, system: Cups, home: Path) -> subprocess.CompletedProcess[str]:
    """Run `workshop print` with these words, for the printers of `system`."""
    settings = system.environment
    return command(
        "print",
        *words.split(),
        cwd=home,
        HOME=settings["HOME"],
        CUPS_SERVER=settings["CUPS_SERVER"],
    )


def drawn(file: Path) -> list[Grey]:
    """Return the pages of a PDF as grey pixels."""
    document = pypdfium2.PdfDocument(file)
    return [
        np.asarray(page.render(scale=DPI / 72).to_pil().convert("L")).astype(np.int64)
        for page in document
    ]


def box(page: Grey) -> list[int]:
    """Return where the ink of a page begins and ends, across and down, in pixels."""
    rows, columns = np.nonzero(page < 200)
    return [int(edge) for edge in (columns.min(), columns.max(), rows.min(), rows.max())]


def test_a_built_sheet(system: Cups, home: Path) -> None:
    """The sheet comes out of the printer at 100 % with its margins whole, on one side."""
    done = sent("take-home --copies 3 --printer Office", system, home)
    assert (done.returncode, done.stderr) == (0, "")
    told = "rest-take-home.pdf: 1 page on A4, on one side, at actual size, 3 copies; sent to Office"
    assert done.stdout.startswith(f"{told} as Office-")
    copies, asked = system.finished(done.stdout.strip())
    assert copies == 3
    assert asked >= {"media=iso_a4_210x297mm", "sides=one-sided", *ACTUAL_SIZE}
    (made,), (printed,) = drawn(home / "dist/rest-take-home.pdf"), drawn(system.printed("Office"))
    assert abs(np.array(made.shape) - printed.shape).max() <= 1
    assert np.abs(np.array(box(made)) - box(printed)).max() <= 1
    assert min(*box(made)[::2]) > 0.3 * DPI, "nothing is where printers cannot print"


def test_what_is_not_built_is_made(system: Cups, home: Path) -> None:
    """A product on another paper is made for the printer alone, and goes on both sides."""
    before = sorted((home / "dist").iterdir())
    done = sent("health-form --paper letter --printer Office", system, home)
    assert (done.returncode, done.stderr) == (0, "")
    both = "2 pages on Letter, on both sides, turned on the long edge, at actual size"
    assert done.stdout.startswith(f"rest-health-form-letter.pdf: {both}; sent to Office as Office-")
    copies, asked = system.finished(done.stdout.strip())
    assert copies == 1
    media = {"media=na_letter_8.5x11in", "sides=two-sided-long-edge"}
    assert asked >= {*media, *ACTUAL_SIZE}
    assert [page.shape for page in drawn(system.printed("Office"))] == [(1100, 850)] * 2
    assert sorted((home / "dist").iterdir()) == before


def test_a_pdf(system: Cups, home: Path) -> None:
    """A PDF goes on the sheet that it has the size of; a printer that is paused is told."""
    done = sent("dist/rest-take-home.pdf --printer Later", system, home)
    assert (done.returncode, done.stderr.partition(";")[0]) == (0, "Later: is paused")
    assert re.search(r"1 page on A4, on one side, .* as Later-\d+\n$", done.stdout)


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("take-home --printer Ofice", 2, "--printer: there is no printer 'Ofice'; did you mean"),
        ("take-home", 2, "--printer: none is the default; name one; there are Desk, Later, Office"),
        ("take-home --printer Shut", 1, 'Shut: has refused it: Destination "Shut" is not accept'),
        ("take-home --printer Desk", 1, "Desk: takes no A4; name another printer with --printer"),
        ("takehome --printer Shut", 2, "PRODUCT: there is no product 'takehome'; did you mean"),
        ("slides --printer Shut", 2, "PRODUCT: 'slides' is for screens, and made for no sheet"),
        ("nothing.pdf --printer Shut", 1, "nothing.pdf: cannot be opened (No such file"),
        ("odd.pdf --printer Shut", 1, "odd.pdf: is no PDF that can be read"),
        ("small.pdf --printer Shut", 1, "small.pdf: has pages of another size than A4, Letter, A3"),
        ("odd.pdf --paper a4 --printer Shut", 2, "--paper: is of products; a PDF is printed as"),
    ],
)
def test_faults(typed: str, code: int, said: str, system: Cups, home: Path) -> None:
    """What cannot be printed, and where it cannot be, is told in one line."""
    (home / "odd.pdf").write_text("no PDF", encoding="utf-8")
    document = pypdfium2.PdfDocument.new()
    document.new_page(90, 50)
    document.save(home / "small.pdf")
    done = sent(typed, system, home)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_one_side_only(system: Cups, home: Path) -> None:
    """Where a printer cannot turn the sheets, that is said, and one side is asked for."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(2):
        document.new_page(612, 792)
    document.save(home / "letter.pdf")
    done = sent("letter.pdf --printer Desk", system, home)
    assert done.stderr == "Desk: prints on one side only; turn the sheets by hand\n"
    assert "letter.pdf: 2 pages on Letter, on one side, at actual size; sent" in done.stdout


def test_no_printer(home: Path) -> None:
    """Where there is no printer, or nothing to ask it by, that is told in one line."""
    done = command("print", "take-home", cwd=home, CUPS_SERVER="127.0.0.1:1")
    told = "printer: there is none; add one in the system's settings\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", told)
    done = command("print", "take-home", cwd=home, PATH=str(home))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("lpstat: is not installed; install CUPS (Debian: cups-client)")
